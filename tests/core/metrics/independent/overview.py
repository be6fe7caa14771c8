"""The KPIs of 总览 from raw facts."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pandas as pd

from tests.core.metrics.independent.facts import total

if TYPE_CHECKING:
    from tests.core.metrics.independent.facts import Facts

IN_RANGE = {"leading_in_range", "tied", "chasing_in_range"}
CYCLE = dt.timedelta(days=28)


def overview_values(facts: Facts, rows: dict[str, dict[str, Any]], months: list[dt.date]) -> dict[str, Any]:
    """Return every KPI of the overview's family; completeness by region_id."""
    tops = facts.regions.index[facts.regions["parent_id"].isna()]
    lost = {
        company: total([facts.attached.get((None, company, month)) for month in months])
        for company in facts.companies.index
    }
    own = total([*(facts.own_sales(top, months)[0] for top in tops), lost[facts.own]])
    capacities = [facts.market(top, months) for top in tops]
    capacity = total([amount for amount, _source in capacities])
    if any(source != "recorded" for _amount, source in capacities):
        # Shops without a region add to what is a sum of sales; a recorded capacity covers them.
        capacity = total([capacity, *lost.values()])
    states = [row["state"] for row in rows.values()]
    return {
        "total_own": own, "total_capacity": capacity, "total_share": own / capacity,
        "secured_regions": states.count("secured"),
        "in_range_regions": sum(state in IN_RANGE for state in states),
        "out_of_range_regions": states.count("out_of_range"),
        "total_gap": sum(max(row["gap"], 0.0) for row in rows.values() if row["gap"] is not None),
        "unvisited_customers": _unvisited(facts, months[-1]),
        "completeness": {region: _complete(facts, region, row) for region, row in rows.items()},
    }  # fmt: skip


def _unvisited(facts: Facts, end: dt.date) -> int:
    """Count the customers without a visit in the 28 days up to the last one of the period."""
    following = dt.date(end.year + end.month // 12, end.month % 12 + 1, 1)
    days = pd.to_datetime(facts.visits["start_at"])
    last = days[days < pd.Timestamp(following)].max().date()
    inside = (days.dt.date > last - CYCLE) & (days.dt.date <= last)
    visited = set(facts.visits.loc[inside, "terminal_id"])
    customers = facts.shops[~facts.shops["status"].isin(["closed", "blank"])]
    return int((~customers["terminal_id"].isin(visited)).sum())


def _complete(facts: Facts, region: str, row: dict[str, Any]) -> float:
    """Return the mean of the five blocks of a region."""
    about = facts.regions.loc[region]
    factors = set(facts.factors.loc[facts.factors["region_id"] == region, "factor"])
    has_power = pd.notna(about["gdp"]) or "purchasing_power" in factors
    consumers = [pd.notna(about["population"]), has_power, pd.notna(about["area_km2"]),
                 bool(factors - {"purchasing_power"})]  # fmt: skip
    rivals = min((row["recorded_sales"] or 0) / row["capacity"], 1.0) if row["capacity"] else 0.0
    serving = set(facts.dealer_regions.loc[facts.dealer_regions["region_id"] == region, "dealer_id"])
    dealers = facts.dealers[facts.dealers["dealer_id"].isin(serving)]
    shops = facts.shops[(facts.shops["region_id"] == region) & (facts.shops["status"] != "closed")]
    located = shops["lat_wgs84"].notna() & shops["lon_wgs84"].notna()
    classified = shops["grade"].notna() | shops["outlet_type"].notna()
    terminals = [located.mean(), shops["employee_id"].notna().mean(), classified.mean()]
    blocks = [
        {"recorded": 1.0, "mixed": 0.5}.get(row["capacity_source"] or "", 0.0),
        sum(map(bool, consumers)) / 4,
        rivals if row["rivals"] else 0.0,
        0.5 + 0.5 * dealers["attitude"].notna().mean() if len(dealers) else 0.0,
        sum(terminals) / 3 if len(shops) else 0.0,
    ]
    return float(sum(blocks) / 5)
