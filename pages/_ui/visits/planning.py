"""Make a plan in the background: progress, stop, and what came of it; re-plan when something happens."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.i18n import N_, _, format_number
from core.reports.visit_plan import save
from core.reports.visit_request import rep_tasks
from core.visits.replanning import Event, Replan, replan
from core.visits.routing import warm_up
from core.visits.rules import VisitRule
from core.visits.runner import Effort, plan_first
from pages._ui import frame, runtime, url
from pages._ui.header import section
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.progress import progress

if TYPE_CHECKING:
    from core.store.watch import Watch
    from core.visits.routing import Progress
    from pages._ui.visits.view import VisitView

PLANNING, REPLANNING = "visit_planning", "visit_replanning"
SECONDS = (5, 10, 30, 60)
KINDS = {"moved": N_("moved"), "dropped": N_("dropped"), "added": N_("added")}


def panel(view: VisitView) -> None:
    """Show the button that plans, or how far the planning is."""
    job: Job[str] | None = st.session_state.get(PLANNING)
    if job is not None and not job.done.is_set():
        progress(job, _("Planning"), key="planning")
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
            index=1,
            format_func=lambda s: _("{seconds} s", seconds=s),
            key="plan_seconds",
            width=110,
            label_visibility="collapsed",
        )
        _plans(view)
    if job is not None:
        st.session_state.pop(PLANNING)
        if job.error is not None:
            st.session_state["plan_error"] = job.error
        elif job.result:
            url_plan(job.result)
    if st.session_state.get("plan_error") is not None:
        frame.sentence(st.session_state["plan_error"])


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
    st.session_state.pop("plan_error", None)
    effort = Effort(seconds=float(st.session_state["plan_seconds"]))

    def work(watch: Watch) -> str:
        store = runtime.store()
        tasks = rep_tasks(store, view.request, view.rep)
        warm_up(lambda text: watch.step(0.0, text))
        # Stopping keeps the best plan so far, so the search is asked to end and does not fail.
        found = plan_first(tasks, effort, progress=_told(watch), cancelled=lambda: watch.cancelled)
        return save(store, view.request, found)

    st.session_state[PLANNING] = Job(work).start()


def _told(watch: Watch) -> Any:  # noqa: ANN401
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


def replanning(view: VisitView) -> None:
    """Show the form for what happened, the progress, and the changes to be accepted."""
    assert view.shown is not None
    job: Job[Replan] | None = st.session_state.get(REPLANNING)
    if job is not None and not job.done.is_set():
        progress(job, _("Re-planning"), key="replanning")
        return
    if job is not None:
        _result(view, job)
        return
    task, days = view.shown.task, list(view.shown.task.period.days)
    names = dict(zip(task.shops["terminal_id"], task.shops["name"], strict=True))
    unplanned = task.shops.loc[task.shops["planned"] == 0, "terminal_id"].tolist()
    with st.form("replan", border=False):
        today = st.selectbox(_("Nothing before this day moves"), days, format_func=_day, key="replan_today")
        off = st.multiselect(_("The rep is away on"), days, format_func=_day, key="replan_off")
        visited = [s for s in names if s not in set(unplanned)]
        closed = st.multiselect(
            _("Shops closed"), visited, format_func=names.__getitem__, key="replan_closed"
        )
        left, right = st.columns(2)
        new = left.selectbox(
            _("New prospect"), unplanned, index=None, format_func=names.__getitem__, key="replan_new"
        )
        new_day = right.selectbox(_("Visit it on"), days, index=None, format_func=_day, key="replan_new_day")
        if st.form_submit_button(_("Re-plan with few changes"), icon=":material/autorenew:"):
            event = _event(view, today, off, closed, new, new_day)
            _begin_replan(view, event)
            st.rerun()


def _day(day: dt.date) -> str:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"{day:%m-%d} {names[day.weekday()]}"


def _event(
    view: VisitView,
    today: dt.date,
    off: list[dt.date],
    closed: list[str],
    new: str | None,
    new_day: dt.date | None,
) -> Event:
    assert view.shown is not None
    rules: tuple[VisitRule, ...] = ()
    prospect = None
    if new is not None:
        shops = view.shown.task.shops
        prospect = shops[shops["terminal_id"] == new].assign(planned=1)
        rules = (VisitRule(new, fixed=(new_day,) if new_day else ()),)
    return Event(today, frozenset(off), frozenset(closed), prospect, rules)


def _begin_replan(view: VisitView, event: Event) -> None:
    shown = view.shown
    assert shown is not None

    def work(watch: Watch) -> Replan:
        warm_up(lambda text: watch.step(0.0, text))
        return replan(
            shown.task,
            shown.plan,
            event,
            seconds=3.0,
            progress=_told(watch),
            cancelled=lambda: watch.cancelled,
        )

    st.session_state[REPLANNING] = Job(work).start()


def _result(view: VisitView, job: Job[Replan]) -> None:
    if job.error is not None or job.result is None:
        if job.error is not None:
            frame.sentence(job.error)
        st.button(_("Back"), key="replan_back", on_click=_forget)
        return
    found = job.result
    assert view.shown is not None
    change = found.plan.travel_minutes - view.shown.plan.travel_minutes
    st.success(
        _(
            "{count} promises change; {minutes} minutes more on the way.",
            count=len(found.changes),
            minutes=format_number(round(change)),
        )
        + (" " + _("No plan changes fewer.") if found.freed == 0 else ""),
        icon=":material/handshake:",
    )
    shops = view.work.table[["terminal_id", "name"]]
    table = found.changes.merge(shops, how="left", on="terminal_id")
    titles = {"name": _("Customer"), "kind": _("Change"), "before": _("Before"), "after": _("After")}
    table["kind"] = [_(KINDS[kind]) for kind in table["kind"]]
    st.dataframe(
        table[list(titles)].rename(columns=titles),
        hide_index=True,
        placeholder="—",
        key="replan_changes",
        height=220,
    )
    with st.container(horizontal=True):
        st.button(
            _("Accept"),
            type="primary",
            key="replan_accept",
            on_click=in_language(_accept),
            args=(view, found),
        )
        st.button(_("Discard"), key="replan_discard", on_click=_forget)


def _accept(view: VisitView, found: Replan) -> None:
    assert view.shown is not None
    plan_id = save(
        runtime.store(), view.shown.request, found.plan, base=view.plan_id, changes=len(found.changes)
    )
    url.put("plan", plan_id)
    _forget()


def _forget() -> None:
    st.session_state.pop(REPLANNING, None)


def changes(view: VisitView) -> None:
    """Show the section for what happened since the plan was made."""
    section(_("Something happened?"))
    replanning(view)
