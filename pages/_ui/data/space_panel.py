"""What the store takes on the disk, and writing it anew."""

from __future__ import annotations

import streamlit as st

from core.i18n import _, format_number
from core.store.copies.compaction import MEGABYTE, space, space_sentence
from core.store.progress import Watch
from pages._ui import runtime
from pages._ui.components.header import section
from pages._ui.data.job_progress import follow
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.shell import frame

STATE = "compaction_job"


def render_space() -> None:
    """Show the size of the store and offer to write it anew."""
    section(_("Space"))
    job: Job[str] | None = st.session_state.get(STATE)
    if job is not None:
        follow(job, STATE, _("Copying"))
    st.markdown(space_sentence(space(runtime.store())))
    st.caption(
        _(
            "Free room is used by later changes. Writing the store anew gives it back to the disk; everybody "
            "goes on working meanwhile, and saving waits for a moment at the end."
        )
    )
    st.button(
        _("Write the store anew"),
        icon=":material/compress:",
        on_click=in_language(_start),
        key="compact",
        disabled=STATE in st.session_state,
    )


def _start() -> None:
    def work(watch: Watch) -> str:
        before, after = runtime.compact(watch)
        saved = format_number((before.file + before.log - after.file) / MEGABYTE, 1)
        return _("The store was written anew; {saved} MB were given back.", saved=saved)

    st.session_state[STATE] = Job(work, gives_way=True).start()
