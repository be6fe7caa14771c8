"""The seasonal index of every category and region in a planned year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.targets.season.seasonality import (
    CATEGORY_PRIOR_YEARS,
    PRIOR_YEARS,
    FestivalSplit,
    mean_ratio,
    mean_ratios,
    shrink,
)

if TYPE_CHECKING:
    from core.targets.arrays import Floats

EVEN = np.ones(12)


def seasons(sales: pd.DataFrame, whole: pd.DataFrame, wide: pd.DataFrame, year: int) -> pd.Series:
    """Return the seasonal index of each category, region and month number.

    The index of all sales comes from their own history alone. A category is pulled to it, the category in
    the regions' parent to the category, the category in the region to that: each by the years it has [I].
    January and February are split for the year's Spring Festival.

    Parameters
    ----------
    sales
        category, region_id, month, amount.
    whole
        month, amount of all categories together, as far back as they are recorded.
    wide
        Regions above each region as columns, from the top, indexed by region_id.

    Returns
    -------
    Series
        By category, region_id, number (1 to 12); twelve months of each sum to 12. Even where no calendar
        year is complete.
    """
    above = wide.iloc[:, -2] if wide.shape[1] > 1 else pd.Series("", index=wide.index)
    rows = sales.assign(parent=sales["region_id"].map(above))
    index, split = _whole(whole)
    keys = pd.MultiIndex.from_product(
        [rows["category"].unique(), wide.index], names=["category", "region_id"]
    )
    at = keys.to_frame(index=False).assign(parent=above.reindex(keys.get_level_values(1)).to_numpy())
    table = np.tile(index, (len(at), 1))
    for level in (["category"], ["category", "parent"], ["category", "region_id"]):
        table = _pulled(rows, at, level, table, prior=PRIOR_YEARS if level[1:] else CATEGORY_PRIOR_YEARS)
    frame = pd.DataFrame(table, index=keys, columns=pd.RangeIndex(1, 13, name="number"))
    for category, own in rows.groupby("category"):
        mine = _split(own, split)
        if mine is not None:
            here = frame.index.get_level_values("category") == category
            both = frame.loc[here, 1] + frame.loc[here, 2]
            january = both * mine.january(year)
            frame.loc[here, 1], frame.loc[here, 2] = january, both - january
    return frame.stack()


def whole_index(sales: pd.DataFrame, year: int) -> Floats:
    """Return the twelve indices of all sales together in a year.

    Raises
    ------
    InputError
        No calendar year is complete.
    """
    history = _monthly(sales)
    return FestivalSplit.from_history(history).index(mean_ratio(history), year)


def _whole(sales: pd.DataFrame) -> tuple[Floats, FestivalSplit | None]:
    try:
        return shrink(mean_ratio(_monthly(sales)), EVEN, 1.0, prior=0.0), _split(sales, None)
    except InputError:
        return EVEN, None


def _pulled(
    rows: pd.DataFrame, at: pd.DataFrame, level: list[str], parents: Floats, *, prior: float
) -> Floats:
    """Return the index of each group of ``at``, pulled to that of its parent, shape (len(at), 12)."""
    histories = rows.pivot_table(index=level, columns="month", values="amount", aggfunc="sum")
    if histories.empty:
        return parents
    index, years = mean_ratios(histories)
    groups = pd.MultiIndex.from_frame(at[level]) if len(level) > 1 else pd.Index(at[level[0]])
    place = histories.index.get_indexer(groups)
    return shrink(index[place], parents, np.where(place < 0, 0.0, years[place]), prior=prior)


def _monthly(sales: pd.DataFrame) -> pd.Series:
    """Return the sales by month from the first month with any; a month without any row stays missing."""
    return sales.groupby("month")["amount"].sum().sort_index()


def _split(sales: pd.DataFrame, parent: FestivalSplit | None) -> FestivalSplit | None:
    try:
        return FestivalSplit.from_history(_monthly(sales), parent)
    except InputError:
        return parent
