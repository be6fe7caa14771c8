"""Findings of the guided import: a few as sentences, many as a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import streamlit as st

from core.exchange.flow.issues import table_of
from core.i18n import _, format_number, ngettext
from core.store.loading.problems import Level
from pages._ui.data.steps.grids import tall
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    from core.exchange.flow import Flaw, Prepared

FEW = 10
SHOWN = 1_000
_SIGNS = {
    Level.ERROR: ":red[:material/error:]",
    Level.WARNING: ":orange[:material/warning:]",
    Level.INFORMATION: ":blue[:material/info:]",
}
_ROWS = 5


def flaw_table(prepared: Prepared) -> None:
    """Show what is wrong or odd, the worst first."""
    if not prepared.flaws:
        return
    numbers = {sheet.sheet.name: sheet.sheet.row_numbers for sheet in prepared.sheets}
    if len(prepared.flaws) <= FEW:
        order = list(Level)
        flaws = sorted(prepared.flaws, key=lambda flaw: order.index(flaw.level))
        sentences(
            (_SIGNS[flaw.level], _where(flaw, numbers[flaw.sheet], several=len(numbers) > 1), *flaw.words)
            for flaw in flaws
        )
        return
    table = table_of(prepared.flaws, numbers)
    concerned = _("Rows concerned")
    # What is wrong with the sheet as a whole concerns no row of it more than the others.
    table[concerned] = table[concerned].where(table[concerned] > 0)
    names = ["Level", "Sheet", "Row", "Rows concerned", "Column", "Value", "Finding", "Remedy"]
    st.dataframe(
        table.head(SHOWN),
        hide_index=True,
        height=tall(len(table), 360),
        placeholder="",
        column_config={
            concerned: st.column_config.NumberColumn(width=90),
            _("Finding"): st.column_config.TextColumn(width=360),
            _("Remedy"): st.column_config.TextColumn(width=360),
        },
        column_order=[_(name) for name in names if name != "Sheet" or len(numbers) > 1],
    )


def sentences(lines: Iterable[tuple[str, str, str, str]]) -> None:
    """Show findings one below the other: sign, place, what was found and what to do."""
    with st.container(border=True, gap="small"):
        for sign, place, message, hint in lines:
            below = f"  \n:gray[{escape_markdown(hint)}]" if hint else ""
            where = f"**{escape_markdown(place)}** " if place else ""
            st.markdown(f"{sign} {where}{escape_markdown(message)}{below}")


def _where(flaw: Flaw, numbers: Sequence[int], *, several: bool) -> str:
    """Say which rows and which column a finding is about."""
    rows = sorted({int(numbers[at]) for at in flaw.positions})
    parts = [flaw.sheet] if several else []
    if rows:
        shown = ", ".join(map(str, rows[:_ROWS])) + (" …" if len(rows) > _ROWS else "")
        parts.append(
            ngettext(
                "Row {rows}", "Rows {rows} ({count})", len(rows), rows=shown, count=format_number(len(rows))
            )
        )
    parts += [flaw.label] if flaw.label else []
    return " · ".join(parts)
