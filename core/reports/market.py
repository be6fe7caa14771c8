"""The market report: the market table of a level, its companies, the whole, and what to know about them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.market.share import company_table
from core.market.table import market_table
from core.periods import Period, shift
from core.reports.choices import Choices, choices, market_key, names_of, unknown
from core.reports.market_notes import find_notes
from core.reports.notes import Note
from core.reports.request import MarketRequest
from core.store import market as read

if TYPE_CHECKING:
    from core.store.database import Store

__all__ = ["Choices", "MarketReport", "MarketRequest", "Note", "choices", "market_report", "market_trend"]

WHOLE = "*"
CAPACITY_SOURCES = ("recorded", "mixed", "sum_of_sales")
TREND_MONTHS = 36


@dataclass(frozen=True)
class MarketReport:
    """The answer to a :class:`MarketRequest`.

    Parameters
    ----------
    request
        The question.
    regions
        One row per region of the level, sorted by region_id: the columns of
        :func:`core.market.table.market_table`, and name, name_en, parent_id, level, rival_name,
        capacity_source, capacity_source_previous, sales_difference (yuan, recorded figures less the
        figures below them which they replace), months, months_previous (with figures).
    companies
        One row per region and company: region_id, company_id, name, amount, amount_previous, share,
        share_previous, share_change, growth, rank, is_self, is_aggregate; by region, largest first.
    total
        One row like those of ``regions`` with the region_id ``*``: everything looked at together,
        terminals without a region included.
    total_companies
        Its companies.
    notes
        What to know about the figures, warnings first.
    """

    request: MarketRequest
    regions: pd.DataFrame
    companies: pd.DataFrame
    total: pd.DataFrame
    total_companies: pd.DataFrame
    notes: tuple[Note, ...]


def market_report(store: Store, request: MarketRequest) -> MarketReport:
    """Compute the market report.

    Parameters
    ----------
    store
        The open store.
    request
        What is asked.

    Raises
    ------
    InputError
        The data have no such company, level, market or region.
    """
    key, other_markets = market_key(store, request)
    companies = read.companies(store)
    regions = read.regions(store, level=request.level, within=request.within, scope=request.scope)
    check_request(store, request, companies, regions)
    ids = list(regions["region_id"])
    figures = read.figures(store, request.period, market_key=key, region_ids=ids, scope=request.scope)
    months = read.months(store, request.period, market_key=key, region_ids=ids, scope=request.scope)
    whole = _whole(figures, regions, request)
    listed = regions[regions["is_listed"]]
    table, sold = _table(figures, listed["region_id"], companies, request)
    table = _described(table, listed, months)
    total, total_sold = _table(whole, pd.Series([WHOLE], dtype="str"), companies, request)
    notes = find_notes(request, table, total, _unplaced(figures, request), other_markets)
    return MarketReport(request, table, sold, total, total_sold, notes)


def market_trend(store: Store, request: MarketRequest, region_id: str | None = None) -> pd.DataFrame:
    """Return how the companies of a region developed, month by month.

    Parameters
    ----------
    store
        The open store.
    request
        Market, scope and end; the trend goes back three years from its end, or to its start if earlier.
    region_id
        The region; None for everything looked at.

    Returns
    -------
    pandas.DataFrame
        month (first day), company_id, name, is_self, is_aggregate, amount, capacity, share (of the month's
        capacity), capacity_source; months without figures are absent.
    """
    key, _others = market_key(store, request)
    companies = read.companies(store)
    period = Period(min(request.start, shift(request.end, 1 - TREND_MONTHS)), request.end)
    if region_id is None:
        regions = read.regions(store, level=request.level, within=request.within, scope=request.scope)
        tops = list(regions.loc[regions["is_top"], "region_id"])
    else:
        tops = [region_id]
    rows = pd.concat(
        [read.trend(store, period, market_key=key, region_id=top, scope=request.scope) for top in tops]
    )
    rows = rows.groupby(["month", "company_id"], as_index=False, dropna=False).sum(min_count=1)
    capacity = rows.groupby("month")["capacity"].sum(min_count=1)
    stated = rows[rows["company_id"].isna()].groupby("month")["capacity"].sum(min_count=1)
    summed = rows[rows["company_id"].notna()].groupby("month")["capacity"].sum(min_count=1)
    rows = rows[rows["company_id"].notna() & rows["amount"].notna()].drop(columns="capacity")
    source = _source(stated.reindex(capacity.index).to_numpy(), summed.reindex(capacity.index).to_numpy())
    rows = rows.merge(
        pd.DataFrame({"capacity": capacity, "capacity_source": source}, index=capacity.index),
        left_on="month",
        right_index=True,
    ).merge(companies.assign(name=names_of(companies)), on="company_id", how="left")
    rows["share"] = np.where(
        rows["capacity"] > 0, rows["amount"] / rows["capacity"].where(rows["capacity"] > 0), np.nan
    )
    rows["is_self"] = rows["company_id"] == request.own_company
    return rows.sort_values(["month", "company_id"], ignore_index=True)


def check_request(
    store: Store, request: MarketRequest, companies: pd.DataFrame, regions: pd.DataFrame
) -> None:
    """Refuse a company, level or region that the data don't have.

    Raises
    ------
    InputError
        Names the value and the nearest valid one.
    """
    from core.i18n import _

    if request.own_company not in set(companies["company_id"]):
        raise unknown(_("company"), request.own_company, list(companies["company_id"]))
    if (
        request.within is not None
        and not (regions["is_top"] & (regions["region_id"] == request.within)).any()
    ):
        raise unknown(_("region"), request.within, [])
    if not regions["is_listed"].any():
        found = read.levels(store, scope=request.scope)
        if request.level not in set(found["level"]):
            raise unknown(_("level"), request.level, list(found["level"]))


def _whole(figures: pd.DataFrame, regions: pd.DataFrame, request: MarketRequest) -> pd.DataFrame:
    """Return the figures of everything looked at, under one region_id."""
    tops = set(regions.loc[regions["is_top"], "region_id"])
    rows = figures[figures["region_id"].isin(tops)]
    if request.within is None:
        lost = figures[figures["region_id"].isna()]
        if not rows["capacity"][rows["company_id"].notna()].notna().any() and rows["capacity"].notna().any():
            # A capacity recorded for the whole market covers the shops that lie in no known region, too.
            lost = lost.assign(capacity=np.nan, capacity_previous=np.nan)
        rows = pd.concat([rows, lost])
    rows = rows.drop(columns="region_id").groupby("company_id", as_index=False, dropna=False).sum(min_count=1)
    return rows.assign(region_id=WHOLE)


def _unplaced(figures: pd.DataFrame, request: MarketRequest) -> float:
    """Return what terminals without a region sold in the period, yuan; 0 where that doesn't matter."""
    return float(figures.loc[figures["region_id"].isna(), "amount"].sum()) if request.within is None else 0.0


