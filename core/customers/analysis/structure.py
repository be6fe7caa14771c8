"""How well the demand is held: coverage, structural and in-account share by grade; the long tail [B.5]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.customers.analysis.abc import GRADES, POSITIONS, AbcRule, abc_table
from core.i18n import N_

if TYPE_CHECKING:
    import pandas as pd

HEAD_PART = 0.80
TOTAL = "total"
POSITION_LABELS: dict[str, str] = {
    "a": N_("We are first"),
    "b": N_("Nobody dominates"),
    "c": N_("A rival is first"),
    "d": N_("Not our customer"),
}


@dataclass(frozen=True)
class LongTail:
    """Head and tail of the customers [S4 4-12].

    Parameters
    ----------
    part
        What the head makes at most, in (0, 1].
    head, tail
        Number of customers in either.
    share
        Part of the sales that comes from the tail; NaN without sales.
    """

    part: float
    head: int
    tail: int
    share: float


def account_structure(cells: pd.DataFrame) -> pd.DataFrame:
    """Sum the twelve cells up by grade, and all together.

    Parameters
    ----------
    cells
        Of :func:`core.customers.analysis.abc.twelve_cells`.

    Returns
    -------
    pandas.DataFrame
        Index A, B, C and ``total``: accounts; a, b, c, d (accounts by position); handled (a, b or c);
        ``coverage`` handled / accounts (カバー率); demand; own; ``structural_share`` demand of the a-accounts
        / demand [K]; ``account_share`` own / demand (客内シェア). Ratios are NaN where nothing stands below.
    """
    counts = cells.pivot_table(index="grade", columns="position", values="accounts", aggfunc="sum")
    counts = counts.reindex(index=list(GRADES), columns=list(POSITIONS), fill_value=0).astype("int64")
    sums = cells.groupby("grade")[["demand", "own"]].sum().reindex(list(GRADES), fill_value=0.0)
    first = cells[cells["position"] == "a"].groupby("grade")["demand"].sum()
    table = counts.join(sums).assign(first=first.reindex(list(GRADES), fill_value=0.0))
    table.loc[TOTAL] = table.sum()
    table = table.astype(dict.fromkeys(POSITIONS, "int64"))
    table.insert(0, "accounts", table[list(POSITIONS)].sum(axis=1))
    table["handled"] = table["accounts"] - table["d"]
    demand = table["demand"].where(table["demand"] > 0)
    table["coverage"] = table["handled"] / table["accounts"].where(table["accounts"] > 0)
    table["structural_share"] = table["first"] / demand
    table["account_share"] = table["own"] / demand
    return table.drop(columns="first")


def head_customers(amounts: pd.Series, part: float = HEAD_PART) -> pd.Series:
    """Tell which customers are in the head: those up to a part of the sales, the largest one always.

    Parameters
    ----------
    amounts
        Sales by customer, yuan; NaN unknown.
    part
        In (0, 1]; a customer that ends exactly on it is in the head.

    Returns
    -------
    pandas.Series
        bool, on the same index; unknown sales are in no head.
    """
    return (abc_table(amounts, AbcRule((part, 1.0)))["grade"] == "A").fillna(False).astype(bool)


def long_tail(amounts: pd.Series, part: float = HEAD_PART) -> LongTail:
    """Return how much comes from the customers outside the head [S4 4-12].

    Parameters
    ----------
    amounts
        Sales by customer, yuan; NaN unknown and counted in neither.
    """
    head = head_customers(amounts, part)
    tail = amounts.notna() & ~head
    positive = amounts.clip(lower=0)
    total = positive.sum()
    share = positive.where(tail).sum() / total if total > 0 else float("nan")
    return LongTail(part, int(head.sum()), int(tail.sum()), float(share))
