"""A target table to be filled: weights, totals, locks, bounds, and what its parts are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _
from core.targets.fitting.ipf import Margin, check_margins
from core.targets.units import Unit

if TYPE_CHECKING:
    from core.targets.arrays import Booleans, Floats, Integers


@dataclass(frozen=True)
class Names:
    """What the parts of a table are called.

    Parameters
    ----------
    positions
        Names along each axis; numbers where there are none.
    unit
        Unit of the counts.
    """

    positions: tuple[tuple[str, ...], ...] = ()
    unit: Unit = field(default_factory=Unit)

    def at(self, axis: int, position: int) -> str:
        """Return the name of one position on an axis."""
        if axis < len(self.positions):
            return self.positions[axis][position]
        return str(position + 1)

    def cell(self, where: tuple[int, ...], axes: tuple[int, ...]) -> str:
        """Return the name of a cell or of a margin's entry, ``East / March``."""
        return " / ".join(self.at(axis, int(position)) for axis, position in zip(axes, where, strict=True))


@dataclass(frozen=True)
class CrossTable:
    """A target table to be filled.

    Parameters
    ----------
    seed
        Weights of the cells, such as last year's sales; zero or more. Zero is a closed cell.
    margins
        The totals to meet, in whole units.
    locked
        Cells that keep the count in ``held``; none by default.
    held
        Counts of the locked cells; the others are not read.
    lower, upper
        Whole bounds of the open cells; zero and no bound by default.
    names
        What axes, positions and units are called in messages.
    """

    seed: Floats
    margins: tuple[Margin, ...]
    locked: Booleans | None = None
    held: Integers | None = None
    lower: Integers | None = None
    upper: Integers | None = None
    names: Names = field(default_factory=Names)

    def __post_init__(self) -> None:
        check_margins(np.asarray(self.seed, dtype=np.float64), self.margins)
        for array in (self.locked, self.held, self.lower, self.upper):
            if array is not None and array.shape != self.seed.shape:
                raise InputError(_("Locks and bounds need the shape of the table."))
        if (self.locked is None) != (self.held is None):
            raise InputError(_("Locked cells need the values they keep, and the other way round."))
        if self.locked is not None and self.held is not None and (self.held[self.locked] < 0).any():
            raise InputError(_("A locked value is below zero."))
        if self.lower is not None and self.upper is not None and (self.lower > self.upper).any():
            raise InputError(_("A lower bound is above its upper bound."))
        if self.lower is not None and (self.lower[self.open_seed() <= 0] > 0).any():
            raise InputError(_("A cell that is closed or locked has a lower bound above zero."))

    def open_seed(self) -> Floats:
        """Return the weights of the open cells; locked cells have none."""
        if self.locked is None:
            return self.seed
        return np.where(self.locked, 0.0, self.seed)

    def open_margins(self) -> tuple[Margin, ...]:
        """Return what the margins leave to the open cells; below zero where locks exceed them."""
        if self.locked is None or self.held is None:
            return self.margins
        kept = np.where(self.locked, self.held, 0)
        return tuple(
            Margin(margin.axes, margin.totals - kept.sum(axis=margin.summed(kept.ndim)))
            for margin in self.margins
        )
