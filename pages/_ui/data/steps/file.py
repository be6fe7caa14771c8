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
