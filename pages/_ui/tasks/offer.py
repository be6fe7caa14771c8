"""The button that makes a task from a finding, and tells of the one there is.

It stands below the rooms of market, customers, terminals and visits, whose findings it serves, and knows none
of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.cycle.tasks.states import STANDINGS
from core.errors import AppError
from core.i18n import _
from core.reports.cycle.tasks.findings import of_customer
from core.reports.cycle.tasks.proposals import make, open_task
from pages._ui import reads, runtime
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.shell.navigation import go_to
from pages._ui.tasks.labels import short_day

if TYPE_CHECKING:
    from core.reports.cycle.tasks.proposals import OpenTask, Proposal

PAGE = "tasks"
ACTOR = "target_actor"
"""Where the session keeps the name that people give themselves."""


def offer(proposal: Proposal, *, key: str, label: str = "", compact: bool = False) -> None:
    """Show the button; where the finding has an open task, the way to it instead.

    Parameters
    ----------
    key
        Different for two offers on one page.
    label
        Words of the button where “make a task” doesn't say of what.
    compact
        An icon without words, for the end of a line.
    """
    if runtime.published() is not None:
        # A version holds no tasks and takes none.
        return
    task: OpenTask | None = reads.cached(open_task, proposal.kind, proposal.key)
    with st.container(key=f"offer_{key}", width="content"):
        if task is not None:
            _task_button(task, key, compact=compact)
            return
        st.button(
            "" if compact else label or _("Make a task"),
            icon=":material/add_task:",
            key=f"make_task_{key}",
            type="tertiary" if compact else "secondary",
            help=_("Make a task of this: {title}", title=escape_markdown(proposal.title)),
            on_click=in_language(_make),
            args=(proposal,),
        )
        if error := st.session_state.pop(f"task_error_{proposal.kind}_{proposal.key}", ""):
            st.error(error)


def customer_offer(kind: str, customer_id: str, company: str) -> None:
    """Show the button of a customer's card."""
    proposal: Proposal | None = reads.cached(of_customer, kind, customer_id, company)
    if proposal is not None:
        offer(proposal, key="customer")


def _task_button(task: OpenTask, key: str, *, compact: bool) -> None:
    standing = _(STANDINGS[task.standing])
    about = " · ".join(escape_markdown(part) for part in (standing, task.owner, short_day(task.due)) if part)
    st.button(
        "" if compact else about,
        icon=":material/alarm:" if task.is_late else ":material/task_alt:",
        key=f"open_task_{key}",
        type="tertiary",
        help=_("Open the task “{title}”: {about}", title=escape_markdown(task.title), about=about),
        on_click=open_page,
        args=(task.task_id,),
    )


def open_page(task_id: str) -> None:
    """Open the page of tasks with one chosen, at the next run; for callbacks."""
    go_to(PAGE, {"task": task_id})


def actor() -> str:
    """Return the name under which this session makes and changes tasks."""
    return runtime.store().access.written_by(str(st.session_state.get(ACTOR) or _("Local user")))


def _make(proposal: Proposal) -> None:
    try:
        record, is_new = make(runtime.store(), proposal, actor=actor())
    except AppError as error:
        st.session_state[f"task_error_{proposal.kind}_{proposal.key}"] = str(error)
        return
    words = _("Task made: {title}") if is_new else _("This task is there already: {title}")
    st.toast(words.format(title=escape_markdown(record.task.title)), icon=":material/task_alt:")
