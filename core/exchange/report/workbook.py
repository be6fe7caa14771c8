"""The report as a workbook: a sheet for each part, its table and its picture's figures as numbers."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import xlsxwriter

from core.exchange.formula_guard import WORKBOOK
from core.exchange.report.pictures import picture_table
from core.exchange.slides.text import plain
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.report.content import Part, Report
    from core.exchange.slides.content import Figure, SlideTable

_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31
FIRST_COLUMN, OTHER_COLUMNS, TEXT_COLUMN = 26, 15, 90


@dataclass(frozen=True)
class _Formats:
    title: Any
    heading: Any
    text: Any
    note: Any


def workbook_file(report: Report) -> bytes:
    """Return the report as the bytes of an ``.xlsx`` file; a text is a text there, never a formula."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {**WORKBOOK, "in_memory": True}) as book:
        book.set_properties({"title": plain(f"{report.cover.title} · {report.cover.subject}"), "author": ""})
        formats = _Formats(
            book.add_format({"bold": True, "font_size": 14, "text_wrap": False}),
            book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
            book.add_format({"font_color": "#5A626E", "text_wrap": False}),
        )
        names = sheet_names([_("Contents"), *(part.title for part in report.parts)])
        _contents(book.add_worksheet(names[0]), report, formats)
        for name, part in zip(names[1:], report.parts, strict=True):
            _Sheet(book, book.add_worksheet(name), formats).write(part)
    return buffer.getvalue()


def sheet_names(titles: list[str]) -> list[str]:
    """Return names that a workbook takes: short, without its special characters, each once."""
    names: list[str] = []
    for title in titles:
        name = base = _NOT_IN_A_NAME.sub(" ", plain(title)).strip()[:LONGEST_NAME] or "-"
        number = 2
        while name.casefold() in {each.casefold() for each in names}:
            tail = f" {number}"
            name, number = base[: LONGEST_NAME - len(tail)] + tail, number + 1
        names.append(name)
    return names


def _contents(sheet: Any, report: Report, formats: _Formats) -> None:  # noqa: ANN401 - untyped library
    sheet.set_column(0, 0, FIRST_COLUMN)
    sheet.set_column(1, 1, TEXT_COLUMN)
    sheet.set_column(2, 2, FIRST_COLUMN)
    sheet.write_string(0, 0, plain(report.cover.title), formats.title)
    sheet.write_string(1, 0, plain(report.cover.subject), formats.note)
    sheet.write_string(2, 0, plain(report.cover.source), formats.note)
    row = 4
    for column, heading in enumerate((_("Part of the report"), _("Answer"), _("Page"))):
        sheet.write_string(row, column, heading, formats.heading)
    for part in report.parts:
        row += 1
        for column, text in enumerate((part.title, part.slide.answer, part.page)):
            sheet.write_string(row, column, plain(text), formats.text)
    for gap in report.gaps:
        row += 1
        sheet.write_string(row, 0, _("Left out"), formats.text)
        sheet.write_string(row, 1, plain(gap), formats.text)


class _Sheet:
    """Writes one part from the top of its sheet down."""

    def __init__(self, book: Any, sheet: Any, formats: _Formats) -> None:  # noqa: ANN401
        self.book, self.sheet, self.formats, self.row = book, sheet, formats, 0
        self.numbers: dict[str, Any] = {}

    def write(self, part: Part) -> None:
        slide = part.slide
        self.sheet.set_column(0, 0, FIRST_COLUMN)
        self.sheet.set_column(1, 12, OTHER_COLUMNS)
        self._line(slide.answer, self.formats.title)
        self._line(slide.subject, self.formats.note)
        self.row += 1
        if slide.table is not None:
            self._table(slide.table)
        if slide.picture is not None and (figures := picture_table(slide.picture)) is not None:
            self._line(_("Figures of the picture"), self.formats.note)
            self._table(figures)
        for text in slide.points:
            self._line(text)
        self.row += bool(slide.points)
        for text in (*slide.notes, *slide.remarks, slide.source):
            self._line(text, self.formats.note)

    def _line(self, text: str, form: Any = None) -> None:  # noqa: ANN401
        self.sheet.write_string(self.row, 0, plain(text), form)
        self.row += 1

    def _table(self, table: SlideTable) -> None:
        for column, heading in enumerate(table.headings):
            self.sheet.write_string(self.row, column, plain(heading), self.formats.heading)
        empty: tuple[tuple[Figure | None, ...], ...] = ((None,) * len(table.headings),) * len(table.rows)
        for texts, figures in zip(table.rows, table.figures or empty, strict=True):
            self.row += 1
            for column, (text, figure) in enumerate(zip(texts, figures, strict=True)):
                if figure is None:
                    self.sheet.write_string(self.row, column, plain(text))
                else:
                    self.sheet.write_number(
                        self.row, column, figure.value, self._number(figure.number_format)
                    )
        self.row += 2

    def _number(self, number_format: str) -> Any:  # noqa: ANN401
        if number_format not in self.numbers:
            self.numbers[number_format] = self.book.add_format({"num_format": number_format})
        return self.numbers[number_format]
