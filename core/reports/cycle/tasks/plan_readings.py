"""How far regions are behind a target plan, month by month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from core.cycle.tasks.measurement import Reading
from core.errors import AppError
from core.periods import Period, shift
from core.reports.plans.progress import plan_sales, progress
from core.reports.plans.request import PlanRequest
from core.store.caching.memo import memoize
from core.store.market import market as read
from core.store.plans import versions as plans
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from core.store.cycle.tasks.rows import TaskRecord
    from core.store.database import Store


def plan_readings(store: Store, records: Sequence[TaskRecord], scope: Scope) -> dict[str, list[Reading]]:
    """Return for each task what its region lacks to the plan at the end of each month with sales, yuan."""
    readings: dict[str, list[Reading]] = {}
    for record in records:
        goal, region = record.task.goal, str(record.task.region_id)
        plan_id = goal.parameters.get("plan", "") if goal else ""
        rows = shortfalls(store, plan_id, region, scope)
        ends = [shift(month.date(), 1) - dt.timedelta(days=1) for month in rows["month"]]
        values = zip(ends, rows["shortfall"], strict=True)
        readings[record.task_id] = [Reading(day, float(value)) for day, value in values]
    return readings


def shortfalls(store: Store, plan_id: str, region_id: str, scope: Scope) -> pd.DataFrame:
    """Return month and shortfall: targets of a region's months so far less our sales in them, yuan.

    Months without sales are left out; so is everything where the plan is gone or can't be compared.
    """

    def ask() -> pd.DataFrame:
        try:
            plan = plans.load(store, plan_id)
            cells = plans.load_cells(store, plan, scope=Scope((region_id,)))
            if cells.empty:
                return pd.DataFrame({"month": [], "shortfall": []})
            months = progress(store, plan, cells).months
        except AppError:
            return pd.DataFrame({"month": [], "shortfall": []})
        behind = months["target_so_far"] - months["actual_so_far"]
        table = pd.DataFrame({"month": months["month"], "shortfall": behind})
        return table[behind.notna()].reset_index(drop=True)

    return memoize(store, ("cycle/tasks/plan", plan_id, region_id, scope), ask)


def furthest_behind(store: Store, plan_id: str, count: int, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the regions that lack most to a plan's targets so far.

    Returns
    -------
    pandas.DataFrame
        region_id, name (as shown), target, actual, shortfall (target less actual) of the months with sales of
        the region, yuan; the furthest behind first, none that is ahead, at most ``count``.
    """
    plan = plans.load(store, plan_id)
    cells = plans.load_cells(store, plan, scope=scope)
    counts = cells["count"].groupby(level=["region_id", "month"]).sum()
    table = pd.DataFrame({"target": plan.unit.amounts(counts.to_numpy())}, index=counts.index).reset_index()
    ids = sorted(table["region_id"].unique())
    request = PlanRequest.from_parameters(plan.parameters)
    year = Period(dt.date(plan.year, 1, 1), dt.date(plan.year, 12, 1))
    sold = plan_sales(store, request, year, ids).groupby(["region_id", "month"])["amount"].sum()
    table = table.join(sold.rename("actual"), on=["region_id", "month"]).sort_values(["region_id", "month"])
    so_far = table.groupby("region_id")[["target", "actual"]].cumsum()
    table = table.assign(target=so_far["target"], actual=so_far["actual"])[table["actual"].notna()]
    last = table.drop_duplicates("region_id", keep="last")
    last = last.assign(shortfall=last["target"] - last["actual"])
    last = last[last["shortfall"] > 0].sort_values(["shortfall", "region_id"], ascending=[False, True])
    names = read.region_names(store, scope=scope).set_index("region_id")["name"]
    return last.assign(name=last["region_id"].map(names)).head(count).reset_index(drop=True)
