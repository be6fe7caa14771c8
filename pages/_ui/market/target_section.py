"""The section of No.1 targets: the bands, the chosen region's way to No.1, the table, a slide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.reports.market.display import sentences, slides
from pages._ui.components.downloads import Download, slide_download
from pages._ui.components.notes import notes
from pages._ui.market import (
    bands_picture,
    market_view,
    plan,
    region_choice,
    table,
    target_card,
)

if TYPE_CHECKING:
    from core.exchange.slides.content import Caption, Slide
    from pages._ui.filters import Filters

COLUMNS = (
    "state", "own", "rival_id", "rival_sales", "ratio", "target_least", "target_base", "target_fixed", "gap",
    "feasibility", "needed_growth", "cushion",
)  # fmt: skip
HEIGHT = 470


@region_choice.followed_by_page
def hero(filters: Filters, market: market_view.MarketView, order: str) -> None:
    """Show the bands and the card of the chosen region; a click reruns only this."""
    picture, card = st.columns([2, 1], gap="small")
    # The answer first: the browser has it while the picture is still on its way.
    with card.container(height=HEIGHT, key="target_card"):
        target_card.target_card(market, market.row(plan.chosen_region(market, order)))
    with picture.container(height=HEIGHT, key="bands"):
        bands_picture.bands_picture(filters, market, order)


def section(filters: Filters, market: market_view.MarketView, order: str) -> tuple[str, list[Download]]:
    """Show the section and return the answer in a sentence, and the files to take away."""
    hero(filters, market, order)
    regions = plan.ordered(market, order)
    table.region_table(regions, COLUMNS, key="target_table")
    table.totals(market, ("own", "capacity", "share"))
    notes([*(note.sentence for note in market.report.notes), sentences.attack_rule()])
    answer = sentences.number_one_answer(market, order)
    caption = market_view.caption(filters, _("No.1 target"))
    files = table.downloads(regions, COLUMNS, _("No.1 target"))
    if (regions["gap"] > 0).any():
        files.append(slide_download(partial(_slide, market, order, answer, caption), _("No.1 target")))
    return answer, files


def _slide(market: market_view.MarketView, order: str, answer: str, caption: Caption) -> Slide:
    return slides.number_one_slide(market, plan.rows(market, order), answer, caption)
