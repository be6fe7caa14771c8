"""What the year will have cost at its end, where last year tells, and how wrong that reckoning was before.

``forecast = spent so far x (last year's total / last year's spending in the same months)``: the season of
last year, at this year's level [I]. Nothing is forecast from a year with gaps.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.i18n import N_

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_MONTHS = 3
"""Months of a year below which its level isn't known."""
REASONS: dict[str, str] = {
    "": "",
    "complete": N_("The year is complete."),
    "short": N_("Less than three months of the year are recorded."),
    "gap": N_("A month of the year so far has no expenses recorded."),
    "no_last_year": N_("Last year isn't recorded in all its months."),
}


def year_forecast(cells: pd.DataFrame, last_month: dt.date) -> pd.DataFrame:
    """Forecast the expenses of the year of a month, kind by kind.

    Parameters
    ----------
    cells
        region_id, kind, month and actual (NaN not recorded) of three years up to ``last_month``, any unit.
    last_month
        The last month of this year that counts.

    Returns
    -------
    pandas.DataFrame
        On region_id: spent (January to ``last_month``), forecast (of the whole year; NaN with a reason),
        error (what the same reckoning gave a year earlier ÷ what that year was - 1; NaN where it can't be
        told), reason, a key of :data:`REASONS`. A kind that has a gap leaves no sum of the kinds.
    """
    year, count = last_month.year, last_month.month
    wide = cells.assign(month=pd.to_datetime(cells["month"])).pivot_table(
        index=["region_id", "kind"], columns="month", values="actual", aggfunc="sum"
    )
    now, last, before = (_year(wide, year - ago) for ago in range(3))
    sums = pd.DataFrame(
        {
            "spent": now[:, :count].sum(axis=1),
            "forecast": now[:, :count].sum(axis=1) * _season(last, count),
            "earlier": last[:, :count].sum(axis=1) * _season(before, count),
            "last": last.sum(axis=1),
        },
        index=wide.index,
    )
    # A kind of which nothing was booked in two years isn't one of the region's any more.
    in_use = ~np.isnan(np.hstack([now, last])).all(axis=1)
    table = sums[in_use].groupby(level="region_id").sum(skipna=False)
    is_over = np.full(len(table), count == 12)
    is_short = np.full(len(table), count < LEAST_MONTHS)
    gaps = (table["spent"].isna().to_numpy(), table["forecast"].isna().to_numpy())
    names = ["complete", "short", "gap", "no_last_year"]
    reason = pd.Series(
        np.select([is_over, is_short, *gaps], names, default=""), index=table.index, dtype="str"
    )
    known = reason == ""
    error = table["earlier"] / table["last"].where(table["last"] > 0) - 1
    return pd.DataFrame(
        {
            "spent": table["spent"],
            "forecast": table["forecast"].where(known),
            "error": error.where(known),
            "reason": reason,
        }
    )


def _year(wide: pd.DataFrame, year: int) -> NDArray[np.float64]:
    """Return the twelve months of a year, shape (n_regions, 12)."""
    columns = pd.DatetimeIndex([dt.datetime(year, month, 1) for month in range(1, 13)])
    return np.asarray(wide.reindex(columns=columns), dtype=np.float64)


def _season(year: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Return a year's total by its first months; NaN where a month is missing or they were nothing."""
    begun = year[:, :count].sum(axis=1)
    return np.asarray(year.sum(axis=1) / np.where(begun > 0, begun, np.nan))
