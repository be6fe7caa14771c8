"""A change of the data as the audit log keeps it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.errors import StoreBusyError
from core.i18n import _
from core.store.read_tracking import AUDITED_TABLES
from core.store.writing.origin import current_origin

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import duckdb


COLUMNS = (
    "happened_at",
    "actor",
    "action",
    "entity",
    "entity_key",
    "before",
    "after",
    "address",
    "session",
)
"""What a row of the audit log holds; the last two came with the ninth format."""


@dataclass(frozen=True)
class Change:
    """One change of the data.

    Parameters
    ----------
    action, actor
        What the user did, and who.
    details
        ``entity``, ``entity_key``, ``before`` and ``after`` of the audit row, as far as there are any.
    finish
        Called at the end of the transaction with the data version it makes.
    touching
        Tables that nobody else may have changed since the beginning; None where nobody else could.
    """

    action: str
    actor: str
    details: Mapping[str, Any]
    finish: Callable[[duckdb.DuckDBPyConnection, int], None] | None = None
    touching: frozenset[str] | None = None

    def record(self, cursor: duckdb.DuckDBPyConnection) -> int:
        """Write the audit row and what ends the transaction; return the new data version."""
        row = {"entity": None, "entity_key": None, "before": None, "after": None, **self.details}
        origin = current_origin()
        row |= {"address": origin.address, "session": origin.session}
        row |= {"happened_at": dt.datetime.now(), "actor": self.actor, "action": self.action}
        values = ", ".join(f"${name}" for name in COLUMNS)
        audit = cursor.execute(
            f"INSERT INTO audit_log ({', '.join(COLUMNS)}) VALUES ({values}) RETURNING audit_id",
            {name: row[name] for name in COLUMNS},
        ).fetchall()[0][0]
        version = int(audit) + 1
        if self.finish is not None:
            self.finish(cursor, version)
        return version

    def refuse_overtaken(self, cursor: duckdb.DuckDBPyConnection, begun: int) -> None:
        """Refuse where a later change than the beginning changed a table this one touches, or may have.

        Parameters
        ----------
        cursor
            Sees what is committed by now.
        begun
            The data version that the transaction began from.

        Raises
        ------
        StoreBusyError
            There is such a change.
        """
        if self.touching is None:
            return
        rows = cursor.execute(
            "SELECT DISTINCT a.entity FROM audit_log AS a WHERE a.audit_id >= $begun", {"begun": begun}
        ).fetchall()
        for (entity,) in rows:
            names = {name.strip() for name in (entity or "").split(",")}
            if names & self.touching or not names <= AUDITED_TABLES:
                raise StoreBusyError(
                    _("Somebody is just changing the same rows."), _("Try again in a minute.")
                )
