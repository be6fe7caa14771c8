"""A file whose figures may mean something else than they seem: what is asked, what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from tests.core.exchange.corpus.ods_file import ods
from tests.core.exchange.corpus.xls_file import xls
from tests.core.exchange.corpus.xml_2003_file import xml_2003
from tests.core.exchange.readers.markup.xlsb_file import xlsb

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
        if path.suffix != ".xlsx":
            self._write_other(path)
            return path
        with xlsxwriter.Workbook(path) as book:
            for title, cells in self.sheets.items():
                self._fill(book, book.add_worksheet(title), cells)
        return path

    def _write_other(self, path: Path) -> None:
        """Write the one sheet in another container than XLSX, with its number formats."""
        (cells,) = self.sheets.values()
        rows = [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in cells]
        places = ((row, column) for row, line in enumerate(rows) for column in range(len(line)))
        codes = {place: code for place in places if (code := self._code(*place)) and rows[place[0]][place[1]]}
        if path.suffix == ".xls":
            xls(rows, formats=codes)(path)
        elif path.suffix == ".ods":
            ods(rows, formats=codes)(path)
        else:
            path.write_bytes(xlsb(rows, formats=codes) if path.suffix == ".xlsb" else xml_2003(rows, codes))

    def _code(self, row: int, column: int) -> str | None:
        return self.formats.get((row, column), self.formats.get(column) if row else None)

    def _fill(self, book: xlsxwriter.Workbook, page: xlsxwriter.worksheet.Worksheet, cells: Grid) -> None:
        for row, line in enumerate(cells):
            for column, cell in enumerate(line):
                code = self._code(row, column)
                if cell is not None:
                    page.write(row, column, cell, book.add_format({"num_format": code}) if code else None)
        for first_row, first, last_row, last in self.merged:
            page.merge_range(first_row, first, last_row, last, cells[first_row][first])
        if page.get_name() in self.hidden:
            page.hide()


def sheet(*rows: Sequence[object], name: str = "Sheet1") -> dict[str, Grid]:
    """Return a file of one sheet."""
    return {name: rows}
