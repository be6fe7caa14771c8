"""What territories are balanced by, how many customers may change; and the search, which can be stopped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from core import territories
from core.errors import CancelledError
from core.i18n import _, format_number
from core.reports.territories.design import UPHEAVALS, design
from core.reports.territories.units import MEASURES
from pages._ui import preparation, url
from pages._ui.components.progress import progress
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.territories import work as session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.reports.territories.design import Wish
    from core.store.progress import Watch
    from core.territories import Progress

JOB = "territory_job"


def controls(work: session.Work) -> None:
    """Show the wishes and the button that searches."""
    wish = session.wish()
    with st.container(horizontal=True, key="territory_controls", vertical_alignment="bottom"):
        st.session_state["type_balance"] = list(wish.measures)
        st.pills(
            _("Alike in all territories"),
            list(MEASURES),
            format_func=lambda code: _(MEASURES[code]),
            selection_mode="multi",
            key="type_balance",
            on_change=in_language(_remember_balance),
            help=_(
                "Workload: visit minutes of four weeks by the frequency rules, and the way to a neighbour."
            ),
        )
        st.session_state["type_upheaval"] = wish.upheaval
        st.selectbox(
            _("Changes"),
            list(UPHEAVALS),
            format_func=lambda code: _(UPHEAVALS[code][0]),
            key="type_upheaval",
            on_change=in_language(_remember),
            args=("upheaval",),
            width=205,
            help=_("How much way a change of hands has to save; A customers change last."),
        )
        least, most = session.TOLERANCES
        _number("tolerance", _("Tolerance (± %)"), (least, most), round(wish.tolerance * 100, 1), step=0.5)
        _number("changes", _("Most changes (0: any)"), (0, 10**7), wish.most_changes or 0)
        shortest, longest = map(round, session.SECONDS)
        _number("seconds", _("Search (s)"), (shortest, longest), round(wish.seconds))
        st.button(
            _("Design"),
            icon=":material/auto_fix_high:",
            type="primary",
            key="territory_design",
            disabled=JOB in st.session_state,
            on_click=in_language(_begin),
            args=(work,),
        )


def search_in_progress(work: session.Work) -> bool:
    """Show how far the search is, take over what came of it; tell whether it goes on."""
    started: tuple[Wish, Job[NDArray[np.int64]]] | None = st.session_state.get(JOB)
    if started is None:
        return False
    wish, job = started
    if not job.done.is_set():
        progress(job, _("Looking for territories"), key="territory_search")
        return True
    del st.session_state[JOB]
    if job.result is not None:
        work.take_over(job.result, wish)
    elif job.error is not None and not isinstance(job.error, CancelledError):
        frame.show_error(job.error)
    return False


def _begin(work: session.Work) -> None:
    wish, shops = session.wish(), work.shops

    def search(watch: Watch) -> NDArray[np.int64]:
        def tell(now: Progress) -> None:
            # Stopped, the search ends with the best it has; a raised stop would lose it.
            if not watch.cancelled:
                watch.step(now.share, _line(now))

        preparation.make_ready(territories, watch)
        return design(shops, wish, progress=tell, cancelled=lambda: watch.cancelled).territory

    st.session_state[JOB] = wish, Job(search).start()


def _line(now: Progress) -> str:
    if now.cost is None:
        return _("Looking for a balance")
    return _("In balance; {steps} steps", steps=format_number(now.steps))


def _number(name: str, label: str, limits: tuple[float, float], value: float, *, step: float = 1) -> None:
    st.session_state[f"type_{name}"] = value
    st.number_input(
        label,
        *limits,
        step=step,
        format="%.1f" if step < 1 else "%d",
        key=f"type_{name}",
        on_change=in_language(_remember),
        args=(name,),
        width=160 if name == "changes" else 115,
    )


def _remember(name: str) -> None:
    if name == "seconds":
        # Who chooses a time doesn't want the steps that a link asked for.
        url.put("steps", "")
    url.put(name, str(st.session_state[f"type_{name}"]))


def _remember_balance() -> None:
    chosen: list[Any] = st.session_state["type_balance"]
    url.put("balance", ",".join(chosen))
