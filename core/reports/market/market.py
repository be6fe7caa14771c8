"""The market report: the market table of a level, its companies, the whole, and what to know about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.currency import current_currency
from core.i18n import current_language
from core.market.share import company_table
from core.market.table import market_table
from core.reports.market.absence import absent_own_sales, counts_as_zero, own_source
from core.reports.market.amounts import WHOLE, Figures
from core.reports.market.choices import (
    Choices,
    check_category,
    check_request,
    choices,
    market_key,
    names_of,
)
from core.reports.market.entry import with_entry_scores
from core.reports.market.findings import find_notes
from core.reports.market.note import Note
from core.reports.market.request import MarketRequest
from core.reports.market.trend import market_trend
from core.store.caching.memo import share
from core.store.market import market as read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.store.database import Store

__all__ = [
    "WHOLE",
    "Choices",
    "MarketReport",
    "MarketRequest",
    "Note",
    "choices",
    "market_regions",
    "market_report",
    "market_total",
    "market_trend",
]


@dataclass(frozen=True)
class MarketReport:
    """The answer to a :class:`MarketRequest`.

    Parameters
    ----------
    regions
        One row per region of the level, sorted by region_id: the columns of
        :func:`core.market.table.market_table`, and name, name_en, parent_id, level, rival_name,
        capacity_source, capacity_source_previous, own_source, own_source_previous, sales_difference (yuan,
        recorded figures less the figures below them which they replace), months, months_previous (with
        figures), and the columns of :mod:`core.reports.market.entry`.
    companies
        One row per region and company: region_id, company_id, name, amount, amount_previous, share,
        share_previous, share_change, growth, rank, is_self, is_aggregate; by region, largest first.
    total
        One row like those of ``regions`` with the region_id ``*``: everything looked at together,
        terminals without a region included.
    notes
        What to know about the figures, warnings first.
    absent_is_zero
        Whether a region without a row of ours has own sales of zero, see
        :mod:`core.reports.market.absence`.
    """

    request: MarketRequest
    regions: pd.DataFrame
    companies: pd.DataFrame
    total: pd.DataFrame
    total_companies: pd.DataFrame
    notes: tuple[Note, ...]
    absent_is_zero: bool


def market_report(store: Store, request: MarketRequest) -> MarketReport:
    """Return the market report, computed once for everybody who asks for it: nobody may change its tables.

    Raises
    ------
    InputError
        The data have no such company, level, market or region.
    """
    key = ("market_report", request, current_language(), current_currency().code)
    return share(store, key, lambda: _market_report(store, request))


def _market_report(store: Store, request: MarketRequest) -> MarketReport:
    found = _read(store, request)
    table, sold = _tables(found, found.listed, request, found.is_listed)
    table = _described(table, found.regions[found.is_listed], _months(store, request, found))
    table = with_entry_scores(store, request, table)
    total, total_sold = _together(found, request)
    lost = found.figures.unplaced if request.within is None else 0.0
    notes = find_notes(request, table, total, lost, found.other_markets)
    zero = counts_as_zero(store, request, found.key)
    return MarketReport(request, table, sold, total, total_sold, notes, zero)


def market_regions(store: Store, request: MarketRequest) -> pd.DataFrame:
    """Compute the market table alone, for whoever needs no companies, total or notes.

    Takes and raises what :func:`market_report` does.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`core.market.table.market_table`, one row per region.
    """
    found = _read(store, request)
    sold = found.listed.sales(found.companies["is_aggregate"].to_numpy(bool))
    return market_table(sold, found.listed.capacity(), request.options)


def market_total(store: Store, request: MarketRequest) -> dict[str, Any]:
    """Return the row of everything looked at together alone, for whoever needs no regions and no notes.

    Takes and raises what :func:`market_report` does; the row is that of its ``total``.
    """
    found = _read(store, request)
    row: dict[str, Any] = _together(found, request)[0].iloc[0].to_dict()
    return row


@dataclass(frozen=True)
class _Found:
    """What the store holds for a request."""

    key: str
    other_markets: str | None
    companies: pd.DataFrame
    regions: pd.DataFrame
    figures: Figures
    absent: dict[str, NDArray[np.bool_]]

    @property
    def is_listed(self) -> NDArray[np.bool_]:
        """Which regions are of the level asked for."""
        return np.asarray(self.regions["is_listed"], dtype=bool)

    @cached_property
    def listed(self) -> Figures:
        """The figures of those regions."""
        return self.figures.of_regions(self.is_listed)


def _read(store: Store, request: MarketRequest) -> _Found:
    key, other_markets = market_key(store, request)
    companies = read.companies(store)
    regions = read.regions(store, level=request.level, within=request.within, scope=request.scope)
    check_request(store, request, companies, regions)
    rows = read.figures(
        store,
        request.period,
        market_key=key,
        region_ids=list(regions["region_id"]),
        scope=request.scope,
    )
    if rows.empty and request.category is not None:
        check_category(store, request)
    figures = Figures.of(rows, regions["region_id"], companies["company_id"])
    absent = absent_own_sales(store, request, key, figures)
    figures = figures.with_zeros(request.own_company, absent)
    return _Found(key, other_markets, companies, regions, figures, absent)


def _months(store: Store, request: MarketRequest, found: _Found) -> pd.DataFrame:
    ids = list(found.regions.loc[found.is_listed, "region_id"])
    return read.months(store, request.period, market_key=found.key, region_ids=ids, scope=request.scope)


def _together(found: _Found, request: MarketRequest) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the market table and the companies' table of everything as one."""
    tops = found.regions["is_top"].to_numpy(bool)
    figures = found.figures.together(tops, unplaced=request.within is None)
    return _tables(found, figures, request, tops, together=True)


