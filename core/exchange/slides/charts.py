"""The pictures of a slide as charts that PowerPoint and WPS let people edit."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pptx.chart.data import BubbleChartData, CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from core.exchange.slides.axes import ranges
from core.exchange.slides.text import GREY, cell_text, mixed, plain, rgb

if TYPE_CHECKING:
    from pptx.chart.chart import Chart

    from core.exchange.slides.boxes import Box
    from core.exchange.slides.content import Axis, Bars, Columns, FourFields, Lines, Series

SIZE, SMALL = 11, 10
GRID = "#E3E6EA"
# The inner plot of the bubbles as parts of their frame, so that the fields below can be laid out.
PLOT = (0.085, 0.06, 0.9, 0.81)
# PowerPoint's largest bubble is a quarter of the plot: too much for a dozen of them.
BUBBLE_SCALE = 42
MOST_MONTHS_NAMED = 8
SIDES = {
    "above": XL_LABEL_POSITION.ABOVE,
    "below": XL_LABEL_POSITION.BELOW,
    "left": XL_LABEL_POSITION.LEFT,
    "right": XL_LABEL_POSITION.RIGHT,
}


def add_bubbles(shapes: Any, picture: FourFields, box: Box) -> None:  # noqa: ANN401 - pptx has no public type
    """Draw the four fields' bubbles; both axes stand where the lines do, so that they stay when edited."""
    data = BubbleChartData(number_format="General")
    # LibreOffice loses a series that comes before a longer one.
    filled = sorted((f for f in picture.fields if f.bubbles), key=lambda f: len(f.bubbles), reverse=True)
    for field in filled:
        series = data.add_series(cell_text(field.name))
        for bubble in field.bubbles:
            series.add_data_point(bubble.x, bubble.y, bubble.size)
    if not filled:
        return
    chart = shapes.add_chart(XL_CHART_TYPE.BUBBLE, *box.sides, data).chart
    quiet(chart, legend=False)
    for field, drawn in zip(filled, chart.plots[0].series, strict=True):
        fill(drawn.format, field.colour, hollow=False)
        _see_through(drawn)
        drawn.format.line.color.rgb = rgb("#FFFFFF")
        for number, bubble in enumerate(field.bubbles):
            if bubble.side:
                label = drawn.points[number].data_label
                label.text_frame.text = plain(bubble.name)
                label.text_frame.paragraphs[0].runs[0].font.size = Pt(SIZE)
                label.position = SIDES[bubble.side]
    chart.plots[0].bubble_scale = BUBBLE_SCALE
    across, upwards = ranges(picture)
    _cut_axis(chart.category_axis, picture.x, across)
    _cut_axis(chart.value_axis, picture.y, upwards)
    _place_plot(chart)


def add_bars(shapes: Any, picture: Bars, box: Box) -> None:  # noqa: ANN401
    """Draw lying bars, the first category on top."""
    data = category_data(map(cell_text, picture.categories), picture.series, picture.number_format)
    chart = shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box.sides, data).chart
    quiet(chart, legend=len(picture.series) > 1)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 55, -5
    for series, drawn in zip(picture.series, plot.series, strict=True):
        fill(drawn.format, series.colour, hollow=series.hollow)
        for number, colour in enumerate(picture.colours):
            fill(drawn.points[number].format, colour, hollow=series.hollow)
        if series.labelled:
            _label_bars(drawn, picture.number_format)
    _begin_at_zero(chart.value_axis, picture.series)
    chart.category_axis.reverse_order = True
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    # Turned over, the values would stand on top.
    chart.value_axis._element.find(qn("c:crosses")).set("val", "max")
    chart.category_axis.format.line.color.rgb = rgb(GREY)
    value_axis(chart.value_axis, picture.title, picture.number_format)
    if all(series.labelled for series in picture.series):
        # The bars say what the axis would.
        chart.value_axis.visible = chart.value_axis.has_major_gridlines = False


def add_lines(shapes: Any, picture: Lines, box: Box) -> None:  # noqa: ANN401
    """Draw one line per series; what the picture is about carries its last value."""
    data = category_data(picture.months, picture.series, picture.number_format)
    chart = shapes.add_chart(XL_CHART_TYPE.LINE, *box.sides, data).chart
    quiet(chart, legend=True)
    last = {s.name: next((v for v in reversed(s.values) if v is not None), None) for s in picture.series}
    loud = sorted((v for s in picture.series if s.loud and (v := last[s.name]) is not None), reverse=True)
    for series, drawn in zip(picture.series, chart.plots[0].series, strict=True):
        drawn.smooth = False
        drawn.format.line.color.rgb = rgb(series.colour)
        drawn.format.line.width = Pt(3 if series.loud else 1.5)
        value = last[series.name]
        if series.loud and value is not None:
            point = max(i for i, known in enumerate(series.values) if known is not None)
            label = drawn.points[point].data_label
            label.has_text_frame = False
            label.position = XL_LABEL_POSITION.ABOVE if value == loud[0] else XL_LABEL_POSITION.BELOW
            label.font.size, label.font.bold = Pt(SIZE), True
            label.font.color.rgb = rgb(series.colour)
            _show_value(label, "0.0%" if "%" in picture.number_format else picture.number_format)
    _month_axis(chart.category_axis, len(picture.months))
    chart.value_axis.minimum_scale = 0.0
    value_axis(chart.value_axis, "", picture.number_format)


