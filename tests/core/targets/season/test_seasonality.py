"""Seasonal indices and the Spring Festival."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.targets.fitting.rounding import apportion
from core.targets.season.lunar import lunar_new_year
from core.targets.season.seasonality import FestivalSplit, mean_ratio, monthly, shrink, year_end

EXAMPLE = np.array([100, 86, 119, 126, 138, 155, 163, 160, 131, 122, 107, 93])


def series(values: np.ndarray, start: str = "2021-01-01") -> pd.Series:
    """Return values as a monthly history."""
    return pd.Series(
        np.asarray(values, dtype=float), index=pd.date_range(start, periods=len(values), freq="MS")
    )


def test_worked_example_sums_to_the_year() -> None:
    """Three years of one shape and different size share 1,500 out as in the handbook, to the unit."""
    index = mean_ratio(series(np.concatenate([EXAMPLE * 0.8, EXAMPLE, EXAMPLE * 1.3])))
    assert index.sum() == pytest.approx(12)
    assert apportion(1500, index).tolist() == EXAMPLE.tolist()
    assert EXAMPLE.sum() == 1500


def test_mean_ratio_is_the_mean_of_the_years() -> None:
    """A month at 2 in one year's index and at 1 in the other's has 1.5."""
    first = np.ones(12)
    first[:2] = [2, 0]
    index = mean_ratio(series(np.concatenate([first, np.full(12, 7.0)])))
    assert index[:3].tolist() == pytest.approx([1.5, 0.5, 1.0])


def test_short_history_is_pulled_to_the_parent() -> None:
    """With two years own and parent count alike; with none only the parent counts."""
    own, parent = np.array([2.0, 0.0] * 6), np.ones(12)
    assert shrink(own, parent, 2).tolist() == [1.5, 0.5] * 6
    assert shrink(own, parent, 0).tolist() == parent.tolist()
    assert shrink(own, parent, 10**9).tolist() == pytest.approx(own.tolist(), abs=1e-6)


def festival_history(slope: float) -> pd.Series:
    """Return eight years in which January's part rises by ``slope`` per day of a later festival."""
    values = []
    for year in range(2017, 2025):
        months = np.full(12, 100.0)
        day = (lunar_new_year(year) - lunar_new_year(2017)).days % 365
        months[0] = 200 * (0.5 + slope * (day if day < 100 else day - 365))
        months[1] = 200 - months[0]
        values.append(months)
    return series(np.concatenate(values), "2017-01-01")


def test_festival_date_moves_january_and_february_only() -> None:
    """An early festival leaves less to January where stocking comes before it; the two keep their sum."""
    split = FestivalSplit.from_history(festival_history(0.005))
    index = mean_ratio(festival_history(0.005))
    early, late = split.index(index, 2023), split.index(index, 2026)
    assert 0.004 < split.slope <= 0.005
    assert early[0] < late[0]
    assert early[:2].sum() == pytest.approx(index[:2].sum())
    assert early[2:].tolist() == index[2:].tolist()
    assert late.sum() == pytest.approx(12)


def test_no_festival_effect_without_evidence() -> None:
    """One year alone says nothing about the festival's date."""
    assert FestivalSplit.from_history(series(EXAMPLE)).slope == 0


def test_run_rate_to_year_end() -> None:
    """A quarter that is a fifth of the year projects to five times its sales."""
    index = np.array([0.8] * 3 + [9.6 / 9] * 9)
    assert year_end(series(np.array([30.0, 40, 50])), index) == pytest.approx(600)


@pytest.mark.parametrize(
    ("history", "message"),
    [
        (series(EXAMPLE).drop(pd.Timestamp("2021-03-01")), "no value for Mar 2021"),
        (series(EXAMPLE[:0]), "no history"),
        (series(EXAMPLE).rename(index={pd.Timestamp("2021-03-01"): pd.Timestamp("2021-03-02")}), "first day"),
    ],
)
def test_broken_histories_are_refused(history: pd.Series, message: str) -> None:
    """A missing month is not zero and not skipped."""
    with pytest.raises(InputError, match=message):
        monthly(history)


def test_too_short_histories_are_refused() -> None:
    """An index needs a complete calendar year."""
    with pytest.raises(InputError, match="complete calendar year"):
        mean_ratio(series(EXAMPLE, "2021-02-01"))
