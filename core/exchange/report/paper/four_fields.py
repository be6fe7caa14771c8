"""The four fields of a report on paper: tinted grounds, bubbles, names and lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exchange.report.paper.charts import Axis, lighten
from core.exchange.report.paper.number_format import write_number
from core.exchange.report.paper.pen import Place
from core.exchange.slides.axes import ranges
from core.exchange.slides.charts import SIZE, SMALL
from core.exchange.slides.text import GREY, INK

if TYPE_CHECKING:
    from core.exchange.report.paper.pen import Pen
    from core.exchange.slides.content import Bubble, FourFields

LARGEST, LEAST = 15.0, 2.0
TINT = 0.87


def draw_four_fields(pen: Pen, picture: FourFields, place: Place) -> None:
    """Draw the bubbles between their lines; the names of those that carry one lie on top."""
    plot = Place(place.left + 44, place.top + 16, place.width - 50, place.height - 56)
    across, upwards = ranges(picture)
    x = Axis(*across, plot.left, plot.width)
    y = Axis(*upwards, plot.bottom, -plot.height)
    cut = x.at(picture.x.cut), y.at(picture.y.cut)
    for field in picture.fields:
        left, right = (cut[0], plot.right) if field.right else (plot.left, cut[0])
        top, bottom = (plot.top, cut[1]) if field.top else (cut[1], plot.bottom)
        pen.box(Place(left, top, right - left, bottom - top), fill=lighten(field.colour, TINT))
        align, spot = ("right", right - 6) if field.right else ("left", left + 6)
        first = top + 15 if field.top else bottom - 19
        pen.text((spot, first), field.name, 12, colour=field.colour, bold=True, align=align)
        pen.text((spot, first + 13), field.words, SMALL, align=align)
    pen.line([(cut[0], plot.top), (cut[0], plot.bottom)], GREY, thick=1, dashed=True)
    pen.line([(plot.left, cut[1]), (plot.right, cut[1])], GREY, thick=1, dashed=True)
    _draw_bubbles(pen, picture, x, y)
    _draw_axes(pen, picture, (x, y), place, plot)
    middle = min(max(cut[0], plot.left + 90), plot.right - 90)
    pen.text((middle, plot.top - 5), picture.x.label, SMALL, align="middle")
    pen.text((plot.right - 5, cut[1] - 4), picture.y.label, SMALL, align="right")


def _draw_bubbles(pen: Pen, picture: FourFields, x: Axis, y: Axis) -> None:
    placed = [(bubble, field.colour) for field in picture.fields for bubble in field.bubbles]
    largest = max((bubble.size for bubble, _colour in placed), default=0.0)
    # The large ones first: the small ones lie on them.
    for bubble, colour in sorted(placed, key=lambda pair: -pair[0].size):
        pen.circle((x.at(bubble.x), y.at(bubble.y)), _radius(bubble, largest), colour)
    for bubble, _colour in placed:
        if bubble.side:
            _name(pen, bubble, (x.at(bubble.x), y.at(bubble.y)), _radius(bubble, largest))


def _radius(bubble: Bubble, largest: float) -> float:
    return max(LARGEST * (bubble.size / largest) ** 0.5, LEAST) if largest > 0 else LEAST


def _name(pen: Pen, bubble: Bubble, at: tuple[float, float], radius: float) -> None:
    spots = {
        "above": ((at[0], at[1] - radius - 3), "middle"),
        "below": ((at[0], at[1] + radius + SIZE), "middle"),
        "left": ((at[0] - radius - 3, at[1] + SIZE * 0.35), "right"),
        "right": ((at[0] + radius + 3, at[1] + SIZE * 0.35), "left"),
    }
    spot, align = spots[bubble.side]
    pen.text(spot, bubble.name, SIZE, colour=INK, align=align)


def _draw_axes(pen: Pen, picture: FourFields, axes: tuple[Axis, Axis], place: Place, plot: Place) -> None:
    x, y = axes
    for mark in x.marks:
        text = write_number(mark, picture.x.number_format)
        pen.text((x.at(mark), plot.bottom + 14), text, SMALL, colour=GREY, align="middle")
    for mark in y.marks:
        text = write_number(mark, picture.y.number_format)
        pen.text((plot.left - 5, y.at(mark) + SMALL * 0.35), text, SMALL, colour=GREY, align="right")
    pen.text(
        (plot.left + plot.width / 2, plot.bottom + 30), picture.x.title, SIZE, colour=GREY, align="middle"
    )
    pen.canvas.saveState()
    pen.canvas.translate(place.left + 8, pen.height - (plot.top + plot.height / 2))
    pen.canvas.rotate(90)
    pen.canvas.setFont(pen.letters.regular, SIZE)
    pen.canvas.drawCentredString(0, 0, picture.y.title)
    pen.canvas.restoreState()
