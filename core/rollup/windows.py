"""Figures of customers, accounts and the map for a sales window, made of the shops' sums by the store."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.errors import StoreError
from core.i18n import _
from core.periods import shift
from core.rollup.inputs import FACTS, sha256_of
from core.rollup.local_store import look_through
from core.rollup.months import SHOPS
from core.store.caching.account_figures import ACCOUNTS, DEALER_ACCOUNTS
from core.store.caching.map_rollup import PARTS, ensure_map_rollup
from core.store.caching.sales_window import SalesWindow
from core.store.caching.terminal_figures import FIGURES
from core.store.queries import query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.rollup.parts import PartFolder
    from core.store.database import Store

KINDS = ("customer_figures", "account_figures", "dealer_accounts", *(f"map{part}" for part in PARTS))
"""Tables of a version, one file per window each."""
_QUERIES = (
    *("customers/figures", "customers_analysis/accounts", "tiles/shape", "tiles/top_rivals"),
    *(f"tiles/{name}" for name in ("lens_tables", "lens_sold", "lens_visited", "lens_rows", "lens_overview")),
    "tiles/lens_sums",
)
_MARGINS = """
    CREATE OR REPLACE TABLE {table} AS
    SELECT
        a.* REPLACE (
            g.margin_amount AS margin_amount, g.margin AS margin, g.margin_previous AS margin_previous
        )
    FROM {table} AS a
    LEFT JOIN (
        SELECT
            {customer} AS customer_id,
            CAST(
                SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.margin_amount END) AS BIGINT
            ) AS margin_amount,
            SUM(CASE WHEN m.month BETWEEN $start AND $end THEN m.margin END) AS margin,
            SUM(CASE WHEN m.month BETWEEN $previous_start AND $previous_end THEN m.margin END)
                AS margin_previous
        FROM shop_month_sales AS m
        {shops}
        WHERE m.company_id = $own
        GROUP BY {customer}
    ) AS g ON g.customer_id = a.customer_id
    ORDER BY a.customer_id NULLS LAST
"""


def latest_window(own_company: str, last: dt.date) -> SalesWindow:
    """Return the twelve months that end with the last one: what the pages open with."""
    return SalesWindow(own_company, shift(last, -11), last)


def name_of(window: SalesWindow) -> str:
    """Return how the files of a window are told apart."""
    return f"{window.start:%Y-%m}_{window.end:%Y-%m}"


def add_window(
    parts: PartFolder,
    store: Store,
    window: SalesWindow,
    sources: tuple[str, ...],
    step: Callable[[float, str], None],
) -> tuple[str, ...]:
    """Add the figures of a window, or take them over where nothing they are made of changed.

    Parameters
    ----------
    sources
        Hashes of the tables besides the sales: shops, visits, score sheets, products, companies.

    Returns
    -------
    tuple of str
        The strongest rivals in the window, which the map's columns stand for.
    """
    months = [
        part.month
        for part in parts.parts
        if part.table == SHOPS and part.month is not None and _is_inside(part.month, window)
    ]
    paths = parts.paths(SHOPS, months)
    texts = [query(name)[0] for name in _QUERIES]
    key = sha256_of(1, name_of(window), window.own_company, *texts, *sources, _MARGINS, *paths)
    look_through(store, FACTS, parts.paths(SHOPS))
    before = [parts.of_before(kind, window.end, key) for kind in KINDS]
    if None not in before:
        for part in before:
            parts.keep(part)  # type: ignore[arg-type]
    else:
        _make(parts, store, window, key, step)
    rows = store.read("tiles/top_rivals", start=window.start, end=window.end, own=window.own_company)
    return tuple(str(name) for name in rows["company_id"].to_pylist())


def _is_inside(month: dt.date, window: SalesWindow) -> bool:
    first, last = window.previous
    return first <= month <= last or window.start <= month <= window.end


def _make(
    parts: PartFolder, store: Store, window: SalesWindow, key: str, step: Callable[[float, str], None]
) -> None:
    step(0.0, _("Summing up customers"))
    tables = {"customer_figures": FIGURES.table(store, window)}
    for kind, rollup in (("account_figures", ACCOUNTS), ("dealer_accounts", DEALER_ACCOUNTS)):
        step(0.2, _("Summing up accounts"))
        tables[kind] = rollup.table(store, window)
        text = _MARGINS.format(table=tables[kind], **{"shops": "", **dict(rollup.parts)})
        values = {name: value for name, value in window.parameters().items() if f"${name}" in text}
        values |= {"scope": None} if "$scope" in text else {}
        store.derive(lambda cursor, text=text, values=values: cursor.execute(text, values))  # type: ignore[misc]
    lens = ensure_map_rollup(store, window, lambda share, text: step(0.4 + 0.5 * share, text))
    tables |= {f"map{part}": f"{lens.table}{part}" for part in PARTS}
    _tie(store, window, tables)
    step(0.9, _("Saving"))
    for kind in KINDS:
        parts.add(kind, store.fetch(f"SELECT * FROM {tables[kind]}"), key, window.end)


def _tie(store: Store, window: SalesWindow, tables: dict[str, str]) -> None:
    """Hold the figures against the shops' sums and the map against the shops on it."""
    values = {"start": window.start, "end": window.end}
    total = _fen(
        store,
        f"SELECT SUM(s.amount) * 100 AS fen FROM {SHOPS} AS s WHERE s.month BETWEEN $start AND $end",
        values,
    )
    shown = _fen(
        store,
        "SELECT SUM(f.total) AS fen FROM {} AS f INNER JOIN terminal AS t ON t.terminal_id = f.terminal_id"
        " WHERE t.cell IS NOT NULL".format(tables["customer_figures"]),
    )
    pairs = {
        "customer_figures": (
            total,
            _fen(store, f"SELECT SUM(f.total) AS fen FROM {tables['customer_figures']} AS f"),
        ),
        "account_figures": (
            total,
            _fen(store, f"SELECT SUM(f.demand) AS fen FROM {tables['account_figures']} AS f"),
        ),
        "map": (shown, _fen(store, f"SELECT SUM(m.total) AS fen FROM {tables['map']} AS m")),
        "map_far": (shown, _fen(store, f"SELECT SUM(m.total) AS fen FROM {tables['map_far']} AS m")),
        "map_sums": (
            shown,
            _fen(store, f"SELECT SUM(m.total) AS fen FROM {tables['map_sums']} AS m WHERE m.zoom = 10"),
        ),
    }
    for name, (one, other) in pairs.items():
        if one != other:
            raise StoreError(
                _(
                    "The sums of {month} don't tie to its lines ({name}): {one} against {other}.",
                    month=name_of(window),
                    name=name,
                    one=one / 100,
                    other=other / 100,
                ),
                _("No version was written. Run it on another engine and report what differs."),
            )


def _fen(store: Store, text: str, values: Mapping[str, object] | None = None) -> int:
    return int(store.fetch(text, values)["fen"][0].as_py() or 0)
