"""The bridge of a slide: levels and the changes between them, as a chart that people can edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.util import Pt

from core.colours import GAIN, LOSS
from core.exchange.slides.axes import bridge_scale
from core.exchange.slides.charts import SMALL, category_data, fill, quiet, value_axis
from core.exchange.slides.content import Series
from core.exchange.slides.text import GREY, INK, cell_text, plain, rgb
from core.i18n import N_, _

if TYPE_CHECKING:
    from core.exchange.slides.boxes import Box
    from core.exchange.slides.content import Bridge, Step

SUPPORT = N_("Support (not seen)")
PIECES = {"level": N_("Level"), "gain": N_("Increase"), "loss": N_("Decrease")}


def piece_of(step: Step) -> str:
    """Return which key of ``PIECES`` a step is."""
    if step.is_level:
        return "level"
    return "gain" if step.value >= 0 else "loss"


def piece_colour(picture: Bridge, piece: str) -> str:
    """Return the colour of a key of ``PIECES``."""
    return {"level": picture.colour, "gain": GAIN, "loss": LOSS}[piece]


def add_bridge(shapes: Any, picture: Bridge, box: Box) -> None:  # noqa: ANN401 - pptx has no public type
    """Draw columns that stand on supports which aren't seen; each carries its change in words."""
    bottoms = [min(span) for span in picture.spans]
    heights = [max(span) - min(span) for span in picture.spans]
    pieces = [piece_of(step) for step in picture.steps]
    series = [Series(_(SUPPORT), tuple(bottom or None for bottom in bottoms), GREY)]
    for key, name in PIECES.items():
        values = (height if piece == key else None for piece, height in zip(pieces, heights, strict=True))
        series.append(Series(_(name), tuple(values), piece_colour(picture, key)))
    categories = [cell_text(step.name) for step in picture.steps]
    data = category_data(categories, tuple(series), picture.number_format)
    chart = shapes.add_chart(XL_CHART_TYPE.COLUMN_STACKED, *box.sides, data).chart
    quiet(chart, legend=False)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 40, 100
    drawn = dict(zip(("support", *PIECES), plot.series, strict=True))
    drawn["support"].format.fill.background()
    for key in PIECES:
        fill(drawn[key].format, piece_colour(picture, key), hollow=False)
    for number, (step, piece) in enumerate(zip(picture.steps, pieces, strict=True)):
        label = drawn[piece].points[number].data_label
        label.text_frame.text = plain(step.label)
        font = label.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(SMALL), step.is_level
        font.color.rgb = rgb("#FFFFFF" if step.is_level else INK)
    axis = chart.category_axis
    axis.format.line.color.rgb = rgb(GREY)
    axis.tick_label_position, axis.major_tick_mark = XL_TICK_LABEL_POSITION.LOW, XL_TICK_MARK.NONE
    chart.value_axis.minimum_scale, chart.value_axis.maximum_scale, _step = bridge_scale(picture)
    value_axis(chart.value_axis, picture.title, picture.number_format)
