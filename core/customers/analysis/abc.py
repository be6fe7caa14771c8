"""ABC analysis of products and customers, and the twelve cells of Lanchester's customer ABC [B.5].

Lanchester's customer ABC sorts by the customer's whole demand, not by what he buys from us [W:26]: A to 70 %
of the demand, B to 95 %, C the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import _
from core.market.arrays import text_column

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

DEMAND_CUTS = (0.70, 0.95)
SALES_CUTS = (0.70, 0.90)
GRADES = ("A", "B", "C")
POSITIONS = ("a", "b", "c", "d")

# Cumulated binary fractions miss .70 in the last bits; a boundary is a boundary within this part.
_SLACK = 1e-9


@dataclass(frozen=True)
class AbcRule:
    """Where the classes end.

    Parameters
    ----------
    cuts
        Cumulated part up to which an item is A, and up to which it is B.
    inclusive
        An item that ends exactly on a cut belongs to the class before it ("up to 70 %" [W:27]); False for
        "below 70 %" [W:26].
    """

    cuts: tuple[float, float] = DEMAND_CUTS
    inclusive: bool = True

    def __post_init__(self) -> None:
        if not 0 < self.cuts[0] <= self.cuts[1] <= 1:
            raise InputError(
                _("The ABC cuts are {first} and {second}.", first=self.cuts[0], second=self.cuts[1]),
                _("Expected 0 < first ≤ second ≤ 1, for instance 0.70 and 0.95."),
            )


def abc_table(amounts: pd.Series, rule: AbcRule | None = None) -> pd.DataFrame:
    """Sort, cumulate and grade.

    Parameters
    ----------
    amounts
        Demand or sales by item, yuan; the index names the items and decides between equal amounts.
    rule
        The cuts and their boundary rule; 70/95 inclusive by default.

    Returns
    -------
    pandas.DataFrame
        On the index of ``amounts``, in its order: ``amount``, ``rank`` (1 = largest), ``cumulated`` in
        [0, 1] and ``grade``. The first item is always A; an item of nothing or below is always C; an unknown
        amount has no grade and isn't counted.
    """
    limits = rule or AbcRule()
    values = amounts.to_numpy(np.float64, na_value=np.nan)
    order = _largest_first(values, amounts.index)
    positive = np.fmax(values[order], 0.0)
    total = positive.sum()
    cumulated = np.cumsum(positive) / total if total > 0 else np.ones(len(order))
    slack = _SLACK if limits.inclusive else -_SLACK
    grade = np.searchsorted(np.array(limits.cuts), cumulated - slack, side="left")
    grade[:1] = 0
    grade[positive <= 0] = 2

    result = pd.DataFrame({"amount": values}, index=amounts.index)
    rank = np.full(len(values), np.nan)
    rank[order] = np.arange(1, len(order) + 1)
    part = np.full(len(values), np.nan)
    part[order] = cumulated
    letters = np.full(len(values), -1)
    letters[order] = grade
    result["rank"] = pd.array(rank, dtype="Int64")
    result["cumulated"] = part
    result["grade"] = text_column(letters, GRADES)
    return result


def _largest_first(values: NDArray[np.float64], names: pd.Index) -> NDArray[np.int64]:
    """Return the places of the known values from the largest on, equal ones in the order of their names."""
    if names.is_monotonic_increasing:
        order = np.argsort(-values, kind="stable")
    else:
        order = np.lexsort((names.argsort().argsort(), -values))
    return order[: np.count_nonzero(~np.isnan(values))]


def account_positions(
    own: ArrayLike, best_rival: ArrayLike, *, dominance: float = 1.7
) -> NDArray[np.object_]:
    """Return our position in each account [W:26].

    Parameters
    ----------
    own, best_rival
        Own sales and the largest rival's in the account, yuan; NaN where unknown.
    dominance
        From this multiple of the other on, one of the two dominates the account [I]; 1 makes everybody
        who is ahead dominant.

    Returns
    -------
    numpy.ndarray
        ``a`` we are first, ``b`` nobody dominates, ``c`` a rival is first, ``d`` not a customer (own sales
        are zero or below); None where either is unknown.

    Raises
    ------
    InputError
        ``dominance`` is below 1.
    """
    if not dominance >= 1:
        raise InputError(_("The dominance multiple is {value}; it must be 1 or more.", value=dominance))
    ours = np.asarray(own, dtype=np.float64)
    theirs = np.asarray(best_rival, dtype=np.float64)
    conditions = [
        ours <= 0,
        np.isnan(ours) | np.isnan(theirs),
        (ours >= dominance * theirs * (1 - _SLACK)) & (ours > theirs),
        (theirs >= dominance * ours * (1 - _SLACK)) & (theirs > ours),
    ]
    names: NDArray[np.object_] = np.array(["d", None, "a", "c", "b"], dtype=object)
    return np.take(names, np.select(conditions, range(len(conditions)), default=len(conditions)))


def twelve_cells(grade: ArrayLike, position: ArrayLike, demand: ArrayLike, own: ArrayLike) -> pd.DataFrame:
    """Cross the demand grades with the positions.

    Parameters
    ----------
    grade, position
        Grade A, B, C and position a, b, c, d of each account; accounts without either are left out.
    demand, own
        The account's whole demand and our sales there, yuan; unknown counts in no sum.

    Returns
    -------
    pandas.DataFrame
        All twelve cells in order: grade, position, accounts, demand, own, ``demand_part`` of the grade's
        demand (structural share [K]) and ``account_share`` own / demand (客内シェア).
    """
    table = pd.DataFrame({"grade": grade, "position": position, "demand": demand, "own": own})
    cells = pd.MultiIndex.from_product([GRADES, POSITIONS], names=["grade", "position"])
    grouped = table.dropna(subset=["grade", "position"]).groupby(["grade", "position"])
    result = grouped.agg(accounts=("grade", "size"), demand=("demand", "sum"), own=("own", "sum"))
    result = result.reindex(cells, fill_value=0)
    by_grade = result.groupby("grade")["demand"].transform("sum")
    result["demand_part"] = result["demand"] / by_grade.where(by_grade > 0)
    result["account_share"] = result["own"] / result["demand"].where(result["demand"] > 0)
    return result.reset_index()
