"""拜访计划: which shop, which day, in which order, and was it done."""

from __future__ import annotations

import streamlit as st

from core import numbers
from core.i18n import _, format_number, sentences
from pages._ui import url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.visits import (
    calendar,
    controls,
    done,
    exports,
    live,
    load,
    planning,
    response,
    route,
    rules,
    shops_from_map,
)
from pages._ui.visits import view as views
from pages._ui.visits.prospects import section as prospects

PARTS = {
    "": load.show,
    "rules": rules.show,
    "calendar": calendar.show,
    "route": route.show,
    "done": done.show,
    "response": response.show,
    "prospects": prospects.show,
}


def answer(view: views.VisitView) -> str:
    """Return the sentence that says how full the rep is and what the plan costs."""
    load_now, name = view.work.load, view.work.task.name
    said = _(
        "{name}: {visits} visits in {weeks} weeks fill {share} of the time.",
        name=name,
        visits=load_now.visits,
        weeks=load_now.weeks,
        share=numbers.percent(load_now.share),
    )
    if view.shown is None:
        return sentences(said, _("There is no plan yet."))
    hours = format_number(view.shown.plan.travel_minutes / 60, 1)
    return sentences(said, _("The plan takes {hours} h on the way.", hours=hours))


planning.follow()
url.declare(*controls.PARAMETERS, *prospects.PARAMETERS, shops_from_map.PARAMETER)
top = reserve_header()
everybody = views.everybody()
if not len(everybody):
    with top:
        header(_("Visit plan"))
    empty(_("No employee has terminals to visit."), ("employee", "terminal", "visit"))
    st.stop()
chosen = shops_from_map.reps_of_selection(everybody)
view = views.view(controls.bar(chosen))
planning.panel(view, chosen)
if not live.show(view):
    PARTS[controls.part()](view)
with top:
    header(_("Visit plan"), answer(view), exports.downloads(view))
