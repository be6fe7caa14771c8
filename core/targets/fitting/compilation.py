"""The machine code of fitting and rounding: whether it is there, and making it before somebody waits."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from core.kernels.jit import cache_folder
from core.targets.fitting.allocation import allocate
from core.targets.fitting.cross_table import CrossTable
from core.targets.fitting.ipf import Margin
from core.targets.fitting.rounding import apportion


def is_compiled() -> bool:
    """Say whether the machine code of this version is on disk."""
    folder = cache_folder(Path(__file__).resolve().parent)
    return folder is not None and any(folder.rglob("controlled_rounding._repair_columns-*.nbc"))


def warm_up() -> None:
    """Load the machine code, or compile it once, by filling uneven tables of two and of three dimensions."""
    for dimensions in (2, 3):
        seed = np.arange(1.0, 3.0**dimensions + 1).reshape((3,) * dimensions)
        others = [tuple(other for other in range(dimensions) if other != axis) for axis in range(dimensions)]
        margins = [Margin((axis,), apportion(100, seed.sum(axis=rest))) for axis, rest in enumerate(others)]
        allocate(CrossTable(seed, tuple(margins)))
