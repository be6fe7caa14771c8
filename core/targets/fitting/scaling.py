"""The inner loops of iterative proportional fitting: sums of a table under its factors, without rewriting it.

Every cell is its seed times a factor of its line (the cells that differ on the last axis only) times the
factors along the last axis. A sweep reads the seed once for all margins whose totals belong to whole lines,
and once for each margin kept along the last axis; it writes factors, not cells. The seed is rewritten at the
end, and where factors come near the end of the range of numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.kernels.jit import compiled, entry

if TYPE_CHECKING:
    from core.targets.arrays import Floats, Integers

# A product of three factors and a cell stays a number.
_LARGEST = 1e60


@entry
def scale_to_margins(
    cube: Floats, totals: Floats, lines: Integers, along: Integers, sweeps: int, tolerance: float
) -> tuple[int, float]:
    """Scale a table in place until its sums meet all margins.

    Parameters
    ----------
    cube
        The seed, three axes, zero or more; the fitted amounts afterwards.
    totals
        Totals of all margins, one after the other; units.
    lines
        One row per margin that has no totals along the last axis: the position of its first total, how far a
        step along the first and the second axis moves in its totals, and 1 if these margins are met last.
    along
        The same of the margins with totals along the last axis, which lie side by side.
    sweeps
        Sweeps after which fitting gives up.
    tolerance
        Largest relative difference of a margin that counts as met.

    Returns
    -------
    tuple of int and float
        The sweeps made, and the largest relative difference found by the last one.
    """
    rows, columns = cube.shape[0], cube.shape[1]
    held = np.ones((rows, columns))
    factors = np.ones(totals.size)
    lines_last = lines.shape[0] > 0 and lines[0, 3] == 1
    error, sweep = np.inf, 0
    while sweep < sweeps and error > tolerance:
        error, sweep = 0.0, sweep + 1
        if not lines_last:
            error = max(error, _meet_lines(cube, totals, lines, along, held, factors))
        for which in range(along.shape[0]):
            error = max(error, _meet_along(cube, totals, along, which, held, factors))
        if lines_last:
            error = max(error, _meet_lines(cube, totals, lines, along, held, factors))
        if _far(held.ravel()) or _far(factors):
            _apply(cube, along, held, factors)
    _apply(cube, along, held, factors)
    return sweep, error


@compiled
def _meet_lines(
    cube: Floats, totals: Floats, lines: Integers, along: Integers, held: Floats, factors: Floats
) -> float:
    """Meet the margins of whole lines in turn; return how far the sums were off."""
    if lines.shape[0] == 0:
        return 0.0
    rows, columns, _depth = cube.shape
    sums = _line_sums(cube, along, factors)
    error = 0.0
    for which in range(lines.shape[0]):
        first, down, right, _last = lines[which]
        ratios = np.zeros((rows - 1) * down + (columns - 1) * right + 1)
        for i in range(rows):
            for j in range(columns):
                ratios[i * down + j * right] += held[i, j] * sums[i, j]
        error = max(error, _ratios(ratios, totals[first:]))
        for i in range(rows):
            for j in range(columns):
                held[i, j] *= ratios[i * down + j * right]
    return error


@compiled
def _line_sums(cube: Floats, along: Integers, factors: Floats) -> Floats:
    """Sum every line under the factors along it; in four parts, the same ones on every machine."""
    rows, columns, depth = cube.shape
    sums = np.empty((rows, columns))
    weights = np.ones(depth)
    moving = _moving(along)
    _weigh(weights, along, -1, factors, 0, 0)
    even = depth - depth % 4
    for i in range(rows):
        for j in range(columns):
            if moving:
                _weigh(weights, along, -1, factors, i, j)
            line = cube[i, j]
            a, b, c, d = 0.0, 0.0, 0.0, 0.0
            for k in range(0, even, 4):
                a += line[k] * weights[k]
                b += line[k + 1] * weights[k + 1]
                c += line[k + 2] * weights[k + 2]
                d += line[k + 3] * weights[k + 3]
            for k in range(even, depth):
                a += line[k] * weights[k]
            sums[i, j] = (a + b) + (c + d)
    return sums


@compiled
def _meet_along(
    cube: Floats, totals: Floats, along: Integers, which: int, held: Floats, factors: Floats
) -> float:
    """Meet one margin with totals along the last axis; return how far its sums were off."""
    rows, columns, depth = cube.shape
    first, down, right, _last = along[which]
    ratios = np.zeros((rows - 1) * down + (columns - 1) * right + depth)
    if along.shape[0] == 1 and right == 0:
        for i in range(rows):
            _add_lines(cube[i], held[i], ratios[i * down : i * down + depth])
    else:
        weights = np.ones(depth)
        for i in range(rows):
            for j in range(columns):
                at = i * down + j * right
                _weigh(weights, along, which, factors, i, j)
                for k in range(depth):
                    ratios[at + k] += held[i, j] * weights[k] * cube[i, j, k]
    own = factors[first : first + ratios.size]
    ratios *= own
    error = _ratios(ratios, totals[first:])
    own *= ratios
    return error


@compiled
def _add_lines(face: Floats, held: Floats, sums: Floats) -> None:
    """Add the lines of a face under their factors to sums along them; four lines at a time."""
    columns, depth = face.shape
    even = columns - columns % 4
    for j in range(0, even, 4):
        p, q, r, s = held[j], held[j + 1], held[j + 2], held[j + 3]
        for k in range(depth):
            sums[k] += (p * face[j, k] + q * face[j + 1, k]) + (r * face[j + 2, k] + s * face[j + 3, k])
    for j in range(even, columns):
        for k in range(depth):
            sums[k] += held[j] * face[j, k]


@compiled
def _weigh(weights: Floats, along: Integers, but: int, factors: Floats, i: int, j: int) -> None:
    """Multiply the factors along one line, those of one margin left out."""
    weights[:] = 1.0
    for which in range(along.shape[0]):
        if which != but:
            at = along[which, 0] + i * along[which, 1] + j * along[which, 2]
            weights *= factors[at : at + weights.size]


@compiled
def _moving(along: Integers) -> bool:
    """Tell whether the factors along a line differ from line to line."""
    return bool((along[:, 1:3] != 0).any())


@compiled
def _ratios(sums: Floats, totals: Floats) -> float:
    """Turn sums into the factors that bring them to their totals; return how far they were off."""
    error = 0.0
    for group in range(sums.size):
        total = totals[group]
        error = max(error, abs(sums[group] - total) / max(total, 1.0))
        sums[group] = total / sums[group] if sums[group] > 0.0 else 0.0
    return error


@compiled
def _far(factors: Floats) -> bool:
    """Tell whether a factor, if it isn't zero, is near the end of the range of numbers."""
    for factor in factors:  # noqa: SIM110 - compiled loops know no generators
        if factor > _LARGEST or 0.0 < factor < 1.0 / _LARGEST:
            return True
    return False


@compiled
def _apply(cube: Floats, along: Integers, held: Floats, factors: Floats) -> None:
    """Multiply the cells by their factors, and set these to one."""
    rows, columns, depth = cube.shape
    weights = np.ones(depth)
    moving = _moving(along)
    _weigh(weights, along, -1, factors, 0, 0)
    for i in range(rows):
        for j in range(columns):
            if moving:
                _weigh(weights, along, -1, factors, i, j)
            for k in range(depth):
                cube[i, j, k] *= held[i, j] * weights[k]
    held[:] = 1.0
    factors[:] = 1.0
