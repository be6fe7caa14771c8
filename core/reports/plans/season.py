"""The seasonal index of every category and region in a planned year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.targets.season.seasonality import FestivalSplit, full_years, mean_ratio, shrink

if TYPE_CHECKING:
    from core.targets.arrays import Floats

EVEN = np.ones(12)


def seasons(sales: pd.DataFrame, wide: pd.DataFrame, year: int) -> pd.Series:
    """Return the seasonal index of each category, region and month number.

    The index is that of the category in the regions' parent, pulled to the category's own, which is
    pulled to that of all sales; January and February are split for the year's Spring Festival. A region
    alone has too few sales for an index of its own [I].

    Parameters
    ----------
    sales
        category, region_id, month, amount.
    wide
        Regions above each region as columns, from the top, indexed by region_id.

    Returns
    -------
    Series
        By category, region_id, number (1 to 12); twelve months of each sum to 12.
    """
    parent = wide.iloc[:, -2] if wide.shape[1] > 1 else pd.Series("", index=wide.index)
    rows = sales.assign(parent=sales["region_id"].map(parent))
    whole = _index(rows, EVEN)
    parts = {}
    for category, own in rows.groupby("category"):
        mine = _index(own, whole)
        split = _split(own)
        for name, below in own.groupby("parent"):
            index = _index(below, mine)
            parts[category, name] = index if split is None else split.index(index, year)
        parts[category, None] = mine if split is None else split.index(mine, year)
    keys = [(c, r) for c in rows["category"].unique() for r in wide.index]
    table = np.stack([parts.get((c, parent[r]), parts[c, None]) for c, r in keys])
    index = pd.MultiIndex.from_tuples(keys, names=["category", "region_id"])
    frame = pd.DataFrame(table, index=index, columns=pd.RangeIndex(1, 13, name="number"))
    return frame.stack()


def whole_index(sales: pd.DataFrame, year: int) -> Floats:
    """Return the twelve indices of all sales together in a year; even where no year is complete."""
    index, split = _index(sales, EVEN), _split(sales)
    return index if split is None else split.index(index, year)


def _monthly(sales: pd.DataFrame) -> pd.Series:
    """Return the sales by month from the first month with any; a month without any row stays missing."""
    return sales.groupby("month")["amount"].sum().sort_index()


def _index(sales: pd.DataFrame, parent: Floats) -> Floats:
    try:
        series = _monthly(sales)
        years = len(full_years(series))
        return np.maximum(shrink(mean_ratio(series), parent, years), 0.0)
    except InputError:
        return parent


def _split(sales: pd.DataFrame) -> FestivalSplit | None:
    try:
        return FestivalSplit.from_history(_monthly(sales))
    except InputError:
        return None
