"""True travel of all reps, planned by the visit planner before and after, on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.errors import CancelledError
from core.i18n import _
from core.reports.territories.travel_proof import TravelProof, prove_travel, travel_sentence
from core.visits import routing
from core.visits.runner import Effort
from pages._ui import preparation, url
from pages._ui.components.progress import progress
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.territories.tables import show_table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.store.progress import Watch
    from pages._ui.territories.work import Work

JOB = "territory_travel_job"
SECONDS, DEFAULT_SECONDS = (1, 60), 2


def planning_in_progress(work: Work) -> None:
    """Show how far the planning of all visits is, and take over what came of it."""
    started: tuple[NDArray[np.int64], Job[TravelProof]] | None = st.session_state.get(JOB)
    if started is None:
        return
    territory, job = started
    if not job.done.is_set():
        progress(job, _("Planning the visits of all reps"), key="territory_travel")
        return
    del st.session_state[JOB]
    if job.result is not None:
        work.travel = territory, job.result
    elif job.error is not None and not isinstance(job.error, CancelledError):
        frame.show_error(job.error)


def travel_part(work: Work) -> None:
    """Show the travel of all reps before and after, or the button that has it planned."""
    proposal = work.proposal
    if proposal is None:
        st.markdown(_("Design a proposal first; then the visits of all reps are planned before and after."))
        return
    seconds = _seconds()
    with st.container(horizontal=True, vertical_alignment="bottom", key="territory_travel_row"):
        st.session_state["type_proof"] = seconds
        st.number_input(
            _("Per rep (s)"),
            *SECONDS,
            step=1,
            key="type_proof",
            on_change=in_language(_remember),
            width=130,
        )
        st.button(
            _("Plan all visits"),
            icon=":material/route:",
            key="territory_prove",
            disabled=JOB in st.session_state,
            on_click=in_language(_begin),
            args=(work, seconds),
            help=_("About {minutes} minutes.", minutes=numbers.count(max(_minutes(work, seconds), 1))),
        )
    proof = work.proof
    if proof is None:
        st.markdown(
            _(
                "The visit planner plans four weeks of every rep, today and as proposed, with the same "
                "visits and the same time: the travel is planned, not estimated."
            )
        )
        return
    st.markdown(escape_markdown(travel_sentence(proof)))
    show_table(
        travel_table(proof),
        key="territory_travel_table",
        explanation=_("Planned by the visit planner; today: as the shops are assigned now."),
        height=330,
    )


def travel_table(proof: TravelProof) -> pd.DataFrame:
    """Return the planned travel of every rep as the screen and the file show it, with the sum."""
    table = proof.table
    shown = {_("Rep"): [*table["name"], _("Total")]}
    for name, heading, factor in (
        ("travel_minutes", numbers.heading(_("On the way"), _("hours in four weeks")), 1 / 60),
        ("km", "km", 1.0),
        ("work_minutes", numbers.heading(_("At work"), _("hours a week")), 1 / 240),
        ("visits", _("Visits"), 1.0),
    ):
        before, after = proof.total(name)
        digits = 0 if name in {"km", "visits"} else 1
        columns = ((f"{name}_today", _("{label}, today", label=heading), before), (name, heading, after))
        for column, label, total in columns:
            values = (pd.Series([*table[column], total]) * factor).round(digits)
            shown[label] = values if digits else values.astype("Int64")
    return pd.DataFrame(shown)


def travel_answer(work: Work) -> str:
    """Say by how much the planned travel changes; empty before it is planned."""
    proof = work.proof
    if proof is None or not proof.is_whole:
        return ""
    hours = [total / 60 for total in proof.total("travel_minutes")]
    return " " + _(
        "Planned travel of all reps: {before} → {after} hours in four weeks ({change}).",
        before=numbers.count(hours[0]),
        after=numbers.count(hours[1]),
        change=numbers.percent(proof.change, sign=True),
    )


def _minutes(work: Work, seconds: int) -> float:
    return 2 * len(work.shops.reps) * seconds / Effort(workers=0).processes / 60


def _seconds() -> int:
    try:
        value = int(url.value("proof"))
    except ValueError:
        return DEFAULT_SECONDS
    return min(max(value, SECONDS[0]), SECONDS[1])


def _remember() -> None:
    url.put("proof", str(st.session_state["type_proof"]))


def _begin(work: Work, seconds: int) -> None:
    proposal = work.proposal
    assert proposal is not None
    shops, today, territory = work.shops, work.today.territory, proposal.territory

    def prove(watch: Watch) -> TravelProof:
        preparation.make_ready(routing, watch)

        def tell(share: float) -> None:
            if not watch.cancelled:
                watch.step(share, _("Planning the visits of all reps: {share}", share=numbers.percent(share)))

        effort = Effort(float(seconds), workers=0)
        return prove_travel(shops, today, territory, effort, progress=tell, cancelled=lambda: watch.cancelled)

    st.session_state[JOB] = territory.copy(), Job(prove).start()
