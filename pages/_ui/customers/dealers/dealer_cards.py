"""The nine cards of one customer: what the data say beside what somebody must ask."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.cards import CARDS, FRESHNESS, CardState, card_state, terminal_cards
from core.customers.forms.spec import FieldKind
from core.customers.forms.validate import display
from core.i18n import _, format_date, ngettext
from core.reports.terminals.card_facts import terminal_facts
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from pages._ui import reads
from pages._ui.components.downloads import table_downloads
from pages._ui.components.header import section
from pages._ui.customers.dealers import dealer_view
from pages._ui.customers.forms.form import form_panel
from pages._ui.customers.section import SectionHead
from pages._ui.language import in_language
from pages._ui.market.facts import Fact, facts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.customers.cards import Card
    from core.customers.forms.spec import Field
    from core.store.forms.forms import Record
    from pages._ui.customers.customer_view import CardView

CHOSEN = "card_chosen"
DOTS = {"fresh": ":green[●]", "stale": ":orange[●]", "empty": ":gray[○]"}


def render_dealer_cards(view: CardView) -> SectionHead:
    """Show the cards as a row of names and the one chosen."""
    request = dealer_view.request(view)
    facts = _facts(view)
    cards = CARDS if view.kind == "dealer" else terminal_cards()
    saved = {card.form.name: _saved(view, card) for card in cards}
    fresh_days = dealer_view.rules().fresh_days
    states = {
        card.form.name: card_state(
            card,
            facts,
            record.payload if record else None,
            record.updated_at.date() if record else None,
            today=request.today,
            fresh_days=fresh_days,
        )
        for card in cards
        for record in [saved[card.form.name]]
    }
    by_name = {card.form.name: card for card in cards}
    names, sheet = st.columns([3, 7], gap="medium")
    with names:
        chosen = _chooser(by_name, states)
    with sheet:
        _card(view, by_name[chosen], facts, states[chosen], saved[chosen])
    files, name = _table(cards, facts, saved), _("nine cards") + f"-{view.customer_id}"
    return SectionHead(
        dealer_cards_sentence(states),
        table_downloads(files, name, sheet=_("nine cards")),
    )


def dealer_cards_sentence(states: Mapping[str, CardState]) -> str:
    """Return the sentence about completeness."""
    filled = sum(state.filled for state in states.values())
    expected = sum(state.wanted for state in states.values())
    empty = [state for state in states.values() if state.freshness == "empty"]
    sentence = _("{filled} of {wanted} wanted entries are known", filled=filled, wanted=expected)
    if empty:
        sentence += _("; ") + ngettext(
            "{n} card was never filled in", "{n} cards were never filled in", len(empty)
        )
    return sentence + _(".")


def _facts(view: CardView) -> dict[str, object]:
    if view.kind == "terminal":
        record: dict[str, object] = reads.cached(terminal_facts, view.customer_id, dealer_view.request(view))
        return record
    return dict(dealer_view.facts(dealer_view.request(view)).loc[view.customer_id])


def _saved(view: CardView, card: Card) -> Record | None:
    key = FormKey(card.form, view.kind, view.customer_id)
    record: Record | None = reads.cached(store_forms.load, key)
    return record


def _chooser(cards: Mapping[str, Card], states: Mapping[str, CardState]) -> str:
    chosen = str(st.session_state.get(CHOSEN, ""))
    chosen = chosen if chosen in cards else next(iter(cards))
    for name, card in cards.items():
        share = f"{states[name].completeness:.0%}"
        st.button(
            f"{DOTS[states[name].freshness]} {card.number} {_(card.form.label)} · {share}",
            key=f"card_{name}",
            type="primary" if name == chosen else "tertiary",
            width="stretch",
            on_click=in_language(partial(_choose, name)),
        )
    st.caption(" ".join(f"{DOTS[code]} {_(label)}" for code, label in FRESHNESS.items()))
    return chosen


def _choose(name: str) -> None:
    st.session_state[CHOSEN] = name


def _card(
    view: CardView, card: Card, known: Mapping[str, object], state: CardState, saved: Record | None
) -> None:
    label = _(card.form.label)
    term = "" if label == card.term else f" · {card.term}"
    st.markdown(f"### {card.number} {label}{term}")
    if state.missing:
        st.caption(_("Missing: {fields}", fields=_(", ").join(_(label) for label in state.missing)))
    if card.facts:
        section(_("From the data"))
        rows = [Fact(fact.title, written(fact, known.get(fact.name))) for fact in card.facts]
        origin = [_("Counted or read from the imported tables; nothing is typed here.")]
        left, right = st.columns(2, gap="medium")
        with left:
            facts(rows[0::2], explanation=origin)
        with right:
            facts(rows[1::2], explanation=origin)
    section(_("To be asked"))
    if saved is not None:
        st.caption(
            _("Saved on {day} by {who}.", day=format_date(saved.updated_at.date()), who=saved.updated_by)
        )
    form_panel(card.form, view.kind, view.customer_id, key=card.form.name, scope=view.scope)


def written(fact: Field, value: object) -> str:
    """Write what the data say as the screen does."""
    if numbers.is_missing(value):
        return numbers.MISSING
    if fact.kind is FieldKind.MONEY:
        return numbers.money(value)
    if fact.unit:
        return numbers.percent(value)
    if fact.kind.is_number:
        return numbers.count(value)
    return str(value)


def _table(
    cards: tuple[Card, ...], facts: Mapping[str, object], saved: Mapping[str, Record | None]
) -> pd.DataFrame:
    """Return all cards as one table: card, entry, content, where from."""
    rows = []
    for card in cards:
        title = f"{card.number} {_(card.form.label)}"
        record = saved[card.form.name]
        payload = record.payload if record else {}
        rows += [(title, fact.title, written(fact, facts.get(fact.name)), _("data")) for fact in card.facts]
        rows += [
            (title, part.title, display(part, payload.get(part.name)), _("asked"))
            for part in card.form.fields
        ]
    return pd.DataFrame(rows, columns=[_("Card"), _("Entry"), _("Content"), _("Where from")])
