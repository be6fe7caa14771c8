"""The first section of a customer's card: five numbers, the trend by company, the latest visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import _, current_language, format_date, format_month, format_number, sentences
from core.known_words import known_word
from core.reports.customers.card import CustomerCard, customer_card
from core.reports.market.trend import largest_companies
from pages._ui import reads, url
from pages._ui.charts.layout import chart_config, show_chart
from pages._ui.charts.trend import trend_figure
from pages._ui.components.cards import Card, cards
from pages._ui.components.header import section
from pages._ui.customers.preparation import wait_for
from pages._ui.customers.section import SectionHead
from pages._ui.formatting.escaping import escape_markdown, escape_plotly
from pages._ui.market import market_view as market
from pages._ui.market import region_choice
from pages._ui.shell.navigation import GO_TO

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.customers.customer_view import CardView

HEIGHT = 340


def render_overview(view: CardView) -> SectionHead | None:
    """Show what the data say about the customer."""
    if not wait_for(view.figures):
        return None
    card: CustomerCard | None = reads.cached(customer_card, view.kind, view.customer_id, view.figures)
    if card is None:
        return None
    cards(dealer_numbers(card) if view.kind == "dealer" else terminal_numbers(card))
    picture, detail = st.columns([2, 1], gap="small")
    with picture:
        _trend(view, card.trend)
    with detail.container(height=HEIGHT, key="customer_visits"):
        section(_("Latest visits"))
        _visits(view, card.visits)
    _ways(view)
    return SectionHead(overview_sentence(view, card))


def overview_sentence(view: CardView, card: CustomerCard) -> str:
    """Return the sentence that says what this customer brings and who leads there."""
    own = card.row["sell_in" if view.kind == "dealer" else "own"]
    if own is None:
        sentence = _("Nothing of ours is recorded here in this period.")
    else:
        sentence = _(
            "{money} in this period, {growth} against a year earlier; in-store share {share}.",
            money=numbers.money(own),
            growth=numbers.percent(card.row["growth"], sign=True),
            share=numbers.percent(card.row["share"]),
        )
    rival = card.trend[card.trend["is_benchmark"]]
    if len(rival) and view.filters is not None:
        period = rival[rival["month"].between(str(view.filters.start), str(view.filters.end))]
        sold = float(period["amount"].sum())
        total = card.row["total"]
        if total and sold > (card.row["own"] or 0.0):
            leads = _(
                "{rival} leads with {share}.",
                rival=escape_markdown(rival["name"].iloc[0]),
                share=numbers.percent(sold / total),
            )
            sentence = sentences(sentence, leads)
    return sentence


def dealer_numbers(card: CustomerCard) -> list[Card]:
    """Return a dealer's five numbers."""
    row = card.row
    return [
        _growing(_("Sell-in"), row["sell_in"], row["growth"], _("What we delivered in the period.")),
        Card(
            _("Sales of its shops"),
            numbers.money(row["own"]),
            explanation=_("Own sales recorded in the shops it supplies, over the period."),
            records=("terminal_sales",),
        ),
        Card(
            _("In-store share"),
            numbers.percent(row["share"]),
            explanation=_("Own sales ÷ all companies' sales recorded in these shops, over the period."),
            records=("terminal_sales",),
        ),
        Card(
            _("Shops"),
            numbers.count(row["terminals"]),
            explanation=_("All shops it supplies, blank and closed ones included."),
            records=("terminal",),
        ),
        _score(row["score"]),
    ]


def terminal_numbers(card: CustomerCard) -> list[Card]:
    """Return a terminal's five numbers."""
    row = card.row
    visited = row["last_visit"]
    return [
        _growing(_("Own sales"), row["own"], row["growth"], _("What this shop sold of ours in the period.")),
        Card(
            _("All sales"),
            numbers.money(row["total"]),
            explanation=_("All companies' sales recorded in this shop, over the period."),
            records=("terminal_sales",),
        ),
        Card(
            _("In-store share"),
            numbers.percent(row["share"]),
            explanation=_("Own sales ÷ all companies' sales recorded in these shops, over the period."),
            records=("terminal_sales",),
        ),
        Card(
            _("Visits in the period"),
            numbers.count(row["visits"]),
            explanation=_(
                "Last visit: {day}", day=numbers.MISSING if visited is None else format_date(visited)
            ),
            records=("visit",),
        ),
        _score(row["score"]),
    ]


def _growing(label: str, amount: object, growth: object, explanation: str) -> Card:
    # Of nothing recorded no change is known, whatever a year earlier was.
    unknown = numbers.is_missing(growth) or numbers.is_missing(amount)
    change = "" if unknown else numbers.percent(growth, sign=True)
    against = _("YoY") if change else ""
    return Card(label, numbers.money(amount), change, against, explanation=explanation)


def _score(value: object) -> Card:
    score = numbers.MISSING if numbers.is_missing(value) else format_number(round(float(str(value))))
    return Card(
        _("Relationship score"),
        score,
        explanation=_("Total of the latest ten-item score sheet, 0 to 100 [S1 1-1]."),
        records=("score_item",),
    )


def _trend(view: CardView, trend: pd.DataFrame) -> None:
    if trend.empty or view.filters is None:
        st.info(_("No company's sales are recorded here."))
        return
    trend = largest_companies(trend, market.MOST_LINES)
    hover = [
        f"{escape_plotly(row.name)} · {format_month(row.month)}<br>"
        f"{numbers.percent(row.share)} · {numbers.money(row.amount)}"
        for row in trend.itertuples(index=False)
    ]
    caption = market.caption(
        view.filters, _("Share by company: {name}", name=view.customer["name"]), market.months_of(trend)
    )
    show_chart(
        trend_figure(trend.assign(hover=hover), caption, market.picture(HEIGHT, "")),
        key="customer_trend",
        config=chart_config(_("share by company"), current_language()),
    )


def _visits(view: CardView, visits: pd.DataFrame) -> None:
    if visits.empty:
        st.caption(_("No visit is recorded."))
        return
    lines = []
    for visit in visits.itertuples(index=False):
        parts = [
            format_date(visit.start_at),
            "" if view.kind == "terminal" else escape_markdown(visit.terminal),
            *(
                escape_markdown(part)
                for part in (visit.employee, known_word(visit.purpose), known_word(visit.result))
                if not numbers.is_missing(part)
            ),
            "" if numbers.is_missing(visit.minutes) else _("{n} min", n=numbers.count(visit.minutes)),
        ]
        if not numbers.is_missing(visit.order_amount):
            parts.append(_("order {amount}", amount=numbers.yuan(visit.order_amount)))
        lines.append("- " + " · ".join(part for part in parts if part))
    st.markdown("\n".join(lines))


def _ways(view: CardView) -> None:
    """Show the ways on: the map, and the dealer of a terminal or the shops of a dealer."""
    with st.container(horizontal=True, key="customer_ways"):
        st.button(_("Show on the map"), icon=":material/map:", key="to_map", on_click=_to_map, args=(view,))
        if view.kind == "dealer":
            st.button(
                _("Its shops"),
                icon=":material/store:",
                key="to_shops",
                on_click=_to_shops,
                args=(view.customer_id,),
            )


def _to_map(view: CardView) -> None:
    url.hand_over(**{"shop" if view.kind == "terminal" else "dealer": view.customer_id})
    region_choice.set_and_follow(GO_TO, "terminal-map")


def _to_shops(dealer_id: str) -> None:
    url.hand_over(dealer=dealer_id)
    region_choice.set_and_follow(GO_TO, "terminals")
