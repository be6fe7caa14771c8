"""Whose day and which; codes in the address."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.reports.cycle import day as day_report
from pages._ui import reads, runtime, url
from pages._ui.cycle.day import component
from pages._ui.language import in_language

if TYPE_CHECKING:
    import pandas as pd

PARAMETERS = ("rep", "day")


def home() -> str:
    """Return a short name of the store; one in its place has another, as the demonstration region has."""
    text = f"{runtime.path().resolve()} {runtime.is_demonstration()}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def today() -> dt.date:
    """Return the day that pages open with."""
    day: dt.date = reads.cached(day_report.default_day, dt.date.today())
    return day


def chosen_day() -> dt.date:
    """Return the day in the address; today for what means nothing."""
    try:
        return dt.date.fromisoformat(url.value("day"))
    except ValueError:
        return today()


def chosen_rep(everybody: pd.DataFrame) -> str:
    """Return the rep in the address; empty where nobody was chosen."""
    code = url.value("rep")
    return code if code in set(everybody["employee_id"]) else ""


def pick_rep(everybody: pd.DataFrame) -> None:
    """Ask who works here, once; the browser remembers it."""
    names = dict(zip(everybody["employee_id"], everybody["name"], strict=True))
    st.session_state["choose_day_rep"] = None
    st.selectbox(
        _("Who are you?"),
        list(names),
        format_func=lambda code: names[code],
        key="choose_day_rep",
        placeholder=_("Choose your name"),
        on_change=in_language(_remember_rep),
        width=360,
    )
    component.ask_browser(list(names))


def pick_day(*, switch: bool = False) -> None:
    """Choose the day, and let another person work here."""
    with st.container(key="day_controls", horizontal=True, gap="small", vertical_alignment="center"):
        st.session_state["choose_day"] = chosen_day()
        st.date_input(
            _("Day"),
            max_value=max(chosen_day(), today(), dt.date.today()),
            key="choose_day",
            format="YYYY-MM-DD",
            label_visibility="collapsed",
            width=150,
            on_change=in_language(_remember_day),
        )
        if switch:
            st.button(
                _("Somebody else"),
                icon=":material/switch_account:",
                type="tertiary",
                key="switch_person",
                on_click=component.switch_person,
            )


def _remember_rep() -> None:
    url.put("rep", st.session_state["choose_day_rep"] or "")


def _remember_day() -> None:
    chosen = st.session_state["choose_day"]
    url.put("day", "" if chosen == today() else str(chosen))
