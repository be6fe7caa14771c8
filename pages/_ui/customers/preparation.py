"""A million customers take some seconds to be summed for a new period: say so, and let it be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _
from core.store.caching import terminal_figures as customer_figures
from core.store.caching.account_figures import ACCOUNTS
from core.store.customers import search
from core.store.customers.customers import customer_counts
from pages._ui import reads, runtime
from pages._ui.components.progress import progress
from pages._ui.jobs import Job

if TYPE_CHECKING:
    from core.store.caching.sales_window import SalesWindow
    from core.store.progress import Watch

AT_ONCE = 200_000
"""As many terminals are summed within the time a page may take."""
STATE = "customer_job"


def wait_for(request: SalesWindow) -> bool:
    """Return whether figures and names are ready; show the progress where they aren't."""
    store = runtime.store()
    ready = (
        customer_figures.is_ready(store, request)
        and ACCOUNTS.is_ready(store, request)
        and search.is_ready(store)
    )
    if ready or reads.cached(customer_counts)["terminal"] <= AT_ONCE:
        return True
    key = (store.data_version, request)
    started: tuple[object, Job[None]] | None = st.session_state.get(STATE)
    if started is None or started[0] != key:
        st.session_state[STATE] = started = (key, Job(lambda watch: _prepare(request, watch)).start())
    job = started[1]
    if not job.done.is_set():
        progress(job, _("Summing sales and visits per terminal"), key="customer_figures")
        return False
    if job.error is None:
        return True
    st.error(str(job.error))
    st.button(_("Try again"), on_click=st.session_state.pop, args=(STATE,), key="customer_figures_again")
    return False


def _prepare(request: SalesWindow, watch: Watch) -> None:
    watch.step(0.05, _("Summing sales and visits per terminal"))
    customer_figures.figures(runtime.store(), request)
    watch.step(0.2, _("Summing sales and visits per terminal"))
    # The analyses look at them; made here, no section waits.
    ACCOUNTS.table(runtime.store(), request)
    search.ensure(runtime.store(), watch)
