"""Load the compiled loops of the target calculations before somebody waits for them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from core.i18n import _
from core.targets.fitting.allocation import allocate
from core.targets.fitting.cross_table import CrossTable
from core.targets.fitting.ipf import Margin
from core.targets.fitting.rounding import apportion
from pages._ui.jobs import Job
from pages._ui.language import apply_language

if TYPE_CHECKING:
    from core.store.progress import Watch

_lock = threading.Lock()
_job: Job[None] | None = None


def start() -> None:
    """Start loading, once per process, and say so while it lasts."""
    global _job  # noqa: PLW0603 - one process, one set of compiled loops
    with _lock:
        if _job is None:
            _job = Job(_load).start()
    if not _job.done.is_set():
        _word()


@st.fragment(run_every=1)
def _word() -> None:
    apply_language()
    if _job is None or _job.done.is_set():
        return
    st.caption(
        ":material/hourglass_top: " + _("Preparing the calculation; the first time takes some seconds.")
    )


def _load(_watch: Watch) -> None:
    seed = np.ones((2, 2))
    totals = np.array([2, 2], dtype=np.int64)
    allocate(CrossTable(seed, (Margin((0,), totals), Margin((1,), totals))))
    apportion(3, [1.0, 1.0])
