"""The way from a figure about a region to the shops behind it, in one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from pages._ui import url
from pages._ui.language import in_language
from pages._ui.market import region_choice
from pages._ui.shell.navigation import GO_TO

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = "terminal-map"
# Between the situations that are asked for.
SEPARATOR = "~"


def shops_query(region_id: str, situations: Sequence[str] = ()) -> dict[str, str]:
    """Return the address parameters of the map of a region's shops."""
    return {"region": region_id, "situation": SEPARATOR.join(situations)}


def open_shops(region_id: str, situations: Sequence[str] = ()) -> None:
    """Open the map of a region's shops at the next run; for callbacks, inside a fragment as well."""
    url.hand_over(**shops_query(region_id, situations))
    region_choice.set_and_follow(GO_TO, PAGE)


def shops_buttons(region_id: str) -> None:
    """Show the ways to a region's shops: all, the unvisited ones, those where a rival leads."""
    ways = {
        (): (_("Its shops on the map"), ":material/storefront:"),
        ("unvisited",): (_("Unvisited"), ":material/directions_walk:"),
        ("rival_leads",): (_("Rival leads"), ":material/trending_down:"),
    }
    with st.container(horizontal=True, gap="small", key="shops_of_region"):
        for situations, (label, icon) in ways.items():
            st.button(
                label,
                icon=icon,
                key=f"shops_{'_'.join(situations) or 'all'}",
                on_click=in_language(open_shops),
                args=(region_id, situations),
            )
