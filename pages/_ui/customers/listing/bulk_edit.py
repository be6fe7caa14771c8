"""Changing one field of everybody the filter leaves: who would change is shown first; undone in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import _, ngettext
from core.store.customers import (
    bulk_edit as customer_change,
)
from core.store.customers import (
    bulk_undo as customer_undo,
)
from core.store.customers import (
    lists as customer_lists,
)
from core.store.customers.bulk_edit import FieldChange, Preview
from core.tables import BY_NAME
from pages._ui import reads, runtime
from pages._ui.components.header import section
from pages._ui.customers import actor
from pages._ui.customers.listing.columns import WORDS
from pages._ui.customers.listing.grid import EDITED, MOST_OPTIONS, PEOPLE, candidates
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language

if TYPE_CHECKING:
    from core.store.customers.bulk_undo import Made
    from core.store.customers.lists import ListRequest

NOTHING = "\0"
"""Stands for “nothing recorded” among the values to choose from."""
SAID = "change_said"
FREE = ("outlet_type",)
"""Columns whose values are the company's own: a new one may be typed."""


def panel(request: ListRequest) -> None:
    """Offer to change a field of all customers of a list, and to undo the latest such change."""
    with st.container(border=True, key="change_all", gap="small"):
        section(_("Change all that the filter leaves"))
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            name = st.selectbox(
                _("Field"),
                list(EDITED[request.kind]),
                format_func=lambda option: _(EDITED[request.kind][option][1]),
                key="change_field",
                width=200,
            )
            value = _value(request, name)
        if value is not None:
            column = EDITED[request.kind][name][0]
            _offer(
                FieldChange(
                    request.kind,
                    column,
                    None if value == NOTHING else value,
                    request.filters,
                    request.scope,
                ),
                name,
            )
        latest(request.kind)


def latest(kind: str) -> None:
    """Say what was changed last, with the way back; nothing where nothing is left to undo."""
    if sentence := st.session_state.pop(SAID, None):
        (st.error if sentence[0] else st.success)(escape_markdown(sentence[1]).replace("\n", "  \n"))
    last_edit: Made | None = customer_undo.last_made(runtime.store(), kind)
    if last_edit is None:
        return
    names = {column: name for name, (column, _label) in EDITED[kind].items()}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="change_latest"):
        st.caption(
            escape_markdown(
                _(
                    "Last change: {field} of {n} to “{value}”, by {actor}, {time}.",
                    field=_(EDITED[kind][names[last_edit.column]][1]),
                    n=_number(kind, last_edit.customers),
                    value=_word(names[last_edit.column], last_edit.value),
                    actor=last_edit.actor,
                    time=f"{last_edit.happened_at:%Y-%m-%d %H:%M}",
                )
            ),
            width="content",
        )
        st.button(
            _("Undo this change"),
            icon=":material/undo:",
            key="change_undo",
            on_click=in_language(_undo),
            args=(kind, last_edit.audit_id),
        )


def _value(request: ListRequest, name: str) -> str | None:
    """Ask for the new value; None until one is chosen."""
    words = _options(request, name)
    key = f"change_to_{name}"
    if len(words) > MOST_OPTIONS:
        typed = st.text_input(
            _("New value"), key=key, placeholder=_("Type the ID; it is checked."), width=280
        )
        return (typed or "").strip() or None
    chosen: str | None = st.selectbox(
        _("New value"),
        list(words),
        None,
        format_func=lambda code: words.get(code, code),
        key=key,
        placeholder=_("Choose an option"),
        accept_new_options=name in FREE,
        width=280,
    )
    return chosen


def _options(request: ListRequest, name: str) -> dict[str, str]:
    """Return the values a field may get, by code, the empty one last."""
    if name in PEOPLE or name == "dealer_id":
        words = {code: f"{title} {code}".strip() for code, title in candidates(name).items()}
    elif name in FREE:
        facets: pd.DataFrame = reads.cached(customer_lists.facets, request.kind)
        used = facets[(facets["facet"] == f"{name}s") & (facets["value"] != "")]["value"]
        words = {code: code for code in used}
    else:
        known = BY_NAME[request.kind].column(EDITED[request.kind][name][0]).known
        words = {code: _word(name, code) for code in known}
    return {**words, NOTHING: _("Nothing recorded")}


def _offer(change: FieldChange, name: str) -> None:
    """Show what would change, and the button that does it."""
    try:
        preview: Preview = reads.cached(customer_change.preview, change)
    except AppError as error:
        st.warning(escape_markdown(str(error)))
        return
    if not preview.differing:
        st.caption(_("All {n} have this value already.", n=_number(change.kind, preview.customers)))
        return
    st.markdown(
        _(
            "The filter leaves **{n}**: **{differing}** would change, {same} have this value already.",
            n=_number(change.kind, preview.customers),
            differing=numbers.count(preview.differing),
            same=numbers.count(preview.customers - preview.differing),
        )
    )
    st.dataframe(
        pd.DataFrame(
            {
                _("Before"): [_word(name, value) for value, _count in preview.before],
                _("After"): _word(name, change.value),
                _("Number"): [count for _value, count in preview.before],
            }
        ),
        hide_index=True,
        key="change_preview",
        width=460,
        column_config={_("Number"): st.column_config.NumberColumn(format="localized")},
    )
    st.button(
        _("Change {n}", n=_number(change.kind, preview.differing)),
        type="primary",
        icon=":material/done_all:",
        key="change_save",
        on_click=in_language(_save),
        args=(change, preview.differing, name),
    )


def _save(change: FieldChange, expected: int, name: str) -> None:
    try:
        n = customer_change.change_all(
            runtime.store(), change, expected=expected, actor=actor.current_actor()
        )
    except AppError as error:
        st.session_state[SAID] = (True, str(error))
        return
    st.session_state[SAID] = (False, _("{n} changed.", n=_number(change.kind, n)))
    st.session_state.pop(f"change_to_{name}", None)


def _undo(kind: str, audit_id: int) -> None:
    try:
        back, left = customer_undo.undo(runtime.store(), audit_id, actor=actor.current_actor())
    except AppError as error:
        st.session_state[SAID] = (True, str(error))
        return
    sentence = _("{n} are as they were before.", n=_number(kind, back))
    if left:
        sentence += "\n" + _("{n} were changed again since and stay so.", n=numbers.count(left))
    st.session_state[SAID] = (False, sentence)


def _number(kind: str, n: int) -> str:
    if kind == "dealer":
        return ngettext("{n} dealer", "{n} dealers", n)
    return ngettext("{n} terminal", "{n} terminals", n)


def _word(name: str, value: str | None) -> str:
    if value is None:
        return _("Nothing recorded")
    if name in PEOPLE or name == "dealer_id":
        return f"{candidates(name).get(value, '')} {value}".strip()
    return WORDS[name](value) if name in WORDS else value
