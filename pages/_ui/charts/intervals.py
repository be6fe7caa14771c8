"""Estimates with their intervals, one below the other, beside the line where nothing is gained or lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from pages._ui.charts.layout import LEGEND_ABOVE, Caption, View, finish
from pages._ui.charts.palette import AGGREGATE, US

if TYPE_CHECKING:
    import pandas as pd

ROW, SPACE = 58, 132


def interval_figure(
    rows: pd.DataFrame, axis: str, words: tuple[str, str], caption: Caption, view: View
) -> go.Figure:
    """Draw a point and its interval for each row, the first on top.

    Parameters
    ----------
    rows
        name, value, low, high (ratios), certain (the interval lies on one side of zero), text, hover.
    words
        Of what is certain and of what isn't; certain ones are filled, the others hollow.
    """
    rows = rows.reset_index(drop=True)
    figure = go.Figure()
    figure.add_vline(x=0, line={"color": view.ink, "width": 1.4})
    for certain, word in ((True, words[0]), (False, words[1])):
        mine = rows[rows["certain"] == certain]
        colour = US if certain else AGGREGATE
        figure.add_scatter(
            x=mine["value"], y=mine.index, mode="markers+text", name=word,
            text=mine["text"], textposition="top center", textfont={"size": 11}, cliponaxis=False,
            marker={"size": 13, "color": colour, "symbol": "circle" if certain else "circle-open",
                    "line": {"width": 2.4, "color": colour}},
            error_x={"type": "data", "symmetric": False, "array": mine["high"] - mine["value"],
                     "arrayminus": mine["value"] - mine["low"], "color": colour, "thickness": 3, "width": 6},
            hovertext=mine["hover"], hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    figure.update_yaxes(
        tickvals=list(range(len(rows))), ticktext=rows["name"], range=[len(rows) - 0.4, -0.75],
        automargin=True, fixedrange=True, showgrid=False, zeroline=False,
    )  # fmt: skip
    figure.update_xaxes(title_text=axis, tickformat="+.0%", fixedrange=True, zeroline=False)
    figure.update_layout(
        dragmode=False,
        legend={**LEGEND_ABOVE, "font": {"size": 10}, "itemclick": False, "itemdoubleclick": False},
    )
    finish(figure, caption, height=max(view.height, SPACE + ROW * len(rows)), view=view.place)
    return figure.update_layout(margin={"t": 78})
