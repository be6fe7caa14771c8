"""Saving the list of prospects: what differs is kept on the version it began from; conflicts are shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.i18n import _
from core.store.visits import prospects as store_prospects
from core.store.visits.prospects import ProspectConflict, ProspectConflictError
from core.visits import prospects as rules
from pages._ui import runtime
from pages._ui.customers import actor
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELDS = store_prospects.PROSPECT_COLUMNS[1:]
CONFLICT, BASE, TURN = "prospect_conflict", "prospect_base", "prospect_turn"


@dataclass(frozen=True, eq=False)
class Conflict:
    """What could not be saved, and what others saved meanwhile."""

    rows: pd.DataFrame
    error: ProspectConflictError


def editor_key(rep: str) -> str:
    """Return the key of the editor; another one after each save, so that no edit is left in it."""
    return f"prospects_{rep}_{st.session_state.get(TURN, 0)}"


def base_of(rep: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return what the edits in the editor began from: the table as it was, while there are edits."""
    key = editor_key(rep)
    edits = st.session_state.get(key, {}).get("edited_rows")
    begun = st.session_state.get(BASE)
    if edits and begun is not None and begun[0] == key:
        return begun[1]
    st.session_state[BASE] = (key, table)
    return table


def keep(table: pd.DataFrame, edited: pd.DataFrame) -> None:
    """Save the rows that differ; for callbacks."""
    before = table[list(FIELDS)].astype(object).where(table[list(FIELDS)].notna(), None)
    after = edited[list(FIELDS)].astype(object).where(edited[list(FIELDS)].notna(), None)
    changed = (before.to_numpy() != after.to_numpy()).any(axis=1)
    if changed.any():
        _save(edited[changed].assign(version=table.loc[changed, "version"]))


def _save(rows: pd.DataFrame) -> None:
    try:
        store_prospects.save_prospects(runtime.store(), rows, actor=actor.current_actor())
    except ProspectConflictError as error:
        st.session_state[CONFLICT] = Conflict(rows, error)
        return
    _leave()


def _leave() -> None:
    st.session_state.pop(CONFLICT, None)
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1


def _save_mine() -> None:
    conflict: Conflict = st.session_state[CONFLICT]
    newer = {theirs.terminal_id: theirs.version for theirs in conflict.error.conflicts}
    version = conflict.rows["terminal_id"].map(newer).fillna(conflict.rows["version"])
    _save(conflict.rows.assign(version=version))


def conflict_panel() -> None:
    """Show both versions of what two people changed, and let the reader choose."""
    conflict: Conflict | None = st.session_state.get(CONFLICT)
    if conflict is None:
        return
    st.warning(str(conflict.error), icon=":material/group:")
    mine = conflict.rows.set_index("terminal_id")
    rows = [
        row
        for theirs in conflict.error.conflicts
        for row in _differences(mine.loc[theirs.terminal_id], theirs)
    ]
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, placeholder=numbers.MISSING, key="prospect_conflict_rows"
    )
    with st.container(horizontal=True):
        st.button(
            _("Save mine again"), type="primary", key="prospects_mine", on_click=in_language(_save_mine)
        )
        st.button(_("Take all of theirs"), key="prospects_theirs", on_click=in_language(_leave))


def _differences(mine: pd.Series, theirs: ProspectConflict) -> list[dict[str, Any]]:
    titles: dict[str, tuple[str, Mapping[str, str]]] = {
        "possibility": (_("Possibility"), {}),
        "progress": (_("Progress"), rules.PROGRESS),
        "source": (_("Found by"), rules.SOURCES),
        "no_go": (_("No-go account"), {"True": _("yes"), "False": _("no")}),
        "decision": (_("Decision"), rules.DECISIONS),
    }

    def word(field: str, value: object) -> str:
        labels = titles[field][1]
        return numbers.MISSING if pd.isna(value) else _(labels.get(str(value), str(value)))

    return [
        {
            _("Customer"): mine["name"],
            _("Field"): titles[field][0],
            _("Mine"): word(field, mine[field]),
            _("Theirs"): word(field, theirs.theirs[field]),
            _("By"): theirs.changed_by,
        }
        for field in FIELDS
        if word(field, mine[field]) != word(field, theirs.theirs[field])
    ]
