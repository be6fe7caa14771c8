"""The layers beside the terminals: borders, dealers with their coverage, reps' territories."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
import streamlit as st

from core.geo.hulls import hulls
from core.store import geography
from pages._ui import reads
from pages._ui.charts import palette
from pages._ui.terminals.deck import border_layer, dealer_layers, territory_layer
from pages._ui.tiles import service
from pages._ui.tiles.token import BorderToken

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pydeck as pdk

    from core.store.database import Store

OPACITY = 70


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
    if "reps" in chosen:
        below.append(territory_layer(reads.cached(_territories, within)))
    if "regions" in chosen:
        token = BorderToken(level, within, version=service.version())
        address = f"/borders/{token.sign()}/{{z}}/{{x}}/{{y}}.json"
        above.append(border_layer(address, dark=st.context.theme.type == "dark"))
    if "dealers" in chosen:
        above += dealer_layers(reads.cached(geography.dealers, within))
    return below, above


def _territories(store: Store, within: str | None) -> dict[str, Any]:
    points = geography.rep_points(store, within)
    names = dict(zip(points["employee_id"], points["name"], strict=True))
    inks = (palette.US, palette.RIVAL, *palette.OTHER_RIVALS)
    features = []
    for number, (rep, outline) in enumerate(hulls(points, "employee_id").items()):
        ink = inks[number % len(inks)]
        colour = [int(ink[i : i + 2], 16) for i in (1, 3, 5)]
        features.append(
            {
                "type": "Feature",
                "geometry": json.loads(shapely.to_geojson(shapely.from_wkb(outline))),
                "properties": {"title": names[rep], "colour": [*colour, OPACITY]},
            }
        )
    return {"type": "FeatureCollection", "features": features}
