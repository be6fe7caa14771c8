"""Seasonal indices: which part of a year each month is, twelve numbers that sum to twelve.

Mean ratio [domain B.7]; short histories are pulled to their parent. January and February are one in the
index of a year whose Spring Festival moves: their sum is kept, and split by its date [domain B.7, K].
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _, format_month
from core.targets.season.lunar import lunar_new_year

if TYPE_CHECKING:
    from core.targets.arrays import Floats

# A year counts half as much as the one this many years later [I: benchmarks/backtest.py].
HALF_LIFE_YEARS = 2.0
# Years of own history that weigh as much as the parent's index, in a region and in a category: categories
# differ more from each other than a category does between regions [I: benchmarks/backtest.py].
PRIOR_YEARS, CATEGORY_PRIOR_YEARS = 4.0, 1.0
# A shift of the festival by five days in one year is worth as much as the parent's effect [I].
PRIOR_DAYS_SQUARED = 25.0
# January never takes all or nothing of the two months, whatever a short history says.
SHARE_RANGE = (0.05, 0.95)


def monthly(history: pd.Series) -> pd.Series:
    """Check a monthly history and return it sorted, as binary fractions.

    Parameters
    ----------
    history
        Sales by month; the index holds first days of months.

    Returns
    -------
    Series
        The same, sorted, without gaps.

    Raises
    ------
    InputError
        It is empty, a month is missing, given twice, or no first day, or a value is missing.
    """
    months = pd.DatetimeIndex(history.index)
    if not len(months):
        raise InputError(_("There is no history."))
    if (months.day != 1).any() or months.has_duplicates:
        raise InputError(_("Every month of the history is given once, by its first day."))
    series = pd.Series(history.to_numpy(dtype=np.float64), index=months).sort_index()
    whole = pd.date_range(series.index[0], series.index[-1], freq="MS")
    absent = whole.difference(series.index[series.notna()])
    if len(absent):
        raise InputError(
            _("The history has no value for {months}; a missing month is not zero.",
              months=_(", ").join(format_month(month.date()) for month in absent[:6])),
            _("Import these months, or start the history after them."),
        )  # fmt: skip
    return series


def full_years(history: pd.Series) -> pd.DataFrame:
    """Return the complete calendar years of a history with sales, one row per year, columns 1 to 12.

    Parameters
    ----------
    history
        Sales by month without gaps.

    Returns
    -------
    DataFrame
        Years x months.

    Raises
    ------
    InputError
        No year is complete.
    """
    series = monthly(history)
    frame = pd.DataFrame({"year": series.index.year, "month": series.index.month, "value": series.to_numpy()})
    table = frame.pivot(index="year", columns="month", values="value").dropna()
    table = table[table.sum(axis=1) > 0]
    if table.empty or table.shape[1] < 12:
        raise InputError(
            _("A seasonal index needs a complete calendar year with sales; there are {count} months.",
              count=len(series)),
            _("Use the index of the parent region or category."),
        )  # fmt: skip
    return table


def mean_ratio(history: pd.Series, *, half_life: float = HALF_LIFE_YEARS) -> Floats:
    """Compute the mean over the years of month / that year's monthly mean, recent years first [domain B.7].

    Parameters
    ----------
    history
        Sales by month with at least one complete calendar year.
    half_life
        Years after which a year counts half; infinite for the plain mean.

    Returns
    -------
    ndarray
        Twelve indices that sum to 12.
    """
    full_years(history)
    index, _years = mean_ratios(history.to_frame().T, half_life=half_life)
    return np.asarray(index[0], dtype=np.float64)


def mean_ratios(histories: pd.DataFrame, *, half_life: float = HALF_LIFE_YEARS) -> tuple[Floats, Floats]:
    """Compute the mean ratio of many histories at once.

    Parameters
    ----------
    histories
        One row each, columns first days of months in order; NaN where nothing is recorded.

    Returns
    -------
    tuple of ndarray
        Indices, shape (n, 12), each row summing to 12, NaN where no calendar year is complete; and the
        years behind each, shape (n,): the latest counts 1, older ones less.
    """
    months = pd.DatetimeIndex(histories.columns)
    whole = pd.date_range(f"{months[0].year}-01-01", f"{months[-1].year}-12-01", freq="MS")
    cube = histories.reindex(columns=whole).to_numpy(np.float64).reshape(len(histories), -1, 12)
    total = cube.sum(axis=2)
    complete = total > 0
    latest = np.where(complete, np.arange(cube.shape[1]), -1).max(axis=1, initial=-1)
    age = latest[:, None] - np.arange(cube.shape[1])
    weight = np.where(complete, 0.5 ** (np.maximum(age, 0) / half_life), 0.0)
    ratios = np.where(complete[:, :, None], cube * 12 / np.where(complete, total, 1.0)[:, :, None], 0.0)
    years = weight.sum(axis=1)
    index = (weight[:, :, None] * ratios).sum(axis=1) / np.where(years > 0, years, np.nan)[:, None]
    return index, years


def shrink(own: Floats, parent: Floats, years: Floats | float, *, prior: float = PRIOR_YEARS) -> Floats:
    """Pull the index of a short history toward the parent region's or category's.

    Parameters
    ----------
    own, parent
        Twelve indices each, the last axis; ``own`` may be NaN where ``years`` is 0.
    years
        Years behind ``own``, one for each row.
    prior
        Years at which both weigh the same.

    Returns
    -------
    ndarray
        ``(years x own + prior x parent) / (years + prior)``, net returns as 0; sums to 12 [I].
    """
    weight = np.asarray(years, dtype=np.float64)[..., None]
    if prior < 0 or (weight < 0).any() or (weight + prior == 0).any():
        raise InputError(_("Years of history can't be below zero, and some index must count."))
    mixed = (weight * np.where(weight > 0, own, 0.0) + prior * parent) / (weight + prior)
    positive = np.maximum(mixed, 0.0)
    return np.asarray(12 * positive / positive.sum(axis=-1, keepdims=True), dtype=np.float64)


@dataclass(frozen=True)
class FestivalSplit:
    """How January and February share their sum, given the day of the lunar new year.

    Parameters
    ----------
    share
        January's part at the mean festival day, 0 to 1.
    slope
        Change of that part per day the festival is later.
    day
        Mean festival day of the history, days after 31 December.
    """

    share: float
    slope: float
    day: float

    @classmethod
    def from_history(cls, history: pd.Series, parent: FestivalSplit | None = None) -> FestivalSplit:
        """Estimate the split by least squares over the years; few years say little of the slope.

        Parameters
        ----------
        history
            Sales by month with at least one complete year.
        parent
            Split whose slope a short history is pulled to; None for no effect.
        """
        table = full_years(history)
        both = table[1] + table[2]
        table, both = table[both > 0], both[both > 0]
        if table.empty:
            return parent or cls(0.5, 0.0, 0.0)
        share = (table[1] / both).to_numpy(dtype=np.float64)
        days = np.array([_festival_day(int(year)) for year in table.index], dtype=np.float64)
        apart = days - days.mean()
        prior = parent.slope if parent else 0.0
        slope = float(
            ((apart * (share - share.mean())).sum() + PRIOR_DAYS_SQUARED * prior)
            / ((apart**2).sum() + PRIOR_DAYS_SQUARED)
        )
        return cls(float(share.mean()), slope, float(days.mean()))

    def january(self, year: int) -> float:
        """Return January's part of January and February together in a year."""
        part = self.share + self.slope * (_festival_day(year) - self.day)
        return float(np.clip(part, *SHARE_RANGE))

    def index(self, index: Floats, year: int) -> Floats:
        """Return a seasonal index with January and February split for a year; the sum stays 12."""
        moved = np.array(index, dtype=np.float64)
        both = moved[0] + moved[1]
        moved[0] = both * self.january(year)
        moved[1] = both - moved[0]
        return moved


def _festival_day(year: int) -> int:
    return (lunar_new_year(year) - dt.date(year - 1, 12, 31)).days


def year_end(actual: pd.Series, index: Floats) -> float:
    """Project a year's total from its months so far: sales to date / their part of the year.

    Parameters
    ----------
    actual
        Sales of the months so far; the index holds first days of months of one year.
    index
        Twelve seasonal indices.

    Returns
    -------
    float
        Run-rate forecast of the whole year, in the measure of ``actual``.

    Raises
    ------
    InputError
        The months are of two years, or their indices sum to zero.
    """
    series = monthly(actual)
    if series.index.year.nunique() > 1:
        raise InputError(_("A run rate is computed from the months of one year."))
    part = float(index[series.index.month - 1].sum() / index.sum())
    if part <= 0:
        raise InputError(_("The months so far have no part of the year in the seasonal index."))
    return float(series.sum()) / part
