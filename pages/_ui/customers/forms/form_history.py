"""Earlier versions of a record: who changed what when, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.forms.validate import display
from core.i18n import _
from pages._ui import runtime
from pages._ui.language import in_language

if TYPE_CHECKING:
    from core.customers.forms import Field, Form
    from core.store.forms.forms import Record
    from pages._ui.customers.forms.form_state import FormState

SHOWN = 20


def history_panel(state: FormState) -> None:
    """Offer the earlier versions of a record behind a button."""
    with st.popover(_("History"), icon=":material/history:", key=f"{state.name}_history"):
        store = runtime.store()
        record = state.kept_in.load(store, state.key, scope=state.scope)
        past = state.kept_in.history(store, state.key, scope=state.scope)[:SHOWN]
        if record is None:
            return
        st.caption(
            _(
                "Version {version} of {time}, by {actor}.",
                version=record.version,
                time=f"{record.updated_at:%Y-%m-%d %H:%M}",
                actor=record.updated_by,
            )
        )
        if not past:
            return
        st.dataframe(changes(state.key.form, [record, *past]), hide_index=True, key=f"{state.name}_changes")
        versions = {row.version: f"{row.version} · {row.updated_at:%Y-%m-%d %H:%M}" for row in past}
        with st.container(horizontal=True, vertical_alignment="bottom"):
            chosen = st.selectbox(
                _("Earlier version"),
                list(versions),
                format_func=versions.__getitem__,
                key=f"{state.name}_version",
            )
            st.button(
                _("Bring back"),
                key=f"{state.name}_bring_back",
                on_click=in_language(state.restore),
                args=(chosen,),
            )


def changes(form: Form, versions: list[Record]) -> pd.DataFrame:
    """Return what each version changed against the one before it."""
    rows = []
    for record, before in zip(versions, [*versions[1:], None], strict=True):
        differing = [
            f"{part.title}: {_shown(part, before)} → {_shown(part, record)}"
            for part in form.fields
            if before is not None and before.payload.get(part.name) != record.payload.get(part.name)
        ]
        rows.append(
            {
                _("Version"): record.version,
                _("Saved at"): f"{record.updated_at:%Y-%m-%d %H:%M}",
                _("By"): record.updated_by,
                _("Changed"): "\n".join(differing) if before else _("First version kept"),
            }
        )
    return pd.DataFrame(rows)


def _shown(part: Field, record: Record) -> str:
    text = display(part, record.payload.get(part.name)) or numbers.MISSING
    return text if len(text) <= 60 else text[:60] + "…"
