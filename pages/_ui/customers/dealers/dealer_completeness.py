"""The nine cards of all dealers: how complete, how fresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.cards import CARDS, FRESHNESS
from core.i18n import _, current_language
from core.reports.dealers.cards import completeness_grid
from pages._ui import reads
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.downloads import table_downloads
from pages._ui.components.header import section
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.dealers.dealer_figures import card_figure
from pages._ui.customers.listing.card_link import open_card
from pages._ui.customers.section import SectionHead
from pages._ui.language import in_language
from pages._ui.market.facts import Fact, declared_texts, facts
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from core.reports.dealers.request import DealerRequest
    from core.store.database import Store
    from pages._ui.customers.customer_view import ListView

HEIGHT = 380
TABLE_HEIGHT = 420


def render_dealer_completeness(view: ListView) -> SectionHead:
    """Show the completeness of the cards."""
    request = dealer_view.request(view)
    cards = dealer_view.cards(request)
    by_card = cards.groupby("card")[["filled", "wanted"]].sum().reindex([card.form.name for card in CARDS])
    by_card["completeness"] = by_card["filled"] / by_card["wanted"]
    labels = [f"{card.number} {_(card.form.label)}" for card in CARDS]
    picture, detail = st.columns([2, 1], gap="small")
    with picture:
        show_chart(
            card_figure(
                by_card,
                labels,
                Caption(_("Completeness of the nine cards, all dealers"), dealer_view.source()),
                View(HEIGHT, dealer_view.is_dark()),
            ),
            key="dealer_cards",
            config=chart_config(_("nine cards"), current_language()),
        )
    with detail.container(height=HEIGHT, key="card_facts"):
        section(_("Cards of all dealers"))
        facts(
            [
                Fact(
                    _(label),
                    numbers.count(int((cards["freshness"] == code).sum())),
                    records=("customer_form",),
                )
                for code, label in FRESHNESS.items()
            ],
            explanation=declared_texts("fresh", "dealers"),
        )
        st.caption(
            _("What the data say counts as known; what only people know is typed on the customer's card.")
        )
    grid: pd.DataFrame = reads.cached(_grid, request)
    _table(grid)
    files, name = _named(grid), _("nine cards")
    worst = labels[int(by_card["completeness"].to_numpy().argmin())]
    total = by_card["filled"].sum() / by_card["wanted"].sum()
    sentence = _(
        "The nine cards are {share} complete; the emptiest is {card}.",
        share=numbers.percent(total),
        card=worst,
    )
    return SectionHead(sentence, table_downloads(files, name))


def _grid(_store: Store, request: DealerRequest) -> pd.DataFrame:
    return completeness_grid(dealer_view.cards(request))


def _named(grid: pd.DataFrame) -> pd.DataFrame:
    """Return the grid with the titles that people read, in percent."""
    columns = {_("Dealer"): grid["name"], _("All cards (%)"): (grid["all"] * 100).round(1)}
    for card in CARDS:
        columns[numbers.heading(f"{card.number} {_(card.form.label)}", "%")] = (
            grid[card.form.name] * 100
        ).round(0)
    columns[_("Fresh cards")] = grid["fresh"]
    return pd.DataFrame(columns).reset_index(drop=True)


def _table(grid: pd.DataFrame) -> None:
    named = _named(grid)
    bars = {
        name: st.column_config.ProgressColumn(
            name, format="%.0f%%", min_value=0, max_value=100, color="#0072B2"
        )
        for name in named.columns[1:-1]
    }
    st.session_state["card_grid_ids"] = grid.index.tolist()
    st.dataframe(
        named,
        hide_index=True,
        height=TABLE_HEIGHT,
        placeholder=numbers.MISSING,
        key="card_grid",
        column_config=explained(
            named.columns[1:],
            {_("Dealer"): st.column_config.TextColumn(pinned=True), **bars},
            default=_("Fields filled in ÷ fields asked for; what the data say counts as filled in."),
        ),
        on_select=in_language(_clicked),
        selection_mode="single-row",
    )


def _clicked() -> None:
    rows = st.session_state["card_grid"]["selection"]["rows"]
    if rows:
        open_card("dealer", str(st.session_state["card_grid_ids"][rows[0]]), "cards")
