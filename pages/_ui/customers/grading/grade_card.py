"""The section 分级 of a customer's card: what the grade is made of, what people say, how it was before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.analysis.customer_value import LABELS
from core.customers.grading.grades import SOLUTIONS
from core.errors import AppError
from core.i18n import _, sentences
from core.metrics import FAMILIES
from core.reports.customers.grading import GradingReport, GradingRequest, composition
from core.store.customers import grade_runs
from core.store.customers import grading as store_grading
from pages._ui import reads, runtime
from pages._ui.components.cards import Card, cards
from pages._ui.components.downloads import table_downloads
from pages._ui.components.empty import empty
from pages._ui.components.header import section
from pages._ui.customers import actor
from pages._ui.customers.analysis import analysis_view
from pages._ui.customers.grading.grading_scale import PROBLEM
from pages._ui.customers.section import SectionHead
from pages._ui.market.facts import declared_texts
from pages._ui.shell import frame
from pages._ui.tables.explained import explained

if TYPE_CHECKING:
    from core.customers.grading.scale import Template
    from pages._ui.customers.customer_view import CardView

word = FAMILIES["customers"].word

# Measures of :data:`core.customers.grading.scale.MEASURES` by how their values are written.
SHARES = {"sales_cumulated", "growth", "margin_rate", "account_share"}
AMOUNTS = {"sales", "margin", "demand"}


def render_grade_card(view: CardView) -> SectionHead:
    """Show the grade by the company's scale."""
    problem = st.session_state.pop(PROBLEM, None)
    if problem is not None:
        frame.show_error(problem)
    customers = analysis_view.request(view)
    if customers is None:
        empty(_("There are no sales yet."), ("dealer_sales", "terminal_sales"))
        return SectionHead()
    report = analysis_view.grading(GradingRequest(customers))
    if view.customer_id not in report.table.index:
        st.info(_("This customer isn't graded: it is closed and sold nothing in these months."))
        return SectionHead()
    row = report.table.loc[view.customer_id]
    cards(_cards(report, row), key="grade_cards")
    parts = composition(report, view.customer_id)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        section(_("What the total is made of"))
        table = _named(parts, report.saved.template)
        st.dataframe(
            table, hide_index=True, placeholder=numbers.MISSING, key="grade_composition",
            column_config=explained(table),
        )  # fmt: skip
        _history(view)
    with right:
        _opinions(view, report, parts)
    name = f"{_('Customer grade')}-{view.customer_id}"
    return SectionHead(_answer(report, row), table_downloads(table, name))


def _answer(report: GradingReport, row: pd.Series) -> str:
    grade = row["grade"]
    if grade is None:
        return _(
            "Too little is known for a grade: {known} of the scale, {least} are needed.",
            known=numbers.percent(row["known"]),
            least=numbers.percent(report.saved.template.least_known),
        )
    sentence = _("Grade {grade} with {total} of 100.", grade=grade, total=f"{row['total']:.1f}")
    return sentences(sentence, _("What is done for it: {solution}.", solution=_(SOLUTIONS[grade]).lower()))


def _cards(report: GradingReport, row: pd.Series) -> list[Card]:
    template = report.saved.template
    values = [
        Card(
            _("Customer grade"),
            row["grade"] or numbers.MISSING,
            good=None,
            explanation="\n\n".join(declared_texts("grade", "customers")),
        ),
        Card(
            _("Total of 100"),
            numbers.MISSING if pd.isna(row["total"]) else f"{row['total']:.1f}",
            explanation="\n\n".join(declared_texts("total", "customers")),
        ),
        Card(
            _("Known"),
            numbers.percent(row["known"]),
            explanation="\n\n".join(declared_texts("known", "customers")),
        ),
        Card(
            _("What it is to us"),
            word("label", row["label"]) if row["label"] in LABELS else numbers.MISSING,
            explanation="\n\n".join(declared_texts("label", "customers")),
        ),
    ]
    first = row["section_1"]
    score = numbers.MISSING if pd.isna(first) else f"{first:.0f} / 100"
    return [
        *values,
        Card(
            _(template.sections[0].label),
            score,
            explanation=_("Points of the first section of the scale; the table below has its elements."),
            records=("dealer", "dealer_sales", "product", "terminal_sales", "visit"),
        ),
    ]


def _value(measure: str, value: float) -> str | None:
    """Return what an element was fed with, in the unit of its measure."""
    if numbers.is_missing(value):
        return None
    if measure in SHARES:
        return numbers.percent(value, sign=measure == "growth")
    return numbers.money(value) if measure in AMOUNTS else f"{value:,.1f}".removesuffix(".0")


def _named(parts: pd.DataFrame, template: Template) -> pd.DataFrame:
    measures = {element.key: element.measure for element in template.elements}
    return pd.DataFrame(
        {
            _("Section"): parts["section"].map(_),
            _("Element"): parts["element"].map(_),
            _("Value"): [
                _value(measures[key], value) for key, value in zip(parts["key"], parts["value"], strict=True)
            ],
            _("Option"): [None if pd.isna(text) else _(text) for text in parts["option"]],
            _("Score"): parts["score"],
            _("Highest score"): parts["most"],
            _("Points of 100"): parts["points"].round(1),
            _("Weight"): parts["weight"].round(1),
        }
    )


def _opinions(view: CardView, report: GradingReport, parts: pd.DataFrame) -> None:
    typed = report.saved.template.typed
    section(_("Fill in opinions"))
    if not typed:
        st.caption(_("Every element of this scale is fed from data."))
        return
    chosen = dict(zip(parts["key"], parts["option"], strict=True))
    opinions: list[tuple[str, str, int | None]] = []
    for element in typed:
        words = [_(option.label) for option in element.options]
        before = chosen[element.key]
        now = None if pd.isna(before) else words.index(_(before))
        label = st.radio(
            _(element.label), words, index=now, key=f"opinion_{view.kind}_{view.customer_id}_{element.key}"
        )
        answer = words.index(label) if label is not None else None
        if answer != now:
            opinions.append((view.customer_id, element.key, answer))
    if st.button(
        _("Keep"), type="primary", icon=":material/save:", key="opinion_save", disabled=not opinions
    ):
        try:
            store_grading.judge(runtime.store(), view.kind, opinions, actor=actor.current_actor())
        except AppError as error:
            st.session_state[PROBLEM] = error
        st.rerun()


def _history(view: CardView) -> None:
    runs: pd.DataFrame = reads.cached(grade_runs.history, view.kind, view.customer_id)
    if runs.empty:
        return
    section(_("Kept grades"))
    st.dataframe(
        pd.DataFrame(
            {
                _("Kept at"): runs["graded_at"].dt.strftime("%Y-%m-%d %H:%M"),
                _("By"): runs["actor"],
                _("Scale"): runs["owner"].replace("", _("Company")),
                _("Customer grade"): runs["grade"],
                _("Total of 100"): runs["total"].round(1),
                _("What it is to us"): [word("label", label) for label in runs["label"]],
            }
        ),
        hide_index=True,
        placeholder=numbers.MISSING,
        key="grade_kept",
    )
