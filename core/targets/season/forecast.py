"""Forecast of sales by exponential smoothing, always compared with "last year, same month".

The last months are held back, forecast from those before them, and the error of both is reported.
The better of the two on these months makes the forecast: a model that loses to last year's figures
has nothing to say [K: Hyndman and Athanasopoulos, seasonal naive as the benchmark].
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _
from core.targets.season.seasonality import FestivalSplit, monthly

if TYPE_CHECKING:
    from core.targets.arrays import Floats

SEASON = 12
# Two whole years: the fewest from which a trend and twelve seasonal values can be told apart.
SHORTEST_FIT = 2 * SEASON


class Method(StrEnum):
    """What makes a forecast."""

    SMOOTHING = "smoothing"
    LAST_YEAR = "last_year"


@dataclass(frozen=True)
class Backtest:
    """Errors on the months held back.

    Parameters
    ----------
    months
        Number of months held back.
    smoothing, last_year
        Weighted absolute percentage error, sum of errors / sum of sales, of exponential smoothing and
        of last year's same months. NaN where the held-back sales sum to zero.
    scaled
        Mean absolute scaled error of exponential smoothing: below 1 it beats last year's same month
        inside the history.
    """

    months: int
    smoothing: float
    last_year: float
    scaled: float


@dataclass(frozen=True)
class Forecast:
    """A forecast and how far to trust it.

    Parameters
    ----------
    values
        Forecast by month, in the measure of the history, never below zero.
    method
        What made it: the better one on the held-back months.
    """

    values: pd.Series
    method: Method
    backtest: Backtest


def forecast(history: pd.Series, months: int, *, held_back: int = SEASON, festival: bool = False) -> Forecast:
    """Forecast monthly sales.

    Parameters
    ----------
    history
        Sales by month without gaps; the index holds first days of months.
    months
        Number of months to forecast, 1 to 36.
    held_back
        Months at the end to test on.
    festival
        Whether January and February are first brought to the same Spring Festival date.

    Returns
    -------
    Forecast
        Values, the method chosen, and the errors on the held-back months.

    Raises
    ------
    InputError
        The history has gaps or is too short; the message says how many months it needs.
    """
    series = monthly(history)
    if not 1 <= months <= 3 * SEASON or not 1 <= held_back <= 2 * SEASON:
        raise InputError(_("A forecast covers 1 to 36 months and is tested on 1 to 24."))
    needed = SHORTEST_FIT + held_back
    if len(series) < needed:
        raise InputError(
            _("A forecast needs {needed} months, {fit} to fit and {test} to test on; there are {found}.",
              needed=needed, fit=SHORTEST_FIT, test=held_back, found=len(series)),
            _("Import more months, or set the target by another method."),
        )  # fmt: skip
    # Plans of one market differ in what the forecast doesn't look at, and fitting takes a third of a second.
    return _forecast(tuple(series), series.index[0], months, held_back, festival)


@lru_cache(maxsize=256)
def _forecast(
    amounts: tuple[float, ...], first: pd.Timestamp, months: int, held_back: int, festival: bool
) -> Forecast:
    series = pd.Series(amounts, pd.date_range(first, periods=len(amounts), freq="MS"))
    known, test = series.iloc[:-held_back], series.iloc[-held_back:]
    backtest = _backtest(known, test, festival)
    smooth = not backtest.last_year <= backtest.smoothing
    values = _smoothed(series, months, festival) if smooth else last_year(series, months)
    return Forecast(values, Method.SMOOTHING if smooth else Method.LAST_YEAR, backtest)


def last_year(history: pd.Series, months: int) -> pd.Series:
    """Repeat the last twelve months, the seasonal naive forecast.

    Parameters
    ----------
    history
        Sales by month, at least twelve, without gaps.
    months
        Number of months to forecast.

    Returns
    -------
    Series
        Forecast by month.
    """
    values = np.resize(history.to_numpy(dtype=np.float64)[-SEASON:], months)
    return pd.Series(np.maximum(values, 0.0), index=_following(history, months))


def _following(history: pd.Series, months: int) -> pd.DatetimeIndex:
    return pd.date_range(history.index[-1], periods=months + 1, freq="MS")[1:]


def _backtest(known: pd.Series, test: pd.Series, festival: bool) -> Backtest:
    actual = test.to_numpy()
    total = float(np.abs(actual).sum())
    errors = [
        float(np.abs(made.to_numpy() - actual).sum())
        for made in (_smoothed(known, len(test), festival), last_year(known, len(test)))
    ]
    inside = known.to_numpy()
    naive = float(np.abs(inside[SEASON:] - inside[:-SEASON]).mean())
    shares = [error / total if total else float("nan") for error in errors]
    scaled = errors[0] / len(test) / naive if naive else float("nan")
    return Backtest(len(test), shares[0], shares[1], scaled)


def _smoothed(history: pd.Series, months: int, festival: bool) -> pd.Series:
    """Forecast by damped Holt-Winters; the seasonal form with the lower corrected AIC is taken."""
    index = _following(history, months)
    split = FestivalSplit.from_history(history) if festival else None
    series = history if split is None else _realigned(history, split, -1)
    # The optimiser's steps must not depend on whether sales are in yuan or in 万元.
    scale = float(np.abs(series).mean()) or 1.0
    values = series.to_numpy() / scale
    forms = ["add", "mul"] if (values > 0).all() else ["add"]
    fits = [_holt_winters(values, form, months) for form in forms]
    best = min(fits, key=lambda made: made[0])[1]
    result = pd.Series(np.maximum(best * scale, 0.0), index=index)
    return result if split is None else _realigned(result, split, +1)


def _holt_winters(values: Floats, seasonal: str, months: int) -> tuple[float, Floats]:
    """Return the corrected AIC of a fitted model and its forecast."""
    from statsmodels.tools.sm_exceptions import ConvergenceWarning
    from statsmodels.tsa.holtwinters import ExponentialSmoothing

    model = ExponentialSmoothing(
        values,
        trend="add",
        damped_trend=True,
        seasonal=seasonal,
        seasonal_periods=SEASON,
        initialization_method="estimated",
    )
    with warnings.catch_warnings():
        # A flat likelihood ends the search early, and a perfect fit has the logarithm of zero;
        # the backtest judges the result anyway.
        warnings.simplefilter("ignore", ConvergenceWarning)
        warnings.simplefilter("ignore", RuntimeWarning)
        fitted = model.fit()
        values = np.asarray(fitted.forecast(months), dtype=np.float64)
    aicc = float(fitted.aicc)
    return (np.inf if np.isnan(aicc) else aicc), values


def _realigned(series: pd.Series, split: FestivalSplit, direction: int) -> pd.Series:
    """Move sales between January and February by the festival's effect: -1 takes it out, +1 puts it in."""
    moved = series.copy()
    for january in series.index[series.index.month == 1]:
        february = january + pd.DateOffset(months=1)
        if february not in series.index:
            continue
        both = series[january] + series[february]
        shift = both * (split.january(january.year) - split.share) * direction
        moved[january] = np.clip(series[january] + shift, 0.0, max(both, 0.0))
        moved[february] = both - moved[january]
    return moved
