"""Months active, order intervals, share and trend."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.customers.dealers.persistency import persistency

NAN = np.nan


def one(*amounts, others=1000.0):
    """Return the measures of one customer beside another who orders the same every month."""
    table = pd.DataFrame([amounts, [others] * len(amounts)], index=["x", "other"])
    return persistency(table).loc["x"]


def test_every_month() -> None:
    """Who orders the same every month has intervals of 1 without variation and is steady."""
    found = one(*[100] * 6)
    assert (found["months_active"], found["interval"], found["interval_cv"], found["longest_gap"]) == (
        6,
        1,
        0,
        1,
    )
    assert (found["trend"], found["since_last"], found["state"]) == (0, 0, "steady")
    assert found["share"] == pytest.approx(100 / 1100)
    assert found["share_cv"] == pytest.approx(0)


def test_intervals_worked_by_hand() -> None:
    """Orders in months 0, 1, 4, 6 are 1, 3, 2 apart: mean 2, standard deviation √(2/3)."""
    found = one(100, 100, NAN, 0, 100, -5, 100)
    assert (found["months_active"], found["longest_gap"]) == (4, 3)
    assert found["interval"] == pytest.approx(2)
    assert found["interval_cv"] == pytest.approx(np.sqrt(2 / 3) / 2)


def test_states() -> None:
    """Silent for more than three intervals is lapsed; a falling one fades; a jumping one is irregular."""
    assert one(5, 5, 5, 5, NAN, NAN, NAN, NAN)["state"] == "lapsed"
    assert one(5, 5, 5, 5, 5, NAN, NAN, NAN)["state"] == "steady"
    assert one(10, 9, 8, 7, 6, 5)["state"] == "fading"
    assert one(10, 100, 10, 100, 10, 100)["state"] == "irregular"
    assert one(NAN, NAN, NAN, 5, 5, NAN)["state"] == "new"
    assert np.isnan(one(NAN, NAN, NAN)["since_last"])


def test_trend_is_a_part_of_the_mean_per_month() -> None:
    """10, 20, 30 rises by 10 a month on a mean of 20: one half; a month without an order isn't a zero."""
    assert one(10, 20, 30)["trend"] == pytest.approx(0.5)
    assert one(10, NAN, 30, 40)["trend"] == pytest.approx(
        np.polyfit([0, 2, 3], [10, 30, 40], 1)[0] / np.mean([10, 30, 40])
    )


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from([NAN, 0.0, 1.0, 7.0]), min_size=6, max_size=6), min_size=1, max_size=5)
)
def test_against_a_loop(rows) -> None:
    """Intervals and shares agree with a loop over each customer."""
    table = pd.DataFrame(rows, dtype="float64")
    found = persistency(table)
    totals = table.where(table > 0).sum()
    for row, measures in found.iterrows():
        at = [i for i, value in enumerate(table.loc[row]) if value > 0]
        gaps = np.diff(at)
        shares = [table.loc[row, i] / totals[i] for i in at]
        assert measures["months_active"] == len(at)
        np.testing.assert_allclose(measures["interval"], np.mean(gaps) if len(gaps) else NAN)
        np.testing.assert_allclose(
            measures["interval_cv"], np.std(gaps) / np.mean(gaps) if len(gaps) > 1 else NAN
        )
        np.testing.assert_allclose(measures["share"], np.mean(shares) if shares else NAN)
