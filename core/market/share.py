"""Shares, growth, ranks and trends of all companies, at any level the caller summed up to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _
from core.market.arrays import Codes, Floats, divide, relative_change

if TYPE_CHECKING:
    from core.market.model import Markets

TRENDS = ("falling", "flat", "rising")


def own_rank(markets: Markets) -> Floats:
    """Return 1 + the number of named rivals that sell more; NaN where own sales are unknown [B.3]."""
    return np.where(np.isnan(markets.own), np.nan, 1.0 + markets.larger)


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
    return sales.assign(
        share=divide(amount, now),
        share_previous=divide(earlier, before),
        share_change=divide(amount, now) - divide(earlier, before),
        growth=relative_change(amount, earlier),
        rank=ranked.groupby(sales["region_id"], sort=False)
        .rank(ascending=False, method="min")
        .astype("Int64"),
    )


def trend(series: Floats, *, flat_below: float = 0.0) -> tuple[Floats, Codes]:
    """Fit a straight line to each row and say where it points.

    Parameters
    ----------
    series
        Shape (n, periods), for instance monthly shares; NaN where nothing is recorded.
    flat_below
        A slope of at most this size per period counts as flat, in the unit of the values.

    Returns
    -------
    tuple
        Slope per period by least squares over the recorded periods, and the position in ``TRENDS``; NaN
        and -1 where fewer than two periods are recorded.

    Raises
    ------
    InputError
        ``series`` isn't a matrix.
    """
    if series.ndim != 2:
        raise InputError(_("A trend needs one row per region and one column per period."))
    known = ~np.isnan(series)
    count = known.sum(axis=1)
    period = np.where(known, np.arange(series.shape[1], dtype=np.float64), 0.0)
    mean = divide(period.sum(axis=1), count.astype(np.float64))
    offset = np.where(known, period - mean[:, None], 0.0)
    slope = divide((offset * np.where(known, series, 0.0)).sum(axis=1), (offset**2).sum(axis=1))
    direction = np.where(slope > flat_below, 2, np.where(slope < -flat_below, 0, 1))
    return slope, np.where(np.isnan(slope), -1, direction)
