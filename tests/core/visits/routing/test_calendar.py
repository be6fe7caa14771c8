"""A small territory as the field knows it: grades, opening hours, a break, eight-hour days, balance."""

from __future__ import annotations

import numpy as np
import pytest

from core.visits.routing import Break, Customer, Problem, Shift, solve

WEEKS, DAYS = 2, 10


def weekday_pairs():
    """Return the combinations of a shop seen on the same weekday of both weeks."""
    return tuple(1 << d | 1 << d + 5 for d in range(5))


@pytest.fixture(scope="module")
def territory():
    """Return 80 shops of one rep: a tenth weekly, the rest once, half of them closed on a weekday."""
    draw = np.random.default_rng(4)
    xy = np.vstack([[15.0, 15.0], draw.uniform(0, 30, (80, 2))])
    minutes = 2.0 * np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    customers = []
    for k in range(80):
        combinations = weekday_pairs() if k < 8 else tuple(1 << d for d in range(DAYS))
        shut = int(draw.integers(0, 10))
        hours = tuple(() if shut == d % 5 else ((540.0, 1140.0),) for d in range(DAYS))
        customers.append(Customer(f"shop {k}", k + 1, combinations, minutes=20.0, opening=hours))
    shift = Shift(1, 0, 0, max_minutes=480.0, opens=480.0, closes=1080.0, rest=Break(690.0, 780.0, 60.0))
    return Problem(tuple(customers), ((shift,),) * DAYS, minutes, balance=0.15)


@pytest.fixture(scope="module")
def plan(territory):
    """Return a plan of the territory."""
    return solve(territory, iterations=20_000, seed=2)


def test_every_hard_rule_holds(plan):
    """Opening hours, the break, eight hours and all visits are kept."""
    assert plan.feasible, [str(v) for v in plan.violations]
    assert sum(len(route.stops) for route in plan.routes) == 88


def test_nobody_is_visited_on_a_closed_day(territory, plan):
    """No visit falls on the weekday on which the shop is closed."""
    for route in plan.routes:
        assert all(territory.customers[c].windows(route.day) for c in route.stops)


def test_days_are_even(plan):
    """The minutes of every day lie within 15 % of their mean."""
    minutes = np.array([route.minutes for route in plan.routes])
    assert len(minutes) == DAYS
    assert np.abs(minutes / minutes.mean() - 1.0).max() <= 0.15


def test_planning_the_period_beats_the_nearest_shop(territory, plan):
    """Travel is well below that of cutting the shops into ten equal days and going to the nearest next."""
    distance, left, total = territory.distance, set(range(1, 81)), 0.0
    visits = 88 // DAYS
    while left:
        place = 0
        for _stop in range(visits):
            if not left:
                break
            nearest = min(left, key=lambda c, here=place: distance[here, c])
            total += distance[place, nearest]
            left.remove(nearest)
            place = nearest
        total += distance[place, 0]
    assert plan.cost < total
