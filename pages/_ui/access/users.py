"""The list of users, and what can be done with one of them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import streamlit as st

from core.access import Right, User
from core.errors import AppError
from core.i18n import _, ngettext
from core.store.access import users as store_users
from core.store.access.references import read_references
from core.store.approval import FOUR_EYES, needs_four_eyes
from core.store.preferences import prefer
from pages._ui import reads, runtime
from pages._ui.access import see_as
from pages._ui.access.form import MESSAGE, user_form
from pages._ui.access.labels import account, list_table, role_table, user_table
from pages._ui.components.downloads import Download, csv_download, xlsx_download
from pages._ui.components.header import section
from pages._ui.formatting.escaping import escape_markdown
from pages._ui.language import in_language
from pages._ui.sign_in.mode import team

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.access.references import References
    from core.store.access.rows import UserRecord

ROW, HEAD = 33, 37
"""Heights of a table's rows and head in pixels."""


def listed() -> list[UserRecord]:
    """Return all users, for who may administer.

    Raises
    ------
    NotAllowedError
        Whoever asks may not.
    """
    runtime.require(Right.ADMINISTER)
    found: list[UserRecord] = reads.cached(store_users.list_users)
    return found


def known() -> References:
    """Return what users can be bound to."""
    found: References = reads.cached(read_references)
    return found


def sentence(records: Sequence[UserRecord]) -> str:
    """Return how many may sign in, and how many of them never did."""
    states = Counter(account(record.user, dt.date.today()) for record in records)
    able = states["in"] + states["new"]
    return ngettext(
        "{n} user may sign in; {new} never did.",
        "{n} users may sign in; {new} of them never did.",
        able,
        new=states["new"],
    )


def downloads(records: Sequence[UserRecord]) -> tuple[Download, ...]:
    """Offer the list, which can be changed and imported again."""
    if not records:
        return ()
    name = _("Users")
    table = list_table(records)
    return csv_download(table, name), xlsx_download(table, name)


def say_message() -> None:
    """Show what went wrong with the last change."""
    if said := st.session_state.pop(MESSAGE, ""):
        st.error(escape_markdown(said), icon=":material/error:")


def invite() -> None:
    """Offer to let somebody in."""
    key = f"invite_{st.session_state.get('invite_round', 0)}"
    with st.popover(_("Invite"), icon=":material/person_add:", type="primary", key="invite"):
        user_form(key, User("", "", "", ()), known(), _("Let them in"), _add)


def _add(user: User) -> None:
    record = store_users.add(runtime.store(), user)
    st.session_state["invite_round"] = st.session_state.get("invite_round", 0) + 1
    st.session_state["chosen_user"] = record.user.email


def user_list(records: Sequence[UserRecord]) -> UserRecord | None:
    """Show all users; return the one that is chosen."""
    version = max((f"{record.updated_at:%Y%m%d%H%M%S}" for record in records), default="")
    event: Any = st.dataframe(
        user_table(records, known(), dt.date.today()),
        hide_index=True,
        height=min(560, HEAD + ROW * len(records)),
        on_select="rerun",
        selection_mode="single-row",
        # Another order of rows is another table: its choice is not that of the one before.
        key=f"users_{len(records)}_{version}",
    )
    if event.selection.rows:
        st.session_state["chosen_user"] = records[event.selection.rows[0]].user.email
    chosen = st.session_state.get("chosen_user")
    return next((record for record in records if record.user.email == chosen), None)


def user_card(record: UserRecord) -> None:
    """Show what can be done with a user."""
    user = record.user
    section(escape_markdown(user.name))
    if account(user, dt.date.today()) == "new":
        st.markdown(
            _("Send this to {name}; the program sends nothing itself:", name=escape_markdown(user.name))
        )
        st.code(invitation(user), language=None, wrap_lines=True)
    with st.container(horizontal=True, key="user_deeds"):
        _deeds(record)
    st.caption(
        _(
            "Version {version}, {actor}, {time}",
            version=record.version,
            actor=escape_markdown(record.updated_by),
            time=f"{record.updated_at:%Y-%m-%d %H:%M}",
        )
    )
    key = f"user_{record.user_id}_{record.version}"
    user_form(key, user, known(), _("Save"), lambda changed: _change(record, changed))


def invitation(user: User) -> str:
    """Return what to send to somebody who may sign in."""
    signs_in = team()
    return _(
        "{name}, you can sign in at {address} with your account {email}.",
        name=user.name,
        address=_("(address of the server)") if signs_in is None else signs_in.origin,
        email=user.email,
    )


def _deeds(record: UserRecord) -> None:
    user = record.user
    if user.active:
        _button("deactivate", _("Deactivate"), ":material/person_off:", record, replace(user, active=False))
        see_as.offer(user)
    else:
        _button("activate", _("Let in again"), ":material/how_to_reg:", record, replace(user, active=True))
    if user.subject:
        _button("release", _("Release the binding"), ":material/link_off:", record, replace(user, subject=""))


def _button(key: str, label: str, icon: str, record: UserRecord, changed: User) -> None:
    anew = _("The next sign-in with the address binds the user anew: after a change of the sign-in service.")
    st.button(
        label,
        icon=icon,
        key=f"user_{key}",
        on_click=in_language(_changed),
        args=(record, changed),
        help=anew if key == "release" else None,
    )


def _change(record: UserRecord, user: User) -> None:
    saved = store_users.change(runtime.store(), record, user)
    st.session_state["chosen_user"] = saved.user.email


def _changed(record: UserRecord, user: User) -> None:
    try:
        _change(record, user)
    except AppError as error:
        st.session_state[MESSAGE] = str(error)


def four_eyes() -> None:
    """Choose whether who submits a plan may approve it."""
    st.session_state["four_eyes"] = needs_four_eyes(runtime.store())
    st.toggle(
        _("Four eyes: who submits a plan or a strategy card can't approve it"),
        key="four_eyes",
        on_change=in_language(_choose_four_eyes),
    )


def _choose_four_eyes() -> None:
    prefer(runtime.store(), FOUR_EYES, "yes" if st.session_state["four_eyes"] else "no")


def roles() -> None:
    """Show what each role may do."""
    with st.expander(_("What the roles may do"), icon=":material/badge:"):
        st.dataframe(role_table(), hide_index=True, row_height=60)
