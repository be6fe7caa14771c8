"""The layers beside the terminals: borders, dealers with their coverage, reps' territories."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from core import numbers
from core.geo.coordinates import convert
from core.geo.hulls import hulls
from core.i18n import _
from core.store.market import geography
from pages._ui import reads
from pages._ui.terminals.basemap import chosen_basemap
from pages._ui.terminals.deck import border_layer, dealer_layers, names_layer, territory_layer
from pages._ui.tiles import service
from pages._ui.tiles.token import BorderToken

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    import pydeck as pdk

    from core.store.database import Store
    from core.store.scope import Scope

REPS_DRAWN = 300
"""More territories than this would only cover each other."""


def layers(chosen: Sequence[str], level: str, within: str | None, scope: Scope) -> list[pdk.Layer]:
    """Return the layers above the terminals, the names on top of all.

    Parameters
    ----------
    chosen
        Codes of :data:`pages._ui.terminals.controls.LAYERS`.
    level
        Whose borders are drawn.
    within
        The region looked into; None for all.
    """
    above: list[pdk.Layer] = []
    names: list[pdk.Layer] = []
    source = chosen_basemap()
    system = source.system if source else "WGS-84"
    dark = st.context.theme.type == "dark"
    if "reps" in chosen:
        count = reads.cached(geography.rep_count, within, scope)
        if count > REPS_DRAWN:
            st.caption(
                _(
                    "{n} reps are too many to draw their territories. Look into a region to see them.",
                    n=numbers.count(count),
                )
            )
        else:
            territories = reads.cached(_territories, within, system, scope)
            above.append(territory_layer(territories, dark=dark))
            names = [names_layer(territories, dark=dark)]
    if "regions" in chosen:
        token = BorderToken(level, within, scope, version=service.version(), system=system)
        address = f"/borders/{token.sign()}/{{z}}/{{x}}/{{y}}.json"
        above.append(border_layer(address, dark=dark))
    if "dealers" in chosen:
        above += dealer_layers(_dealers(within, system, scope))
    return [*above, *names]


def _dealers(within: str | None, system: str, scope: Scope) -> pd.DataFrame:
    dealers: pd.DataFrame = reads.cached(geography.dealers, within, scope)
    lat, lon = convert(dealers["lat"], dealers["lon"], "WGS-84", system)
    region_lat, region_lon = convert(dealers["region_lat"], dealers["region_lon"], "WGS-84", system)
    return dealers.assign(lat=lat, lon=lon, region_lat=region_lat, region_lon=region_lon)


def _territories(store: Store, within: str | None, system: str, scope: Scope) -> dict[str, Any]:
    points = geography.rep_points(store, within, scope)
    lat, lon = convert(points["lat"], points["lon"], "WGS-84", system)
    points = points.assign(lat=lat, lon=lon)
    names = dict(zip(points["employee_id"], points["name"], strict=True))
    features = []
    for rep, outline in hulls(points, "employee_id").items():
        shape = shapely.from_wkb(outline)
        middle = shapely.point_on_surface(shape)
        properties = {"title": names[rep], "middle": [round(middle.x, 5), round(middle.y, 5)]}
        geometry = json.loads(shapely.to_geojson(shape))
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    return {"type": "FeatureCollection", "features": features}
