"""What can't be planned is told before the search: who, which rule, what would make it fit."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InfeasibleError, InputError
from core.i18n import language
from core.visits.routing import Break, Customer, Problem, Shift, solve
from core.visits.routing.feasibility import check, usable_combinations

DISTANCE = np.array([[0.0, 30, 40], [30, 0, 10], [40, 10, 0]])


def refusal(*customers, shift=None, days=2, together=()):
    """Return the English text with which a problem is refused."""
    shifts = tuple((shift or Shift(1, 0, 0),) for _ in range(days))
    with language("en"), pytest.raises(InfeasibleError) as error:
        check(Problem(customers, shifts, DISTANCE, together=together))
    return error.value.message


def test_no_combination():
    """A shop without any allowed day is named."""
    assert "Shop A: no allowed combination" in refusal(Customer("Shop A", 1, ()))


def test_too_far_for_the_day():
    """A shop 30 minutes away with a visit of 50 does not fit a day of 100; both numbers are told."""
    text = refusal(Customer("Far", 1, (1,), minutes=50), shift=Shift(1, 0, 0, max_minutes=100))
    assert "Far" in text
    assert "110.0" in text
    assert "100.0" in text


def test_the_break_counts():
    """The break of 30 minutes makes a day of 120 too short for 60 of travel and 40 of visit."""
    rest = Break(0, 1000, 30)
    text = refusal(Customer("Far", 1, (1,), minutes=40), shift=Shift(1, 0, 0, max_minutes=120, rest=rest))
    assert "130.0" in text


def test_demand_over_the_limit():
    """A demand of 5 is more than a vehicle takes."""
    assert "needs a load of 5.0, the limit is 4.0" in refusal(
        Customer("Big", 1, (1,), demand=5), shift=Shift(1, 0, 0, max_load=4)
    )


def test_closed_on_every_allowed_day():
    """A shop whose allowed days are its closed days is told with those days."""
    text = refusal(Customer("Shut", 1, (1,), opening=((), ((0.0, 1000.0),))))
    assert "day 1: closed" in text


def test_opening_hours_end_before_arrival():
    """Leaving at 540 nobody is at a shop 30 minutes away before 569."""
    text = refusal(Customer("Early", 1, (1,), opening=(((0.0, 560.0),),)), shift=Shift(1, 0, 0, opens=540.0))
    assert "10.0 minutes too little" in text


def test_a_day_off_removes_its_combinations():
    """Nobody works on day 1, so of two combinations the one with day 1 can't be used."""
    problem = Problem((Customer("a", 1, (1, 2)),), ((), (Shift(1, 0, 0),)), DISTANCE)
    assert usable_combinations(problem) == [(2,)]
    assert [r.day for r in solve(problem, iterations=10).routes] == [1]


def test_a_group_without_a_common_day():
    """Two shops that must go together share no combination."""
    text = refusal(Customer("a", 1, (1,)), Customer("b", 2, (2,)), together=((0, 1),))
    assert "a, b: they are to be kept together" in text


def test_a_day_that_must_hold_too_much():
    """Two visits locked on day 1 need a load of 6 where 5 fit; one unit is missing."""
    text = refusal(
        Customer("a", 1, (1,), demand=3), Customer("b", 2, (1,), demand=3), shift=Shift(1, 0, 0, max_load=5)
    )
    assert "Day 1, with the 2 visits" in text
    assert "1.0 are missing" in text


def test_a_period_that_must_hold_too_much():
    """Visits of 70 minutes for days of 60 and 60 in all are refused before any search."""
    customers = [Customer(str(k), 0, (1, 2), minutes=50) for k in range(3)]
    text = refusal(*customers, shift=Shift(1, 0, 0, max_minutes=60))
    assert "150.0" in text
    assert "30.0 minutes are missing" in text


def test_all_findings_come_at_once():
    """Every shop that can't be planned is listed, not the first alone."""
    text = refusal(Customer("a", 1, ()), Customer("b", 2, ()))
    assert "a: no allowed" in text
    assert "b: no allowed" in text


@pytest.mark.parametrize(
    "build",
    [
        lambda: Customer("a", 1, (1,), minutes=-1),  # negative minutes
        lambda: Customer("a", 1, (1,), demand=float("nan")),  # missing demand
        lambda: Customer("a", 1, (1,), opening=(((600.0, 500.0),),)),  # hours end before they begin
        lambda: Shift(1, 0, 0, opens=600.0, closes=500.0),  # shift ends before it begins
        lambda: Break(700.0, 600.0, 30.0),  # break from later to earlier
        lambda: Problem((), ((Shift(1, 0, 0),),), DISTANCE),  # nobody to visit
        lambda: Problem((Customer("a", 1, (1,)),), (), DISTANCE),  # no day
        lambda: Problem((Customer("a", 1, (2,)),), ((Shift(1, 0, 0),),), DISTANCE),  # day 2 of 1
        lambda: Problem((Customer("a", 9, (1,)),), ((Shift(1, 0, 0),),), DISTANCE),  # place without a row
        lambda: Problem((Customer("a", 1, (1,)),), ((Shift(1, 0, 0),),), DISTANCE * np.nan),  # missing travel
        lambda: Problem((Customer("a", 1, (1,)),), ((Shift(1, 0, 0),),), DISTANCE, together=((0,), (0,))),
        lambda: Problem(
            (Customer("a", 1, (1,)),), ((Shift(1, 0, 0),),), DISTANCE, balance=0.0
        ),  # no tolerance
    ],
)
def test_bad_values_are_refused(build):
    """A value outside what the problem allows is refused when the problem is made."""
    with pytest.raises(InputError):
        build()
