"""Shops on a map, coloured by territory: neighbouring territories never have the same colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import plotly.graph_objects as go

from core.label_places import Mark, place_labels
from pages._ui.charts.layout import Caption, View, finish
from pages._ui.charts.palette import AGGREGATE
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

# Told apart by colour-blind readers (Okabe-Ito and its tints); a territory is named on the map as well.
COLOURS = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00",
    "#8C7AA9", "#B8A800", "#6D4A3A", "#5F6F86",
)  # fmt: skip
MARK, CHANGED_MARK = 5, 8
# Width and height of the map where it is small, in pixels: names that have room there have it everywhere.
SMALL_MAP = (380, 400)


def colours_of(territories: Sequence[NDArray[np.int64]], pairs: NDArray[np.int64], count: int) -> list[str]:
    """Return a colour for each territory, another one than its neighbours have where the colours suffice.

    Parameters
    ----------
    territories
        Territory of each unit on every map that is to have these colours.
    pairs
        Neighbouring units.
    """
    ends = np.sort(np.concatenate([territory[pairs] for territory in territories]), axis=1)
    beside = {tuple(pair) for pair in np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0).tolist()}
    neighbours: dict[int, set[int]] = {number: set() for number in range(count)}
    for first, second in beside:
        neighbours[first].add(second)
        neighbours[second].add(first)
    chosen: dict[int, int] = {}
    for number in sorted(neighbours, key=lambda n: (-len(neighbours[n]), n)):
        taken = {chosen[other] for other in neighbours[number] if other in chosen}
        free = [place for place in range(len(COLOURS)) if place not in taken]
        chosen[number] = free[number % len(free)] if free else number % len(COLOURS)
    return [COLOURS[chosen[number]] for number in range(count)]


def territory_map(
    shops: pd.DataFrame, colours: list[str], centres: pd.DataFrame, caption: Caption, view: View
) -> go.Figure:
    """Draw the shops; they can be clicked, boxed and lassoed.

    Parameters
    ----------
    shops
        lat, lon, territory (-1 for none), changed, hover; the index is the shop's place among the units.
    colours
        Of each territory.
    centres
        lat, lon, name (in lines) of each territory that is named.
    """
    figure = go.Figure()
    paint = np.array([*colours, AGGREGATE], dtype=object)[shops["territory"].to_numpy()]
    ink, paper = ("#FFFFFF", "#1B2430") if view.dark else ("#1B2430", "#FFFFFF")
    figure.add_scattergl(
        x=shops["lon"],
        y=shops["lat"],
        mode="markers",
        showlegend=False,
        marker={
            "color": paint,
            "size": np.where(shops["changed"], CHANGED_MARK, MARK),
            "line": {"width": np.where(shops["changed"], 1.2, 0.0), "color": ink},
        },
        customdata=shops.index.to_numpy()[:, None],
        hovertext=shops["hover"].to_list(),
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": 1, "size": 10}},
        unselected={"marker": {"opacity": 0.25}},
    )
    for centre, (across, upwards) in zip(
        centres.itertuples(index=False), _shifts(shops, centres), strict=True
    ):
        # On a ground of its own: among the shops' marks nothing could be read.
        figure.add_annotation(
            x=centre.lon,
            y=centre.lat,
            text="<br>".join(map(escape_plotly, centre.name.split("\n"))),
            xshift=across,
            yshift=upwards,
            showarrow=False,
            font={"size": 10, "color": ink},
            bgcolor=paper,
            opacity=0.85,
            borderpad=1,
        )
    middle = float(np.radians(shops["lat"].mean())) if len(shops) else 0.0
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, scaleanchor="x", scaleratio=1 / max(float(np.cos(middle)), 0.1))
    figure.update_layout(dragmode="pan", clickmode="event+select", plot_bgcolor="rgba(0,0,0,0)")
    finish(figure, caption, height=view.height, view=view.place)
    # Upright at the side: lying, the buttons would cover the title.
    figure.update_layout(margin={"l": 4, "r": 4, "t": 46, "b": 4}, modebar_orientation="v")
    return figure


def _shifts(shops: pd.DataFrame, centres: pd.DataFrame) -> list[tuple[float, float]]:
    """Return how far each name stands from its place, in pixels, so that no name covers another."""
    width, height = SMALL_MAP
    low, high = shops[["lon", "lat"]].min(), shops[["lon", "lat"]].max()
    narrowing = float(np.cos(np.radians(shops["lat"].mean()))) if len(shops) else 1.0
    extent = (high - low).clip(lower=1e-9) * [narrowing, 1.0]
    scale = min(width / extent["lon"], height / extent["lat"])
    marks = [
        Mark((row.lon - low["lon"]) * narrowing * scale, (row.lat - low["lat"]) * scale, 0.0, row.name)
        for row in centres.itertuples(index=False)
    ]
    return place_labels(marks, extent["lon"] * scale, extent["lat"] * scale)
