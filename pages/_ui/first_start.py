"""The first start: build the demonstration region, or begin with one's own data."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import streamlit as st

from core.i18n import _
from pages._ui import runtime
from pages._ui.jobs import Job
from pages._ui.language import in_language

TERMINALS = 6_000
SEED = 1
_lock = threading.Lock()
_job: Job | None = None


def demonstration() -> Job:
    """Return the job that builds the demonstration region; one for all visitors."""
    global _job  # noqa: PLW0603 - two first visitors must not build twice
    with _lock:
        if _job is None:
            _job = Job(_build).start()
        return _job


def _forget() -> None:
    global _job  # noqa: PLW0603
    with _lock:
        _job = None


def _build(progress: object, cancelled: object) -> None:
    from core.sample import build_sample

    target = runtime.path()
    target.parent.mkdir(parents=True, exist_ok=True)
    # Built beside its place and moved there whole, so that a kill leaves no half region.
    unfinished = target.with_name(f"{target.name}.building")
    for leftover in target.parent.glob(f"{unfinished.name}*"):
        leftover.unlink()
    try:
        build_sample(unfinished, terminals=TERMINALS, seed=SEED, progress=progress, cancelled=cancelled)
        os.replace(unfinished, target)  # noqa: PTH105 - atomic on every system
    finally:
        for leftover in target.parent.glob(f"{unfinished.name}*"):
            Path(leftover).unlink()


def page() -> None:
    """Show the first start until there is a store."""
    with st.container(key="first_start"):
        st.title(_("Shengeng: become No.1, region by region"))
        st.markdown(
            _(
                "There are no data yet. A demonstration region with invented names shows what the program "
                "does; your own data can take its place at any time."
            )
        )
        if st.session_state.get("first_start_stopped"):
            st.info(_("The demonstration region was not built."))
            st.button(
                _("Build the demonstration region"),
                on_click=in_language(_restart),
                type="primary",
                key="build",
            )
        else:
            _progress(demonstration())
        st.button(
            _("Use my own data"),
            on_click=in_language(_use_own_data),
            icon=":material/upload_file:",
            key="own_data",
        )


@st.fragment(run_every=0.3)
def _progress(job: Job) -> None:
    from pages._ui.language import apply

    apply()
    if job.done.is_set():
        if job.error and not job.cancelled:
            st.error(job.error.message)
            st.caption(job.error.hint)
            st.button(_("Try again"), on_click=in_language(_restart))
            return
        if job.cancelled:
            st.session_state["first_start_stopped"] = True
        st.rerun()
    st.progress(job.share, text=job.text or _("Building the demonstration region"))
    st.button(_("Stop"), on_click=job.cancel, disabled=job.cancelling, key="stop_building")


def _restart() -> None:
    _forget()
    st.session_state.pop("first_start_stopped", None)


def _use_own_data() -> None:
    if _job is not None:
        _job.cancel()
        _job.done.wait(30)
    if not runtime.exists():
        runtime.create_empty()
    _forget()
    st.session_state["go_to"] = "data"
