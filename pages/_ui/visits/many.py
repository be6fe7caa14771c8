"""Plan all reps side by side: how far each is, stop, and what came of it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import CancelledError
from core.i18n import _, format_number, ngettext
from core.reports.visits.plan import Outcome, plan_many
from core.visits import routing
from core.visits.runner import Effort
from pages._ui import preparation, runtime
from pages._ui.jobs import Job
from pages._ui.language import apply_language, in_language
from pages._ui.shell import frame

if TYPE_CHECKING:
    import pandas as pd

    from core.store.progress import Watch
    from core.visits.routing import Progress
    from pages._ui.visits.view import VisitView

FLEET = "visit_fleet"


@dataclass(eq=False)
class Fleet:
    """How far the reps are: written by the thread that plans, read by the page.

    Parameters
    ----------
    names
        The reps by id, in their order.
    running
        How far the search of each rep is who is being planned.
    outcomes
        What became of the others, without the plans themselves.
    job
        The work.
    """

    names: dict[str, str]
    running: dict[str, Progress] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    job: Job[None] | None = None

    def tell(self, rep: str, progress: Progress) -> None:
        """Note how far a rep is."""
        self.running[rep] = progress

    def settle(self, outcome: Outcome) -> None:
        """Note what became of a rep."""
        self.running.pop(outcome.employee_id, None)
        self.outcomes.append(replace(outcome, plan=None))

    @property
    def share(self) -> float:
        """How much of the work is done."""
        running = sum(progress.share for progress in list(self.running.values()))
        return min(1.0, (len(self.outcomes) + running) / max(len(self.names), 1))


def menu(view: VisitView, everybody: pd.DataFrame, seconds: float) -> None:
    """Offer to plan all reps of the list."""
    effort = Effort(seconds=seconds, workers=0)
    count = len(everybody)
    minutes = math.ceil(count * seconds / effort.processes / 60)
    with st.popover(_("All reps"), icon=":material/groups:", key="plan_everybody"):
        st.markdown(
            ngettext(
                "{n} rep, {seconds} s, {processes} side by side: about {minutes} min.",
                "{n} reps, {seconds} s each, {processes} side by side: about {minutes} min.",
                count,
                seconds=format_number(seconds),
                processes=effort.processes,
                minutes=minutes,
            )
        )
        st.caption(_("Each plan is saved as it is made. Who has a plan from the same data is skipped."))
        st.button(
            _("Plan all of them"),
            type="primary",
            key="plan_all",
            on_click=in_language(_begin),
            args=(view, everybody, effort),
        )


def _begin(view: VisitView, everybody: pd.DataFrame, effort: Effort) -> None:
    names = dict(zip(everybody["employee_id"], everybody["name"], strict=True))
    fleet = Fleet(names)

    def work(watch: Watch) -> None:
        preparation.make_ready(routing, watch)
        outcomes = plan_many(
            runtime.store(),
            view.request,
            list(names),
            effort,
            tell=fleet.tell,
            cancelled=lambda: watch.cancelled,
        )
        for outcome in outcomes:
            fleet.settle(outcome)

    fleet.job = Job(work)
    st.session_state[FLEET] = fleet
    fleet.job.start()


def standing() -> bool:
    """Show how far the reps are, or what came of it; tell whether they are being planned now."""
    fleet: Fleet | None = st.session_state.get(FLEET)
    if fleet is None or fleet.job is None:
        return False
    if fleet.job.done.is_set():
        _result(fleet, fleet.job)
        return False
    _progress(fleet, fleet.job)
    return True


@st.fragment(run_every=0.5)
def _progress(fleet: Fleet, job: Job[None]) -> None:
    apply_language()
    if job.done.is_set():
        st.rerun()
    done, count = len(fleet.outcomes), len(fleet.names)
    text = (
        _("Stopping…") if job.cancelling else _("{done} of {count} reps are planned", done=done, count=count)
    )
    with st.container(border=True, key="fleet"):
        bar, stop = st.columns([5, 1], vertical_alignment="bottom")
        bar.progress(fleet.share, text=text)
        stop.button(
            _("Stop"), on_click=job.cancel, disabled=job.cancelling, key="fleet_stop", width="stretch"
        )
        for rep, progress in sorted(fleet.running.copy().items()):
            st.progress(min(progress.share, 1.0), text=_line(fleet.names[rep], progress))


def _line(name: str, progress: Progress) -> str:
    if progress.cost is None:
        return _("{name}: looking for a plan that keeps all rules", name=name)
    return _("{name}: {minutes} minutes on the way", name=name, minutes=format_number(progress.cost))


def _result(fleet: Fleet, job: Job[None]) -> None:
    made = sum(o.plan_id is not None and not o.reused for o in fleet.outcomes)
    reused = sum(o.reused for o in fleet.outcomes)
    failed = [o for o in fleet.outcomes if o.plan_id is None]
    said = [ngettext("{n} rep was planned.", "{n} reps were planned.", made)]
    if reused:
        said.append(ngettext("{n} had a plan already.", "{n} had a plan already.", reused))
    left = len(fleet.names) - len(fleet.outcomes)
    if left:
        said.append(ngettext("{n} is left.", "{n} are left; planning all again goes on there.", left))
    with st.container(border=True, key="fleet_done"):
        text, close = st.columns([6, 1], vertical_alignment="center")
        text.markdown(f":material/groups: {' '.join(said)}")
        close.button(_("Close"), key="fleet_close", on_click=partial(st.session_state.pop, FLEET, None))
        if job.error is not None and not isinstance(job.error, CancelledError):
            frame.show_error(job.error)
        if failed:
            count = len(failed)
            label = ngettext("{n} has no plan: why", "{n} have no plan: why", count)
            with st.expander(label, icon=":material/warning:"):
                for outcome in failed:
                    name = fleet.names[outcome.employee_id]
                    st.markdown(f"**{name}** · {outcome.error.replace(chr(10), '  ' + chr(10))}")
