"""Two- and three-way target tables: totals, weights, locks and bounds in, whole counts out.

A locked cell is taken out of the margins and the rest is fitted [domain B.7]. Where fitting does not
end, because bounds are tight or closed cells force others to zero, the nearest table that meets all
margins is found by linear programming; where none exists the collision is named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.targets.fitting.controlled_rounding import Bounds, round_cube, round_table
from core.targets.fitting.feasibility import nearest_table, refuse_collisions
from core.targets.fitting.ipf import STANDARD, Margin, Precision, fit

if TYPE_CHECKING:
    from core.targets.arrays import Floats, Integers
    from core.targets.fitting.cross_table import CrossTable


def allocate(table: CrossTable, *, precision: Precision = STANDARD) -> Integers:
    """Fill a target table.

    Parameters
    ----------
    table
        Totals, weights, locks and bounds.
    precision
        When fitting stops.

    Returns
    -------
    ndarray
        int64 counts. Every margin is exact, locked cells have not moved, bounds hold, closed cells
        are zero. In two dimensions each cell is the floor or the ceiling of its fitted value; in
        three dimensions see :mod:`core.targets.fitting.controlled_rounding`.

    Raises
    ------
    InputError
        The margins are of a kind that can't all be kept exact.
    InfeasibleError
        No table satisfies the conditions; the message names those that collide.
    """
    refuse_collisions(table)
    seed = table.open_seed()
    # The margin that rounding takes as the rows is fitted last, so it is met even if fitting ends early.
    margins = tuple(sorted(table.open_margins(), key=_order, reverse=True))
    fitted = fit(seed, margins, lower=table.lower, upper=table.upper, precision=precision)
    values = fitted.values if fitted.converged else nearest_table(table, fitted.values)
    bounds = Bounds(
        0 if table.lower is None else np.where(seed > 0, table.lower, 0),
        Bounds.upper if table.upper is None else np.where(seed > 0, table.upper, 0),
    )
    try:
        counts = _round(values, margins, bounds)
    except InfeasibleError:
        # The faces rounded first can leave the third margin no way out; another rounding may exist.
        counts = np.rint(nearest_table(table, values, whole=True)).astype(np.int64)
    if table.locked is not None and table.held is not None:
        counts += np.where(table.locked, table.held, 0)
    return counts


def _order(margin: Margin) -> tuple[int, tuple[int, ...]]:
    return -len(margin.axes), margin.axes


def _round(values: Floats, margins: tuple[Margin, ...], bounds: Bounds) -> Integers:
    """Round by the method that keeps this set of margins."""
    totals = {margin.axes: margin.totals for margin in margins}
    axes = [margin.axes for margin in sorted(margins, key=_order)]
    everything = list(range(values.ndim))
    if len(totals) == 2 and sorted(axes[0] + axes[1]) == everything:
        order = axes[0] + axes[1]
        turned = values.transpose(order)
        rows, columns = totals[axes[0]].ravel(), totals[axes[1]].ravel()
        flat = turned.reshape(rows.size, columns.size)
        counts = round_table(flat, rows, columns, bounds=bounds.turned(values.shape, order))
        return counts.reshape(turned.shape).transpose(np.argsort(order))
    if values.ndim == 3 and axes == [(0,), (1,), (2,)]:
        return round_cube(values, totals[(0,)], totals[(1,)], totals[(2,)], bounds=bounds)
    if values.ndim == 3 and len(axes) == 2 and len(axes[0]) == len(axes[1]) == 2:
        return _round_slices(values, totals, bounds)
    raise InputError(
        _("These margins can't all be kept exact: {axes}.", axes=", ".join(map(str, axes))),
        _("Give one total per axis, or totals of pairs of axes that share one axis."),
    )


def _round_slices(values: Floats, totals: dict[tuple[int, ...], Integers], bounds: Bounds) -> Integers:
    """Round a cube slice by slice: two faces that share an axis are margins of each slice along it."""
    first, second = sorted(totals)
    shared = (set(first) & set(second)).pop()
    order = [shared, *(axis for axis in range(3) if axis != shared)]
    turned, limits = values.transpose(order), bounds.turned(values.shape, order)
    rows, columns = (np.moveaxis(totals[axes], axes.index(shared), 0) for axes in (first, second))
    slices = [
        round_table(part, rows[k], columns[k], bounds=limits.sliced(turned.shape, k))
        for k, part in enumerate(turned)
    ]
    return np.stack(slices).transpose(np.argsort(order))
