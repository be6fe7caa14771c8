"""What can be done with a task: begin, report, send back, sign, drop, bring back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.cycle.tasks.measurement import Measurement
from core.errors import AppError
from core.i18n import _
from core.store.cycle.tasks.moves import move, sign, undo_drop
from pages._ui import runtime
from pages._ui.language import in_language
from pages._ui.tasks.offer import actor

if TYPE_CHECKING:
    from core.store.cycle.tasks.rows import TaskRecord

MESSAGE = "task_message"


def message() -> None:
    """Show what went wrong in the last change."""
    if said := st.session_state.pop(MESSAGE, ""):
        st.error(said)


def buttons(record: TaskRecord, row: Mapping[str, Any], today: dt.date) -> None:
    """Show the moves that the task's state allows, the next one first and large."""
    state, reached = record.state, row["verdict"] == "reached"
    with st.container(horizontal=True, gap="small", key="task_moves"):
        if state == "open" and not reached:
            _move_button(record, "doing", _("Begin"), ":material/play_arrow:", primary=True)
        if state in {"open", "doing"} and not reached:
            _move_button(record, "done", _("Report as done"), ":material/check:", primary=state == "doing")
        if state == "done" or (reached and state in {"open", "doing"}):
            _sign_popover(record, row, today)
        if state == "done":
            _reason_popover(record, "doing", _("Send back"), ":material/undo:")
        if state in {"open", "doing", "done"}:
            _reason_popover(record, "dropped", _("Drop"), ":material/do_not_disturb_on:")
        if state == "dropped":
            st.button(
                _("Bring back"), icon=":material/restore:", key="undo_drop", type="primary",
                on_click=in_language(_change),
                args=(lambda: undo_drop(runtime.store(), record, actor=actor()),),
            )  # fmt: skip


def _move_button(record: TaskRecord, to: str, label: str, icon: str, *, primary: bool) -> None:
    st.button(
        label,
        icon=icon,
        key=f"move_{to}",
        type="primary" if primary else "secondary",
        on_click=in_language(_change),
        args=(lambda: move(runtime.store(), record, to, actor=actor()),),
    )


def _reason_popover(record: TaskRecord, to: str, label: str, icon: str) -> None:
    with st.popover(label, icon=icon, key=f"ask_{to}"):
        name = f"reason_{to}_{record.task_id}_{record.version}"
        st.text_area(_("Why"), key=name, placeholder=_("In a sentence: what and why"))
        st.button(
            label, key=f"move_{to}", type="primary", on_click=in_language(_change),
            args=(
                lambda: move(
                    runtime.store(), record, to, actor=actor(), reason=st.session_state[name], on=None
                ),
            ),
        )  # fmt: skip


def _sign_popover(record: TaskRecord, row: Mapping[str, Any], today: dt.date) -> None:
    measured = Measurement(row["verdict"], row["value"])
    with st.popover(_("Sign"), icon=":material/draw:", key="ask_sign", type="primary"):
        key = f"{record.task_id}_{record.version}"
        st.text_input(_("Manager's name"), row["manager"] or "", key=f"signer_{key}")
        st.date_input(_("Day"), today, key=f"signed_on_{key}")
        if row["verdict"] == "not_yet":
            st.caption(_("The data don't show the target as reached yet."))
        st.text_input(_("Remark"), key=f"sign_reason_{key}")
        st.button(
            _("Sign"), key="sign_task", type="primary", on_click=in_language(_change),
            args=(
                lambda: sign(
                    runtime.store(), record, st.session_state[f"signer_{key}"], measured=measured,
                    reason=st.session_state[f"sign_reason_{key}"],
                    on=st.session_state[f"signed_on_{key}"], actor=actor(),
                ),
            ),
        )  # fmt: skip


def _change(change: Callable[[], object]) -> None:
    try:
        change()
    except AppError as error:
        st.session_state[MESSAGE] = str(error)
