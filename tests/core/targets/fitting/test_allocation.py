"""Target tables with locks, bounds and closed cells, and why some can't be filled."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InfeasibleError, InputError
from core.targets.fitting.allocation import allocate
from core.targets.fitting.cross_table import CrossTable, Names
from core.targets.fitting.ipf import Margin, Precision
from core.targets.units import Unit

SEED = np.array([[120.0, 80, 50], [60, 90, 30], [40, 30, 60]])
MARGINS = (Margin((0,), np.array([300, 200, 150])), Margin((1,), np.array([260, 230, 160])))
NAMES = Names((("East", "West", "South"), ("Jan", "Feb", "Mar")), Unit(Decimal(1000)))

KINDS = {
    2: [((0,), (1,))],
    3: [((0,), (1,), (2,)), ((0, 1), (2,)), ((0, 2), (1,)),
        ((0, 1), (0, 2)), ((0, 1), (1, 2)), ((0, 2), (1, 2))],
}  # fmt: skip


def random_table(number: int) -> tuple[CrossTable, np.ndarray]:
    """Return a table that can be filled, with locks, bounds and closed cells, and one filling."""
    random = np.random.default_rng(number)
    shape = tuple(random.integers(2, 5, random.integers(2, 4)))
    filling = random.integers(0, 10, shape) * (random.random(shape) < 0.8)
    kinds = KINDS[len(shape)]
    kept = kinds[random.integers(len(kinds))]
    margins = tuple(
        Margin(axes, filling.sum(axis=tuple(a for a in range(len(shape)) if a not in axes))) for axes in kept
    )
    seed = np.where(filling > 0, random.random(shape) + 0.01, 0.0)
    locked = random.random(shape) < 0.2
    lower = np.where(locked | (seed == 0), 0, np.maximum(filling - random.integers(0, 5, shape), 0))
    upper = filling + random.integers(0, 5, shape)
    return CrossTable(seed, margins, locked=locked, held=filling, lower=lower, upper=upper), filling


@given(st.integers(0, 10**6))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_margins_tie_locks_stay_and_bounds_hold(number: int) -> None:
    """In two and three dimensions, with one-way and two-way margins, and bounds that bind tightly."""
    table, filling = random_table(number)
    counts = allocate(table)
    for margin in table.margins:
        assert (counts.sum(axis=margin.summed(counts.ndim)) == margin.totals).all()
    assert (counts[table.locked] == filling[table.locked]).all()
    free = ~table.locked
    assert (counts[free] >= table.lower[free]).all()
    assert (counts[free] <= table.upper[free]).all()
    assert (counts[free & (table.seed == 0)] == 0).all()
    assert (counts == allocate(table)).all()


@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_yuan_or_ten_thousand_yuan_changes_nothing(number: int) -> None:
    """The same plan in yuan and in 万元 has the same counts."""
    random = np.random.default_rng(number)
    seed = random.integers(0, 10**6, (4, 5)).astype(float)
    yuan = Unit(Decimal(100))
    wan = Unit(Decimal("0.01"))
    rows = random.integers(1, 5000, 4) * 100
    share = random.multinomial(rows.sum() // 100, np.full(5, 0.2)) * 100
    seed[:, 0] += 1
    seed[0] += 1
    plans = [
        CrossTable(
            seed / scale,
            (Margin((0,), unit.counts(rows / scale)), Margin((1,), unit.counts(share / scale))),
        )
        for unit, scale in ((yuan, 1), (wan, 10_000))
    ]
    first, second = (allocate(plan) for plan in plans)
    assert (first == second).all()


def test_locks_that_exceed_a_total_are_named() -> None:
    """The planner reads which locks exceed which total by how much."""
    locked = np.zeros((3, 3), dtype=bool)
    locked[0] = True
    held = np.zeros((3, 3), dtype=np.int64)
    held[0] = [200, 150, 70]
    with pytest.raises(InfeasibleError) as caught:
        allocate(CrossTable(SEED, MARGINS, locked=locked, held=held, names=NAMES))
    assert "The 3 locks in East (Jan 200,000 yuan; Feb 150,000 yuan; Mar 70,000 yuan)" in str(caught.value)
    assert "exceed its total of 300,000 yuan by 120,000 yuan" in str(caught.value)


def test_a_total_without_room_is_named() -> None:
    """Upper bounds that are too tight for one total are refused with the part that has no place."""
    upper = np.full((3, 3), 500)
    upper[1] = 60
    with pytest.raises(InfeasibleError, match="In West, 20,000 yuan of the total 200,000 yuan has no place"):
        allocate(CrossTable(SEED, MARGINS, upper=upper, names=NAMES))


def test_a_collision_between_totals_is_named() -> None:
    """March can only be sold in the South, and the South's total is smaller than March's."""
    seed = SEED.copy()
    seed[:2, 2] = 0
    with pytest.raises(InfeasibleError, match=r"Mar need 160,000 yuan.*South.*10,000 yuan has no place"):
        allocate(CrossTable(seed, MARGINS, names=NAMES))


def test_the_gap_between_totals_is_the_one_brute_force_finds() -> None:
    """Over all sets of rows and columns, the named gap is the largest by which they need too much."""
    seed = np.array([[1.0, 1, 0, 0], [1, 1, 0, 0], [1, 1, 1, 1], [1, 1, 1, 1]])
    rows, columns = np.array([35, 30, 20, 15]), np.array([25, 25, 25, 25])
    gap = max(
        rows[list(r)].sum() - columns[sorted({j for i in r for j in np.flatnonzero(seed[i])})].sum()
        for picks in product([0, 1], repeat=4)
        if (r := [i for i in range(4) if picks[i]])
    )
    assert gap == 15
    with pytest.raises(InfeasibleError, match=f"{gap} yuan has no place"):
        allocate(CrossTable(seed, (Margin((0,), rows), Margin((1,), columns))))


def brute_force_feasible(table: CrossTable) -> bool:
    """Try all fillings of a 2 x 3 table cell by cell."""
    seed = table.open_seed()
    choices = []
    for where in np.ndindex(seed.shape):
        if table.locked[where]:
            choices.append([table.held[where]])
        elif seed[where] == 0:
            choices.append([0])
        else:
            choices.append(range(table.lower[where], table.upper[where] + 1))
    return any(
        all((np.reshape(c, seed.shape).sum(axis=m.summed(2)) == m.totals).all() for m in table.margins)
        for c in product(*choices)
    )


def test_a_table_is_refused_exactly_when_no_filling_exists() -> None:
    """Brute force over all fillings of small tables agrees with fill-or-refuse."""
    random = np.random.default_rng(11)
    outcomes = []
    for _ in range(120):
        rows = random.integers(2, 7, 2)
        columns = random.multinomial(rows.sum(), [1 / 3] * 3)
        locked = random.random((2, 3)) < 0.1
        seed = np.where(random.random((2, 3)) < 0.85, 1.0, 0.0)
        lower = np.where(
            (seed > 0) & ~locked, random.integers(0, 2, (2, 3)) * random.integers(0, 2, (2, 3)), 0
        )
        table = CrossTable(
            seed,
            (Margin((0,), rows), Margin((1,), columns)),
            locked=locked,
            held=random.integers(0, 3, (2, 3)),
            lower=lower,
            upper=lower + random.integers(1, 6, (2, 3)),
        )
        try:
            allocate(table)
            filled = True
        except InfeasibleError:
            filled = False
        assert filled == brute_force_feasible(table)
        outcomes.append(filled)
    assert 20 < sum(outcomes) < 100


def test_fitting_that_ends_early_is_finished_exactly() -> None:
    """Where closed cells force another to zero, fitting only creeps there; the totals tie anyway."""
    seed = np.array([[1.0, 1.0], [0.0, 1.0]])
    margins = (Margin((0,), np.array([50, 50])), Margin((1,), np.array([50, 50])))
    counts = allocate(CrossTable(seed, margins), precision=Precision(iterations=5))
    assert counts.tolist() == [[50, 0], [0, 50]]


def test_margins_that_cannot_all_be_kept_are_refused() -> None:
    """Three two-way margins may have no whole table between them, so they are not accepted."""
    table = np.ones((2, 2, 2))
    pairs = tuple(Margin(axes, np.full((2, 2), 2)) for axes in ((0, 1), (0, 2), (1, 2)))
    with pytest.raises(InputError, match="can't all be kept exact"):
        allocate(CrossTable(table, pairs))


def test_a_cube_is_filled_where_its_faces_were_rounded_badly() -> None:
    """Table 28 has no third margin left after its faces are rounded first; another rounding is found."""
    table, _filling = random_table(28)
    counts = allocate(table)
    assert all((counts.sum(axis=m.summed(3)) == m.totals).all() for m in table.margins)
    assert (counts[~table.locked] <= table.upper[~table.locked]).all()


def test_a_table_too_large_for_linear_programming_ties_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where fitting ends early and the table is large, the rounding moves what is still off."""
    monkeypatch.setattr("core.targets.fitting.feasibility.LARGEST_PROGRAM", 0)
    random = np.random.default_rng(2)
    filling = random.integers(0, 50, (30, 20))
    seed = np.where(filling > 0, random.random((30, 20)) ** 6, 0)
    margins = (Margin((0,), filling.sum(axis=1)), Margin((1,), filling.sum(axis=0)))
    counts = allocate(CrossTable(seed, margins), precision=Precision(iterations=2))
    assert all((counts.sum(axis=m.summed(2)) == m.totals).all() for m in margins)
    assert (counts[seed == 0] == 0).all()
