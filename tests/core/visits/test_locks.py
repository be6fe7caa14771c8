"""What is held fast: locked visits and days, customers kept together."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.visits.locks import Locks, allowed, raised
from core.visits.planning import RepPlan, RepTask, plan
from core.visits.replanning import Event, move, replan
from core.visits.rules import VisitRule
from tests.core.visits.world import period, task

STEPS = 1_000
FREE: RepTask = task(14)
DAYS = FREE.period.days
PLANNED: list[RepPlan] = []


def current() -> RepPlan:
    """A plan without locks, made once."""
    if not PLANNED:
        PLANNED.append(plan(FREE, iterations=STEPS))
    return PLANNED[0]


def days_of(found: RepPlan) -> dict[str, set[dt.date]]:
    """Days of every shop."""
    return {str(shop): set(rows) for shop, rows in found.stops.groupby("terminal_id")["day"]}


def visits_on(found: RepPlan, day: dt.date) -> set[str]:
    """Shops of a day."""
    return set(found.stops.loc[found.stops["day"] == day, "terminal_id"])


def of_a_kind(visits: int) -> list[str]:
    """Shops with the same number of visits."""
    return FREE.shops.loc[FREE.shops["planned"] == visits, "terminal_id"].tolist()


@st.composite
def held(draw: st.DrawFn) -> tuple[Locks, tuple[tuple[str, ...], ...]]:
    """Some locked visits and days of the plan, and groups of shops that have as many visits."""
    days = draw(st.frozensets(st.sampled_from(DAYS), max_size=3))
    stops = list(zip(current().stops["terminal_id"], current().stops["day"], strict=True))
    kind = of_a_kind(draw(st.sampled_from([1, 2, 4])))
    group = tuple(draw(st.lists(st.sampled_from(kind), unique=True, min_size=0, max_size=4)))
    # Whoever is to be together can't be locked apart.
    single = [visit for visit in stops if visit[0] not in group]
    visits = frozenset(draw(st.lists(st.sampled_from(single), unique=True, max_size=6)))
    whole = frozenset(day for day in days if not visits_on(current(), day) & set(group))
    on_them = {(shop, day) for shop, day in single if day in whole}
    return Locks(visits | on_them, whole), (group,) if len(group) > 1 else ()


@settings(deadline=None, max_examples=30)
@given(held(), st.integers(1, 99))
def test_locks_never_move_and_groups_share_their_days(held_fast, seed) -> None:
    """Whatever is locked stays, nobody joins a locked day, a group has one set of days, no visit is lost."""
    locks, together = held_fast
    asked = replace(FREE, locks=locks, together=together, employee_id=f"E{seed}", balance=None)
    found = plan(asked, iterations=300)
    days = days_of(found)
    assert all(day in days[shop] for shop, day in locks.visits)
    assert all(visits_on(found, day) == visits_on(current(), day) for day in locks.days)
    assert all(len({frozenset(days[shop]) for shop in group}) == 1 for group in together)
    assert {shop: len(rows) for shop, rows in days.items()} == dict(
        zip(asked.visited["terminal_id"], asked.visited["planned"], strict=True)
    )


@settings(deadline=None, max_examples=20)
@given(held(), st.integers(0, 10), st.integers(1, 6))
def test_replanning_holds_what_is_held(held_fast, today, ahead) -> None:
    """After a day of illness locks stand and groups share their days; a lost lock is refused by name."""
    locks, together = held_fast
    asked = replace(FREE, together=together, balance=None)
    before = plan(replace(asked, locks=locks), iterations=300)
    ill = DAYS[today + ahead]
    event = Event(DAYS[today], days_off=frozenset({ill}))
    lost = {shop for shop, day in locks.visits if day == ill}
    asked = replace(asked, locks=locks)
    if lost:
        with pytest.raises(InfeasibleError, match=min(lost)):
            replan(asked, before, event, iterations=300)
        return
    days = days_of(replan(asked, before, event, iterations=300).plan)
    assert all(day in days[shop] for shop, day in locks.visits)
    assert all(len({frozenset(days[shop]) for shop in group}) == 1 for group in together)
    assert not any(ill in rows for rows in days.values())


def test_nobody_who_is_freed_joins_a_locked_day() -> None:
    """Of four single visits two are locked on Monday; the other combinations are the four other days."""
    week, monday = period(1), period(1).days[0]
    locks = Locks(frozenset({("T1", monday)}), frozenset({monday}))
    assert allowed(week, 1, VisitRule("T1"), locks) == (0b00001,)
    assert sorted(allowed(week, 1, VisitRule("T2"), locks)) == [0b00010, 0b00100, 0b01000, 0b10000]
    assert allowed(week, 1, VisitRule("T2", fixed=(monday,)), locks) == ()


def test_what_cannot_be_held_is_explained() -> None:
    """Unequal frequencies, colliding weekdays, an appointment on a locked day: names, rule and remedy."""
    one, four = of_a_kind(1)[0], of_a_kind(4)[0]
    with pytest.raises(InfeasibleError, match="give all of them the same frequency"):
        plan(replace(FREE, together=((one, four),)), iterations=10)
    first, second = of_a_kind(2)[:2]
    rules = (
        VisitRule(first, forbidden=frozenset({0, 1, 2})),
        VisitRule(second, forbidden=frozenset({3, 4})),
    )
    with pytest.raises(InfeasibleError, match=r"same days .*allow more weekdays"):
        plan(replace(FREE, together=((first, second),), rules=rules), iterations=10)
    asked = replace(FREE, rules=(VisitRule(one, fixed=(DAYS[0],)),), locks=Locks(days=frozenset({DAYS[0]})))
    with pytest.raises(InfeasibleError, match="unlock the day or move the appointment"):
        plan(asked, iterations=10)
    visits = frozenset((one, day) for day in DAYS[:2])
    with pytest.raises(InfeasibleError, match="2 locked days are more than the 1 visits"):
        plan(replace(FREE, locks=Locks(visits)), iterations=10)


def test_a_frequency_that_falls_leaves_the_locked_visits() -> None:
    """Two visits are locked: a shop that would get one gets two, its companion too, an idle one none."""
    shops = pd.DataFrame({"terminal_id": ["A", "B", "C"], "visits": [1.0, 2.0, 1.0], "planned": [1, 1, 0]})
    locks = Locks(frozenset({("A", DAYS[0]), ("A", DAYS[7]), ("C", DAYS[0])}))
    assert raised(shops, (), locks, FREE.period).tolist() == [2, 1, 0]
    assert raised(shops, (("A", "B"),), locks, FREE.period).tolist() == [2, 2, 0]


def test_companions_of_one_frequency_are_rounded_alike() -> None:
    """Six visits in four weeks are one or two in a week; of different frequencies each keeps its own."""
    shops = pd.DataFrame({"terminal_id": ["A", "B"], "visits": [6.0, 6.0], "planned": [1, 2]})
    assert raised(shops, (("A", "B"),), Locks(), period(1)).tolist() == [2, 2]
    assert raised(shops.assign(visits=[4.0, 8.0]), (("A", "B"),), Locks(), period(1)).tolist() == [1, 2]


def test_a_locked_visit_is_not_moved_by_hand() -> None:
    """Not the visit, not from or to a locked day; a group that is parted is a warning."""
    shop, day = current().stops[["terminal_id", "day"]].iloc[0]
    other = next(d for d in DAYS if d not in days_of(current())[shop])
    for locks in (
        Locks(frozenset({(shop, day)})),
        Locks(days=frozenset({day})),
        Locks(days=frozenset({other})),
    ):
        with pytest.raises(InputError, match="locked"):
            move(replace(FREE, locks=locks), current(), shop, day, other)
    mate = next(s for s, rows in days_of(current()).items() if s != shop)
    parted = move(replace(FREE, together=((shop, mate),)), current(), shop, day, other)
    assert any("same days" in text for text in parted.broken)