def _tables(
    found: _Found,
    figures: Figures,
    request: MarketRequest,
    chosen: NDArray[np.bool_],
    *,
    together: bool = False,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the market table and the companies' table of the chosen regions, or of all of them together."""
    companies, capacity = found.companies, figures.capacity()
    sold = figures.sales(companies["is_aggregate"].to_numpy(bool))
    table = market_table(sold, capacity, request.options)
    names = names_of(companies).array
    rivals = figures.company_ids.get_indexer(pd.Index(table["rival_id"]))
    table = table.assign(
        rival_name=names.take(rivals, allow_fill=True),
        capacity_source=capacity["capacity_source"],
        capacity_source_previous=capacity["capacity_source_previous"],
        sales_difference=figures.by_region("sales_difference", companies=True),
    )
    for column, name in (("own", "amount"), ("own_previous", "amount_previous")):
        absent = found.absent[name][chosen]
        absent = np.array([absent.size > 0 and absent.all()]) if together else absent
        source = own_source(table[column].to_numpy(np.float64), absent)
        table[column.replace("own", "own_source")] = source
    sold = company_table(sold, capacity)
    code, region = (sold[name].cat.codes.to_numpy() for name in ("company_id", "region_id"))
    sold = sold.assign(
        region_id=figures.region_ids.array.take(region),
        company_id=figures.company_ids.array.take(code),
        name=names.take(code),
        is_self=code == figures.company_ids.get_indexer([request.own_company]),
    )
    order = np.lexsort((code, -sold["amount"].to_numpy(), region))
    return table, sold.iloc[order].reset_index(drop=True)


def _described(table: pd.DataFrame, listed: pd.DataFrame, months: pd.DataFrame) -> pd.DataFrame:
    """Add what the store knows about each region."""
    attributes = (
        listed.drop(columns=["is_listed", "is_top"]).set_index("region_id").reindex(table["region_id"])
    )
    counts = months.set_index("region_id").reindex(table["region_id"]).fillna(0).astype("int64")
    extra = pd.concat([attributes, counts], axis=1).reset_index(drop=True)
    ordered = ["region_id", "name", "name_en", "parent_id", "level"]
    result = pd.concat([table, extra], axis=1)
    return result[ordered + [column for column in result.columns if column not in ordered]]
