"""A strategy card's way to its approval: the next steps, who took which, a copy of one that is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.errors import AppError
from core.i18n import N_, _
from core.store.approval import NEED_A_REASON, TRANSITIONS, status_label
from core.store.forms import approval
from pages._ui import runtime
from pages._ui.customers import actor
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language

if TYPE_CHECKING:
    from core.reports.cycle.strategy import Card

VERBS = {
    "submitted": N_("Submit"),
    "feedback": N_("Give feedback"),
    "revised": N_("Mark as revised"),
    "approved": N_("Approve"),
}
REASON, ERROR = "strategy_reason", "strategy_error"
CHOSEN = "strategy_card"
"""Key of the choice of a card: its record_id."""


def workflow(card: Card) -> None:
    """Show the state of a card, the steps that can follow, and who took the earlier ones."""
    following = TRANSITIONS.get(card.status, ())
    if error := st.session_state.pop(ERROR, ""):
        st.error(error, icon=":material/error:")
    if following:
        needed = any(to in NEED_A_REASON for to in following)
        st.text_input(
            _("Reason or message"),
            key=REASON,
            placeholder=_("Needed to give feedback and to revise") if needed else _("Not needed here"),
        )
    with st.container(horizontal=True, key="strategy_steps"):
        for to in following:
            st.button(
                _(VERBS[to]),
                key=f"strategy_{to}",
                type="primary" if to == following[-1] else "secondary",
                on_click=in_language(_move),
                args=(card, to),
            )
        if not following or card.status == "submitted":
            st.button(
                _("Copy as a new draft"),
                key="strategy_copy",
                icon=":material/content_copy:",
                on_click=in_language(_copy),
                args=(card,),
            )
    _events(card)


def _events(card: Card) -> None:
    for row in approval.events(runtime.store(), card.key).itertuples():
        words = {
            "day": f"{row.happened_at:%Y-%m-%d}",
            "who": escape_markdown(row.actor),
            "state": status_label(row.to_status),
        }
        text = _("{day} {who}: {state}", **words)
        reason = f" · “{escape_markdown(row.reason)}”" if isinstance(row.reason, str) else ""
        st.caption(f":material/history: {text}{reason}")


def _move(card: Card, to: str) -> None:
    try:
        approval.move(
            runtime.store(),
            card.key,
            to,
            expected_version=card.record.version,
            actor=actor.current_actor(),
            reason=str(st.session_state.get(REASON, "")),
        )
    except AppError as error:
        st.session_state[ERROR] = str(error)
    else:
        st.session_state[REASON] = ""


def _copy(card: Card) -> None:
    try:
        copied = approval.copy(runtime.store(), card.key, card.record, actor=actor.current_actor())
    except AppError as error:
        st.session_state[ERROR] = str(error)
    else:
        st.session_state[CHOSEN] = copied.record_id
