"""First step: what was read of the file, and what was left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import _, format_number
from pages._ui.data.steps.asking import ask
from pages._ui.data.steps.grids import shown
from pages._ui.language import in_language

if TYPE_CHECKING:
    from core.exchange.readers import SheetReading
    from pages._ui.data.guide import Guide

SHOWN = 5


def show(current: Guide) -> None:
    """Show the step."""
    flow = current.flow
    assert flow is not None
    ask(current, [question for question in flow.questions if question.step == "reading"])
    tables = flow.reading.tables
    for note in flow.reading.notes:
        st.caption(note.text)
    for sheet in tables:
        if len(tables) > 1:
            st.checkbox(
                _("Import the sheet {name}", name=sheet.name),
                not current.answers.of(sheet.name).skip,
                key=f"take_{current.generation}_{sheet.name}",
                on_change=in_language(_take),
                args=(current, sheet.name),
            )
        _sheet(sheet)
        _header(current, sheet)


def _header(current: Guide, sheet: SheetReading) -> None:
    """Let the rows of the header be marked by hand, whatever was found."""
    own = sheet.header_rows
    with st.popover(_("The header is in other rows"), icon=":material/table_rows:"):
        first = st.number_input(
            _("First row of the header (0: there is none)"),
            0,
            10_000,
            own[0] if own else 0,
            key=f"header_first_{current.generation}_{sheet.name}",
        )
        count = st.number_input(
            _("How many rows it has"),
            1,
            8,
            max(len(own), 1),
            key=f"header_count_{current.generation}_{sheet.name}",
        )
        st.button(
            _("Read it so"),
            key=f"header_set_{current.generation}_{sheet.name}",
            on_click=in_language(_mark_header),
            args=(current, sheet.name, int(first), int(count)),
        )


def _mark_header(current: Guide, name: str, first: int, count: int) -> None:
    reading = current.answers.reading.answered("header_row", str(first), sheet=name)
    reading = reading.answered("header_rows", str(count), sheet=name)
    current.answer(replace(current.answers, reading=reading))


def _take(current: Guide, name: str) -> None:
    taken = bool(st.session_state[f"take_{current.generation}_{name}"])
    current.answer(current.answers.about(name, replace(current.answers.of(name), skip=not taken)))


def _sheet(sheet: SheetReading) -> None:
    first = sheet.table.head(SHOWN).astype(object).map(shown)
    first.index = [int(number) for number in sheet.row_numbers[:SHOWN]]
    st.dataframe(first, height="content")
    facts = [note.text for note in sheet.notes]
    for total in sheet.set_aside:
        verdict = {
            True: _("agrees with its rows"),
            False: _("differs from its rows"),
            None: _("not compared"),
        }
        label = total.label or _("without a name")
        facts.append(
            _(
                "Total “{label}” in row {row}: {verdict}.",
                label=label,
                row=total.row,
                verdict=verdict[total.agrees],
            )
        )
    if sheet.count is not None:
        facts.append(_("Rows to import: {rows}.", rows=format_number(sheet.count)))
    st.caption(" · ".join(facts))
