"""A file whose figures may mean something else than they seem: what is asked, what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

Grid = Sequence[Sequence[object]]
SALES = ("region_id", "company_id", "month", "amount")
SHOPS = ("terminal_id", "company_id", "month", "amount")


@dataclass(frozen=True)
class Meaning:
    """One file.

    Parameters
    ----------
    name
        What it is called, with its ending.
    sheets
        Name -> cells; of a text file one.
    asked
        Codes of what is asked until nothing is open, sorted.
    rows
        What is stored in the end; None where the file is to stay out, or is asked about only.
    columns
        Of the rows; the first says the table: a shop's sales or those of a market.
    answers
        Code -> choice; without one the proposed answer is given.
    formats
        (row, column) or column -> number format.
    merged
        First row, first column, last row, last column of merged cells.
    hidden
        Names of hidden sheets.
    """

    name: str
    sheets: Mapping[str, Grid]
    asked: Sequence[str] = ()
    rows: Sequence[Sequence[object]] | None = None
    columns: Sequence[str] = SALES
    answers: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[object, str] = field(default_factory=dict)
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: Sequence[str] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def table(self) -> str:
        """The table of the store."""
        known = {"terminal_id": "terminal_sales", "company_id": "market_sales"}
        return next((known[name] for name in self.columns if name in known), "market_capacity")

    def write(self, folder: Path) -> Path:
        """Write the file."""
        path = folder / self.name
        if path.suffix == ".csv":
            (cells,) = self.sheets.values()
            lines = [";".join("" if cell is None else str(cell) for cell in row) for row in cells]
            path.write_text("\n".join(lines) + "\n", "utf-8-sig")
            return path
        with xlsxwriter.Workbook(path) as book:
            for title, cells in self.sheets.items():
                self._fill(book, book.add_worksheet(title), cells)
        return path

    def _fill(self, book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, cells: Grid) -> None:
        for row, line in enumerate(cells):
            for column, cell in enumerate(line):
                code = self.formats.get((row, column), self.formats.get(column) if row else None)
                if cell is not None:
                    page.write(row, column, cell, book.add_format({"num_format": code}) if code else None)
        for first_row, first, last_row, last in self.merged:
            page.merge_range(first_row, first, last_row, last, cells[first_row][first])
        if page.get_name() in self.hidden:
            page.hide()


def sheet(*rows: Sequence[object], name: str = "Sheet1") -> dict[str, Grid]:
    """Return a file of one sheet."""
    return {name: rows}
