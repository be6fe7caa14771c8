"""What can be done with strength: attacks by their first quarter, and regions it can be taken from.

What is neither attacked nor thinned out stays as it is: today's visits, nothing won and nothing lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.market.concentration.options import WINDOW_QUARTERS
from core.market.concentration.square_rule import sales_at_ratio, thinned_ratio

if TYPE_CHECKING:
    from core.market.arrays import Codes, Flags, Floats
    from core.market.concentration.regions import Regions


@dataclass(frozen=True)
class Attacks:
    """Attacks to choose from, at most one a region; m of them.

    Parameters
    ----------
    region
        Shape (m,), position of the region.
    start
        Shape (m,), first quarter; 0 is the first of the period.
    load
        Shape (m, quarters), reps beyond today's in each quarter.
    money
        Shape (m,), yuan of advertising and promotion in a year for the sales won.
    value
        Shape (m,), yuan.
    """

    region: Codes
    start: Codes
    load: Floats
    money: Floats
    value: Floats

    def where(self, rows: Flags) -> Attacks:
        """Return some of the attacks."""
        return Attacks(
            self.region[rows], self.start[rows], self.load[rows], self.money[rows], self.value[rows]
        )


@dataclass(frozen=True)
class Thinning:
    """Regions whose visits may be cut to a part, for any part of their shops in any quarter; n of them.

    Parameters
    ----------
    region
        Shape (n,), position of the region.
    freed
        Shape (n,), reps set free in a quarter by thinning all shops.
    loss
        Shape (n,), yuan that one quarter of it costs.
    """

    region: Codes
    freed: Floats
    loss: Floats


def win_value(regions: Regions, end: Floats | float) -> Floats:
    """Return what a win at the end of a quarter (1 = the first) is worth until the window closes, yuan.

    ``gap x rate x (8 - end) / 4``; nothing is counted before the region is won.
    """
    years = (WINDOW_QUARTERS - np.asarray(end, dtype=np.float64)) / 4
    return np.asarray(regions.number("gap") * regions.rate * years * regions.factor)


def attacks(regions: Regions) -> Attacks:
    """List the attacks that can be won in the period."""
    quarters = regions.options.quarters
    able = np.flatnonzero(regions.attackable)
    length = regions.campaign_quarters[able].astype(np.int64)
    starts = quarters - length + 1
    region, length = np.repeat(able, starts), np.repeat(length, starts)
    start = np.concatenate([np.zeros(0, np.int64), *(np.arange(n) for n in starts)])
    quarter = np.arange(quarters)
    at_work = (quarter >= start[:, None]) & (quarter < (start + length)[:, None])
    money = np.nan_to_num(regions.number("spending_rate")) * regions.number("gap")
    return Attacks(
        region,
        start,
        at_work * (regions.effort[region] / length)[:, None],
        money[region],
        win_value(regions, 0)[region] * (1 - (start + length) / WINDOW_QUARTERS),
    )


def thinning(regions: Regions) -> Thinning:
    """List the regions that strength can be taken from.

    The loss is that of a single quarter, counted for the whole window. Of several quarters the sum is at
    least the true loss, because by the square rule each further quarter costs less: the plan is never
    better on paper than it would be.
    """
    able = np.flatnonzero(regions.thinnable)
    own = np.fmax(regions.number("own"), 0.0)
    left = sales_at_ratio(
        thinned_ratio(regions.number("ratio"), regions.options),
        regions.number("rival_sales"),
        regions.number("others"),
        own,
        regions.table["target_basis"].ne("proportional"),
    )
    lost = np.maximum(own - left, 0.0)
    worth = np.where(lost > 0, lost * regions.rate, 0.0) * regions.factor * WINDOW_QUARTERS / 4
    # A region that costs more than it brings isn't a gain to be had by neglecting it.
    loss = np.maximum(worth[able], 0.0)
    return Thinning(able, (1 - regions.options.thin_to) * regions.number("reps")[able], loss)
