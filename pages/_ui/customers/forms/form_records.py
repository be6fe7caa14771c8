"""A form with several records per customer: the list, a new one, one to change or remove."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.customers.forms.validate import display
from core.errors import AppError
from core.i18n import _
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.scope import EVERYTHING, Scope
from pages._ui import runtime
from pages._ui.customers import actor
from pages._ui.customers.forms.form import form_panel
from pages._ui.fragments import fragment
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.customers.forms import Form
    from core.store.forms.forms import Record
    from pages._ui.customers.forms.form_state import Keeper

NEW = ""


def records_panel(
    form: Form,
    customer_type: str,
    customer_id: str,
    *,
    defaults: Mapping[str, object] | None = None,
    key: str,
    scope: Scope = EVERYTHING,
    kept_in: Keeper = store_forms,
    columns: Sequence[str] = (),
) -> list[Record]:
    """Show the records of a form; a click on one opens it, a button begins another.

    Parameters
    ----------
    columns
        Fields that the list shows; all unless given.

    Returns
    -------
    list of Record
        What is shown, the latest first.
    """
    everything = FormKey(form, customer_type, customer_id)
    records = kept_in.records(runtime.store(), everything, scope=scope)

    @fragment
    def panel() -> None:
        opened: str | None = st.session_state.get(f"{key}.opened")
        known = {record.record_id: record for record in records}
        _list(form, records, key, columns)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("Add"), icon=":material/add:", key=f"{key}_add", on_click=_open, args=(key, NEW))
            if opened in known and opened:
                st.button(
                    _("Remove"),
                    icon=":material/delete:",
                    key=f"{key}_remove",
                    on_click=in_language(_remove),
                    args=(
                        key,
                        FormKey(form, customer_type, customer_id, opened),
                        known[opened],
                        scope,
                        kept_in,
                    ),
                )
        if error := st.session_state.pop(f"{key}.error", ""):
            st.error(error, icon=":material/error:")
        if st.session_state.pop(f"{key}.moved", False):
            st.rerun()

    panel()
    opened = st.session_state.get(f"{key}.opened")
    if opened is not None and (opened == NEW or opened in {record.record_id for record in records}):
        form_panel(
            form,
            customer_type,
            customer_id,
            record_id=opened or None,
            defaults=defaults if opened == NEW else None,
            key=f"{key}_{opened or 'new'}",
            scope=scope,
            kept_in=kept_in,
        )
    return records


def table(form: Form, records: Sequence[Record], columns: Sequence[str] = ()) -> pd.DataFrame:
    """Return records as a table with the form's own headers in the language in use; all fields by default."""
    fields = [form.field(name) for name in columns] or form.fields
    return pd.DataFrame(
        [
            {part.title: display(part, record.payload.get(part.name)) or None for part in fields}
            | {_("Saved at"): f"{record.updated_at:%Y-%m-%d %H:%M}", _("By"): record.updated_by}
            for record in records
        ],
        columns=[*(part.title for part in fields), _("Saved at"), _("By")],
    )


def _list(form: Form, records: Sequence[Record], key: str, columns: Sequence[str]) -> None:
    if not records:
        st.caption(_("Nothing is recorded yet."))
        return
    st.dataframe(
        table(form, records, columns),
        hide_index=True,
        placeholder=numbers.MISSING,
        key=f"{key}_list",
        on_select=in_language(partial(_clicked, key, [record.record_id for record in records])),
        selection_mode="single-row",
    )


def _clicked(key: str, ids: Sequence[str]) -> None:
    rows = st.session_state[f"{key}_list"]["selection"]["rows"]
    st.session_state[f"{key}.opened"] = ids[rows[0]] if rows else None
    st.session_state[f"{key}.moved"] = True


def _open(key: str, record_id: str) -> None:
    st.session_state[f"{key}.opened"] = record_id
    st.session_state[f"{key}.moved"] = True


def _remove(key: str, target: FormKey, record: Record, scope: Scope, kept_in: Keeper) -> None:
    try:
        kept_in.remove(
            runtime.store(), target, expected_version=record.version, actor=actor.current_actor(), scope=scope
        )
    except AppError as error:
        st.session_state[f"{key}.error"] = str(error)
    st.session_state[f"{key}.opened"] = None
    st.session_state[f"{key}.moved"] = True
