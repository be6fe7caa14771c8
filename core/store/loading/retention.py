"""How long imports can be taken back: clearing the rows they replaced, and saying so.

A batch can be taken back while the rows it replaced are kept. Batches are cleared from the first one on, so
one number tells which are: it stands in the table ``setting``, with the day and the rule it followed.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import _
from core.settings import Settings
from core.store.database import Unchanged
from core.tables import BY_NAME

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

UNDO_DAYS = "undo_days"
"""The preference of a store that wins over the setting of the installation; 0 keeps everything."""
CHOICES = (30, 90, 400, 0)
"""Days that the page offers."""
_CLEARED = "history_cleared"
_VALUE = "SELECT s.value FROM setting AS s WHERE s.name = $name"


@dataclass(frozen=True)
class Clearing:
    """The last clearing of a store.

    Parameters
    ----------
    batch
        The last batch that can no longer be taken back; 0 where nothing was cleared.
    day, days
        When that was, and how many days imports were kept then.
    """

    batch: int = 0
    day: dt.date | None = None
    days: int = 0

    @property
    def reason(self) -> str:
        """Why its batches can't be taken back."""
        return _(
            "What it replaced was cleared on {day}: imports can be taken back for {days} days.",
            day=self.day,
            days=self.days,
        )


def undo_days(store: Store, default: int) -> int:
    """Return for how many days an import can be taken back; 0 for ever.

    Parameters
    ----------
    default
        The setting of the installation, which counts where nothing was chosen for the store.
    """
    rows = store.fetch(_VALUE, {"name": UNDO_DAYS}).to_pylist()
    return int(rows[0]["value"]) if rows else default


def last_clearing(cursor: duckdb.DuckDBPyConnection) -> Clearing:
    """Return what the store says of its last clearing."""
    rows = cursor.execute(_VALUE, {"name": _CLEARED}).fetchall()
    if not rows:
        return Clearing()
    value = json.loads(rows[0][0])
    return Clearing(value["batch"], dt.date.fromisoformat(value["day"]), value["days"])


def read_clearing(store: Store) -> Clearing:
    """Return the last clearing of a store."""
    with store.cursor() as cursor:
        return last_clearing(cursor)


def clear_expired(store: Store) -> int:
    """Clear what the store's own preference, or else the installation's setting, says; return the rows."""
    return clear_history(store, undo_days(store, Settings.from_environment().undo_days))


def clear_history(store: Store, days: int, today: dt.date | None = None) -> int:
    """Remove the rows that imports replaced more than some days ago.

    Parameters
    ----------
    days
        How long an import can be taken back; 0 for ever, which clears nothing.

    Returns
    -------
    int
        Rows that were removed; 0 leaves no trace.
    """
    if days <= 0:
        return 0
    today = today or dt.date.today()
    last = _expired(store, today - dt.timedelta(days=days))
    if not last:
        return 0

    def work(cursor: duckdb.DuckDBPyConnection) -> int:
        if last <= last_clearing(cursor).batch:
            raise Unchanged(0)
        removed = sum(
            cursor.execute(
                f"DELETE FROM history.{table} AS h WHERE h.displaced_by <= $last", {"last": last}
            ).fetchall()[0][0]
            for table in BY_NAME
        )
        value = json.dumps({"batch": last, "day": today.isoformat(), "days": days})
        cursor.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", [_CLEARED, value])
        return int(removed)

    details = {"entity": "setting", "entity_key": _CLEARED, "after": str(last)}
    return store.write_beside("clear_history", work, touching=("setting",), details=details)


def _expired(store: Store, before: dt.date) -> int:
    """Return the last batch loaded before a day that is not cleared yet; 0 where there is none.

    Batches are numbered in the order they were loaded: a later one with an earlier day, by a clock that was
    put back, doesn't clear those between.
    """
    with store.cursor() as cursor:
        cleared = last_clearing(cursor).batch
        rows = cursor.execute(
            "SELECT COALESCE(MAX(b.batch_id), 0) FROM import_batch AS b WHERE b.batch_id > $cleared"
            " AND b.batch_id < (SELECT COALESCE(MIN(l.batch_id), 9223372036854775807) FROM import_batch AS l"
            " WHERE l.batch_id > $cleared AND l.loaded_at >= $before)",
            {"cleared": cleared, "before": before},
        ).fetchall()
    return int(rows[0][0])
