"""终端地图: every terminal of the market, drawn from the store as the map is moved."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.i18n import _
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.language import in_language
from pages._ui.market import market_view as market
from pages._ui.market import region_choice
from pages._ui.terminals import (
    basemap,
    card,
    checks,
    clicks,
    controls,
    find,
    quick_filters,
    terminal_sums,
    worklist,
)
from pages._ui.terminals import terminal_view as terminals
from pages._ui.terminals.deck import deck, place_of_box, terminal_layer
from pages._ui.terminals.layers import layers
from pages._ui.terminals.legend import legend
from pages._ui.terminals.preparation import wait_for

HEIGHT = 470


@region_choice.followed_by_page
def hero(filters: filter_bar.Filters, area: str | None) -> None:
    """Show the map and, beside it, the clicked terminal or the sums; a click reruns only this."""
    view = terminals.view(filters, area)
    picture, detail = st.columns([2, 1], gap="small")
    with picture:
        above = layers(controls.chosen_layers(), filters.level, area, view.token.scope)
        place = clicks.chosen_place() or place_of_box(view.summary, HEIGHT - 30)
        st.pydeck_chart(
            deck(
                [terminal_layer(view.address), *above],
                place,
                controls.measure_label(view.token.measure),
                basemap.style_address(),
            ),
            height=HEIGHT - 30,
            key="terminal_map",
            on_select=in_language(partial(clicks.remember_click, "terminal_map", place.zoom)),
            selection_mode="single-object",
        )
        legend(view.token.measure, view.companies(), dark=view.token.dark, layers=controls.chosen_layers())
        basemap.attribution()
    with detail.container(height=HEIGHT, key="terminal_card"):
        shop = view.card(url.value("shop"))
        if shop is None:
            terminal_sums.sums(view)
        else:
            card.card(shop, filters.company, filters.start, filters.end)
    worklist.worklist(view)


url.declare("shop", "at", "cell", "checks", *controls.PARAMETERS)
top = reserve_header()
chosen = filter_bar.bar()
area = controls.chosen_area()
if chosen is not None and not wait_for(terminals.lens_request(chosen)):
    with top:
        header(_("Terminal map"))
    st.stop()
shown = terminals.view(chosen, area) if chosen else None
if chosen is None or shown is None or shown.lens.counted[-1] == 0:
    with top:
        header(_("Terminal map"))
    empty(_("There are no terminals with a place."), ("terminal", "terminal_sales"))
    st.stop()
with st.container(horizontal=True, key="map_controls", vertical_alignment="center"):
    region_choice.breadcrumb(market.path(area))
    controls.bar(area)
    find.box(chosen.end)
with st.container(horizontal=True, key="map_quick", vertical_alignment="center"):
    quick_filters.bar()
hero(chosen, area)
checks.checks()
with top:
    header(_("Terminal map"), terminal_sums.terminal_sums_sentence(shown), worklist.exports(shown))
