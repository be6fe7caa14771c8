"""The part of the visit page about prospects: which view, whose, and the sentence over it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.i18n import N_, _, ngettext, sentences
from core.reports.visits.pipeline import PipelineReport, PipelineRequest, pipeline_day, pipeline_report
from pages._ui import reads, url
from pages._ui.language import in_language
from pages._ui.visits.prospects import forecast, listing, rates, talks

if TYPE_CHECKING:
    from pages._ui.visits.view import VisitView

PARAMETERS = ("prospect_view", "whose")
VIEWS = {
    "": N_("List and four visits"),
    "talks": N_("Talks"),
    "rates": N_("Win rates"),
    "forecast": N_("Forecast"),
}
BY_ALL = ("talks", "rates", "forecast")
"""Views that look at all reps by default: managers ask who is late, and one rep's are too few for a rate."""


def show(view: VisitView) -> None:
    """Show the view chosen."""
    code = url.value("prospect_view") if url.value("prospect_view") in VIEWS else ""
    with st.container(horizontal=True, vertical_alignment="center", key="prospect_controls"):
        st.session_state["choose_prospect_view"] = code
        st.segmented_control(
            _("Show"),
            list(VIEWS),
            format_func=lambda option: _(VIEWS[option]),
            key="choose_prospect_view",
            required=True,
            label_visibility="collapsed",
            on_change=in_language(_remember),
        )
        if code in BY_ALL:
            st.session_state["choose_whose"] = url.value("whose") == "rep"
            st.toggle(
                _("Only this rep"), key="choose_whose", on_change=in_language(_remember), width="content"
            )
    alone = code not in BY_ALL or url.value("whose") == "rep"
    report = read(view, view.rep if alone else None)
    st.markdown(sentence(report))
    if code == "talks":
        talks.show(report)
    elif code == "rates":
        rates.show(report)
    elif code == "forecast":
        forecast.show(report)
    else:
        listing.show(view)


def read(view: VisitView, employee_id: str | None) -> PipelineReport:
    """Return the pipeline of a rep, or of all."""
    day: dt.date = reads.cached(pipeline_day, dt.date.today(), view.request.scope)
    request = PipelineRequest(view.request.own_company, day, employee_id, scope=view.request.scope)
    answer: PipelineReport = reads.cached(pipeline_report, request)
    return answer


def sentence(report: PipelineReport) -> str:
    """Return the sentence that says how many are open, what is overdue, and what to expect."""
    said = ngettext("{n} prospect is open", "{n} prospects are open", len(report.prospects))
    parts = [
        said
        + _(
            ", {overdue} talks overdue, {none} without a day for the next talk.",
            overdue=report.overdue,
            none=report.without_review,
        )
    ]
    if report.forecast.known:
        expected = numbers.decimal(report.forecast.total().sum(), 1)
        parts.append(_("Expected wins of the next three months: {n}.", n=expected))
    return sentences(*parts)


def _remember() -> None:
    url.put("prospect_view", st.session_state["choose_prospect_view"] or "")
    if "choose_whose" in st.session_state:
        url.put("whose", "rep" if st.session_state["choose_whose"] else "")
