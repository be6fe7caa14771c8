"""How many visits reps make and could make: a cap for principle 4, the workload for principle 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.periods import shift
from core.store.plans import basis as read

if TYPE_CHECKING:
    from core.reports.plans.request import PlanRequest
    from core.store.database import Store

WEEKS, MONTHS = 52, 12


def rep_visits(store: Store, request: PlanRequest, leaves: pd.DataFrame) -> pd.DataFrame:
    """Return what visits say about each rep; see :func:`visit_facts`.

    Parameters
    ----------
    request
        What is planned; dealers, and regions without a rep, have no visits.
    leaves
        owner_id, region_id, month (of the year planned), last_year.
    """
    if request.owner != read.EMPLOYEE:
        return visit_facts(pd.DataFrame(columns=["employee_id", "month", "visits", "stops", "weeks"]), leaves)
    start, end_day = request.base.start, shift(request.base.end, 1)
    ids = sorted(leaves["region_id"].unique())
    table = read.rep_visits(store, start, end_day, region_ids=ids, scope=request.scope)
    return visit_facts(table, leaves)


def visit_facts(table: pd.DataFrame, leaves: pd.DataFrame) -> pd.DataFrame:
    """Return sales a visit, room for visits, and workload of each rep.

    Parameters
    ----------
    table
        employee_id, month, visits of the base period; stops and weeks of the latest visit plan.
    leaves
        owner_id, month, last_year (yuan in the same month of the base period, NaN unknown).

    Returns
    -------
    DataFrame
        By rep: workload (visits a year at the rate of the months with visits); capacity (visits a year: of
        the latest visit plan, else twelve times the best month [I]); visit_cap (yuan): sales of the months
        with visits, divided by these visits, times the capacity. NaN where a figure of it is missing.
    """
    months = pd.to_datetime(table["month"]).dt.month
    by_rep = table.assign(month=months).groupby("employee_id")
    made = by_rep["visits"].sum(min_count=1).astype("float64")
    workload = made / by_rep["month"].count().where(lambda n: n > 0) * MONTHS
    plan = by_rep[["stops", "weeks"]].first().astype("float64")
    capacity = (plan["stops"] / plan["weeks"] * WEEKS).fillna(by_rep["visits"].max() * MONTHS)
    sales = leaves.assign(month=leaves["month"].dt.month)[["owner_id", "month", "last_year"]]
    sold = (
        table.assign(month=months)[["employee_id", "month"]]
        .dropna()
        .merge(sales, left_on=["employee_id", "month"], right_on=["owner_id", "month"])
        .groupby("employee_id")["last_year"]
        .sum(min_count=1)
        .reindex(made.index)
    )
    cap = sold.where(sold > 0) / made.where(made > 0) * capacity
    return pd.DataFrame(
        {"workload": workload, "capacity": capacity, "visit_cap": cap}, index=made.index, dtype="float64"
    )
