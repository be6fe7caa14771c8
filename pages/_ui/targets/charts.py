"""Pictures of the target page; colours as everywhere: blue is us."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from core import numbers
from core.i18n import _
from pages._ui.charts.palette import AGGREGATE, BEFORE, RIVAL, US
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    import pandas as pd


def _plain(figure: go.Figure, height: int) -> go.Figure:
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 30, "b": 8},
        dragmode=False,
        legend={"orientation": "h", "y": 1.12, "x": 0},
        font={"size": 12},
    )
    return figure


def method_figure(rows: pd.DataFrame, last_year: float | None, target: float) -> go.Figure:
    """Draw the methods' targets as bars, last year and the target chosen as lines."""
    scale = numbers.money_divisor()
    figure = go.Figure()
    figure.add_bar(
        y=rows["name"],
        x=rows["target"] / scale,
        orientation="h",
        marker_color=AGGREGATE,
        text=[numbers.money(value) for value in rows["target"]],
        textposition="inside",
        insidetextanchor="start",
        hoverinfo="skip",
        showlegend=False,
    )
    lines = ((last_year, _("Last year"), "dot", BEFORE), (target or None, _("Target"), "solid", US))
    for place, (value, name, dash, colour) in enumerate(lines):
        if value:
            figure.add_vline(
                x=value / scale,
                line={"color": colour, "width": 2, "dash": dash},
                annotation_text=name,
                annotation_position="top left" if place == 0 else "top right",
                annotation_yanchor="bottom",
                annotation_font_color=colour,
            )
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_xaxes(title=numbers.money_unit(), rangemode="tozero", automargin=True, tickformat=",.0f")
    return _plain(figure, 250)


def stretch_figure(reps: pd.DataFrame, band: tuple[float, float]) -> go.Figure:
    """Draw each rep's stretch over last year, the band that motivates behind it."""
    rows = reps.dropna(subset=["stretch"]).sort_values("stretch", ascending=False)
    figure = go.Figure()
    inside = rows["stretch"].between(*band)
    figure.add_bar(
        x=rows["name"].map(escape_plotly),
        y=rows["stretch"],
        marker_color=[US if ok else RIVAL for ok in inside],
        hovertext=[
            _(
                "{name}: {stretch} on last year, {share} of the potential",
                name=escape_plotly(name),
                stretch=numbers.percent(stretch, sign=True),
                share=numbers.percent(share),
            )
            for name, stretch, share in zip(rows["name"], rows["stretch"], rows["to_potential"], strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    figure.add_hrect(y0=band[0], y1=band[1], fillcolor=US, opacity=0.08, line_width=0)
    figure.update_yaxes(tickformat="+.0%", title=_("Stretch over last year"), automargin=True)
    figure.update_xaxes(automargin=True, showticklabels=len(rows) <= 40)
    return _plain(figure, 270)


def progress_figure(months: pd.DataFrame) -> go.Figure:
    """Draw target and actual by month side by side."""
    scale = numbers.money_divisor()
    figure = go.Figure()
    figure.add_bar(x=months["month"], y=months["target"] / scale, name=_("Target"), marker_color=AGGREGATE)
    figure.add_bar(x=months["month"], y=months["actual"] / scale, name=_("Actual"), marker_color=US)
    figure.update_xaxes(type="date", tickformat="%Y-%m", nticks=12, automargin=True)
    figure.update_yaxes(title=numbers.money_unit(), automargin=True, tickformat=",.0f")
    figure.update_layout(barmode="group", bargap=0.25)
    return _plain(figure, 300)
