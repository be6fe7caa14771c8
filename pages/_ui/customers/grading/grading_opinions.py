"""What no data tell, filled in customer by customer in a grid; only what was changed is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _
from core.store.customers import grading as store_grading
from pages._ui import reads, runtime
from pages._ui.customers import actor
from pages._ui.customers.analysis import analysis_view
from pages._ui.customers.grading.grading_scale import PROBLEM, ROUND
from pages._ui.customers.section import SectionHead
from pages._ui.shell import frame

if TYPE_CHECKING:
    from core.customers.grading.scale import Element
    from core.reports.customers.grading import GradingRequest

# A grid of more rows is slow to edit; the ones with the largest sales come first.
MOST = 500


def render_grading_opinions(request: GradingRequest) -> SectionHead:
    """Show the grid of the elements that people fill in."""
    report = analysis_view.grading(request)
    problem = st.session_state.pop(PROBLEM, None)
    if problem is not None:
        frame.show_error(problem)
    typed = report.saved.template.typed
    if not typed:
        st.info(_("Every element of this scale is fed from data."))
        return SectionHead()
    kind, owner = request.customers.kind, request.owner
    opinions: pd.DataFrame = reads.cached(store_grading.judgements, kind, owner)
    rows = report.table.sort_values("sales", ascending=False, na_position="last").head(MOST)
    table = _table(rows, typed, opinions)
    edited = st.data_editor(
        table,
        key=f"opinions_{kind}_{owner}_{_round(rows)}",
        hide_index=True,
        placeholder=numbers.MISSING,
        height=440,
        disabled=("name", "grade"),
        column_config={
            "name": st.column_config.TextColumn(_(analysis_view.TITLES[kind]), pinned=True),
            "grade": st.column_config.TextColumn(_("Customer grade")),
            **{
                element.key: st.column_config.SelectboxColumn(
                    _(element.label), options=[_(option.label) for option in element.options]
                )
                for element in typed
            },
        },
    )
    changed = changes(table, edited, typed)
    label = _("Save {count} changes", count=numbers.count(len(changed)))
    if st.button(label, type="primary", icon=":material/save:", key="opinions_save", disabled=not changed):
        _save(kind, tuple(changed), owner)
        st.rerun()
    judged = opinions.reindex(report.table.index).notna().any(axis=1).sum() if len(opinions) else 0
    return SectionHead(
        _(
            "For {known} of {all} somebody has filled in something that no data tell.",
            known=numbers.count(judged),
            all=analysis_view.number_of(kind, len(report.table)),
        )
    )


def changes(
    before: pd.DataFrame, after: pd.DataFrame, typed: tuple[Element, ...]
) -> list[tuple[str, str, int | None]]:
    """Return customer, element and number of the option wherever the grid was changed."""
    changes: list[tuple[str, str, int | None]] = []
    for element in typed:
        places = {_(option.label): number for number, option in enumerate(element.options)}
        old, new = before[element.key], after[element.key]
        differs = (old.fillna("") != new.fillna("")).to_numpy(bool)
        changes += [
            (str(customer), element.key, None if pd.isna(text) else places[text])
            for customer, text in new[differs].items()
        ]
    return changes


def _table(rows: pd.DataFrame, typed: tuple[Element, ...], opinions: pd.DataFrame) -> pd.DataFrame:
    table = rows[["name", "grade"]].copy()
    for element in typed:
        words = {float(number): _(option.label) for number, option in enumerate(element.options)}
        answers = (
            opinions[element.key].reindex(rows.index)
            if element.key in opinions
            else pd.Series(index=rows.index)
        )
        table[element.key] = answers.astype("float64").map(words).astype(object)
    return table


def _round(rows: pd.DataFrame) -> str:
    """Return what the places of the grid stand for: edits are kept by place, until customers come or go."""
    order = int(pd.util.hash_pandas_object(rows.index.to_series()).sum())
    return f"{order}_{st.session_state.get(ROUND, 0)}"


def _save(kind: str, changed: tuple[tuple[str, str, int | None], ...], owner: str) -> None:
    try:
        store_grading.judge(runtime.store(), kind, changed, owner=owner, actor=actor.current_actor())
    except AppError as error:
        st.session_state[PROBLEM] = error
        return
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
