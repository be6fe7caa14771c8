"""No.1 目标: what it takes to be first by k times, region by region, and on what way."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.i18n import _
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.downloads import slide_download
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.components.notes import notes
from pages._ui.market import (
    bands_picture,
    market_sentences,
    market_view,
    plan,
    region_choice,
    slides,
    table,
    target_card,
)

COLUMNS = (
    "state", "own", "rival_id", "rival_sales", "ratio", "target_least", "target_base", "target_fixed", "gap",
    "feasibility", "needed_growth", "cushion",
)  # fmt: skip
HEIGHT = 470


@region_choice.followed_by_page
def hero(filters: filter_bar.Filters, market: market_view.MarketView, order: str) -> None:
    """Show the bands and the card of the chosen region; a click reruns only this."""
    picture, card = st.columns([2, 1], gap="small")
    # The answer first: the browser has it while the picture is still on its way.
    with card.container(height=HEIGHT, key="target_card"):
        target_card.target_card(market, market.row(plan.chosen_region(market, order)))
    with picture.container(height=HEIGHT, key="bands"):
        bands_picture.bands_picture(filters, market, order)


url.declare("own_k", "rival_growth", "years", "order")
top = reserve_header()
chosen = filter_bar.bar()
if chosen is None:
    with top:
        header(_("No.1 target"))
    empty(_("There are no sales to compute a No.1 target from."), ("region", "company", "market_sales"))
    st.stop()
market = market_view.view(
    chosen.request(
        within=url.value("within") or None,
        k=plan.multiple(chosen),
        rival_growth=plan.rival_growth(),
        years=plan.years(),
    )
)
if url.value("within"):
    region_choice.breadcrumb(market_view.path(url.value("within")))
with st.container(horizontal=True, key="target_controls", vertical_alignment="bottom"):
    plan.controls(chosen)
    order = region_choice.pick_code("order", {code: _(words) for code, words in plan.ORDERS.items()})
hero(chosen, market, order)
regions = plan.ordered(market)
table.region_table(regions, COLUMNS, key="target_table")
table.totals(market, ("own", "capacity", "share"))
notes([note.sentence for note in market.report.notes])
answer, caption = market_sentences.number_one_answer(market), market_view.caption(chosen, _("No.1 target"))
files, shown = table.downloads(regions, COLUMNS, _("No.1 target")), plan.rows(market, order)
if len(shown):
    files.append(
        slide_download(partial(slides.number_one_slide, market, shown, answer, caption), _("No.1 target"))
    )
with top:
    header(_("No.1 target"), answer, files)
