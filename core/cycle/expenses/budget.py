"""Budget beside actual, and the expense ratio [S0 0-4, 0-7].

A cell is a region, a month and a kind of expense. Only cells that have both a budget and an expense are
compared: an expense that nobody planned, and a budget of which nothing is booked, are amounts of their own,
never a difference of zero or of the whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS: dict[str, str] = {
    "advertising": N_("Advertising"),
    "promotion": N_("Promotion"),
    "people": N_("People"),
}
"""The three kinds of expense of the expense ratio [S0 0-4]."""
STATES: dict[str, str] = {
    "over": N_("Over budget"),
    "within": N_("Within budget"),
    "unknown": N_("Not comparable"),
}
AMOUNTS = (
    "budget",
    "actual",
    "compared_budget",
    "compared_actual",
    "difference",
    "unbudgeted",
    "unbooked",
)


def budget_table(cells: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Set what was spent against what was planned.

    Parameters
    ----------
    cells
        One row per region, month and kind: region_id, month, kind, budget, actual; NaN not recorded. Whole
        amounts, fen for instance, keep every sum exact.
    by
        Columns whose values have a row each.

    Returns
    -------
    pandas.DataFrame
        On ``by``: budget, actual (sums of what is recorded, NaN where nothing is); compared_budget and
        compared_actual, those of the cells that have both; difference = compared_actual - compared_budget;
        unbudgeted = actual - compared_actual; unbooked = budget - compared_budget; used =
        compared_actual ÷ compared_budget; state, a key of :data:`STATES`.
    """
    both = cells["budget"].notna() & cells["actual"].notna()
    wide = cells.assign(
        compared_budget=cells["budget"].where(both),
        compared_actual=cells["actual"].where(both),
        unbudgeted=cells["actual"].where(cells["budget"].isna()),
        unbooked=cells["budget"].where(cells["actual"].isna()),
    )
    wide["difference"] = wide["compared_actual"] - wide["compared_budget"]
    table = wide.groupby(list(by), sort=True, dropna=False)[list(AMOUNTS)].sum(min_count=1)
    return table.assign(
        used=table["compared_actual"] / table["compared_budget"].where(table["compared_budget"] > 0),
        state=np.select(
            [table["difference"].isna(), table["difference"] > 0], ["unknown", "over"], default="within"
        ),
    )


def ratio_table(cells: pd.DataFrame, sales: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Set the three kinds of expense against net sales, over the months in which all four are recorded.

    A month without one of them would make the ratio too small or too large, so it counts on neither side.

    Parameters
    ----------
    cells
        As in :func:`budget_table`.
    sales
        region_id, month and sales in the unit of the cells.
    by
        ``region_id``, ``month`` or both.

    Returns
    -------
    pandas.DataFrame
        On ``by``: expense and sales of the complete months, ratio = expense ÷ sales, NaN where no month is
        complete or nothing was sold, and months, how many are complete.
    """
    kinds = cells[cells["kind"].isin(list(KINDS))].pivot_table(
        index=["region_id", "month"], columns="kind", values="actual", aggfunc="sum"
    )
    spent = kinds.reindex(columns=list(KINDS)).sum(axis=1, skipna=False).rename("expense")
    sold = sales.groupby(["region_id", "month"])["sales"].sum(min_count=1)
    complete = pd.concat([spent, sold], axis=1).dropna().reset_index(names=["region_id", "month"])
    table = complete.groupby(list(by), sort=True)[["expense", "sales"]].sum()
    months = complete.groupby(list(by), sort=True)["month"].nunique()
    return table.assign(ratio=table["expense"] / table["sales"].where(table["sales"] > 0), months=months)


def rest_of_whole(cells: pd.DataFrame, values: Sequence[str], *, whole: str, rest: str) -> pd.DataFrame:
    """Return what of everything together lies in none of the regions, as rows of a region of its own.

    Parameters
    ----------
    cells
        Rows of the regions and of everything together, whose region_id is ``whole``; whole amounts.
    values
        The amounts; the other columns beside region_id tell cells apart.
    rest
        The region_id of the rows returned.

    Returns
    -------
    pandas.DataFrame
        Rows like those of ``cells``: an amount is missing where nothing is left of it.
    """
    keys = [name for name in cells.columns if name not in {*values, "region_id"}]
    is_whole = cells["region_id"] == whole
    together = cells[is_whole].set_index(keys)[list(values)]
    listed = cells[~is_whole].groupby(keys)[list(values)].sum(min_count=1).reindex(together.index)
    left = together - listed.fillna(0.0)
    left = left.where(left != 0).dropna(how="all").reset_index()
    return left.assign(region_id=rest)[list(cells.columns)]
