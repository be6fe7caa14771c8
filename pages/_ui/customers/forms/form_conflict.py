"""Two people saved the same record: both versions side by side, chosen field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from core import numbers
from core.customers.forms.validate import display
from core.i18n import _
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.customers.forms.form_state import FormState


def conflict_panel(state: FormState) -> None:
    """Show what differs and save what is chosen."""
    conflict = state.conflict
    if conflict is None:
        return
    st.warning(conflict.message, icon=":material/group:")
    if conflict.theirs is None:
        with st.container(horizontal=True):
            _button(state, "mine", _("Save mine again"), _save_mine, primary=True)
            _button(state, "theirs", _("Leave it removed"), _leave)
        return
    theirs, mine = conflict.theirs.payload, conflict.mine
    differing = [part for part in state.key.form.fields if theirs.get(part.name) != mine.get(part.name)]
    st.markdown(_("Choose field by field; the rest is the same in both."))
    for part in differing:
        with st.container(border=True, key=f"{state.name}_differs_{part.name}", gap="xxsmall"):
            st.segmented_control(
                part.title,
                ["mine", "theirs"],
                default="mine",
                required=True,
                format_func={"mine": _("Mine"), "theirs": _("Theirs")}.__getitem__,
                key=_key(state, part.name),
            )
            left, right = st.columns(2)
            left.text(_("Mine: {value}", value=display(part, mine.get(part.name)) or numbers.MISSING))
            right.text(_("Theirs: {value}", value=display(part, theirs.get(part.name)) or numbers.MISSING))
    with st.container(horizontal=True):
        _button(state, "merge", _("Save what is chosen"), _save_chosen, primary=True)
        _button(state, "theirs", _("Take all of theirs"), _leave)


def _key(state: FormState, name: str) -> str:
    version = state.conflict.theirs.version if state.conflict and state.conflict.theirs else 0
    return f"{state.name}.conflict.{version}.{name}"


def _button(
    state: FormState, name: str, label: str, action: Callable[[FormState], None], *, primary: bool = False
) -> None:
    st.button(
        label,
        type="primary" if primary else "secondary",
        key=f"{state.name}_conflict_{name}",
        on_click=in_language(action),
        args=(state,),
    )


def _save_mine(state: FormState) -> None:
    if state.conflict is not None:
        state.save_over(state.conflict.mine, 0)


def _save_chosen(state: FormState) -> None:
    conflict = state.conflict
    if conflict is None or conflict.theirs is None:
        return
    values = dict(conflict.mine)
    for name in values:
        if st.session_state.get(_key(state, name)) == "theirs":
            values[name] = conflict.theirs.payload.get(name)
    state.save_over(values, conflict.theirs.version)


def _leave(state: FormState) -> None:
    state.discard()
