"""Make the plan of one rep in the background: progress, stop, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, format_number
from core.reports.visits.plan import save
from core.reports.visits.rep_work import rep_tasks
from core.visits import routing
from core.visits.runner import Effort, plan_first
from pages._ui import preparation, runtime, url
from pages._ui.components.progress import progress
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.visits import many, travel

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from core.store.progress import Watch
    from core.visits.planning import RepPlan
    from core.visits.routing import Progress
    from pages._ui.visits.view import VisitView

PLANNING = "visit_planning"
SECONDS = (5, 10, 30, 60)
DEFAULT_SECONDS = 10


@dataclass(frozen=True)
class Made:
    """The id of a plan, and what is to be known about its inputs."""

    plan_id: str
    notice: str


@dataclass(frozen=True, eq=False)
class Planning:
    """A rep's plan that is being made; another rep may be on the screen meanwhile."""

    rep: str
    name: str
    job: Job[Made]
    best: Best


@dataclass(eq=False)
class Best:
    """The best plan so far of a search that goes on; None before there is one."""

    plan: RepPlan | None = None

    def improve(self, plan: RepPlan) -> None:
        """Show a better plan from now on."""
        self.plan = plan


def panel(view: VisitView, everybody: pd.DataFrame) -> None:
    """Show the buttons that plan this rep or all, or how far the planning is."""
    # While a bar stands here the list of times is not shown, and what is not shown is forgotten.
    st.session_state["plan_seconds"] = st.session_state.get("plan_seconds", DEFAULT_SECONDS)
    made: Planning | None = st.session_state.get(PLANNING)
    if made is not None and not made.job.done.is_set():
        progress(made.job, _("Planning {name}", name=made.name), key="planning")
        return
    if many.standing():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="plan_bar"):
        st.button(
            _("Plan the visits"),
            type="primary",
            icon=":material/route:",
            key="plan_visits",
            on_click=in_language(_begin),
            args=(view,),
        )
        st.selectbox(
            _("Time to search"),
            SECONDS,
            format_func=lambda s: _("{seconds} s", seconds=s),
            key="plan_seconds",
            width=110,
            label_visibility="collapsed",
        )
        many.menu(view, everybody, float(st.session_state["plan_seconds"]))
        travel.menu()
        _plans(view)
    if made is not None:
        st.session_state.pop(PLANNING)
        _finished(view, made)
    if st.session_state.get("plan_error") is not None:
        frame.show_error(st.session_state["plan_error"])
    if st.session_state.get("plan_notice"):
        st.warning(st.session_state["plan_notice"], icon=":material/signpost:")


def _finished(view: VisitView, made: Planning) -> None:
    if made.job.error is not None:
        st.session_state["plan_error"] = made.job.error
    elif made.job.result is not None and made.rep == view.rep:
        st.session_state["plan_notice"] = made.job.result.notice
        url_plan(made.job.result.plan_id)
    elif made.job.result is not None:
        st.toast(_("The plan of {name} is ready.", name=made.name), icon=":material/route:")


def url_plan(plan_id: str) -> None:
    """Show a plan that was just made, in a run of its own: the address is declared already in this one."""
    st.session_state["show_plan"] = plan_id
    st.rerun()


def follow() -> None:
    """Show the plan that was just made; call it before the address is declared."""
    plan_id = st.session_state.pop("show_plan", None)
    if plan_id:
        url.put("plan", plan_id)
        if url.value("part") not in ("calendar", "route"):
            url.put("part", "calendar")


def _plans(view: VisitView) -> None:
    if not len(view.plans):
        return
    labels = {
        row.plan_id: _(
            "Plan {version} from {day} · {visits} visits · {km} km",
            version=row.version,
            day=f"{row.start_day:%Y-%m-%d}",
            visits=row.visits,
            km=format_number(row.km),
        )
        for row in view.plans.itertuples()
    }
    st.session_state["choose_plan"] = view.plan_id
    st.selectbox(
        _("Plan"),
        list(labels),
        format_func=labels.__getitem__,
        key="choose_plan",
        width=360,
        label_visibility="collapsed",
        on_change=_remember_plan,
    )


def _remember_plan() -> None:
    url.put("plan", st.session_state["choose_plan"])


def _begin(view: VisitView) -> None:
    for said in ("plan_error", "plan_notice"):
        st.session_state.pop(said, None)
    effort = Effort(seconds=float(st.session_state["plan_seconds"]))
    best = Best()

    def work(watch: Watch) -> Made:
        store = runtime.store()
        tasks = rep_tasks(store, view.request, view.rep)
        preparation.make_ready(routing, watch)
        # Stopping keeps the best plan so far, so the search is asked to end and does not fail.
        found = plan_first(
            tasks, effort, progress=told(watch), cancelled=lambda: watch.cancelled, improved=best.improve
        )
        return Made(save(store, view.request, found), found.notice)

    st.session_state[PLANNING] = Planning(view.rep, view.work.task.name, Job(work).start(), best)


def under_way(rep: str) -> Planning | None:
    """Return the plan of a rep that is being made now, None where there is none."""
    made: Planning | None = st.session_state.get(PLANNING)
    return made if made is not None and made.rep == rep and not made.job.done.is_set() else None


def told(watch: Watch) -> Callable[[Progress], None]:
    """Return what turns the progress of a search into words on the bar."""

    def tell(progress: Progress) -> None:
        if watch.cancelled:
            return
        if progress.cost is None:
            watch.step(progress.share, _("Looking for a plan that keeps all rules"))
        else:
            watch.step(
                progress.share,
                _("Best so far: {minutes} minutes on the way", minutes=format_number(progress.cost)),
            )

    return tell
