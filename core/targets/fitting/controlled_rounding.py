"""Controlled rounding: whole counts whose margins are exact, with no cell a whole unit off.

Two dimensions. If the table's own margins are whole, its fractional parts are a feasible flow in the
network rows -> columns with capacity one on every cell that is not whole; such networks have whole
solutions, so one exists [K: Bacharach 1966; Cox 1987]. It is found in two steps: each row is rounded
exactly while the columns' debts are carried to the next row, then the few units by which columns are
still off are moved along augmenting paths. Augmenting paths find every feasible flow, so the second
step always succeeds.

Three dimensions. Rounding that keeps three crossing margins within one unit need not exist [K:
Causey, Cox and Ernst 1985], so the table is rounded in two stages that are each a table of two
dimensions: first the faces, then the cells inside the faces. The margins are always exact. Cells stay
within one unit wherever that is possible given the faces.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.kernels.jit import compiled, entry
from core.targets.fitting.rounding import REMAINDER_STEP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from core.targets.arrays import Booleans, Floats, Integers

# A value this close to a whole number is that number. Ten million such cells still make less than one
# unit together, which is what the proof above needs.
NEARLY = 1e-9
# How far a cell may leave its neighbouring whole numbers when staying there is impossible: any distance.
FREELY = 2**40
# Lower bounds, upper bounds, each with its step from cell to cell, and how far a cell may move.
Limits = tuple[tuple["Integers", int], tuple["Integers", int], int]


@entry
def _round_rows(values: Floats, rows: Integers, step: float) -> tuple[Integers, Integers]:
    """Round each row to its exact total, carrying what the columns are owed from row to row."""
    counts = np.empty(values.shape, np.int64)
    owed = np.zeros(values.shape[1])
    missing = np.zeros(values.shape[0], np.int64)
    rank = np.empty(values.shape[1], np.int64)
    for i in range(values.shape[0]):
        left = rows[i]
        for j in range(values.shape[1]):
            counts[i, j] = math.floor(values[i, j] + NEARLY)
            left -= counts[i, j]
        if left <= 0:
            missing[i] = left
            for j in range(values.shape[1]):
                owed[j] += values[i, j] - counts[i, j]
            continue
        for j in range(values.shape[1]):
            remainder = values[i, j] - counts[i, j]
            owed[j] += remainder
            rank[j] = -math.floor(owed[j] / step) if remainder > NEARLY else 2**62
        order = np.argsort(rank, kind="mergesort")
        for j in order[: min(left, order.size)]:
            if rank[j] < 2**62:
                counts[i, j] += 1
                owed[j] -= 1.0
                left -= 1
        missing[i] = left
    return counts, missing


@compiled
def _search(
    values: Floats, counts: Integers, limits: Limits, column: int, reached: Booleans
) -> tuple[Integers, Floats]:
    """Return for each column not reached yet the best row to move one unit from ``column`` to it."""
    (lower, lower_step), (upper, upper_step), slack = limits
    row = np.full(values.shape[1], -1)
    gain = np.full(values.shape[1], -np.inf)
    for i in range(values.shape[0]):
        here = values[i, column]
        first = i * values.shape[1]
        lowest = max(lower[(first + column) * lower_step], math.floor(here + NEARLY) - slack)
        if here <= 0.0 or counts[i, column] <= lowest:
            continue
        for j in range(values.shape[1]):
            value = values[i, j]
            if value <= 0.0 or reached[j]:
                continue
            highest = min(upper[(first + j) * upper_step], math.ceil(value - NEARLY) + slack)
            if counts[i, j] < highest:
                better = (value - counts[i, j]) - (here - counts[i, column])
                if better > gain[j] + 1e-9:
                    gain[j] = better
                    row[j] = i
    return row, gain


@compiled
def _augment(
    values: Floats,
    counts: Integers,
    limits: Limits,
    excess: Integers,
    start: int,
) -> bool:
    """Move one unit from column ``start`` along the shortest path to a column that lacks one."""
    size = values.shape[1]
    before = np.full(size, -1)
    through = np.full(size, -1)
    reached = np.zeros(size, np.bool_)
    reached[start] = True
    queue = np.empty(size, np.int64)
    queue[0] = start
    head, tail = 0, 1
    end = -1
    while head < tail and end < 0:
        column = queue[head]
        head += 1
        row, gain = _search(values, counts, limits, column, reached)
        for j in range(size):
            if row[j] >= 0:
                reached[j] = True
                before[j] = column
                through[j] = row[j]
                queue[tail] = j
                tail += 1
                if excess[j] < 0 and (end < 0 or gain[j] > gain[end]):
                    end = j
    if end < 0:
        return False
    excess[start] -= 1
    excess[end] += 1
    while end != start:
        counts[through[end], end] += 1
        counts[through[end], before[end]] -= 1
        end = before[end]
    return True


@entry
def _repair_columns(values: Floats, counts: Integers, limits: Limits, excess: Integers) -> bool:
    """Move units inside rows until no column has too many; return whether that succeeded."""
    for j in range(values.shape[1]):
        while excess[j] > 0:
            if not _augment(values, counts, limits, excess, j):
                return False
    return True


@dataclass(frozen=True)
class Bounds:
    """Whole bounds that no cell may leave.

    Parameters
    ----------
    lower, upper
        Smallest and largest count: one for all cells, or as many as the table has, in its order.
    """

    lower: ArrayLike = 0
    upper: ArrayLike = FREELY

    def turned(self, shape: tuple[int, ...], order: Sequence[int]) -> Bounds:
        """Return the bounds of a table of a shape after its axes are put in another order."""
        return Bounds(*(
            np.transpose(np.broadcast_to(np.asarray(bound, np.int64), shape), order)
            if np.ndim(bound) else bound for bound in (self.lower, self.upper)
        ))  # fmt: skip

    def sliced(self, shape: tuple[int, ...], position: int) -> Bounds:
        """Return the bounds of one slice along the first axis of a table of a shape."""
        return Bounds(*(
            np.broadcast_to(np.asarray(bound, np.int64), shape)[position]
            if np.ndim(bound) else bound for bound in (self.lower, self.upper)
        ))  # fmt: skip


def _flat(bound: ArrayLike) -> tuple[Integers, int]:
    """Return a bound cell after cell with step 1, or one number for all cells with step 0."""
    values = np.array(bound, dtype=np.int64, order="C").ravel()
    return values, int(np.ndim(bound) > 0)


def round_table(
    values: ArrayLike, rows: ArrayLike, columns: ArrayLike, *, bounds: Bounds | None = None
) -> Integers:
    """Round a table of two dimensions so that rows and columns have exactly their whole totals.

    Parameters
    ----------
    values
        Amounts in units, zero or more; each row sums to its total to within one unit, and so do the
        columns together (rows x columns).
    rows, columns
        Whole totals with equal sums.
    bounds
        Bounds that the values keep and the counts must keep too.

    Returns
    -------
    ndarray
        int64. Zero stays zero. Each count is the floor or the ceiling of its value whenever the
        values meet their totals. The same input gives the same output.

    Raises
    ------
    InputError
        The totals do not fit the values.
    InfeasibleError
        Closed cells and bounds leave no way to meet the totals, which the values do not meet either.
    """
    table = np.ascontiguousarray(values, dtype=np.float64)
    row_totals = np.asarray(rows, dtype=np.int64)
    column_totals = np.asarray(columns, dtype=np.int64)
    if table.shape != (row_totals.size, column_totals.size) or row_totals.sum() != column_totals.sum():
        raise InputError(_("The totals of rows and columns differ, or do not fit the table."))
    if not np.isfinite(table).all() or (table < 0).any():
        raise InputError(_("A value to round is missing or below zero."))
    counts, missing = _round_rows(table, row_totals, REMAINDER_STEP)
    if missing.any():
        raise InputError(_("The values do not add up to their totals, so they can't be rounded to them."))
    limits = bounds or Bounds()
    lower, upper = _flat(limits.lower), _flat(limits.upper)
    excess = counts.sum(axis=0) - column_totals
    for slack in (0, FREELY):
        if _repair_columns(table, counts, (lower, upper, slack), excess):
            return counts
    raise InfeasibleError(
        _("The cells that are not zero leave no way to meet all totals exactly."),
        _("Release a lock, or open a cell that is closed."),
    )


def round_cube(
    values: ArrayLike, first: ArrayLike, second: ArrayLike, third: ArrayLike, *, bounds: Bounds | None = None
) -> Integers:
    """Round a table of three dimensions so that its three one-way margins are exact.

    The faces (first x second) are rounded first, then each face is spread over the third axis.

    Parameters
    ----------
    values
        Amounts in units, zero or more, with the given margins to within a fraction of a unit.
    first, second, third
        Whole totals along each axis with equal sums.
    bounds
        Bounds that the values keep and the counts must keep too.

    Returns
    -------
    ndarray
        int64. All three margins are exact, and so are the rounded faces.

    Raises
    ------
    InputError
        The totals do not fit the values.
    InfeasibleError
        Closed cells leave no way to meet the third margin given the rounded faces.
    """
    table = np.asarray(values, dtype=np.float64)
    faces = round_table(table.sum(axis=2), first, second)
    flat = (faces.size, table.shape[2])
    counts = round_table(table.reshape(flat), faces.ravel(), third, bounds=bounds)
    return counts.reshape(table.shape)
