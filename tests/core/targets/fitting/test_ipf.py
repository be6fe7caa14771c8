"""Iterative proportional fitting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from core.errors import InputError
from core.targets.fitting.ipf import Margin, fit

SEED = np.array([[120, 80, 50], [60, 90, 30], [40, 30, 60]])
ROWS, COLUMNS = np.array([300, 200, 150]), np.array([260, 230, 160])


def margins() -> list[Margin]:
    """Return the margins of the worked example."""
    return [Margin((0,), ROWS), Margin((1,), COLUMNS)]


def test_worked_example() -> None:
    """The 3 x 3 example of the handbook comes out to the second decimal."""
    result = fit(SEED, margins())
    expected = [[145.55, 95.58, 58.87], [67.50, 99.74, 32.76], [46.95, 34.69, 68.37]]
    assert result.converged
    np.testing.assert_allclose(result.values, expected, atol=0.0051)


def test_even_seed_gives_the_product_of_the_margins() -> None:
    """Without a seed's pattern, three one-way margins give their product."""
    totals = [np.array([60, 40]), np.array([50, 30, 20]), np.array([90, 10])]
    result = fit(np.ones((2, 3, 2)), [Margin((axis,), total) for axis, total in enumerate(totals)])
    expected = np.einsum("i,j,k->ijk", *totals) / 100**2
    np.testing.assert_allclose(result.values, expected)


def test_two_way_margins_are_met() -> None:
    """Totals of pairs of axes are margins too."""
    random = np.random.default_rng(3)
    table = random.integers(1, 50, (3, 4, 5))
    faces = {(0, 1): 2, (0, 2): 1, (1, 2): 0}
    wanted = [Margin(axes, table.sum(axis=other)) for axes, other in faces.items()]
    result = fit(random.random((3, 4, 5)) + 0.1, wanted)
    assert result.converged
    for margin in wanted:
        np.testing.assert_allclose(result.values.sum(axis=margin.summed(3)), margin.totals, rtol=1e-9)


def test_closed_cells_stay_closed_and_the_seed_is_not_changed() -> None:
    """A structural zero stays zero, and fitting works on a copy."""
    seed = np.array([[0.0, 2.0], [3.0, 4.0]])
    result = fit(seed, [Margin((0,), np.array([3, 7])), Margin((1,), np.array([4, 6]))])
    assert result.values[0, 0] == 0
    assert seed.tolist() == [[0, 2], [3, 4]]


def test_bounded_fit_is_the_nearest_table() -> None:
    """With bounds, a general solver finds no table nearer to the seed in relative entropy."""
    upper = np.full((3, 3), 125.0)
    lower = np.full((3, 3), 40.0)
    result = fit(SEED, margins(), lower=lower, upper=upper)
    assert result.converged

    def entropy(x: np.ndarray) -> float:
        return float((x * (np.log(x / SEED.ravel()) - 1)).sum())

    totals = [
        {"type": "eq", "fun": lambda x, i=i: x.reshape(3, 3).sum(axis=1)[i] - ROWS[i]} for i in range(3)
    ] + [{"type": "eq", "fun": lambda x, j=j: x.reshape(3, 3).sum(axis=0)[j] - COLUMNS[j]} for j in range(2)]
    solved = minimize(
        entropy,
        np.clip(result.values.ravel() * 1.02, 40, 125),
        constraints=totals,
        bounds=[(40, 125)] * 9,
        options={"maxiter": 500, "ftol": 1e-12},
    )
    np.testing.assert_allclose(result.values.ravel(), solved.x, atol=0.01)


@given(st.integers(0, 10**6))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_bounds_hold_and_margins_are_met(number: int) -> None:
    """Where a strictly bounded table exists, fitting reaches the margins inside the bounds."""
    random = np.random.default_rng(number)
    shape = tuple(random.integers(2, 6, 2))
    inside = random.integers(2, 20, shape)
    lower, upper = inside - 1, inside + random.integers(1, 5, shape)
    wanted = [Margin((0,), inside.sum(axis=1)), Margin((1,), inside.sum(axis=0))]
    result = fit(random.random(shape) + 0.1, wanted, lower=lower, upper=upper)
    assert result.converged
    assert (result.values >= lower - 1e-9).all()
    assert (result.values <= upper + 1e-9).all()
    np.testing.assert_allclose(result.values.sum(axis=0), inside.sum(axis=0), rtol=1e-9)
    np.testing.assert_allclose(result.values.sum(axis=1), inside.sum(axis=1), rtol=1e-9)


@pytest.mark.parametrize(
    ("seed", "wanted", "message"),
    [
        (SEED, [Margin((0,), ROWS), Margin((1,), COLUMNS + 1)], "different grand totals: 650, 653"),
        (SEED, [Margin((0,), ROWS[:2])], "shape"),
        (-SEED, [Margin((0,), ROWS)], "below zero"),
        (SEED, [], "at least one margin"),
    ],
)
def test_inputs_that_do_not_belong_together_are_refused(
    seed: np.ndarray, wanted: list[Margin], message: str
) -> None:
    """Seeds and margins are checked before anything is computed."""
    with pytest.raises(InputError, match=message):
        fit(seed, wanted)
