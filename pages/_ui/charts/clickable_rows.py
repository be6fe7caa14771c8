"""Rows of a chart that can be clicked anywhere, whatever their bars cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pages._ui.charts.highlight import ROW as ROW_MARK
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    import pandas as pd
    import plotly.graph_objects as go


def add_clickable_rows(figure: go.Figure, rows: pd.DataFrame, widest: float) -> None:
    """Lay a bar below each whole row: it takes the clicks, and marks the chosen region.

    Parameters
    ----------
    rows
        region_id, hover; one per place from 0 on.
    widest
        How far the rows reach, in the unit of the axis.
    """
    figure.add_bar(
        y=np.arange(len(rows)),
        x=np.full(len(rows), widest),
        orientation="h",
        width=1,
        offset=-0.5,
        showlegend=False,
        marker={"color": "rgba(0,0,0,0)", "line": {"width": 0}},
        meta=ROW_MARK,
        customdata=rows[["region_id"]].to_numpy(),
        hovertext=rows["hover"].to_list(),
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def label_rows(figure: go.Figure, names: pd.Series) -> None:
    """Name the rows on the axis, the first at the top.

    Parameters
    ----------
    names
        As somebody typed them; one per place from 0 on.
    """
    figure.update_yaxes(
        tickvals=np.arange(len(names)),
        ticktext=names.map(escape_plotly).to_list(),
        range=[len(names) - 0.5, -0.5],
        automargin=True,
        fixedrange=True,
        showgrid=False,
        zeroline=False,
    )
