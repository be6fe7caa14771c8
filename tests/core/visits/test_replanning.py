"""Re-planning: the fewest changed promises, the past and the locked untouched."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.visits.planning import RepPlan, RepTask, plan
from core.visits.replanning import Event, changed_promises, replan
from core.visits.rules import VisitRule
from tests.core.visits.world import shops, task

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
