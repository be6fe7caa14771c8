"""The solver against hand-made cases, an exhaustive oracle and the rules that no plan may break."""

from __future__ import annotations

import itertools
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.visits.routing import Break, Customer, Problem, Shift, solve
from core.visits.routing.feasibility import days_of

STEPS = 3000


def euclid(points):
    xy = np.array(points, float)
    return np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))


def visits_of(solution):
    """Return the bit mask of visit days of every customer that is visited."""
    masks = {}
    for route in solution.routes:
        for c in route.stops:
            assert not masks.get(c, 0) >> route.day & 1, "visited twice on a day"
            masks[c] = masks.get(c, 0) | 1 << route.day
    return masks


def shortest(distance, places):
    """Return the length of the shortest tour from place 0 by trying all orders."""
    if not places:
        return 0.0
    return min(
        sum(distance[a, b] for a, b in itertools.pairwise((0, *order, 0)))
        for order in itertools.permutations(places)
    )


def oracle(problem):
    """Return the least cost by trying every combination of days, with one rep per day."""
    limits = [shifts[0].max_load for shifts in problem.shifts]
    best = math.inf
    for masks in itertools.product(*(c.combinations for c in problem.customers)):
        total = 0.0
        for day, limit in enumerate(limits):
            today = [c for c, mask in zip(problem.customers, masks, strict=True) if mask >> day & 1]
            if sum(c.demand for c in today) > limit:
                total = math.inf
                break
            total += shortest(problem.distance, [c.place for c in today])
        best = min(best, total)
    return best


def one_rep(days, **limits):
    return tuple((Shift(1, 0, 0, **limits),) for _ in range(days))


def test_two_clusters_get_a_day_each():
    """Two shops in the east and two in the west, two days: each side has its day, 2 × 20 + 2 × 2 in all."""
    distance = euclid([(0, 0), (10, 1), (10, -1), (-10, 1), (-10, -1)])
    customers = tuple(Customer(str(k), k, (1, 2), demand=1) for k in range(1, 5))
    solution = solve(Problem(customers, one_rep(2, max_load=2), distance), iterations=STEPS)
    assert solution.feasible
    assert solution.cost == pytest.approx(2 * (2 * math.hypot(10, 1) + 2))
    assert sorted(sorted(r.stops) for r in solution.routes) == [[0, 1], [2, 3]]


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000))
def test_tiny_cases_reach_the_optimum_of_the_oracle(seed):
    """With five shops and three days the search finds what trying everything finds."""
    draw = np.random.default_rng(seed)
    distance = euclid(draw.integers(0, 20, (6, 2)))
    choices = [(1, 2, 4), (3, 5, 6), (7,), (1, 6), (2, 5)]
    customers = tuple(
        Customer(str(k), k, choices[draw.integers(len(choices))], demand=float(draw.integers(1, 4)))
        for k in range(1, 6)
    )
    problem = Problem(customers, one_rep(3, max_load=15.0), distance)
    assert solve(problem, iterations=STEPS, seed=seed).cost == pytest.approx(oracle(problem))


def random_problem(seed, *, windows):
    """Return a loose problem with two reps, five days, locks and a group."""
    draw = np.random.default_rng(seed)
    count = int(draw.integers(4, 25))
    distance = euclid(draw.uniform(0, 40, (count + 2, 2)))
    choices = [(1, 2, 4, 8, 16), (5, 9, 10, 18, 20), (31,), (8,), (21, 11)]
    customers = []
    for k in range(count):
        opens = float(draw.integers(480, 700))
        customers.append(
            Customer(
                str(k),
                k,
                choices[0] if k < 2 else choices[draw.integers(len(choices))],
                minutes=float(draw.integers(5, 20)),
                demand=1.0,
                opening=(((opens, opens + 300.0),),) if windows and draw.random() < 0.5 else (),
                vehicles=(2,) if draw.random() < 0.1 else (),
            )
        )
    rest = Break(690.0, 780.0, 45.0) if windows else None
    hours = {"opens": 480.0, "closes": 1080.0, "rest": rest} if windows else {}
    day = tuple(Shift(v, count, count + 1, max_load=25.0, max_minutes=600.0, **hours) for v in (1, 2))
    return Problem(tuple(customers), (day,) * 5, distance, together=((0, 1),))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.booleans())
