"""The first start: build the demonstration region, or begin with one's own data."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from pages._ui import runtime
from pages._ui.components.progress import progress
from pages._ui.jobs import Job
from pages._ui.language import in_language, switch
from pages._ui.shell.navigation import go_to

if TYPE_CHECKING:
    from core.store.progress import Watch

_lock = threading.Lock()
_job: Job[None] | None = None


def page() -> None:
    """Show the first start until there is a store."""
    with st.container(key="first_start"):
        st.title(_("Shengeng: become No.1, region by region"), anchor=False)
        st.markdown(
            _(
                "- Who leads where, and by how much\n- What it takes to become No.1\n"
                "- Which regions to attack first"
            )
        )
        st.markdown(
            _(
                "There are no data yet. A demonstration region with invented names shows what the program "
                "does; your own data can take its place at any time."
            )
        )
        job = _current()
        if not job.done.is_set():
            progress(job, _("Building the demonstration region"), key="building")
        else:
            if job.error is not None and not job.cancelled:
                st.error(str(job.error))
            st.button(
                _("Build the demonstration region"),
                on_click=_restart,
                type="primary",
                key="build_demonstration",
            )
        st.button(
            _("Use my own data"),
            on_click=in_language(_use_own_data),
            icon=":material/upload_file:",
            key="own_data",
        )
        switch()


def _current() -> Job[None]:
    """Return the job that builds the demonstration region; one for all visitors, begun by the first."""
    global _job  # noqa: PLW0603 - the process has one store, whoever looks at it
    with _lock:
        if _job is None:
            _job = Job(_build).start()
        return _job


def _build(watch: Watch) -> None:
    from core.sample import build_sample

    if runtime.exists():
        # Somebody else chose their own data since this visitor's page was begun.
        return
    build_sample(runtime.path(), progress=watch.step, cancelled=lambda: watch.cancelled)


def _restart() -> None:
    global _job  # noqa: PLW0603
    with _lock:
        _job = None


def _use_own_data() -> None:
    job = _current()
    job.cancel()
    job.done.wait()
    try:
        if runtime.exists():
            runtime.leave_demonstration()
        else:
            runtime.create_empty()
    finally:
        _restart()
    go_to("data")
