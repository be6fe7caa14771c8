"""Users: list, add, change, deactivate; every change a version, nobody locked out by mistake.

A user who worked is never deleted, because what was written down names them: who shall not come in any
more is deactivated.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from core.access.rights import ADMIN, Right
from core.access.user import check_user, email_key
from core.errors import InputError, nearest
from core.i18n import _
from core.store.access.references import read_references
from core.store.access.rows import (
    UserConflictError,
    UserRecord,
    audit_text,
    current_records,
    record_of,
    values_of,
)
from core.store.database import Unchanged

if TYPE_CHECKING:
    import duckdb

    from core.access import User
    from core.store.database import Store

ENTITY = "app_user"
"""What the audit log calls users."""


def list_users(store: Store) -> list[UserRecord]:
    """Return all users, the active ones first, by name.

    Raises
    ------
    NotAllowedError
        Whoever asks may not administer.
    """
    store.access.require(Right.ADMINISTER)
    return [record_of(row) for row in store.read("access/users").to_pylist()]


def load(store: Store, email: str) -> UserRecord:
    """Return a user by e-mail address.

    Raises
    ------
    InputError
        There is none; the nearest one is named.
    """
    known = {record.user.email: record for record in list_users(store)}
    key = email_key(email)
    if key not in known:
        near = nearest(key, known)
        raise InputError(
            _("There is no user {email}.", email=key), _("Did you mean {name}?", name=near) if near else ""
        )
    return known[key]


def add(store: Store, user: User, *, actor: str = "local") -> UserRecord:
    """Add a user, who is found by the e-mail address at the first sign-in.

    Raises
    ------
    InputError
        Something is wrong with the user, or the address is taken.
    """
    checked, actor = _checked(store, user), store.access.written_by(actor)

    def change(cursor: duckdb.DuckDBPyConnection) -> UserRecord:
        return insert(cursor, replace(checked, subject=""), actor)

    details = {"entity": ENTITY, "entity_key": checked.email, "after": audit_text(checked)}
    return store.write("user_add", change, actor=actor, details=details)


def change(store: Store, record: UserRecord, user: User, *, actor: str = "local") -> UserRecord:
    """Save a changed user as the next version.

    Parameters
    ----------
    record
        The user as it was read.
    user
        As it shall be. The subject stays, unless it is made empty: then the next sign-in with the address
        binds the user anew.

    Raises
    ------
    UserConflictError
        Somebody changed the user since it was read.
    InputError
        Something is wrong with the user, the address is taken, or nobody would administer any more.
    """
    checked = _checked(store, replace(user, subject=record.user.subject if user.subject else ""))
    actor = store.access.written_by(actor)

    def write(cursor: duckdb.DuckDBPyConnection) -> UserRecord:
        return update(cursor, record, checked, actor)

    details = {
        "entity": ENTITY,
        "entity_key": record.user.email,
        "before": audit_text(record.user),
        "after": audit_text(checked),
    }
    return store.write("user_change", write, actor=actor, details=details)


def deactivate(store: Store, record: UserRecord, *, actor: str = "local") -> UserRecord:
    """Let a user in no more; what they did stays, and so does their address."""
    return change(store, record, replace(record.user, active=False), actor=actor)


def save_all(store: Store, users: Sequence[User], *, actor: str = "local") -> tuple[int, int]:
    """Add or change the users of a list, by e-mail address; users that aren't in it stay as they are.

    Returns
    -------
    tuple of int
        How many were added, how many changed.

    Raises
    ------
    InputError
        Something is wrong with a user of the list; nothing was written.
    """
    checked = [_checked(store, user) for user in users]
    actor = store.access.written_by(actor)

    def write(cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
        known = {record.user.email: record for record in current_records(cursor)}
        added = [insert(cursor, user, actor) for user in checked if user.email not in known]
        changed = 0
        for user in checked:
            record = known.get(user.email)
            wanted = replace(user, subject=record.user.subject) if record else user
            if record and wanted != record.user:
                update(cursor, record, wanted, actor, keeps_an_admin=False)
                changed += 1
        if not added and not changed:
            raise Unchanged((0, 0))
        if any(_is_lasting_admin(record.user) for record in known.values()):
            _check_admin(current_records(cursor))
        return len(added), changed

    lines = "\n".join(text for user in checked if (text := audit_text(user)))
    details = {"entity": ENTITY, "entity_key": str(len(checked)), "after": lines}
    return store.write("user_import", write, actor=actor, details=details)


def insert(cursor: duckdb.DuckDBPyConnection, user: User, actor: str) -> UserRecord:
    """Add a user inside a transaction."""
    now, user_id = dt.datetime.now().replace(microsecond=0), secrets.token_hex(6)
    _claim(cursor, user.email, user_id)
    row = {
        "user_id": user_id, **values_of(user), "version": 1, "created_at": now, "created_by": actor,
        "updated_at": now, "updated_by": actor,
    }  # fmt: skip
    columns = ", ".join(row)
    cursor.execute(f"INSERT INTO app_user ({columns}) VALUES ({', '.join('$' + name for name in row)})", row)
    return record_of(row)


def update(
    cursor: duckdb.DuckDBPyConnection,
    record: UserRecord,
    user: User,
    actor: str,
    *,
    keeps_an_admin: bool = True,
) -> UserRecord:
    """Write a user's next version inside a transaction."""
    standing = {other.user_id: other for other in current_records(cursor)}
    now = standing.get(record.user_id)
    if now is None or now.version != record.version:
        raise UserConflictError(now)
    if now.user == user:
        raise Unchanged(now)
    if user.email != now.user.email:
        _claim(cursor, user.email, now.user_id)
        if not now.user.subject:
            # Nobody ever signed in with it, so nothing is written down under it.
            cursor.execute("DELETE FROM app_user_email WHERE email = $email", {"email": now.user.email})
    changed = {
        **values_of(user),
        "version": now.version + 1,
        "updated_at": dt.datetime.now().replace(microsecond=0),
        "updated_by": actor,
    }
    assignments = ", ".join(f"{name} = ${name}" for name in changed)
    cursor.execute(
        f"UPDATE app_user SET {assignments} WHERE user_id = $user_id", {**changed, "user_id": now.user_id}
    )
    saved = record_of({**changed, "user_id": now.user_id})
    if keeps_an_admin and _is_lasting_admin(now.user):
        _check_admin([saved if other.user_id == saved.user_id else other for other in standing.values()])
    return saved