def test_no_plan_breaks_a_hard_rule(seed, windows):
    """Nobody is lost, days are an allowed combination, locks and groups hold, windows and limits are kept."""
    problem = random_problem(seed, windows=windows)
    solution = solve(problem, iterations=1500, seed=seed)
    assert solution.feasible, [str(v) for v in solution.violations]
    masks = visits_of(solution)
    assert set(masks) == set(range(len(problem.customers)))
    for c, mask in masks.items():
        assert mask in problem.customers[c].combinations
    assert masks[0] == masks[1]
    for route in solution.routes:
        shift = problem.shifts[route.day][route.shift]
        assert route.load <= shift.max_load
        assert route.minutes <= shift.max_minutes + 1e-6
        for c, begin in zip(route.stops, route.begins, strict=True):
            customer = problem.customers[c]
            assert not customer.vehicles or shift.vehicle in customer.vehicles
            ((opens, closes),) = customer.windows(route.day)
            assert opens - 1e-6 <= begin <= closes - customer.minutes + 1e-6
        if shift.rest:
            assert shift.rest.earliest - 1e-6 <= route.rest_begins <= shift.rest.latest + 1e-6


def test_times_follow_travel_and_work():
    """Visits do not overlap: each begins after the last one ended, the way, and a break between."""
    problem = random_problem(7, windows=True)
    for route in solve(problem, iterations=500).routes:
        shift = problem.shifts[route.day][route.shift]
        place, free = shift.start, route.departs
        for c, begin in zip(route.stops, route.begins, strict=True):
            customer = problem.customers[c]
            pause = shift.rest.minutes if free <= route.rest_begins < begin else 0.0
            assert begin >= free + problem.distance[place, customer.place] + pause - 1e-6
            place, free = customer.place, begin + customer.minutes


def test_cost_is_the_distance_of_the_routes():
    """The cost of a plan is the sum of its arcs, whatever the penalties of the search were."""
    problem = random_problem(3, windows=False)
    solution = solve(problem, iterations=500)
    total = 0.0
    for route in solution.routes:
        shift = problem.shifts[route.day][route.shift]
        way = [shift.start, *(problem.customers[c].place for c in route.stops), shift.end]
        total += sum(problem.distance[a, b] for a, b in itertools.pairwise(way))
    assert solution.cost == pytest.approx(total)


@pytest.mark.parametrize("windows", [False, True])
def test_same_seed_and_steps_give_the_same_plan(windows):
    """The plan depends on nothing but the problem, the seed and the number of steps."""
    first, second = (solve(random_problem(5, windows=windows), iterations=5000, seed=9) for _ in range(2))
    assert first.routes == second.routes
    assert first.steps == second.steps == 10000


def test_cancel_keeps_the_best_plan():
    """A cancelled search returns a whole plan after the part that was running."""
    problem = random_problem(5, windows=False)
    solution = solve(problem, iterations=10**9, cancelled=lambda: True)
    assert solution.feasible
    assert solution.steps < 10**6
    assert set(visits_of(solution)) == set(range(len(problem.customers)))


def test_progress_tells_a_falling_cost():
    """Progress comes with a growing share and a cost of the best plan that never rises."""
    told = []
    solve(random_problem(5, windows=False), iterations=9000, progress=told.append)
    assert [p.share for p in told] == sorted(p.share for p in told)
    assert told[-1].share == 1.0
    costs = [p.cost for p in told if p.cost is not None]
    assert costs == sorted(costs, reverse=True)


