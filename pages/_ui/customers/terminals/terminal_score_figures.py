"""The pictures of score sheets: the profile of ten items as a radar, totals over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from core.customers.accounts.score_sheet import STANDARD
from core.i18n import _
from pages._ui.charts.layout import Caption, View, finish
from pages._ui.charts.palette import AGGREGATE, US, tint
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd


def radar_figure(
    profiles: Mapping[str, Mapping[int, float | None]],
    wordings: Mapping[int, str],
    caption: Caption,
    view: View,
) -> go.Figure:
    """Draw the points of ten items, the first profile strong and the second grey behind it.

    Parameters
    ----------
    profiles
        Points by item, by the name of the profile; an item that isn't known leaves a gap.
    wordings
        By item, in words, for hover.
    """
    figure = go.Figure()
    looks = [(US, tint(US, 0.25)), (AGGREGATE, tint(AGGREGATE, 0.3))]
    for (name, points), (line, fill) in reversed(list(zip(profiles.items(), looks, strict=False))):
        items = [*points, next(iter(points))]
        figure.add_scatterpolar(
            r=[points[item] for item in items],
            theta=[f"{item}" for item in items],
            name=escape_plotly(name),
            mode="lines+markers",
            fill="toself",
            fillcolor=fill,
            line={"color": line, "width": 2},
            hovertext=[f"{item} {wordings[item]}" for item in items],
            hovertemplate="%{hovertext}<br>%{r:.1f}<extra>" + name + "</extra>",
        )
    figure.update_layout(
        polar={
            "radialaxis": {"range": [0, STANDARD], "dtick": 2, "angle": 90, "tickfont": {"size": 9}},
            "angularaxis": {"direction": "clockwise", "rotation": 90, "type": "category"},
            "bgcolor": "rgba(0,0,0,0)",
        },
        legend={"orientation": "h", "y": -0.08, "x": 0},
    )
    finish(figure, caption, height=view.height, view=view.place)
    return figure.update_layout(margin={"l": 30, "r": 30, "t": 66, "b": 36})


def trend_figure(
    totals: pd.Series, notes: list[str], caption: Caption, view: View, *, monthly: bool = False
) -> go.Figure:
    """Draw totals over time, each labelled where there are few.

    Parameters
    ----------
    totals
        0 to 100 by day or month.
    notes
        What the mouse reads on each.
    monthly
        Whether a total is of a month, named by its first day.
    """
    few = len(totals) <= 8
    figure = go.Figure()
    figure.add_scatter(
        x=list(totals.index),
        y=totals.to_list(),
        mode="lines+markers+text" if few else "lines+markers",
        text=[f"{value:.0f}" if value == value else "" for value in totals] if few else None,  # noqa: PLR0124
        textposition="top center",
        line={"color": US},
        marker={"size": 8},
        hovertext=notes,
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )
    figure.update_yaxes(range=[0, 105], title_text=_("Points given"), fixedrange=True)
    figure.update_xaxes(type="date", tickformat="%Y-%m" if monthly else "%Y-%m-%d", nticks=6, fixedrange=True)
    return finish(figure, caption, height=view.height, view=view.place)
