"""The plan of the document's table: strength spent in the order of the four quadrants [S3 p100].

The strongest form of it, so that a comparison isn't won by a weak rival: attacks begin as early as they fit,
one that doesn't fit is passed over, strength is taken from the end of the order as far as it is needed, and
of all ways to draw the line between attacking and giving up the best counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.concentration.candidates import Attacks, Thinning, attacks, thinning
from core.market.concentration.choice import Choice

if TYPE_CHECKING:
    from core.market.arrays import Codes, Flags, Floats
    from core.market.concentration.regions import Regions


def choose_by_quadrant(regions: Regions, *, elsewhere: float = 0.0) -> Choice | None:
    """Return what the order of the quadrants wins with the same strength and money; None where it can't hold.

    Parameters
    ----------
    regions, elsewhere
        See :func:`core.market.concentration.choice.choose`.
    """
    offered, thin = attacks(regions), thinning(regions)
    offered = offered.where(offered.value > 0)
    free = regions.options.reps - float(regions.held.sum()) - elsewhere
    rank = quadrant_rank(regions)
    last_first = np.argsort(-rank[thin.region], kind="stable")
    best = None
    for given_up in range(len(last_first) + 1):
        found = _fill(regions, offered, thin, free, (rank, last_first[:given_up]))
        if found is not None and (best is None or found.value > best.value):
            best = found
    return best


def quadrant_rank(regions: Regions) -> Codes:
    """Return each region's place in the order of zones, inside them of their opportunity, then of ids."""
    order = np.nan_to_num(regions.number("attack_order"), nan=np.inf)
    place = np.nan_to_num(regions.number("zone_rank"), nan=np.inf)
    names = regions.table["region_id"].rank().to_numpy(np.float64)
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[np.lexsort((names, place, order))] = np.arange(len(order))
    return ranks


def _fill(
    regions: Regions, offered: Attacks, thin: Thinning, free: float, line: tuple[Codes, Codes]
) -> Choice | None:
    """Attack in order what isn't given up, then take the strength that it needs from the end."""
    rank, given_up = line
    left = np.full(regions.options.quarters, free + float(thin.freed[given_up].sum()))
    money = np.inf if regions.options.budget is None else regions.options.budget
    if (left < -1e-9).any():
        return None
    chosen: Flags = np.zeros(len(offered.region), dtype=bool)
    taken = set(thin.region[given_up].tolist())
    for row in np.lexsort((offered.start, rank[offered.region])):
        region = int(offered.region[row])
        if region in taken or (offered.load[row] > left + 1e-9).any() or offered.money[row] > money + 1e-9:
            continue
        taken.add(region)
        chosen[row] = True
        left = left - offered.load[row]
        money -= float(offered.money[row])
    won = offered.where(chosen)
    return Choice(won, thin, _parts(thin, won.load.sum(axis=0) - free, given_up))


def _parts(thin: Thinning, needed: Floats, last_first: Codes) -> Floats:
    """Thin out from the end of the order until each quarter has what it needs."""
    part = np.zeros((len(thin.region), len(needed)))
    for row in last_first:
        part[row] = np.clip(needed / thin.freed[row], 0.0, 1.0)
        needed = needed - part[row] * thin.freed[row]
    return part
