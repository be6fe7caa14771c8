"""The overview: five numbers, what changed, what to do next, how complete the data are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.periods import shift
from core.reports.market.bridges import with_standing
from core.reports.market.completeness import completeness
from core.reports.market.market import (
    MarketReport,
    MarketRequest,
    market_regions,
    market_report,
    market_trend,
)
from core.reports.overview.actions import IN_REACH, Action, next_actions
from core.reports.overview.changes import Change, find_changes
from core.store.market import overview as read

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

CYCLE = dt.timedelta(days=28)


@dataclass(frozen=True)
class Number:
    """One of the five numbers.

    Parameters
    ----------
    key
        Of :mod:`core.metrics`: ``total_share``, ``secured_regions``, ``in_range_regions``, ``total_gap`` or
        ``unvisited_customers``.
    value, previous
        Now, and a year earlier (for ``unvisited_customers``: a cycle earlier); None = unknown. A share
        in [0, 1], a gap in yuan, the others counts.
    out_of
        What a count is counted among; None where that makes no sense or is unknown.
    """

    key: str
    value: float | None
    previous: float | None
    out_of: int | None = None

    @property
    def change(self) -> float | None:
        """Value less previous; None where one of them is unknown."""
        return None if self.value is None or self.previous is None else self.value - self.previous


@dataclass(frozen=True)
class Overview:
    """The answer to a :class:`core.reports.market.request.MarketRequest`.

    Parameters
    ----------
    numbers
        The five numbers, in the order of the screen.
    changes
        What changed since a year earlier; empty where a year earlier is unknown.
    completeness
        Of the five data blocks, one row per region.
    trend
        month, amount, capacity, share of the own company; months without figures are absent.
    customers
        region_id, customers, unvisited in the last cycle; None when no visits are recorded.
    cycle
        First and last day of that cycle; None when no visits are recorded.
    """

    report: MarketReport
    numbers: tuple[Number, ...]
    changes: tuple[Change, ...]
    actions: tuple[Action, ...]
    completeness: pd.DataFrame
    trend: pd.DataFrame
    customers: pd.DataFrame | None
    cycle: tuple[dt.date, dt.date] | None


def overview(store: Store, request: MarketRequest) -> Overview:
    """Compute the overview of a market; takes and raises what :func:`market_report` does."""
    report = market_report(store, request)
    before = market_regions(
        store, replace(request, start=shift(request.start, -12), end=shift(request.end, -12))
    )
    complete = completeness(store, report)
    trend = market_trend(store, request)
    trend = trend.loc[trend["is_self"], ["month", "amount", "capacity", "share"]].reset_index(drop=True)
    cycle = last_cycle(store, request)
    customers = None if cycle is None else _customers(store, request, report, cycle)
    return Overview(
        report=report,
        numbers=(*_market_numbers(report, before), _unvisited(store, request, cycle)),
        changes=find_changes(report, before),
        actions=next_actions(report, complete, customers),
        completeness=complete,
        trend=trend,
        customers=customers,
        cycle=cycle,
    )


def last_cycle(store: Store, request: MarketRequest) -> tuple[dt.date, dt.date] | None:
    """Return the first and last day of the last visit cycle of four weeks in the period.

    It ends with the period, or with the last recorded visit where the period's last month is still under
    way. None where that month has no visit: then nothing is known, and nobody is called unvisited.
    """
    until = shift(request.end, 1)
    last = read.last_visit(store, until, scope=request.scope)
    if last is None or last < request.end:
        return None
    return last - CYCLE + dt.timedelta(days=1), last


def _customers(
    store: Store, request: MarketRequest, report: MarketReport, cycle: tuple[dt.date, dt.date]
) -> pd.DataFrame:
    ids = list(report.regions["region_id"])
    until = cycle[1] + dt.timedelta(days=1)
    return read.customers(store, ids, cycle[0], until, scope=request.scope)


def _market_numbers(report: MarketReport, before: pd.DataFrame) -> tuple[Number, ...]:
    total = report.total.iloc[0]
    regions = report.regions
    known, known_before = with_standing(regions), with_standing(before)
    return (
        Number("total_share", _known(total["share"]), _known(total["share_previous"])),
        _counted("secured_regions", known, known_before, ("secured",)),
        _counted("in_range_regions", known, known_before, IN_REACH),
        Number("total_gap", _gap(regions), _gap(before), int((regions["gap"] > 0).sum()) or None),
    )


def _counted(key: str, now: pd.DataFrame, before: pd.DataFrame, states: tuple[str, ...]) -> Number:
    value = float(now["state"].isin(states).sum()) if len(now) else None
    previous = float(before["state"].isin(states).sum()) if len(before) else None
    return Number(key, value, previous, len(now) or None)


def _gap(regions: pd.DataFrame) -> float | None:
    """Return what all regions together lack to their base targets, yuan; None where none is known."""
    known = regions["gap"].dropna()
    return float(known.clip(lower=0).sum()) if len(known) else None


def _known(value: float) -> float | None:
    return None if value != value else float(value)  # noqa: PLR0124 - NaN is unequal to itself


def _unvisited(store: Store, request: MarketRequest, cycle: tuple[dt.date, dt.date] | None) -> Number:
    if cycle is None:
        return Number("unvisited_customers", None, None)
    now, customers = _count_unvisited(store, request, cycle)
    earlier = cycle[0] - CYCLE, cycle[0] - dt.timedelta(days=1)
    first = read.last_visit(store, cycle[0], scope=request.scope)
    previous = None
    if first is not None and first >= earlier[0]:
        previous = float(_count_unvisited(store, request, earlier)[0])
    return Number("unvisited_customers", float(now), previous, customers)


def _count_unvisited(store: Store, request: MarketRequest, cycle: tuple[dt.date, dt.date]) -> tuple[int, int]:
    """Return unvisited and all customers of everything looked at."""
    from core.store.market.market import regions

    found = regions(store, level=request.level, within=request.within, scope=request.scope)
    tops = list(found.loc[found["is_top"], "region_id"])
    rows = read.customers(store, tops, cycle[0], cycle[1] + dt.timedelta(days=1), scope=request.scope)
    if request.within is not None:
        rows = rows[rows["region_id"].notna()]
    return int(rows["unvisited"].sum()), int(rows["customers"].sum())
