"""Target against actual sales by month, and where the year will end at this rate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.periods import Period
from core.reports.plans.basis import categories
from core.reports.plans.request import PlanRequest
from core.reports.plans.season import whole_index
from core.store.plans import basis as read
from core.store.plans import versions as plans
from core.targets.season.seasonality import year_end

if TYPE_CHECKING:
    from core.store.database import Store
    from core.store.plans.model import Plan


@dataclass(frozen=True)
class Progress:
    """How far a plan's year is.

    Parameters
    ----------
    months
        month, target, actual (NaN where no sales are in yet), reached (actual / target), both summed so far
        as target_so_far and actual_so_far; yuan.
    target
        Of the year, yuan.
    actual
        Sum of the months so far; None before the first.
    due
        Target of the same months.
    year_end
        Run-rate forecast of the year by the seasonal index; None before the first month.
    """

    months: pd.DataFrame
    target: float
    actual: float | None
    due: float
    year_end: float | None
    last_month: dt.date | None

    @property
    def reached(self) -> float | None:
        """Sales of the months so far ÷ their targets; None before the first month or without a target."""
        return self.actual / self.due if self.actual is not None and self.due else None


def progress(store: Store, plan: Plan, cells: pd.DataFrame | None = None) -> Progress:
    """Compare a plan with the sales of its year so far.

    Parameters
    ----------
    cells
        Its cells, where they were read already.

    Raises
    ------
    InputError
        The plan was imported and doesn't say whose it is.
    """
    request = PlanRequest.from_parameters(plan.parameters)
    cells = plans.load_cells(store, plan) if cells is None else cells
    ids = sorted(set(cells.index.get_level_values("region_id")))
    year = Period(dt.date(plan.year, 1, 1), dt.date(plan.year, 12, 1))
    sold = plan_sales(store, request, year, ids)
    counts = cells["count"].groupby(level="month").sum()
    months = pd.DataFrame({"month": counts.index, "target": plan.unit.amounts(counts.to_numpy())})
    actual = sold.groupby("month")["amount"].sum().reindex(counts.index)
    months["actual"] = actual.to_numpy(np.float64)
    months["reached"] = months["actual"] / months["target"].where(months["target"] > 0)
    known = months["actual"].notna()
    months["target_so_far"] = months["target"].cumsum()
    months["actual_so_far"] = months["actual"].cumsum().where(known)
    if not known.any():
        return Progress(months, float(months["target"].sum()), None, 0.0, None, None)
    history = plan_sales(
        store, request, Period(dt.date(plan.year - 5, 1, 1), dt.date(plan.year - 1, 12, 1)), ids
    )
    return Progress(
        months,
        float(months["target"].sum()),
        float(months["actual"].sum()),
        float(months.loc[known, "target"].sum()),
        _year_end(actual.dropna(), history, plan.year),
        months.loc[known, "month"].max().date(),
    )


def plan_sales(store: Store, request: PlanRequest, period: Period, ids: list[str]) -> pd.DataFrame:
    """Return our sales in the markets of a plan: market_key, region_id, month, amount in yuan."""
    keys = categories(store, request)
    return read.sales(
        store,
        period,
        company=request.own_company,
        markets=list(keys.values()),
        region_ids=ids,
        scope=request.scope,
    )


def _year_end(actual: pd.Series, history: pd.DataFrame, year: int) -> float | None:
    """Return the run rate; None where the months so far have gaps."""
    try:
        return year_end(actual, whole_index(history, year))
    except InputError:
        return None
