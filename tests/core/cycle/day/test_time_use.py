"""Minutes of a day: proposed from visits, checked, and how much of them was effective."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.cycle.day.time_use import (
    ACTIVITIES,
    DAY_MINUTES,
    LONGEST_WAY,
    check_minutes,
    effective_share,
    proposed_minutes,
)
from core.errors import InputError

NINE = dt.datetime(2026, 3, 2, 9)


def stay(start: int, end: int | None) -> tuple[dt.datetime, dt.datetime | None]:
    """Return a stay in minutes after nine."""
    return NINE + dt.timedelta(minutes=start), None if end is None else NINE + dt.timedelta(minutes=end)


def test_a_worked_day() -> None:
    """Two visits of 25 and 35 minutes with a gap of 20 give 60 minutes with customers and 20 on the way."""
    assert proposed_minutes([stay(45, 80), stay(0, 25)]) == {
        "selling": 60,
        "travel": 20,
        "waiting": None,
        "office": None,
    }


def test_what_the_visits_do_not_say_stays_unknown() -> None:
    """Without a known departure nothing is proposed, and one visit says nothing about the way."""
    assert set(proposed_minutes([stay(0, None)]).values()) == {None}
    assert proposed_minutes([stay(0, 25)])["travel"] is None


def test_a_long_gap_was_something_else() -> None:
    """A gap of more than two hours is not on the way."""
    assert proposed_minutes([stay(0, 25), stay(25 + LONGEST_WAY + 1, 300)])["travel"] == 0


STAYS = st.lists(st.tuples(st.integers(0, 600), st.integers(0, 120)), min_size=1, max_size=12)


@settings(max_examples=150, deadline=None)
@given(STAYS)
def test_minutes_agree_with_a_count_of_each_minute(spans: list[tuple[int, int]]) -> None:
    """Time with customers is the number of minutes covered by a visit, as counted one by one."""
    covered = {minute for start, length in spans for minute in range(start, start + length)}
    found = proposed_minutes([stay(start, start + length) for start, length in spans])
    assert found["selling"] == len(covered)
    first, last = min(s for s, _ in spans), max(s + n for s, n in spans)
    assert (found["travel"] or 0) <= last - first - len(covered)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(list(ACTIVITIES)), st.none() | st.integers(-5, 1_500)))
def test_minutes_pass_exactly_where_a_day_holds_them(minutes: dict[str, int | None]) -> None:
    """Something said, nothing below zero and a sum of at most 1,440 pass unchanged; all else is refused."""
    said = {name: value for name, value in minutes.items() if value is not None}
    fits = bool(said) and min(said.values()) >= 0 and sum(said.values()) <= DAY_MINUTES
    if fits:
        assert check_minutes(minutes) == said
    else:
        with pytest.raises(InputError):
            check_minutes(minutes)


def test_the_effective_share_of_nothing_is_unknown() -> None:
    """300 of 480 minutes are 62.5 %; without a log, or with none but zeros, the share is unknown."""
    assert effective_share(480, 300) == 0.625
    assert effective_share(480, None) == 0
    assert all(math.isnan(effective_share(minutes, 0)) for minutes in (None, math.nan, 0))
