"""What the page of tasks shows: the tasks, and which of them the filters leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.cycle.tasks.states import STANDINGS
from core.cycle.tasks.task import FINDING_KINDS
from core.i18n import N_, _
from core.reports.cycle.tasks.listing import TaskReport, TaskRequest, tasks_of
from core.reports.cycle.today import reference_day
from pages._ui import reads, url
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from core.store.cycle.tasks.rows import TaskRecord

PARAMETERS = ("task", "look", "who", "where", "why", "how", "find", "month")
LOOKS = {"": N_("Board"), "people": N_("People"), "calendar": N_("Calendar"), "table": N_("All tasks")}
NOBODY, LATE = "-", "late"


@dataclass(frozen=True)
class TaskView:
    """The tasks of the page.

    Parameters
    ----------
    report
        Of everything the user may see.
    tasks
        Those that the filters leave.
    """

    report: TaskReport
    tasks: pd.DataFrame

    @property
    def record(self) -> TaskRecord | None:
        """The task whose card is open."""
        return self.report.records.get(url.value("task"))


def view() -> TaskView:
    """Return the tasks with the filters of the address."""
    today = reads.cached(reference_day)
    report: TaskReport = reads.shared(tasks_of, TaskRequest(today))
    tasks = report.tasks
    for name, column in (("who", "owner_id"), ("where", "region_id"), ("why", "finding_kind")):
        code = url.value(name)
        if code:
            tasks = tasks[tasks[column].isna()] if code == NOBODY else tasks[tasks[column] == code]
    how = url.value("how")
    if how:
        tasks = tasks[tasks["is_late"]] if how == LATE else tasks[tasks["standing"] == how]
    words = url.value("find").casefold().split()
    if words:
        text = tasks[["title", "customer", "region", "owner", "note"]].fillna("").agg(" ".join, axis=1)
        folded = text.str.casefold()
        for word in words:
            tasks = tasks[folded.reindex(tasks.index).str.contains(word, regex=False)]
    return TaskView(report, tasks)


def look() -> str:
    """Return which of the four looks is chosen."""
    return url.value("look") if url.value("look") in LOOKS else ""


def bar(view: TaskView) -> None:
    """Show the choice of the look and the filters."""
    tasks = view.report.tasks
    st.session_state["pick_look"] = look()
    st.segmented_control(
        _("Look"),
        list(LOOKS),
        format_func=lambda code: _(LOOKS[code]),
        key="pick_look",
        required=True,
        label_visibility="collapsed",
        on_change=in_language(_remember),
        args=("look",),
    )
    people = dict(zip(tasks["owner_id"], tasks["owner"], strict=True))
    places = dict(zip(tasks["region_id"], tasks["region"], strict=True))
    kinds = {kind: _(FINDING_KINDS[kind]) for kind in tasks["finding_kind"].unique()}
    _pick("who", _("Who"), {code or NOBODY: name or _("nobody yet") for code, name in people.items()})
    _pick("where", _("Region"), {code or NOBODY: name or _("whole market") for code, name in places.items()})
    _pick("why", _("Why"), kinds)
    _pick("how", _("Status"), {LATE: _("Late"), **{name: _(word) for name, word in STANDINGS.items()}})
    st.session_state["pick_find"] = url.value("find")
    st.text_input(
        _("Search"),
        key="pick_find",
        placeholder=_("Search tasks"),
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=in_language(_remember),
        args=("find",),
        width=120,
    )


def _pick(name: str, label: str, words: dict[str, str]) -> None:
    codes, everything = ["", *sorted(words, key=lambda code: words[code])], _("{label}: all", label=label)
    st.session_state[f"pick_{name}"] = url.value(name) if url.value(name) in codes else ""
    st.selectbox(
        label,
        codes,
        format_func=lambda code: words.get(code, everything),
        key=f"pick_{name}",
        label_visibility="collapsed",
        on_change=in_language(_remember),
        args=(name,),
        # Room for “all”: 14 pixels for a Chinese character, 6 for a Latin letter, beside frame and arrow.
        width=52 + sum(6 if letter.isascii() else 14 for letter in everything),
    )


def _remember(name: str) -> None:
    url.put(name, st.session_state[f"pick_{name}"])


def choose_task(task_id: str) -> None:
    """Open the card of a task, or close it where it is open; for callbacks."""
    url.put("task", "" if url.value("task") == task_id else task_id)


def task_buttons(
    tasks: pd.DataFrame, words: Callable[[object], str], *, key: str, limit: int
) -> Sequence[str]:
    """Show a button per task, at most ``limit``; return the ids of those shown."""
    shown = tasks.head(limit)
    for row in shown.to_dict("records"):
        task_id = row["task_id"]
        st.button(
            words(row),
            key=f"{key}_{task_id}",
            width="stretch",
            type="primary" if task_id == url.value("task") else "secondary",
            on_click=choose_task,
            args=(task_id,),
        )
    return list(shown["task_id"])
