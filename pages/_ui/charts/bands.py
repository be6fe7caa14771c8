"""The No.1 target of each region as a band, against our sales, the rival and the market's capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from core.i18n import _
from pages._ui.charts.clickable_rows import add_clickable_rows, label_rows
from pages._ui.charts.layout import Caption, finish
from pages._ui.charts.palette import RIVAL, US, tint

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

ROW = 34
SPACE = 150


def bands_figure(regions: pd.DataFrame, caption: Caption, *, unit: str) -> go.Figure:
    """Draw one row per region, in the given order from top to bottom.

    Parameters
    ----------
    regions
        region_id, name, own, rival_sales, capacity, low, base, high in the unit shown, hover. A region
        without a target has no band.
    unit
        Unit of the amounts, for the axis.
    """
    rows = regions.reset_index(drop=True)
    places = rows.index.to_numpy()
    figure = go.Figure()
    widest = rows[["capacity", "own", "rival_sales", "high"]].max().max() if len(rows) else 0.0
    add_clickable_rows(figure, rows, widest)
    _add_bars(figure, rows, places)
    _add_band(figure, rows, places)
    label_rows(figure, rows["name"])
    figure.update_xaxes(
        title_text=_("Sales in the period ({unit})", unit=unit),
        rangemode="tozero",
        tickformat=",~r",
        side="top",
        automargin=True,
        fixedrange=True,
    )
    figure.update_layout(
        barmode="overlay",
        dragmode=False,
        clickmode="event+select",
        legend={
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "font": {"size": 11},
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
    )
    finish(figure, caption, height=SPACE + ROW * max(len(rows), 3))
    # From the top: title, source, legend, axis; the rows below scroll.
    figure.update_layout(margin={"t": 132, "b": 10}, legend_y=1 - 48 / figure.layout.height)
    return figure


def _add_bars(figure: go.Figure, rows: pd.DataFrame, places: np.ndarray) -> None:
    """Draw capacity as a track, own sales above and the rival below."""
    for column, name, colour, width, offset in (
        ("capacity", _("Market capacity"), "rgba(140,148,158,0.22)", 0.78, -0.39),
        ("own", _("Own sales"), US, 0.34, -0.35),
        ("rival_sales", _("Rival to beat"), RIVAL, 0.3, 0.04),
    ):
        figure.add_bar(
            y=places,
            x=rows[column],
            orientation="h",
            name=name,
            width=width,
            offset=offset,
            marker={"color": colour, "line": {"width": 0}},
            customdata=rows[["region_id"]].to_numpy(),
            hovertext=rows["hover"].to_list(),
            hovertemplate="%{hovertext}<extra></extra>",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )


def _add_band(figure: go.Figure, rows: pd.DataFrame, places: np.ndarray) -> None:
    """Draw the band from the least to the fixed target, hatched, with the base target on it."""
    figure.add_bar(
        y=places,
        x=rows["high"] - rows["low"],
        base=rows["low"],
        orientation="h",
        name=_("Target band, low to high"),
        width=0.34,
        offset=-0.35,
        marker={
            "color": tint(US, 0.18),
            "line": {"width": 1.2, "color": US},
            "pattern": {"shape": "/", "fgcolor": US, "size": 5, "solidity": 0.25},
        },
        hoverinfo="skip",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
    figure.add_scatter(
        y=places - 0.18,
        x=rows["base"],
        mode="markers",
        name=_("Base target"),
        # Whole beside the axis as well, where a small region's stands.
        cliponaxis=False,
        marker={"symbol": "diamond", "size": 10, "color": "#FFFFFF", "line": {"width": 2, "color": US}},
        hoverinfo="skip",
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )
