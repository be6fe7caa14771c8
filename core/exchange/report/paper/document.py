"""The report as a PDF: the same slides, texts that can be searched, a bookmark for each part."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pptx.util import Pt
from reportlab.pdfgen.canvas import Canvas

from core.colours import US
from core.exchange.report.paper import charts
from core.exchange.report.paper.four_fields import draw_four_fields
from core.exchange.report.paper.letters import letters_for
from core.exchange.report.paper.pen import Pen, Place
from core.exchange.report.presentation import BAND, COVER_SOURCE, COVER_SUBJECT, COVER_TITLE, TITLE_SIZES
from core.exchange.report.texts import texts_of
from core.exchange.slides.boxes import FRAME, HEIGHT, WIDTH
from core.exchange.slides.content import Bars, Bridge, Columns, FourFields, Lines
from core.exchange.slides.fit import LINE, MARGIN, POINT_GAP, table_fit
from core.exchange.slides.layout import NAMED_NOTES, lay_out
from core.exchange.slides.slide import SUBJECT_SIZE
from core.exchange.slides.table import HEAD_LINE
from core.exchange.slides.table import LINE as ROW_LINE
from core.exchange.slides.text import GREY, INK, fitting, plain
from core.i18n import N_, _

if TYPE_CHECKING:
    from core.exchange.report.content import Cover, Report
    from core.exchange.slides.boxes import Box
    from core.exchange.slides.content import Picture, Slide, SlideTable

NOTE_SIZE, NOTES = 11, N_("Notes")
SHEET = WIDTH / Pt(1), HEIGHT / Pt(1)


def pdf_file(report: Report) -> bytes:
    """Return the report as the bytes of a PDF, its Chinese letters in it where there is a font."""
    letters = set("".join((*texts_of(report), _(NOTES))))
    fonts = letters_for(letters, letters)
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=SHEET, pageCompression=1, initialFontName=fonts.regular)
    canvas.setTitle(plain(f"{report.cover.title} · {report.cover.subject}"))
    canvas.setAuthor("")
    pen = Pen(canvas, SHEET[1], fonts)
    if report.has_cover:
        _draw_cover(pen, report.cover)
        canvas.showPage()
    for number, part in enumerate(report.parts, 1 + report.has_cover):
        canvas.bookmarkPage(part.key)
        canvas.addOutlineEntry(plain(part.title), part.key)
        _draw_slide(pen, part.slide, number)
        canvas.showPage()
    _draw_notes(pen, report)
    canvas.save()
    return buffer.getvalue()


def _draw_notes(pen: Pen, report: Report) -> None:
    """Write what the speaker reads below the slides on pages of its own, where it isn't on the slides."""
    room = _place(FRAME.area)
    top, written = room.bottom, set[str]()
    for part in report.parts:
        every = (*part.slide.notes[NAMED_NOTES:], *part.slide.remarks)
        # What holds for several slides is said once.
        notes = [text for text in every if text not in written]
        written.update(notes)
        for text in (part.title, *notes) if notes else ():
            if top + 2 * NOTE_SIZE * LINE > room.bottom:
                if top < room.bottom or pen.canvas.getPageNumber() > report.slides + 1:
                    pen.canvas.showPage()
                pen.text((room.left, _place(FRAME.title).bottom), _(NOTES), 20, bold=True)
                top = room.top - NOTE_SIZE
            top = pen.paragraph(
                Place(room.left, top, room.width, 0), text, NOTE_SIZE, bold=text == part.title
            )
            top += POINT_GAP


def _place(box: Box) -> Place:
    return Place(*(side / Pt(1) for side in box.sides))


def _draw_cover(pen: Pen, cover: Cover) -> None:
    pen.box(_place(BAND), fill=US)
    title = _place(COVER_TITLE)
    size = fitting(plain(cover.title), title.width, TITLE_SIZES, lines=2)
    lines = len(pen.lines(cover.title, size, title.width, bold=True))
    top = title.bottom - lines * size * LINE
    pen.paragraph(Place(title.left, top, title.width, title.height), cover.title, size, bold=True)
    pen.paragraph(_place(COVER_SUBJECT), cover.subject, 20, colour=GREY)
    pen.paragraph(_place(COVER_SOURCE), cover.source, 11, colour=GREY)


def _draw_slide(pen: Pen, slide: Slide, number: int) -> None:
    layout = lay_out(slide, FRAME)
    title = _place(FRAME.title)
    lines = len(pen.lines(slide.answer, layout.title_size, title.width, bold=True))
    top = title.bottom - lines * layout.title_size * LINE
    pen.paragraph(Place(title.left, top, title.width, 0), slide.answer, layout.title_size, bold=True)
    pen.paragraph(_place(FRAME.subject), slide.subject, SUBJECT_SIZE, colour=GREY)
    if slide.picture is not None and layout.picture is not None:
        _draw_picture(pen, slide.picture, _place(layout.picture))
    if slide.table is not None and layout.table is not None:
        _draw_table(pen, slide.table, _place(layout.table))
    if layout.points is not None:
        _draw_points(pen, slide.points, _place(layout.points), layout.points_size)
    foot = _place(FRAME.foot)
    lines = sum(len(pen.lines(text, layout.foot_size, foot.width - 30)) for text in layout.foot_lines)
    top = foot.bottom - lines * layout.foot_size * LINE
    for text in layout.foot_lines:
        top = pen.paragraph(Place(foot.left, top, foot.width - 30, 0), text, layout.foot_size, colour=GREY)
    pen.text((foot.right, foot.bottom), str(number), layout.foot_size, colour=GREY, align="right")


def _draw_picture(pen: Pen, picture: Picture, place: Place) -> None:
    if isinstance(picture, FourFields):
        draw_four_fields(pen, picture, place)
    elif isinstance(picture, Bars):
        charts.draw_bars(pen, picture, place)
    elif isinstance(picture, Columns):
        charts.draw_columns(pen, picture, place)
    elif isinstance(picture, Bridge):
        charts.draw_bridge(pen, picture, place)
    elif isinstance(picture, Lines):
        charts.draw_lines(pen, picture, place)


def _draw_table(pen: Pen, table: SlideTable, place: Place) -> None:
    fit = table_fit(table, place.width, place.height)
    top = place.top
    for number, (texts, height) in enumerate(zip((table.headings, *table.rows), fit.heights, strict=True)):
        left = place.left
        size, colour = (fit.size - 1, GREY) if number == 0 else (fit.size, INK)
        for column, (text, width) in enumerate(zip(texts, fit.widths, strict=True)):
            room = width - 2 * MARGIN
            lines = len(pen.lines(text, size, room))
            begin = top + (height - lines * size * LINE) / 2
            align = "left" if column < table.texts else "right"
            pen.paragraph(Place(left + MARGIN, begin, room, 0), text, size, colour=colour, align=align)
            left += width
        top += height
        line, thick = (HEAD_LINE, 1.0) if number == 0 else (ROW_LINE, 0.5)
        pen.line([(place.left, top), (left, top)], f"#{line}", thick=thick)


def _draw_points(pen: Pen, points: tuple[str, ...], place: Place, size: float) -> None:
    top = place.top
    for number, text in enumerate(points):
        top = pen.paragraph(Place(place.left, top, place.width, 0), text, size, bold=number == 0) + POINT_GAP
