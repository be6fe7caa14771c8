"""The number formats of workbooks of Excel 97, read by xlrd: calamine gives cells as they are stored."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import xlrd

from core.exchange.readers.workbook.number_formats import SheetFormats, ShownCell, parse_format

if TYPE_CHECKING:
    from core.exchange.readers.workbook.number_formats import NumberFormat


def read_xls_formats(data: bytes) -> SheetFormats | None:
    """Return the cells of every sheet that are shown otherwise than stored, by the name of the sheet.

    The sheets themselves are looked at only where a style of the workbook scales or names a unit.

    Parameters
    ----------
    data
        The workbook.

    Returns
    -------
    dict or None
        None where xlrd can't read the workbook: how its numbers are shown is unknown then.
    """
    try:
        # What xlrd says about odd records goes nowhere: calamine has read the cells.
        with xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()
        ) as book:
            formats = _formats(book)
            if not formats:
                return {}
            names = book.sheet_names()
            if max(Counter(names).values(), default=0) > 1:
                return None
            return {name: list(_cells(book.sheet_by_name(name), formats)) for name in names}
    except MemoryError:
        raise
    except Exception:
        # xlrd raises whatever a broken record leads it to.
        return None


def _formats(book: xlrd.Book) -> dict[int, NumberFormat]:
    """Return the formats that matter, by the number of the style."""
    found = {}
    for number, style in enumerate(book.xf_list):
        own = book.format_map.get(style.format_key)
        if own is not None and (known := parse_format(own.format_str)) is not None:
            found[number] = known
    return found


def _cells(sheet: xlrd.sheet.Sheet, formats: dict[int, NumberFormat]) -> list[ShownCell]:
    found = []
    for row in range(sheet.nrows):
        types = sheet.row_types(row)
        for column, kind in enumerate(types):
            if kind == xlrd.XL_CELL_NUMBER:
                style = formats.get(sheet.cell_xf_index(row, column))
                if style is not None:
                    found.append((row, column, style))
    return found
