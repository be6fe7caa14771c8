"""Boxes and balanced cells of the plane: loads are alike, and finer boxes lie in coarser ones."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.territories.boxes import part_into_boxes
from core.territories.power_cells import power_cells


def plane(seed: int, n: int = 300) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return places and amounts drawn at random."""
    random = np.random.default_rng(seed)
    return random.normal(0, 20, n), random.normal(0, 5, n), random.uniform(1, 3, n)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 99), st.integers(1, 40))
def test_boxes_share_the_amount(seed: int, count: int) -> None:
    """There are as many boxes as asked for, and none is off its share by more than a few units' amounts."""
    x, y, amount = plane(seed)
    whole = np.bincount(part_into_boxes(x, y, amount, count), amount)
    assert len(whole) == count
    assert np.abs(whole - amount.sum() / count).max() <= 2 * amount.max()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 99))
def test_finer_boxes_lie_in_coarser_ones(seed: int) -> None:
    """Each of 32 boxes lies in one of 8."""
    x, y, amount = plane(seed)
    coarse, fine = (part_into_boxes(x, y, amount, count) for count in (8, 32))
    pairs = {(int(small), int(large)) for small, large in zip(fine, coarse, strict=True)}
    assert len(pairs) == len(set(fine.tolist()))


def test_few_units_make_few_boxes() -> None:
    """Three units make three boxes, however many are asked for."""
    x, y, amount = plane(1, 3)
    assert sorted(part_into_boxes(x, y, amount, 10)) == [0, 1, 2]


def test_cells_balance_what_nearest_centres_do_not() -> None:
    """Cells from bad centres end within a tenth of their goals, one of which is twice the others."""
    x, y, amount = plane(7, 2000)
    goals = np.array([2.0, 1.0, 1.0, 1.0]) * amount.sum() / 5
    centres = np.column_stack([x[:4], y[:4]])
    cells = power_cells(x, y, amount, amount, goals, centres)
    assert np.bincount(cells, amount, 4) == pytest.approx(goals, rel=0.1)
