"""Workbooks in the XML of Excel 2003 (SpreadsheetML), which some systems hand out under the ending .xls."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from core.errors import ImportRefusedError
from core.exchange.readers.sheet.grid import grid_of
from core.exchange.readers.sheet.sheet import read_grid
from core.exchange.readers.workbook.number_formats import parse_format
from core.exchange.readers.workbook.packages import damaged
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.exchange.readers.limits import Limits
    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.reading import SheetReading
    from core.exchange.readers.workbook.number_formats import NumberFormat

NAMESPACE = "urn:schemas-microsoft-com:office:spreadsheet"
_N = f"{{{NAMESPACE}}}"
_NAMED = {"Percent": "0.00%", "Currency": "", "Euro Currency": "[$€]#,##0.00"}
"""Formats that have a name instead of a code; the others neither scale nor name a unit."""
_WIDEST = 16_384


@dataclass
class _Sheet:
    """A sheet while it is read."""

    name: str
    rows: list[list[object]] = field(default_factory=list)
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)


def read_xml_2003(data: bytes, file: str, options: ReadOptions, limits: Limits) -> list[SheetReading]:
    """Read all sheets of a workbook in XML.

    Raises
    ------
    ImportRefusedError
        It is damaged, or has too many cells.
    """
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise damaged(file)
    try:
        root = ElementTree.parse(io.BytesIO(data)).getroot()
        formats = _formats(root)
        found = [_sheet(element, formats, file, limits) for element in root.iter(f"{_N}Worksheet")]
    except (ElementTree.ParseError, ValueError) as error:
        raise damaged(file) from error
    sheets = []
    for sheet in found:
        if sheet.rows and (not options.sheets or sheet.name in options.sheets):
            grid = grid_of(sheet.rows)
            grid = replace(grid, spans=tuple(sheet.spans), hidden_rows=frozenset(sheet.hidden_rows))
            sheets += read_grid(grid, file, sheet.name, options)
    return sheets


def _formats(root: ElementTree.Element) -> dict[str, NumberFormat]:
    """Return the formats that show numbers otherwise than stored, by the styles that have them."""
    codes: dict[str, str] = {}
    parents: dict[str, str] = {}
    for style in root.iterfind(f"{_N}Styles/{_N}Style"):
        name = style.get(f"{_N}ID", "")
        parents[name] = style.get(f"{_N}Parent", "Default")
        own = style.find(f"{_N}NumberFormat")
        if own is not None:
            codes[name] = own.get(f"{_N}Format", "General")
    found = {}
    for name, parent in parents.items():
        code = codes.get(name, codes.get(parent, ""))
        if (known := parse_format(_NAMED.get(code, code))) is not None:
            found[name] = known
    return found


def _sheet(
    element: ElementTree.Element, formats: Mapping[str, NumberFormat], file: str, limits: Limits
) -> _Sheet:
    sheet = _Sheet(element.get(f"{_N}Name", "Sheet"))
    columns = _column_styles(element)
    taken: set[tuple[int, int]] = set()
    left = limits.cells
    for row in element.iterfind(f"{_N}Table/{_N}Row"):
        index = int(row.get(f"{_N}Index", 0)) - 1
        left -= max(0, index - len(sheet.rows))
        if left < 0:
            break
        while len(sheet.rows) < index:
            sheet.rows.append([])
        number, cells = len(sheet.rows), list[object]()
        sheet.rows.append(cells)
        if row.get(f"{_N}Hidden") == "1":
            sheet.hidden_rows.add(number + 1)
        for cell in row.iterfind(f"{_N}Cell"):
            at = int(cell.get(f"{_N}Index", 0)) - 1
            while len(cells) < at or (at < 0 and (number, len(cells)) in taken):
                cells.append(None)
                left -= 1
            across, down = (int(cell.get(f"{_N}Merge{way}", 0)) for way in ("Across", "Down"))
            start = len(cells)
            left -= (across + 1) * (down + 1)
            if left < 0:
                break
            if across or down:
                sheet.spans.append((number, start, number + down, start + across))
                taken |= {(number + d, start + a) for d in range(1, down + 1) for a in range(across + 1)}
            value = _value(cell.find(f"{_N}Data"))
            if formats and type(value) is float:
                # The style of a cell, else of its row, else of its column.
                style = next((name for each in (cell, row) if (name := each.get(f"{_N}StyleID"))), "")
                own = formats.get(style or columns.get(start, ""))
                value = value if own is None else own.show(value)
            cells += [value, *([None] * across)]
    if left < 0:
        raise ImportRefusedError(
            _("The table in {file} has too many cells.", file=file),
            _("Open it in Excel and save it as XLSX."),
        )
    return sheet


def _column_styles(element: ElementTree.Element) -> dict[int, str]:
    """Return the styles of whole columns by their position, those of the table where they have none."""
    found: dict[int, str] = {}
    at = 0
    for column in element.iterfind(f"{_N}Table/{_N}Column"):
        at = int(column.get(f"{_N}Index", at + 1)) - 1
        for _repeated in range(min(int(column.get(f"{_N}Span", 0)), _WIDEST) + 1):
            found[at] = column.get(f"{_N}StyleID", "")
            at += 1
    return found


def _value(data: ElementTree.Element | None) -> object:
    if data is None:
        return None
    text = "".join(data.itertext())
    kind = data.get(f"{_N}Type", "String")
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        moment = dt.datetime.fromisoformat(text.strip().removesuffix("Z"))
        return moment.date() if moment.time() == dt.time() else moment
    return text.strip() or None
