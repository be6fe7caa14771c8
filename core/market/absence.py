"""Where no row of ours means that we sell nothing: our own books are complete, a rival's figures never are.

A region without a row of ours counts as zero only where nothing we know could lie in it unseen [I].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from core.market.arrays import Flags
    from core.periods import Period

WHOLE = "all"
# Below one yuan, what a recorded figure and its parts differ by is rounding.
_YUAN = 1.0


@dataclass(frozen=True)
class OwnBooks:
    """Our figures in and above some regions, and the market they are asked for.

    Parameters
    ----------
    rows
        region_id, market_key, month, amount (at or below the region, yuan), undivided (recorded above the
        region and explained by nothing below, yuan); rows without a region: all we sell in any region.
    market_key
        The market asked for; ``all`` for every kind together.
    categories
        The market_key of each product category; together they make up ``all``.
    """

    rows: pd.DataFrame
    market_key: str
    categories: frozenset[str]

    def absent(self, region_ids: pd.Index, period: Period) -> Flags:
        """Return in which regions no row of ours means no sales in a period, shape (regions,).

        Never where the books have no sales of the kind anywhere in the period; where we have a figure above
        the region that its parts don't explain; or where we sell here, but nobody wrote down of which kind.
        """
        month = pd.to_datetime(self.rows["month"])
        rows = self.rows[month.between(pd.Timestamp(period.start), pd.Timestamp(period.end))]
        anywhere = rows["region_id"].isna() & (rows["market_key"] == self.market_key) & (rows["amount"] > 0)
        if not anywhere.any():
            return np.zeros(len(region_ids), dtype=bool)
        placed = rows[rows["region_id"].notna()]
        kinds = sorted(set(rows["market_key"]))
        sums = placed.groupby(["region_id", "market_key"])[["amount", "undivided"]].sum(min_count=1)
        amounts, undivided = (
            sums[name].unstack().reindex(index=region_ids, columns=kinds) for name in ("amount", "undivided")
        )
        unseen = self._unseen_kinds(amounts) | self._unseen_above(undivided)
        return np.asarray(amounts[self.market_key].isna() & ~unseen, dtype=bool)

    def _unseen_above(self, undivided: pd.DataFrame) -> pd.Series:
        """Tell where a figure above the region may hold sales of the kind in it."""
        kinds = list(undivided) if self.market_key == WHOLE else [WHOLE, self.market_key]
        return (undivided.reindex(columns=kinds) >= _YUAN).any(axis=1)

    def _unseen_kinds(self, amounts: pd.DataFrame) -> pd.Series:
        """Tell where sales of another kind may hold sales of this one."""
        if self.market_key == WHOLE:
            return amounts.fillna(0.0).ne(0.0).any(axis=1)
        whole = amounts.reindex(columns=[WHOLE])[WHOLE].fillna(0.0)
        if self.market_key not in self.categories:
            return whole.ne(0.0)
        known = amounts.reindex(columns=sorted(self.categories)).sum(axis=1)
        return (whole - known).abs() >= _YUAN
