"""The board by state and the list by person."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import N_, _, ngettext
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.tasks.labels import button_words, standing_word
from pages._ui.tasks.view import task_buttons

if TYPE_CHECKING:
    import pandas as pd

    from pages._ui.tasks.view import TaskView

COLUMNS = (("open",), ("doing",), ("awaiting",), ("reached", "signed"))
LAST = N_("Achieved this month")
LIMIT = 30
"""Buttons of a column; the table has the rest."""


def board(view: TaskView) -> None:
    """Show the tasks by state, in each column the earliest due first."""
    month = view.report.request.today.replace(day=1)
    columns = [(standing_word(names[0]), view.tasks["standing"].isin(names)) for names in COLUMNS[:-1]]
    achieved = view.report.achieved(month)["task_id"]
    columns.append((_(LAST), view.tasks["task_id"].isin(achieved)))
    with st.container(key="board"):
        for place, (title, chosen) in zip(st.columns(len(columns), gap="small"), columns, strict=True):
            with place:
                _column(view, title, view.tasks[chosen])


def _column(view: TaskView, title: str, tasks: pd.DataFrame) -> None:
    st.markdown(f"## {escape_markdown(title)} :gray[{len(tasks)}]")
    if tasks.empty:
        st.caption(_("none"))
    _buttons(view, tasks, "board")


def people(view: TaskView) -> None:
    """Show everybody with open tasks, the busiest first, with their tasks below their names."""
    rows = view.tasks[view.tasks["task_id"].isin(view.report.open["task_id"])]
    if rows.empty:
        st.info(_("No open task passes this filter."))
    # A text stands for nobody: a missing value is equal to nothing.
    people = rows["owner_id"].fillna("")
    order = rows["is_late"].groupby(people).agg(["size", "sum"]).sort_values(["size", "sum"], ascending=False)
    with st.container(key="people"):
        for owner_id, late in order["sum"].items():
            _person(view, rows[people == owner_id], int(late))


def _person(view: TaskView, tasks: pd.DataFrame, late: int) -> None:
    name = tasks["owner"].iloc[0] or _("Nobody yet")
    said = ngettext("{n} open", "{n} open", len(tasks))
    if late:
        said += " · :red[" + ngettext("{n} late", "{n} late", late) + "]"
    st.markdown(f"## {escape_markdown(name)} :gray[{said}]")
    with st.container(key=f"person_{tasks['owner_id'].iloc[0]}", horizontal=True):
        _buttons(view, tasks, "people")


def _buttons(view: TaskView, tasks: pd.DataFrame, key: str) -> None:
    words = partial(button_words, today=view.report.request.today)
    shown = task_buttons(tasks, words, key=key, limit=LIMIT)
    rest = len(tasks) - len(shown)
    if rest:
        st.caption(ngettext("{n} more in the table", "{n} more in the table", rest))
