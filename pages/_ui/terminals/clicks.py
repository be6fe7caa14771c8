"""What a click on the terminal map does: a cell is zoomed into, a terminal opens its card."""

from __future__ import annotations

from typing import Any

import streamlit as st

from core.geo.cells import CELL_ZOOM
from pages._ui import url
from pages._ui.market import choosing
from pages._ui.terminals.deck import MAX_ZOOM, TERMINALS, Place


def clicked(key: str, zoom: float) -> None:
    """Act on the clicked feature; for callbacks.

    Parameters
    ----------
    key
        Key of the map.
    zoom
        Where the page put the map: Streamlit does not say where the user moved it.
    """
    objects = st.session_state[key]["selection"]["objects"].get(TERMINALS, [])
    if not objects:
        return
    feature: dict[str, Any] = objects[0]
    properties = feature.get("properties", feature)
    if properties.get("kind") == "terminal":
        choosing.put("shop", str(properties["terminal_id"]))
        return
    west, south, east, north = _box(feature["geometry"]["coordinates"][0])
    cell_zoom = _cell_zoom(east - west)
    closer = min(max(cell_zoom - 2, zoom + 1), MAX_ZOOM - 2)
    choosing.put("at", f"{(south + north) / 2:.5f},{(west + east) / 2:.5f},{closer:.1f}")
    choosing.put("shop", "")


def chosen_place() -> Place | None:
    """Return where the address says to look."""
    try:
        lat, lon, zoom = (float(part) for part in url.value("at").split(","))
    except ValueError:
        return None
    return Place(lat, lon, min(max(zoom, 1.0), MAX_ZOOM))


def _box(ring: list[list[float]]) -> tuple[float, float, float, float]:
    longitudes, latitudes = [point[0] for point in ring], [point[1] for point in ring]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _cell_zoom(width: float) -> float:
    zoom = 0.0
    while width < 359 and zoom < CELL_ZOOM:
        width, zoom = width * 2, zoom + 1
    return zoom
