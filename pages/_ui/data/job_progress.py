"""A job of the data page: how far it is, then the sentence it ended with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.components.progress import progress
from pages._ui.shell import frame

if TYPE_CHECKING:
    from pages._ui.jobs import Job


def follow(job: Job[str], state: str, title: str, *, can_stop: bool = True) -> None:
    """Show how far a job is, and once it has ended the sentence it returned, or what stopped it.

    Parameters
    ----------
    state
        Where the session keeps the job; forgotten when it has ended.
    title, can_stop
        As for :func:`pages._ui.components.progress.progress`.
    """
    if not job.done.is_set():
        progress(job, title, key=state, can_stop=can_stop)
        return
    del st.session_state[state]
    if job.error is not None:
        frame.show_error(job.error)
    else:
        st.success(job.result or "", icon=":material/check_circle:")
