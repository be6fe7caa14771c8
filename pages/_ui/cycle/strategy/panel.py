"""策略卡 on the page of a region: both periods, filling in, approval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.customers.forms.strategy import STRATEGY_CARD
from core.i18n import _
from core.periods import shift
from core.reports.cycle.strategy import cards
from core.store.approval import EDITABLE, status_label
from pages._ui import runtime
from pages._ui.customers.forms.form import form_panel
from pages._ui.cycle.strategy.comparison import period_label, side_by_side
from pages._ui.cycle.strategy.workflow import CHOSEN, workflow

if TYPE_CHECKING:
    import datetime as dt

    from core.reports.cycle.meeting import MonthReview
    from core.reports.cycle.strategy import Card

NEW, PLACE = "", "strategy_place"


def strategy(review: MonthReview) -> None:
    """Show the cards of the region and month, and all of the region's to fill in and approve."""
    region = review.request.region
    if region is None:
        st.caption(_("Strategy cards belong to a region: choose one above."))
        return
    side_by_side(review.strategy)
    with st.expander(_("Fill in and approve"), icon=":material/edit_note:", key="strategy_edit"):
        _edit(region, review.request.month, review.strategy.card)


def _edit(region: str, month: dt.date, current: Card | None) -> None:
    every = {card.record.record_id: card for card in cards(runtime.store(), region)}
    labels = {NEW: _("New card")} | {
        record: f"{period_label(card)} · {status_label(card.status)}" for record, card in every.items()
    }
    start = current.record.record_id if current is not None else NEW
    if st.session_state.get(CHOSEN) not in labels or st.session_state.get(PLACE) != (region, month):
        st.session_state[CHOSEN] = start
    st.session_state[PLACE] = (region, month)
    chosen = st.selectbox(_("Strategy card"), list(labels), format_func=labels.__getitem__, key=CHOSEN)
    card = every.get(chosen)
    if card is None:
        form_panel(
            STRATEGY_CARD, "region", region, defaults=_defaults(month, current), key=f"strategy_{region}_new"
        )
        return
    workflow(card)
    if card.status in EDITABLE:
        form_panel(STRATEGY_CARD, "region", region, record_id=chosen, key=f"strategy_{region}_{chosen}")


def _defaults(month: dt.date, current: Card | None) -> dict[str, Any]:
    """Return what a new card begins with: the quarter after the card of the month, or the month's own."""
    if current is None:
        start = month.replace(month=(month.month - 1) // 3 * 3 + 1)
        return {"start": start, "end": shift(start, 2)}
    start = shift(current.end, 1)
    return {**current.record.payload, "start": start, "end": shift(start, 2)}
