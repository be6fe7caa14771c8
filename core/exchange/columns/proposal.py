"""What a sheet seems to be: the table, and the meaning of each of its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.exchange.columns.results import Question

SURE = 0.85
"""From this confidence on a column is taken without asking; the user sees it all the same [I]."""
POSSIBLE = 0.55
"""Below this a header is taken for unknown [I]."""


@dataclass(frozen=True)
class ColumnProposal:
    """What one column of a sheet seems to hold.

    Parameters
    ----------
    position
        Its place in the sheet, from 0.
    header
        Its header as it stands.
    target
        The column of the store; None when it stays out.
    unit
        Code of its unit in :data:`core.exchange.columns.parsing.units.UNITS`; None when it has none.
    resolve
        The table whose names stand here where the store wants an ID; None when it holds IDs or values.
    within
        Positions of columns that say where the region lies (province, city), widest first.
    confidence
        0 to 1.
    reason
        Why, in the language of the user.
    samples
        A few of its values.
    alternatives
        Other columns of the store it could be, with their confidence, best first.
    """

    position: int
    header: str
    target: str | None = None
    unit: str | None = None
    resolve: str | None = None
    within: tuple[int, ...] = ()
    confidence: float = 0.0
    reason: str = ""
    samples: tuple[str, ...] = ()
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class TableScore:
    """How well a sheet suits a table, 0 to 1."""

    table: str
    score: float


@dataclass(frozen=True)
class Proposal:
    """What a sheet seems to be.

    Parameters
    ----------
    table
        The table of the store; None when none is likely.
    confidence
        0 to 1.
    columns
        One per column of the sheet.
    alternatives
        Other tables it could be, best first.
    constants
        Column of the store -> one value for all rows, taken from the title lines.
    missing
        Required columns of the store that nothing in the sheet fills.
    questions
        What has to be answered before the sheet can be loaded.
    year
        The one year the titles name, for months without one.
    """

    table: str | None
    confidence: float
    columns: tuple[ColumnProposal, ...]
    alternatives: tuple[TableScore, ...] = ()
    constants: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    year: int | None = None

    def source(self, target: str) -> ColumnProposal | None:
        """Return the column of the sheet that fills a column of the store."""
        return next((column for column in self.columns if column.target == target), None)
