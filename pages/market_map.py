"""市场地图: every region in the colour of what is asked; click one to see it, again to look inside."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.i18n import _
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.downloads import slide
from pages._ui.empty import empty
from pages._ui.header import header, place
from pages._ui.maps.measures import MEASURES
from pages._ui.market import answers, choosing, region_card, slides, table, view
from pages._ui.market.map_picture import map_picture
from pages._ui.notes import notes

COLUMNS = (
    "capacity",
    "growth",
    "own",
    "share",
    "share_change",
    "rank",
    "rival_id",
    "ratio",
    "state",
    "structure",
)
HEIGHT = 470


@choosing.followed
def hero(filters: filter_bar.Filters, market: view.MarketView, measure: str) -> None:
    """Show the map and the card of the chosen region; a click reruns only this."""
    picture, card = st.columns([2, 1], gap="small")
    # The answer first: the browser has it while the picture is still on its way.
    with card.container(height=HEIGHT, key="region_card"):
        region_card.card(market, market.row(url.value("region")))
    with picture:
        map_picture(filters, market, measure, height=HEIGHT)


url.declare("measure")
top = place()
chosen = filter_bar.bar()
if chosen is None:
    with top:
        header(_("Market map"))
    empty(_("There are no sales to show on a map."), ("region", "company", "market_sales"))
    st.stop()
market = view.view(chosen.request(within=url.value("within") or None))
with st.container(horizontal=True, key="map_controls", vertical_alignment="center"):
    choosing.way_up(view.path(url.value("within")))
    measure = choosing.pick("measure", {code: _(m.name) for code, m in MEASURES.items()})
hero(chosen, market, measure)
table.region_table(market.regions.sort_values("capacity", ascending=False), COLUMNS, key="map_table")
table.totals(market, COLUMNS)
notes([note.sentence for note in market.report.notes])
answer, caption = answers.map_answer(market), view.caption(chosen, _("Market map"))
row = market.row(url.value("region"))
files = table.downloads(market.regions, COLUMNS, _("market map"))
files.append(slide(partial(slides.region_slide, market, row, answer, caption), _("market map")))
with top:
    header(_("Market map"), answer, files)
