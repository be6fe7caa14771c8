"""The regions' markets as arrays: sorted once, then every rule is arithmetic on rows.

A market is one row: own sales, the named rivals as a row of a matrix, "others", and the capacity. A single
market is simply one row; there is no second implementation for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.market.arrays import SLACK, Codes, Flags, Floats

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Markets:
    """Arrays over n regions and, where two-dimensional, w rivals.

    Parameters
    ----------
    region_ids
        Shape (n,), the regions of ``capacity`` in its order, then those that only have sales, sorted.
    capacity, capacity_previous, own, own_previous
        Shape (n,), yuan; NaN where nothing is recorded.
    rivals, rivals_previous
        Shape (n, w), yuan; one named rival a cell, ordered by company_id; 0 where there is none. Net
        returns count as 0: a company below zero has nothing that could be won.
    rival_ids
        Shape (n, w), index into ``companies``.
    companies
        Company ids in order.
    others
        Shape (n,), yuan, the sum of the aggregate companies; NaN where none is recorded.
    recorded
        Shape (n,), yuan, the sum of everything recorded; NaN where nothing is.
    contestable
        Shape (n,), yuan, what all others sell and could lose: the sum of their amounts above zero.
    """

    region_ids: pd.Index
    capacity: Floats
    capacity_previous: Floats
    own: Floats
    own_previous: Floats
    rivals: Floats
    rivals_previous: Floats
    rival_ids: Codes
    companies: pd.Index
    others: Floats
    recorded: Floats
    contestable: Floats

    @cached_property
    def ranked(self) -> Floats:
        """Rivals' amounts in each row from the largest down, shape (n, w)."""
        return -np.sort(-self.rivals, axis=1)

    @cached_property
    def named(self) -> Codes:
        """Number of named rivals that sell something, shape (n,)."""
        return np.asarray(np.count_nonzero(self.rivals, axis=1), dtype=np.int64)

    def nth_rival(self, position: int) -> Floats:
        """Amount of the rival in a position (0 = the largest), 0 where there are fewer."""
        return self.ranked[:, position] if position < self.ranked.shape[1] else np.zeros(len(self.own))

    @cached_property
    def benchmark(self) -> Floats:
        """Amount of the largest named rival; NaN where there is none [B.3]."""
        largest = self.nth_rival(0)
        return np.where(largest > 0, largest, np.nan)

    @cached_property
    def benchmark_previous(self) -> Floats:
        """Amount of the largest named rival a period earlier; NaN where there was none."""
        if self.rivals_previous.shape[1] == 0:
            return np.full(len(self.own), np.nan)
        largest = self.rivals_previous.max(axis=1)
        return np.where(largest > 0, largest, np.nan)

    @cached_property
    def larger(self) -> Codes:
        """Number of rivals that sell more than we do, shape (n,); 0 where own sales are unknown."""
        # A row is filled up with zeros for companies that aren't there: when our net returns are below
        # zero they must not count as rivals that sell more.
        limit = np.maximum(self.own + SLACK * np.abs(self.own), 0.0)
        return np.asarray(np.count_nonzero(self.rivals > limit[:, None], axis=1), dtype=np.int64)

    def largest_rival(self) -> tuple[Codes, Floats, Floats]:
        """Return the benchmark rival: company index (-1 = none), amount, amount a period earlier."""
        return self._rival_at(np.zeros(len(self.own), dtype=np.int64), self.named > 0)

    def rival_above(self) -> tuple[Codes, Floats, Floats]:
        """Return the smallest rival that sells more than we do: the competition target [W:21]."""
        return self._rival_at(self.larger - 1, self.larger > 0)

    def rival_below(self) -> tuple[Codes, Floats, Floats]:
        """Return the largest rival that sells less than we do: the attack target 足下の敵 [W:21]."""
        limit = self.own - SLACK * np.abs(self.own)
        position = np.asarray(np.count_nonzero(self.rivals >= limit[:, None], axis=1), dtype=np.int64)
        return self._rival_at(position, (position < self.named) & ~np.isnan(self.own))

    def _rival_at(self, position: Codes, valid: Flags) -> tuple[Codes, Floats, Floats]:
        """Return the rival in a position of each row's ranking, of equal ones the first by company_id."""
        n, width = self.rivals.shape
        if width == 0:
            return np.full(n, -1), np.full(n, np.nan), np.full(n, np.nan)
        rows = np.arange(n)
        amount = np.where(valid, self.ranked[rows, np.where(valid, position, 0)], np.nan)
        slot = (self.rivals == amount[:, None]).argmax(axis=1)
        earlier = self.rivals_previous[rows, slot]
        return (
            np.where(valid, self.rival_ids[rows, slot], -1),
            amount,
            np.where(valid & (earlier > 0), earlier, np.nan),
        )
