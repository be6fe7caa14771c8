"""A slide to take away: the answer, the picture that shows it, the few figures that prove it.

One slide of 16:9, everything on it editable: the picture is a chart of PowerPoint's own with its
figures behind it, the table is a table. All notes also stand below the slide, for the speaker.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from core.exchange.slides import charts as slide_charts
from core.exchange.slides.charts import Box
from core.exchange.slides.content import Bars, FourFields, Lines
from core.exchange.slides.table import add_table
from core.exchange.slides.text import GREY, INK, fitting, mixed, name_fonts, plain, rgb, write

if TYPE_CHECKING:
    from core.exchange.slides.content import Field, Picture, Slide

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
TITLE_ONLY = 5
NAMED_NOTES = 2


def _inches(left: float, top: float, width: float, height: float) -> Box:
    return Box(Inches(left), Inches(top), Inches(width), Inches(height))


TITLE = _inches(0.45, 0.28, 12.43, 0.92)
SUBJECT = _inches(0.45, 1.26, 12.43, 0.3)
PICTURE = _inches(0.45, 1.65, 7.6, 4.95)
ASIDE = _inches(8.3, 1.65, 4.58, 4.95)
FOOT = _inches(0.45, 6.68, 12.43, 0.62)


def slide_file(slide: Slide) -> bytes:
    """Return a presentation of one slide, as the bytes of a ``.pptx`` file."""
    deck = Presentation()
    _widen(deck)
    page = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    _title(page, slide.answer)
    _text(page.shapes, SUBJECT, (slide.subject,), size=13, colour=GREY)
    _picture(page.shapes, slide.picture)
    below = add_table(page.shapes, slide.table, ASIDE)
    if slide.points:
        _points(page.shapes, slide.points, below)
    foot = [*slide.notes[:NAMED_NOTES], slide.source]
    _text(page.shapes, FOOT, foot, size=9.5, colour=GREY, anchor=MSO_ANCHOR.BOTTOM)
    page.notes_slide.notes_text_frame.text = "\n".join(plain(text) for text in (*slide.notes, slide.source))
    name_fonts(page._element)
    name_fonts(page.notes_slide._element)
    _sign(deck, slide.answer)
    buffer = io.BytesIO()
    deck.save(buffer)
    return buffer.getvalue()


def _widen(deck: Any) -> None:  # noqa: ANN401 - pptx has no public type
    """Make the 4:3 template 16:9, its layouts too, so that a slide added by hand fits."""
    across = WIDTH / deck.slide_width
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    for sheet in (deck.slide_master, *deck.slide_layouts):
        for shape in sheet.placeholders:
            # A placeholder without a place of its own follows the master's.
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                shape.left, shape.width = Emu(round(shape.left * across)), Emu(round(shape.width * across))


def _sign(deck: Any, answer: str) -> None:  # noqa: ANN401
    """Say in the file's properties what it holds, instead of who made the template and when."""
    properties = deck.core_properties
    properties.title = plain(answer)[:250]
    properties.author = properties.last_modified_by = ""
    properties.created = properties.modified = dt.datetime.now(dt.UTC)


def _title(page: Any, answer: str) -> None:  # noqa: ANN401
    title = page.shapes.title
    title.left, title.top, title.width, title.height = TITLE.sides
    size = fitting(plain(answer), TITLE.width / Pt(1), (24, 22, 20, 18, 16), lines=2)
    _flatten(title.text_frame, MSO_ANCHOR.BOTTOM)
    write(title.text_frame, (answer,), size=size, bold=True)
    title.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT


def _text(
    shapes: Any,  # noqa: ANN401
    box: Box,
    paragraphs: tuple[str, ...] | list[str],
    *,
    size: float,
    colour: str = INK,
    anchor: MSO_ANCHOR = MSO_ANCHOR.TOP,
    align: PP_ALIGN = PP_ALIGN.LEFT,
) -> Any:  # noqa: ANN401
    frame = shapes.add_textbox(*box.sides).text_frame
    _flatten(frame, anchor)
    write(frame, paragraphs, size=size, colour=colour)
    for paragraph in frame.paragraphs:
        paragraph.alignment = align
    return frame


