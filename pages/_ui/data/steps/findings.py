"""Last step: what the check found, rows to fix in place, and the import."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from core.exchange.flow.report import findings_workbook
from core.i18n import _, format_number
from pages._ui import downloads
from pages._ui.data.flaw_table import flaw_table
from pages._ui.data.steps.grids import row_column, shown, tall
from pages._ui.language import in_current_language, in_language

if TYPE_CHECKING:
    import pandas as pd

    from core.exchange.flow import Prepared, PreparedSheet
    from pages._ui.data.guide import Guide

FIXED = 200


def show(current: Guide) -> None:
    """Show the step."""
    prepared = current.prepared
    if prepared is None:
        st.info(_("Answer the open questions first; then the rows are checked."), icon=":material/help:")
        return
    _load(current, prepared)
    if not prepared.flaws:
        st.success(_("Nothing is wrong with this file."), icon=":material/check_circle:")
        return
    flaw_table(prepared)
    for sheet in prepared.sheets:
        if sheet.bad:
            _fix(current, sheet, several=len(prepared.sheets) > 1)


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
            st.download_button(
                _("Findings beside the rows (Excel)"),
                in_current_language(lambda: findings_workbook(prepared)),
                f"{current.path.stem}-{ending}.xlsx",
                downloads.XLSX,
                key="findings_beside",
                on_click="ignore",
                icon=":material/download:",
            )


def _fix(current: Guide, prepared: PreparedSheet, *, several: bool) -> None:
    sheet = prepared.sheet
    positions = sorted(prepared.bad)[:FIXED]
    rows = sheet.reading.table.iloc[positions].map(shown)
    numbers = [sheet.row_numbers[at] for at in positions]
    rows.insert(0, _("Row"), numbers, allow_duplicates=False)
    hint = _("**Correct here** what can't be imported; the file itself stays as it is.")
    st.markdown(f"{sheet.name} · {hint}" if several else hint)
    key = f"fix_{current.generation}_{sheet.name}"
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=[_("Row")],
        height=tall(len(rows), 320),
        column_config={_("Row"): row_column()},
        key=key,
    )
    st.button(
        _("Check again"),
        icon=":material/refresh:",
        key=f"apply_{key}",
        on_click=in_language(_apply),
        args=(current, sheet.name, rows, edited, numbers),
    )


def _apply(current: Guide, sheet: str, before: pd.DataFrame, after: pd.DataFrame, numbers: list[int]) -> None:
    own = current.answers.of(sheet)
    changed = (before.astype(str) != after.astype(str)).to_numpy()
    edits = {
        (numbers[row], str(after.columns[column])): after.iat[row, column] or None
        for row, column in zip(*changed.nonzero(), strict=True)
    }
    current.answer(current.answers.about(sheet, replace(own, edits={**own.edits, **edits})))
