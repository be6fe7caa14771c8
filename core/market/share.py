"""Shares, growth, ranks and trends of all companies, at any level the caller summed up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.market.arrays import Floats, divide, relative_change

if TYPE_CHECKING:
    from core.market.model import Markets


def own_rank(markets: Markets) -> Floats:
    """Return 1 + the number of named rivals that sell more [B.3].

    NaN where own sales are unknown, or where neither we nor a named rival sell anything: that is no rank.
    """
    nobody = (markets.own <= 0) & (markets.named == 0)
    return np.where(np.isnan(markets.own) | nobody, np.nan, 1.0 + markets.larger)


def company_table(sales: pd.DataFrame, capacity: pd.DataFrame) -> pd.DataFrame:
    """Return share, growth and rank of every company in every region.

    Parameters
    ----------
    sales
        region_id, company_id, is_aggregate, amount, amount_previous (yuan, NaN = nothing recorded).
    capacity
        region_id, capacity, capacity_previous (yuan, NaN = unknown).

    Returns
    -------
    pandas.DataFrame
        ``sales`` with share, share_previous, share_change, growth and rank added, in its order. Aggregates
        have a share and no rank; equal amounts share the better rank.
    """
    rows = pd.Index(capacity["region_id"]).get_indexer(sales["region_id"])
    now, before = (
        np.where(rows >= 0, capacity[name].to_numpy(np.float64, na_value=np.nan)[rows], np.nan)
        if len(capacity)
        else np.full(len(sales), np.nan)
        for name in ("capacity", "capacity_previous")
    )
    amount = sales["amount"].to_numpy(np.float64, na_value=np.nan)
    earlier = sales["amount_previous"].to_numpy(np.float64, na_value=np.nan)
    named = ~sales["is_aggregate"].fillna(value=False).to_numpy(bool)
    ranked = pd.Series(np.where(named, amount, np.nan), index=sales.index)
    largest = ranked.groupby(sales["region_id"], sort=False, observed=True).transform("max")
    ranked = ranked.where(largest > 0)
    return sales.assign(
        share=divide(amount, now),
        share_previous=divide(earlier, before),
        share_change=divide(amount, now) - divide(earlier, before),
        growth=relative_change(amount, earlier),
        rank=ranked.groupby(sales["region_id"], sort=False)
        .rank(ascending=False, method="min")
        .astype("Int64"),
    )
