"""The population: its moves count right, and what it makes is a plan."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.kernels.rng import new_state
from core.visits.routing import Customer, Problem, Shift, anneal, evolution, layout, plan
from core.visits.routing.arrays import build
from core.visits.routing.feasibility import check, days_of
from core.visits.routing.genetic.population import Size, size_for

SMALL = Size(first=6, least=4, most=8, elite=1, close=2)


def draw_problem(seed):
    """Return two or three reps on four days, tight in load and time, some visited on several days."""
    draw = np.random.default_rng(seed)
    count, reps = int(draw.integers(3, 30)), int(draw.integers(2, 4))
    xy = draw.uniform(0, 100, (count + 1, 2))
    distance = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    choices = [(1, 2, 4, 8), (5, 10), (15,), (3, 6, 12)]
    customers = tuple(
        Customer(
            str(k), k + 1, choices[draw.integers(4)], float(draw.integers(0, 10)), float(draw.integers(1, 9))
        )
        for k in range(count)
    )
    load = sum(c.demand * len(days_of(c.combinations[0])) for c in customers) / (4 * reps)
    shift = {"max_load": max(1.1 * load, 9.0), "max_minutes": 400.0}
    shifts = tuple(tuple(Shift(v, 0, 0, **shift) for v in range(1, reps + 1)) for _day in range(4))
    return Problem(customers, shifts, distance)


def evolved(problem, seed, children):
    arrays = build(problem, check(problem), new_state(seed))
    arrays.num[[layout.LOAD_WEIGHT, layout.TIME_WEIGHT]] = 10.0, 1.0
    anneal.start(*arrays, 0.0)
    for child in range(children):
        evolution.evolve(*arrays, SMALL, child)
        yield arrays


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_the_cost_of_a_child_is_that_of_its_routes(seed):
    """What the moves add up to, one by one, is the cost computed anew from the routes."""
    problem = draw_problem(seed)
    for arrays in evolved(problem, seed, 8):
        added_up = arrays.num[layout.COST]
        plan.refresh(arrays.num, arrays.idx)
        assert added_up == pytest.approx(arrays.num[layout.COST])


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_every_child_visits_everybody_on_allowed_days(seed):
    """In the present plan every customer has exactly the visits of one allowed combination."""
    problem = draw_problem(seed)
    days, count = problem.days, len(problem.customers)
    for arrays in evolved(problem, seed, 8):
        first = int(arrays.idx[layout.AT])
        at = arrays.idx[first : first + count * days].reshape(count, days)
        masks = ((at >= 0) << np.arange(days)).sum(axis=1)
        for customer, mask in zip(problem.customers, masks, strict=True):
            assert int(mask) in customer.combinations


def test_the_population_never_outgrows_its_size():
    """Neither group ever has more plans than the size says, and every plan has a slot of its own."""
    for arrays in evolved(draw_problem(3), 3, 40):
        counts = arrays.idx[int(arrays.idx[layout.MEMBER_COUNT]) :][:2]
        assert counts.max() <= SMALL.most
        free = int(arrays.idx[int(arrays.idx[layout.FREE_SLOTS])])
        assert free + counts.sum() == arrays.idx[layout.SLOTS]


def test_a_longer_search_has_a_larger_population():
    """The population grows with the steps for each visit, within the room of the arrays."""
    sizes = [size_for(steps) for steps in (10, 2_000, 1_000_000)]
    assert sizes[0].least < sizes[1].least < sizes[2].least
    assert sizes[2].most == Size().most