def add_columns(shapes: Any, picture: Columns, box: Box) -> None:  # noqa: ANN401
    """Draw standing columns; where they are few, each carries its value."""
    data = category_data(map(cell_text, picture.categories), picture.series, picture.number_format)
    chart = shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *box.sides, data).chart
    quiet(chart, legend=len(picture.series) > 1)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 60, -5
    for series, drawn in zip(picture.series, plot.series, strict=True):
        fill(drawn.format, series.colour, hollow=series.hollow)
        if series.labelled:
            _label_bars(drawn, picture.number_format)
    _begin_at_zero(chart.value_axis, picture.series)
    chart.category_axis.format.line.color.rgb = rgb(GREY)
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.major_tick_mark = XL_TICK_MARK.NONE
    value_axis(chart.value_axis, picture.title, picture.number_format)


def _begin_at_zero(axis: Any, series: tuple[Series, ...]) -> None:  # noqa: ANN401
    """Let bars stand on zero: left alone, a program cuts off what they have in common."""
    if all(value >= 0 for row in series for value in row.values if value is not None):
        axis.minimum_scale = 0.0


def category_data(
    categories: Iterable[str | dt.date], series: tuple[Series, ...], number_format: str
) -> CategoryChartData:
    """Return the figures behind a chart, as its own sheet has them."""
    data = CategoryChartData(number_format=number_format)
    data.categories = list(categories)
    for row in series:
        data.add_series(cell_text(row.name), row.values)
    return data


def quiet(chart: Chart, *, legend: bool) -> None:
    """Leave out a chart's title and, unless it is needed, its legend; write small."""
    chart.has_title = False
    chart.font.size = Pt(SMALL)
    chart.font.color.rgb = rgb(GREY)
    chart.has_legend = legend
    if legend and chart.legend is not None:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(SIZE)


def fill(shape: Any, colour: str, *, hollow: bool) -> None:  # noqa: ANN401
    """Fill bars with a colour, or with its tint inside an outline."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = mixed(colour, 0.18) if hollow else rgb(colour)
    if hollow:
        shape.line.color.rgb = rgb(colour)
        shape.line.width = Pt(1.25)


def _see_through(drawn: Any) -> None:  # noqa: ANN401
    """Let bubbles that lie on each other be seen."""
    colour = drawn._element.find(f"{qn('c:spPr')}/{qn('a:solidFill')}/{qn('a:srgbClr')}")
    colour.append(parse_xml(f'<a:alpha {nsdecls("a")} val="80000"/>'))


def _label_bars(drawn: Any, number_format: str) -> None:  # noqa: ANN401
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = number_format, False
    labels.position = XL_LABEL_POSITION.OUTSIDE_END
    labels.font.size = Pt(SMALL)


def _cut_axis(axis: Any, words: Axis, ends: tuple[float, float, float]) -> None:  # noqa: ANN401
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = ends
    axis.has_major_gridlines = False
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = words.number_format, False
    axis.format.line.color.rgb = rgb(GREY)
    axis.format.line.dash_style = MSO_LINE.DASH
    axis.format.line.width = Pt(1.25)
    _title(axis, words.title)
    axis.crosses_at = words.cut


def value_axis(axis: Any, title: str, number_format: str) -> None:  # noqa: ANN401
    """Show an axis of values: faint lines, no marks."""
    axis.has_major_gridlines = True
    axis.major_gridlines.format.line.color.rgb = rgb(GRID)
    axis.format.line.fill.background()
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = number_format, False
    if title:
        _title(axis, title)


def _title(axis: Any, text: str) -> None:  # noqa: ANN401
    axis.has_title = True
    axis.axis_title.text_frame.text = plain(text)
    font = axis.axis_title.text_frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(SIZE), False
    font.color.rgb = rgb(GREY)


def _place_plot(chart: Chart) -> None:
    """Fix the inner plot: the fields below it are drawn where it stands."""
    x, y, w, h = PLOT
    area = chart._chartSpace.find(f".//{qn('c:plotArea')}")
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    sides = f'<c:x val="{x}"/><c:y val="{y}"/><c:w val="{w}"/><c:h val="{h}"/>'
    xml = f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{sides}</c:manualLayout></c:layout>"
    area.insert(0, parse_xml(xml))


def _month_axis(axis: Any, months: int) -> None:  # noqa: ANN401
    """Name every few months, so that the names stand upright."""
    axis.format.line.color.rgb = rgb(GREY)
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "yyyy-mm", False
    element = axis._element
    for name in ("baseTimeUnit", "majorUnit", "majorTimeUnit"):
        for old in element.findall(qn(f"c:{name}")):
            element.remove(old)
    step = max(math.ceil(months / MOST_MONTHS_NAMED), 1)
    for name, value in (("baseTimeUnit", "months"), ("majorUnit", step), ("majorTimeUnit", "months")):
        element.append(parse_xml(f'<c:{name} {nsdecls("c")} val="{value}"/>'))


def _show_value(label: Any, number_format: str) -> None:  # noqa: ANN401
    """Let one point's label show its value, in a format of its own."""
    element = label._dLbl
    for name in ("c:showLegendKey", "c:showVal", "c:showCatName", "c:showSerName", "c:showPercent"):
        found = element.find(qn(name))
        if found is not None:
            found.set("val", "1" if name == "c:showVal" else "0")
    written = parse_xml(f'<c:numFmt {nsdecls("c")} formatCode="{number_format}" sourceLinked="0"/>')
    element.find(qn("c:idx")).addnext(written)
