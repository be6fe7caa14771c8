"""What more visits sell, where the rep's minutes earn most, and the judgement that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core import numbers
from core.customers.forms.visit_response import VISIT_RESPONSE
from core.i18n import _, current_language, format_month, sentences
from core.reports.visits.response import SOURCES, response_report
from core.visits.response.evidence import REASONS
from pages._ui import reads
from pages._ui.charts.layout import Caption, chart_config, finish, show_chart
from pages._ui.charts.palette import AGGREGATE, RIVAL, US
from pages._ui.components.header import section
from pages._ui.customers.forms.form import form_panel
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from core.reports.visits.response import GradeResponse, ResponseReport
    from pages._ui.visits.view import VisitView

EFFORTS = np.linspace(0, 2, 41)
COLOURS = {"A": US, "B": RIVAL, "C": AGGREGATE}
HEIGHT = 300
ROWS = 300
MISFIT_SAID = 2.0
"""Points of 100 by which a curve may miss a judgement without a word."""


def show(view: VisitView) -> None:
    """Show the part."""
    report: ResponseReport = reads.cached(response_report, view.request, view.rep)
    st.markdown(sentence(report))
    left, right = st.columns([2, 3], gap="medium")
    with left:
        if any(grade.curve is not None for grade in report.grades):
            show_chart(
                _figure(report),
                key="responses",
                config=chart_config(_("return on visits"), current_language()),
            )
        else:
            st.info(
                _("No curve to show: answer the four questions below for a grade."), icon=":material/quiz:"
            )
    with right:
        section(_("What is known"))
        _grades(report)
    if report.shops["free"].any():
        section(_("Visits with the same minutes in the shops"))
        _shops(report)
    with st.expander(
        _("Judge what visits sell"), expanded=bool(report.unknown), icon=":material/psychology:"
    ):
        st.caption(
            _(
                "100 is what the shops of a grade sell with today's visits. Four answers a grade; leave a"
                " grade empty where nobody can tell. A judgement goes before the data."
            )
        )
        form_panel(VISIT_RESPONSE, "market", "", key="visit_response", scope=view.request.scope)


def sentence(report: ResponseReport) -> str:
    """Return the sentence that says what is to be gained, and what nobody knows."""
    parts = []
    if report.shops["free"].any():
        parts.append(
            _(
                "With the same {hours} h in the shops, margin would be {gain} a month higher:"
                " a rule of thumb.",
                hours=numbers.decimal(report.minutes / 60, 1),
                gain=numbers.yuan(report.gained),
            )
        )
    if report.unknown:
        parts.append(
            _(
                "What more visits sell isn't known for grade {grades}: the data can't tell; please judge.",
                grades=", ".join(report.unknown),
            )
        )
    return sentences(*parts) if parts else _("This rep has no active shops with a grade.")


def _figure(report: ResponseReport) -> go.Figure:
    figure = go.Figure()
    for grade in report.grades:
        if grade.curve is None:
            continue
        name = _("Grade {grade} ({source})", grade=grade.grade, source=_(SOURCES[grade.source]))
        colour = COLOURS[grade.grade]
        figure.add_scatter(
            x=EFFORTS,
            y=[grade.sales(effort) for effort in EFFORTS],
            name=name,
            mode="lines",
            line={"color": colour},
            hovertemplate="%{x:.0%} → %{y:.0%}<extra>" + name + "</extra>",
        )
        if grade.source == "data":
            now = float(grade.curve(1.0))
            figure.add_scatter(
                x=grade.evidence.points["effort"],
                y=grade.evidence.points["share"] / now,
                mode="markers",
                marker={"color": colour},
                showlegend=False,
                hovertemplate="%{x:.0%} → %{y:.0%}<extra></extra>",
            )
    figure.update_xaxes(
        title_text=_("Visits, today's = 100 %"), tickformat=".0%", fixedrange=True, range=[0, 2]
    )
    figure.update_yaxes(title_text=_("Sales, today's = 100 %"), tickformat=".0%", fixedrange=True)
    figure.update_layout(legend={"orientation": "h", "y": -0.28, "x": 0})
    source = _("Source: judgement of the managers; the form r = a + (b − a) xᶜ ÷ (d + xᶜ)")
    if any(grade.source == "data" for grade in report.grades):
        source = _("Source: visits and in-store shares; the form r = a + (b − a) xᶜ ÷ (d + xᶜ)")
    return finish(figure, Caption(_("What visits sell"), source), height=HEIGHT)


def _grades(report: ResponseReport) -> None:
    rows = [
        {
            _("Grade"): grade.grade,
            _("Source"): _(SOURCES[grade.source]),
            _("Without visits"): _percent(grade, 0.0),
            _("Half the visits"): _percent(grade, 0.5),
            _("Half as many again"): _percent(grade, 1.5),
            _("Shops looked at"): grade.evidence.shops,
            _("What the data say"): _data(grade),
        }
        for grade in report.grades
    ]
    shown = pd.DataFrame(rows)
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=numbers.MISSING,
        key="response_grades",
        column_config=explained(
            shown, {_("Shops looked at"): st.column_config.NumberColumn(format="localized")}
        ),
    )
    said = _(
        "Data: own ÷ all sales in the shop by number of visits, {first} to {last}; a curve counts where"
        " chance alone would give one in fewer than 1 of 100 cases. Shops that are visited more may sell"
        " more for other reasons.",
        first=format_month(report.first_month),
        last=format_month(report.last_month),
    )
    missed = [
        _(
            "Grade {grade}: no curve of this form meets all four answers; it is off by {points} points.",
            grade=grade.grade,
            points=numbers.decimal(grade.misfit, 1),
        )
        for grade in report.grades
        if grade.misfit > MISFIT_SAID
    ]
    judged = _("Judged: {basis}.", basis=escape_markdown(report.basis.rstrip("。."))) if report.basis else ""
    st.caption(sentences(said, judged, *missed))


def _percent(grade: GradeResponse, effort: float) -> str | None:
    return None if grade.curve is None else numbers.percent(grade.sales(effort))


def _data(grade: GradeResponse) -> str:
    evidence = grade.evidence
    if evidence.reason:
        return _(REASONS[evidence.reason])
    return _("Clear: {chance} by chance.", chance=numbers.percent(evidence.chance))


def _shops(report: ResponseReport) -> None:
    free = report.shops[report.shops["free"]]
    order = (free["proposed"] - free["visits"]).abs().sort_values(ascending=False, kind="stable").index
    table = free.loc[order].head(ROWS)
    shown = pd.DataFrame(
        {
            _("Customer"): table["name"],
            _("Grade"): table["grade"],
            _("Visits in 4 weeks"): table["visits"],
            _("Visits proposed"): table["proposed"],
            _("Minutes a visit"): table["minutes"],
            numbers.heading(_("Margin a month"), _("yuan")): table["margin"].round(0),
            numbers.heading(_("Margin more a month"), _("yuan")): table["gained"].round(0),
        }
    )
    money = {name: st.column_config.NumberColumn(name, format="localized") for name in shown.columns[-2:]}
    st.dataframe(
        shown,
        hide_index=True,
        placeholder=numbers.MISSING,
        height=min(360, 38 + 35 * len(shown)),
        key="response_shops",
        column_config=explained(shown, money),
    )
    left_out = len(report.shops) - len(free)
    average = int((free["margin_source"] == "average").sum())
    st.caption(
        sentences(
            _(
                "A step goes where it earns most per minute (greedy along the concave envelope [W:35]); 0.5,"
                " 1, 2, 4 or 8 visits, everybody at least once or as often as today. Ways are not in it."
            ),
            _("{n} shops stay as they are: no curve, or no known margin.", n=left_out) if left_out else "",
            _("{n} have the rep's average margin rate.", n=average) if average else "",
        )
    )
