"""Re-planning: the fewest changed promises, the past and the locked untouched."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.visits.planning import RepPlan, RepTask, evaluate, late, plan
from core.visits.replanning import Event, changed_promises, replan
from core.visits.rules import VisitRule
from tests.core.visits.world import period, shops, task

STEPS = 2_000
ASKED: RepTask = task(14)
PLANNED: list[RepPlan] = []


def current() -> RepPlan:
    """The plan that something happens to, made once."""
    if not PLANNED:
        PLANNED.append(plan(ASKED, iterations=STEPS))
    return PLANNED[0]


def day(number: int) -> dt.date:
    """A working day of the period."""
    return ASKED.period.days[number]


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 12), st.integers(1, 4))
def test_a_rep_who_is_ill_moves_the_lost_visits_and_no_other(today: int, ahead: int) -> None:
    """As many changes as visits lost, none before today, nobody on the day off, no visit missing."""
    ill = day(today + ahead)
    lost = current().stops["day"].eq(ill).sum()
    found = replan(ASKED, current(), Event(day(today), days_off=frozenset({ill})), iterations=STEPS)
    assert (len(found.changes), found.freed) == (lost, 0)
    assert not found.plan.stops["day"].eq(ill).any()
    assert len(found.plan.stops) == len(current().stops)
    before, after = (p.stops[p.stops["day"] < day(today)] for p in (current(), found.plan))
    assert before.reset_index(drop=True).equals(after.reset_index(drop=True))
    assert not found.plan.stops.duplicated(["day", "terminal_id"]).any()


def test_a_closed_shop_drops_out_and_nothing_else_moves() -> None:
    """Its visits still to come are dropped; those made stay."""
    shop = current().stops["terminal_id"].mode()[0]
    found = replan(ASKED, current(), Event(day(6), closed=frozenset({shop})), iterations=STEPS)
    coming = current().stops.query("terminal_id == @shop and day >= @day(6)")
    assert set(found.changes["kind"]) == {"dropped"}
    assert len(found.changes) == len(coming)


def test_a_prospect_on_thursday_is_added() -> None:
    """The appointment is kept, nobody else moves."""
    new = shops(1, seed=9).assign(terminal_id="NEW", planned=1)
    thursday = day(8)
    event = Event(day(6), prospects=new, rules=(VisitRule("NEW", fixed=(thursday,)),))
    found = replan(ASKED, current(), event, iterations=STEPS)
    assert found.changes[["terminal_id", "kind", "after"]].to_numpy().tolist() == [["NEW", "added", thursday]]


def test_locked_visits_do_not_move() -> None:
    """A lock on a lost day is refused with the shop's name; another day may go."""
    ill = day(9)
    shop = current().stops.loc[current().stops["day"] == ill, "terminal_id"].iloc[0]
    with pytest.raises(InfeasibleError, match=shop):
        replan(
            ASKED,
            current(),
            Event(day(5), days_off=frozenset({ill}), locked=frozenset({shop})),
            iterations=10,
        )


def test_nothing_left_is_said() -> None:
    """After the last day there is nothing to plan; an unknown shop is named."""
    with pytest.raises(InputError):
        replan(ASKED, current(), Event(day(-1) + dt.timedelta(1)), iterations=10)
    with pytest.raises(InputError, match="nobody"):
        replan(ASKED, current(), Event(day(1), closed=frozenset({"nobody"})), iterations=10)


def test_changes_are_counted_by_visit() -> None:
    """Moved, dropped and added are told apart."""
    before = current().stops
    after = before.iloc[1:]
    only = changed_promises(before, after)
    assert only["kind"].tolist() == ["dropped"]
    assert changed_promises(after, before)["kind"].tolist() == ["added"]
    assert len(changed_promises(before, before)) == 0


def full_week() -> tuple[RepTask, RepPlan]:
    """Nine shops of 200 minutes in five days of 480: two a day, and one day has room for one more."""
    town = shops(9, minutes=200.0).assign(planned=1, own=[100.0 * (n + 1) for n in range(9)])
    asked = RepTask("E1", "rep", (30.05, 114.05), town, period(1), balance=None)
    return asked, plan(asked, iterations=STEPS)


def test_visits_that_fit_nowhere_any_more_are_given_up_and_named() -> None:
    """Of two lost visits one has room; the shop that sells less is given up, and nobody else moves."""
    asked, planned = full_week()
    crowded = planned.days.loc[planned.days["visits"] == 2, "day"].iloc[0]
    found = replan(asked, planned, Event(asked.period.days[0], frozenset({crowded})), iterations=STEPS)
    own = asked.shops.set_index("terminal_id")["own"]
    lost = planned.stops.loc[planned.stops["day"] == crowded, "terminal_id"]
    assert found.given_up == (own[lost].idxmin(),)
    assert sorted(found.changes["kind"]) == ["dropped", "moved"]
    assert found.price == 2 + 3


def test_a_day_made_too_long_by_hand_gets_shorter() -> None:
    """Three shops on one day don't fit: re-planning moves one of them back, and no more than that."""
    asked, planned = full_week()
    days = planned.days.set_index("day")["visits"]
    roomy, crowded = days.idxmin(), days.index[days == 2][0]
    alone = planned.stops.loc[planned.stops["day"] == roomy, "terminal_id"].iloc[0]
    routes = {day: list(rows["terminal_id"]) for day, rows in planned.stops.groupby("day")}
    routes[roomy].remove(alone)
    routes[crowded].append(alone)
    byhand = evaluate(asked, sorted(routes.items()))
    assert late(asked, byhand)
    found = replan(asked, byhand, Event(asked.period.days[0]), iterations=STEPS)
    assert not late(asked, found.plan)
    assert len(found.changes) == 1


def test_a_shop_without_visits_in_the_plan_can_become_a_prospect() -> None:
    """It stands in the list of shops already and is still added once."""
    idle = ASKED.shops.iloc[[0]].assign(terminal_id="IDLE", planned=0)
    asked = replace(ASKED, shops=pd.concat([ASKED.shops, idle], ignore_index=True))
    event = Event(day(6), prospects=idle.assign(planned=1))
    found = replan(asked, current(), event, iterations=STEPS)
    assert found.changes[["terminal_id", "kind"]].to_numpy().tolist() == [["IDLE", "added"]]
