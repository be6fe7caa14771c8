"""Users as rows of the store, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from core.access import User
from core.errors import AppError
from core.i18n import _
from core.store.queries import query

if TYPE_CHECKING:
    import duckdb

_LISTS = ("roles", "region_ids", "companies")
_PLAIN = ("email", "name", "employee_id", "active", "since", "until")


@dataclass(frozen=True)
class UserRecord:
    """A user as stored.

    Parameters
    ----------
    user_id
        Stays the same whatever else changes.
    version
        Rises with every change; whoever changes a user says which version that was based on.
    """

    user_id: str
    user: User
    version: int
    updated_at: dt.datetime
    updated_by: str


class UserConflictError(AppError):
    """Somebody changed the same user in the meantime; nothing was written.

    Parameters
    ----------
    theirs
        The user as it is now; None where there is none any more.
    """

    def __init__(self, theirs: UserRecord | None) -> None:
        if theirs is None:
            message = _("There is no such user.")
        else:
            message = _(
                "{actor} changed the user {name} at {time}, after you opened it.",
                actor=theirs.updated_by,
                name=theirs.user.name,
                time=f"{theirs.updated_at:%Y-%m-%d %H:%M}",
            )
        super().__init__(message, _("Look at it as it is now, then do it again."))
        self.theirs = theirs


def values_of(user: User) -> dict[str, Any]:
    """Return the columns of ``app_user`` that hold a user."""
    lists = {name: _list_text(getattr(user, name)) for name in _LISTS}
    return {"subject": user.subject or None, **{name: getattr(user, name) for name in _PLAIN}, **lists}


def record_of(row: Mapping[str, Any]) -> UserRecord:
    """Return a user from a row of ``app_user``."""
    values: dict[str, Any] = {name: row[name] for name in _PLAIN}
    values |= {name: None if row[name] is None else tuple(json.loads(row[name])) for name in _LISTS}
    user = User(subject=row["subject"] or "", **values)
    return UserRecord(row["user_id"], user, row["version"], row["updated_at"], row["updated_by"])


def current_records(cursor: duckdb.DuckDBPyConnection) -> list[UserRecord]:
    """Return all users as a transaction sees them."""
    answer = cursor.execute(query("access/users")[0])
    names = [column[0] for column in answer.description or ()]
    return [record_of(dict(zip(names, row, strict=True))) for row in answer.fetchall()]


def audit_text(user: User | None) -> str | None:
    """Return a user as it stands in the audit log; None where there was none."""
    if user is None:
        return None
    values = {name: value for name, value in asdict(user).items() if value not in (None, "")}
    return json.dumps(values, ensure_ascii=False, default=str, sort_keys=True)


def _list_text(values: tuple[str, ...] | None) -> str | None:
    return None if values is None else json.dumps(list(values), ensure_ascii=False)
