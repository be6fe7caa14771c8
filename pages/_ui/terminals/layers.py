"""The layers beside the terminals: borders, dealers with their coverage, reps' territories."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from core.geo.coordinates import convert
from core.geo.hulls import hulls
from core.store import geography
from pages._ui import reads
from pages._ui.charts import palette
from pages._ui.terminals.basemap import chosen_basemap
from pages._ui.terminals.deck import border_layer, dealer_layers, names_layer, territory_layer
from pages._ui.tiles import service
from pages._ui.tiles.token import BorderToken

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pydeck as pdk

    from core.store.database import Store

OPACITY = 60


def layers(chosen: Sequence[str], level: str, within: str | None) -> tuple[list[pdk.Layer], list[pdk.Layer]]:
    """Return the layers below and above the terminals.

    Parameters
    ----------
    chosen
        Codes of :data:`pages._ui.terminals.controls.LAYERS`.
    level
        Whose borders are drawn.
    within
        The region looked into; None for all.
    """
    below, above = [], []
    source = chosen_basemap()
    system = source.system if source else "WGS-84"
    dark = st.context.theme.type == "dark"
    if "reps" in chosen:
        territories = reads.cached(_territories, within, system)
        below.append(territory_layer(territories))
        above.append(names_layer(territories, dark=dark))
    if "regions" in chosen:
        token = BorderToken(level, within, version=service.version(), system=system)
        address = f"/borders/{token.sign()}/{{z}}/{{x}}/{{y}}.json"
        above.append(border_layer(address, dark=dark))
    if "dealers" in chosen:
        above += dealer_layers(_dealers(within, system))
    return below, above


def _dealers(within: str | None, system: str) -> pd.DataFrame:
    found: pd.DataFrame = reads.cached(geography.dealers, within)
    lat, lon = convert(found["lat"], found["lon"], "WGS-84", system)
    region_lat, region_lon = convert(found["region_lat"], found["region_lon"], "WGS-84", system)
    return found.assign(lat=lat, lon=lon, region_lat=region_lat, region_lon=region_lon)


def _territories(store: Store, within: str | None, system: str) -> dict[str, Any]:
    points = geography.rep_points(store, within)
    lat, lon = convert(points["lat"], points["lon"], "WGS-84", system)
    points = points.assign(lat=lat, lon=lon)
    names = dict(zip(points["employee_id"], points["name"], strict=True))
    inks = (palette.US, palette.RIVAL, *palette.OTHER_RIVALS)
    features = []
    for number, (rep, outline) in enumerate(hulls(points, "employee_id").items()):
        ink = inks[number % len(inks)]
        colour = [int(ink[i : i + 2], 16) for i in (1, 3, 5)]
        shape = shapely.from_wkb(outline)
        middle = shapely.point_on_surface(shape)
        features.append(
            {
                "type": "Feature",
                "geometry": json.loads(shapely.to_geojson(shape)),
                "properties": {
                    "title": names[rep],
                    "colour": [*colour, OPACITY],
                    "edge": [*colour, 255],
                    "middle": [round(middle.x, 5), round(middle.y, 5)],
                },
            }
        )
    return {"type": "FeatureCollection", "features": features}
