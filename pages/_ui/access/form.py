"""The form of a user: to let somebody in, and to change who is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.access import ROLES, User
from core.errors import AppError, InputError
from core.i18n import _
from pages._ui.access.labels import name_of
from pages._ui.language import in_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.store.access.references import References

MESSAGE = "user_message"
"""Where a session keeps what went wrong with the last change of a user."""


def user_form(key: str, user: User, known: References, label: str, save: Callable[[User], object]) -> None:
    """Show the fields of a user.

    Parameters
    ----------
    key
        Begins the keys of the fields; another one where the user is another version.
    save
        Called with the user as filled in; an error it raises is shown above the list.
    """
    with st.form(key, border=False):
        st.text_input(_("Full name"), user.name, key=f"{key}_name")
        st.text_input(_("E-mail"), user.email, key=f"{key}_email", help=_("As the sign-in service knows it."))
        st.multiselect(
            _("Roles"), list(ROLES), list(user.roles), format_func=lambda code: _(ROLES[code].name),
            key=f"{key}_roles", help=_("Rights add up. A sales rep has no other role."),
        )  # fmt: skip
        st.checkbox(
            _("Sees the whole market"), user.region_ids is None and bool(user.email), key=f"{key}_all"
        )
        _choose(
            f"{key}_regions", _("Regions"), known.regions, user.region_ids, _("with everything below them")
        )
        _choose(f"{key}_companies", _("Plans for"), known.companies, user.companies, _("all own companies"))
        employees = list({**known.employees, **({user.employee_id: ""} if user.employee_id else {})})
        st.selectbox(
            _("Employee"), employees, format_func=lambda code: name_of(code, known.employees),
            index=employees.index(user.employee_id) if user.employee_id else None,
            key=f"{key}_employee", placeholder=_("needed for a sales rep"),
        )  # fmt: skip
        left, right = st.columns(2)
        left.date_input(_("First day"), user.since, key=f"{key}_since")
        right.date_input(_("Last day"), user.until, key=f"{key}_until")
        st.form_submit_button(
            label, type="primary", key=f"{key}_save", on_click=in_language(_save), args=(key, user, save)
        )


def _choose(
    key: str, label: str, names: Mapping[str, str], chosen: tuple[str, ...] | None, placeholder: str
) -> None:
    options = [*names, *(code for code in chosen or () if code not in names)]
    st.multiselect(
        label, options, list(chosen or ()), key=key, placeholder=placeholder,
        format_func=lambda code: f"{name_of(code, names)} · {code}",
    )  # fmt: skip


def _save(key: str, user: User, save: Callable[[User], object]) -> None:
    def field(name: str) -> Any:  # noqa: ANN401 - what a field of the form holds
        return st.session_state[f"{key}_{name}"]

    is_bound = "rep" in field("roles") or field("all")
    try:
        if field("all") and field("regions"):
            raise InputError(_("Choose regions or the whole market, not both."))
        save(
            replace(
                user,
                name=field("name"),
                email=field("email"),
                roles=tuple(field("roles")),
                region_ids=tuple(field("regions")) or (None if is_bound else ()),
                companies=tuple(field("companies")) or None,
                employee_id=field("employee"),
                since=field("since"),
                until=field("until"),
            )
        )
    except AppError as error:
        st.session_state[MESSAGE] = str(error)
