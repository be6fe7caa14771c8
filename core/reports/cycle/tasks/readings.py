"""What the measures of tasks read from the store: for each task the days and values that are known."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from core.cycle.tasks.measurement import Reading
from core.periods import shift
from core.reports.cycle.tasks.market_readings import market_readings
from core.reports.cycle.tasks.plan_readings import plan_readings
from core.store.cycle.tasks import evidence
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.cycle.tasks.task import Goal
    from core.store.cycle.tasks.rows import TaskRecord
    from core.store.database import Store

Readings = dict[str, list[Reading]]


def read_measures(
    store: Store, records: Sequence[TaskRecord], levels: Mapping[str, str], scope: Scope = EVERYTHING
) -> Readings:
    """Return what is known of each task's measure, by task_id; a task without a measure has none.

    Parameters
    ----------
    levels
        Level of each region by region_id.
    """
    by_measure: dict[str, list[TaskRecord]] = defaultdict(list)
    for record in records:
        if record.task.goal is not None:
            by_measure[record.task.goal.measure].append(record)
    market = [r for name in ("share", "ratio", "cushion") for r in by_measure[name]]
    return {
        **_visits(store, by_measure["visits"], scope),
        **_shop_sells(store, by_measure["shop_sells"], scope),
        **_customer_sales(store, by_measure["customer_sales"], scope),
        **_listed_shops(store, by_measure["shops_selling"], by_measure["shops_visited"], scope),
        **_unvisited(store, by_measure["unvisited"], scope),
        **market_readings(store, market, levels, scope),
        **plan_readings(store, by_measure["plan_shortfall"], scope),
    }


def month_end(month: dt.date) -> dt.date:
    """Return the last day of a month."""
    return shift(month.replace(day=1), 1) - dt.timedelta(days=1)


def _visits(store: Store, records: Sequence[TaskRecord], scope: Scope) -> Readings:
    if not records:
        return {}
    rows = evidence.visits(store, _customers(records), _earliest(records), scope=scope)
    return {r.task_id: _summed(rows, "terminal_id", r, "visits") for r in records}


def _shop_sells(store: Store, records: Sequence[TaskRecord], scope: Scope) -> Readings:
    """Count the months with sales."""
    readings: Readings = {}
    for company, group in _by_company(records).items():
        rows = evidence.shop_sales(store, company, _customers(group), _earliest(group), scope=scope)
        rows = rows.assign(day=_ends(rows), sells=(rows["amount"] > 0).astype(int))
        readings |= {r.task_id: _summed(rows, "customer_id", r, "sells") for r in group}
    return readings


def _customer_sales(store: Store, records: Sequence[TaskRecord], scope: Scope) -> Readings:
    readings: Readings = {}
    for company, group in _by_company(records).items():
        shops = [r for r in group if r.task.customer_type == "terminal"]
        dealers = [r for r in group if r.task.customer_type == "dealer"]
        for part, rows in (
            (shops, evidence.shop_sales(store, company, _customers(shops), _earliest(group), scope=scope)),
            (dealers, evidence.dealer_sales(store, _customers(dealers), _earliest(group), scope=scope)),
        ):
            ended = rows.assign(day=_ends(rows))
            readings |= {r.task_id: _summed(ended, "customer_id", r, "amount") for r in part}
    return readings


def _listed_shops(
    store: Store, selling: Sequence[TaskRecord], visited: Sequence[TaskRecord], scope: Scope
) -> Readings:
    """Count the shops of each list that sold something, or were visited, up to each day."""
    readings: Readings = {}
    for record in (*selling, *visited):
        goal = _goal(record)
        if goal.measure == "shops_selling":
            company = goal.parameters.get("company", "")
            rows = evidence.shop_sales(store, company, goal.shops, goal.baseline_day, scope=scope)
            rows = rows.assign(day=_ends(rows), hit=rows["amount"] > 0).rename(
                columns={"customer_id": "terminal_id"}
            )
        else:
            rows = evidence.visits(store, goal.shops, goal.baseline_day, scope=scope)
            rows = rows.assign(hit=rows["visits"] > 0)
        first = rows[rows["hit"]].groupby("terminal_id")["day"].min().map(_day)
        days = sorted({_day(day) for day in rows["day"]})
        readings[record.task_id] = [Reading(day, float((first <= day).sum())) for day in days]
    return readings


def _unvisited(store: Store, records: Sequence[TaskRecord], scope: Scope) -> Readings:
    """Look at every day after the data of the earliest task."""
    if not records:
        return {}
    begin = _earliest(records)
    days = [begin + dt.timedelta(days=n) for n in range(1, max(1, (dt.date.today() - begin).days) + 1)]
    regions = sorted({str(r.task.region_id) for r in records})
    rows = evidence.unvisited(store, regions, days, scope=scope)
    readings: Readings = {}
    for record in records:
        own = rows[rows["region_id"] == record.task.region_id]
        readings[record.task_id] = [
            Reading(_day(day), float(value)) for day, value in zip(own["day"], own["unvisited"], strict=True)
        ]
    return readings


def _summed(rows: pd.DataFrame, key: str, record: TaskRecord, column: str) -> list[Reading]:
    """Return the running total of a task's customer from its own data on."""
    after = _goal(record).baseline_day
    own = rows[rows[key] == record.task.customer_id]
    total, readings = 0.0, []
    for day, value in zip(own["day"], own[column], strict=True):
        if _day(day) > after and value == value:  # noqa: PLR0124 - NaN is unequal to itself
            total += float(value)
            readings.append(Reading(_day(day), total))
    return readings


def _ends(rows: pd.DataFrame) -> list[dt.date]:
    return [month_end(_day(month)) for month in rows["month"]]


def _day(value: object) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value  # type: ignore[return-value]


def _customers(records: Sequence[TaskRecord]) -> list[str]:
    return sorted({str(r.task.customer_id) for r in records})


def _earliest(records: Sequence[TaskRecord]) -> dt.date:
    return min(_goal(r).baseline_day for r in records)


def _by_company(records: Sequence[TaskRecord]) -> dict[str, list[TaskRecord]]:
    groups: dict[str, list[TaskRecord]] = defaultdict(list)
    for record in records:
        groups[_goal(record).parameters.get("company", "")].append(record)
    return groups


def _goal(record: TaskRecord) -> Goal:
    if record.task.goal is None:
        raise ValueError("a measured task has a goal")
    return record.task.goal
