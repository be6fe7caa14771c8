"""What was done of the plan, against counting by hand."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.visits.adherence import (
    contrast,
    match,
    overdue_days,
    proposals,
    rates,
    unvisited,
    wastes_more,
)

DAY = dt.date(2026, 11, 2)


def rows(*pairs: tuple[str, int]) -> pd.DataFrame:
    """Shop and day, counted from a Monday."""
    return pd.DataFrame(
        {"terminal_id": [p[0] for p in pairs], "day": [DAY + dt.timedelta(p[1]) for p in pairs]}
    )


def test_on_the_day_shifted_missed_and_not_due() -> None:
    """Each state once."""
    found = match(
        rows(("a", 0), ("b", 0), ("c", 0), ("d", 20)), rows(("a", 0), ("b", 2)), today=DAY + dt.timedelta(7)
    )
    assert found["state"].tolist() == ["on_day", "shifted", "missed", "due"]
    assert rates(found) == pytest.approx(
        {"planned": 4, "due": 3, "done": 2, "on_day": 1, "done_rate": 2 / 3, "on_day_rate": 1 / 3}
    )


def test_a_visit_counts_once_and_on_its_own_day_first() -> None:
    """The visit of Monday serves Monday, not the missed Tuesday."""
    found = match(rows(("a", 1), ("a", 0)), rows(("a", 0)), today=DAY + dt.timedelta(9))
    assert found["state"].tolist() == ["missed", "on_day"]


def test_without_a_due_visit_there_is_no_rate() -> None:
    """Nothing due is not zero per cent."""
    found = rates(match(rows(("a", 3)), rows(), today=DAY))
    assert (found["due"], found["planned"]) == (0, 1)
    assert math.isnan(found["done_rate"])


@settings(deadline=None, max_examples=50)
@given(
    st.sets(st.tuples(st.sampled_from("abc"), st.integers(0, 20)), max_size=12),
    st.sets(st.tuples(st.sampled_from("abc"), st.integers(0, 20)), max_size=12),
)
def test_no_visit_serves_two_and_none_from_afar(planned: set, made: set) -> None:
    """Every match is a visit of that shop within three days; exact days are always matched."""
    found = match(rows(*planned), rows(*made), today=DAY + dt.timedelta(30))
    done = found.dropna(subset=["done_on"])
    assert not done.duplicated(["terminal_id", "done_on"]).any()
    assert ((done["done_on"] - done["day"]).abs() <= pd.Timedelta(days=3)).all()
    assert (found["state"] == "on_day").sum() == len(planned & made)
    visits = {(shop, pd.Timestamp(DAY + dt.timedelta(n))) for shop, n in made}
    assert set(zip(done["terminal_id"], done["done_on"], strict=True)) <= visits


def test_overdue_is_beyond_the_forgiven_gap() -> None:
    """Four visits: 7 days and a fifth; never visited is overdue for ever; no frequency, never."""
    found = overdue_days(np.array([8.4, 10.0, np.nan, np.nan]), np.array([4.0, 4, 4, 0]))
    assert found.tolist() == pytest.approx([0, 1.6, np.inf, 0])


def shop_rows() -> pd.DataFrame:
    """Four active shops, a closed and a blank one."""
    return pd.DataFrame(
        {
            "terminal_id": list("abcdef"),
            "grade": ["A", "A", "C", "C", "C", "C"],
            "status": ["listed"] * 4 + ["closed", "blank"],
            "visits": [4.0, 4, 1, 1, 0, 1],
            "cycle_visits": [2, 1, 6, 0, 0, 0],
            "dwell": [60.0, 30, 60, np.nan, np.nan, np.nan],
            "own": [400.0, 500, 50, 50, np.nan, np.nan],
            "overdue": [0.0, 0, 0, 9, 0, 0],
        }
    )


def test_unvisited_customers_are_active_ones() -> None:
    """Neither the closed nor the blank shop counts."""
    assert unvisited(shop_rows())["terminal_id"].tolist() == ["d"]


def test_visits_against_sales() -> None:
    """A: a third of the visits for 90 % of the sales; shares sum to one."""
    found = contrast(shop_rows()).set_index("grade")
    assert found.at["A", "index"] == pytest.approx((3 / 9) / 0.9)
    assert found[["visit_share", "sales_share"]].sum().tolist() == pytest.approx([1, 1])


def test_proposals_name_the_most_pressing() -> None:
    """Unvisited first, then too many visits, then too few."""
    found = proposals(shop_rows(), match(rows(), rows(), today=DAY))
    assert dict(found.to_numpy()) == {"b": "more", "c": "less", "d": "visit_now"}
    missed = match(rows(("a", 0), ("a", 7)), rows(), today=DAY + dt.timedelta(20))
    assert dict(proposals(shop_rows(), missed).to_numpy())["a"] == "other_day"


def test_ten_percent_in_both_readings() -> None:
    """0.33 is more than 10 % above 0.29 but not 10 points; 0.40 is both."""
    assert wastes_more(0.33, 0.29)
    assert not wastes_more(0.33, 0.29, "points")
    assert wastes_more(0.40, 0.29, "points")
    assert not wastes_more(0.319, 0.29)
    with pytest.raises(InputError):
        wastes_more(0.3, 0.3, "odd")
    with pytest.raises(InputError):
        wastes_more(30, 0.3)
