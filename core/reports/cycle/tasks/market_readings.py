"""What the market says about tasks of regions, month by month, with the figures of the market pages.

A month counts only where every company that had figures in the last month before the task has them again, and
the capacity too where it was recorded: a month with our sales alone would look like a victory.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.cycle.tasks.measurement import Reading
from core.periods import Period, shift
from core.reports.market.choices import choices, market_key
from core.reports.market.market import market_regions
from core.reports.market.request import MarketRequest
from core.store.caching.memo import memoize
from core.store.market import market as read

if TYPE_CHECKING:
    import pandas as pd

    from core.store.cycle.tasks.rows import TaskRecord
    from core.store.database import Store
    from core.store.scope import Scope


@dataclass(frozen=True)
class MarketView:
    """Which market table a task is measured by; ``months`` is how many months it sums."""

    company: str
    level: str
    months: int
    category: str | None
    k: float

    @classmethod
    def of(cls, parameters: Mapping[str, str], level: str) -> MarketView:
        """Return the view that the parameters of a goal name."""
        return cls(
            parameters.get("company", ""),
            level,
            int(parameters.get("months", "1")),
            parameters.get("category") or None,
            float(parameters.get("k", "1.7")),
        )

    def request(self, month: dt.date, scope: Scope) -> MarketRequest:
        """Return what is asked for the months that end with one."""
        return MarketRequest(
            self.company,
            shift(month, 1 - self.months),
            month,
            self.level,
            category=self.category,
            k=self.k,
            scope=scope,
        )


def market_readings(
    store: Store, records: Sequence[TaskRecord], levels: Mapping[str, str], scope: Scope
) -> dict[str, list[Reading]]:
    """Return share, ratio or cushion of each task's region for every later month that is complete.

    Parameters
    ----------
    levels
        Level of each region by region_id; a region that is gone has no readings.
    """
    offered = choices(store, scope) if records else None
    readings: dict[str, list[Reading]] = {record.task_id: [] for record in records}
    if offered is None:
        return readings
    groups: dict[MarketView, list[TaskRecord]] = defaultdict(list)
    for record in records:
        level = levels.get(str(record.task.region_id))
        if level is not None and record.task.goal is not None:
            groups[MarketView.of(record.task.goal.parameters, level)].append(record)
    for view, group in groups.items():
        for record in group:
            readings[record.task_id] = _readings(store, view, record, offered.last_month, scope)
    return readings


def _readings(
    store: Store, view: MarketView, record: TaskRecord, last: dt.date, scope: Scope
) -> list[Reading]:
    goal, region = record.task.goal, str(record.task.region_id)
    assert goal is not None
    begun = goal.baseline_day.replace(day=1)
    before = _sources(store, view, region, begun, scope)
    month = shift(begun, 1)
    readings: list[Reading] = []
    while month <= last:
        if not before <= _sources(store, view, region, month, scope):
            break  # Every later sum would hold this month.
        table = _table(store, view.request(month, scope))
        row = table[table["region_id"] == region]
        end = shift(month, 1) - dt.timedelta(days=1)
        readings.extend(Reading(end, float(value)) for value in row[goal.measure])
        month = shift(month, 1)
    return readings


def _table(store: Store, request: MarketRequest) -> pd.DataFrame:
    def ask() -> pd.DataFrame:
        return market_regions(store, request)[["region_id", "share", "ratio", "cushion"]]

    return memoize(store, ("cycle/tasks/market", request), ask)


def _sources(store: Store, view: MarketView, region: str, month: dt.date, scope: Scope) -> set[str]:
    """Return the companies that have figures of a region and month; an empty text for recorded capacity."""
    key, _others = market_key(store, view.request(month, scope))

    def ask() -> pd.DataFrame:
        return read.figures(store, Period(month, month), market_key=key, region_ids=[region], scope=scope)

    rows = memoize(store, ("cycle/tasks/sources", key, region, month, scope), ask)
    rows = rows[rows["region_id"].astype(object) == region]
    recorded = rows["company_id"].isna()
    sold = rows.loc[~recorded & rows["amount"].notna(), "company_id"].astype(str)
    capacity = {""} if rows.loc[recorded, "capacity"].notna().any() else set()
    return capacity | set(sold)
