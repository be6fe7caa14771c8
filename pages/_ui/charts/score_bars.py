"""Scores of regions as stacked bars: what each factor adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from pages._ui.charts.layout import Caption, View, finish

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

# Four tones of one hue: factors of one score, not companies or zones.
TONES = ("#0B3F75", "#3F8BC1", "#8FC1E3", "#D3E4F3")
ROW, SPACE = 26, 126


def score_bars(
    rows: pd.DataFrame, factors: Mapping[str, str], axis: str, caption: Caption, view: View
) -> go.Figure:
    """Draw one stacked bar per region, the first on top, its score behind it.

    Parameters
    ----------
    rows
        name, part_<factor> (points; NaN adds nothing), text (the score) and hover.
    factors
        Label by factor, in the order of the stack.
    """
    figure = go.Figure()
    places = list(range(len(rows)))
    for (key, label), tone in zip(factors.items(), TONES, strict=True):
        figure.add_bar(
            x=rows[f"part_{key}"].fillna(0.0), y=places, orientation="h", name=label, width=0.66,
            marker={"color": tone, "line": {"width": 0}},
            hovertext=rows["hover"], hovertemplate="%{hovertext}<extra></extra>",
        )  # fmt: skip
    totals = rows[[f"part_{key}" for key in factors]].sum(axis=1)
    figure.add_scatter(
        x=totals, y=places, mode="text", text=rows["text"], textposition="middle right", hoverinfo="skip",
        showlegend=False, textfont={"size": 11}, cliponaxis=False,
    )  # fmt: skip
    figure.update_layout(
        barmode="stack", dragmode=False,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "bgcolor": "#0000",
                "font": {"size": 11}, "traceorder": "normal", "itemclick": False, "itemdoubleclick": False},
    )  # fmt: skip
    figure.update_yaxes(
        tickvals=places, ticktext=rows["name"], range=[len(rows) - 0.4, -0.6], automargin=True,
        fixedrange=True, showgrid=False, zeroline=False,
    )  # fmt: skip
    figure.update_xaxes(title_text=axis, range=[0, 108], fixedrange=True, tickvals=[0, 20, 40, 60, 80, 100])
    finish(figure, caption, height=SPACE + ROW * max(len(rows), 3), view=view.place)
    return figure.update_layout(margin={"t": 84})
