"""Making a task by hand, changing one, and making the task that follows one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from core.cycle.tasks.measures import MEASURES
from core.cycle.tasks.task import MAX_TITLE, Finding, Task
from core.errors import AppError
from core.i18n import N_, _
from core.reports.cycle.tasks.proposals import USUAL_DAYS, working_day
from core.store.cycle.tasks import defaults, records
from core.store.market import market as market_store
from pages._ui import reads, runtime, url
from pages._ui.language import in_language
from pages._ui.tasks.moves import MESSAGE
from pages._ui.tasks.offer import actor

if TYPE_CHECKING:
    from core.store.cycle.tasks.rows import TaskRecord

SCALE = {"share": 100.0}
"""What a value is multiplied by where people type it."""
UNITS = {"share": N_("%"), "yuan": N_("yuan"), "ratio": N_("times"), "count": N_("number")}


def new_task(today: dt.date) -> None:
    """Offer to make a task by hand."""
    with st.popover(_("New task"), icon=":material/add_task:", key="new_task", type="primary"):
        begin = working_day(today + dt.timedelta(USUAL_DAYS))
        round_ = st.session_state.get("task_round", 0)
        empty = Task("?", begin, Finding("manual", "", ""))
        _form(f"new_{round_}", empty, _("Make the task"), _create, with_region=True)


def buttons(record: TaskRecord, today: dt.date) -> None:
    """Offer to change the task and to make one that follows it."""
    with st.container(horizontal=True, gap="small", key="task_edit"):
        if record.state not in {"signed", "dropped"}:
            with st.popover(_("Edit"), icon=":material/edit:", key="edit_task"):
                _form(
                    f"edit_{record.task_id}_{record.version}", record.task, _("Save"),
                    lambda task: records.edit(runtime.store(), record, task, actor=actor()),
                )  # fmt: skip
        with st.popover(_("Follow-up"), icon=":material/subdirectory_arrow_right:", key="follow_task"):
            _form(
                f"follow_{record.task_id}_{record.version}", _follow_up(record, today), _("Make the task"),
                _create,
            )  # fmt: skip


def _follow_up(record: TaskRecord, today: dt.date) -> Task:
    finding = Finding("follow_up", record.task_id, record.task.title, "tasks", {"task": record.task_id})
    return replace(
        record.task, title="?", finding=finding, goal=None, note="", parent_id=record.task_id,
        due=working_day(today + dt.timedelta(USUAL_DAYS)),
    )  # fmt: skip


def _form(
    key: str, task: Task, label: str, save: Callable[[Task], object], *, with_region: bool = False
) -> None:
    """Show the fields of a task; a title of “?” stands for one that is still to be written."""
    people = reads.cached(defaults.people)
    with st.form(key, border=False):
        st.text_input(_("What"), "" if task.title == "?" else task.title, MAX_TITLE, key=f"{key}_title")
        if with_region:
            regions = reads.cached(market_store.region_names)
            names = dict(zip(regions["region_id"], regions["name"], strict=True))
            st.selectbox(
                _("Region"), list(names), index=None, format_func=names.__getitem__, key=f"{key}_region",
                placeholder=_("whole market"),
            )  # fmt: skip
        codes = list(people)
        st.selectbox(
            _("Who"), codes, index=codes.index(task.owner_id) if task.owner_id in people else None,
            format_func=people.__getitem__, key=f"{key}_owner", placeholder=_("nobody yet"),
        )  # fmt: skip
        st.date_input(_("Due"), task.due, key=f"{key}_due")
        if task.goal is not None:
            measure = MEASURES[task.goal.measure]
            st.number_input(
                f"{_(measure.label)}: {_('Target value')} ({_(UNITS[measure.unit])})",
                value=float(task.goal.target) * SCALE.get(measure.unit, 1.0), key=f"{key}_target",
                help=_(measure.formula),
            )  # fmt: skip
        st.text_area(_("Note"), task.note, key=f"{key}_note")
        st.form_submit_button(
            label, type="primary", key=f"{key}_save", on_click=in_language(_save), args=(key, task, save)
        )


def _save(key: str, task: Task, save: Callable[[Task], object]) -> None:
    state = st.session_state
    try:
        goal = task.goal
        if goal is not None:
            goal = replace(goal, target=state[f"{key}_target"] / SCALE.get(MEASURES[goal.measure].unit, 1.0))
        save(
            replace(
                task,
                title=state[f"{key}_title"],
                region_id=state.get(f"{key}_region", task.region_id),
                owner_id=state[f"{key}_owner"],
                due=state[f"{key}_due"],
                note=state[f"{key}_note"],
                goal=goal,
            )
        )
    except AppError as error:
        state[MESSAGE] = str(error)


def _create(task: Task) -> None:
    record, _new = records.create(runtime.store(), task, actor=actor())
    st.session_state["task_round"] = st.session_state.get("task_round", 0) + 1
    url.put("task", record.task_id)
