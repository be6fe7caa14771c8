"""What the user said about a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.exchange.columns import measuring
from core.exchange.readers import ReadOptions

NOBODY = ""
"""The answer that a name means none of the known ones: its rows are set aside."""


@dataclass(frozen=True)
class SheetAnswers:
    """What the user said about one sheet.

    Parameters
    ----------
    table
        The table it holds; None to go by what it seems to be.
    skip
        The sheet stays out.
    choices
        (code, column) of a question -> the choice.
    names
        Table -> name in the file -> ID, or :data:`NOBODY`.
    edits
        (row of the file, header) -> the corrected cell.
    """

    table: str | None = None
    skip: bool = False
    choices: Mapping[tuple[str, str], str] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    edits: Mapping[tuple[int, str], object] = field(default_factory=dict)

    def chose(self, code: str, column: str, choice: str) -> SheetAnswers:
        """Return the answers with one more; a table chosen makes the choices about columns void."""
        if code == "table":
            return replace(self, table=choice, choices={})
        if code == measuring.CODE and choice == measuring.LEAVE_OUT and not column:
            return replace(self, skip=True)
        if code == measuring.CODE and choice in {measuring.OWN_SALES, *measuring.TABLES}:
            table = "market_sales" if choice == measuring.OWN_SALES else choice
            return replace(self, table=table, choices={(code, column): choice})
        return replace(self, choices={**self.choices, (code, column): choice})

    def called(self, table: str, name: str, known: str) -> SheetAnswers:
        """Return the answers with what a name means."""
        return replace(self, names={**self.names, table: {**self.names.get(table, {}), name: known}})


@dataclass(frozen=True)
class FileAnswers:
    """What the user said about a file.

    Parameters
    ----------
    reading
        How the file is read.
    sheets
        By name of the sheet.
    """

    reading: ReadOptions = field(default_factory=ReadOptions)
    sheets: Mapping[str, SheetAnswers] = field(default_factory=dict)

    def of(self, sheet: str) -> SheetAnswers:
        """Return the answers about a sheet."""
        return self.sheets.get(sheet, SheetAnswers())

    def about(self, sheet: str, answers: SheetAnswers) -> FileAnswers:
        """Return the answers with those about one sheet replaced."""
        return replace(self, sheets={**self.sheets, sheet: answers})
