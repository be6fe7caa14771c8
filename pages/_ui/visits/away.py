"""Where a rep's days end: at home, at the office, or for a night near a shop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from core.errors import AppError
from core.i18n import _, format_date
from core.reports.visits.constraints import end_at
from core.store.visits import constraints as stored
from pages._ui import runtime
from pages._ui.components.header import section
from pages._ui.language import in_language
from pages._ui.shell import frame
from pages._ui.visits import holding

if TYPE_CHECKING:
    from pages._ui.visits.view import VisitView

ERROR, OFFICE, NIGHT, NIGHT_SHOP = "away_error", "away_office", "away_night", "away_shop"


def show(view: VisitView) -> None:
    """Show where the days end, and let it be changed."""
    task = view.work.task
    section(_("Where the days end"))
    error = st.session_state.pop(ERROR, None)
    if error is not None:
        frame.show_error(error)
    left, right = st.columns(2, gap="medium")
    with left, st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            _("Office: latitude, longitude"), placeholder="30.5931, 114.3054", key=OFFICE, width=260
        )
        st.button(_("End there"), key="save_office", on_click=in_language(_office), args=(view.rep,))
    names = dict(zip(task.shops["terminal_id"], task.shops["name"], strict=True))
    placed = task.shops[task.shops["lat"].notna()]["terminal_id"].tolist()
    with right, st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("Night after"), view.request.period.days, format_func=format_date, key=NIGHT, width=150
        )
        st.selectbox(
            _("near the shop"), placed, format_func=lambda s: f"{names[s]} · {s}", key=NIGHT_SHOP, width=260
        )
        st.button(_("Stay there"), key="save_night", on_click=in_language(_night), args=(view.rep,))
    if task.office is not None:
        text = _("Days end at {lat}, {lon}", lat=f"{task.office[0]:.4f}", lon=f"{task.office[1]:.4f}")
        act = partial(stored.save_office, employee_id=view.rep, place=None)
        holding.line(f":material/business: {text}", "drop_office", act)
    for day, shop in task.nights:
        act = partial(stored.save_night, employee_id=view.rep, day=day, terminal_id=None)
        text = _("Night after {day} near {name}", day=format_date(day), name=names.get(shop, shop))
        holding.line(f":material/hotel: {text}", f"drop_night_{day}", act)


def _office(rep: str) -> None:
    try:
        end_at(runtime.store(), rep, st.session_state[OFFICE])
    except AppError as error:
        st.session_state[ERROR] = error
        return
    st.session_state[OFFICE] = ""


def _night(rep: str) -> None:
    day, shop = st.session_state[NIGHT], st.session_state[NIGHT_SHOP]
    if shop is not None:
        stored.save_night(runtime.store(), rep, day, shop)
