"""An event as the audit keeps it beside changes of the data, and the row it is written as."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from core.store.writing.origin import current_origin

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from core.errors import AppError

_INSERT = (
    "INSERT INTO audit_event"
    " (happened_at, actor, address, session, kind, action, outcome, entity, entity_key, after)"
    " VALUES ($now, $actor, $address, $session, $kind, $action, $outcome, $entity, $entity_key, $after)"
)
MAX_TEXT = 2_000
"""Characters kept of a key or of details: a row tells what happened, it is no copy of the data."""


class EventKind(StrEnum):
    """What an event is about; ``change`` is what an audited write is listed as."""

    CHANGE = "change"
    SIGN_IN = "sign_in"
    REFUSAL = "refusal"
    EXPORT = "export"
    BACKUP = "backup"


class Outcome(StrEnum):
    """How it ended."""

    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True)
class Event:
    """Something that happened and changed no data.

    Parameters
    ----------
    action
        What somebody did or tried, in the words of the program: ``sign_in``, ``export``, ``edit_customers``.
    entity, entity_key
        What it was about: a table, a page, a kind of file; and which one of them.
    details
        What else is worth knowing, such as rows, or why it was refused.
    """

    kind: EventKind
    action: str
    outcome: Outcome = Outcome.DONE
    entity: str | None = None
    entity_key: str | None = None
    details: Mapping[str, Any] | None = None


def refusal(action: str, error: AppError, details: Mapping[str, Any] | None) -> Event:
    """Return the event of a change that was refused: which, about what, and what was answered.

    Parameters
    ----------
    details
        ``entity`` and ``entity_key`` of the change, as the audit log would have them.
    """
    about = details or {}
    said = {"message": error.message, "hint": error.hint}
    return Event(
        EventKind.REFUSAL, action, Outcome.REFUSED, about.get("entity"), about.get("entity_key"), said
    )


def write_event(cursor: duckdb.DuckDBPyConnection, event: Event, actor: str) -> None:
    """Write the row of an event inside a transaction that sees the whole store."""
    origin = current_origin()
    details = json.dumps(event.details, ensure_ascii=False, default=str) if event.details else None
    row = {
        "now": dt.datetime.now(),
        "actor": actor,
        "address": origin.address,
        "session": origin.session,
        "kind": event.kind,
        "action": event.action,
        "outcome": event.outcome,
        "entity": event.entity,
        "entity_key": event.entity_key and event.entity_key[:MAX_TEXT],
        "after": details and details[:MAX_TEXT],
    }
    cursor.execute(_INSERT, row)
