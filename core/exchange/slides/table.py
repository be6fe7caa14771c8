"""The small table of a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from core.exchange.slides.text import GREY, plain, text_width, write

if TYPE_CHECKING:
    from core.exchange.slides.charts import Box
    from core.exchange.slides.content import SlideTable

# PowerPoint's own name for a table without fills and lines.
PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
SIZES = (12, 11, 10, 9)
LINE, HEAD_LINE = "D5D9DE", "5A626E"
MARGIN = Inches(0.06)
MOST_ROW, LEAST_ROW = Inches(0.36), Inches(0.27)


def add_table(shapes: Any, table: SlideTable, box: Box) -> int:  # noqa: ANN401 - pptx has no public type
    """Draw the table at the top of a box and return where it ends."""
    lines = (table.headings, *table.rows)
    height = min(max(box.height // len(lines), LEAST_ROW), MOST_ROW)
    place = Emu(box.left), Emu(box.top), Emu(box.width), Emu(height * len(lines))
    drawn = shapes.add_table(len(lines), len(table.headings), *place)
    style = drawn._element.find(f".//{qn('a:tableStyleId')}")
    style.text = PLAIN_STYLE
    grid = drawn.table
    grid.horz_banding = False
    size, widths = _columns(table, box.width)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Emu(width)
    for number, texts in enumerate(lines):
        grid.rows[number].height = Emu(height)
        for place_in_row, text in enumerate(texts):
            cell = grid.cell(number, place_in_row)
            _fill(cell, text, size=size, is_head=number == 0, is_text=place_in_row < table.texts)
    return int(box.top + height * len(lines))


def _columns(table: SlideTable, room: int) -> tuple[float, list[int]]:
    """Return the largest size at which all columns fit, and their widths; else a heading takes two lines."""
    for size, lines in (*((size, 1) for size in SIZES[:-1]), *((size, 2) for size in SIZES[1:])):
        widths = _wanted(table, size, lines)
        left = room - sum(widths)
        if left >= 0:
            return size, [round(width + left / len(widths)) for width in widths]
    # Texts break into lines; a number that does is misread.
    texts = sum(widths[: table.texts])
    shrunk = max(texts + left, 0) / texts
    return size, [round(w * shrunk) if at < table.texts else w for at, w in enumerate(widths)]


def _wanted(table: SlideTable, size: float, lines: int) -> list[int]:
    """Return the width of each column at a size, its heading on some lines."""
    columns = zip(table.headings, *table.rows, strict=True)
    points = [
        max(
            _width(heading, size - 1) / lines + (lines - 1) * size,
            *(_width(text, size) for text in column),
        )
        for heading, *column in columns
    ]
    return [round(width * Pt(1)) + 2 * MARGIN for width in points]


def _width(text: str, size: float) -> float:
    # Some room for fonts that are wider than the one named.
    return text_width(plain(text), size) * 1.15


def _fill(cell: Any, text: str, *, size: float, is_head: bool, is_text: bool) -> None:  # noqa: ANN401
    cell.margin_left = cell.margin_right = MARGIN
    cell.margin_top = cell.margin_bottom = Inches(0.02)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame = cell.text_frame
    if is_head:
        write(frame, (text,), size=size - 1, colour=GREY)
    else:
        write(frame, (text,), size=size)
    frame.paragraphs[0].alignment = PP_ALIGN.LEFT if is_text else PP_ALIGN.RIGHT
    width, colour = (12700, HEAD_LINE) if is_head else (6350, LINE)
    fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
    cell._tc.get_or_add_tcPr().insert(
        0, parse_xml(f'<a:lnB {nsdecls("a")} w="{width}" cap="flat">{fill}</a:lnB>')
    )
