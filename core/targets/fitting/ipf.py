"""Iterative proportional fitting (RAS) of tables of two or three dimensions, with bounds on the cells.

The fitted table is the one nearest to the seed in relative entropy among all that meet the margins:
every cell is its seed times one factor per margin [W:45,46]. With bounds it is the clipped product,
``clip(seed x factors, lower, upper)``, and each step solves its factors exactly under the clipping;
that is coordinate ascent on the concave dual, so it ends at the same kind of nearest table [K].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _
from core.targets.fitting.rounding import fill
from core.targets.fitting.scaling import scale_to_margins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from core.targets.arrays import Floats, Integers

# Range of an unclipped cell while fitting inside bounds.
_NUMBERS = (1e-100, 1e100)


@dataclass(frozen=True)
class Margin:
    """Sums that a table must have.

    Parameters
    ----------
    axes
        The axes the sums are kept along, ascending: ``(0,)`` for a total per row, ``(0, 2)`` for a
        total per row and layer.
    totals
        Whole units, one dimension per axis.
    """

    axes: tuple[int, ...]
    totals: Integers

    def __post_init__(self) -> None:
        if list(self.axes) != sorted(set(self.axes)) or self.totals.ndim != len(self.axes):
            raise InputError(_("A margin needs ascending axes and one dimension of totals for each."))
        if (self.totals < 0).any():
            raise InputError(_("A total is below zero: {total}.", total=int(self.totals.min())))

    def summed(self, dimensions: int) -> tuple[int, ...]:
        """Return the axes that are summed over."""
        return tuple(axis for axis in range(dimensions) if axis not in self.axes)


@dataclass(frozen=True)
class Fit:
    """A fitted table.

    Parameters
    ----------
    values
        Fitted amounts in units.
    iterations
        Sweeps over all margins that were made.
    error
        Largest difference between a margin and its sum, relative to the margin, before the last sweep.
    converged
        Whether ``error`` is within the tolerance.
    """

    values: Floats
    iterations: int
    error: float
    converged: bool


@dataclass(frozen=True)
class Precision:
    """When fitting stops.

    Parameters
    ----------
    tolerance
        Largest relative difference of a margin that counts as met.
    iterations
        Sweeps after which fitting gives up; cells that must shrink to zero are reached only slowly.
    """

    tolerance: float = 1e-11
    iterations: int = 500

    def __post_init__(self) -> None:
        if not 0 < self.tolerance < 1 or self.iterations < 1:
            raise InputError(_("The tolerance lies between 0 and 1, and at least one iteration is needed."))


STANDARD = Precision()


def fit(
    seed: ArrayLike,
    margins: Sequence[Margin],
    *,
    lower: ArrayLike | None = None,
    upper: ArrayLike | None = None,
    precision: Precision = STANDARD,
) -> Fit:
    """Fit a table to its margins.

    Parameters
    ----------
    seed
        Weights of the cells, zero or more; zero is a closed cell and stays zero. Not changed.
    margins
        The sums to meet, with equal grand totals.
    lower, upper
        Bounds of each cell in units; none by default. Closed cells are not bounded.
    precision
        When to stop.

    Returns
    -------
    Fit
        The last margin given is met exactly, the others to within the tolerance if it converged.

    Raises
    ------
    InputError
        A seed is missing or negative, a shape does not fit, or the grand totals differ.
    """
    table = np.array(seed, dtype=np.float64)
    check_margins(table, margins)
    if lower is None and upper is None:
        return _fitted_freely(table, margins, precision)
    bounds = (
        np.where(table > 0, 0.0 if lower is None else np.asarray(lower, np.float64), 0.0),
        np.where(table > 0, np.inf if upper is None else np.asarray(upper, np.float64), 0.0),
    )
    error, sweep = np.inf, 0
    while sweep < precision.iterations and error > precision.tolerance:
        error, sweep = 0.0, sweep + 1
        for margin in margins:
            error = max(error, _bounded_step(table, margin, *bounds))
    return Fit(np.clip(table, *bounds, out=table), sweep, error, error <= precision.tolerance)


def _fitted_freely(table: Floats, margins: Sequence[Margin], precision: Precision) -> Fit:
    """Fit without bounds, in place; margins along the last axis and the others take turns."""
    lead = 3 - table.ndim
    cube = table.reshape((1,) * lead + table.shape)
    last = table.ndim - 1
    rows: dict[bool, list[tuple[int, int, int, int]]] = {False: [], True: []}
    for margin, first in zip(margins, _starts(margins), strict=True):
        deep = last in margin.axes
        rows[deep].append((first, *_steps(margin, lead)[:2], int(deep == (last in margins[-1].axes))))
    lines, along = (np.array(rows[deep], np.int64).reshape(-1, 4) for deep in (False, True))
    totals = np.concatenate([margin.totals.ravel() for margin in margins]).astype(np.float64)
    sweep, error = scale_to_margins(cube, totals, lines, along, precision.iterations, precision.tolerance)
    return Fit(table, sweep, error, error <= precision.tolerance)


def _starts(margins: Sequence[Margin]) -> list[int]:
    """Return where the totals of each margin begin when they are written one after the other."""
    return [0, *np.cumsum([margin.totals.size for margin in margins])[:-1].tolist()]


def _steps(margin: Margin, lead: int) -> tuple[int, int, int]:
    """Return how far a step along each axis of the cube moves in the margin's totals."""
    steps = [0, 0, 0]
    for position, axis in enumerate(margin.axes):
        steps[axis + lead] = int(np.prod(margin.totals.shape[position + 1 :], dtype=np.int64))
    return steps[0], steps[1], steps[2]


