"""Share out whole units so that every total ties, and every cell stays within one unit.

One dimension: proportional shares inside bounds, then the largest remainder (Hamilton) [domain B.7].
Two and three dimensions: :mod:`core.targets.fitting.controlled_rounding`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InfeasibleError, InputError
from core.i18n import _, format_number
from core.kernels.jit import compiled, entry

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from core.targets.arrays import Booleans, Floats, Integers

# Remainders closer than this are equal, so that the same plan in yuan and in 万元 breaks ties alike.
# The step is irrational: a fraction of small whole numbers never lies on the edge between two steps.
REMAINDER_STEP = math.pi * 1e-7

_LOW, _HIGH = 1, 2


@compiled
def _misses(values: Floats, lower: Floats, upper: Floats, free: Booleans) -> tuple[float, float]:
    """Return by how much the free values fall short of their lower and exceed their upper bounds."""
    below = 0.0
    above = 0.0
    for i in range(values.size):
        if free[i]:
            below += max(0.0, lower[i] - values[i])
            above += max(0.0, values[i] - upper[i])
    return below, above


@compiled
def _fill_group(
    total: float, weights: Floats, lower: Floats, upper: Floats, values: Floats
) -> tuple[float, int]:
    """Solve one group in place; see :func:`fill`."""
    slack = 1e-9 * max(1.0, abs(total))
    if lower.sum() > total + slack:
        return 1.0, 1
    if upper.sum() < total - slack:
        return 1.0, 2
    free = weights > 0.0
    rest = total
    weight = 0.0
    scale = 1.0
    for i in range(weights.size):
        if free[i]:
            weight += weights[i]
        else:
            values[i] = lower[i]
            rest -= lower[i]
    while weight > 0.0:
        scale = rest / weight
        for i in range(weights.size):
            if free[i]:
                values[i] = scale * weights[i]
        below, above = _misses(values, lower, upper, free)
        if below == 0.0 and above == 0.0:
            return scale, 0
        weight = 0.0
        for i in range(weights.size):
            low = free[i] and below >= above and values[i] < lower[i]
            if low or (free[i] and above >= below and values[i] > upper[i]):
                values[i] = lower[i] if low else upper[i]
                free[i] = False
                rest -= values[i]
            elif free[i]:
                weight += weights[i]
    return scale, 0 if abs(rest) <= slack else 3


@entry
def fill(
    totals: Floats, weights: Floats, starts: Integers, lower: Floats, upper: Floats
) -> tuple[Floats, Floats, Integers]:
    """Solve ``sum(clip(scale * weights, lower, upper)) = total`` in each group of neighbours.

    The variable-fixing method of Bretthauer and Shetty: where the values below their lower bounds
    miss more than those above the upper bounds exceed, the solution's scale is smaller still, so
    the former are final, and the other way round. It ends after at most as many rounds as cells.

    Parameters
    ----------
    totals
        Total of each group (groups).
    weights, lower, upper
        Weight and bounds of each cell (cells), groups one after the other.
    starts
        First cell of each group, and the number of cells at the end (groups + 1).

    Returns
    -------
    values, scales, status
        Cells; the groups' factors; the groups' state: 0 solved, 1 lower bounds too high, 2 upper
        bounds too low, 3 no weight to share by.
    """
    values = np.empty(weights.size)
    scales = np.empty(totals.size)
    status = np.empty(totals.size, np.int64)
    for group in range(totals.size):
        cells = slice(starts[group], starts[group + 1])
        scales[group], status[group] = _fill_group(
            totals[group], weights[cells], lower[cells], upper[cells], values[cells]
        )
    return values, scales, status


@entry
def _largest_remainder(
    values: Floats, totals: Integers, starts: Integers, upper: Floats, step: float
) -> Integers:
    """Floor the values, then give the units left to the largest remainders, the first cell first."""
    counts = np.empty(values.size, np.int64)
    for group in range(totals.size):
        first, last = starts[group], starts[group + 1]
        left = totals[group]
        rank = np.empty(last - first, np.int64)
        for i in range(first, last):
            counts[i] = math.floor(values[i])
            left -= counts[i]
            remainder = values[i] - counts[i]
            rank[i - first] = -math.floor(remainder / step) if counts[i] < upper[i] and remainder > 0.0 else 1
        order = np.argsort(rank, kind="mergesort")
        for k in range(min(left, last - first)):
            counts[first + order[k]] += 1
    return counts


def apportion(
    totals: ArrayLike,
    weights: ArrayLike,
    *,
    groups: ArrayLike | None = None,
    lower: ArrayLike | None = None,
    upper: ArrayLike | None = None,
) -> Integers:
    """Share whole totals over cells in proportion to weights, inside bounds, to the last unit.

    Each cell is the floor or the ceiling of its exact proportional share; the units that the floors
    leave go to the largest remainders, to the first cell where remainders are equal [domain B.7].
    A cell without weight gets its lower bound.

    Parameters
    ----------
    totals
        Whole units to share out: one number, or one per group.
    weights
        Weight of each cell, zero or more (cells).
    groups
        Group of each cell, 0 ... number of totals - 1; one group by default.
    lower, upper
        Whole bounds of each cell in units; 0 and no bound by default. Equal bounds lock a cell.

    Returns
    -------
    ndarray
        int64 (cells); the sum over each group equals its total.

    Raises
    ------
    InputError
        A weight is missing or negative, or the sizes differ.
    InfeasibleError
        The bounds of a group leave no solution, or all its weights are zero.

    Examples
    --------
    >>> apportion(100, [1, 1, 1]).tolist()
    [34, 33, 33]
    """
    share = np.asarray(weights, dtype=np.float64).ravel()
    total = np.atleast_1d(np.asarray(totals, dtype=np.int64))
    if not np.isfinite(share).all() or (share < 0).any():
        raise InputError(_("A weight is missing or below zero."))
    low = _bound(lower, 0.0, share.size)
    high = _bound(upper, np.inf, share.size)
    group = np.zeros(share.size, np.int64) if groups is None else np.asarray(groups, dtype=np.int64).ravel()
    if group.size != share.size or (share.size and (group.min() < 0 or group.max() >= total.size)):
        raise InputError(_("Every cell needs one weight and one group."))
    order = np.argsort(group, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(group, minlength=total.size))]).astype(np.int64)
    values, _scales, status = fill(total.astype(np.float64), share[order], starts, low[order], high[order])
    _refuse(status, total, starts, low[order], high[order])
    counts = np.empty(share.size, np.int64)
    counts[order] = _largest_remainder(values, total, starts, high[order], REMAINDER_STEP)
    return counts


def _bound(values: ArrayLike | None, default: float, size: int) -> Floats:
    if values is None:
        return np.full(size, default)
    return np.broadcast_to(np.asarray(values, dtype=np.float64).ravel(), size)


def _refuse(status: Integers, totals: Integers, starts: Integers, lower: Floats, upper: Floats) -> None:
    if not status.any():
        return
    group = int(np.argmax(status > 0))
    cells = slice(starts[group], starts[group + 1])
    total = int(totals[group])
    if status[group] == _LOW:
        excess = float(lower[cells].sum()) - total
        raise InfeasibleError(
            _("The locks and lower bounds exceed the total {total} by {excess} units.",
              total=format_number(total), excess=format_number(excess)),
            _("Release a lock, lower a bound, or raise the total."),
        )  # fmt: skip
    if status[group] == _HIGH:
        short = total - float(upper[cells].sum())
        raise InfeasibleError(
            _("The locks and upper bounds leave {short} of the total {total} without a place.",
              total=format_number(total), short=format_number(short)),
            _("Release a lock, raise a bound, or lower the total."),
        )  # fmt: skip
    raise InfeasibleError(
        _(
            "Nothing tells how to share out {total}: all open cells have the weight zero.",
            total=format_number(total),
        ),
        _("Add the even weight, or give at least one open cell a weight."),
    )  # fmt: skip
