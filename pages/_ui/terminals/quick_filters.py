"""What is asked for most often, in one click: unvisited, blank, overdue, a rival ahead; and a box."""

from __future__ import annotations

import streamlit as st

from core.i18n import _
from core.store.terminals.filter import SITUATIONS
from pages._ui import url
from pages._ui.language import in_language
from pages._ui.market.shops_link import SEPARATOR

PARAMETERS = ("situation", "box")

# The box waits for its first corner; with one corner its place stands behind this.
BOX_BEGUN = "?"


def chosen_situations() -> tuple[str, ...] | None:
    """Return the situations that the address asks for; None for all shops."""
    codes = tuple(code for code in url.value("situation").split(SEPARATOR) if code in SITUATIONS)
    return codes or None


def chosen_box() -> tuple[float, float, float, float] | None:
    """Return the box that the address asks for, south, west, north, east; None while it has no corners."""
    return None if box_is_open() else _bounds(url.value("box"))


def box_is_open() -> bool:
    """Tell whether the next click on the map is a corner of the box."""
    return url.value("box").startswith(BOX_BEGUN)


def add_corner(south: float, west: float, north: float, east: float) -> str:
    """Return the code of the box with the clicked cell or shop in it; the second click closes it."""
    first = _bounds(url.value("box").removeprefix(BOX_BEGUN))
    if first is None:
        return BOX_BEGUN + _code(south, west, north, east)
    # A little wider than the numbers that are written: the corner shops are inside.
    return _code(min(first[0], south), min(first[1], west), max(first[2], north), max(first[3], east))


def bar() -> None:
    """Show the situations and the box."""
    st.session_state["pick_situation"] = list(chosen_situations() or ())
    st.pills(
        _("Look for"),
        list(SITUATIONS),
        format_func=lambda code: _(SITUATIONS[code][0]),
        selection_mode="multi",
        key="pick_situation",
        label_visibility="collapsed",
        on_change=in_language(_remember),
        help="\n".join(f"- **{_(name)}**: {_(meaning)}" for name, meaning in SITUATIONS.values()),
    )
    has_box = bool(url.value("box"))
    st.button(
        _("Leave the box") if has_box else _("Choose a box"),
        icon=":material/close:" if has_box else ":material/select:",
        key="map_box",
        on_click=url.put,
        args=("box", "" if has_box else BOX_BEGUN),
        help=_("Two clicks on the map, on cells or shops, are its opposite corners."),
    )
    if box_is_open():
        corner = url.value("box") == BOX_BEGUN
        st.caption(_("Click the first corner.") if corner else _("Now click the opposite corner."))


def _remember() -> None:
    url.put("situation", SEPARATOR.join(st.session_state["pick_situation"]))


def _code(*edges: float) -> str:
    return ",".join(f"{edge:.5f}" for edge in edges)


def _bounds(code: str) -> tuple[float, float, float, float] | None:
    try:
        south, west, north, east = (float(part) for part in code.split(","))
    except ValueError:
        return None
    inside = -90 <= south <= north <= 90 and -180 <= west <= east <= 180
    return (south, west, north, east) if inside else None
