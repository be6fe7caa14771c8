"""What a click on the terminal map does: a cell is zoomed into or listed, a terminal opens its card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.errors import InputError
from core.geo.cells import tile_bounds
from pages._ui import url
from pages._ui.market import region_choice
from pages._ui.terminals import quick_filters
from pages._ui.terminals.deck import MAX_ZOOM, TERMINALS, Place

if TYPE_CHECKING:
    from collections.abc import Mapping

HALF_SHOP = 0.0001
"""Room around a shop that is a corner of the box, degrees."""

LISTED_ZOOM = 22
"""A click on a cell of this zoom, ten metres wide, lists its terminals: zooming in would hardly part them."""


def remember_click(key: str, zoom: float) -> None:
    """Act on the clicked feature; for callbacks.

    Parameters
    ----------
    zoom
        Where the page put the map: Streamlit does not say where the user moved it.
    """
    objects = st.session_state[key]["selection"]["objects"].get(TERMINALS, [])
    if not objects:
        return
    feature: dict[str, Any] = objects[0]
    properties = feature.get("properties", feature)
    if quick_filters.box_is_open():
        _add_corner(feature, properties)
        return
    if properties.get("kind") == "terminal":
        region_choice.set_and_follow("shop", str(properties["terminal_id"]))
        return
    cell_zoom, column, row = (int(part) for part in str(properties["cell"]).split("/"))
    if cell_zoom >= LISTED_ZOOM:
        region_choice.set_and_follow("cell", str(properties["cell"]))
        return
    bounds = tile_bounds(cell_zoom, column, row)
    middle = (bounds.south + bounds.north) / 2, (bounds.west + bounds.east) / 2
    closer = min(max(cell_zoom - 2, zoom + 1), MAX_ZOOM - 2)
    region_choice.set_and_follow("at", f"{middle[0]:.5f},{middle[1]:.5f},{closer:.1f}")
    region_choice.set_and_follow("shop", "")


def _add_corner(feature: Mapping[str, Any], properties: Mapping[str, Any]) -> None:
    """Make the clicked cell or shop a corner of the box, with all of it inside."""
    if properties.get("kind") == "terminal":
        lon, lat = (float(part) for part in feature["geometry"]["coordinates"])
        corner = (lat - HALF_SHOP, lon - HALF_SHOP, lat + HALF_SHOP, lon + HALF_SHOP)
    else:
        bounds = tile_bounds(*(int(part) for part in str(properties["cell"]).split("/")))
        corner = (bounds.south, bounds.west, bounds.north, bounds.east)
    region_choice.set_and_follow("box", quick_filters.add_corner(*corner))
    st.session_state[region_choice.BEHIND] = region_choice.ELSEWHERE


def chosen_place() -> Place | None:
    """Return where the address says to look."""
    try:
        lat, lon, zoom = (float(part) for part in url.value("at").split(","))
    except ValueError:
        return None
    return Place(lat, lon, min(max(zoom, 1.0), MAX_ZOOM))


def chosen_cell() -> tuple[int, int] | None:
    """Return the first and the last zoom-24 cell of the cell whose terminals are listed; None for all."""
    try:
        zoom, column, row = (int(part) for part in url.value("cell").split("/"))
        bounds = tile_bounds(zoom, column, row)
    except (ValueError, InputError):
        return None
    return bounds.first_cell, bounds.last_cell
