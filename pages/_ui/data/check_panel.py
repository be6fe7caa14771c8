"""Does the store keep its promises: keys, references, trees, sums."""

from __future__ import annotations

import streamlit as st

from core.i18n import N_, _
from core.store.integrity import Defect, check, repair
from core.tables import BY_NAME
from pages._ui.shell import frame
from pages._ui import runtime
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.components.progress import progress

STATE = "check_job"
COLUMNS = (N_("Table"), N_("Finding"), N_("Can be repaired here"))


def show() -> None:
    """Show the panel."""
    st.markdown(
        _(
            "The check reads the whole store: keys that occur twice, rows that point to nothing, circles in "
            "the tree of regions, derived tables that don't follow from the data."
        )
    )
    job: Job[list[Defect]] | None = st.session_state.get(STATE)
    running = job is not None and not job.done.is_set()
    st.button(
        _("Check the store"),
        type="primary",
        icon=":material/fact_check:",
        on_click=in_language(_start),
        disabled=running,
        key="check_store",
    )
    if job is None:
        return
    if running:
        progress(job, _("Checking the store"), key="checking_store", can_stop=False)
    elif job.error is not None:
        frame.show_error(job.error)
    else:
        _defects(job.result or [])


def _start() -> None:
    st.session_state[STATE] = Job(lambda _watch: check(runtime.store()), gives_way=True).start()


def _defects(defects: list[Defect]) -> None:
    if not defects:
        st.success(_("The store is in order."), icon=":material/verified:")
        return
    rows = [
        (
            _(BY_NAME[defect.table].label) if defect.table in BY_NAME else defect.table,
            defect.message,
            defect.repairable,
        )
        for defect in defects
    ]
    titles = [_(title) for title in COLUMNS]
    st.dataframe({title: [row[place] for row in rows] for place, title in enumerate(titles)}, hide_index=True)
    if any(defect.repairable for defect in defects):
        st.button(_("Repair what can be repaired"), on_click=in_language(_repair), key="repair")


def _repair() -> None:
    repair(runtime.store())
    _start()
