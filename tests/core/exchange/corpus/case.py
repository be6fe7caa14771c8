"""A difficult file of the corpus: how it is written, what is hard about it, and the table in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from core.exchange.readers import ReadOptions

Row = Sequence[object]


@dataclass(frozen=True)
class Case:
    """One file.

    Parameters
    ----------
    name
        Name of the file.
    hard
        What is hard about it, in a sentence.
    write
        Writes it to a path.
    tables
        Per table of the file: header and rows exactly as they have to be read.
    questions
        Codes of what the reader has to ask, in order, while it assumes ``tables``.
    options
        Answers given beforehand.
    totals
        Row, label and whether it agrees, of every total set aside.
    numbers
        Rows of the file the rows of the first table came from; empty where it doesn't matter.
    notes
        Codes of notes that have to be there.
    """

    name: str
    hard: str
    write: Callable[[Path], object]
    tables: Sequence[tuple[Row, Sequence[Row]]]
    questions: Sequence[str] = ()
    options: ReadOptions = field(default_factory=ReadOptions)
    totals: Sequence[tuple[int, str, bool | None]] = ()
    numbers: Sequence[int] = ()
    notes: Sequence[str] = ()

    def __str__(self) -> str:
        return self.name


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], object]:
    """Return what writes a text file."""
    return lambda path: path.write_bytes(content.encode(encoding))


def book(
    rows: Sequence[Row], finish: Callable[[xlsxwriter.Workbook, xlsxwriter.Workbook], None] | None = None
) -> Callable[[Path], object]:
    """Return what writes a workbook of one sheet; ``finish`` merges and hides."""

    def write(path: Path) -> None:
        with xlsxwriter.Workbook(path) as workbook:
            sheet = workbook.add_worksheet("Sheet1")
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell is not None:
                        sheet.write(number, column, cell)
            if finish:
                finish(workbook, sheet)

    return write
