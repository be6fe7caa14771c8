"""Market structure types: who can still overtake whom [W:10].

The published conditions neither cover every market nor hold exactly in the published examples, so there is
an order of precedence, a relative tolerance, and an explicit transitional class [B.2].
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.market.arrays import Codes, Flags, Floats, divide
from core.market.symbols import share_symbols

if TYPE_CHECKING:
    from core.market.options import MarketOptions

# In the order of precedence; the position is the code.
STRUCTURES = ("monopoly", "dominant", "two_strong", "three_strong", "fragmented", "transitional")


def top_three(own: Floats, ranked_rivals: Floats) -> Floats:
    """Return the three largest named amounts, the own company among them.

    Parameters
    ----------
    own
        Shape (n,), yuan; NaN counts as nobody, the rivals' shares don't depend on it.
    ranked_rivals
        Shape (n, w), yuan, each row from the largest down.

    Returns
    -------
    Floats
        Shape (n, 3), from the largest down, 0 where there are fewer than three.
    """
    candidates = np.zeros((len(own), 4))
    candidates[:, 0] = np.fmax(own, 0.0)
    width = min(3, ranked_rivals.shape[1])
    candidates[:, 1 : 1 + width] = ranked_rivals[:, :width]
    candidates.sort(axis=1)
    return candidates[:, :0:-1]


def market_structure(top: Floats, capacity: Floats, options: MarketOptions) -> Codes:
    """Classify each market by the shares of its three largest named companies.

    Parameters
    ----------
    top
        Shape (n, 3), yuan, from the largest down; aggregates ("others") are no company.
    capacity
        Shape (n,), yuan.
    options
        Range ``structure_k`` and ``structure_tolerance``.

    Returns
    -------
    Codes
        Shape (n,), position in ``STRUCTURES``; -1 where the capacity or every company's sales are unknown.
    """
    symbols = share_symbols(practice=options.practice_symbols)
    first, second, third = (divide(top[:, i], capacity) for i in range(3))
    slack = options.structure_tolerance

    def reaches(share: Floats, limit: float) -> Flags:
        return np.asarray(share >= limit * (1 - slack))

    def in_range(leader: Floats, follower: Floats) -> Flags:
        return np.asarray(leader <= follower * options.structure_k * (1 + slack))

    second_in_range, third_in_range = in_range(first, second), in_range(second, third)
    conditions = [
        reaches(first, symbols["upper_limit"]),
        reaches(first, symbols["stable"]) & ~second_in_range,
        reaches(first + second, symbols["upper_limit"]) & second_in_range,
        reaches(first + second + third, symbols["upper_limit"])
        & (first <= (second + third) * (1 + slack))
        & second_in_range
        & third_in_range,
        (first <= symbols["lower_limit"] * (1 + slack)) & second_in_range & third_in_range,
    ]
    kind = np.select(conditions, range(len(conditions)), default=STRUCTURES.index("transitional"))
    known = ~np.isnan(first) & (top[:, 0] > 0)
    return np.where(known, kind, -1)
