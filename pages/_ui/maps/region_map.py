"""The map of regions: polygons in classes of colour, or bubbles where there are no boundaries.

Drawn as SVG by plotly's geo axis. It is sharper than a WebGL canvas, fits any width, prints, and
keeps its colours when a region is selected.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from core.label_places import text_width
from pages._ui.charts.highlight import OUTLINE
from pages._ui.charts.layout import Caption, View, chart_config, finish
from pages._ui.charts.palette import MISSING_DARK, ink_on
from pages._ui.formatting.escaping import escape_plotly

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.maps.classes import Classes, Look
    from pages._ui.maps.shapes import Shapes

# The page's map is about this wide, in pixels, when it is decided which labels have room.
TYPICAL_WIDTH = 580
LABEL_SIZE = 10.5
LINE_HEIGHT = 13
MARGIN = 60
# Room around all regions, as a part of their longer side; degrees that a single point is shown with.
ROOM, BUBBLE_ROOM, LEAST_SIDE = 0.015, 0.1, 0.2
# So the regions take this part of the picture.
FITTED = 0.95
BUBBLE_OPACITY = 0.95
# Plotly's own rank of an entry in the legend; the classes stand in their order from here.
LEGEND_RANK = 1_000
# plotly's geo axis asks for a world map before it draws; this answers with an empty one, from nowhere.
_EMPTY_WORLD = json.dumps(
    {
        "type": "Topology",
        "arcs": [],
        "objects": {
            name: {"type": "GeometryCollection", "geometries": []}
            for name in ("coastlines", "land", "ocean", "lakes", "rivers", "countries", "subunits")
        },
    },
    separators=(",", ":"),
)


def map_config(name: str, language: str) -> dict[str, Any]:
    """Return the plotly configuration of a map: like a chart's, and nothing is fetched."""
    return {
        **chart_config(name, language),
        "topojsonURL": f"data:application/json,{_EMPTY_WORLD}#",
        "scrollZoom": True,
    }


def region_map(
    regions: pd.DataFrame, shapes: Shapes, classes: Classes, caption: Caption, view: View
) -> go.Figure:
    """Draw regions in their classes.

    Parameters
    ----------
    regions
        region_id, name, text (value as shown), hover, capacity, lat, lon; the index is not used.
    shapes
        Polygons; a region without one becomes a bubble at its lat and lon.
    classes
        Class of every region, in the order of ``regions``, and what each class looks like.
    """
    figure = go.Figure()
    has_shape = regions["region_id"].isin(list(shapes.features)).to_numpy()
    largest = float(regions.loc[~has_shape, "capacity"].max())
    classes = _in_theme(classes, view)
    for number, look in enumerate(classes.looks):
        here = classes.numbers == number
        if (here & has_shape).any():
            _add_class(figure, regions[here & has_shape], shapes, look, view, number)
        _add_bubbles(
            figure, regions[here & ~has_shape], look, largest, in_legend=not (here & has_shape).any()
        )
    if has_shape.any():
        _add_outlines(figure, regions.loc[has_shape, "region_id"].to_list(), shapes)
        _add_labels(figure, regions, shapes, classes, view)
    _add_absent(figure, classes)
    west, east, south, north = _extent(regions, shapes)
    figure.update_geos(
        visible=False,
        projection_type="mercator",
        lonaxis_range=[west, east],
        lataxis_range=[south, north],
        bgcolor="rgba(0,0,0,0)",
    )
    figure.update_layout(
        legend={
            "title": {"text": classes.title, "font": {"size": 11}},
            "y": 0,
            "yanchor": "bottom",
            "x": 1,
            "xanchor": "left",
            "font": {"size": 11},
            "itemsizing": "constant",
            "itemclick": False,
            "itemdoubleclick": False,
            "traceorder": "normal",
        },
        dragmode="pan",
        clickmode="event+select",
    )
    finish(figure, caption, height=view.height, view=view.place)
    figure.update_layout(margin={"l": 0, "r": 0, "t": 46, "b": 4})
    return figure


def _extent(regions: pd.DataFrame, shapes: Shapes) -> tuple[float, float, float, float]:
    """Return west, east, south and north of everything drawn, with a little room around."""
    outlines = shapes.places[shapes.places["region_id"].isin(regions["region_id"])]
    points = regions[["lon", "lat"]].dropna() if outlines.empty else regions[["lon", "lat"]].head(0)
    across = [*outlines["west"], *outlines["east"], *points["lon"]]
    upwards = [*outlines["south"], *outlines["north"], *points["lat"]]
    # A bubble reaches beyond its point, a border hardly beyond itself.
    room = ROOM if points.empty else BUBBLE_ROOM
    side = max(np.ptp(across), np.ptp(upwards), LEAST_SIDE) * room
    return min(across) - side, max(across) + side, min(upwards) - side, max(upwards) + side


def _in_theme(classes: Classes, view: View) -> Classes:
    """Return the classes as the theme shows them: in the dark, little and missing recede into the page."""
    if not view.dark:
        return classes
    *looks, missing = classes.looks
    if classes.is_sequential:
        colours = [look.colour for look in reversed(looks)]
        looks = [replace(look, colour=colour) for look, colour in zip(looks, colours, strict=True)]
    return replace(classes, looks=(*looks, replace(missing, colour=MISSING_DARK)))


