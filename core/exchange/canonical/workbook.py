"""Sheets of an Excel workbook as tables of text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
from python_calamine import CalamineError

from core.errors import ImportRefusedError
from core.exchange.readers.open_book import open_book
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from core.tables import Table

ROW = "_row"


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    Parameters
    ----------
    title
        Its name.
    names
        The texts of the first row that isn't empty: the header.
    rows
        The rows below, as cells.
    first_row
        Number of the row below the header, counted as Excel does.
    only
        Whether the workbook has no other sheet.
    """

    title: str
    names: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    first_row: int
    only: bool


def sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook.

    Raises
    ------
    ImportRefusedError
        The file is no workbook.
    """
    try:
        with open_book(path) as book:
            titles = book.sheet_names
            found = []
            for title in titles:
                rows = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
                filled = (i for i, row in enumerate(rows) if any(_filled(cell) for cell in row))
                start = next(filled, len(rows))
                names = tuple(text(cell) or "" for cell in rows[start]) if start < len(rows) else ()
                while names and not names[-1]:
                    names = names[:-1]
                found.append(Sheet(title, names, rows[start + 1 :], start + 2, len(titles) == 1))
            return found
    except (CalamineError, OSError, ValueError) as error:
        raise ImportRefusedError(
            _("The file {file} is no Excel workbook.", file=path.name), str(error).splitlines()[0]
        ) from error


def to_arrow(
    sheet: Sheet, unique: Sequence[str], table: Table, columns: Mapping[str, str]
) -> tuple[pa.Table, int | None]:
    """Turn a sheet into a table of text with the row numbers in column :data:`ROW`.

    Parameters
    ----------
    sheet
        The sheet.
    unique
        Its header with unique names.
    table, columns
        What it holds, to recognise the example row of the template.

    Returns
    -------
    pyarrow.Table
        The rows that aren't empty; every cell as text, in the form of the canonical files.
    int or None
        Number of the example row that was left out.
    """
    width = len(unique)
    numbered = [
        (number, [text(cell) for cell in row[:width]])
        for number, row in enumerate(sheet.rows, sheet.first_row)
        if any(_filled(cell) for cell in row)
    ]
    skipped = None
    if numbered and _is_example(dict(zip(unique, numbered[0][1], strict=False)), table, columns):
        skipped = numbered.pop(0)[0]
    cells = list(zip(*(row for _number, row in numbered), strict=True)) or [()] * width
    data = {name: pa.array(values, pa.string()) for name, values in zip(unique, cells, strict=True)}
    data[ROW] = pa.array([number for number, _cells in numbered], pa.int64())
    return pa.table(data), skipped


def text(cell: object) -> str | None:
    """Return a cell as text: whole numbers without “.0”, times in ISO form, None when it is empty."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        # Fifteen digits are what Excel keeps; beyond them stands noise such as 0.30000000000000004.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(sep=" ") if cell.time() != dt.time() else cell.date().isoformat()
    if isinstance(cell, (dt.date, dt.time)):
        return cell.isoformat()
    return str(cell).strip() or None


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""


def _is_example(row: Mapping[str, str | None], table: Table, columns: Mapping[str, str]) -> bool:
    # All examples together are no real row: an id of the template is “420100” at the most by chance.
    wanted = {columns[c.name]: c.example for c in table.columns if c.name in columns}
    return len(columns) == len(table.columns) and all(
        (row.get(name) or "") == value for name, value in wanted.items()
    )
