"""Controlled rounding in two and three dimensions."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.targets.fitting.controlled_rounding import Bounds, round_cube, round_table
from core.targets.fitting.ipf import Margin, fit


def fitted(seed: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return a real table whose one-way margins are those of ``counts``, and the margins."""
    totals = [
        counts.sum(axis=tuple(a for a in range(counts.ndim) if a != axis)) for axis in range(counts.ndim)
    ]
    open_seed = np.where(counts > 0, seed + 1, seed)
    result = fit(open_seed, [Margin((axis,), total) for axis, total in enumerate(totals)])
    return result.values, totals


def arrays(*limits: int) -> st.SearchStrategy[tuple[np.ndarray, np.ndarray]]:
    """Draw a random seed with closed cells and whole counts of the same small shape."""

    def draw(shape: tuple[int, ...], number: int) -> tuple[np.ndarray, np.ndarray]:
        random = np.random.default_rng(number)
        counts = random.integers(0, 4, shape) * (random.random(shape) < 0.6)
        seed = random.integers(1, 9, shape) * (random.random(shape) < 0.5)
        return seed.astype(float), counts

    return st.builds(draw, st.tuples(*(st.integers(1, n) for n in limits)), st.integers(0, 10**6))


@given(arrays(7, 7))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_rows_and_columns_tie_and_no_cell_moves_a_unit(tables: tuple[np.ndarray, np.ndarray]) -> None:
    """With closed cells and sparse tables too: margins exact, each cell its floor or ceiling."""
    values, (rows, columns) = fitted(*tables)
    counts = round_table(values, rows, columns)
    assert (counts.sum(axis=1) == rows).all()
    assert (counts.sum(axis=0) == columns).all()
    assert np.abs(counts - values).max() < 1
    assert (counts[values == 0] == 0).all()
    assert (counts == round_table(values, rows, columns)).all()


def test_a_table_with_one_solution_is_found() -> None:
    """Brute force over all floors and ceilings finds what the rounding finds, or nothing at all."""
    random = np.random.default_rng(7)
    for _ in range(40):
        values = random.integers(0, 5, (3, 3)) / 2
        rows, columns = values.sum(axis=1), values.sum(axis=0)
        if (rows % 1).any() or (columns % 1).any():
            continue
        options = [sorted({int(np.floor(v)), int(np.ceil(v))}) for v in values.ravel()]
        solutions = {
            choice
            for choice in product(*options)
            if (np.reshape(choice, (3, 3)).sum(axis=1) == rows).all()
            and (np.reshape(choice, (3, 3)).sum(axis=0) == columns).all()
        }
        counts = round_table(values, rows.astype(int), columns.astype(int))
        assert tuple(counts.ravel().tolist()) in solutions


@given(arrays(4, 4, 4))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_three_margins_of_a_cube_tie(tables: tuple[np.ndarray, np.ndarray]) -> None:
    """All three one-way margins are exact, and closed cells stay closed."""
    values, totals = fitted(tables[0] + 1, tables[1])
    counts = round_cube(values, *totals)
    for axis, total in enumerate(totals):
        assert (counts.sum(axis=tuple(a for a in range(3) if a != axis)) == total).all()
    assert np.abs(counts - values).max() < 1


def test_bounds_hold_where_cells_must_move_further() -> None:
    """Values that miss their columns are still rounded to them, inside the bounds."""
    values = np.array([[2.0, 2.0], [2.0, 2.0]])
    counts = round_table(values, [4, 4], [6, 2], bounds=Bounds(lower=0, upper=3))
    assert counts.tolist() == [[3, 1], [3, 1]]


def test_values_that_do_not_fit_their_rows_are_refused() -> None:
    """Rounding never hides a plan that does not add up."""
    with pytest.raises(InputError, match="do not add up"):
        round_table([[1.0, 1.0]], [5], [2, 3])
    with pytest.raises(InputError, match="differ"):
        round_table([[1.0, 1.0]], [2], [2, 3])
