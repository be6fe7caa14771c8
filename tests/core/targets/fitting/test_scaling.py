"""The inner loops of fitting, against fitting written as it is defined."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.targets.fitting.ipf import Margin, Precision, fit

AXES = [axes for count in (1, 2) for axes in itertools.combinations(range(3), count)]


def plainly(seed: np.ndarray, margins: list[Margin], sweeps: int) -> np.ndarray:
    """Scale the cells to one margin after the other, as fitting is defined."""
    table = seed.astype(float).copy()
    for margin in [m for _sweep in range(sweeps) for m in margins]:
        summed = margin.summed(table.ndim)
        sums = table.sum(axis=summed)
        factors = np.divide(margin.totals, sums, out=np.zeros(sums.shape), where=sums > 0)
        table *= np.expand_dims(factors, summed)
    return table


@given(st.integers(0, 10**6), st.lists(st.sampled_from(AXES), min_size=1, max_size=3, unique=True))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_margins_give_the_table_of_the_definition(number: int, axes: list[tuple[int, ...]]) -> None:
    """One to three margins of one or two axes, with closed cells and empty totals, give the defined table."""
    random = np.random.default_rng(number)
    shape = tuple(random.integers(1, 7, 3))
    pattern = random.random(shape) > 0.15
    met = np.where(pattern, random.integers(0, 50, shape), 0)
    seed = np.where(pattern, random.random(shape) + 0.05, 0.0)
    margins = [Margin(kept, met.sum(axis=tuple(set(range(3)) - set(kept)))) for kept in axes]
    result = fit(seed, margins, precision=Precision(iterations=200))
    if result.converged:
        expected = plainly(seed, margins, 400)
        np.testing.assert_allclose(result.values, expected, rtol=1e-6, atol=1e-5)
    last = margins[-1]
    np.testing.assert_allclose(result.values.sum(axis=last.summed(3)), last.totals, rtol=1e-9, atol=1e-9)


def test_two_dimensions_are_fitted_alike() -> None:
    """A table of two dimensions is fitted by the same loops, whichever margin comes last."""
    random = np.random.default_rng(7)
    seed, met = random.random((9, 5)), random.integers(1, 90, (9, 5))
    margins = [Margin((0,), met.sum(axis=1)), Margin((1,), met.sum(axis=0))]
    expected = plainly(seed, margins, 300)
    for order in (margins, margins[::-1]):
        np.testing.assert_allclose(fit(seed, order).values, expected, rtol=1e-9)


def test_weights_of_any_size_are_fitted() -> None:
    """Factors that would leave the range of numbers are taken into the cells in time."""
    seed = np.array([[3e-150, 1e-150], [2e150, 4e150], [1.0, 5.0]])
    margins = [Margin((0,), np.array([40, 50, 10])), Margin((1,), np.array([45, 55]))]
    result = fit(seed, margins)
    assert result.converged
    plain = fit(np.array([[3.0, 1.0], [2.0, 4.0], [1.0, 5.0]]), margins)
    np.testing.assert_allclose(result.values, plain.values, rtol=1e-9)


def test_fitting_that_cannot_end_stays_a_table_of_numbers() -> None:
    """Where closed cells leave no table, the factors run away, but every cell stays a finite number."""
    seed = np.array([[1.0, 0.0], [1.0, 1.0]])
    margins = [Margin((0,), np.array([60, 40])), Margin((1,), np.array([30, 70]))]
    result = fit(seed, margins, precision=Precision(iterations=20_000))
    assert not result.converged
    assert np.isfinite(result.values).all()
    assert result.values[0, 1] == 0
