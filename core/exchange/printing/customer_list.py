"""Lists of customers as files, written as they are read: a million rows pass, never all at once."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import xlsxwriter

from core.errors import InputError
from core.exchange.formula_guard import WORKBOOK, harmless
from core.exchange.tables import NUMBER_FORMATS
from core.i18n import _, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

LARGEST_SHEET = 1_048_575
"""Rows an Excel sheet has below its header."""
_WIDTH = 16


@dataclass(frozen=True)
class ListColumn:
    """One column of the file.

    Parameters
    ----------
    name
        Column of the rows.
    kind
        A key of ``NUMBER_FORMATS``; empty for what is shown as it is.
    """

    name: str
    header: str
    kind: str = ""
    words: Mapping[str, str] = field(default_factory=dict, hash=False)

    def cell(self, value: Any) -> Any:  # noqa: ANN401 - a cell of any type
        """Return a value as the file has it."""
        return self.words.get(value, value) if self.words else value


def write_csv(path: Path, columns: Sequence[ListColumn], batches: Iterable[pa.RecordBatch]) -> int:
    """Write rows as CSV that Excel opens, and return how many."""
    written = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, lineterminator="\r\n")
        out.writerow(harmless(column.header) for column in columns)
        for row in _cells(columns, batches):
            out.writerow("" if cell is None else harmless(cell) for cell in row)
            written += 1
    return written


def write_xlsx(
    path: Path, columns: Sequence[ListColumn], batches: Iterable[pa.RecordBatch], *, title: str
) -> int:
    """Write rows as a workbook with one sheet, and return how many.

    Raises
    ------
    InputError
        There are more rows than a sheet holds.
    """
    # Row by row, so that memory stays as it is; a text is never a formula or a link.
    options = {**WORKBOOK, "constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    number = 0
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4"})
        styles = [
            book.add_format({"num_format": NUMBER_FORMATS[column.kind]}) if column.kind else None
            for column in columns
        ]
        page.set_column(0, len(columns) - 1, _WIDTH)
        page.freeze_panes(1, 1)
        for at, column in enumerate(columns):
            page.write_string(0, at, column.header, head)
        for number, row in enumerate(_cells(columns, batches), 1):
            if number > LARGEST_SHEET:
                raise InputError(
                    _("A sheet has no more than {n} rows.", n=format_number(LARGEST_SHEET)),
                    _("Narrow the filter, or take the CSV file."),
                )
            for at, cell in enumerate(row):
                if cell is not None:
                    page.write(number, at, cell, styles[at])
        page.autofilter(0, 0, max(number, 1), len(columns) - 1)
    return number


def _cells(columns: Sequence[ListColumn], batches: Iterable[pa.RecordBatch]) -> Iterator[list[Any]]:
    for batch in batches:
        values = [_values(column, batch) for column in columns]
        for row in zip(*values, strict=True):
            yield list(row)


def _values(column: ListColumn, batch: pa.RecordBatch) -> list[Any]:
    return [
        column.cell(value.date() if isinstance(value, dt.datetime) else value)
        for value in batch.column(column.name).to_pylist()
    ]
