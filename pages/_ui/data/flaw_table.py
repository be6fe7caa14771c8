"""Findings of the guided import as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core.exchange.flow.flaws import table_of
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.flow import Prepared

SHOWN = 1_000


def flaw_table(prepared: Prepared) -> None:
    """Show what is wrong or odd, the worst first."""
    if not prepared.flaws:
        return
    numbers = {sheet.sheet.name: sheet.sheet.row_numbers for sheet in prepared.sheets}
    table = table_of(prepared.flaws, numbers)
    wide = {_(title): st.column_config.TextColumn(width="large") for title in ("Finding", "Remedy")}
    st.dataframe(
        table.head(SHOWN),
        hide_index=True,
        height=min(240, 38 + 35 * len(table)),
        column_config=wide,
        column_order=[name for name in table.columns if name != _("Sheet") or len(numbers) > 1],
    )
