"""On which days a shop may be visited, against trying every set of days."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.visits.calendar import Period, combinations, why_none
from core.visits.rules import VisitRule, WorkDay, working_days
from tests.core.visits.world import MONDAY, period


def days_of(found: Period, mask: int) -> list[dt.date]:
    """Dates of a combination."""
    return found.dates(mask)


@pytest.mark.parametrize(("visits", "count"), [(1, 20), (2, 10), (4, 5), (20, 1)])
def test_regular_frequencies_keep_one_weekday(visits: int, count: int) -> None:
    """Once: any day; twice: ten pairs two weeks apart; weekly: five weekdays; daily: all days."""
    found = combinations(period(), visits)
    assert len(found) == count
    for mask in found if visits <= 4 else ():
        days = days_of(period(), mask)
        assert {(b - a).days for a, b in itertools.pairwise(days)} <= {28 // visits}


def test_twice_a_week_is_as_far_apart_as_a_week_allows() -> None:
    """Monday and Thursday, Tuesday and Friday, Monday and Friday are not next to each other."""
    for mask in combinations(period(), 8):
        days = days_of(period(), mask)
        assert min((b - a).days for a, b in itertools.pairwise(days)) >= 3


def test_a_forbidden_weekday_is_never_used_and_a_preferred_one_where_possible() -> None:
    """A ban holds; a wish gives way to an appointment on another weekday."""
    found = period()
    banned = combinations(found, 2, VisitRule("x", forbidden=frozenset({0, 1})))
    assert all(day.weekday() > 1 for mask in banned for day in days_of(found, mask))
    liked = combinations(found, 2, VisitRule("x", preferred=frozenset({4})))
    assert all(day.weekday() == 4 for mask in liked for day in days_of(found, mask))
    agreed = VisitRule("x", preferred=frozenset({4}), fixed=(MONDAY,))
    assert all(days_of(found, mask)[0] == MONDAY for mask in combinations(found, 2, agreed))


def test_an_appointment_on_an_irregular_day_bends_the_gaps() -> None:
    """Two appointments ten days apart are both kept."""
    rule = VisitRule("x", fixed=(MONDAY, MONDAY + dt.timedelta(10)))
    assert [days_of(period(), m) for m in combinations(period(), 2, rule)] == [list(rule.fixed)]


def test_a_holiday_moves_one_visit_only() -> None:
    """A weekly shop keeps its number of visits when a week has one working day less."""
    found = period(off=frozenset({MONDAY + dt.timedelta(n) for n in range(4)}))
    sets = combinations(found, 4)
    assert sets
    assert all(mask.bit_count() == 4 for mask in sets)


def test_too_many_visits_are_explained() -> None:
    """What is missing and what would help."""
    rule = VisitRule("x", forbidden=frozenset({0, 1, 2, 3}))
    assert combinations(period(), 5, rule) == ()
    assert "4" in why_none(period(), 5, rule)


@pytest.mark.parametrize(
    "rule",
    [
        VisitRule("x", fixed=(MONDAY + dt.timedelta(5),)),
        VisitRule("x", fixed=tuple(MONDAY + dt.timedelta(n) for n in range(3))),
        VisitRule("x", first_by=MONDAY - dt.timedelta(1)),
        VisitRule("x", min_gap=27),
    ],
)
def test_every_rule_that_leaves_nothing_is_explained(rule: VisitRule) -> None:
    """No combination comes with a sentence."""
    assert combinations(period(), 2, rule) == ()
    assert len(why_none(period(), 2, rule)) > 10


def _every_set(found: Period, visits: int, rule: VisitRule) -> set[int]:
    allowed = set()
    for chosen in itertools.combinations(range(len(found.days)), visits):
        days = [found.days[n] for n in chosen]
        gaps = [(b - a).days for a, b in itertools.pairwise(days)]
        fits = (
            all(rule.min_gap <= g <= rule.max_gap for g in gaps)
            and not any(d.weekday() in rule.forbidden for d in days)
            and set(rule.fixed) <= set(days)
        )
        if fits:
            allowed.add(found.mask(days))
    return allowed


@settings(deadline=None, max_examples=50)
@given(
    st.integers(1, 4),
    st.integers(1, 5),
    st.integers(0, 9),
    st.sets(st.integers(0, 4), max_size=3),
    st.sets(st.integers(0, 9), max_size=2),
)
def test_only_allowed_sets_and_never_none_where_there_is_one(
    visits: int, low: int, wider: int, banned: set[int], fixed: set[int]
) -> None:
    """Against trying all sets of days of two weeks: a subset, and empty only when that is empty."""
    found = period(2)
    rule = VisitRule(
        "x",
        forbidden=frozenset(banned),
        min_gap=low,
        max_gap=low + wider,
        fixed=tuple(sorted(found.days[n] for n in fixed)),
    )
    sets, every = set(combinations(found, visits, rule)), _every_set(found, visits, rule)
    assert sets <= every
    assert bool(sets) == bool(every)


def test_a_period_is_one_to_twelve_weeks_and_at_most_sixty_days() -> None:
    """Twelve weeks of six days are too many."""
    assert len(working_days(MONDAY, 12)) == 60
    for weeks, weekdays in ((0, (0,)), (13, (0,)), (12, (0, 1, 2, 3, 4, 5))):
        with pytest.raises(InputError):
            working_days(MONDAY, weeks, weekdays)


def test_a_period_without_a_working_day_is_refused() -> None:
    """All days off."""
    with pytest.raises(InputError):
        working_days(MONDAY, 1, (0,), frozenset({MONDAY}))


def test_contradicting_rules_are_refused() -> None:
    """Gaps, hours, weekdays and working days that can't be."""
    for make in (
        lambda: VisitRule("x", min_gap=5, max_gap=4),
        lambda: VisitRule("x", hours=((600, 500),)),
        lambda: VisitRule("x", preferred=frozenset({7})),
        lambda: WorkDay(minutes=0),
        lambda: WorkDay(weekdays=()),
    ):
        with pytest.raises(InputError):
            make()
