"""A plan that gets better before one's eyes: the calendar of the best one so far while the search goes on."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, format_number
from pages._ui.language import apply_language
from pages._ui.visits.calendar import plan_cards, weekday
from pages._ui.visits.planning import under_way

if TYPE_CHECKING:
    from core.visits.calendar import Period
    from core.visits.planning import RepPlan
    from pages._ui.visits.planning import Planning
    from pages._ui.visits.view import VisitView


def show(view: VisitView) -> bool:
    """Show the rep's plan that is being made; tell whether there is one."""
    made = under_way(view.rep)
    if made is None:
        return False
    _best(made, view.request.period)
    return True


@st.fragment(run_every=0.5)
def _best(made: Planning, period: Period) -> None:
    apply_language()
    plan = made.best.plan
    if plan is None:
        st.caption(_("Looking for a plan that keeps all rules"))
        return
    plan_cards(plan)
    _grid(plan, period)


def _grid(plan: RepPlan, period: Period) -> None:
    """Show the weeks; what changes every moment can't be clicked."""
    days = plan.days.set_index("day")
    weekdays = sorted({day.weekday() for day in period.days})
    with st.container(key="visit_calendar", gap="small"):
        for week in range(period.weeks):
            for column, number in zip(st.columns(len(weekdays), gap="small"), weekdays, strict=True):
                day = period.start + dt.timedelta(7 * week + (number - period.start.weekday()) % 7)
                text = "—"
                if day in days.index:
                    hours = format_number(days.at[day, "minutes"] / 60, 1)
                    visits = int(days.at[day, "visits"])
                    text = _("{visits} shops · {hours} h", visits=visits, hours=hours)
                label = f"**{weekday(day)} {day:%m-%d}**  \n{text}"
                column.button(label, disabled=True, key=f"live_{day}", width="stretch")
