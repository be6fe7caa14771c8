"""Who sells how much in one region, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from pages._ui.charts.palette import company_colour

if TYPE_CHECKING:
    import pandas as pd

ROW = 24


def competitors_figure(companies: pd.DataFrame) -> go.Figure:
    """Draw one bar per company with its share at the end.

    Parameters
    ----------
    companies
        name, share, text (share as shown), hover, is_self, is_benchmark, is_aggregate; the order is
        kept from top to bottom.
    """
    colours, position = [], 0
    for row in companies.itertuples():
        colours.append(
            company_colour(
                is_self=bool(row.is_self),
                is_benchmark=bool(row.is_benchmark),
                is_aggregate=bool(row.is_aggregate),
                position=position,
            )
        )
        position += not (row.is_self or row.is_benchmark or row.is_aggregate)
    figure = go.Figure(
        go.Bar(
            x=companies["share"],
            y=companies["name"],
            orientation="h",
            text=companies["text"],
            textposition="outside",
            cliponaxis=False,
            marker={"color": colours},
            hovertext=companies["hover"],
            hovertemplate="%{hovertext}<extra></extra>",
        )
    )
    top = float(companies["share"].max()) if len(companies) else 1.0
    figure.update_yaxes(autorange="reversed", automargin=True, ticklabelstandoff=4, fixedrange=True)
    figure.update_xaxes(visible=False, range=[0, max(top, 0.01) * 1.25], fixedrange=True)
    figure.update_layout(
        height=10 + ROW * max(len(companies), 1),
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        bargap=0.3,
        dragmode=False,
        showlegend=False,
        uniformtext={"mode": "show", "minsize": 11},
    )
    return figure
