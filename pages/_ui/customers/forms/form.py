"""A form on the screen: fields, unsaved work kept, check, save, conflict, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.forms import Field, FieldKind, Form
from core.customers.forms.validate import completeness
from core.i18n import _, ngettext
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.scope import EVERYTHING, Scope
from pages._ui.customers.forms import fields
from pages._ui.customers.forms.form_conflict import conflict_panel
from pages._ui.customers.forms.form_history import history_panel
from pages._ui.customers.forms.form_state import FormState, Keeper, state_of
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.fragments import fragment
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def form_panel(
    form: Form,
    customer_type: str,
    customer_id: str,
    *,
    record_id: str | None = None,
    defaults: Mapping[str, object] | None = None,
    key: str,
    scope: Scope = EVERYTHING,
    kept_in: Keeper = store_forms,
) -> None:
    """Show a form to fill in; every change is kept as a draft, a save is checked and never overwrites unseen.

    The panel reruns alone while it is filled in; after a save the whole page runs once more.

    Parameters
    ----------
    record_id
        Which record of a form with many; None for a new one, or for a form with one.
    defaults
        What a record nobody has saved yet begins with: values by field, typed or as text. They are saved
        with it, and count as unchanged until something else is typed.
    """
    target = FormKey(form, customer_type, customer_id, record_id or "")

    @fragment
    def panel() -> None:
        state = state_of(target, key, defaults or {}, scope, kept_in)
        if state.done:
            st.session_state[f"{key}.toast"] = state.done
            state.done = ""
            st.rerun()
        if sentence := st.session_state.pop(f"{key}.toast", ""):
            st.toast(sentence, icon=":material/check:")
        with st.container(key=f"form_{key}", gap="small"):
            _draw(state)

    panel()


def _draw(state: FormState) -> None:
    # What comes and goes has a place of its own. Fields that change their place are built anew by the
    # browser, and what somebody is typing in one of them would be lost.
    above = st.container(key=f"{state.name}_above", gap="small")
    with above:
        _kept(state)
    if state.conflict is not None:
        conflict_panel(state)
        return
    wrong = {finding.field: str(finding) for finding in state.findings}
    with above:
        _say(state, len(wrong))
    for row in _rows(state.key.form.fields):
        for column, part in zip(
            st.columns(len(row) if len(row) > 1 or _wide(row[0]) else 2), row, strict=False
        ):
            with column:
                fields.widget(
                    part,
                    state.widget_key(part.name),
                    state.start[part.name],
                    in_language(state.typed),
                    disabled=state.kept is not None,
                )
                if part.name in wrong:
                    st.markdown(f":red[:material/error: {escape_markdown(wrong[part.name])}]")
    _buttons(state)


def _say(state: FormState, wrong: int) -> None:
    if wrong:
        st.error(
            ngettext(
                "{n} field is not right; nothing was saved.",
                "{n} fields are not right; nothing was saved.",
                wrong,
            ),
            icon=":material/error:",
        )
    if state.error is not None:
        st.error(str(state.error), icon=":material/error:")


def _rows(parts: tuple[Field, ...]) -> Iterator[list[Field]]:
    """Put two short fields side by side; a long text has a row of its own."""
    row: list[Field] = []
    for part in parts:
        if _wide(part):
            if row:
                yield row
            yield [part]
            row = []
            continue
        row.append(part)
        if len(row) == 2:
            yield row
            row = []
    if row:
        yield row


def _wide(part: Field) -> bool:
    return part.kind is FieldKind.NOTE


def _kept(state: FormState) -> None:
    """Say what was found unsaved and let the user go on with it or throw it away."""
    if state.kept is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"{state.name}_kept"):
        st.markdown(
            ":material/edit_note: "
            + _("Unsaved changes of {time} were kept.", time=f"{state.kept.saved_at:%Y-%m-%d %H:%M}")
        )
        st.button(
            _("Go on with them"),
            type="primary",
            key=f"{state.name}_restore",
            on_click=in_language(state.take_up),
        )
        st.button(_("Throw them away"), key=f"{state.name}_discard", on_click=in_language(state.discard))


def _buttons(state: FormState) -> None:
    dirty = state.dirty
    with st.container(horizontal=True, vertical_alignment="center", key=f"{state.name}_buttons"):
        st.button(
            _("Save"),
            type="primary",
            icon=":material/save:",
            key=f"{state.name}_save",
            disabled=state.kept is not None,
            on_click=in_language(state.save),
        )
        if dirty and state.kept is None:
            st.button(_("Undo changes"), key=f"{state.name}_undo", on_click=in_language(state.discard))
        if state.base:
            history_panel(state)
        done = completeness(state.key.form, state.raw())
        sentence = _(
            "{filled} of {fields} fields filled in ({share})",
            filled=done.filled,
            fields=done.fields,
            share=numbers.percent(done.share),
        )
        st.caption(sentence + (" · " + _("unsaved, kept as a draft") if dirty else ""))
