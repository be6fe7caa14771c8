"""How far off the forecast would have been: made again for every earlier month, against what came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.visits.pipeline.forecast import MONTHS_AHEAD, PipelineMonths, forecast

LEAST_FORECASTS = 3
"""Earlier forecasts below which no error is given [I]."""


@dataclass(frozen=True, eq=False)
class ForecastError:
    """The error of earlier forecasts of three months.

    Parameters
    ----------
    table
        day (of the forecast), expected, came, plain (the three months before again); wins of three months.
    wape
        Σ |expected − came| ÷ Σ came; None while there are too few forecasts, or nothing came.
    bias
        Σ (expected − came) ÷ Σ came; above 0 is too much.
    plain_wape
        The same of expecting the last three months again, over the same forecasts.
    """

    table: pd.DataFrame
    wape: float | None
    bias: float | None
    plain_wape: float | None


def forecast_error(months: PipelineMonths, *, value: bool = False) -> ForecastError:
    """Make every earlier forecast again, with what was known then, and compare.

    The forecasts overlap: each month stands in up to three of them.

    Parameters
    ----------
    value
        Compare yuan a month instead of wins.
    """
    rows = []
    # What came in the three months before is known from the third edge on.
    for at in range(MONTHS_AHEAD, months.months - MONTHS_AHEAD + 1):
        then = forecast(months, at)
        if not then.known:
            continue
        came = sum(months.came(at + ahead, value=value) for ahead in range(MONTHS_AHEAD))
        plain = sum(months.came(at - back, value=value) for back in range(1, MONTHS_AHEAD + 1))
        rows.append((months.edges[at].date(), float(then.total(value=value).sum()), came, plain))
    table = pd.DataFrame(rows, columns=["day", "expected", "came", "plain"])
    total = float(table["came"].sum())
    if len(table) < LEAST_FORECASTS or total <= 0:
        return ForecastError(table, None, None, None)
    off, plain_off = table["expected"] - table["came"], table["plain"] - table["came"]
    return ForecastError(
        table,
        float(np.abs(off).sum()) / total,
        float(off.sum()) / total,
        float(np.abs(plain_off).sum()) / total,
    )
