"""A difficult workbook as people have it, and what the store holds when it has been imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter


@dataclass(frozen=True)
class WholeFile:
    """One workbook.

    Parameters
    ----------
    name
        What it is called in the test, and the file.
    hard
        What is hard about it, in a sentence.
    sheets
        Name -> rows, header included.
    asked
        Code and name or column of every question while nothing is answered, sorted.
    expected
        Table -> what a query finds after the import: column names, then rows.
    answers
        Code, or code and name or column -> choice; without one the proposed answer is given.
    bad
        Sheet -> rows of the file that are set aside.
    warned
        Codes of what is odd, sorted.
    """

    name: str
    hard: str
    sheets: Mapping[str, Sequence[Sequence[object]]]
    asked: Sequence[tuple[str, str]]
    expected: Mapping[str, Sequence[Sequence[object]]]
    answers: Mapping[str | tuple[str, str], str] = field(default_factory=dict)
    bad: Mapping[str, Sequence[int]] = field(default_factory=dict)
    warned: Sequence[str] = ()

    def __str__(self) -> str:
        return self.name

    def write(self, folder: Path) -> Path:
        """Write the workbook."""
        path = folder / f"{self.name}.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for title, rows in self.sheets.items():
                page = book.add_worksheet(title)
                for at, row in enumerate(rows):
                    page.write_row(at, 0, row)
        return path
