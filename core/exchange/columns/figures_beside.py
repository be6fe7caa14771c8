"""Columns of figures beside those that are stored: a second amount, one nobody claims, returns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.exchange.columns.measuring import is_figure
from core.exchange.columns.proposal import POSSIBLE, SURE
from core.exchange.columns.results import Question
from core.exchange.measures import Measure, measures_in
from core.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.columns.assigning import Assignment, Sheet
    from core.exchange.columns.proposal import ColumnProposal

RETURNS_BESIDE = "returns_beside"
DEDUCT, NET = "deduct", "net"
_SECOND = 0.08
"""Columns nearer than this are asked about [I]."""
_MONEY = re.compile(r"额|金|款|收入|價税|价税|amount|value|sales|revenue", re.IGNORECASE)
"""Headers of columns that may hold an amount."""


def unclaimed(sheet: Sheet, found: Assignment, column: ColumnProposal) -> list[str]:
    """Return the amounts of a table that a column of numbers may hold which nothing claims.

    Where the table has no amount yet any column called like one is in question; beside an amount one that
    says a unit of money and nothing else than sales.
    """
    header, sample = sheet.headers[column.position], sheet.samples[column.position]
    amounts = [c.name for c in found.table.columns if is_amount(found, c.name)]
    if not amounts or not sample.cells or header.intended or header.derived:
        return []
    if {fit.likeness.column for fit in found.chosen.values()} & set(amounts):
        said = header.unit is not None and header.unit.dimension == "money"
        asked = said and measures_in(header.text) <= {Measure.SALES, Measure.CAPACITY}
    else:
        asked = _MONEY.search(header.text) is not None
    return amounts if asked and sample.suits(found.table.column(amounts[0])) == 1 else []


def rival(found: Assignment, position: int) -> str | None:
    """Return the column of the store that this column could fill as well as the one that does."""
    for fit in found.fits.get(position, ()):
        winner = next((f for f in found.chosen.values() if f.likeness.column == fit.likeness.column), None)
        if winner is None or bool(fit.resolve) != bool(winner.resolve):
            continue
        if fit.score >= SURE and fit.score > winner.score - _SECOND:
            return fit.likeness.column
        if fit.score >= POSSIBLE and is_figure(fit.likeness.column) and fit.plain:
            # Gross and net, with tax and without: which of them counts isn't told by the better name.
            return fit.likeness.column
    return None


def returns_questions(
    sheet: Sheet, found: Assignment, columns: Sequence[ColumnProposal]
) -> tuple[Question, ...]:
    """Ask whether a column of returns is still to be taken off the sales beside it.

    Parameters
    ----------
    sheet
        Headers and samples.
    found
        What the sheet is.
    columns
        What each column holds.
    """
    figure = next((c for c in columns if c.target is not None and is_amount(found, c.target)), None)
    if figure is None or figure.target is None:
        return ()
    asked = []
    for column in columns:
        kinds = measures_in(column.header)
        suits = sheet.samples[column.position].suits(found.table.column(figure.target)) == 1
        if column.target is None and Measure.RETURNS in kinds <= {Measure.RETURNS, Measure.SALES} and suits:
            context = {"label": column.header, "value": figure.header}
            asked.append(
                Question(RETURNS_BESIDE, column.header, (DEDUCT, NET), None, column.samples, context)
            )
    return tuple(asked)


def is_amount(found: Assignment, name: str) -> bool:
    """Tell whether a column of a table is an amount of a month."""
    return is_figure(name) and found.table.column(name).kind is Kind.MONEY
