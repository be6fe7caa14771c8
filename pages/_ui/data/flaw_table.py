"""Findings of the guided import as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.exchange.flow.flaws import table_of
from core.i18n import _
from pages._ui.data.steps.grids import tall

if TYPE_CHECKING:
    from core.exchange.flow import Prepared

SHOWN = 1_000
TWO_LINES = 56
"""Pixels of a row whose sentences wrap."""


def flaw_table(prepared: Prepared) -> None:
    """Show what is wrong or odd, the worst first."""
    if not prepared.flaws:
        return
    numbers = {sheet.sheet.name: sheet.sheet.row_numbers for sheet in prepared.sheets}
    table = table_of(prepared.flaws, numbers)
    concerned = _("Rows concerned")
    # What is wrong with the sheet as a whole concerns no row of it more than the others.
    table[concerned] = table[concerned].where(table[concerned] > 0)
    order = ["Level", "Sheet", "Row", "Rows concerned", "Column", "Value", "Finding", "Remedy"]
    st.dataframe(
        table.head(SHOWN),
        hide_index=True,
        height=tall(len(table), 360),
        row_height=TWO_LINES,
        placeholder="",
        column_config={
            concerned: st.column_config.NumberColumn(width=90),
            _("Finding"): st.column_config.TextColumn(width=360),
            _("Remedy"): st.column_config.TextColumn(width=360),
        },
        column_order=[_(name) for name in order if name != "Sheet" or len(numbers) > 1],
    )
