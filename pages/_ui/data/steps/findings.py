"""Last step: what the check found, rows to fix in place, and the import."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from core.exchange.flow.load.report import findings_workbook
from core.exchange.flow.check.summary import summarize
from core.i18n import _, format_number
from pages._ui.components import downloads
from pages._ui.data.flaw_table import flaw_table
from pages._ui.data.steps.grids import free, row_column, shown, tall
from pages._ui.language import in_language
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.flow import Prepared, PreparedSheet
    from pages._ui.data.guide import Guide

FIXED = 200
Fixed = tuple[str, "pd.DataFrame", "pd.DataFrame", list[int]]
"""A sheet, its wrong rows before and after, and their numbers in the file."""


def show(current: Guide) -> None:
    """Show the step."""
    prepared = current.prepared
    if prepared is None:
        st.info(_("Answer the open questions first; then the rows are checked."), icon=":material/help:")
        return
    for sheet in prepared.sheets:
        st.markdown(f"- {escape_markdown(summarize(sheet, current.known).sentence)}")
    _load(current, prepared)
    if not prepared.flaws:
        st.success(_("Nothing is wrong with this file."), icon=":material/check_circle:")
        return
    flaw_table(prepared)
    several = len(prepared.sheets) > 1
    fixed = [_fix(current, sheet, several=several) for sheet in prepared.sheets if sheet.bad]
    if fixed:
        st.button(
            _("Check again"),
            icon=":material/refresh:",
            key=f"fix_{current.generation}",
            on_click=in_language(_apply),
            args=(current, fixed),
        )


def _load(current: Guide, prepared: Prepared) -> None:
    good, bad = format_number(prepared.good), format_number(prepared.bad)
    label = _("Import {rows} rows", rows=good)
    if prepared.bad:
        label = _("Import {good} rows, set {bad} aside", good=good, bad=bad)
    ending = _("findings")
    with st.container(horizontal=True):
        st.button(
            label,
            type="primary",
            icon=":material/download_done:",
            disabled=not prepared.ready,
            on_click=in_language(current.load),
            key="load",
        )
        if prepared.flaws:
            downloads.download_button(
                downloads.Download(
                    _("Findings beside the rows (Excel)"),
                    f"{current.path.stem}-{ending}.xlsx",
                    downloads.XLSX,
                    lambda: findings_workbook(prepared),
                ),
                key="findings_beside",
                icon=":material/download:",
            )


def _fix(current: Guide, prepared: PreparedSheet, *, several: bool) -> Fixed:
    """Show the rows of a sheet that can't be imported, to be corrected."""
    sheet = prepared.sheet
    positions = sorted(prepared.bad)[:FIXED]
    rows = sheet.reading.table.iloc[positions].map(shown)
    numbers = [sheet.row_numbers[at] for at in positions]
    row = free(_("Row"), rows.columns)
    rows.insert(0, row, numbers)
    hint = _("**Correct here** what can't be imported; the file itself stays as it is.")
    st.markdown(f"{escape_markdown(sheet.name)} · {hint}" if several else hint)
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=[row],
        height=tall(len(rows), 320),
        column_config={row: row_column()},
        key=f"fix_{current.generation}_{sheet.name}",
    )
    return sheet.name, rows, edited, numbers


def _apply(current: Guide, fixed: list[Fixed]) -> None:
    answers = current.answers
    for sheet, before, after, numbers in fixed:
        own = answers.of(sheet)
        changed = (before.astype(str) != after.astype(str)).to_numpy()
        edits = {
            (numbers[row], str(after.columns[column])): after.iat[row, column] or None
            for row, column in zip(*changed.nonzero(), strict=True)
        }
        answers = answers.about(sheet, replace(own, edits={**own.edits, **edits}))
    current.answer(answers)
