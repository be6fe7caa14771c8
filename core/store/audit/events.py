"""What the audit keeps beside changes of the data: sign-ins, refusals, files that left, copies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.access import LOCAL, Right
from core.store.writing.event import Event, EventKind, Outcome, write_event

if TYPE_CHECKING:
    from core.store.database import Store

__all__ = ["Event", "EventKind", "Outcome", "record_event", "record_export"]


def record_event(store: Store, event: Event, *, actor: str | None = None) -> None:
    """Write an event into the audit; the data version and every cache stay as they are.

    Parameters
    ----------
    store
        As whoever did it sees it; the entry is made whatever that is.
    actor
        Who did it, or who tried; None for whom the store is opened for.
    """
    who = store.access.actor if actor is None else actor
    store.for_access(LOCAL).maintain(lambda cursor: write_event(cursor, event, who))


def record_export(store: Store, file: str, *, entity: str | None = None, size: int | None = None) -> None:
    """Write down that a file leaves; call it before the file is handed over.

    Parameters
    ----------
    file
        Its name.
    entity
        What made it: the page, or the command.
    size
        Bytes.

    Raises
    ------
    NotAllowedError
        Whoever asks may take no files; that is written down as well.
    """
    details = None if size is None else {"bytes": size}
    event = Event(EventKind.EXPORT, "export", Outcome.DONE, entity, file, details)
    if not store.access.can(Right.EXPORT):
        record_event(store, replace(event, kind=EventKind.REFUSAL, outcome=Outcome.REFUSED))
    store.access.require(Right.EXPORT)
    record_event(store, event)
