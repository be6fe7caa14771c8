"""The month with the tasks on their due days."""

from __future__ import annotations

import calendar
import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st
from babel import dates

from core.errors import InputError
from core.i18n import _, current_language, format_date, format_month
from core.periods import parse_month, shift
from pages._ui import url
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.tasks.labels import button_words
from pages._ui.tasks.view import task_buttons

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.tasks.view import TaskView

TITLES = 2
"""Tasks named in a cell; the others are counted."""
LIMIT = 60


def month_calendar(view: TaskView) -> None:
    """Show the month, and below it its tasks one after the other."""
    today = view.report.request.today
    month = _month(today)
    with st.container(horizontal=True, vertical_alignment="center", key="month_bar"):
        for step, icon, label in (
            (-1, ":material/chevron_left:", _("Month before")),
            (1, ":material/chevron_right:", _("Next month")),
        ):
            st.button(
                "", icon=icon, help=label, key=f"month_{step}", on_click=_go_to, args=(shift(month, step),)
            )
        st.markdown(f"## {format_month(month)}")
    due = view.tasks[view.tasks["standing"] != "dropped"]
    by_day: dict[dt.date, pd.DataFrame] = dict(iter(due.groupby("due")))
    with st.container(key="task_calendar"):
        _weekdays()
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month):
            for place, day in zip(st.columns(7, gap="xxsmall"), week, strict=True):
                with place:
                    _cell(day, by_day.get(day), month, today)
    chosen = st.session_state.get("task_day")
    listed = [chosen] if chosen in by_day else sorted(day for day in by_day if day.replace(day=1) == month)
    if not listed:
        st.caption(_("No task is due in this month."))
    for due_day in listed:
        st.markdown(f"## {format_date(due_day)}")
        with st.container(key=f"due_{due_day}", horizontal=True):
            task_buttons(by_day[due_day], partial(button_words, today=today), key="calendar", limit=LIMIT)


def _month(today: dt.date) -> dt.date:
    try:
        return parse_month(url.value("month")) if url.value("month") else today.replace(day=1)
    except InputError:
        return today.replace(day=1)


def _go_to(month: dt.date) -> None:
    url.put("month", f"{month:%Y-%m}")
    st.session_state.pop("task_day", None)


def _weekdays() -> None:
    names = dates.get_day_names("abbreviated", locale=current_language())
    for place, number in zip(st.columns(7, gap="xxsmall"), range(7), strict=True):
        place.caption(names[number])


def _cell(day: dt.date, tasks: pd.DataFrame | None, month: dt.date, today: dt.date) -> None:
    number = f"**:blue[{day.day}]**" if day == today else f"**{day.day}**"
    if tasks is None:
        st.button(
            number if day.month == month.month else f":gray[{day.day}]",
            key=f"day_{day}", disabled=True, width="stretch",
        )  # fmt: skip
        return
    lines = [number]
    for row in tasks.head(TITLES).to_dict("records"):
        title = escape_markdown(row["title"])
        lines.append(f":red[{title}]" if row["is_late"] else title)
    if len(tasks) > TITLES:
        lines.append(f":gray[+{len(tasks) - TITLES}]")
    st.button("  \n".join(lines), key=f"day_{day}", width="stretch", on_click=_choose_day, args=(day,))


def _choose_day(day: dt.date) -> None:
    again = st.session_state.get("task_day") == day
    st.session_state["task_day"] = None if again else day
