"""The rules people have, each in the solver, against everything tried and against an independent checker."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.visit_checker import broken_rules
from core.errors import InfeasibleError
from core.visits.routing import Break, Customer, Problem, Shift, solve
from tests.core.visits.routing.oracle import least_cost

STEPS = 1000
NOON = Break(690.0, 750.0, 60.0)
SHOP_HOURS = ((((480.0, 690.0), (840.0, 1020.0)),), (((480.0, 720.0),),), ())


def grid(points):
    """Return distances in whole steps of 15 minutes, along the axes."""
    xy = np.array(points, float)
    return 15.0 * np.abs(xy[:, None] - xy[None]).sum(axis=2)


def tiny(seed):
    """Return a problem of few visits with some of all rules."""
    draw = np.random.default_rng(seed)
    count, days = int(draw.integers(3, 5)), 2
    distance = grid(draw.integers(0, 4, (count + 3, 2)))
    home, office, inn = count, count + 1, count + 2
    reps = (1, 2) if draw.random() < 0.6 else (1,)
    customers = [
        Customer(
            f"shop {k}",
            k,
            ((1, 2), (1, 2), (3,), (2,))[draw.integers(4)],
            minutes=float(15 * draw.integers(1, 5)),
            opening=SHOP_HOURS[draw.integers(3)],
        )
        for k in range(count)
    ]
    # An appointment: one day, and there one moment.
    customers[0] = replace(customers[0], combinations=(2,), minutes=30.0, opening=((), ((600.0, 630.0),)))
    simultaneous = ()
    if len(reps) == 2 and draw.random() < 0.7:
        one = replace(customers[1], combinations=(1, 2), vehicles=(1,))
        customers += [replace(one, vehicles=(2,))]
        customers[1] = one
        simultaneous = ((1, count),)
    rest = NOON if draw.random() < 0.5 else None
    away = draw.random() < 0.5
    day = {
        "max_minutes": float(draw.choice([360, 480])),
        "opens": 480.0,
        "closes": 1080.0,
        "rest": rest,
    }
    end = office if draw.random() < 0.5 else home
    shifts = tuple(
        tuple(
            Shift(
                rep,
                inn if away and number == 1 else home,
                inn if away and number == 0 else end,
                always_driven=away,
                **day,
            )
            for rep in reps
        )
        for number in range(days)
    )
    return Problem(
        tuple(customers), shifts, distance, simultaneous=simultaneous, one_rep=bool(draw.random() < 0.5)
    )


def _solved(problem, seed=0):
    try:
        return solve(problem, iterations=STEPS, seed=seed)
    except InfeasibleError:
        return None


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 100_000))
def test_tiny_problems_with_every_rule_reach_the_optimum(seed):
    """Days, reps, meetings, windows, breaks, nights: the search finds what trying everything finds."""
    problem = tiny(seed)
    least, found = least_cost(problem), _solved(problem, seed)
    if math.isinf(least):
        assert found is None or not found.feasible
        return
    assert found is not None
    assert found.feasible, [str(v) for v in found.violations]
    assert broken_rules(problem, found) == []
    assert found.cost == pytest.approx(least)


def town(seed, *, reps=2, count=40, one_rep=True):
    """Return two weeks of a town with several reps and some of all rules."""
    draw = np.random.default_rng(seed)
    distance = grid(np.round(draw.uniform(0, 2, (count + 2, 2)), 2))
    choices = [tuple(1 << d for d in range(10)), tuple(33 << d for d in range(5)), (1023 & 0b0101010101,)]
    customers = [
        Customer(
            str(k),
            k,
            choices[draw.choice(3, p=[0.7, 0.25, 0.05])],
            minutes=float(draw.integers(8, 25)),
            opening=SHOP_HOURS[draw.integers(3)],
        )
        for k in range(count)
    ]
    meeting = []
    for k in range(2):
        customers[k] = replace(customers[k], combinations=choices[0], vehicles=(1,))
        customers.append(replace(customers[k], vehicles=(2,)))
        meeting.append((k, len(customers) - 1))
    shifts = tuple(
        tuple(
            Shift(
                rep,
                count + (day == 3 and rep == 1),
                count + (day == 2 and rep == 1),
                max_minutes=540.0,
                opens=480.0,
                closes=1110.0,
                rest=NOON,
                always_driven=rep == 1 and day in {2, 3},
            )
            for rep in range(1, reps + 1)
        )
        for day in range(10)
    )
    return Problem(
        tuple(customers), shifts, distance, simultaneous=tuple(meeting), one_rep=one_rep, balance=0.3
    )


@pytest.mark.parametrize("one_rep", [False, True])
def test_a_town_with_every_rule_is_planned_as_the_checker_wants_it(one_rep):
    """Forty shops, two reps, two weeks: the plan can be carried out to the letter, and again the same."""
    problem = town(3, one_rep=one_rep)
    found = solve(problem, iterations=6000, seed=1)
    assert found.feasible, [str(v) for v in found.violations]
    assert broken_rules(problem, found) == []
    assert solve(problem, iterations=6000, seed=1).routes == found.routes


def test_the_checker_sees_what_is_broken():
    """A visit at another time, by another rep, or on another day is told."""
    problem = town(3)
    found = solve(problem, iterations=2000, seed=1)
    route = next(route for route in found.routes if route.stops)
    late = replace(route, begins=(route.begins[0] - 300.0, *route.begins[1:]))
    others = tuple(r for r in found.routes if r is not route)
    assert broken_rules(problem, replace(found, routes=(late, *others)))
    assert any("not allowed" in line for line in broken_rules(problem, replace(found, routes=others)))


def test_a_shop_closed_at_noon_is_visited_after_it_where_that_is_shorter():
    """Two windows: the far shop open 8–9 and 15–16 is visited in the second one, on the way back."""
    distance = grid([(0, 0), (6, 0), (12, 0)])
    hours = (((480.0, 540.0), (900.0, 960.0)),)
    customers = (
        Customer("near", 1, (1,), minutes=30.0, opening=hours),
        Customer("far", 2, (1,), minutes=30.0, opening=(((660.0, 780.0),),)),
    )
    shift = Shift(1, 0, 0, opens=480.0, closes=1200.0, max_minutes=720.0)
    found = solve(Problem(customers, ((shift,),), distance), iterations=200)
    assert found.feasible
    assert found.routes[0].stops == (1, 0)
    assert found.routes[0].begins == (750.0, 900.0)


def test_a_night_away_is_driven_to_without_any_visit():
    """A rep who sleeps elsewhere drives there and back, also on days without visits."""
    distance = grid([(0, 0), (1, 0), (5, 0)])
    shifts = (
        (Shift(1, 0, 2, always_driven=True),),
        (Shift(1, 2, 0, always_driven=True),),
    )
    found = solve(Problem((Customer("a", 1, (2,)),), shifts, distance), iterations=50)
    assert [route.stops for route in found.routes] == [(), (0,)]
    assert found.cost == 150.0


def test_reps_who_meet_begin_together():
    """A shop that two reps visit together is begun by both at the same quarter of an hour."""
    distance = grid([(0, 0), (3, 0), (1, 0), (2, 2)])
    customers = (
        Customer("joint", 1, (1,), minutes=30.0, vehicles=(1,)),
        Customer("joint", 1, (1,), minutes=30.0, vehicles=(2,)),
        Customer("early", 2, (1,), minutes=60.0, vehicles=(1,), opening=(((500.0, 560.0),),)),
        Customer("late", 3, (1,), minutes=60.0, vehicles=(2,), opening=(((700.0, 760.0),),)),
    )
    shifts = ((Shift(1, 0, 0, opens=480.0, closes=900.0), Shift(2, 0, 0, opens=480.0, closes=900.0)),)
    found = solve(Problem(customers, shifts, distance, simultaneous=((0, 1),)), iterations=300)
    assert found.feasible
    begins = {c: at for route in found.routes for c, at in zip(route.stops, route.begins, strict=True)}
    assert begins[0] == begins[1]
    assert begins[0] % 15 == 0
