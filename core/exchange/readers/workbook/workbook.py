"""Sheets of a workbook as grids: XLSX, XLSM, XLS and ODS through calamine, looked through before."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from core.errors import AppError
from core.exchange.readers.collector import no_collector
from core.exchange.readers.questions import Note, Question
from core.exchange.readers.sheet.grid import Grid, grid_of_many
from core.exchange.readers.sheet.sheet import read_grid
from core.exchange.readers.workbook.packages import damaged, locked
from core.exchange.readers.workbook.scans import Scans, scan_workbook
from core.exchange.readers.workbook.sheet_xml import SheetScan, check_area

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

    from core.exchange.readers.limits import Limits
    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.reading import SheetReading

_Result = TypeVar("_Result")


def read_workbook(
    source: Path | bytes, kind: str, file: str, options: ReadOptions, limits: Limits
) -> tuple[list[SheetReading], tuple[Note, ...]]:
    """Read all sheets of a workbook.

    Parameters
    ----------
    source
        Path or bytes.
    kind
        ``xlsx``, ``xlsb``, ``ods`` or ``xls``, by content.
    file
        Its name.
    options, limits
        Answers of a person, and how much the file may hold.

    Raises
    ------
    ImportRefusedError
        It is damaged, locked, or too large when it is unpacked.
    """
    scans = scan_workbook(source, kind, file, limits)
    readings: list[SheetReading] = []
    with open_calamine(source, file) as book, no_collector():
        metadata = _guarded(lambda: book.sheets_metadata, file)
        for position, sheet in enumerate(metadata):
            if (options.sheets and sheet.name not in options.sheets) or sheet.typ not in (
                SheetTypeEnum.WorkSheet,
                SheetTypeEnum.MacroSheet,
            ):
                continue
            grid, notes = _grid(book, position, scans, file, limits)
            found = read_grid(grid, file, sheet.name, options, [other.name for other in metadata])
            found[0] = replace(found[0], notes=(*notes, *found[0].notes))
            if scans.formats is None:
                found = [replace(table, formats_read=False) for table in found]
            if sheet.visible is not SheetVisibleEnum.Visible:
                found = [_hidden(table, options.of(sheet.name).hidden_sheet) for table in found]
            readings += found
    names = [sheet.name for sheet in metadata]
    absent = tuple(Note("no_sheet", {"name": name}) for name in options.sheets if name not in names)
    return readings, (*scans.notes, *absent)


def _hidden(sheet: SheetReading, answer: str | None) -> SheetReading:
    """Ask whether a table on a hidden sheet belongs to the data; leave it out where it doesn't."""
    sheet = replace(sheet, notes=(Note("hidden_sheet", {"name": sheet.name}), *sheet.notes))
    if not sheet.is_table or answer == "keep":
        return sheet
    if answer == "drop":
        return replace(sheet, kind="hidden", questions=())
    asked = Question("hidden_sheet", ("keep", "drop"), "drop", sheet.name, {"name": sheet.name})
    return replace(sheet, questions=(asked, *sheet.questions))


@contextmanager
def open_calamine(source: Path | bytes, file: str) -> Iterator[CalamineWorkbook]:
    """Open a workbook that was looked through."""
    if isinstance(source, Path):
        book = _guarded(lambda: CalamineWorkbook.from_path(str(source)), file)
    else:
        book = _guarded(lambda: CalamineWorkbook.from_filelike(io.BytesIO(source)), file)
    with book:
        yield book


def _guarded(function: Callable[[], _Result], file: str) -> _Result:
    """Call calamine; whatever goes wrong inside it means that the file is damaged."""
    try:
        return function()
    except PasswordError as error:
        raise locked(file) from error
    except AppError:
        raise
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise damaged(file) from error
    except BaseException as error:
        # A panic of the Rust library comes as an exception of its own, outside Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise damaged(file) from error


def _grid(
    book: CalamineWorkbook, position: int, scans: Scans, file: str, limits: Limits
) -> tuple[Grid, tuple[Note, ...]]:
    def read() -> tuple[CalamineSheet, Grid]:
        sheet = book.get_sheet_by_index(position)
        height, width = (end + 1 for end in sheet.end or (-1, -1))
        check_area(height, width, file, limits)
        # Rows begin at the first column that holds anything.
        before = [None] * (width - sheet.width)
        rows = ([*before, *row] for row in sheet.iter_rows()) if before else sheet.iter_rows()
        return sheet, grid_of_many(rows, height, width)

    sheet, grid = _guarded(read, file)
    for row, column, style in scans.formats_of(position, sheet.name):
        if row < len(grid.cells) and column < grid.cells.shape[1] and type(grid.cells[row, column]) is float:
            grid.cells[row, column] = style.show(grid.cells[row, column])
    if (ods := scans.ods.get(position)) is not None:
        hidden = frozenset(row + 1 for row in ods.hidden_rows)
        return replace(
            grid, spans=tuple(ods.spans), hidden_rows=hidden, hidden_columns=frozenset(ods.hidden_columns)
        ), ()
    ranges = _guarded(lambda: sheet.merged_cell_ranges, file)
    spans = None if ranges is None else tuple((*first, *last) for first, last in ranges)
    scan = scans.xlsx.get(position, SheetScan())
    for row, column in scan.zeros:
        if row < len(grid.cells) and column < grid.cells.shape[1]:
            grid.cells[row, column] = None
            grid.has[row, column] = False
    notes = (Note("uncalculated", {"count": scan.uncalculated}),) if scan.uncalculated else ()
    return replace(
        grid,
        spans=spans,
        hidden_rows=frozenset(scan.hidden_rows),
        hidden_columns=frozenset(scan.hidden_columns),
    ), notes
