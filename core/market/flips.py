"""What would have to change for an answer to become another one.

Every call (state, zone, target) stands on a few inputs. Each is moved until the call flips; the smallest
move says how firm the call is and what it hangs on [I].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.arrays import SLACK, at_least, divide
from core.market.number_one import is_secured, state
from core.market.quadrant import NOISE, ZONES, share_axis, zones

if TYPE_CHECKING:
    from core.market.arrays import Codes, Floats
    from core.market.quadrant import Axes, Cuts

INPUTS = ("growth", "share")
# Falling below a line takes a little more than reaching it: one fen, or what comparisons forgive.
_FEN, _STEP = 0.01, 1e-6


def state_flip(own: Floats, rival: Floats, k: float) -> tuple[Floats, Codes]:
    """Return the smallest change of own sales that changes the No.1 state, the rival standing still.

    Returns
    -------
    tuple
        Change in yuan, below zero for a loss, NaN without a rival or own sales; and the state it leads to,
        position in ``STATES``, -1 where there is none.
    """
    lines = np.stack([rival / k, rival, k * rival])
    step = np.maximum(_FEN, 2 * SLACK * lines)
    change = np.where(at_least(own, lines), lines - step - own, lines - own)
    nearest = np.abs(np.where(np.isnan(change), np.inf, change)).argmin(axis=0)
    least = np.take_along_axis(change, nearest[None], axis=0)[0]
    return least, np.where(np.isnan(least), -1, state(own + least, rival, k))


def zone_flip(axes: Axes, cuts: Cuts) -> tuple[Floats, Codes, Codes]:
    """Return the smallest change of the market's growth or of the share that changes the zone.

    Returns
    -------
    tuple
        Change in the unit of the axis (a ratio: 0.01 is one percentage point), the axis as position in
        ``INPUTS``, the zone it leads to as position in ``ZONES``; NaN and -1 without a zone.
    """
    to_growth, to_share = cuts.growth - axes.growth, cuts.share - share_axis(axes, cuts)
    moves = np.stack([to_growth, to_share])
    # From the line on is high: falling below it takes a little more than reaching it.
    moves = np.where(moves <= NOISE, moves - _STEP, moves)
    zone = zones(axes, cuts)
    known = (zone >= 0) & np.isfinite(moves).all(axis=0)
    axis = np.where(known, np.abs(np.where(np.isnan(moves), np.inf, moves)).argmin(axis=0), -1)
    least = np.where(axis == 0, moves[0], moves[1])
    high_growth = np.isin(zone, [ZONES.index("growth_competition"), ZONES.index("unstable")])
    high_share = np.isin(zone, [ZONES.index("growth_competition"), ZONES.index("stable")])
    growth_side, share_side = high_growth ^ (axis == 0), high_share ^ (axis == 1)
    to = np.where(share_side, np.where(growth_side, 0, 1), np.where(growth_side, 2, 3))
    return np.where(known, least, np.nan), axis, np.where(known, to, -1)


def target_step(own: Floats, rival: Floats, others: Floats, k: float) -> Floats:
    """Return by how much the base target rises where the benchmark rival sells one percent more.

    Parameters
    ----------
    own
        Shape (n,), yuan, net returns as 0.
    others
        Shape (n,), yuan, what all others could lose; NaN where the rivals stand still in the base target.

    Returns
    -------
    Floats
        Shape (n,), yuan; NaN where there is no target, 0 where No.1 stays secured all the same.
    """
    now, more = (_base(own, rival * factor, others + rival * (factor - 1), k) for factor in (1.0, 1.01))
    return more - now


def _base(own: Floats, rival: Floats, others: Floats, k: float) -> Floats:
    """Return the base target: all rivals lose in proportion, or stand still where ``others`` is NaN."""
    part = divide(rival, others)
    target = np.where(np.isnan(others), k * rival, (own + others) * k * part / (1 + k * part))
    return np.where(is_secured(own, rival, k), own, target + 0 * own)
