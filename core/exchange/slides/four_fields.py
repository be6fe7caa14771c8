"""The four fields of a slide: tinted grounds below a chart of bubbles, names and lines above it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from core.exchange.slides import charts
from core.exchange.slides.axes import ranges
from core.exchange.slides.boxes import Box
from core.exchange.slides.text import INK, add_text, mixed, rgb, write

if TYPE_CHECKING:
    from core.exchange.slides.content import Field, FourFields


def add_four_fields(shapes: Any, picture: FourFields, place: Box) -> None:  # noqa: ANN401 - pptx has no public type
    """Lay the tinted fields below the bubbles, and the names of fields and lines above them."""
    plot = place.part(*charts.PLOT)
    (left, right, _x), (low, high, _y) = ranges(picture)
    at = (picture.x.cut - left) / (right - left), (high - picture.y.cut) / (high - low)
    for field in picture.fields:
        _ground(shapes, field, plot.part(*_corner(field, at)))
    charts.add_bubbles(shapes, picture, place)
    width, height = Inches(3), Inches(0.24)
    middle = plot.left + round(at[0] * plot.width) - width // 2
    inside = min(max(middle, plot.left), plot.left + plot.width - width)
    box = Box(inside, plot.top - height, width, height)
    add_text(shapes, box, (picture.x.label,), size=10, align=PP_ALIGN.CENTER)
    top = plot.top + round(at[1] * plot.height) - height
    box = Box(plot.left + plot.width - width - Inches(0.06), top, width, height)
    add_text(shapes, box, (picture.y.label,), size=10, align=PP_ALIGN.RIGHT)


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
