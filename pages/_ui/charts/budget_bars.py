"""Budget and expense of each month, and what each region spends of its sales."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from pages._ui.charts.layout import LEGEND_ABOVE, Caption, View, finish
from pages._ui.charts.palette import AGGREGATE, US, tint

if TYPE_CHECKING:
    import pandas as pd

_LEGEND = {**LEGEND_ABOVE, "font": {"size": 11}, "itemclick": False, "itemdoubleclick": False}


def month_bars(months: pd.DataFrame, names: tuple[str, str, str], caption: Caption, view: View) -> go.Figure:
    """Draw the expenses of each month as bars before an outline of its budget.

    Parameters
    ----------
    months
        label, budget, actual (in the unit shown), over (text above the bar), hover.
    names
        Of the budget, of the expenses, of the axis.
    """
    figure = go.Figure()
    figure.add_bar(
        x=months["label"], y=months["budget"], name=names[0], width=0.82,
        marker={"color": tint(AGGREGATE, 0.22), "line": {"color": AGGREGATE, "width": 1.4}}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_bar(
        x=months["label"], y=months["actual"], name=names[1], width=0.5, marker={"color": US},
        text=months["over"], textposition="outside", cliponaxis=False, textfont={"size": 11},
        hovertext=months["hover"], hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    figure.update_layout(barmode="overlay", legend=_LEGEND, dragmode=False)
    figure.update_xaxes(type="category", fixedrange=True, tickangle=0, tickfont={"size": 10})
    figure.update_yaxes(title_text=names[2], rangemode="tozero", fixedrange=True, tickformat=",~r")
    finish(figure, caption, height=view.height, view=view.place)
    return figure.update_layout(margin={"t": 78})


def ratio_bars(
    regions: pd.DataFrame, names: tuple[str, str], whole: float, caption: Caption, view: View
) -> go.Figure:
    """Draw the expense ratio of regions, the highest on top, with a line where everything together stands.

    Parameters
    ----------
    regions
        name, ratio, text, hover; the order is that of the rows.
    names
        Of the axis and of the line.
    whole
        The ratio of everything together; NaN draws no line.
    """
    figure = go.Figure(
        go.Bar(
            x=regions["ratio"], y=list(range(len(regions))), orientation="h", width=0.64,
            marker={"color": US},
            text=regions["text"], textposition="outside", cliponaxis=False, textfont={"size": 11},
            hovertext=regions["hover"], hovertemplate="%{hovertext}<extra></extra>", showlegend=False,
        )
    )  # fmt: skip
    if whole == whole:  # noqa: PLR0124 - NaN is what differs from itself
        figure.add_vline(x=whole, line={"color": view.ink, "width": 1.4, "dash": "dash"})
        figure.add_scatter(
            x=[None], y=[None], mode="lines", name=names[1], hoverinfo="skip",
            line={"color": view.ink, "width": 1.4, "dash": "dash"},
        )  # fmt: skip
    widest = float(regions["ratio"].max()) * 1.2 if len(regions) else 1.0
    figure.update_yaxes(
        tickvals=list(range(len(regions))), ticktext=regions["name"], range=[len(regions) - 0.4, -0.6],
        automargin=True, fixedrange=True, showgrid=False, zeroline=False,
    )  # fmt: skip
    figure.update_xaxes(
        title_text=names[0], range=[0, widest], tickformat=".0%", fixedrange=True, rangemode="tozero"
    )
    figure.update_layout(legend=_LEGEND, dragmode=False)
    finish(figure, caption, height=view.height, view=view.place)
    return figure.update_layout(margin={"t": 78})