def _add_absent(figure: go.Figure, classes: Classes) -> None:
    """Name in the legend the kinds that no region has: a reader asks for them. Last, as nothing is drawn."""
    for number, look in enumerate(classes.looks[:-1]):
        if classes.names_all and not (classes.numbers == number).any():
            figure.add_scattergeo(
                lon=[None],
                lat=[None],
                name=look.label,
                mode="markers",
                marker={"size": 10, "symbol": "square", "color": look.colour},
                legendrank=LEGEND_RANK + number,
                showlegend=True,
            )


def _add_class(
    figure: go.Figure, rows: pd.DataFrame, shapes: Shapes, look: Look, view: View, rank: int
) -> None:
    """Add the polygons of one class, with their entry in the legend."""
    ids = rows["region_id"].to_list()
    figure.add_choropleth(
        geojson=shapes.collection(ids),
        locations=ids,
        z=[0] * len(ids),
        colorscale=[[0, look.colour], [1, look.colour]],
        showscale=False,
        showlegend=True,
        name=look.label,
        legendrank=LEGEND_RANK + rank,
        marker={"line": {"width": 0.8, "color": "#20242B" if view.dark else "#FFFFFF"}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        customdata=rows[["region_id"]].to_numpy(),
        hovertext=rows["hover"].to_list(),
        hovertemplate="%{hovertext}<extra></extra>",
    )


def _add_bubbles(
    figure: go.Figure, rows: pd.DataFrame, look: Look, largest: float, *, in_legend: bool
) -> None:
    """Add the regions of one class that have a place but no boundary; capacity is the size."""
    rows = rows[rows["lat"].notna() & rows["lon"].notna()]
    if rows.empty:
        return
    capacity = rows["capacity"].fillna(0).to_numpy(dtype=float)
    size = 8 + 34 * np.sqrt(capacity / largest) if largest > 0 else np.full(len(rows), 14.0)
    figure.add_scattergeo(
        lon=rows["lon"],
        lat=rows["lat"],
        name=look.label,
        showlegend=in_legend,
        mode="markers",
        marker={
            "size": size,
            "color": look.colour,
            "line": {"width": 1, "color": "#FFFFFF"},
            "opacity": BUBBLE_OPACITY,
        },
        meta=OUTLINE,
        customdata=rows[["region_id"]].to_numpy(),
        hovertext=rows["hover"].to_list(),
        hovertemplate="%{hovertext}<extra></extra>",
        selected={"marker": {"opacity": BUBBLE_OPACITY}},
        unselected={"marker": {"opacity": BUBBLE_OPACITY}},
    )


def _add_outlines(figure: go.Figure, region_ids: list[str], shapes: Shapes) -> None:
    """Lay every polygon once more over all others, unseen until its border marks the chosen region."""
    figure.add_choropleth(
        geojson=shapes.collection(region_ids),
        locations=region_ids,
        z=[0] * len(region_ids),
        colorscale=[[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]],
        showscale=False,
        showlegend=False,
        marker={"line": {"width": 0}},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
        meta=OUTLINE,
        customdata=[[region] for region in region_ids],
        hoverinfo="skip",
    )


def _add_labels(
    figure: go.Figure, regions: pd.DataFrame, shapes: Shapes, classes: Classes, view: View
) -> None:
    """Write name and value where the polygon has room for both, else the one that it has room for."""
    inked = regions[["region_id", "name", "text"]].assign(
        ink=[ink_on(classes.looks[number].colour) for number in classes.numbers],
        known=classes.numbers < len(classes.looks) - 1,
    )
    rows = inked.merge(shapes.places, on="region_id", how="inner")
    narrowing = float(np.cos(np.radians(rows[["south", "north"]].to_numpy().mean())))
    scale = min(
        FITTED * TYPICAL_WIDTH / max(rows["east"].max() - rows["west"].min(), 1e-9),
        FITTED * (view.height - MARGIN) * narrowing / max(rows["north"].max() - rows["south"].min(), 1e-9),
    )
    wide = rows["width"] * scale
    tall = rows["height"] * scale / narrowing
    name_fits = (rows["name"].map(_label_width) <= wide) & (tall >= LINE_HEIGHT)
    value_fits = rows["known"] & (rows["text"].map(_label_width) <= wide) & (tall >= LINE_HEIGHT)
    both_fit = name_fits & value_fits & (tall >= 2 * LINE_HEIGHT)
    names = rows["name"].map(escape_plotly)
    one = np.where(name_fits, names, rows["text"])
    text = np.where(both_fit, names + "<br>" + rows["text"], one)
    rows = rows.assign(shown=text)[name_fits | value_fits]
    figure.add_scattergeo(
        lon=rows["lon"],
        lat=rows["lat"],
        text=rows["shown"],
        mode="text",
        textfont={"size": LABEL_SIZE, "color": rows["ink"].to_list()},
        hoverinfo="skip",
        showlegend=False,
    )


def _label_width(text: str) -> float:
    return text_width(text, LABEL_SIZE)
