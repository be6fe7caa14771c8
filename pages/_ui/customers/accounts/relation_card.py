"""The relationship on a customer's card: state and level by month, advice, talks, intelligence, six steps."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.accounts.relationship import (
    ADVICE,
    CLOSENESS,
    CLOSENESS_ADVICE,
    LEVELS,
    NEXT_LEVEL,
    STATES,
)
from core.customers.forms.prospects import RIVAL_VISITS
from core.customers.forms.relationship import CONSOLIDATION, INTELLIGENCE, RELATION, TALK
from core.i18n import N_, _, format_month
from core.reports.terminals.relations import RelationReport, RelationRequest, relation_report
from core.store.forms import relations as store_relations
from pages._ui import reads
from pages._ui.components.header import section
from pages._ui.customers.forms.form import form_panel
from pages._ui.customers.forms.form_records import records_panel
from pages._ui.customers.section import SectionHead
from pages._ui.market import region_choice
from pages._ui.market.facts import Fact, declared_texts, facts

if TYPE_CHECKING:
    from core.store.forms.forms import Record
    from pages._ui.customers.customer_view import CardView

PARAMETERS = ("relation_card",)
PARTS = {
    "": N_("State and level"),
    "talks": N_("Talks"),
    "intelligence": N_("Intelligence"),
    "rivals": N_("Visits of rivals"),
    "consolidation": N_("Consolidation in six steps"),
}


def render_relation_card(view: CardView) -> SectionHead:
    """Show the part chosen."""
    parts = {code: _(label) for code, label in PARTS.items() if code != "rivals" or view.kind == "terminal"}
    part = region_choice.pick_code("relation_card", parts)
    today = dt.date.today()
    if part == "rivals":
        records_panel(
            RIVAL_VISITS,
            view.kind,
            view.customer_id,
            defaults={"seen_on": today},
            key=RIVAL_VISITS.name,
            scope=view.scope,
        )
        return SectionHead(_("Visits needed: the rival's × √1.7; the visit plan raises the norm to them."))
    if part == "consolidation":
        form_panel(CONSOLIDATION, view.kind, view.customer_id, key="consolidation", scope=view.scope)
        return SectionHead(
            _("Consolidate the customers we have: target, persons, visits, events, weaknesses.")
        )
    if part in {"talks", "intelligence"}:
        form = TALK if part == "talks" else INTELLIGENCE
        day = "talked_on" if part == "talks" else "learned_on"
        records_panel(
            form, view.kind, view.customer_id, defaults={day: today}, key=form.name, scope=view.scope
        )
        return SectionHead(_("Every talk ends with the day and the content of the next visit."))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        records = records_panel(
            RELATION,
            view.kind,
            view.customer_id,
            defaults={"month": today.replace(day=1)},
            key="relation",
            scope=view.scope,
            kept_in=store_relations,
        )
    with right:
        _advice(records)
        _closeness(view)
    return SectionHead(relation_card_sentence(records))


def relation_card_sentence(records: list[Record]) -> str:
    """Return the sentence about the latest relation."""
    if not records:
        return _("No relation is recorded yet; add the one of this month.")
    latest = records[0].payload
    state, level = latest["state"], latest["level"]
    parts = [_(STATES[state])] if state in STATES else []
    parts += [_(LEVELS[level])] if level in LEVELS else []
    sentence = _("{month}: {relation}", month=format_month(latest["month"]), relation=_(", ").join(parts))
    if latest["satisfaction"] is not None:
        sentence += _(", satisfaction {points} of 5", points=f"{latest['satisfaction']:g}")
    return sentence + _(".")


def _advice(records: list[Record]) -> None:
    section(_("What to do"))
    latest = records[0].payload if records else {}
    state, level = latest.get("state"), latest.get("level")
    if state in ADVICE:
        st.markdown(f"**{_(STATES[state])}** · {_(ADVICE[state])}")
    if level in NEXT_LEVEL and state != "opposed":
        st.markdown(f"**{_(LEVELS[level])}** · {_(NEXT_LEVEL[level])}")
    if state not in ADVICE and level not in NEXT_LEVEL:
        st.caption(_("Record a state first."))


def _closeness(view: CardView) -> None:
    until = min(view.figures.as_of, dt.date.today())
    request = RelationRequest(view.kind, view.figures.start, until, scope=view.scope)
    report: RelationReport = reads.large(relation_report, request)
    if view.customer_id not in report.closeness.table.index:
        return
    row = report.closeness.table.loc[view.customer_id]
    section(_("Intimacy × dependence"))
    minutes = numbers.MISSING if numbers.is_missing(row["dwell"]) else f"{row['dwell']:.1f}"
    facts(
        [
            Fact(
                _("Minutes a visit"),
                minutes,
                _("as long as or longer than {part}", part=numbers.percent(row["intimacy"])),
                declared_texts("dwell", "terminals"),
            ),
            Fact(
                _("Visits in the period"),
                numbers.count(row["visits"]),
                _("as many as or more than {part}", part=numbers.percent(row["dependence"])),
                declared_texts("visits", "terminals"),
            ),
        ]
    )
    cell = row["cell"]
    if cell in CLOSENESS:
        st.markdown(f"**{_(CLOSENESS[cell])}** · {_(CLOSENESS_ADVICE[cell])}")