def test_balance_evens_out_the_days():
    """With a balance of ± 15 % four equal shops on one spot are spread over two days, not put on one."""
    distance = euclid([(0, 0), (5, 0), (5, 0), (5, 0), (5, 0)])
    customers = tuple(Customer(str(k), k, (1, 2), minutes=60.0) for k in range(1, 5))
    free = solve(Problem(customers, one_rep(2), distance), iterations=STEPS)
    even = solve(Problem(customers, one_rep(2), distance, balance=0.15), iterations=STEPS)
    assert [len(r.stops) for r in free.routes] == [4]
    assert [len(r.stops) for r in even.routes] == [2, 2]


def test_a_one_way_street_is_driven_the_right_way():
    """With a matrix that differs by direction the cheap direction is taken."""
    distance = np.array([[0.0, 1, 9], [9, 0, 1], [1, 9, 0]])
    customers = (Customer("a", 1, (1,)), Customer("b", 2, (1,)))
    solution = solve(Problem(customers, one_rep(1), distance), iterations=100)
    assert solution.routes[0].stops == (0, 1)
    assert solution.cost == 3.0


def test_who_must_be_seen_by_one_rep_is_seen_by_that_rep():
    """A shop of rep 2 is not visited by rep 1, even though rep 1 passes by."""
    distance = euclid([(0, 0), (5, 0), (6, 0)])
    customers = (Customer("a", 1, (1,), vehicles=(1,)), Customer("b", 2, (1,), vehicles=(2,)))
    shifts = ((Shift(1, 0, 0), Shift(2, 0, 0)),)
    solution = solve(Problem(customers, shifts, distance), iterations=500)
    assert {r.shift: r.stops for r in solution.routes} == {0: (0,), 1: (1,)}
    assert days_of(5) == [0, 2]


def test_impossible_tangle_is_told_not_hidden():
    """Two shops open at the same minute far apart: all visits are planned and the lateness is reported."""
    distance = euclid([(0, 0), (30, 0), (-30, 0)])
    customers = tuple(
        Customer(n, k, (1,), opening=(((600.0, 600.0),),)) for k, n in ((1, "east"), (2, "west"))
    )
    solution = solve(Problem(customers, one_rep(1), distance), iterations=500)
    assert not solution.feasible
    assert sum(v.amount for v in solution.violations if v.rule == "window") == pytest.approx(60.0)
    assert set(visits_of(solution)) == {0, 1}


@pytest.mark.parametrize(
    "limits",
    [
        {},  # neither time nor steps
        {"seconds": 1.0, "iterations": 5},  # both
        {"seconds": -1.0},  # negative time
        {"iterations": -1},  # negative steps
    ],
)
def test_search_needs_one_limit(limits):
    """A search has either a time or a number of steps, and neither is negative."""
    with pytest.raises(InputError):
        solve(random_problem(1, windows=False), **limits)


PLAN_ON_ONE_PROCESSOR = """
import os, sys
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
sys.path.insert(0, sys.argv[1])
from test_solver import random_problem, solve
print([r.stops for r in solve(random_problem(11, windows=False), iterations=8000, seed=4).routes])
"""


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="the system can't bind a process")
def test_the_number_of_processors_changes_nothing():
    """On one processor the same seed and steps give the plan that they give on all of them."""
    here = Path(__file__)
    told = subprocess.run(
        [sys.executable, "-c", PLAN_ON_ONE_PROCESSOR, str(here.parent)],
        cwd=here.parents[4],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    here_and_now = solve(random_problem(11, windows=False), iterations=8000, seed=4)
    assert told == str([r.stops for r in here_and_now.routes])


def test_a_plan_that_keeps_tight_limits_is_found_even_in_no_steps():
    """Twelve loads of 3 to 5 fill four days of 12 to the last unit; they are fitted without a step."""
    distance = euclid([(0, 0)] + [(k % 4, 10 - k) for k in range(12)])
    loads = (3.0, 4.0, 5.0) * 4
    customers = tuple(Customer(str(k), k + 1, (1, 2, 4, 8), demand=load) for k, load in enumerate(loads))
    solution = solve(Problem(customers, one_rep(4, max_load=12.0), distance), iterations=0)
    assert solution.feasible
    assert [r.load for r in solution.routes] == [12.0] * 4
