"""What calamine doesn't tell of a sheet of OpenDocument: merged ranges, hidden rows, how far cells reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.exchange.readers.workbook.sheet_xml import check_area

if TYPE_CHECKING:
    from core.exchange.readers.limits import Limits
    from core.exchange.readers.sheet.grid import Span
    from core.exchange.readers.workbook.number_formats import NumberFormat, ShownCell

_TAG = re.compile(
    rb"<table:(table|table-row|table-column|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>|<text:p"
)
_ATTRIBUTE = re.compile(rb"([\w:\-]+)=\"([^\"]*)\"")
_REPEATED_HIDDEN = 100_000


@dataclass
class OdsScan:
    """What the XML of one sheet tells; rows and columns as positions from 0.

    Parameters
    ----------
    ranges
        Cells that are shown otherwise than stored, as first row, first column, rows and columns, and
        their format.
    """

    spans: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    ranges: list[tuple[Span, NumberFormat]] = field(default_factory=list)
    styles: list[tuple[int, str]] = field(default_factory=list)
    row_style: str = ""
    row: int = 0
    column: int = 0
    next_row: int = 0
    defined: int = 0
    repeats: int = 1
    height: int = 0
    width: int = 0

    @property
    def formats(self) -> Iterator[ShownCell]:
        """Cells that are shown otherwise than stored, one by one."""
        for (top, left, rows, columns), style in self.ranges:
            for row in range(top, top + rows):
                for column in range(left, left + columns):
                    yield row, column, style

    def style_of(self, values: dict[bytes, bytes]) -> str:
        """Return the style of the cell at hand: its own, else that of its row, else that of its column."""
        own = values.get(b"table:style-name", b"").decode("utf-8", "replace") or self.row_style
        return own or next((style for end, style in self.styles if self.column < end), "")


def scan_content(
    pieces: Iterator[bytes], file: str, limits: Limits, formats: Mapping[str, NumberFormat]
) -> list[OdsScan]:
    """Look through ``content.xml`` of an OpenDocument spreadsheet.

    Parameters
    ----------
    pieces, file, limits
        The part of the package, and how much it may hold.
    formats
        Style -> format, of those that show numbers otherwise than stored.

    Raises
    ------
    ImportRefusedError
        Cells span more than the limit: a few letters can repeat a row a million times.
    """
    scans: list[OdsScan] = []
    for data in pieces:
        for found in _TAG.finditer(data):
            tag = found[1]
            if tag == b"table":
                scans.append(OdsScan())
            elif scans:
                values = dict(_ATTRIBUTE.findall(found[2])) if tag else {}
                _take(scans[-1], tag, values, formats)
                check_area(scans[-1].height, scans[-1].width, file, limits)
    return scans


def _take(
    scan: OdsScan, tag: bytes | None, values: dict[bytes, bytes], formats: Mapping[str, NumberFormat]
) -> None:
    hidden = values.get(b"table:visibility") in (b"collapse", b"filter")
    if tag == b"table-column":
        count = int(values.get(b"table:number-columns-repeated", b"1"))
        if hidden and scan.defined + count < _REPEATED_HIDDEN:
            scan.hidden_columns.update(range(scan.defined, scan.defined + count))
        scan.defined += count
        scan.styles.append((scan.defined, _default_style(values)))
    elif tag == b"table-row":
        scan.row, scan.column, scan.row_style = scan.next_row, 0, _default_style(values)
        scan.repeats = int(values.get(b"table:number-rows-repeated", b"1"))
        scan.next_row = scan.row + scan.repeats
        if hidden and scan.repeats < _REPEATED_HIDDEN:
            scan.hidden_rows.update(range(scan.row, scan.next_row))
    elif tag is None:
        scan.height = max(scan.height, scan.next_row)
        scan.width = max(scan.width, scan.column)
    else:
        down = int(values.get(b"table:number-rows-spanned", b"1"))
        right = int(values.get(b"table:number-columns-spanned", b"1"))
        if down > 1 or right > 1:
            scan.spans.append((scan.row, scan.column, scan.row + down - 1, scan.column + right - 1))
        repeated = int(values.get(b"table:number-columns-repeated", b"1"))
        if formats and b"office:value" in values and (style := formats.get(scan.style_of(values))):
            scan.ranges.append(((scan.row, scan.column, scan.repeats, repeated), style))
        scan.column += repeated
        if b"office:value-type" in values:
            scan.height = max(scan.height, scan.next_row)
            scan.width = max(scan.width, scan.column)


def _default_style(values: dict[bytes, bytes]) -> str:
    return values.get(b"table:default-cell-style-name", b"").decode("utf-8", "replace")
