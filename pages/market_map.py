"""市场地图: every region in the colour of what is asked; click one to see it, again to look inside."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.i18n import _
from core.reports.market.display import sentences, slides
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.downloads import slide_download
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.components.notes import notes
from pages._ui.customers import region_forms
from pages._ui.maps.measures import MEASURES
from pages._ui.market import market_view, region_card, region_choice, table
from pages._ui.market.map_picture import map_picture

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


@region_choice.followed_by_page
def hero(filters: filter_bar.Filters, market: market_view.MarketView, measure: str) -> None:
    """Show the map and the card of the chosen region; a click reruns only this."""
    picture, card = st.columns([2, 1], gap="small")
    # The answer first: the browser has it while the picture is still on its way.
    with card.container(height=HEIGHT, key="region_card"):
        region_card.card(market, market.row(url.value("region")))
    with picture:
        map_picture(filters, market, measure, height=HEIGHT)


url.declare("measure", "columns", region_forms.PARAMETER)
top = reserve_header()
chosen = filter_bar.bar()
if chosen is None:
    with top:
        header(_("Market map"))
    empty(_("There are no sales to show on a map."), ("region", "company", "market_sales"))
    st.stop()
market = market_view.view(chosen.request(within=url.value("within") or None))
with st.container(horizontal=True, key="map_controls", vertical_alignment="center"):
    region_choice.breadcrumb(market_view.path(url.value("within")))
    measure = region_choice.pick_code("measure", {code: _(m.name) for code, m in MEASURES.items()})
hero(chosen, market, measure)
columns = table.chosen_columns(COLUMNS)
# In the order of the sentence: from the strongest to the weakest.
ordered = sentences.by_share(market.regions)
table.region_table(ordered, columns, key="map_table")
table.totals(market, COLUMNS)
notes([note.sentence for note in market.report.notes])
region_forms.region_forms(market, url.value("region"))
answer, caption = sentences.map_answer(market), market_view.caption(chosen, _("Market map"))
row = market.row(url.value("region"))
files = table.downloads(ordered, columns, _("market map"))
files.append(slide_download(partial(slides.region_slide, market, row, answer, caption), _("market map")))
with top:
    header(_("Market map"), answer, files)
