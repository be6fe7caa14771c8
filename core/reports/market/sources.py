"""Where a region's figures come from (documents, visits, surveys, books, shops) and how sure they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core import numbers
from core.i18n import N_, _, format_month, ngettext
from core.reports.market.choices import market_key
from core.store.market import market as read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.reports.market.request import MarketRequest
    from core.store.database import Store

KINDS = {"capacity": N_("Capacity"), "own": N_("Own sales"), "rivals": N_("Rivals' sales")}
SOURCES = {
    "documents": N_("documents"),
    "visit": N_("a rep's visit"),
    "survey": N_("a survey on site"),
    "shops": N_("shop by shop"),
    "": N_("source not written"),
}
OWN_BOOKS = N_("own books")
CONFIDENCES = {"A": N_("A (sure)"), "B": N_("B (probable)"), "C": N_("C (a guess)"), "": N_("not written")}
# Which figures each KPI of a region is made of; all of them where it isn't named.
PARTS = {
    "capacity": ("capacity",),
    "growth": ("capacity",),
    "own": ("own",),
    "rival_sales": ("rivals",),
    "ratio": ("own", "rivals"),
    "rank": ("own", "rivals"),
    "share": ("own", "capacity"),
    "share_symbol": ("own", "capacity"),
}


def figure_sources(store: Store, request: MarketRequest, region_ids: tuple[str, ...]) -> dict[str, str]:
    """Return one sentence for each kind of figure of some regions together, by key of ``KINDS``.

    A capacity that is a sum of sales has none of its own: it comes from where those sales come from.

    Parameters
    ----------
    region_ids
        Regions of which none lies in another.
    """
    key, _others = market_key(store, request)
    rows = read.sources(
        store,
        request.period,
        market_key=key,
        company=request.own_company,
        region_ids=list(region_ids),
        scope=request.scope,
    )
    return {str(kind): _sentence(str(kind), part) for kind, part in rows.groupby("kind")}


def sources_of(key: str, sentences: Mapping[str, str]) -> list[str]:
    """Return the sentences that say where a KPI's figures come from, as its explanation has them."""
    kinds = PARTS.get(key, tuple(KINDS))
    if "capacity" in kinds and "capacity" not in sentences:
        kinds = tuple(KINDS)
    return data_from([sentences[kind] for kind in KINDS if kind in kinds and kind in sentences])


def data_from(sentences: Sequence[str]) -> list[str]:
    """Return sentences on origins as the explanation of a figure has them."""
    return [_("Data from {origin}", origin=sentence) for sentence in sentences]


def is_origin(line: str) -> bool:
    """Tell whether a line of an explanation says where its figure comes from."""
    return line.startswith(_("Data from {origin}", origin=""))


def _sentence(kind: str, rows: pd.DataFrame) -> str:
    words = {**SOURCES, "": OWN_BOOKS} if kind == "own" else SOURCES
    sure = rows[rows["source"] != "shops"]
    count = int(rows["rows"].sum())
    return _(
        "{records}: {source}; confidence: {confidence}; {until}; {rows}.",
        records=_(KINDS[kind]),
        source=_parts(rows, "source", words),
        confidence=_("not kept for these") if sure.empty else _parts(sure, "confidence", CONFIDENCES),
        until=_("until {day}", day=format_month(pd.Timestamp(rows["last_month"].max()).date())),
        rows=ngettext("{n} monthly figure", "{n} monthly figures", count),
    )


def _parts(rows: pd.DataFrame, column: str, words: dict[str, str]) -> str:
    """Return how much of the amounts has each mark, the most first."""
    codes = rows[column].fillna("")
    sums = rows["amount"].clip(lower=0).groupby(codes).sum().sort_values(ascending=False)
    whole = float(sums.sum())
    named = [(_(words[code]) if code in words else str(code), amount) for code, amount in sums.items()]
    if len(named) == 1 or whole <= 0:
        return named[0][0]
    return _(", ").join(f"{word} {numbers.percent(amount / whole)}" for word, amount in named)
