"""What stands for the ``{parts}`` of a query's text, and the tables that queries make for others."""

from __future__ import annotations

from core.store.caching.account_figures import ACCOUNTS
from core.store.caching.map_rollup import SUMS
from core.store.caching.rollup import PREFER_TOTALS

LENS = "check_lens"
_FIGURES = "check_figures"
_ACCOUNTS = "check_accounts"
_SHOWN = ",\n    ".join(f"l.{name} AS {name}" for name in SUMS)
_ADDED = ",\n    ".join(f"CAST(SUM(l.{name}) AS BIGINT) AS {name}" for name in SUMS)
_ALL_ROWS = {"conditions": "", "direction": "DESC", "figures": _FIGURES}
_TILE = {"source": LENS, "restriction": "", "sums": _SHOWN}

MADE_TABLES = {
    "customers/figures": _FIGURES,
    "customers_analysis/accounts": _ACCOUNTS,
    "tiles/lens_visited": f"{LENS}_visited",
    "tiles/lens_sold": f"{LENS}_sold",
    "tiles/lens_rows": LENS,
    "tiles/lens_overview": f"{LENS}_far",
    "tiles/lens_sums": f"{LENS}_sums",
}
"""Tables that other queries read, by the query that makes them, in the order in which they can be made."""

PARTS: dict[str, dict[str, str]] = {
    "customers/dealer_rows": {**_ALL_ROWS, "order": "sell_in"},
    "customers/figures": {"monthly": PREFER_TOTALS},
    "customers/near": {
        "shared_name": "CASE WHEN contains(s.folded, $wanted) THEN 1 ELSE 0 END / CAST(1 AS DOUBLE)",
        "shared_reading": "CASE WHEN contains(s.pinyin, $wanted) THEN 1 ELSE 0 END / CAST(1 AS DOUBLE)",
    },
    "customers/terminal_ids": {
        "joins": f"\nLEFT JOIN {_FIGURES} AS f ON f.terminal_id = t.terminal_id",
        "conditions": "",
        "order": "f.own",
        "direction": "DESC",
    },
    "customers/terminal_rows": {**_ALL_ROWS, "order": "f.own"},
    "customers/terminal_totals": {"conditions": "", "figures": _FIGURES},
    "customers_analysis/accounts": {**dict(ACCOUNTS.parts), "monthly": PREFER_TOTALS},
    "customers_analysis/terminals": {"accounts": _ACCOUNTS},
    "cycle/month_shops": {"accounts": _ACCOUNTS},
    "market/principle_facts": {"accounts": _ACCOUNTS},
    "terminal_analysis/shops": {"accounts": _ACCOUNTS},
    "tiles/cells": {**_TILE, "sums": _ADDED},
    "tiles/lens_overview": {"lens": LENS},
    "tiles/lens_rows": {"lens": LENS},
    "tiles/lens_sold": {"lens": LENS, "monthly": PREFER_TOTALS},
    "tiles/lens_sums": {"lens": LENS, "source": LENS, "sums": _ADDED},
    "tiles/lens_visited": {"lens": LENS},
    "tiles/list": {"lens": LENS, "restriction": ""},
    "tiles/occupied": {"lens": LENS},
    "tiles/rows": _TILE,
    "tiles/sums": {**_TILE, "source": f"{LENS}_sums"},
    "tiles/terminals": _TILE,
}
"""By query; ``customers/dealer_totals`` takes the whole text of ``customers/dealer_rows``, see ``run.py``."""
