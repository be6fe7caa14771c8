"""Which entries of the audit are looked at; codes in the address."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.store.audit.entries import AuditFilter, choices
from core.store.audit.labels import action_label, kind_label
from pages._ui import runtime, url
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

PARAMETERS = ("who", "event", "action", "about", "since", "until")
MAX_ROWS_SHOWN = 1_000
"""Entries on the page; the files hold all of them."""


def choose() -> AuditFilter:
    """Show the filters and return what they say; an unknown code in the address means all."""
    known = choices(runtime.store())
    with st.container(horizontal=True, vertical_alignment="bottom", key="audit_filters"):
        actor = _pick("who", _("Who"), sorted(set(known["actor"])), str)
        kind = _pick("event", _("Kind"), list(dict.fromkeys(known["kind"])), kind_label)
        actions = known.loc[(known["kind"] == kind) | (kind is None), "action"]
        action = _pick("action", _("Action taken"), sorted(set(actions), key=action_label), action_label)
        start, end = _day("since", _("From")), _day("until", _("To"))
        about = _about()
    if start is not None and end is not None and end < start:
        st.warning(_("The last day {end} lies before the first one {start}.", start=start, end=end))
        end = None
    return AuditFilter(actor, kind, action, None, about, start, end)


def _pick(name: str, label: str, codes: Sequence[str], words: Callable[[str], str]) -> str | None:
    code = url.value(name) if url.value(name) in codes else None
    st.session_state[f"pick_{name}"] = code
    st.selectbox(
        label,
        codes,
        format_func=words,
        key=f"pick_{name}",
        placeholder=_("all"),
        on_change=in_language(_remember),
        args=(name,),
        width=155,
    )
    return code


def _day(name: str, label: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(url.value(name))
    except ValueError:
        day = None
    st.session_state[f"pick_{name}"] = day
    st.date_input(
        label,
        key=f"pick_{name}",
        format="YYYY-MM-DD",
        on_change=in_language(_remember),
        args=(name,),
        width=145,
    )
    return day


def _about() -> str | None:
    text = url.value("about")
    st.session_state["pick_about"] = text
    st.text_input(
        _("What or which"),
        key="pick_about",
        placeholder=_("table, customer, file …"),
        on_change=in_language(_remember),
        args=("about",),
        width=170,
    )
    return text or None


def _remember(name: str) -> None:
    chosen = st.session_state[f"pick_{name}"]
    url.put(name, "" if chosen is None else str(chosen))
