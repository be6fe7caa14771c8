"""What a planner holds fast: a day, a customer's visits, customers kept together."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import AppError
from core.i18n import _, ngettext
from core.reports.visits import constraints as visit_holds
from core.store.visits import constraints as stored
from pages._ui import runtime
from pages._ui.components.header import section
from pages._ui.language import in_language
from pages._ui.shell import frame

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from pages._ui.visits.view import VisitView

ERROR, TOGETHER = "hold_error", "hold_together"


def mark(view: VisitView, shop: str, day: dt.date) -> str:
    """Return what stands beside a visit: a lock, a chain, or nothing."""
    task = view.work.task
    locked = ":material/lock:" if (shop, day) in task.locks.visits or day in task.locks.days else ""
    return locked + (":material/link:" if any(shop in group for group in task.together) else "")


def day_lock(view: VisitView, day: dt.date) -> None:
    """Offer to lock the visits of a day, or to unlock them."""
    assert view.shown is not None
    if day in view.work.task.locks.days:
        act = partial(visit_holds.unlock_day, employee_id=view.rep, day=day)
        label, icon = _("Unlock the day"), ":material/lock_open:"
    else:
        stops = view.shown.plan.stops
        act = partial(visit_holds.lock_day, employee_id=view.rep, stops=stops, day=day)
        label, icon = _("Lock the day"), ":material/lock:"
    explanation = _(
        "No visit leaves a locked day and none joins it, in the next plan and in every re-planning."
    )
    st.button(label, key="hold_day", icon=icon, help=explanation, on_click=in_language(_do), args=(act,))


def shop_lock(view: VisitView, shop: str, then: Callable[[], None]) -> None:
    """Offer to lock a customer's visits on their days, or to unlock them, and say what follows."""
    assert view.shown is not None
    locks, stops = view.work.task.locks, view.shown.plan.stops
    if any(locked == shop and day not in locks.days for locked, day in locks.visits):
        act = partial(visit_holds.unlock_shop, employee_id=view.rep, locks=locks, shop=shop)
        label, icon = _("Unlock its days"), ":material/lock_open:"
    else:
        act = partial(visit_holds.lock_shop, employee_id=view.rep, stops=stops, shop=shop)
        label, icon = _("Keep its days"), ":material/lock:"
    st.button(label, key="hold_shop", icon=icon, on_click=in_language(_do), args=(act, then))


def together(view: VisitView) -> None:
    """Let customers be kept together; show the groups and the locks of this period, each with a way out."""
    table = view.work.table
    names = dict(zip(table["terminal_id"], table["name"], strict=True))
    section(_("Kept together or locked"))
    error = st.session_state.pop(ERROR, None)
    if error is not None:
        frame.show_error(error)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            _("Visited on the same days"),
            list(names),
            format_func=lambda shop: f"{names[shop]} · {shop}",
            placeholder=_("Choose customers with the same frequency"),
            key=TOGETHER,
            label_visibility="collapsed",
            width=560,
        )
        st.button(_("Keep together"), key="hold_group", on_click=in_language(_keep_together), args=(view,))
    for number, group in enumerate(view.work.task.together):
        shops = _(", ").join(names.get(shop, shop) for shop in group)
        line(f":material/link: {shops}", f"part_{number}", partial(stored.part, members=group))
    _locked(view, names)


def _locked(view: VisitView, names: dict[str, str]) -> None:
    """List the locks of the days to come."""
    locks, days = view.work.task.locks, set(view.request.period.days)
    for day in sorted(locks.days & days):
        count = sum(locked == day for _shop, locked in locks.visits)
        said = ngettext("{day}: the whole day, {n} visit", "{day}: the whole day, {n} visits", count, day=day)
        act = partial(visit_holds.unlock_day, employee_id=view.rep, day=day)
        line(f":material/lock: {said}", f"unlock_{day}", act)
    single: dict[str, list[dt.date]] = {}
    for shop, day in sorted(locks.visits):
        if day in days and day not in locks.days:
            single.setdefault(shop, []).append(day)
    for shop, locked in single.items():
        shown = _(", ").join(f"{day:%m-%d}" for day in locked)
        act = partial(visit_holds.unlock_shop, employee_id=view.rep, locks=locks, shop=shop)
        said = _("{name}: {days}", name=names.get(shop, shop), days=shown)
        line(f":material/lock: {said}", f"unlock_{shop}", act)


def line(text: str, key: str, act: Callable[..., None]) -> None:
    """Show what is held, with a button that releases it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "",
            icon=":material/close:",
            key=key,
            type="tertiary",
            help=_("Release"),
            on_click=in_language(_do),
            args=(act,),
        )
        st.markdown(text)


def _keep_together(view: VisitView) -> None:
    try:
        visit_holds.keep_together(runtime.store(), view.work.table, st.session_state[TOGETHER])
    except AppError as error:
        st.session_state[ERROR] = error
        return
    st.session_state[TOGETHER] = []


def _do(act: Callable[..., None], then: Callable[[], None] | None = None) -> None:
    act(runtime.store())
    if then is not None:
        then()
