"""Second step: which table the sheet is, and what each of its columns holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.exchange.columns.units import UNITS
from core.i18n import _
from core.tables import BY_NAME, TABLES
from pages._ui.data.steps.asking import ask
from pages._ui.language import in_language

if TYPE_CHECKING:
    from core.exchange.flow import SheetFlow
    from pages._ui.data.guide import Guide

LEFT_OUT = "leave_out"


def show(current: Guide) -> None:
    """Show the step."""
    flow = current.flow
    assert flow is not None
    ask(current, [question for question in flow.questions if question.step == "mapping"])
    for sheet in flow.sheets:
        _table(current, sheet)
        if sheet.table is not None:
            _grid(current, sheet)


def _table(current: Guide, sheet: SheetFlow) -> None:
    names = [table.name for table in TABLES]
    key = f"table_{current.generation}_{sheet.name}"
    at = names.index(sheet.table) if sheet.table in names else None
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    left.selectbox(
        _("{sheet} holds", sheet=sheet.name),
        names,
        at,
        format_func=lambda name: _(BY_NAME[name].label),
        key=key,
        on_change=in_language(_choose_table),
        args=(current, sheet.name, key),
    )
    if sheet.found is not None:
        right.caption(_("As last time: a file of this shape was read before."))
    elif sheet.table is not None:
        others = [_(BY_NAME[score.table].label) for score in sheet.proposal.alternatives]
        share = f"{sheet.proposal.confidence:.0%}"
        near = _("; next: {tables}", tables=_(", ").join(others)) if others else ""
        right.caption(_("{share} sure{near}", share=share, near=near))


def _choose_table(current: Guide, sheet: str, key: str) -> None:
    own = current.answers.of(sheet).chose("table", "", str(st.session_state[key]))
    current.answer(current.answers.about(sheet, own))


def _grid(current: Guide, sheet: SheetFlow) -> None:
    table = BY_NAME[sheet.table or ""]
    labels = {column.name: _(column.label) for column in table.columns}
    left_out = _("— left out —")
    fresh = {column.header: column for column in sheet.proposal.columns}
    assert sheet.mapping is not None
    rows = []
    for column in sheet.mapping.columns:
        seen = fresh.get(column.header)
        rows.append(
            {
                "header": column.header,
                "holds": labels.get(column.target or "", left_out),
                "unit": column.unit or "",
                "samples": _(", ").join(seen.samples) if seen else "",
                "sure": seen.confidence if seen and column.target else None,
                "why": seen.reason if seen else "",
            }
        )
    key = f"columns_{current.generation}_{sheet.name}"
    st.data_editor(
        pd.DataFrame(rows, columns=["header", "holds", "unit", "samples", "sure", "why"]),
        hide_index=True,
        disabled=["header", "samples", "sure", "why"],
        height=min(420, 38 + 35 * len(rows)),
        column_config={
            "header": st.column_config.TextColumn(_("Column of the file"), pinned=True),
            "holds": st.column_config.SelectboxColumn(
                _("Holds"), options=[left_out, *labels.values()], required=True
            ),
            "unit": st.column_config.SelectboxColumn(_("Unit"), options=["", *UNITS], width="small"),
            "samples": st.column_config.TextColumn(_("Values"), width="medium"),
            "sure": st.column_config.ProgressColumn(_("Sure"), min_value=0, max_value=1, format="percent"),
            "why": st.column_config.TextColumn(_("Why"), width="medium"),
        },
        key=key,
        on_change=in_language(_correct),
        args=(current, sheet, key),
    )
    constants = [f"{labels[name]}: {value}" for name, value in sheet.mapping.constants.items()]
    if constants:
        st.caption(_("In all rows: {values}", values=_(", ").join(constants)))


def _correct(current: Guide, sheet: SheetFlow, key: str) -> None:
    """Take what was changed in the grid; what stood there before counts as chosen too."""
    assert sheet.mapping is not None
    table = BY_NAME[sheet.table or ""]
    names = {_(column.label): column.name for column in table.columns}
    own = current.answers.of(sheet.name)
    if sheet.found is not None:
        # From here on it is read as the user says, no longer as the saved mapping does.
        own = own.chose("table", "", table.name)
        for column in sheet.mapping.columns:
            own = own.chose(
                "column", column.header, f"{table.name}.{column.target}" if column.target else LEFT_OUT
            )
            own = own.chose("unit", column.header, column.unit) if column.unit else own
        for name, value in sheet.mapping.constants.items():
            own = own.chose("constant", name, value)
    for row, changes in st.session_state[key]["edited_rows"].items():
        header = sheet.mapping.columns[int(row)].header
        if "holds" in changes:
            held = names.get(changes["holds"])
            own = own.chose("column", header, f"{table.name}.{held}" if held else LEFT_OUT)
        if changes.get("unit"):
            own = own.chose("unit", header, changes["unit"])
    current.answer(current.answers.about(sheet.name, own))