def _table(
    figures: pd.DataFrame, region_ids: pd.Series, companies: pd.DataFrame, request: MarketRequest
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the market table and the companies' table of some regions."""
    rows = figures[figures["region_id"].isin(set(region_ids))]
    capacity = _capacity(rows, region_ids)
    sold = rows[rows["company_id"].notna() & (rows["amount"].notna() | rows["amount_previous"].notna())]
    sold = sold[["region_id", "company_id", "amount", "amount_previous"]].merge(
        companies[["company_id", "name", "name_en", "is_aggregate"]], on="company_id", how="left"
    )
    sold["is_aggregate"] = sold["is_aggregate"].fillna(False).astype(bool)
    table = market_table(sold, capacity, request.options)
    difference = rows.groupby("region_id")["sales_difference"].sum(min_count=1)
    names = names_of(companies).set_axis(companies["company_id"])
    table = table.assign(
        rival_name=table["rival_id"].map(names),
        capacity_source=capacity["capacity_source"].to_numpy(),
        capacity_source_previous=capacity["capacity_source_previous"].to_numpy(),
        sales_difference=difference.reindex(table["region_id"]).to_numpy(),
    )
    sold = company_table(sold, capacity)
    sold["is_self"] = sold["company_id"] == request.own_company
    sold["name"] = names_of(sold)
    sold = sold.drop(columns="name_en").sort_values(
        ["region_id", "amount", "company_id"], ascending=[True, False, True], ignore_index=True
    )
    return table, sold


def _capacity(rows: pd.DataFrame, region_ids: pd.Series) -> pd.DataFrame:
    """Return capacity, capacity_previous and where they come from, one row per region in its order."""
    columns = ["capacity", "capacity_previous"]
    stated = rows[rows["company_id"].isna()].set_index("region_id")[columns].reindex(region_ids)
    summed = (
        rows[rows["company_id"].notna()].groupby("region_id")[columns].sum(min_count=1).reindex(region_ids)
    )
    result = pd.DataFrame({"region_id": region_ids.to_numpy()})
    for column in columns:
        recorded, sold = stated[column].to_numpy(), summed[column].to_numpy()
        known = ~(np.isnan(recorded) & np.isnan(sold))
        result[column] = np.where(known, np.nan_to_num(recorded) + np.nan_to_num(sold), np.nan)
        result[column.replace("capacity", "capacity_source")] = _source(recorded, sold)
    unlike = {"recorded", "sum_of_sales"}
    compared = result[["capacity_source", "capacity_source_previous"]]
    # A recorded capacity against a sum of sales is no growth of the market.
    no_growth = compared.apply(lambda row: set(row) == unlike, axis=1) if len(result) else False
    result.loc[no_growth, "capacity_previous"] = np.nan
    return result


def _source(recorded: np.ndarray, summed: np.ndarray) -> pd.api.extensions.ExtensionArray:
    """Return where a capacity comes from: a code of ``CAPACITY_SOURCES``, missing where there is none."""
    has_recorded, has_summed = ~np.isnan(recorded), ~np.isnan(summed)
    code = np.select([has_recorded & has_summed, has_recorded, has_summed], [1, 0, 2], default=3)
    return pd.array(np.array([*CAPACITY_SOURCES, None], dtype=object)[code], dtype="str")


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
