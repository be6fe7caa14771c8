"""Second step: which table the sheet is, and what each of its columns holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.exchange.columns.placing import FROM_ADDRESS
from core.exchange.columns.parsing.units import UNITS
from core.i18n import N_, _, format_percent
from core.tables import BY_NAME, TABLES
from core.tables.boundary import BOUNDARY
from pages._ui.data.steps.asking import ask
from pages._ui.data.steps.grids import tall
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.exchange.flow import SheetFlow
    from core.exchange.columns.mapping import MappedColumn, Mapping
    from pages._ui.data.guide import Guide

LEFT_OUT, PATH, ADDRESS = "leave_out", "where the region lies", "region only"
WAYS = {
    LEFT_OUT: N_("— left out —"),
    PATH: N_("— says where it lies —"),
    ADDRESS: N_("— its region only —"),
}
"""What a column may hold that fills no column of the store by itself."""
NO_UNIT = ""
_FIELDS = 4
"""So many values of all rows stand beside each other, or fewer with room behind them."""


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
    # Outlines are boundaries and nothing else.
    names = [table.name for table in TABLES] if sheet.reading.outlines is None else [BOUNDARY.name]
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
        share = format_percent(sheet.proposal.confidence, 0)
        near = _("; next: {tables}", tables=_(", ").join(others)) if others else ""
        right.caption(_("{share} sure{near}", share=share, near=near))


def _choose_table(current: Guide, sheet: str, key: str) -> None:
    own = current.answers.of(sheet).chose("table", "", str(st.session_state[key]))
    current.answer(current.answers.about(sheet, own))


def _grid(current: Guide, sheet: SheetFlow) -> None:
    mapping = sheet.mapping
    assert mapping is not None
    labels = _labels(mapping)
    fresh = {column.header: column for column in sheet.proposal.columns}
    rows = []
    for column in mapping.columns:
        seen = fresh.get(column.header)
        rows.append(
            {
                "header": column.header,
                "holds": _held(column, mapping),
                "unit": column.unit or NO_UNIT,
                "samples": _(", ").join(seen.samples) if seen else "",
                "sure": seen.confidence if seen and column.target else None,
                "why": seen.reason if seen else "",
            }
        )
    offered = [ADDRESS] if any(q.code == FROM_ADDRESS for q in sheet.proposal.questions) else []
    held = [row["holds"] for row in rows if row["holds"] in WAYS]
    ways = list(dict.fromkeys([LEFT_OUT, *offered, *held]))
    key = f"columns_{current.generation}_{sheet.name}"
    st.data_editor(
        pd.DataFrame(rows, columns=["header", "holds", "unit", "samples", "sure", "why"]),
        hide_index=True,
        disabled=["header", "samples", "sure", "why"],
        height=tall(len(rows)),
        placeholder="",
        column_config={
            "header": st.column_config.TextColumn(_("Column of the file"), pinned=True),
            "holds": st.column_config.SelectboxColumn(
                _("Holds"), options=[*ways, *labels], format_func=_label(labels), required=True
            ),
            "unit": st.column_config.SelectboxColumn(
                _("Unit"), options=[NO_UNIT, *UNITS], format_func=lambda unit: str(unit) or "—", width="small"
            ),
            "samples": st.column_config.TextColumn(_("Values"), width="medium"),
            "sure": st.column_config.ProgressColumn(
                _("Sure"), min_value=0, max_value=1, format="percent", width="small"
            ),
            "why": st.column_config.TextColumn(_("Why"), width="medium"),
        },
        key=key,
        on_change=in_language(_correct),
        args=(current, sheet, key),
    )
    _constants(current, sheet, labels)


def _constants(current: Guide, sheet: SheetFlow, labels: dict[str, str]) -> None:
    """Show what all rows have in common, to be corrected in place."""
    assert sheet.mapping is not None
    if not sheet.mapping.constants:
        return
    places = st.columns(max(len(sheet.mapping.constants), _FIELDS))
    for place, (name, value) in zip(places, sheet.mapping.constants.items(), strict=False):
        key = f"constant_{current.generation}_{sheet.name}_{name}"
        place.text_input(
            _("{column} in all rows", column=labels[name]),
            value,
            key=key,
            on_change=in_language(_set_constant),
            args=(current, sheet.name, name, key),
        )


def _set_constant(current: Guide, sheet: str, name: str, key: str) -> None:
    value = str(st.session_state[key]).strip()
    if value:
        own = current.answers.of(sheet).chose("constant", name, value)
        current.answer(current.answers.about(sheet, own))


def _labels(mapping: Mapping) -> dict[str, str]:
    """Return column of the store -> what it is called; one of names by what they name."""
    found = {}
    for column in BY_NAME[mapping.table].columns:
        source = mapping.source(column.name)
        named = source is not None and source.resolve is not None
        plain = named and column.name == f"{column.references}_id"
        called = BY_NAME[column.references or column.name] if plain else column
        found[column.name] = _(called.label)
    return found


def _label(labels: dict[str, str]) -> Callable[[object], str]:
    """Return what says in words what a column holds."""
    ways = {way: _(words) for way, words in WAYS.items()}
    return lambda name: ways.get(str(name)) or labels.get(str(name), str(name))


def _held(column: MappedColumn, mapping: Mapping) -> str:
    """Return what a column holds."""
    if column.target is not None:
        return column.target
    if any(column.header in other.within for other in mapping.columns):
        return PATH
    return ADDRESS if column.decisions.get(FROM_ADDRESS) == "yes" else LEFT_OUT


def _correct(current: Guide, sheet: SheetFlow, key: str) -> None:
    """Take what was changed in the grid; what stood there before counts as chosen too."""
    mapping = sheet.mapping
    assert mapping is not None
    table = mapping.table
    own = current.answers.of(sheet.name)
    if sheet.found is not None:
        # From here on it is read as the user says, no longer as the saved mapping does.
        own = own.chose("table", "", table)
        for column in mapping.columns:
            held = f"{table}.{column.target}" if column.target else LEFT_OUT
            own = own.chose("column", column.header, held)
            own = own.chose("unit", column.header, column.unit) if column.unit else own
            told = column.decisions.get(FROM_ADDRESS)
            own = own.chose(FROM_ADDRESS, column.header, told) if told else own
        for name, value in mapping.constants.items():
            own = own.chose("constant", name, value)
    for row, changes in st.session_state[key]["edited_rows"].items():
        header = mapping.columns[int(row)].header
        held = changes.get("holds")
        if held == ADDRESS:
            own = own.chose(FROM_ADDRESS, header, "yes")
        elif held is not None and held != PATH:
            own = own.chose("column", header, LEFT_OUT if held == LEFT_OUT else f"{table}.{held}")
            own = own.chose(FROM_ADDRESS, header, "no") if held == LEFT_OUT else own
        if changes.get("unit"):
            own = own.chose("unit", header, changes["unit"])
    current.answer(current.answers.about(sheet.name, own))
