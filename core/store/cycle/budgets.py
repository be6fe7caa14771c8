"""Filling in budgets by hand: some cells at once, refused where somebody else changed one meanwhile."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.errors import InputError, StoreError
from core.i18n import _, format_month
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import pandas as pd

    from core.periods import Period
    from core.store.database import Store

MOST = Decimal("1e15")
"""Yuan; an amount above it is a slip of the keyboard."""
_VISIBLE = (
    "SELECT closure.region_id AS region_id FROM region_closure AS closure"
    " WHERE closure.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))"
)
_KEY = "b.month = $month AND b.region_id = $region AND b.kind = $kind"


@dataclass(frozen=True)
class BudgetEdit:
    """One cell.

    Parameters
    ----------
    before
        What stood there when it was looked at; None for nothing.
    after
        Yuan; None to remove the budget.
    """

    month: dt.date
    region_id: str
    kind: str
    before: Decimal | None
    after: Decimal | None

    def __post_init__(self) -> None:
        if self.after is not None and not 0 <= self.after <= MOST:
            raise InputError(
                _(
                    "A budget of {amount} yuan for {region} in {month} can't be; expected 0 or more.",
                    amount=self.after,
                    region=self.region_id,
                    month=format_month(self.month),
                )
            )

    @property
    def key(self) -> dict[str, object]:
        """The row it means."""
        return {"month": self.month, "region": self.region_id, "kind": self.kind}


def budget_cells(
    store: Store,
    period: Period,
    kind: str,
    level: str,
    *,
    within: str | None = None,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return region_id, name, name_en, month and amount (Decimal) of a level's own budgets of one kind.

    A region without any has one row without a month.
    """
    return store.read(
        "cycle/budget_cells",
        scope=scope,
        start=period.start,
        end=period.end,
        kind=kind,
        level=level,
        within=within,
    ).to_pandas()


def save_budgets(
    store: Store, edits: Sequence[BudgetEdit], *, actor: str = "local", scope: Scope = EVERYTHING
) -> int:
    """Save cells and return how many changed.

    Raises
    ------
    InputError
        A region lies outside what the user may see.
    StoreError
        A cell isn't any more what it was when the user looked at it; nothing is saved.
    """
    changed = [edit for edit in edits if edit.before != edit.after]
    if not changed:
        return 0

    def change(cursor: duckdb.DuckDBPyConnection) -> int:
        _check_scope(cursor, changed, scope)
        for edit in changed:
            _apply(cursor, edit)
        return len(changed)

    details = {
        "entity": "expense_budget",
        "before": _log(changed, "before"),
        "after": _log(changed, "after"),
    }
    return store.write("edit_budget", change, actor=actor, details=details)


def _check_scope(cursor: duckdb.DuckDBPyConnection, edits: Sequence[BudgetEdit], scope: Scope) -> None:
    if scope.parameter is None:
        return
    rows = cursor.execute(_VISIBLE, {"scope": scope.parameter}).fetchall()
    hidden = {edit.region_id for edit in edits} - {row[0] for row in rows}
    if hidden:
        raise InputError(_("The region {region} isn't one of yours.", region=sorted(hidden)[0]))


def _apply(cursor: duckdb.DuckDBPyConnection, edit: BudgetEdit) -> None:
    found = cursor.execute(f"SELECT b.amount FROM expense_budget AS b WHERE {_KEY}", edit.key).fetchall()
    standing = found[0][0] if found else None
    if standing != edit.before:
        raise StoreError(
            _(
                "The budget of {region} for {month} was changed in the meantime; nothing was saved.",
                region=edit.region_id,
                month=format_month(edit.month),
            ),
            _("Load the budgets anew and fill in yours again."),
        )
    if edit.after is None:
        cursor.execute(f"DELETE FROM expense_budget AS b WHERE {_KEY}", edit.key)
        # Else undoing an import would bring back what it displaced here, beside a budget filled in since.
        cursor.execute(f"DELETE FROM history.expense_budget AS b WHERE {_KEY}", edit.key)
    elif found:
        cursor.execute(
            f"UPDATE expense_budget AS b SET amount = $amount WHERE {_KEY}",
            {**edit.key, "amount": edit.after},
        )
    else:
        cursor.execute(
            "INSERT INTO expense_budget (month, region_id, kind, amount)"
            " VALUES ($month, $region, $kind, $amount)",
            {**edit.key, "amount": edit.after},
        )


def _log(edits: Sequence[BudgetEdit], column: str) -> str:
    cells = {
        f"{edit.region_id} {edit.month:%Y-%m} {edit.kind}": None if value is None else str(value)
        for edit in edits
        for value in [getattr(edit, column)]
    }
    return json.dumps(cells, ensure_ascii=False)
