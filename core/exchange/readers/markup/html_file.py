"""Tables of web pages, which many systems hand out under the ending .xls."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.readers.sheet.cells import ShownNumber
from core.exchange.readers.sheet.grid import grid_of
from core.exchange.readers.sheet.sheet import read_grid
from core.exchange.readers.text import encodings
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.readers.limits import Limits
    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.reading import SheetReading

Span = tuple[int, int, int, int]
_FIGURE = re.compile(r"-?\d+(?:\.(\d+))?")


def read_html(data: bytes, file: str, options: ReadOptions, limits: Limits) -> list[SheetReading]:
    """Read the tables of a web page; a table that only lays out others is none.

    Raises
    ------
    ImportRefusedError
        It holds no table, or one with too many cells.
    """
    encoding = encodings.decide([data], file, given=options.encoding)
    page = _Page(limits.cells)
    page.feed(data[encoding.mark :].decode(encoding.name, "replace"))
    page.close()
    tables = [table for table in page.tables if table.rows and not table.holds_tables]
    if page.too_many or not tables:
        message = (
            _("The table in {file} has too many cells.")
            if page.too_many
            else _("The web page {file} holds no table.")
        )
        raise ImportRefusedError(message.format(file=file), _("Open it in Excel and save it as XLSX."))
    name = PurePosixPath(file).stem
    sheets = []
    for number, table in enumerate(tables, 1):
        grid = replace(grid_of(table.rows), spans=tuple(table.spans))
        sheets += read_grid(grid, file, name if number == 1 else f"{name} ({number})", options)
    return sheets


class _Table:
    """A table while it is read: its rows, and the cells that reach over several."""

    def __init__(self) -> None:
        self.rows: list[list[object]] = []
        self.spans: list[Span] = []
        self.holds_tables = False
        self._taken: dict[tuple[int, int], None] = {}

    def add(self, cell: str | float | None, across: int, down: int) -> None:
        """Put a cell at the next free place of the last row."""
        row, at = len(self.rows) - 1, len(self.rows[-1])
        while (row, at) in self._taken:
            self.rows[-1].append(None)
            at += 1
        self.rows[-1] += [cell, *([None] * (across - 1))]
        if across > 1 or down > 1:
            self.spans.append((row, at, row + down - 1, at + across - 1))
            self._taken |= {
                (row + below, at + beside): None for below in range(1, down) for beside in range(across)
            }


class _Page(HTMLParser):
    """Collects the tables of a page."""

    def __init__(self, cells: int) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self.too_many = False
        self._open: list[_Table] = []
        self._outside: list[int] = []
        self._texts: list[list[str]] = []
        self._spans: list[tuple[int, int]] = []
        self._stored: list[str | None] = []
        self._left = cells
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, a row or a cell; the end tags of rows and cells are often left out."""
        if tag in {"script", "style"}:
            self._skipped += 1
        elif tag == "table":
            if self._open:
                self._open[-1].holds_tables = True
            # The cell around a table stays open; its text isn't the table's.
            self._outside.append(len(self._texts))
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif tag == "tr" and self._open:
            self._end_cell()
            self._open[-1].rows.append([])
        elif tag in {"td", "th"} and self._open and not self.too_many:
            self._end_cell()
            if not self._open[-1].rows:
                self._open[-1].rows.append([])
            own = dict(attrs)
            across, down = (_count(own.get(name)) for name in ("colspan", "rowspan"))
            self._left -= across * down
            self.too_many = self._left < 0
            self._texts.append([])
            self._spans.append((across, down))
            # Excel and LibreOffice keep the number beside what its format shows.
            self._stored.append(own.get("x:num") or own.get("sdval"))
        elif tag == "br" and self._texts:
            self._texts[-1].append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in {"script", "style"}:
            self._skipped = max(0, self._skipped - 1)
        elif tag in {"td", "th", "tr"} and self._open:
            self._end_cell()
        elif tag == "table" and self._open:
            self._end_cell()
            self._open.pop()
            self._outside.pop()

    def handle_data(self, data: str) -> None:
        """Take the text of a cell."""
        if self._texts and not self._skipped:
            self._texts[-1].append(data)

    def _end_cell(self) -> None:
        if self._open and len(self._texts) > self._outside[-1]:
            across, down = self._spans.pop()
            text = " ".join("".join(self._texts.pop()).split())
            self._open[-1].add(_cell(text, self._stored.pop()), across, down)


def _cell(text: str, stored: str | None) -> str | float | None:
    """Return a cell: the number stored, in the size its format shows; a text where they differ otherwise.

    >>> _cell("45.0", "450321"), _cell("1,234", "1234.25"), _cell("45万元", "450000")
    (45.0321, 1234.25, '45万元')
    """
    found = _FIGURE.fullmatch(text.replace(",", "")) if stored else None
    try:
        exact = Decimal(stored or "")
    except InvalidOperation:
        return text or None
    figure = Decimal(found[0]) if found else Decimal(0)
    if not figure or not exact or not exact.is_finite():
        return text or None
    places = round(math.log10(abs(exact / figure)))
    last_digit = Decimal(1).scaleb(places - len(found[1] if found and found[1] else ""))
    if places < 0 or abs(figure.scaleb(places) - exact) > last_digit * Decimal("0.51"):
        return text
    shown = float(exact.scaleb(-places))
    return ShownNumber(shown, scale=float(Decimal(1).scaleb(-places)), code="x:num") if places else shown


def _count(text: str | None) -> int:
    return min(int(text), 1_000) if text and text.strip().isdecimal() and int(text) > 0 else 1
