"""The layers of the terminal map. Terminals come as tiles from the same process, never with the page."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pydeck as pdk

from pages._ui.charts import palette

if TYPE_CHECKING:
    import pandas as pd

TERMINALS = "terminals"
MAX_ZOOM = 19
TILE_ZOOM = 18
MAP_WIDTH = 800


@dataclass(frozen=True)
class Place:
    """Where the map looks.

    Parameters
    ----------
    lat, lon
        Middle, WGS-84 degrees.
    zoom
        Web-Mercator zoom.
    """

    lat: float
    lon: float
    zoom: float


def place_of_box(box: dict[str, float], height: int) -> Place:
    """Return the view that shows a box: south, north, west and east in degrees."""
    lat, lon = (box["south"] + box["north"]) / 2, (box["west"] + box["east"]) / 2
    width = max(box["east"] - box["west"], 1e-3)
    tall = max((box["north"] - box["south"]) / math.cos(math.radians(lat)), 1e-3)
    zoom = min(math.log2(MAP_WIDTH * 360 / (512 * width)), math.log2(height * 360 / (512 * tall)))
    return Place(lat, lon, min(max(zoom - 0.3, 1), MAX_ZOOM - 2))


def terminal_layer(address: str) -> pdk.Layer:
    """Return the layer of cells and terminals.

    Parameters
    ----------
    address
        Where its tiles come from, with ``{z}``, ``{x}`` and ``{y}``.
    """
    return _tiles(
        TERMINALS,
        address,
        pickable=True,
        auto_highlight=True,
        highlight_color=[255, 200, 0, 160],
        stroked=True,
        filled=True,
        get_fill_color="properties.fill",
        get_line_color=[255, 255, 255, 90],
        line_width_min_pixels=0.5,
        point_radius_min_pixels=4,
        point_radius_max_pixels=10,
        get_point_radius=12,
        opacity=0.85,
    )


def _tiles(name: str, address: str, **look: Any) -> pdk.Layer:  # noqa: ANN401 - what a layer takes
    return pdk.Layer(
        "TileLayer",
        id=name,
        data=address,
        min_zoom=0,
        max_zoom=TILE_ZOOM,
        tile_size=512,
        max_requests=6,
        refinement_strategy="best-available",
        **look,
    )


def border_layer(address: str, *, dark: bool) -> pdk.Layer:
    """Return the borders of the regions, drawn above the cells.

    Parameters
    ----------
    address
        Where their tiles come from.
    """
    return _tiles(
        "regions",
        address,
        stroked=True,
        filled=False,
        get_line_color=[220, 225, 232, 170] if dark else [60, 70, 85, 170],
        line_width_min_pixels=1,
        line_width_max_pixels=1.5,
    )


def dealer_layers(dealers: pd.DataFrame) -> list[pdk.Layer]:
    """Return the dealers and the lines to the middles of the regions they serve.

    Parameters
    ----------
    dealers
        name, lat, lon, region_lat, region_lon; one row per dealer and region.
    """
    rows = dealers.dropna(subset=["lat", "lon"])
    lines = rows.dropna(subset=["region_lat", "region_lon"])
    ink = [0, 158, 115]
    points = rows.drop_duplicates("dealer_id")
    return [
        pdk.Layer(
            "LineLayer",
            id="coverage",
            data=[
                {"from": [lon, lat], "to": [to_lon, to_lat]}
                for lon, lat, to_lon, to_lat in zip(
                    lines["lon"], lines["lat"], lines["region_lon"], lines["region_lat"], strict=True
                )
            ],
            get_source_position="from",
            get_target_position="to",
            get_color=[*ink, 150],
            get_width=1.5,
        ),
        pdk.Layer(
            "ScatterplotLayer",
            id="dealers",
            data=[
                {"position": [lon, lat], "title": name}
                for lon, lat, name in zip(points["lon"], points["lat"], points["name"], strict=True)
            ],
            get_position="position",
            get_fill_color=[*ink, 230],
            get_line_color=[255, 255, 255],
            stroked=True,
            line_width_min_pixels=1,
            radius_min_pixels=5,
            radius_max_pixels=9,
            get_radius=400,
        ),
    ]


def territory_ink(*, dark: bool) -> tuple[int, int, int]:
    """Return the colour of the reps' territories, one that no measure uses."""
    return (224, 190, 255) if dark else (96, 24, 120)


def territory_layer(territories: dict[str, Any], *, dark: bool) -> pdk.Layer:
    """Return the outlines of the reps' territories, a GeoJSON collection; the page may be dark."""
    return pdk.Layer(
        "GeoJsonLayer",
        id="reps",
        data=territories,
        stroked=True,
        # A fill, or an ink for each rep, would change the colours of the cells, and those mean something.
        filled=False,
        get_line_color=list(territory_ink(dark=dark)),
        line_width_min_pixels=1.2,
        pickable=False,
    )


def names_layer(territories: dict[str, Any], *, dark: bool) -> pdk.Layer:
    """Return the reps' names in the middles of their territories, whatever their script."""
    return pdk.Layer(
        "TextLayer",
        id="rep_names",
        data=[feature["properties"] for feature in territories["features"]],
        get_position="middle",
        get_text="title",
        get_size=13,
        get_color=[235, 238, 242] if dark else [30, 36, 46],
        character_set="'auto'",
        font_family="'sans-serif'",
        background=True,
        get_background_color=[20, 24, 30, 215] if dark else [255, 255, 255, 215],
        background_padding=[3, 1],
        # Where many territories lie side by side, names would only cover each other.
        extensions=[{"@@type": "CollisionFilterExtension"}],
        collision_enabled=True,
        collision_test_props={"sizeScale": 1.8},
    )


def deck(layers: list[pdk.Layer], place: Place, measure: str, style: str | None = None) -> pdk.Deck:
    """Return the map; the tooltip names the measure.

    Parameters
    ----------
    layers
        From the lowest to the highest.
    style
        Address of the basemap's style; None for no ground but ours.
    """
    # A style of None would make Streamlit load its own from the internet; left out, it loads none.
    ground = {"map_provider": "carto", "map_style": style} if style else {"map_provider": None}
    return pdk.Deck(
        layers=layers,
        initial_view_state=pdk.ViewState(
            latitude=place.lat, longitude=place.lon, zoom=place.zoom, min_zoom=3, max_zoom=MAX_ZOOM
        ),
        **ground,
        tooltip={"html": _tooltip(measure), "style": _TOOLTIP_STYLE},
    )


_TOOLTIP_STYLE = {"fontSize": "12px", "backgroundColor": palette.DARK_TEXT, "color": palette.LIGHT_TEXT}


def _tooltip(measure: str) -> str:
    """Return the tooltip; Streamlit fills in a feature's properties and escapes them."""
    return f"<b>{{title}}</b><br>{measure}: {{measured}}<br>{{led}}<br>{{sold}}<br>{{about}}<br>{{gaps}}"
