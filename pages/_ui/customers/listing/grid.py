"""Changing many customers in a grid: what would change is shown first, then saved in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from core import numbers
from core.errors import AppError
from core.i18n import N_, _, ngettext
from core.store.customers.edit import Change
from core.store.customers.edit import edit as save_changes
from core.tables import BY_NAME
from pages._ui import reads, runtime, url
from pages._ui.customers import actor
from pages._ui.customers.listing.columns import WORDS
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.store.database import Store
    from pages._ui.customers.customer_view import ListView

PARAMETER = "edit"
MOST_OPTIONS = 2_000
"""A cell offers a list up to here; beyond it the id is typed, and checked."""
# Column of the list -> column of the store, and its title.
EDITED = {
    "dealer": {
        "tier": ("tier", N_("Tier")),
        "level": ("level", N_("Distribution level")),
        "owner_id": ("owner_employee_id", N_("Owner")),
        "backup_id": ("backup_employee_id", N_("Stand-in")),
    },
    "terminal": {
        "grade": ("grade", N_("Grade")),
        "status": ("status", N_("Status")),
        "outlet_type": ("outlet_type", N_("Outlet type")),
        "owner_id": ("employee_id", N_("Owner")),
        "dealer_id": ("dealer_id", N_("Dealer")),
    },
}
PEOPLE = ("owner_id", "backup_id")


def is_editing() -> bool:
    """Tell whether the list is being edited."""
    return url.value(PARAMETER) == "yes"


def switch() -> None:
    """Show the switch between looking and editing."""
    st.session_state["list_edit"] = is_editing()
    st.toggle(_("Edit in the grid"), key="list_edit", on_change=_remember)
    if is_editing():
        actor.ask()


def _remember() -> None:
    url.put(PARAMETER, "yes" if st.session_state["list_edit"] else "")


def edit(view: ListView, rows: pd.DataFrame) -> None:
    """Show a page of a list to be changed, what would change, and the button that saves it.

    Parameters
    ----------
    rows
        The page, as :func:`core.store.customers.lists.page` returns it.
    """
    names = list(EDITED[view.kind])
    before = rows[["customer_id", "name", *names]].astype(object)
    before = before.where(before.notna(), None)
    generation = st.session_state.setdefault("grid_generation", 0)
    after = st.data_editor(
        before,
        hide_index=True,
        height=360,
        key=f"customer_grid_{generation}",
        placeholder=numbers.MISSING,
        disabled=("customer_id", "name"),
        column_order=("name", *names, "customer_id"),
        column_config={
            "name": st.column_config.TextColumn(_("Name"), pinned=True),
            "customer_id": st.column_config.TextColumn(_("Customer ID")),
            **{name: _column(view.kind, name, rows) for name in names},
        },
    )
    changes = _changes(view.kind, before, after)
    _preview(view.kind, changes, dict(zip(before["customer_id"], before["name"], strict=True)))
    st.button(
        ngettext("Save {n} change", "Save {n} changes", len(changes)),
        type="primary",
        icon=":material/save:",
        key="grid_save",
        disabled=not changes,
        on_click=in_language(_save),
        args=(view, changes),
    )
    if outcome := st.session_state.pop("grid_said", None):
        (st.error if outcome[0] else st.success)(escape_markdown(outcome[1]).replace("\n", "  \n"))


def _column(kind: str, name: str, rows: pd.DataFrame) -> Any:  # noqa: ANN401 - Streamlit's column types
    title = _(EDITED[kind][name][1])
    values = rows[name].dropna()
    if name in PEOPLE or name == "dealer_id":
        known = candidates(name)
        if len(known) > MOST_OPTIONS:
            return st.column_config.TextColumn(title, help=_("Type the ID; it is checked."))
        # Whoever has left is still named where it is recorded, and offered to nobody else.
        words = dict(zip(values, rows.loc[values.index, name.removesuffix("_id")].fillna(""), strict=True))
        words |= known
        options = list(dict.fromkeys([*known, *values]))
        return st.column_config.SelectboxColumn(
            title, options=options, format_func=lambda code: f"{words.get(code, '')} {code}".strip()
        )
    codes = BY_NAME[kind].column(EDITED[kind][name][0]).known
    if not codes:
        return st.column_config.TextColumn(title)
    options = list(dict.fromkeys([*codes, *values]))
    return st.column_config.SelectboxColumn(title, options=options, format_func=WORDS.get(name, str))


def candidates(name: str) -> dict[str, str]:
    """Return id and name of those to whom customers may be given: owners, or dealers."""
    table: pd.DataFrame = reads.cached(_people if name in PEOPLE else _suppliers)
    return dict(zip(table["id"], table["name"], strict=True))


def _people(store: Store) -> pd.DataFrame:
    return store.read("customers/people").to_pandas()


def _suppliers(store: Store) -> pd.DataFrame:
    return store.read("customers/suppliers").to_pandas()


def _changes(kind: str, before: pd.DataFrame, after: pd.DataFrame) -> list[Change]:
    changes = []
    for name, (column, _label) in EDITED[kind].items():
        for key, old, new in zip(before["customer_id"], before[name], after[name], strict=True):
            one, other = _text(old), _text(new)
            if one != other:
                changes.append(Change(str(key), column, one, other))
    return changes


def _text(value: object) -> str | None:
    return None if pd.isna(value) or not str(value).strip() else str(value).strip()


def _preview(kind: str, changes: list[Change], names: Mapping[str, str]) -> None:
    if not changes:
        st.caption(_("Change cells; what will be saved is listed here first."))
        return
    titles = {column: _(label) for column, label in EDITED[kind].values()}
    st.dataframe(
        pd.DataFrame(
            {
                _("Name"): [names[change.customer_id] for change in changes],
                _("Column"): [titles[change.column] for change in changes],
                _("Before"): [_shown(change.column, change.before) for change in changes],
                _("After"): [_shown(change.column, change.after) for change in changes],
            }
        ),
        hide_index=True,
        key="grid_preview",
    )


def _shown(column: str, value: str | None) -> str:
    if value is None:
        return numbers.MISSING
    return WORDS[column](value) if column in WORDS else value


def _save(view: ListView, changes: list[Change]) -> None:
    try:
        n = save_changes(runtime.store(), view.kind, changes, actor=actor.current_actor(), scope=view.scope)
    except AppError as error:
        st.session_state["grid_said"] = (True, str(error))
        return
    st.session_state["grid_said"] = (False, ngettext("{n} change saved.", "{n} changes saved.", n))
    st.session_state["grid_generation"] += 1
