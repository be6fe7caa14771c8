"""Who is planned, for how long, by which norms; codes in the address."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import N_, _, format_date
from core.reports.visits.request import first_day
from core.visits.norms import DEFAULT_TEMPLATE, TEMPLATES
from core.visits.rules import working_days
from pages._ui import url
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

PARAMETERS = ("rep", "start", "weeks", "off", "template", "thumb", "fit", "plan", "day", "part")
WEEKS = {"1": N_("1 week"), "2": N_("2 weeks"), "": N_("4 weeks"), "8": N_("8 weeks"), "12": N_("12 weeks")}
DEFAULT_WEEKS, ALLOWED_WEEKS = 4, (1, 2, 4, 8, 12)
# Between the days off in the address.
SEPARATOR = "~"
PARTS = {
    "": N_("Frequency and load"),
    "rules": N_("Special rules"),
    "calendar": N_("Calendar"),
    "route": N_("Day and route"),
    "done": N_("Done and missed"),
    "response": N_("Return on visits"),
    "prospects": N_("Prospects"),
}


def template_code() -> str:
    """Return the template chosen; the default for what means nothing."""
    code = url.value("template")
    return code if code in TEMPLATES else DEFAULT_TEMPLATE


def rep(everybody: pd.DataFrame) -> str:
    """Return the rep chosen; the first one for what means nothing."""
    ids = everybody["employee_id"].tolist()
    return url.value("rep") if url.value("rep") in ids else str(ids[0])


def chosen_start() -> dt.date:
    """Return the day the next plan begins: the one in the address, never one in the past; today else."""
    return first_day(_day(url.value("start")), dt.date.today())


def chosen_weeks() -> int:
    """Return how many weeks the next plan has."""
    return int(url.value("weeks")) if url.value("weeks") in map(str, ALLOWED_WEEKS) else DEFAULT_WEEKS


def days_off() -> frozenset[dt.date]:
    """Return the holidays and days off in the address that lie in the period; at least one day is left."""
    days = working_days(chosen_start(), chosen_weeks())
    off = {_day(code) for code in url.value("off").split(SEPARATOR)} & set(days)
    return frozenset(day for day in off if day is not None) if len(off) < len(days) else frozenset()


def _day(code: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(code)
    except ValueError:
        return None


def _period() -> None:
    """Choose the first day, the length and the days off."""
    start, today = chosen_start(), dt.date.today()
    st.session_state["choose_start_day"] = start
    st.date_input(
        _("The plan begins"),
        min_value=today,
        max_value=today + dt.timedelta(366),
        key="choose_start_day",
        format="YYYY-MM-DD",
        label_visibility="collapsed",
        width=130,
        on_change=in_language(_remember_start),
    )
    weeks = {code: _(label) for code, label in WEEKS.items()}
    _select("weeks", weeks, url.value("weeks"), ":material/date_range:", width=130)
    off = sorted(days_off())
    title = _("Days off ({n})", n=len(off)) if off else _("Days off")
    with st.popover(title, icon=":material/beach_access:", key="days_off"):
        st.session_state["choose_off"] = off
        st.multiselect(
            _("Holidays and days on which nobody visits"),
            working_days(start, chosen_weeks()),
            format_func=format_date,
            key="choose_off",
            on_change=in_language(_remember_off),
        )


def _remember_start() -> None:
    chosen = st.session_state["choose_start_day"]
    url.put("start", "" if chosen == dt.date.today() else str(chosen))


def _remember_off() -> None:
    url.put("off", SEPARATOR.join(map(str, st.session_state["choose_off"])))


def bar(everybody: pd.DataFrame) -> str:
    """Show the controls in one row and return the rep."""
    names = {
        str(row.employee_id): _("{name} · {shops} shops", name=row.name, shops=row.shops)
        for row in everybody.itertuples(index=False)
    }
    chosen = rep(everybody)
    with st.container(key="visit_controls", horizontal=True, gap="small", vertical_alignment="bottom"):
        _select("rep", names, chosen, ":material/badge:")
        _period()
        templates = {"" if k == DEFAULT_TEMPLATE else k: _(t.label) for k, t in TEMPLATES.items()}
        _select("template", templates, url.value("template"), ":material/table_chart:", width=350)
        _switch(
            "thumb",
            _("Raise for the No.1 gap"),
            _(
                "Visits × √(1.7 ÷ (own ÷ rival's sales)), rounded up to a frequency that can be spaced."
                " A rule of thumb, not a law."
            ),
            on="yes",
            default=False,
        )
        _switch(
            "fit",
            _("Cut until it fits"),
            _(
                "Gives up the visits that sell least per minute and the shops that no day reaches;"
                " all are listed."
            ),
            on="",
            default=True,
        )
    return chosen


def part() -> str:
    """Show the parts of the page and return the one chosen."""
    code = url.value("part") if url.value("part") in PARTS else ""
    st.session_state["choose_part"] = code
    st.segmented_control(
        _("Show"),
        list(PARTS),
        format_func=lambda code: _(PARTS[code]),
        key="choose_part",
        required=True,
        label_visibility="collapsed",
        on_change=in_language(_remember),
        args=("part",),
    )
    return code


def _select(name: str, labels: Mapping[str, str], code: str, icon: str, width: int = 200) -> None:
    st.session_state[f"choose_{name}"] = code if code in labels else next(iter(labels))
    st.selectbox(
        name,
        list(labels),
        format_func=lambda option: labels.get(option, option),
        key=f"choose_{name}",
        width=width,
        icon=icon,
        label_visibility="collapsed",
        on_change=in_language(_remember),
        args=(name,),
    )


def _switch(name: str, label: str, explanation: str, *, on: str, default: bool) -> None:
    off = "no" if default else ""
    st.session_state[f"choose_{name}"] = url.value(name) == on
    st.toggle(
        label,
        key=f"choose_{name}",
        help=explanation,
        on_change=in_language(_flip),
        args=(name, on, off),
        width="content",
    )


def _flip(name: str, on: str, off: str) -> None:
    url.put(name, on if st.session_state[f"choose_{name}"] else off)


def _remember(name: str) -> None:
    url.put(name, st.session_state[f"choose_{name}"] or "")
    if name == "rep":
        url.put("plan", "")
        url.put("day", "")
