"""The solver against an exhaustive oracle and the rules that no proposal may break."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.territories import NOBODY, Balance, DesignRequest, Proposal, Upheaval, solve
from tests.core.territories import world

STEPS = 4000


def oracle(asked):
    """Return the least objective by trying every assignment that keeps all rules; None without one."""
    n, k = len(asked.units), asked.territories
    every = np.array(list(itertools.product(range(k), repeat=n - 1)))
    every = np.column_stack([np.zeros(len(every), np.int64), every])
    low, high = (bound[:, 0] for bound in asked.bounds())
    totals = np.column_stack([(every == t) @ asked.units.weight for t in range(k)])
    balanced = ((totals >= low - 1e-9) & (totals <= high + 1e-9)).all(axis=1)
    costs = [Proposal(asked, t).objective for t in every[balanced] if world.whole(asked.units, t)]
    return min(costs, default=None)


@pytest.mark.parametrize("number", range(8))
def test_a_small_design_is_the_best_there_is(number):
    """On a grid of 3 × 3 units the proposal costs what the cheapest of all designs costs."""
    random = np.random.default_rng(number)
    units = world.grid(3, 3, random.integers(1, 6, 9))
    asked = world.request(units, 2 + number % 2, (0.1, 0.3)[number // 2 % 2])
    best = oracle(asked)
    if best is None:
        with pytest.raises(InfeasibleError):
            solve(asked, iterations=5 * STEPS)
    else:
        assert solve(asked, iterations=5 * STEPS).objective == pytest.approx(best, rel=1e-9)


@given(
    st.lists(st.integers(1, 9), min_size=30, max_size=30),
    st.integers(1, 5),
    st.lists(st.sampled_from([0.7, 1.0, 1.3]), min_size=5, max_size=5),
    st.integers(0, 3),
)
@settings(max_examples=20, deadline=None)
def test_every_proposal_keeps_all_rules(numbers, territories, sizes, seed):
    """A proposal has every unit once, every territory in one piece and within its bounds."""
    asked = world.request(world.grid(5, 6, numbers), territories, 0.2, sizes=np.array(sizes[:territories]))
    try:
        proposal = solve(asked, iterations=STEPS, seed=seed)
    except InfeasibleError:
        return
    assert proposal.territory.shape == (30,)
    assert set(proposal.territory) == set(range(territories))
    assert world.in_bounds(asked, proposal.territory)
    assert world.whole(asked.units, proposal.territory)


@given(st.permutations(range(20)), st.integers(0, 5))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_units_changes_nothing(order, seed):
    """The same units in another order get the same territories."""
    asked = world.request(world.grid(4, 5, np.arange(20) % 4 + 1), 3, 0.2)
    moved = asked.take(np.array(order))
    first = solve(asked, iterations=STEPS, seed=seed).territory
    assert (solve(moved, iterations=STEPS, seed=seed).territory == first[order]).all()


def test_the_same_seed_and_steps_give_the_same_proposal():
    """A search by steps depends on nothing but request and seed."""
    asked = world.request(world.grid(6, 6), 4, 0.15)
    one, two = (solve(asked, iterations=STEPS, seed=7).territory for _ in range(2))
    assert (one == two).all()


def halves(rows=4, columns=6):
    """Return a grid whose left third belongs to territory 0 today, the rest to territory 1."""
    units = world.grid(rows, columns)
    column = np.arange(rows * columns) % columns
    return units, np.where(column < columns // 3, 0, 1)


@given(st.sets(st.integers(0, 23), max_size=6), st.integers(0, 3))
@settings(max_examples=15, deadline=None)
def test_locked_units_never_move(locked, seed):
    """A locked unit keeps its territory; the others stay in one piece around it."""
    units, today = halves()
    stays = np.isin(np.arange(24), list(locked))
    asked = world.request(units, 2, 0.2, upheaval=Upheaval(today, locked=stays))
    try:
        proposal = solve(asked, iterations=STEPS, seed=seed)
    except InfeasibleError:
        return
    assert (proposal.territory[stays] == today[stays]).all()
    assert world.in_bounds(asked, proposal.territory)
    assert world.whole(units, proposal.territory)


def test_the_fewest_changes_are_made_where_changes_are_dear():
    """Territories of 8 and 16 units come to 11 and 13 by moving 3 units, not more."""
    units, today = halves()
    asked = world.request(units, 2, 0.1, upheaval=Upheaval(today, price=100.0))
    proposal = solve(asked, iterations=STEPS)
    assert len(proposal.changes()) == 3
    assert proposal.spread("workload") == pytest.approx(13 / 11)


def test_a_limit_of_changes_is_kept_or_refused():
    """With 3 changes allowed there is a balanced design, with 2 the refusal says that 2 are too few."""
    units, today = halves()
    asked = world.request(units, 2, 0.1, upheaval=Upheaval(today, most_changes=3))
    assert len(solve(asked, iterations=STEPS).changes()) == 3
    upheaval = Upheaval(today, most_changes=2)
    with pytest.raises(InfeasibleError):
        solve(replace(asked, upheaval=upheaval), iterations=STEPS)
    soft = solve(replace(asked, upheaval=upheaval), iterations=STEPS, soft_balance=True)
    assert len(soft.changes()) == 2


def test_reluctant_customers_move_last():
    """Of the four units at the border three have to move; the A customer isn't one of them."""
    units, today = halves()
    reluctance = np.ones(24)
    reluctance[2] = 50.0
    asked = world.request(units, 2, 0.1, upheaval=Upheaval(today, reluctance=reluctance, price=10.0))
    moved = solve(asked, iterations=STEPS).changes()
    assert len(moved) == 3
    assert "u02" not in moved["unit_id"].tolist()


