"""Regions in which our complete books have no row: own sales of zero instead of unknown ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.market.absence import OwnBooks
from core.market.arrays import text_column
from core.market.terms import TERMS
from core.store.market import market as read
from core.store.preferences import incomplete_books

if TYPE_CHECKING:
    import datetime as dt

    from numpy.typing import NDArray

    from core.market.arrays import Flags
    from core.periods import Period
    from core.reports.market.amounts import Figures
    from core.reports.market.request import MarketRequest
    from core.store.database import Store


def absent_own_sales(store: Store, request: MarketRequest, key: str, figures: Figures) -> dict[str, Flags]:
    """Return where no row of ours means that we sold nothing.

    Parameters
    ----------
    key
        The market's key, see :func:`core.reports.market.choices.market_key`.

    Returns
    -------
    dict
        By column of ``figures.amounts``, amount and amount_previous: flags, shape (regions,).
    """
    own = figures.of_company(request.own_company)
    zero = {name: np.zeros(len(figures.region_ids), dtype=bool) for name in ("amount", "amount_previous")}
    unknown = np.isnan(own["amount"]) | np.isnan(own["amount_previous"])
    if unknown.any() and counts_as_zero(store, request, key):
        ids = figures.region_ids[unknown]
        period, before = request.period, request.period.previous
        books = own_books(store, request, key, list(ids), (before.start, period.end))
        for name, when in (("amount", period), ("amount_previous", before)):
            zero[name][unknown] = books.absent(ids, when)
    return zero


def own_source(own: NDArray[np.float64], absent: Flags) -> pd.api.extensions.ExtensionArray:
    """Return where own sales come from: a term of ``own_source``, missing where they are unknown."""
    return text_column(np.where(absent, 1, np.where(np.isnan(own), -1, 0)), list(TERMS["own_source"]))


def counts_as_zero(store: Store, request: MarketRequest, key: str) -> bool:
    """Tell whether our books count as complete in a market: as the request or else the store says.

    The figures of a company that isn't ours are never complete unless the request says so.
    """
    if request.absent_own is not None:
        return request.absent_own == "zero"
    companies = read.companies(store)
    ours = companies.loc[companies["is_self"], "company_id"]
    is_ours = ours.empty or request.own_company in set(ours)
    return is_ours and key not in incomplete_books(store)


def own_books(
    store: Store, request: MarketRequest, key: str, region_ids: list[str], months: tuple[dt.date, dt.date]
) -> OwnBooks:
    """Return our figures in and above some regions from a first to a last month."""
    rows = read.own_rows(
        store, months, company=request.own_company, region_ids=region_ids, scope=request.scope
    )
    return OwnBooks(rows, key, _category_keys(store, rows))


def absent_months(
    store: Store, request: MarketRequest, key: str, region_ids: list[str], months: list[Period]
) -> list[Period]:
    """Return the months in which some regions together have no row of ours and that means no sales."""
    if not months or not counts_as_zero(store, request, key):
        return []
    books = own_books(store, request, key, region_ids, (months[0].start, months[-1].end))
    return [month for month in months if books.absent(pd.Index(region_ids), month).all()]


def _category_keys(store: Store, rows: pd.DataFrame) -> frozenset[str]:
    """Return the key of each product category: its first market, or the shops' figures of the category."""
    markets = read.markets(store).dropna(subset="category").sort_values("market_id")
    first = markets.drop_duplicates("category")["market_id"]
    found = set(rows["market_key"])
    return frozenset(found & set(first)) | {key for key in found if key.startswith("category:")}
