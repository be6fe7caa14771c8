"""What was understood of one sheet: its table, its values, and what is open or wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from core.exchange.columns.mapping import Mapping, SavedMapping
    from core.exchange.columns.proposal import Proposal
    from core.exchange.flow.answers import SheetAnswers
    from core.exchange.flow.asking import Asked
    from core.exchange.flow.issues import Flaw
    from core.exchange.flow.names.naming import Matched
    from core.exchange.flow.names.region_tree import LevelCount
    from core.exchange.readers import SheetReading


@dataclass(frozen=True)
class SheetFlow:
    """What was understood of a sheet.

    Parameters
    ----------
    reading
        The sheet as it was read, corrected cells in place.
    answers
        What the user said.
    proposal
        What the sheet seems to be.
    mapping
        How it is read; None while its table is unknown.
    found
        The saved mapping it follows.
    values
        Columns of the store, one row per row of the sheet.
    matches
        Names by column.
    questions
        What is open.
    flaws
        What is wrong or odd.
    levels
        Of a list of regions with a column per level: how many of each there are.
    left_out
        Positions of rows that don't count, such as cancelled orders.
    """

    reading: SheetReading
    answers: SheetAnswers
    proposal: Proposal
    mapping: Mapping | None = None
    found: SavedMapping | None = None
    values: pd.DataFrame | None = None
    matches: tuple[Matched, ...] = ()
    questions: tuple[Asked, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    levels: tuple[LevelCount, ...] = ()
    left_out: frozenset[int] = frozenset()

    @property
    def name(self) -> str:
        """Name of the sheet."""
        return self.reading.name

    @property
    def headers(self) -> tuple[str, ...]:
        """Names of its columns."""
        return tuple(map(str, self.reading.table.columns))

    @property
    def table(self) -> str | None:
        """The table of the store, None while it is unknown."""
        return self.mapping.table if self.mapping else None

    @property
    def row_numbers(self) -> Sequence[int]:
        """Row of the file of every row."""
        return [int(number) for number in self.reading.row_numbers]
