"""Finding the user who signs in, and binding the first sign-in to a user."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.access.user import email_key
from core.errors import InputError
from core.i18n import _
from core.store.access.rows import UserRecord, current_records
from core.store.access.users import ENTITY, list_users, update

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from core.store.database import Store


def find(store: Store, subject: str, email: str) -> UserRecord | None:
    """Return the user who signs in; None where nobody is listed.

    A subject that is bound finds its user whatever the address says. An address finds only a user who never
    signed in: who got the address of a former colleague does not become that colleague.

    Parameters
    ----------
    subject
        What the sign-in service calls the person for ever, with its own name before it.
    email
        The address that the service vouches for; empty where it doesn't.
    """
    return _found(list_users(store), subject, email)


def bind(store: Store, record: UserRecord, subject: str) -> UserRecord:
    """Bind a user to the subject of the first sign-in; one who is bound to it stays as is.

    Raises
    ------
    InputError
        The user is bound to another subject, or the subject to another user.
    """
    if record.user.subject == subject:
        return record

    def change(cursor: duckdb.DuckDBPyConnection) -> UserRecord:
        found = _found(current_records(cursor), subject, record.user.email)
        if found is None or found.user_id != record.user_id:
            raise InputError(
                _("{email} is bound to another account of the sign-in service.", email=record.user.email),
                _("Ask an administrator to release the binding."),
            )
        return update(cursor, found, replace(found.user, subject=subject), found.user.email)

    details = {"entity": ENTITY, "entity_key": record.user.email, "after": subject}
    return store.write("user_bind", change, actor=record.user.email, details=details)


def record_look(store: Store, email: str) -> None:
    """Write down that an administrator looks at the pages as a user sees them."""
    details = {"entity": ENTITY, "entity_key": email}
    store.write("see_as", lambda _cursor: None, details=details)


def _found(records: Sequence[UserRecord], subject: str, email: str) -> UserRecord | None:
    if not subject:
        return None
    bound = next((record for record in records if record.user.subject == subject), None)
    if bound is not None:
        return bound
    key = email_key(email)
    return next((each for each in records if key and each.user.email == key and not each.user.subject), None)
