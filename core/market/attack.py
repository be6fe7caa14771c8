"""One order of attack over all regions, and what else regions may be ordered by.

The document orders the zones [S3 p100]; Lanchester's practice doesn't chase a leader out of range [W:8].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.i18n import N_
from core.market.number_one import STATES

if TYPE_CHECKING:
    import pandas as pd

    from core.market.arrays import Codes, Floats

# Regions that can be attacked: those within range first, then those to be subdivided.
_IN_RANGE = ("leading_in_range", "tied", "chasing_in_range")
_BEYOND = ("out_of_range", "no_own_sales")
# The rule of the ranking, and the other views of the same regions, by name.
ATTACK_RULE = N_(
    "Regions that aren't secured: within range before out of range, then the zones in the document's order, "
    "then the larger opportunity (capacity × growth), then the smaller needed gain."
)
ATTACK_VIEWS = {
    "attack": N_("Order of attack"),
    "nearest": N_("Nearest to No.1"),
    "largest": N_("Largest gap"),
}


def attack_rank(state: Codes, zone: Codes, zone_rank: Floats) -> Floats:
    """Rank the regions to attack over all zones.

    Parameters
    ----------
    state, zone
        Shape (n,), positions in ``STATES`` and ``ZONES``, the zone -1 where unknown.
    zone_rank
        Shape (n,), rank inside the zone.

    Returns
    -------
    Floats
        Shape (n,), 1, 2, ... without gaps but for ties, which share a rank; NaN for a region that is
        secured, has no zone, or of which own or rivals' sales are unknown.
    """
    in_range = np.isin(state, [STATES.index(name) for name in _IN_RANGE])
    open_ = (in_range | np.isin(state, [STATES.index(name) for name in _BEYOND])) & (zone >= 0)
    ranks = np.full(len(zone), np.nan)
    keys = np.stack([zone_rank, zone, ~in_range])[:, open_]
    if keys.shape[1]:
        order = np.lexsort(keys)
        differs = np.r_[True, (np.diff(keys[:, order]) != 0).any(axis=0)]
        ranks[np.flatnonzero(open_)[order]] = (
            np.maximum.accumulate(np.where(differs, np.arange(len(order)), 0)) + 1.0
        )
    return ranks


def order_regions(regions: pd.DataFrame, view: str) -> pd.DataFrame:
    """Return the regions with a gap to No.1 in the order of a view, the first one first.

    Parameters
    ----------
    regions
        The market table.
    view
        A key of ``ATTACK_VIEWS``.
    """
    # The table is wide: only what the order depends on is sorted, and the rows are taken once.
    keys = regions[["attack_rank", "gap", "region_id"]].reset_index(drop=True)
    keys = keys[keys["gap"] > 0]
    if view == "attack":
        order = keys.sort_values(["attack_rank", "gap", "region_id"], na_position="last")
    else:
        order = keys.sort_values(["gap", "region_id"], ascending=[view == "nearest", True])
    return regions.iloc[order.index].reset_index(drop=True)
