"""The budgets of a year as a grid that people fill in: regions by months, one kind of expense."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from core.periods import Period
from core.reports.market.choices import names_of
from core.store.cycle.budgets import BudgetEdit, budget_cells
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from core.store.database import Store

_FEN = Decimal("0.01")


@dataclass(frozen=True)
class GridRequest:
    """Which budgets.

    Parameters
    ----------
    level
        Of the regions, a row each; a budget of another level isn't in the grid.
    kind
        Of the expense.
    """

    year: int
    level: str
    kind: str
    within: str | None = None
    scope: Scope = EVERYTHING

    @property
    def months(self) -> tuple[dt.date, ...]:
        """First days of the months of the year."""
        return tuple(dt.date(self.year, month, 1) for month in range(1, 13))


def budget_grid(store: Store, request: GridRequest) -> pd.DataFrame:
    """Return the grid: on region_id name and a column per month, yuan; NaN no budget."""
    months = request.months
    cells = budget_cells(
        store,
        Period(months[0], months[-1]),
        request.kind,
        request.level,
        within=request.within,
        scope=request.scope,
    )
    names = cells.drop_duplicates("region_id").set_index("region_id")
    amounts = cells.dropna(subset=["month"]).assign(amount=lambda rows: rows["amount"].astype("float64"))
    wide = amounts.assign(month=pd.to_datetime(amounts["month"]).dt.date).pivot_table(
        index="region_id", columns="month", values="amount", aggfunc="sum"
    )
    wide = wide.reindex(index=names.index, columns=list(months)).astype("float64")
    wide.insert(0, "name", names_of(names))
    return wide


def grid_edits(request: GridRequest, before: pd.DataFrame, after: pd.DataFrame) -> list[BudgetEdit]:
    """Return the cells that differ between two states of a grid."""
    return [
        BudgetEdit(month, str(region), request.kind, _amount(old), _amount(new))
        for month in request.months
        for region, old, new in zip(before.index, before[month], after[month], strict=True)
        if _amount(old) != _amount(new)
    ]


def _amount(value: float | None) -> Decimal | None:
    return None if pd.isna(value) else Decimal(str(value)).quantize(_FEN)
