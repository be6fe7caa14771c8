"""Unsaved work on a grading scale: kept at every change, found after a restart or a faster colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core.customers.forms import Field, FieldKind, Form
from core.customers.grading.scale_table import COLUMNS
from core.i18n import N_, _, sentences
from core.store.forms.drafts import Draft, drop_draft, load_draft, save_draft
from core.store.forms.rows import FormKey
from pages._ui import runtime
from pages._ui.customers import actor
from pages._ui.language import in_language

if TYPE_CHECKING:
    from core.store.customers.grading import Saved

# Names the draft; the scale itself is saved in tables of its own.
_FORM = Form(
    "grade_scale",
    N_("grading scale"),
    (Field("rows", FieldKind.NOTE, N_("grading scale")),),
    many=True,
    customer_types=("market",),
)
BEGUN = "scale_begun"


def place(saved: Saved) -> str:
    """Return what tells the grids of this session apart: whose scale, which version, which fresh start."""
    return f"{saved.owner}_{saved.version}_{st.session_state.get(BEGUN, 0)}"


def base(saved: Saved, table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows to begin with: those of the scale, or the unsaved ones the user goes on with."""
    begun: pd.DataFrame = st.session_state.get(f"{BEGUN}_{place(saved)}", table)
    return begun


def offer(saved: Saved) -> None:
    """Say what was found unsaved and let the user go on with it or throw it away."""
    if st.session_state.get(f"{BEGUN}_live") == place(saved):
        return
    draft = load_draft(runtime.store(), key(saved), actor.draft_owner())
    if draft is None:
        return
    sentence = _("Unsaved changes of {time} were kept.", time=f"{draft.saved_at:%Y-%m-%d %H:%M}")
    if draft.base_version != saved.version:
        since = _(
            "Since then version {version} was saved by {actor}; going on replaces it when you save.",
            version=saved.version,
            actor=saved.actor,
        )
        sentence = sentences(sentence, since)
    with st.container(horizontal=True, vertical_alignment="center", key="scale_draft"):
        st.warning(sentence, icon=":material/history:")
        st.button(_("Go on with them"), key="scale_go_on", on_click=in_language(_go_on), args=(saved, draft))
        st.button(_("Throw them away"), key="scale_drop", on_click=in_language(drop), args=(saved,))


def keep(saved: Saved, table: pd.DataFrame, edited: pd.DataFrame) -> None:
    """Keep what stands in the grid where it isn't the saved scale."""
    live = st.session_state.get(f"{BEGUN}_live") == place(saved)
    rows = edited[list(COLUMNS)].astype(object).where(edited[list(COLUMNS)].notna(), None).to_numpy().tolist()
    if edited.reset_index(drop=True).equals(table):
        if live:
            drop(saved)
        return
    if live and st.session_state.get(f"{BEGUN}_rows") == rows:
        return
    save_draft(runtime.store(), key(saved), actor.draft_owner(), {"rows": rows}, base_version=saved.version)
    st.session_state[f"{BEGUN}_live"], st.session_state[f"{BEGUN}_rows"] = place(saved), rows


def drop(saved: Saved) -> None:
    """Throw unsaved work away."""
    drop_draft(runtime.store(), key(saved), actor.draft_owner())
    st.session_state.pop(f"{BEGUN}_live", None)


def _go_on(saved: Saved, draft: Draft) -> None:
    st.session_state[BEGUN] = st.session_state.get(BEGUN, 0) + 1
    rows = pd.DataFrame(draft.payload["rows"], columns=list(COLUMNS))
    numbers = dict.fromkeys(("weight", "threshold", "score"), "float64")
    st.session_state[f"{BEGUN}_{place(saved)}"] = rows.astype(numbers)
    st.session_state[f"{BEGUN}_live"] = place(saved)


def key(saved: Saved) -> FormKey:
    """Return which draft belongs to a scale: one per owner, whatever its version."""
    return FormKey(_FORM, "market", "", saved.owner or "company")