def check_margins(table: Floats, margins: Sequence[Margin]) -> None:
    """Refuse a seed or margins that can't belong to each other.

    Raises
    ------
    InputError
        A seed is missing or negative, a shape does not fit, or the grand totals differ.
    """
    if not np.isfinite(table).all() or (table < 0).any():
        raise InputError(_("A weight is missing or below zero."))
    if not 2 <= table.ndim <= 3:
        raise InputError(
            _("A target table has two or three dimensions; this one has {count}.", count=table.ndim)
        )
    if not margins:
        raise InputError(_("A table needs at least one margin."))
    for margin in margins:
        shape = tuple(table.shape[axis] for axis in margin.axes if axis < table.ndim)
        if shape != margin.totals.shape:
            raise InputError(
                _("A margin has the shape {found}, but the table needs {needed}.",
                  found=margin.totals.shape, needed=shape)
            )  # fmt: skip
    grand = {int(margin.totals.sum()) for margin in margins}
    if len(grand) > 1:
        raise InputError(
            _("The margins have different grand totals: {totals}.",
              totals=", ".join(f"{total:,}" for total in sorted(grand))),
            _("Scale the margins to one grand total first."),
        )  # fmt: skip


def _relative(sums: Floats, totals: Integers) -> float:
    return float((np.abs(sums - totals) / np.maximum(totals, 1)).max(initial=0.0))


def _bounded_step(table: Floats, margin: Margin, lower: Floats, upper: Floats) -> float:
    """Scale the unclipped table in place so that its clipped sums meet one margin."""
    summed = margin.summed(table.ndim)
    closed = table == 0
    groups = margin.totals.size

    def grouped(values: Floats) -> Floats:
        return np.moveaxis(values, margin.axes, range(len(margin.axes))).reshape(groups, -1)

    weights = grouped(table)
    low, high = grouped(lower), grouped(upper)
    sums = np.clip(weights, low, high).sum(axis=1)
    starts = np.arange(groups + 1, dtype=np.int64) * weights.shape[1]
    totals = margin.totals.ravel().astype(np.float64)
    _values, scales, _status = fill(totals, weights.ravel(), starts, low.ravel(), high.ravel())
    # Where no bounded table exists the factors run away; the open cells stay numbers, and open.
    with np.errstate(over="ignore", under="ignore", invalid="ignore"):
        table *= np.expand_dims(scales.reshape(margin.totals.shape), summed)
    np.copyto(table, np.where(closed, 0.0, np.clip(table, *_NUMBERS)))
    return _relative(sums, margin.totals.ravel())
