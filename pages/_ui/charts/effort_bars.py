"""Regions as bars by the value a rep-quarter wins there, with the cut where the strength ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from core.i18n import _
from pages._ui.charts.clickable_rows import add_clickable_rows, label_rows
from pages._ui.charts.layout import Caption, finish
from pages._ui.charts.palette import AGGREGATE, RIVAL, US

if TYPE_CHECKING:
    import pandas as pd

ROW, SPACE = 26, 130


def effort_bars(rows: pd.DataFrame, caption: Caption, *, unit: str, cut: float) -> go.Figure:
    """Draw one bar per region, in the given order from top to bottom.

    Parameters
    ----------
    rows
        region_id, name, each (value a rep-quarter in the unit shown), attacked, text (beside the bar), hover.
    unit
        Unit of the amounts, for the axis.
    cut
        Least value a rep-quarter among the attacks, in the unit shown; NaN without any.
    """
    rows = rows.reset_index(drop=True)
    widest = float(rows["each"].max()) * 1.32 if len(rows) else 1.0
    figure = go.Figure()
    add_clickable_rows(figure, rows, widest)
    for attacked, name, colour in ((True, _("Attacked"), US), (False, _("Not attacked"), AGGREGATE)):
        _add_bars(figure, rows[rows["attacked"] == attacked], name, colour)
    if np.isfinite(cut):
        figure.add_vline(x=cut, line={"color": RIVAL, "width": 1.5, "dash": "dash"})
        figure.add_scatter(
            x=[None], y=[None], mode="lines", name=_("Where the strength ends: {cut}", cut=f"{cut:,.1f}"),
            line={"color": RIVAL, "width": 1.5, "dash": "dash"}, hoverinfo="skip",
        )  # fmt: skip
    label_rows(figure, rows["name"])
    figure.update_xaxes(
        title_text=_("Value a rep-quarter ({unit})", unit=unit),
        range=[0, widest],
        side="top",
        automargin=True,
        fixedrange=True,
        tickformat=",~r",
    )
    figure.update_layout(
        barmode="overlay",
        dragmode=False,
        clickmode="event+select",
        legend={
            "orientation": "h", "x": 0, "xref": "container", "y": 1, "yref": "container", "yanchor": "top",
            "font": {"size": 11}, "itemclick": False, "itemdoubleclick": False,
        },
    )  # fmt: skip
    finish(figure, caption, height=SPACE + ROW * max(len(rows), 3))
    figure.update_layout(margin={"t": 120, "b": 10}, legend_y=1 - 46 / figure.layout.height)
    return figure


def _add_bars(figure: go.Figure, rows: pd.DataFrame, name: str, colour: str) -> None:
    figure.add_bar(
        y=rows.index.to_numpy(),
        x=rows["each"],
        orientation="h",
        name=name,
        width=0.62,
        offset=-0.31,
        marker={"color": colour, "line": {"width": 0}},
        text=rows["text"].to_list(),
        textposition="outside",
        textfont={"size": 11},
        cliponaxis=False,
        customdata=rows[["region_id"]].to_numpy(),
        hovertext=rows["hover"].to_list(),
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
