"""日报: today's route on a telephone, visits as they are made, the end of the day."""

from __future__ import annotations

import streamlit as st

from core.i18n import _, format_date, ngettext, sentences
from core.reports.cycle import day as day_report
from core.reports.cycle.day import DayRequest, RepDay
from pages._ui import reads, url
from pages._ui.components.empty import empty
from pages._ui.components.header import header, reserve_header
from pages._ui.cycle.day import controls, exports
from pages._ui.cycle.day.component import render_day
from pages._ui.cycle.day.payload import payload


def answer(day: RepDay, request: DayRequest) -> str:
    """Return the sentence that says how far the day is."""
    done, left = len(day.route) - day.open_stops, day.open_stops
    said = ngettext(
        "{name}, {day}: {n} shop visited.",
        "{name}, {day}: {n} shops visited.",
        done,
        name=day.name,
        day=format_date(request.day),
    )
    return sentences(said, ngettext("{n} still to go.", "{n} still to go.", left)) if left else said


url.declare(*controls.PARAMETERS)
top = reserve_header()
everybody = reads.cached(day_report.reps)
rep = controls.chosen_rep(everybody)
if not len(everybody):
    with top:
        header(_("Daily report"))
    empty(_("No employee has terminals to visit."), ("employee", "terminal", "visit"))
    st.stop()
if not rep:
    with top:
        header(_("Daily report"), _("Choose your name once; this telephone remembers it."))
    controls.pick_rep(everybody)
    st.stop()
request = DayRequest(rep, controls.chosen_day())
shown: RepDay = reads.cached(day_report.rep_day, request)
controls.pick_day(switch=True)
render_day(payload(shown, request, reads.cached(day_report.word_choices), home=controls.home()))
with top:
    header(_("Daily report"), answer(shown, request), exports.rep_downloads(shown, request))
