"""Third step: whom the names of the file mean; likely ones are confirmed in a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.exchange.flow.answers import NOBODY
from core.exchange.matching.wording import reason_words, verdict_words
from core.i18n import N_, _, format_number, format_percent, ngettext
from core.tables import BY_NAME
from pages._ui.data.steps.grids import tall
from pages._ui.language import in_language
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    from core.exchange.flow import SheetFlow
    from core.exchange.flow.names.naming import Matched
    from core.exchange.matching.results import NameMatch
    from pages._ui.data.guide import Guide

MOST = 1_000
"""Of more known names only those that resemble one of the file are offered."""
NOBODIES = {
    "name": N_("— set its rows aside —"),
    "address": N_("— the region stays empty —"),
    "tree": N_("— a new region —"),
}
HEADERS = {
    "name": N_("Name in the file"),
    "address": N_("Beginning of the address"),
    "tree": N_("Path in the file"),
}
NONE = "none of them"
"""Stands in the grid for :data:`NOBODY`: an empty choice would be shown as missing."""
Chosen = list[tuple[str, str, pd.DataFrame]]


def show(current: Guide) -> None:
    """Show the step: a grid per column of names, all of them confirmed at once."""
    flow = current.flow
    assert flow is not None
    columns = [(sheet, matched) for sheet in flow.sheets for matched in sheet.matches]
    if not columns:
        st.caption(_("The file has no names to be matched: it uses IDs."))
    chosen: Chosen = []
    for sheet, matched in columns:
        _heading(current, sheet, matched)
        open_ones = [match for match in matched.matches if match.id is None]
        if open_ones:
            chosen.append((sheet.name, matched.table, _grid(current, sheet, matched, open_ones)))
    if chosen:
        asked = any(question.step == "names" for question in flow.questions)
        st.button(
            _("Confirm these names"),
            type="primary" if asked else "secondary",
            icon=":material/check:",
            key=f"confirm_names_{current.generation}",
            on_click=in_language(_confirm),
            args=(current, chosen),
        )


def _heading(current: Guide, sheet: SheetFlow, matched: Matched) -> None:
    """Say what is named, and how many of the names are known, by the store or by another sheet."""
    assert current.flow is not None
    label = _(BY_NAME[matched.table].label)
    found = {match.id for match in matched.matches if match.id is not None}
    known = sum(match.id is not None for match in matched.matches)
    listed = len(found - current.known[matched.table])
    several = len(current.flow.sheets) > 1
    parts = [f"{escape_markdown(sheet.name)} · **{label}**" if several else f"**{label}**"]
    if matched.by == "address":
        parts.append(_("read from the address"))
    if known or matched.by == "name":
        parts.append(ngettext("{n} name is known.", "{n} names are known.", known))
    if listed:
        parts.append(ngettext("{n} of them by this file.", "{n} of them by this file.", listed))
    if matched.by == "tree":
        new = sum(level.new for level in sheet.levels)
        parts.append(
            ngettext("{rows} region is new.", "{rows} regions are new.", new, rows=format_number(new))
        )
    st.markdown(" · ".join(parts))


def _grid(current: Guide, sheet: SheetFlow, matched: Matched, open_ones: list[NameMatch]) -> pd.DataFrame:
    options = _options(current, matched)
    told = current.answers.of(sheet.name).names.get(matched.table, {})
    nobody = _(NOBODIES[matched.by])
    rows = [_row(match, told.get(match.name)) for match in open_ones]
    # On a phone only the first two are seen at once.
    columns = ["name", "means", "rows", "verdict", "why", "example"]
    if matched.by != "address":
        columns.remove("example")
    key = f"names_{current.generation}_{sheet.name}_{matched.column}"
    edited = st.data_editor(
        pd.DataFrame(rows, columns=columns),
        hide_index=True,
        disabled=[name for name in columns if name != "means"],
        height=tall(len(rows)),
        column_config={
            "name": st.column_config.TextColumn(_(HEADERS[matched.by]), pinned=True),
            "example": st.column_config.TextColumn(_("Such as"), width="medium"),
            "rows": st.column_config.NumberColumn(_("Rows"), width="small"),
            "means": st.column_config.SelectboxColumn(
                _("Means"),
                options=[NONE, *options],
                format_func=lambda own: options.get(str(own), nobody),
                required=True,
                width="medium",
            ),
            "verdict": st.column_config.TextColumn(_("Verdict"), width="small"),
            "why": st.column_config.TextColumn(_("Why"), width="medium"),
        },
        key=key,
    )
    return edited[["name", "means"]]


def _row(match: NameMatch, told: str | None) -> dict[str, object]:
    best = match.candidates[0] if match.candidates else None
    likely = best.id if best is not None and match.verdict == "proposed" else NOBODY
    why = f"{reason_words(best)} · {format_percent(best.score, 0)}" if best is not None else ""
    return {
        "name": match.name,
        "example": match.example,
        "rows": match.rows,
        "means": (likely if told is None else told) or NONE,
        "verdict": verdict_words(match.verdict),
        "why": why,
    }


def _options(current: Guide, matched: Matched) -> dict[str, str]:
    """Return ID -> what is shown, of everything a name could mean, also in another sheet of the file."""
    known = current.known.names(matched.table)
    near = {c.id: _shown(c.name, c.id) for match in matched.matches for c in match.candidates}
    if len(known) > MOST:
        return near
    if matched.table == "region":
        shown = {own: current.known.regions.shown(own) for own in known["id"]}
    else:
        shown = {own: _shown(name, own) for own, name in zip(known["id"], known["name"], strict=True)}
    return near | shown


def _shown(name: str, own: str) -> str:
    return name if own == name else f"{name} ({own})"


def _confirm(current: Guide, chosen: Chosen) -> None:
    answers = current.answers
    for sheet, table, grid in chosen:
        own = answers.of(sheet)
        for name, means in grid.itertuples(index=False):
            own = own.called(table, str(name), NOBODY if means == NONE else str(means))
        answers = answers.about(sheet, own)
    current.answer(answers)
