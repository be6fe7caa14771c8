"""The score sheet on a terminal's card: what the records propose, the sheet, its profile and its trend."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.accounts.score_sheet import FULL_FEEDBACK, ITEMS, ROLES
from core.customers.forms.terminals import FEEDBACK, TEMPLATES, score_field, sheet_form
from core.exchange.printing.form import printable, workbook
from core.exchange.printing.score_sheet import SheetHead, score_page
from core.i18n import N_, _, current_language, format_date
from core.reports.terminals import scores as terminal_scores
from core.store.forms import score_sheets
from core.store.terminals import analysis as store_terminals
from pages._ui import reads
from pages._ui.charts.layout import Caption, View, chart_config, show_chart
from pages._ui.components.downloads import XLSX, Download
from pages._ui.components.header import section
from pages._ui.customers.forms.form import form_panel
from pages._ui.customers.forms.form_records import records_panel
from pages._ui.customers.section import SectionHead
from pages._ui.customers.terminals.terminal_score_figures import radar_figure, trend_figure
from pages._ui.market import region_choice
from pages._ui.market.facts import Fact, facts
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.customers.accounts.score_sheet import Proposal, Template
    from core.reports.terminals.scores import Evidence
    from core.store.forms.forms import Record
    from pages._ui.customers.customer_view import CardView

PARAMETERS = ("sheet_part", "sheet_role")
PARTS = {
    "": N_("Score sheet"),
    "feedback": N_("Feedback records"),
    "wording": N_("Wording of the sheets"),
}
KEY = "score_sheet"
HEIGHT = 330
SOURCES = {
    "plan": N_("stops of saved visit plans"),
    "rule": N_("this terminal's own number of visits"),
    "norm": N_("norm of its grade"),
    "": N_("no visits are planned"),
}


def render_terminal_score(view: CardView) -> SectionHead:
    """Show the part chosen."""
    with st.container(horizontal=True, vertical_alignment="center", key="sheet_parts"):
        part = region_choice.pick_code("sheet_part", {code: _(label) for code, label in PARTS.items()})
        roles = {role: _(ROLES[role]) for role in ("rep", *ROLES)}
        role = region_choice.pick_code("sheet_role", roles) if part != "feedback" else "rep"
    if part == "feedback":
        records_panel(
            FEEDBACK,
            "terminal",
            view.customer_id,
            defaults={"told_on": dt.date.today(), "recorded_by": view.customer.get("owner") or ""},
            key="feedback",
            scope=view.scope,
        )
        return SectionHead(_("Changes told are recorded and answered; months are reported by the due day."))
    if part == "wording":
        st.caption(_("Each role has a sheet of its own; what is left empty keeps the document's wording."))
        form_panel(TEMPLATES[role], "market", "", key=f"wording_{role}", scope=view.scope)
        return SectionHead(_("Ten items of ten points each."))
    return _sheet(view, reads.cached(terminal_scores.template, role))


def _sheet(view: CardView, template: Template) -> SectionHead:
    found: pd.DataFrame = reads.cached(store_terminals.people, view.customer_id)
    people = dict(zip(found["employee_id"], found["name"], strict=True))
    form = sheet_form(template, people)
    until = min(view.figures.as_of, dt.date.today())
    proposed: Evidence | None = reads.cached(terminal_scores.evidence, view.customer_id, until)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        sheets = records_panel(
            form,
            "terminal",
            view.customer_id,
            defaults=_defaults(view, next(iter(people), None)),
            key=KEY,
            scope=view.scope,
            kept_in=score_sheets,
            columns=("assessed_on", "employee_id", "assessor"),
        )
    with right:
        if proposed is not None:
            _proposals(proposed)
        if sheets:
            _pictures(view, sheets, template)
    opened = st.session_state.get(f"{KEY}.opened")
    if sheets and opened is None:
        # What is not being changed is read as it is printed.
        with left:
            section(_("The latest sheet"))
            page = score_page(SheetHead("", "", "", ""), template, sheets[0].payload)
            st.dataframe(
                page.table, hide_index=True, height=423, placeholder=numbers.MISSING, key="latest_sheet",
                column_config=explained(page.table),
            )  # fmt: skip
    chosen = next((sheet for sheet in sheets if sheet.record_id == opened), sheets[0] if sheets else None)
    return SectionHead(terminal_score_sentence(sheets), _downloads(view, template, people, chosen))


def totals(sheets: list[Record]) -> pd.Series:
    """Return the total of each sheet by its day, the oldest first; missing where an item was left out."""
    days, values = [], []
    for sheet in reversed(sheets):
        points = [sheet.payload[score_field(item)] for item in ITEMS]
        days.append(sheet.payload["assessed_on"])
        values.append(None if any(value is None for value in points) else sum(points))
    return pd.Series(values, index=days, dtype="float64")


def terminal_score_sentence(sheets: list[Record]) -> str:
    """Return the sentence about the latest sheet."""
    if not sheets:
        return _("No sheet has been filled in for this terminal yet; add the first one.")
    points = totals(sheets)
    latest = points.iloc[-1]
    day = format_date(points.index[-1])
    if numbers.is_missing(latest):
        left = sum(sheets[0].payload[score_field(item)] is None for item in ITEMS)
        return _("The latest sheet, of {day}, leaves {n} items open, so it has no total.", day=day, n=left)
    sentence = _("{points} of 100 points on {day}", points=f"{latest:.0f}", day=day)
    before = points.iloc[:-1].dropna()
    if len(before):
        sentence += _(", {change} against the sheet before", change=f"{latest - before.iloc[-1]:+.0f}")
    weakest = min(ITEMS, key=lambda item: sheets[0].payload[score_field(item)])
    return sentence + _("; weakest: {item}.", item=_(ITEMS[weakest]))


def _defaults(view: CardView, employee: str | None) -> dict[str, object]:
    """Return what a new sheet begins with: today and the rep; no points, so that an empty sheet stays one."""
    owner = employee if employee is not None else view.customer.get("owner")
    return {"assessed_on": dt.date.today(), "employee_id": owner}


def _proposals(proposed: Evidence) -> None:
    section(_("Proposed from the records"))
    period = f"{format_date(proposed.start)} – {format_date(proposed.end)}"
    facts(
        [
            Fact(
                "4 " + _(ITEMS[4]),
                _points(proposed.visits),
                explanation=[
                    period,
                    _(
                        "{done} visits ÷ {expected} planned × 10, in halves, at most 10.",
                        done=numbers.count(proposed.visits.done),
                        expected=_number(proposed.visits.expected),
                    ),
                    _("Planned: {source}.", source=_(SOURCES[proposed.planned])),
                ],
                records=("visit",),
            ),
            Fact(
                "9 " + _(ITEMS[9]),
                _points(proposed.feedback),
                explanation=[
                    period,
                    _(
                        "{done} feedback records ÷ {expected} expected ({full} a month) × 10, in halves,"
                        " at most 10.",
                        done=numbers.count(proposed.feedback.done),
                        expected=_number(proposed.feedback.expected),
                        full=FULL_FEEDBACK,
                    ),
                    _("Nothing is proposed while no feedback at all is kept."),
                ],
                records=("customer_form",),
            ),
        ]
    )


def _points(proposal: Proposal) -> str:
    return numbers.MISSING if proposal.points is None else f"{proposal.points:g}"


def _number(value: float | None) -> str:
    return numbers.MISSING if value is None else f"{value:.1f}"


def _pictures(view: CardView, sheets: list[Record], template: Template) -> None:
    dark = st.context.theme.type == "dark"
    name = str(view.customer["name"])
    source = _("Source: score sheets in the store")
    profiles = {
        format_date(sheet.payload["assessed_on"]): {
            item: sheet.payload[score_field(item)] for item in template.items
        }
        for sheet in sheets[:2]
    }
    wordings = {item: _(wording) for item, wording in template.items.items()}
    show_chart(
        radar_figure(
            profiles, wordings, Caption(_("Ten items: {name}", name=name), source), View(HEIGHT, dark)
        ),
        key="score_radar",
        config=chart_config(_("score sheet"), current_language()),
    )
    points = totals(sheets)
    if len(points) > 1:
        notes = [f"{format_date(day)} · {_number(value)}" for day, value in points.items()]
        show_chart(
            trend_figure(
                points, notes, Caption(_("Points over time: {name}", name=name), source), View(220, dark)
            ),
            key="score_trend",
            config=chart_config(_("score sheet"), current_language()),
        )


def _downloads(
    view: CardView, template: Template, people: Mapping[str, str], chosen: Record | None
) -> list[Download]:
    employee = chosen.payload["employee_id"] if chosen else next(iter(people), "")
    head = SheetHead(
        people.get(employee or "", employee or ""),
        str(view.customer.get("region") or ""),
        chosen.record_id if chosen else "",
        str(view.customer["name"]),
    )
    page = score_page(head, template, chosen.payload if chosen else None)
    blank = score_page(
        SheetHead(people.get(next(iter(people), ""), ""), head.region, "", head.terminal), template, None
    )
    name = f"{_('score sheet')}-{view.customer_id}"
    return [
        Download(_("Pages to print (HTML)"), f"{name}.html", "text/html", lambda: printable(page)),
        Download(_("Table (Excel)"), f"{name}.xlsx", XLSX, lambda: workbook(page, _("score sheet"))),
        Download(_("Empty form to print (HTML)"), f"{name}-0.html", "text/html", lambda: printable(blank)),
    ]
