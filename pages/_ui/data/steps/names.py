"""Third step: whom the names of the file mean; likely ones are confirmed in a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.exchange.flow.answers import NOBODY
from core.exchange.matching.wording import reason_words, verdict_words
from core.i18n import _, ngettext
from core.tables import BY_NAME
from pages._ui.language import in_language

if TYPE_CHECKING:
    from core.exchange.flow import SheetFlow
    from core.exchange.flow.naming import Matched
    from pages._ui.data.guide import Guide

MOST = 1_000
"""Of more known names only those that resemble one of the file are offered."""


def show(current: Guide) -> None:
    """Show the step."""
    flow = current.flow
    assert flow is not None
    shown = False
    for sheet in flow.sheets:
        for matched in sheet.matches:
            shown = True
            _column(current, sheet, matched)
    if not shown:
        st.caption(_("The file has no names to be matched: it uses IDs."))


def _column(current: Guide, sheet: SheetFlow, matched: Matched) -> None:
    table = _(BY_NAME[matched.table].label)
    known = [match for match in matched.matches if match.id is not None]
    open_ones = [match for match in matched.matches if match.id is None]
    count = ngettext("{n} name is known.", "{n} names are known.", len(known))
    st.markdown(f"**{table}** · {count}")
    if not open_ones:
        return
    nobody = _("— set its rows aside —")
    options = _options(current, matched)
    rows = []
    for match in open_ones:
        best = match.candidates[0] if match.candidates else None
        likely = best is not None and match.verdict == "proposed"
        rows.append(
            {
                "name": match.name,
                "rows": match.rows,
                "means": options.get(best.id, nobody) if best is not None and likely else nobody,
                "verdict": verdict_words(match.verdict),
                "why": f"{reason_words(best.reason)} · {best.score:.0%}" if best is not None else "",
            }
        )
    key = f"names_{current.generation}_{sheet.name}_{matched.column}"
    edited = st.data_editor(
        pd.DataFrame(rows),
        hide_index=True,
        disabled=["name", "rows", "verdict", "why"],
        height=min(420, 38 + 35 * len(rows)),
        column_config={
            "name": st.column_config.TextColumn(_("Name in the file"), pinned=True),
            "rows": st.column_config.NumberColumn(_("Rows"), width="small"),
            "means": st.column_config.SelectboxColumn(
                _("Means"), options=[nobody, *options.values()], required=True, width="medium"
            ),
            "verdict": st.column_config.TextColumn(_("Verdict")),
            "why": st.column_config.TextColumn(_("Why")),
        },
        key=key,
    )
    st.button(
        _("Confirm these names"),
        type="primary",
        icon=":material/check:",
        key=f"confirm_{key}",
        on_click=in_language(_confirm),
        args=(current, sheet.name, matched.table, edited[["name", "means"]], options),
    )


def _options(current: Guide, matched: Matched) -> dict[str, str]:
    """Return ID -> what is shown, of everything a name could mean."""
    known = current.known.names(matched.table)
    near = {c.id: f"{c.name} ({c.id})" for match in matched.matches for c in match.candidates}
    if len(known) > MOST:
        return near
    return {own: f"{name} ({own})" for own, name in zip(known["id"], known["name"], strict=True)}


def _confirm(current: Guide, sheet: str, table: str, chosen: pd.DataFrame, options: dict[str, str]) -> None:
    ids = {text: own for own, text in options.items()}
    own = current.answers.of(sheet)
    for name, means in chosen.itertuples(index=False):
        own = own.called(table, str(name), ids.get(str(means), NOBODY))
    current.answer(current.answers.about(sheet, own))
