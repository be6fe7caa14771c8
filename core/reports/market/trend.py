"""How the companies of a region developed, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.periods import Period, shift
from core.reports.market.absence import absent_months
from core.reports.market.amounts import source_codes, source_text
from core.reports.market.choices import market_key, names_of
from core.store.market import market as read

if TYPE_CHECKING:
    from core.reports.market.request import MarketRequest
    from core.store.database import Store

TREND_MONTHS = 36


def market_trend(store: Store, request: MarketRequest, region_id: str | None = None) -> pd.DataFrame:
    """Return the sales and shares of a region's companies by month.

    Parameters
    ----------
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
    period = Period(min(request.start, shift(request.end, 1 - TREND_MONTHS)), request.end)
    whole = region_id is None
    if region_id is None:
        regions = read.regions(store, level=request.level, within=request.within, scope=request.scope)
        ids = list(regions.loc[regions["is_top"], "region_id"])
    else:
        ids = [region_id]
    rows = read.trend(
        store,
        period,
        market_key=key,
        region_ids=ids,
        unplaced=whole and request.within is None,
        scope=request.scope,
    )
    capacity = _capacity_by_month(rows)
    sold = rows[rows["company_id"].notna() & rows["amount"].notna()]
    sold = sold.groupby(["month", "company_id"], as_index=False)["amount"].sum()
    sold = pd.concat([sold, _zeros(store, request, key, ids, capacity["month"], sold)], ignore_index=True)
    companies = read.companies(store)
    companies = companies.assign(name=names_of(companies)).drop(columns="name_en")
    result = sold.merge(capacity, on="month", how="left").merge(companies, on="company_id", how="left")
    known = result["capacity"].where(result["capacity"] > 0)
    return result.assign(share=result["amount"] / known, is_self=result["company_id"] == request.own_company)


def _zeros(
    store: Store, request: MarketRequest, key: str, ids: list[str], months: pd.Series, sold: pd.DataFrame
) -> pd.DataFrame:
    """Return the months in which no row of ours means that we sold nothing, like ``sold``."""
    present = set(sold.loc[sold["company_id"] == request.own_company, "month"])
    missing = [month for month in months if month not in present]
    periods = [Period(day, day) for day in (pd.Timestamp(month).date() for month in missing)]
    zero = {period.start for period in absent_months(store, request, key, ids, periods)}
    rows = [month for month in missing if pd.Timestamp(month).date() in zero]
    return pd.DataFrame({"month": rows, "company_id": request.own_company, "amount": 0.0})


def largest_trend(store: Store, request: MarketRequest, benchmark: str | None, *, most: int) -> pd.DataFrame:
    """Return the months of us, the rival to beat and the largest companies, the largest first.

    Parameters
    ----------
    benchmark
        ID of the rival to beat; None where there is none.
    most
        How many of the largest companies.

    Returns
    -------
    pandas.DataFrame
        As :func:`market_trend`, with is_benchmark; the group of all small companies last.
    """
    rows = market_trend(store, request)
    return largest_companies(rows.assign(is_benchmark=rows["company_id"] == benchmark), most)


def largest_companies(months: pd.DataFrame, most: int) -> pd.DataFrame:
    """Return the months of us, the rival to beat and the largest companies, the largest first.

    Parameters
    ----------
    months
        month, company_id, amount, is_self, is_benchmark, is_aggregate.
    most
        How many of the largest companies: the names of more would cover each other in a picture.
    """
    largest = months.groupby("company_id")["amount"].sum().sort_values(ascending=False).index
    placed = months.assign(_place=largest.get_indexer(months["company_id"]))
    chosen = placed["is_self"] | placed["is_benchmark"] | (placed["_place"] < most)
    return placed[chosen].sort_values(["is_aggregate", "_place", "month"]).drop(columns="_place")


def _capacity_by_month(rows: pd.DataFrame) -> pd.DataFrame:
    """Return month, capacity and capacity_source.

    What lies in no region adds to a capacity that is, at least in part, a sum of sales; a recorded one
    covers all shops, wherever they lie.
    """
    parts = pd.DataFrame(
        {
            "recorded": rows["capacity"].where(rows["company_id"].isna()),
            "summed": rows["capacity"].where(rows["company_id"].notna() & rows["is_placed"]),
            "unplaced": rows["capacity"].where(~rows["is_placed"]),
        }
    )
    sums = parts.groupby(rows["month"]).sum(min_count=1)
    adds = sums["summed"].notna() | sums["recorded"].isna()
    summed = sums[["summed", "unplaced"]].sum(axis=1, min_count=1).where(adds)
    recorded = sums["recorded"].to_numpy(np.float64)
    total = pd.concat([sums["recorded"], summed], axis=1).sum(axis=1, min_count=1)
    source = source_text(source_codes(recorded, summed.to_numpy(np.float64)))
    return pd.DataFrame({"month": sums.index, "capacity": total.to_numpy(), "capacity_source": source})
