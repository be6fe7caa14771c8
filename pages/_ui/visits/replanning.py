"""Re-plan when something happens: what happened, how few promises change, accept or not."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import N_, _, format_number, ngettext, sentences
from core.reports.visits.plan import save
from core.visits import routing
from core.visits.replanning import Event, Replan, replan
from core.visits.rules import VisitRule
from pages._ui import preparation, runtime, url
from pages._ui.components.header import section
from pages._ui.components.progress import progress
from pages._ui.jobs import Job
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.visits.planning import told

if TYPE_CHECKING:
    import pandas as pd

    from core.store.progress import Watch
    from pages._ui.visits.view import VisitView

REPLANNING = "visit_replanning"
STEPS = 40_000
"""Steps of every search: the answer is the same on a busy machine, which a time would not promise."""
KINDS = {"moved": N_("moved"), "dropped": N_("dropped"), "added": N_("added")}


def changes(view: VisitView) -> None:
    """Show the form for what happened since the plan was made, the progress, the changes to be accepted."""
    section(_("Something happened?"))
    kept: tuple[str | None, Job[Replan]] | None = st.session_state.get(REPLANNING)
    if kept is None or kept[0] != view.plan_id:
        # What was asked about another plan is no answer about this one.
        _form(view)
    elif kept[1].done.is_set():
        _result(view, kept[1])
    else:
        progress(kept[1], _("Re-planning"), key="replanning")


def _form(view: VisitView) -> None:
    assert view.shown is not None
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
        locked = st.multiselect(
            _("Keep where they are"), visited, format_func=names.__getitem__, key="replan_locked"
        )
        left, right = st.columns(2)
        new = left.selectbox(
            _("New prospect"), unplanned, index=None, format_func=names.__getitem__, key="replan_new"
        )
        new_day = right.selectbox(_("Visit it on"), days, index=None, format_func=_day, key="replan_new_day")
        if st.form_submit_button(_("Re-plan with few changes"), icon=":material/autorenew:"):
            rules, prospect = _prospect(view, new, new_day)
            event = Event(
                today,
                frozenset(off),
                frozenset(closed),
                prospect,
                rules,
                frozenset(locked) - frozenset(closed),
            )
            _begin_replan(view, event)
            st.rerun()


def _day(day: dt.date) -> str:
    names = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))
    return f"{day:%m-%d} {names[day.weekday()]}"


def _prospect(
    view: VisitView, new: str | None, day: dt.date | None
) -> tuple[tuple[VisitRule, ...], pd.DataFrame | None]:
    """Return the appointment with a new prospect, and the prospect as a shop with one visit."""
    if new is None:
        return (), None
    assert view.shown is not None
    shops = view.shown.task.shops
    rule = VisitRule(new, fixed=(day,) if day else ())
    return (rule,), shops[shops["terminal_id"] == new].assign(planned=1)


def _begin_replan(view: VisitView, event: Event) -> None:
    shown = view.shown
    assert shown is not None

    def work(watch: Watch) -> Replan:
        preparation.make_ready(routing, watch)
        return replan(
            shown.task,
            shown.plan,
            event,
            iterations=STEPS,
            progress=told(watch),
            cancelled=lambda: watch.cancelled,
        )

    st.session_state[REPLANNING] = (view.plan_id, Job(work).start())


def _result(view: VisitView, job: Job[Replan]) -> None:
    if job.error is not None or job.result is None:
        if job.error is not None:
            frame.show_error(job.error)
        st.button(_("Back"), key="replan_back", on_click=_forget)
        return
    found = job.result
    assert view.shown is not None
    change = round(found.plan.travel_minutes - view.shown.plan.travel_minutes)
    values = {"count": len(found.changes), "minutes": format_number(abs(change))}
    st.success(
        sentences(
            _("{count} promises change; {minutes} minutes less on the way.", **values)
            if change < 0
            else _("{count} promises change; {minutes} minutes more on the way.", **values),
            _("No plan changes fewer.") if found.freed == 0 and not found.given_up else "",
        ),
        icon=":material/handshake:",
    )
    shops = view.work.table[["terminal_id", "name"]]
    if found.given_up:
        names = dict(zip(shops["terminal_id"], shops["name"], strict=True))
        st.warning(
            ngettext(
                "{n} visit fits nowhere any more and is given up: {names}.",
                "{n} visits fit nowhere any more and are given up: {names}.",
                len(found.given_up),
                names=_(", ").join(names[shop] for shop in dict.fromkeys(found.given_up)),
            ),
            icon=":material/event_busy:",
        )
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
