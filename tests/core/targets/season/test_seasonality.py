"""Seasonal indices and the Spring Festival."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.targets.fitting.rounding import apportion
from core.targets.season.lunar import lunar_new_year
from core.targets.season.seasonality import FestivalSplit, mean_ratio, mean_ratios, monthly, shrink, year_end

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


def test_recent_years_count_more() -> None:
    """A month at 2 in the first index and at 1 in the second has 1.5 in the plain mean, less by recency."""
    first = np.ones(12)
    first[:2] = [2, 0]
    history = series(np.concatenate([first, np.full(12, 7.0)]))
    assert mean_ratio(history, half_life=np.inf)[:3].tolist() == pytest.approx([1.5, 0.5, 1.0])
    earlier = 0.5 ** (1 / 2)
    assert mean_ratio(history)[0] == pytest.approx((2 * earlier + 1) / (1 + earlier))


def test_many_histories_at_once() -> None:
    """Each row has the index it has alone; an incomplete year doesn't count, and none is unknown."""
    rows = pd.DataFrame([EXAMPLE, np.arange(12) + 1, [np.nan, *EXAMPLE[1:]]]).astype(float)
    rows = rows.set_axis(pd.date_range("2021-01-01", periods=12, freq="MS"), axis=1)
    index, years = mean_ratios(rows)
    assert years.tolist() == [1, 1, 0]
    assert index[0].tolist() == pytest.approx(mean_ratio(series(EXAMPLE)).tolist())
    assert np.isnan(index[2]).all()


@given(st.lists(st.lists(st.floats(0, 1e6), min_size=24, max_size=24), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_every_index_sums_to_twelve(values: list[list[float]]) -> None:
    """Whatever is sold, the twelve indices of a row sum to 12, before and after it is pulled."""
    rows = pd.DataFrame(values).set_axis(pd.date_range("2021-01-01", periods=24, freq="MS"), axis=1)
    index, years = mean_ratios(rows)
    assert np.allclose(index[years > 0].sum(axis=1), 12)
    assert np.allclose(shrink(index, np.ones(12), years).sum(axis=1), 12)


def test_short_history_is_pulled_to_the_parent() -> None:
    """With four years own and parent count alike; with none only the parent counts."""
    own, parent = np.array([2.0, 0.0] * 6), np.ones(12)
    assert shrink(own, parent, 4).tolist() == [1.5, 0.5] * 6
    assert shrink(own, parent, 0).tolist() == parent.tolist()
    assert shrink(own, parent, 10**9).tolist() == pytest.approx(own.tolist(), abs=1e-6)


def test_net_returns_leave_no_month_below_zero() -> None:
    """A month of returns has the index 0, and the year still sums to 12."""
    own = np.array([-6.0, 6.0, *[1.2] * 10])
    pulled = shrink(own, np.ones(12), 10**9)
    assert pulled[0] == 0
    assert pulled.sum() == pytest.approx(12)


def test_a_festival_without_own_evidence_moves_as_the_parents() -> None:
    """One year alone takes the slope of the parent and keeps its own part of January."""
    parent = FestivalSplit.from_history(festival_history(0.005))
    alone = FestivalSplit.from_history(series(EXAMPLE), parent)
    assert alone.slope == pytest.approx(parent.slope)
    assert alone.january(2021) == pytest.approx(100 / 186)


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
