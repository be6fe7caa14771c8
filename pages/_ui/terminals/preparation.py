"""Millions of terminals take a while to be summed for a new period: say so, and let it be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.store.terminals.terminals import terminal_count
from pages._ui import reads
from pages._ui.components.progress import progress
from pages._ui.jobs import Job
from pages._ui.tiles import service
from pages._ui.tiles.token import TileToken

if TYPE_CHECKING:
    from core.store.caching.map_rollup import MapRollup
    from core.store.caching.sales_window import SalesWindow

AT_ONCE = 200_000
"""As many terminals are summed within the time a page may take."""
STATE = "lens_job"


def wait_for(request: SalesWindow) -> bool:
    """Return whether the terminals are ready to be shown; show the progress where they aren't."""
    token = TileToken(request, version=service.version())
    if service.is_prepared(token) or reads.cached(terminal_count) <= AT_ONCE:
        return True
    key = (token.version, request)
    started: tuple[object, Job[MapRollup]] | None = st.session_state.get(STATE)
    if started is None or started[0] != key:
        job = Job(lambda watch: service.prepared_rollup(token, watch.step)).start()
        st.session_state[STATE] = started = (key, job)
    job = started[1]
    if not job.done.is_set():
        progress(job, _("Summing sales and visits per terminal"), key="lens")
        return False
    if job.error is None:
        return True
    st.error(str(job.error))
    st.button(_("Try again"), on_click=st.session_state.pop, args=(STATE,), key="lens_again")
    return False
