"""Reading the audit: changes of the data and other events in one list."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.access import Right
from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

MAX_ROWS = 1_000_000
"""Entries that a file holds at most; a worksheet has room for no more."""


@dataclass(frozen=True)
class AuditFilter:
    """Which entries are looked at; None for all.

    Parameters
    ----------
    entity
        Text in the name of what it was about, or in its key.
    start, end
        First and last day.
    """

    actor: str | None = None
    kind: str | None = None
    action: str | None = None
    outcome: str | None = None
    entity: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise InputError(
                _("The last day {end} lies before the first one {start}.", start=self.start, end=self.end),
                _("Exchange them."),
            )


def entries(store: Store, wanted: AuditFilter, most: int = MAX_ROWS) -> pd.DataFrame:
    """Return entries of the audit, the latest first.

    Parameters
    ----------
    most
        How many at most.

    Returns
    -------
    pandas.DataFrame
        happened_at, actor, address, session, kind, action, outcome, entity, entity_key, before, after.

    Raises
    ------
    NotAllowedError
        Whoever asks is no administrator.
    """
    store.access.require(Right.ADMINISTER)
    until = None if wanted.end is None else wanted.end + dt.timedelta(days=1)
    table = store.read(
        "audit/entries",
        actor=wanted.actor,
        kind=wanted.kind,
        action=wanted.action,
        outcome=wanted.outcome,
        entity=wanted.entity or None,
        since=wanted.start,
        until=until,
        most=most,
    )
    return table.to_pandas()


def choices(store: Store) -> pd.DataFrame:
    """Return actor, kind, action and how many entries each has; to administrators only."""
    store.access.require(Right.ADMINISTER)
    return store.read("audit/choices").to_pandas()


def own_actor(store: Store) -> str | None:
    """Return whose changes a user can take back: their own for whoever sees a part, None for everybody's."""
    return store.access.actor if store.access.is_restricted else None
