"""Balanced cells of a plane: every unit goes to the centre whose squared distance less its handicap is least.

Territories cut so hold together but for gaps of the graph, and no unit is nearer to another's centre than
balance needs (power diagrams: Aurenhammer, Hoffmann & Aronov 1998). Centres move to the middle of their units
and handicaps until the loads are alike.
"""

from __future__ import annotations

import numpy as np

from core.kernels.jit import Indices, Numbers, entry

# The first rounds settle the centres, the others the loads too; so much of what a load is off corrects its
# handicap, in parts of the territory's mean squared radius.
_ROUNDS, _SETTLING, _STEP = 80, 15, 0.35


@entry
def power_cells(
    x: Numbers, y: Numbers, weight: Numbers, load: Numbers, goals: Numbers, centres: Numbers
) -> Indices:
    """Return the cell of each unit.

    Parameters
    ----------
    x, y
        Kilometres on a plane, shape (n_units,).
    weight
        What draws the centre, above 0.
    load
        What is to be alike, in parts of the whole.
    goals
        Wanted load of each cell; they sum to the load of all units.
    centres
        The first centres, shape (n_cells, 2).
    """
    n, k = len(x), len(centres)
    cx, cy = centres[:, 0].copy(), centres[:, 1].copy()
    handicap, best = np.zeros(k), np.inf
    cells, answer = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for turn in range(_ROUNDS):
        filled, mass, sx, sy, spread = np.zeros(k), np.zeros(k), np.zeros(k), np.zeros(k), np.zeros(k)
        for i in range(n):
            least, chosen = np.inf, 0
            for t in range(k):
                dx, dy = x[i] - cx[t], y[i] - cy[t]
                gap = dx * dx + dy * dy - handicap[t]
                if gap < least:
                    least, chosen = gap, t
            cells[i] = chosen
            filled[chosen] += load[i]
            mass[chosen] += weight[i]
            sx[chosen] += weight[i] * x[i]
            sy[chosen] += weight[i] * y[i]
            spread[chosen] += weight[i] * (least + handicap[chosen])
        off = np.max(np.abs(filled / goals - 1.0))
        if turn >= _SETTLING and off < best:
            best = off
            answer[:] = cells
        mean = spread.sum() / mass.sum()
        for t in range(k):
            own = mean
            if mass[t] > 0:
                cx[t], cy[t] = sx[t] / mass[t], sy[t] / mass[t]
                own = 0.5 * (mean + spread[t] / mass[t])
            if turn >= _SETTLING:
                handicap[t] += _STEP * own * min(max(1.0 - filled[t] / goals[t], -1.0), 1.0)
    return answer
