"""What the data say about a task."""

from __future__ import annotations

import datetime as dt
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cycle.tasks.measurement import Measurement, Reading, measure
from core.cycle.tasks.measures import MEASURES
from core.cycle.tasks.task import Finding, Goal, Task
from core.errors import InputError

BEGIN = dt.date(2026, 8, 31)


def reading(days: int, value: float | None) -> Reading:
    return Reading(BEGIN + dt.timedelta(days), value)


days = st.integers(-60, 120)
values = st.one_of(st.none(), st.just(math.nan), st.floats(-10, 10))
readings = st.lists(st.builds(reading, days, values), max_size=8)


def test_the_first_day_that_reaches_the_target_counts() -> None:
    """1.4, 1.72 and 1.5 times the rival against 1.7: reached on the second day with 1.72."""
    found = measure("ratio", 1.7, [reading(91, 1.5), reading(30, 1.4), reading(61, 1.72)], after=BEGIN)
    day = BEGIN + dt.timedelta(61)
    assert found == Measurement("reached", 1.72, day, day)


def test_an_upper_limit_is_reached_from_above() -> None:
    """20 unvisited customers fall to 3, then 0; the target 3 is reached with 3."""
    found = measure("unvisited", 3, [reading(7, 20.0), reading(14, 3.0), reading(21, 0.0)], after=BEGIN)
    assert (found.verdict, found.value) == ("reached", 3.0)


def test_what_was_known_when_the_task_was_made_does_not_count() -> None:
    """A value of the day of the baseline, though above the target, leaves the task untold."""
    assert measure("share", 0.3, [reading(0, 0.5), reading(-30, 0.9)], after=BEGIN).verdict == "unknown"


def test_the_latest_known_value_is_told_where_the_target_is_not_reached() -> None:
    """0.2, 0.25 and a missing month against 0.3: not yet, with 0.25."""
    found = measure("share", 0.3, [reading(30, 0.2), reading(61, 0.25), reading(91, None)], after=BEGIN)
    assert (found.verdict, found.value, found.as_of) == ("not_yet", 0.25, BEGIN + dt.timedelta(61))


@given(
    st.sampled_from(sorted(MEASURES)), st.lists(st.builds(reading, days, st.sampled_from([None, math.nan])))
)
def test_missing_values_never_reach_a_target(code: str, missing: list[Reading]) -> None:
    """With nothing but missing values no measure says reached, however low or high its target."""
    for target in (-1e9, 0.0, 1e9):
        assert measure(code, target, missing, after=BEGIN) == Measurement("unknown")


@given(st.sampled_from(sorted(MEASURES)), st.floats(-10, 10), readings, readings)
def test_later_data_take_nothing_back(
    code: str, target: float, first: list[Reading], later: list[Reading]
) -> None:
    """What was reached stays reached on the same day when later months come in."""
    before = measure(code, target, first, after=BEGIN)
    if before.reached_on is not None:
        rest = [r for r in later if r.day > before.reached_on]
        assert measure(code, target, [*rest, *first], after=BEGIN).reached_on == before.reached_on


@given(st.sampled_from(sorted(MEASURES)), st.floats(-10, 10), readings)
def test_the_verdict_is_that_of_looking_at_every_reading(
    code: str, target: float, found: list[Reading]
) -> None:
    """Reached exactly when some known later value lies on the right side of the target."""
    known = [r.value for r in found if r.is_known and r.day > BEGIN]
    side = [v >= target if MEASURES[code].at_least else v <= target for v in known]
    expected = "unknown" if not known else "reached" if any(side) else "not_yet"
    assert measure(code, target, found, after=BEGIN).verdict == expected


@pytest.mark.parametrize(
    ("key", "value", "text"),
    [("share", 0.204, "20.4%"), ("ratio", 1.6449, "1.64 ×"), ("visits", 3.0, "3"), ("cushion", None, "—")],
)
def test_values_are_written_with_their_unit(key: str, value: float | None, text: str) -> None:
    """A share is a percentage, a ratio has its sign, a missing value is a dash."""
    assert MEASURES[key].text(value) == text


FINDING = Finding("region", "R1", "why")


@pytest.mark.parametrize(
    "change",
    [
        {"title": " "},
        {"title": "x" * 201},
        {"customer_type": "terminal"},
        {"customer_type": "shop", "customer_id": "T1"},
        {"goal": Goal("visits", 1, None, BEGIN)},
        {"goal": Goal("ratio", 1.7, None, BEGIN)},
    ],
)
def test_a_task_that_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    """A task needs a text, whole customers, and the subject that its measure is about."""
    with pytest.raises(InputError):
        Task(**{"title": "do", "due": BEGIN, "finding": FINDING, **change})  # type: ignore[arg-type]


def test_unknown_kinds_and_measures_are_refused_with_those_there_are() -> None:
    """The error names the allowed words."""
    with pytest.raises(InputError, match="blank_shop"):
        Finding("blank", "R1", "why")
    with pytest.raises(InputError, match="cushion"):
        Goal("profit", 1, None, BEGIN)
    with pytest.raises(InputError):
        Goal("share", math.nan, None, BEGIN)
