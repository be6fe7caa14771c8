"""四象限: growth of the market against own share; which regions to attack first."""

from __future__ import annotations

from functools import partial

import streamlit as st

from core.i18n import _
from core.reports.market.display import cut_lines, sentences
from core.reports.market.display.quadrant_slide import quadrant_slide
from pages._ui import filters as filter_bar
from pages._ui import url
from pages._ui.components.downloads import slide_download
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header, section
from pages._ui.components.notes import notes
from pages._ui.market import cuts, market_view, quadrant_picture, region_card, region_choice, table
from pages._ui.market.strategy import section as strategy

COLUMNS = (
    "attack_rank", "attack_order", "zone", "difficulty", "direction", "opportunity", "needed_gain",
    "robustness", "borderline", "share", "growth", "capacity", "state",
)  # fmt: skip
HEIGHT = 470


@region_choice.followed_by_page
def hero(filters: filter_bar.Filters, market: market_view.MarketView) -> None:
    """Show the bubbles and the card of the chosen region; a click reruns only this."""
    picture, card = st.columns([2, 1], gap="small")
    # The answer first: the browser has it while the picture is still on its way.
    with card.container(height=HEIGHT, key="region_card"):
        region_card.card(market, market.row(url.value("region")))
    with picture:
        quadrant_picture.quadrant_picture(filters, market, height=HEIGHT)


url.declare("growth_cut", "share_cut", "arrows", *strategy.PARAMETERS)
top = reserve_header()
chosen = filter_bar.bar()
if chosen is None:
    with top:
        header(_("Four quadrants"))
    empty(_("There are no sales to draw the four quadrants from."), ("region", "company", "market_sales"))
    st.stop()
market = market_view.view(
    chosen.request(
        within=url.value("within") or None, growth_cut=cuts.growth_cut(), share_cut=cuts.share_cut()
    )
)
if url.value("within"):
    region_choice.breadcrumb(market_view.path(url.value("within")))
cuts.controls(market)
hero(chosen, market)
ordered = sentences.attack_order(market.regions)
section(_("Order of attack"))
table.region_table(ordered, COLUMNS, key="attack_table")
notes(
    [
        _("Order, difficulty and direction stand word for word as in the founding document."),
        sentences.attack_rule(),
        *cut_lines.notes(market),
    ]
)
answer, caption = sentences.quadrant_answer(market), market_view.caption(chosen, _("Four quadrants"))
files = table.downloads(ordered, COLUMNS, _("four quadrants"))
if len(ordered):
    files.append(
        slide_download(partial(quadrant_slide, market, ordered, answer, caption), _("four quadrants"))
    )
with top:
    header(_("Four quadrants"), answer, files)
strategy.render_strategy(chosen, market)
