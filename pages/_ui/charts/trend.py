"""Shares of the companies month by month, each line named at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from core.label_places import spread
from pages._ui.charts.layout import Caption, View, add_marks, finish
from pages._ui.charts.palette import company_colours, legible
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    import pandas as pd

LINE_PIXELS = 15


def trend_figure(trend: pd.DataFrame, caption: Caption, view: View) -> go.Figure:
    """Draw one line per company.

    Parameters
    ----------
    trend
        month, company_id, name, share, is_self, is_benchmark, is_aggregate, hover; in the order in
        which companies get their colours.
    """
    figure = go.Figure()
    ends: list[tuple[str, str, float]] = []
    colours = company_colours(trend.drop_duplicates("company_id"))
    for colour, (__, rows) in zip(colours, trend.groupby("company_id", sort=False), strict=True):
        first = rows.iloc[0]
        loud = bool(first["is_self"] or first["is_benchmark"])
        figure.add_scatter(
            x=rows["month"],
            y=rows["share"],
            mode="lines",
            name=escape_plotly(first["name"]),
            showlegend=False,
            line={
                "color": colour,
                "width": 3 if first["is_self"] else 2.2 if loud else 1.3,
                "dash": "dot" if first["is_aggregate"] else "solid",
            },
            hovertext=rows["hover"].to_list(),
            hovertemplate="%{hovertext}<extra></extra>",
        )
        known = rows["share"].dropna()
        if len(known):
            ends.append((str(first["name"]), legible(colour, dark=view.dark), float(known.iloc[-1])))
    # The share is read as a distance from nothing.
    figure.update_yaxes(tickformat=".0%", rangemode="tozero", automargin=True)
    figure.update_xaxes(type="date", automargin=True, tickformat="%Y-%m", nticks=8)
    figure.update_layout(hovermode="closest", dragmode=False)
    finish(figure, caption, height=view.height, view=view.place)
    if ends:
        _name_lines(figure, trend, ends, view.height)
    return figure


def _name_lines(
    figure: go.Figure, trend: pd.DataFrame, ends: list[tuple[str, str, float]], height: int
) -> None:
    """Write each company's name right of its line, pushed apart where lines end together."""
    top = float(trend["share"].max())
    least = top * 1.05 / max(height - 90, 1) * LINE_PIXELS
    names = [
        {
            "text": escape_plotly(name),
            "x": 1,
            "xref": "paper",
            "y": y,
            "xanchor": "left",
            "xshift": 4,
            "showarrow": False,
            "font": {"size": 12, "color": colour},
        }
        for (name, colour, __), y in zip(ends, spread([e[2] for e in ends], least), strict=True)
    ]
    add_marks(figure, names)
    longest = max(len(e[0].encode("gbk", "replace")) for e in ends)
    figure.update_layout(margin_r=10 + 7 * longest)