def _checked(store: Store, user: User) -> User:
    """Return a user with the address as it is kept; refuse one with whom something is wrong."""
    settled = replace(user, email=email_key(user.email), name=user.name.strip())
    check_user(settled)
    absent = read_references(store).issues(settled)
    if absent:
        raise InputError(" ".join(absent))
    return settled


def _claim(cursor: duckdb.DuckDBPyConnection, email: str, user_id: str) -> None:
    """Give an address to a user for ever; refuse one that is or was somebody else's."""
    rows = cursor.execute(
        "SELECT u.user_id, u.name, u.email FROM app_user_email AS e"
        " JOIN app_user AS u ON u.user_id = e.user_id WHERE e.email = $email",
        {"email": email},
    ).fetchall()
    if not rows:
        cursor.execute("INSERT INTO app_user_email VALUES ($email, $user)", {"email": email, "user": user_id})
        return
    owner, name, present = rows[0]
    if owner == user_id:
        return
    if present == email:
        raise InputError(
            _("{email} is the address of the user {name}.", email=email, name=name), _("Change that user.")
        )
    raise InputError(
        _(
            "{email} was the address of {name}: what {name} did is written down under it.",
            email=email,
            name=name,
        ),
        _("Use another address."),
    )


def _is_lasting_admin(user: User) -> bool:
    """Return whether a user administers today and is not going to be shut out by a date."""
    return ADMIN in user.roles and user.until is None and user.is_admitted(dt.date.today())


def _check_admin(records: Collection[UserRecord]) -> None:
    if not any(_is_lasting_admin(record.user) for record in records):
        raise InputError(
            _("Nobody would keep users and settings any more: this is the last active administrator."),
            _("Make somebody else administrator first."),
        )
