"""The pictures of a report on paper: bars, columns, bridges and lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.exchange.report.paper.number_format import write_number
from core.exchange.report.paper.pen import Place
from core.exchange.slides.axes import bridge_scale, scale
from core.exchange.slides.bridge import piece_colour, piece_of
from core.exchange.slides.charts import GRID, MOST_MONTHS_NAMED, SIZE, SMALL
from core.exchange.slides.text import GREY, INK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.report.paper.pen import Pen
    from core.exchange.slides.content import Bars, Bridge, Columns, Lines, Series

LEGEND, MARK = 20.0, 7.0
TINT = 0.82


@dataclass(frozen=True)
class Axis:
    """An axis of values: its ends, its marks and where it lies."""

    low: float
    high: float
    step: float
    begin: float
    length: float

    def at(self, value: float) -> float:
        """Return where a value lies."""
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.begin + part * self.length

    @property
    def marks(self) -> list[float]:
        """Its round values."""
        count = round((self.high - self.low) / self.step)
        return [self.low + number * self.step for number in range(count + 1)]


def values_axis(series: Sequence[Series], begin: float, length: float) -> Axis:
    """Return an axis for bars: it holds zero and every value."""
    values = [value for row in series for value in row.values if value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    ends = scale(low, high if high > low else low + 1)
    return Axis(*ends, begin, length)


def draw_bars(pen: Pen, picture: Bars, place: Place) -> None:
    """Draw lying bars, the first category on top."""
    place = legend(pen, picture.series, place) if len(picture.series) > 1 else place
    names = min(max(pen.letters.width(name, SMALL) for name in picture.categories) + 8, place.width * 0.4)
    below = 18.0 if picture.title else 4.0
    plot = Place(place.left + names, place.top, place.width - names - 46, place.height - below)
    axis = values_axis(picture.series, plot.left, plot.width)
    group = plot.height / len(picture.categories)
    thick = group * 0.64 / len(picture.series)
    for number, name in enumerate(picture.categories):
        top = plot.top + number * group
        pen.paragraph(
            Place(place.left, top + group / 2 - SMALL * 0.65, names - 6, group),
            name,
            SMALL,
            colour=GREY,
            align="right",
        )
        for at, series in enumerate(picture.series):
            value = series.values[number]
            if value is None:
                continue
            colour = picture.colours[number] if picture.colours else series.colour
            begin, end = sorted((axis.at(0.0), axis.at(value)))
            bar = Place(begin, top + group * 0.18 + at * thick, max(end - begin, 0.4), thick * 0.94)
            _fill(pen, bar, colour, hollow=series.hollow)
            if series.labelled:
                text = write_number(value, picture.number_format)
                base = bar.top + thick / 2 + SMALL * 0.35
                spot, align = (end + 3, "left") if value >= 0 else (begin - 3, "right")
                pen.text((spot, base), text, SMALL, colour=INK, align=align)
    pen.line([(axis.at(0.0), plot.top), (axis.at(0.0), plot.bottom)], GREY)
    if picture.title:
        pen.text(
            (plot.left + plot.width / 2, place.bottom - 4), picture.title, SIZE, colour=GREY, align="middle"
        )


def draw_columns(pen: Pen, picture: Columns, place: Place) -> None:
    """Draw standing columns."""
    place = legend(pen, picture.series, place) if len(picture.series) > 1 else place
    plot, axis = _standing(pen, values_axis(picture.series, 0, 1), place, picture.number_format)
    group = plot.width / len(picture.categories)
    thick = group * 0.7 / len(picture.series)
    for number, name in enumerate(picture.categories):
        left = plot.left + number * group
        pen.paragraph(Place(left, plot.bottom + 4, group, 24), name, SMALL, colour=GREY, align="middle")
        for at, series in enumerate(picture.series):
            value = series.values[number]
            if value is None:
                continue
            begin, end = sorted((axis.at(0.0), axis.at(value)))
            bar = Place(left + group * 0.15 + at * thick, begin, thick * 0.94, max(end - begin, 0.4))
            _fill(pen, bar, series.colour, hollow=series.hollow)
            if series.labelled:
                text = write_number(value, picture.number_format)
                pen.text((bar.left + bar.width / 2, bar.top - 3), text, SMALL, align="middle")


def draw_bridge(pen: Pen, picture: Bridge, place: Place) -> None:
    """Draw levels and the changes between them."""
    plot, axis = _standing(pen, Axis(*bridge_scale(picture), 0, 1), place, picture.number_format)
    width = plot.width / len(picture.steps)
    before = None
    for number, (step, (begin, end)) in enumerate(zip(picture.steps, picture.spans, strict=True)):
        left = plot.left + number * width
        top, bottom = sorted((axis.at(begin), axis.at(end)))
        bar = Place(left + width * 0.14, top, width * 0.72, max(bottom - top, 0.4))
        pen.box(bar, fill=piece_colour(picture, piece_of(step)))
        if before is not None:
            pen.line([(left - width * 0.14, before), (left + width * 0.14, before)], GREY, thick=0.5)
        before = axis.at(end)
        middle = left + width / 2
        pen.paragraph(Place(left, plot.bottom + 4, width, 24), step.name, SMALL, colour=GREY, align="middle")
        pen.text((middle, top - 3), step.label, SMALL, bold=step.is_level, align="middle")


def draw_lines(pen: Pen, picture: Lines, place: Place) -> None:
    """Draw one line per series; what the picture is about carries its last value."""
    place = legend(pen, picture.series, place)
    plot, axis = _standing(pen, values_axis(picture.series, 0, 1), place, picture.number_format)
    plot = Place(plot.left, plot.top, plot.width - 34, plot.height)
    count = max(len(picture.months) - 1, 1)
    spots = [plot.left + plot.width * number / count for number in range(len(picture.months))]
    every = max(-(-len(picture.months) // MOST_MONTHS_NAMED), 1)
    for number in range(0, len(picture.months), every):
        name = f"{picture.months[number]:%Y-%m}"
        pen.text((spots[number], plot.bottom + 14), name, SMALL, colour=GREY, align="middle")
    for series in picture.series:
        stretch: list[tuple[float, float]] = []
        for x, value in (*zip(spots, series.values, strict=True), (0.0, None)):
            if value is not None:
                stretch.append((x, axis.at(value)))
                continue
            if len(stretch) > 1:
                pen.line(stretch, series.colour, thick=2.5 if series.loud else 1.1)
            stretch = []
        last = next(
            ((x, v) for x, v in reversed(list(zip(spots, series.values, strict=True))) if v is not None), None
        )
        if series.loud and last is not None:
            form = "0.0%" if "%" in picture.number_format else picture.number_format
            text = write_number(last[1], form)
            pen.text((last[0] + 4, axis.at(last[1]) + 4), text, SIZE, colour=series.colour, bold=True)


def legend(pen: Pen, series: Sequence[Series], place: Place) -> Place:
    """Write the names of the series over a picture; return the room below them."""
    top, left = place.top, place.left + 40
    for row in series:
        wide = MARK + 4 + pen.letters.width(row.name, SIZE) + 14
        if left + wide > place.right and left > place.left + 40:
            top, left = top + LEGEND * 0.8, place.left + 40
        _fill(pen, Place(left, top + 4, MARK, MARK), row.colour, hollow=row.hollow)
        pen.text((left + MARK + 4, top + 4 + MARK), row.name, SIZE, colour=GREY)
        left += wide
    used = top + LEGEND - place.top
    return Place(place.left, place.top + used, place.width, place.height - used)


def _standing(pen: Pen, axis: Axis, place: Place, number_format: str) -> tuple[Place, Axis]:
    """Draw the marks of an upright axis; return the plot and the axis in it."""
    names = [write_number(mark, number_format) for mark in axis.marks]
    room = max(pen.letters.width(name, SMALL) for name in names) + 8
    plot = Place(place.left + room, place.top + 12, place.width - room, place.height - 44)
    upright = Axis(axis.low, axis.high, axis.step, plot.bottom, -plot.height)
    for mark, name in zip(axis.marks, names, strict=True):
        y = upright.at(mark)
        pen.line([(plot.left, y), (plot.right, y)], GREY if mark == axis.low else GRID, thick=0.6)
        pen.text((plot.left - 5, y + SMALL * 0.35), name, SMALL, colour=GREY, align="right")
    return plot, upright


def _fill(pen: Pen, place: Place, colour: str, *, hollow: bool) -> None:
    pen.box(place, fill=lighten(colour, TINT) if hollow else colour, line=colour if hollow else None)


def lighten(colour: str, part: float) -> str:
    """Return a colour mixed with a part of white."""
    mixed = (round(int(colour[i : i + 2], 16) * (1 - part) + 255 * part) for i in (1, 3, 5))
    return "#{:02X}{:02X}{:02X}".format(*mixed)