def test_a_closed_territory_neither_gives_nor_takes():
    """The units of a closed territory are the same afterwards."""
    units = world.grid(3, 6)
    today = np.arange(18) % 6 // 2
    today[today == 2] = np.where(np.arange((today == 2).sum()) % 2, 1, 2)
    asked = world.request(units, 3, 0.2, upheaval=Upheaval(today, closed=frozenset({0})))
    proposal = solve(asked, iterations=STEPS)
    assert ((proposal.territory == 0) == (today == 0)).all()
    assert world.whole(units, proposal.territory)


def test_units_in_pieces_today_are_made_whole():
    """Owners who are mixed up today get territories in one piece."""
    units = world.grid(6, 6)
    today = np.random.default_rng(0).integers(0, 3, 36)
    proposal = solve(world.request(units, 3, 0.2, upheaval=Upheaval(today)), iterations=STEPS)
    assert world.whole(units, proposal.territory)


def test_a_new_rep_gets_the_wanted_part_near_home():
    """A third territory of 70 %, nobody's today, begins at its home."""
    units, today = halves(5, 6)
    homes = np.array([[np.nan, np.nan], [np.nan, np.nan], [30.4, 110.5]])
    asked = world.request(units, 3, 0.15, sizes=np.array([1, 1, 0.7]), homes=homes, upheaval=Upheaval(today))
    proposal = solve(asked, iterations=STEPS)
    assert world.in_bounds(asked, proposal.territory)
    assert proposal.territory[-1] == 2
    assert (proposal.centers()[2] == homes[2]).all()


def test_units_of_nobody_are_given_away():
    """A unit that belongs to nobody today gets a territory, and isn't a change of hands under the limit."""
    units, today = halves(3, 4)
    today[0] = NOBODY
    asked = world.request(units, 2, 0.4, upheaval=Upheaval(today, most_changes=2))
    proposal = solve(asked, iterations=STEPS)
    assert proposal.territory[0] in (0, 1)


def test_two_measures_are_balanced_at_once():
    """Territories keep the bounds of workload and of sales, each with its own tolerance."""
    units = world.grid(5, 6)
    sales = np.random.default_rng(3).integers(1, 9, 30).astype(float)
    units = replace(units, measures={**units.measures, "sales": sales})
    asked = DesignRequest(units, 3, (Balance("workload", 0.1), Balance("sales", 0.2)))
    assert world.in_bounds(asked, solve(asked, iterations=STEPS).territory)


def test_a_cancelled_search_keeps_the_best_so_far():
    """A search that is stopped returns a valid proposal."""
    asked = world.request(world.grid(5, 6), 3, 0.1)
    calls = []
    proposal = solve(asked, iterations=10**9, cancelled=lambda: bool(calls), progress=calls.append)
    assert len(calls) == 1
    assert world.in_bounds(asked, proposal.territory)


def test_seconds_or_steps_are_needed():
    """A search without a limit, or with two, is refused."""
    asked = world.request(world.grid(2, 2), 2)
    for options in ({}, {"seconds": 1.0, "iterations": 1}):
        with pytest.raises(InputError):
            solve(asked, **options)
