"""ABC of products, dealers or terminals: grades, movement, long tail, the twelve cells of the accounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.customers.analysis.abc import (
    DEMAND_CUTS,
    GRADES,
    SALES_CUTS,
    AbcRule,
    abc_table,
    account_positions,
    twelve_cells,
)
from core.customers.analysis.movement import Movement, movement
from core.customers.analysis.structure import HEAD_PART, LongTail, account_structure, long_tail
from core.errors import InputError
from core.i18n import N_, _

if TYPE_CHECKING:
    from core.reports.customers.table import CustomerRequest

MEASURES: dict[str, str] = {"sales": N_("Sales amount"), "margin": N_("Margin"), "demand": N_("Demand")}
SUBJECTS: dict[str, str] = {"customer": N_("Each customer"), "product": N_("Each product")}


@dataclass(frozen=True)
class AbcRequest:
    """What is graded by what.

    Parameters
    ----------
    customers
        Which customers and months.
    subject
        ``customer`` or ``product``.
    measure
        ``sales``, ``margin`` or ``demand``; products have no demand.
    rule
        Cuts and their boundary; None for 70/95 of the demand and 70/90 of everything else.
    part
        What the head of the long tail makes, in (0, 1].
    dominance
        Multiple of the other from which on somebody is first in an account.
    """

    customers: CustomerRequest
    subject: str = "customer"
    measure: str = "sales"
    rule: AbcRule | None = None
    part: float = HEAD_PART
    dominance: float = 1.7

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("subject", self.subject, SUBJECTS),
            ("measure", self.measure, MEASURES),
        ):
            if value not in allowed:
                raise InputError(
                    _("Unknown value {value} for {name}.", value=value, name=name),
                    _("Choose one of: {allowed}.", allowed=", ".join(allowed)),
                )
        if self.subject == "product" and self.measure == "demand":
            raise InputError(
                _("The demand for single products isn't known."), _("Choose sales or margin for products.")
            )

    @property
    def settled(self) -> AbcRule:
        """The rule that counts."""
        return self.rule or AbcRule(DEMAND_CUTS if self.measure == "demand" else SALES_CUTS)


@dataclass(frozen=True, eq=False)
class AbcReport:
    """The answer.

    Parameters
    ----------
    table
        Customers or products by rank, those without an amount last: their columns, amount, rank, cumulated,
        part (of the amount of all), grade, grade_previous, move; customers also position (a to d).
    grades
        A, B, C and ``total``: count, amount, count_part, part.
    unknown
        How many have no amount recorded.
    tail
        Head and long tail.
    moved
        Against the same months a year earlier.
    cells, structure
        The twelve cells and their sums by grade; None for products. Customers are graded by demand here.
    without_rival
        Accounts in no cell because no rival's sales are recorded there.
    """

    request: AbcRequest
    table: pd.DataFrame
    grades: pd.DataFrame
    unknown: int
    tail: LongTail
    moved: Movement
    cells: pd.DataFrame | None = None
    structure: pd.DataFrame | None = None
    without_rival: int = 0


def abc_of(items: pd.DataFrame, request: AbcRequest) -> AbcReport:
    """Grade products or customers.

    Parameters
    ----------
    items
        The product or the customer table of :mod:`core.reports.customers.table`.
    """
    is_product = request.subject == "product"
    graded = abc_table(items[request.measure], request.settled)
    before = abc_table(items[f"{request.measure}_previous"], request.settled)["grade"]
    # Who bought nothing in a year wasn't there; the class C is for those who bought little.
    was = items[f"{request.measure}_previous"].fillna(0) != 0
    now = items[request.measure].fillna(0) != 0
    # Places are found again faster than names.
    places = pd.RangeIndex(len(items))
    moved = movement(before.where(was).set_axis(places), graded["grade"].where(now).set_axis(places))
    total = graded["amount"].clip(lower=0).sum()
    table = items.join(graded[["amount", "rank", "cumulated", "grade"]]).assign(
        part=graded["amount"] / total if total > 0 else np.nan,
        grade_previous=before,
        move=moved.moves.reindex(places).set_axis(items.index),
    )
    cells = structure = None
    without_rival = 0
    if not is_product:
        cells, table["position"] = _cells(items, graded, request)
        structure = account_structure(cells)
        without_rival = int((table["position"].isna() & items["demand"].notna()).sum())
    return AbcReport(
        request,
        table.take(np.argsort(table["rank"].to_numpy(np.float64, na_value=np.nan), kind="stable")),
        _grades(graded),
        int((graded["amount"].isna() & ~_closed(items)).sum()),
        long_tail(items[request.measure], request.part),
        Movement(moved.matrix, moved.moves.set_axis(items.index[moved.moves.index])),
        cells,
        structure,
        without_rival,
    )


def _closed(items: pd.DataFrame) -> pd.Series:
    return items["closed"] if "closed" in items else pd.Series(False, index=items.index)


def _cells(items: pd.DataFrame, graded: pd.DataFrame, request: AbcRequest) -> tuple[pd.DataFrame, pd.Series]:
    rule = request.settled if request.measure == "demand" else AbcRule(DEMAND_CUTS)
    grade = graded["grade"] if request.measure == "demand" else abc_table(items["demand"], rule)["grade"]
    position = account_positions(items["own"], items["best_rival"], dominance=request.dominance)
    told = pd.Series(position, index=items.index, dtype="str").where(items["demand"].notna())
    return twelve_cells(grade, told, items["demand"], items["own"]), told


def _grades(graded: pd.DataFrame) -> pd.DataFrame:
    grouped = graded.groupby("grade")["amount"]
    table = pd.DataFrame({"count": grouped.size(), "amount": grouped.sum()}).reindex(
        list(GRADES), fill_value=0
    )
    table.loc["total"] = table.sum()
    table = table.astype({"count": "int64"})
    whole = table.loc["total"]
    return table.assign(
        count_part=table["count"] / whole["count"] if whole["count"] else np.nan,
        part=table["amount"] / whole["amount"] if whole["amount"] > 0 else np.nan,
    )
