"""The machine code of fitting and rounding, made before somebody waits for a plan."""

from __future__ import annotations

import numpy as np

from core.targets.fitting.allocation import allocate
from core.targets.fitting.cross_table import CrossTable
from core.targets.fitting.ipf import Margin


def warm_up() -> None:
    """Load the machine code, or compile it once, by filling tables of two and of three dimensions."""
    for dimensions in (2, 3):
        seed = np.ones((2,) * dimensions)
        share = np.full(2, 2 ** (dimensions - 1), np.int64)
        allocate(CrossTable(seed, tuple(Margin((axis,), share) for axis in range(dimensions))))
