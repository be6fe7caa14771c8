"""How many visits reps make and could make: a cap for principle 4, the workload for principle 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.periods import shift
from core.store import targets as read

if TYPE_CHECKING:
    from core.reports.plan_request import PlanRequest
    from core.store.database import Store

WEEKS, MONTHS = 52, 12
NOBODY = pd.DataFrame({"visits": [], "capacity": []}, dtype="float64")


def rep_visits(store: Store, request: PlanRequest, ids: list[str]) -> pd.DataFrame:
    """Return how many visits each rep made in the base period, and could make in a year.

    Parameters
    ----------
    store
        The open store.
    request
        What is planned; dealers and regions without a rep have no visits.
    ids
        The regions whose shops count.

    Returns
    -------
    DataFrame
        By rep: visits (made in the base period) and capacity (see :func:`capacity`); NaN where unknown.
    """
    if request.owner != read.EMPLOYEE:
        return NOBODY
    table = read.rep_visits(
        store, request.base.start, shift(request.base.end, 1), region_ids=ids, scope=request.scope
    )
    return table.assign(capacity=capacity(table))[["visits", "capacity"]]


def capacity(table: pd.DataFrame) -> pd.Series:
    """Return how many visits a year has room for: as the visit plan says, else as the best month shows [I].

    Parameters
    ----------
    table
        stops and weeks of the latest visit plan, best_month (visits); NaN where there is none.
    """
    planned = table["stops"] / table["weeks"] * WEEKS
    return planned.fillna(table["best_month"] * MONTHS)


def visit_caps(reps: pd.DataFrame, visits: pd.DataFrame) -> pd.DataFrame:
    """Return what each rep can sell by visits alone: sales per visit made times the visits of a full year.

    Parameters
    ----------
    reps
        rep, target, last_year (yuan).
    visits
        By rep: visits, capacity.

    Returns
    -------
    DataFrame
        The reps with ``workload`` (visits made) and ``visit_cap`` (yuan); NaN where sales, visits or the
        capacity are unknown, or no visit was made.
    """
    known = visits.reindex(reps["rep"]).reset_index(drop=True)
    sold = reps["last_year"].reset_index(drop=True)
    made = known["visits"].where(known["visits"] > 0)
    cap = np.asarray(sold.where(sold > 0) / made * known["capacity"], dtype=np.float64)
    return reps.reset_index(drop=True).assign(workload=made, visit_cap=cap)