def _flatten(frame: Any, anchor: MSO_ANCHOR) -> None:  # noqa: ANN401
    """Let a text begin where its box does."""
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = anchor


def _points(shapes: Any, points: tuple[str, ...], top: int) -> None:  # noqa: ANN401
    gap = Inches(0.25)
    box = Box(ASIDE.left, top + gap, ASIDE.width, max(ASIDE.top + ASIDE.height - top - gap, Inches(0.5)))
    frame = _text(shapes, box, points, size=12)
    frame.paragraphs[0].runs[0].font.bold = True
    for paragraph in frame.paragraphs[1:]:
        paragraph.space_before = Pt(5)


def _picture(shapes: Any, picture: Picture) -> None:  # noqa: ANN401
    if isinstance(picture, FourFields):
        _four_fields(shapes, picture)
    elif isinstance(picture, Bars):
        slide_charts.add_bars(shapes, picture, PICTURE)
    elif isinstance(picture, Lines):
        slide_charts.add_lines(shapes, picture, PICTURE)


def _four_fields(shapes: Any, picture: FourFields) -> None:  # noqa: ANN401
    """Lay the tinted fields below the bubbles, and the names of fields and lines above them."""
    plot = PICTURE.part(*slide_charts.PLOT)
    (left, right, _x), (low, high, _y) = slide_charts.ranges(picture)
    at = (picture.x.cut - left) / (right - left), (high - picture.y.cut) / (high - low)
    for field in picture.fields:
        _ground(shapes, field, plot.part(*_corner(field, at)))
    slide_charts.add_bubbles(shapes, picture, PICTURE)
    width, height = Inches(3), Inches(0.24)
    middle = plot.left + round(at[0] * plot.width) - width // 2
    inside = min(max(middle, plot.left), plot.left + plot.width - width)
    box = Box(inside, plot.top - height, width, height)
    _text(shapes, box, (picture.x.label,), size=10, align=PP_ALIGN.CENTER)
    top = plot.top + round(at[1] * plot.height) - height
    box = Box(plot.left + plot.width - width - Inches(0.06), top, width, height)
    _text(shapes, box, (picture.y.label,), size=10, align=PP_ALIGN.RIGHT)


def _corner(field: Field, at: tuple[float, float]) -> tuple[float, float, float, float]:
    """Return left, top, width and height of a field, as parts of the plot."""
    across = (at[0], 1 - at[0]) if field.right else (0.0, at[0])
    down = (0.0, at[1]) if field.top else (at[1], 1 - at[1])
    return across[0], down[0], across[1], down[1]


def _ground(shapes: Any, field: Field, box: Box) -> None:  # noqa: ANN401
    ground = shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.sides)
    ground.fill.solid()
    ground.fill.fore_color.rgb = mixed(field.colour, 0.13)
    ground.line.fill.background()
    # The template's style would give it a shadow.
    ground._element.remove(ground._element.find(qn("p:style")))
    frame = ground.text_frame
    frame.margin_left = frame.margin_right = Inches(0.08)
    frame.margin_top = frame.margin_bottom = Inches(0.04)
    frame.vertical_anchor = MSO_ANCHOR.TOP if field.top else MSO_ANCHOR.BOTTOM
    write(frame, [text for text in (field.name, field.words) if text], size=10, colour=INK)
    for number, paragraph in enumerate(frame.paragraphs):
        paragraph.alignment = PP_ALIGN.RIGHT if field.right else PP_ALIGN.LEFT
        if number == 0:
            paragraph.runs[0].font.bold = True
            paragraph.runs[0].font.size = Pt(12)
            paragraph.runs[0].font.color.rgb = rgb(field.colour)
