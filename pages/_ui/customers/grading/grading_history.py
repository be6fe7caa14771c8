"""Gradings that were kept: keep this one, and see who moved since an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.grading.grades import SCOPES
from core.errors import AppError
from core.i18n import _, current_language, format_month
from core.reports.customers import grading as customer_grading
from core.store.customers import grade_runs
from pages._ui import reads, runtime
from pages._ui.charts.layout import chart_config, show_chart
from pages._ui.charts.matrix import matrix_figure
from pages._ui.components.downloads import table_downloads
from pages._ui.components.header import section
from pages._ui.customers import actor
from pages._ui.customers.analysis import analysis_view, moves_picture
from pages._ui.customers.grading.grading_scale import PROBLEM
from pages._ui.customers.section import SectionHead
from pages._ui.language import in_language
from pages._ui.market.facts import facts
from pages._ui.shell import frame

if TYPE_CHECKING:
    from core.customers.analysis.movement import Movement
    from core.reports.customers.grading import GradingRequest
    from core.store.database import Store


def render_grading_history(request: GradingRequest) -> SectionHead:
    """Show the kept gradings."""
    problem = st.session_state.pop(PROBLEM, None)
    if problem is not None:
        frame.show_error(problem)
    st.button(
        _("Keep the present grades"),
        type="primary",
        icon=":material/bookmark_add:",
        key="grade_keep",
        on_click=in_language(_keep),
        args=(request,),
    )
    runs: pd.DataFrame = reads.cached(grade_runs.runs, request.customers.kind)
    if runs.empty:
        st.info(_("No grading has been kept yet. Keep one to see later who moved."))
        return SectionHead(_("No grading has been kept yet."))
    names = {row.run_id: _name(row) for row in runs.itertuples()}
    run_id = st.selectbox(
        _("Compare with"),
        list(names),
        format_func=lambda key: names.get(key, key),
        key="grade_run",
        width=420,
    )
    moved: Movement = reads.cached(_since, request, run_id)
    left, right = st.columns([2, 1], gap="small")
    with left:
        caption = analysis_view.caption(request.customers, _("Movement since {run}", run=names[run_id]))
        cells = moves_picture.cells(moved, _("Kept grade"), _("Grade now"))
        show_chart(
            matrix_figure(cells, caption, analysis_view.picture(340)),
            key="grade_moves",
            config=chart_config(_("Movement"), current_language()),
        )
    with right:
        section(_("Since then"))
        facts(moves_picture.move_facts(moved))
    table = _table(runs)
    st.dataframe(table, hide_index=True, key="grade_runs")
    return SectionHead(
        moves_picture.moves_sentence(moved),
        table_downloads(table, _("kept gradings")),
    )


def _since(store: Store, request: GradingRequest, run_id: str) -> Movement:
    return customer_grading.since(store, analysis_view.grading(request), run_id)


def _keep(request: GradingRequest) -> None:
    try:
        customer_grading.keep(runtime.store(), analysis_view.grading(request), actor=actor.current_actor())
    except AppError as error:
        st.session_state[PROBLEM] = error


def _name(row: object) -> str:
    return _(
        "{time} · {scope} · {actor}",
        time=f"{row.graded_at:%Y-%m-%d %H:%M}",  # type: ignore[attr-defined]
        scope=_(SCOPES[row.scope]),  # type: ignore[attr-defined]
        actor=row.actor,  # type: ignore[attr-defined]
    )


def _table(runs: pd.DataFrame) -> pd.DataFrame:
    scale = [
        _("{owner}, version {version}", owner=row.owner or _("Company"), version=row.template_version)
        for row in runs.itertuples()
    ]
    period = [
        _("{start} to {end}", start=format_month(row.start_month), end=format_month(row.end_month))
        for row in runs.itertuples()
    ]
    return pd.DataFrame(
        {
            _("Kept at"): runs["graded_at"].dt.strftime("%Y-%m-%d %H:%M"),
            _("By"): runs["actor"],
            _("Scale"): scale,
            _("Months"): period,
            _("Scope"): [_(SCOPES[scope]) for scope in runs["scope"]],
            _("Customers"): runs["customers"].map(numbers.count),
            "A": runs["grade_a"],
            "B": runs["grade_b"],
            "C": runs["grade_c"],
        }
    )
