"""Going to a region or a shop on the map by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, current_language
from core.reports.market.region_search import find_regions
from core.store.customers import search
from core.store.terminals.terminals import terminal_card
from pages._ui import runtime, url
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.fragments import fragment
from pages._ui.market import region_choice

if TYPE_CHECKING:
    import datetime as dt

REGIONS, SHOPS = 4, 6
SHOP_ZOOM = 16


def box(until: dt.date) -> None:
    """Offer the search behind a button; a click on a match goes there.

    Parameters
    ----------
    until
        Last month of the figures that the shop's card would show.
    """
    with st.popover(_("Find a county or shop"), icon=":material/search:", key="map_find"):
        _matches(until)


@fragment
def _matches(until: dt.date) -> None:
    text = st.text_input(
        _("Find a county or shop"),
        key="map_find_text",
        type="search",
        live="300ms",
        placeholder=_("Name, initials, pinyin or code"),
        label_visibility="collapsed",
    )
    if not text or not text.strip():
        return
    regions = find_regions(runtime.store(), text, limit=REGIONS)
    shops = search.find(runtime.store(), text, kind="terminal", limit=SHOPS)
    for row in regions.itertuples(index=False):
        st.button(
            escape_markdown(row.name),
            icon=":material/location_city:",
            key=f"map_region_{row.region_id}",
            type="tertiary",
            on_click=_go_to_region,
            args=(row.region_id,),
        )
    for row in shops.itertuples(index=False):
        english = current_language() == "en" and isinstance(row.region_en, str)
        region = row.region_en if english else row.region
        place = f" :small[:gray[{escape_markdown(region)}]]" if isinstance(region, str) else ""
        st.button(
            f"{escape_markdown(row.name)}{place}",
            icon=":material/store:",
            key=f"map_shop_{row.customer_id}",
            type="tertiary",
            on_click=_go_to_shop,
            args=(row.customer_id, until),
        )
    if regions.empty and shops.empty:
        st.caption(_("Nothing is called that."))


def _go_to_region(region_id: str) -> None:
    for name in ("shop", "at", "cell", "box"):
        url.put(name, "")
    region_choice.choose_region(region_id)
    st.session_state[region_choice.BEHIND] = region_choice.ELSEWHERE
    st.session_state["map_find_text"] = ""


def _go_to_shop(terminal_id: str, until: dt.date) -> None:
    shop = terminal_card(runtime.store(), terminal_id, until)
    if shop is not None and shop.terminal["lat"] is not None:
        url.put("at", f"{shop.terminal['lat']:.5f},{shop.terminal['lon']:.5f},{SHOP_ZOOM}")
    url.put("shop", terminal_id)
    st.session_state[region_choice.BEHIND] = region_choice.ELSEWHERE
    st.session_state["map_find_text"] = ""
