"""The small table of a slide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Emu, Inches, Pt

from core.exchange.slides.fit import MARGIN, table_fit
from core.exchange.slides.text import GREY, write

if TYPE_CHECKING:
    from core.exchange.slides.boxes import Box
    from core.exchange.slides.content import SlideTable

# PowerPoint's own name for a table without fills and lines.
PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
LINE, HEAD_LINE = "D5D9DE", "5A626E"


def add_table(shapes: Any, table: SlideTable, box: Box) -> int:  # noqa: ANN401 - pptx has no public type
    """Draw the table at the top of a box and return where it ends."""
    fit = table_fit(table, box.width / Pt(1), box.height / Pt(1))
    lines = (table.headings, *table.rows)
    height = round(fit.height * Pt(1))
    place = Emu(box.left), Emu(box.top), Emu(box.width), Emu(height)
    drawn = shapes.add_table(len(lines), len(table.headings), *place)
    style = drawn._element.find(f".//{qn('a:tableStyleId')}")
    style.text = PLAIN_STYLE
    grid = drawn.table
    grid.horz_banding = False
    for column, width in zip(grid.columns, fit.widths, strict=True):
        column.width = Emu(round(width * Pt(1)))
    for number, texts in enumerate(lines):
        grid.rows[number].height = Emu(round(fit.heights[number] * Pt(1)))
        for place_in_row, text in enumerate(texts):
            cell = grid.cell(number, place_in_row)
            _fill(cell, text, size=fit.size, is_head=number == 0, is_text=place_in_row < table.texts)
    return int(box.top + height)


def _fill(cell: Any, text: str, *, size: float, is_head: bool, is_text: bool) -> None:  # noqa: ANN401
    cell.margin_left = cell.margin_right = round(MARGIN * Pt(1))
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
