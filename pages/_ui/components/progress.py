"""A progress bar for a job, with a way to stop it; the page reruns when the job ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core.i18n import _
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import apply_language

if TYPE_CHECKING:
    from pages._ui.jobs import Job


@st.fragment(run_every=0.3)
def progress(job: Job[Any], title: str, *, key: str, can_stop: bool = True) -> None:
    """Show how far a job is.

    Parameters
    ----------
    title
        What it does, until it says so itself.
    key
        Different for two jobs on one page.
    can_stop
        False for work that is short or may not be left half done.
    """
    apply_language()
    if job.done.is_set():
        st.rerun()
    text = _("Stopping…") if job.cancelling else job.text or title
    if not can_stop:
        st.markdown(f":material/hourglass_top: {escape_markdown(text)} …")
        return
    bar, stop = st.columns([5, 1], vertical_alignment="bottom")
    bar.progress(job.share, text=escape_markdown(text))
    stop.button(_("Stop"), on_click=job.cancel, disabled=job.cancelling, key=f"{key}_stop", width="stretch")
