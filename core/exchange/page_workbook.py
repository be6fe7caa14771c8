"""The tables of a page as a workbook that can be handed on: what, of when, from where, with live totals.

A table's ``attrs`` say what its numbers are: ``formats`` (heading -> Excel format), ``summed`` (headings
whose rows add up) and ``notes`` (heading -> comment: how it is computed, where the data come from). The total
is a formula over the rows in sight: it follows a filter and a corrected cell.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from core.exchange.formula_guard import WORKBOOK
from core.exchange.report.workbook import sheet_names
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

NARROW, WIDE = 8, 48
NOTE = {"width": 360, "height": 180}
"""Pixels of a comment."""
SAMPLE = 500
"""Rows that a column's width is taken from."""
DATE = "yyyy-mm-dd"
# Sums what a filter leaves in sight, hidden rows left out.
SUM_IN_SIGHT = 109


@dataclass(frozen=True)
class About:
    """What stands above the table.

    Parameters
    ----------
    title
        Of the page.
    lines
        Period, source, day: one line each.
    """

    title: str
    lines: tuple[str, ...]


def page_workbook(sheets: Mapping[str, pd.DataFrame], about: About) -> bytes:
    """Return the bytes of an ``.xlsx`` file with a sheet for each table; a text is never a formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {**WORKBOOK, "in_memory": True}) as book:
        book.set_properties({"title": about.title, "author": ""})
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "note": book.add_format({"font_color": "#5A626E"}),
            "head": book.add_format(
                {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#E8EEF4"}
            ),
            "total": book.add_format({"bold": True, "top": 1}),
        }
        for name, (title, table) in zip(sheet_names(list(sheets)), sheets.items(), strict=True):
            _Sheet(book, book.add_worksheet(name), formats).write(title, table, about)
    return buffer.getvalue()


class _Sheet:
    """Writes one table under its title."""

    def __init__(self, book: Any, sheet: Any, formats: dict[str, Any]) -> None:  # noqa: ANN401 - untyped library
        self.book, self.sheet, self.formats = book, sheet, formats

    def write(self, title: str, table: pd.DataFrame, about: About) -> None:
        together = about.title if title == about.title else f"{about.title} · {title}"
        self.sheet.write_string(0, 0, together, self.formats["title"])
        for row, line in enumerate(about.lines, start=1):
            self.sheet.write_string(row, 0, line, self.formats["note"])
        head = len(about.lines) + 2
        last = head + len(table)
        summed = set(table.attrs.get("summed", ()))
        for at, heading in enumerate(map(str, table.columns)):
            values = table.iloc[:, at]
            number = table.attrs.get("formats", {}).get(heading) or _format(values)
            cell = self.book.add_format({"num_format": number}) if number else None
            self.sheet.write_string(head, at, heading, self.formats["head"])
            if heading in table.attrs.get("notes", {}):
                self.sheet.write_comment(head, at, table.attrs["notes"][heading], NOTE)
            for row, value in enumerate(values.tolist(), start=head + 1):
                self._cell(row, at, value, cell)
            self.sheet.set_column(at, at, _width(heading, values, number))
            if heading in summed and len(table):
                self._total(last + 1, at, (head + 1, last), (number, float(values.sum())))
        if len(table):
            self.sheet.autofilter(head, 0, last, len(table.columns) - 1)
        if summed and len(table):
            self.sheet.write_string(last + 1, 0, _("Sum of the rows in sight"), self.formats["total"])
        self.sheet.freeze_panes(head + 1, 1)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(head)

    def _cell(self, row: int, column: int, value: object, form: Any) -> None:  # noqa: ANN401
        if value is None or (not isinstance(value, str | list | tuple) and pd.isna(value)):
            return
        if isinstance(value, bool):
            self.sheet.write_string(row, column, _("yes") if value else _("no"))
        elif isinstance(value, int | float):
            self.sheet.write_number(row, column, value, form)
        elif isinstance(value, dt.datetime | dt.date):
            day = value.replace(tzinfo=None) if isinstance(value, dt.datetime) else value
            self.sheet.write_datetime(row, column, day, form or self.book.add_format({"num_format": DATE}))
        else:
            self.sheet.write_string(row, column, str(value))

    def _total(self, row: int, column: int, rows: tuple[int, int], told: tuple[str, float]) -> None:
        name = xl_col_to_name(column)
        form = self.book.add_format({"bold": True, "top": 1, "num_format": told[0] or "General"})
        formula = f"=SUBTOTAL({SUM_IN_SIGHT},{name}{rows[0] + 1}:{name}{rows[1] + 1})"
        # A viewer that computes nothing shows the value beside the formula.
        self.sheet.write_formula(row, column, formula, form, told[1])


def _format(values: pd.Series) -> str:
    """Return the number format of a column that declares none."""
    if pd.api.types.is_bool_dtype(values):
        return ""
    if pd.api.types.is_integer_dtype(values):
        return "#,##0"
    if pd.api.types.is_datetime64_any_dtype(values):
        return DATE
    if not pd.api.types.is_float_dtype(values):
        return ""
    known = values.dropna()
    return "#,##0" if len(known) and (known == known.round()).all() else "#,##0.0##"


def _width(heading: str, values: pd.Series, number: str) -> float:
    texts = [
        f"{value:,.1f}" if number and isinstance(value, float) else str(value) for value in values[:SAMPLE]
    ]
    # A heading wraps: half of it has to fit.
    longest = max([_cells(heading) / 2 + 2, *(_cells(text) for text in texts)], default=NARROW)
    return min(max(longest + 2, NARROW), WIDE)


def _cells(text: str) -> int:
    """Return how many cells of Latin letters a text takes; a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
