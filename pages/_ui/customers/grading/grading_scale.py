"""The scale, edited in a grid: sections, weights, elements, options and their scores."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.grading.default_scale import default_template
from core.customers.grading.scale import MEASURES
from core.customers.grading.scale_table import from_table, in_words, to_table
from core.errors import AppError
from core.i18n import N_, _, sentences
from core.store.customers import grading as store_grading
from pages._ui import runtime
from pages._ui.components.downloads import table_downloads
from pages._ui.components.header import section
from pages._ui.customers import actor
from pages._ui.customers.analysis import analysis_view, moves_picture
from pages._ui.customers.grading import scale_draft
from pages._ui.customers.section import SectionHead
from pages._ui.language import in_language
from pages._ui.market.facts import facts
from pages._ui.shell import frame

if TYPE_CHECKING:
    import pandas as pd

    from core.customers.grading.scale import Template
    from core.reports.customers.grading import GradingReport, GradingRequest
    from core.store.customers.grading import Saved

HEADINGS = {
    "section": N_("Section"),
    "weight": N_("Section weight"),
    "element": N_("Element"),
    "measure": N_("Fed from"),
    "option": N_("Option"),
    "threshold": N_("Threshold"),
    "score": N_("Score"),
}
DIFFERENCES = {
    "weight": N_("Section weight"),
    "score": N_("Score"),
    "threshold": N_("Threshold"),
    "measure": N_("Fed from"),
    "cut_a": N_("Least total of A"),
    "cut_b": N_("Least total of B"),
    "least_known": N_("Least known part"),
}
PROBLEM, ROUND = "grade_problem", "grade_round"


def render_grading_scale(request: GradingRequest) -> SectionHead:
    """Show the scale and let people change it."""
    report = analysis_view.grading(request)
    problem = st.session_state.pop(PROBLEM, None)
    if problem is not None:
        frame.show_error(problem)
    template = in_words(report.saved.template)
    scale_draft.offer(report.saved)
    left, right = st.columns([3, 1], gap="medium")
    with left:
        edited = _grid(template, report.saved)
    with right:
        section(_("Least totals"))
        cuts = _cuts(template, report.saved)
        note = st.text_input(_("Why it is changed"), key="grade_note", max_chars=300)
        # Not in a callback: it would see the grid and the fields as they were before the click.
        if st.button(_("Save the scale"), type="primary", icon=":material/save:", key="grade_save"):
            _save(report.saved, template, edited, cuts, note)
            st.rerun()
        st.button(
            _("Begin again with the default"),
            key="grade_default",
            type="tertiary",
            on_click=in_language(_begin_again),
            args=(report.saved,),
        )
        _difference(report)
    files = _headed(to_table(template).assign(measure=_measure_words(to_table(template))))
    return SectionHead(
        grading_scale_sentence(report.saved, template),
        table_downloads(files, _("grading scale")),
    )


def grading_scale_sentence(saved: Saved, template: Template) -> str:
    """Return the sentence that says what the scale looks at, and whose version it is."""
    sentence = _(
        "{sections} sections with {elements} elements make 100 points; people fill in {typed} of them.",
        sections=len(template.sections),
        elements=len(template.elements),
        typed=len(template.typed),
    )
    if not saved.version:
        return sentences(sentence, _("Nobody has saved a version of this scale yet."))
    by = _(
        "Version {version}, saved by {actor} on {day}.",
        version=saved.version,
        actor=saved.actor,
        day=f"{saved.saved_at:%Y-%m-%d}",
    )
    return sentences(sentence, by)


def _grid(template: Template, saved: Saved) -> pd.DataFrame:
    table = to_table(template)
    titles = {key: _(label) for key, label in HEADINGS.items()}
    config = st.column_config
    edited: pd.DataFrame = st.data_editor(
        scale_draft.base(saved, table),
        key=f"grade_grid_{scale_draft.place(saved)}",
        num_rows="dynamic",
        hide_index=True,
        placeholder=numbers.MISSING,
        height=470,
        column_config={
            "section": config.TextColumn(titles["section"], pinned=True, max_chars=100, width=125),
            "weight": config.NumberColumn(
                titles["weight"], min_value=0, max_value=100, help=_("Of all sections 100 together.")
            ),
            "element": config.TextColumn(titles["element"], max_chars=100),
            "measure": config.SelectboxColumn(
                titles["measure"],
                options=["", *MEASURES],
                format_func=lambda code: _(MEASURES[code]) if code in MEASURES else _("filled in by people"),
                width=165,
            ),
            "option": config.TextColumn(titles["option"], max_chars=100),
            "threshold": config.NumberColumn(
                titles["threshold"],
                help=_("From this value on, or up to it where less is better; rates as 0.15."),
            ),
            "score": config.NumberColumn(titles["score"], min_value=0),
        },
    )
    scale_draft.keep(saved, table, edited)
    return edited


def _cuts(template: Template, saved: Saved) -> tuple[float, float, float]:
    at = scale_draft.place(saved)
    first = st.number_input(_("Least total of A"), 0.0, 100.0, float(template.cuts[0]), key=f"grade_a_{at}")
    second = st.number_input(_("Least total of B"), 0.0, 100.0, float(template.cuts[1]), key=f"grade_b_{at}")
    known = st.number_input(
        _("Least known part (%)"), 0.0, 100.0, template.least_known * 100, key=f"grade_known_{at}"
    )
    return first, second, known / 100


def _save(
    saved: Saved, template: Template, edited: pd.DataFrame, cuts: tuple[float, float, float], note: str
) -> None:
    try:
        changed = replace(from_table(edited, template), cuts=cuts[:2], least_known=cuts[2])
        store_grading.save_template(runtime.store(), saved, changed, actor=actor.current_actor(), note=note)
        scale_draft.drop(saved)
    except AppError as error:
        st.session_state[PROBLEM] = error


def _begin_again(saved: Saved) -> None:
    try:
        store_grading.save_template(runtime.store(), saved, default_template(), actor=actor.current_actor())
        scale_draft.drop(saved)
    except AppError as error:
        st.session_state[PROBLEM] = error


def _difference(report: GradingReport) -> None:
    moved = report.against_company()
    if moved is None:
        return
    section(_("Against the company's scale"))
    if report.difference.empty:
        st.caption(_("Both scales are the same."))
        return
    titles = {
        "what": _("What differs"),
        "section": _("Section"),
        "element": _("Element"),
        "option": _("Option"),
        "company": _("Company"),
        "personal": _("Mine"),
    }
    words = {code: _(label) for code, label in DIFFERENCES.items()}
    table = report.difference.assign(what=report.difference["what"].map(words))
    for column in ("section", "element", "option"):
        table[column] = table[column].map(lambda text: _(text) if text else "")
    table[["company", "personal"]] = table[["company", "personal"]].astype(str)
    st.dataframe(table[list(titles)].rename(columns=titles), hide_index=True, key="grade_difference")
    facts(moves_picture.move_facts(moved))


def _measure_words(table: pd.DataFrame) -> pd.Series:
    return table["measure"].map(
        lambda code: _(MEASURES[code]) if code in MEASURES else _("filled in by people")
    )


def _headed(table: pd.DataFrame) -> pd.DataFrame:
    return table.rename(columns={key: _(label) for key, label in HEADINGS.items()})
