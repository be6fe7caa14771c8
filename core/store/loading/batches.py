"""Import batches: what came in when, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from core.errors import StoreError
from core.i18n import _
from core.store.loading.approved_plans import refuse_lost_ground, refuse_undo_of_closed
from core.store.loading.foreign_keys import orphans
from core.store.loading.quarantine import undo_runs, whole_runs
from core.store.loading.retention import last_clearing, read_clearing
from core.store.market.regions import refresh_closure
from core.store.read_tracking import AUDITED_TABLES

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from core.store.database import Store

_LIST = """
    SELECT b.batch_id, b.loaded_at, b.file_name, b.table_name, b.mode, b.rows_read, b.rows_inserted,
           b.rows_updated, b.rows_deleted, b.warnings,
           CASE WHEN b.status = 'loaded' AND b.batch_id <= $cleared THEN 'final' ELSE b.status END AS status,
           b.actor, b.sha256
    FROM import_batch AS b
    ORDER BY b.batch_id DESC
"""
_ISSUES = """
    SELECT i.table_name, i.row_number, i.column_name, i.level, i.code, i.value, i.message, i.occurrences
    FROM data_issue AS i
    WHERE i.batch_id = $batch
"""


def list_batches(store: Store) -> pa.Table:
    """Return all import batches, the latest first.

    Returns
    -------
    pyarrow.Table
        ``batch_id, loaded_at, file_name, table_name, mode, rows_read, rows_inserted, rows_updated,
        rows_deleted, warnings, status`` (loaded, undone, or final: it can no longer be undone)``, actor,
        sha256``.
    """
    return store.fetch(_LIST, {"cleared": read_clearing(store).batch})


def batch_issues(store: Store, batch_id: int) -> pa.Table:
    """Return the warnings that were kept with a batch, in the words of the language of its import."""
    return store.fetch(_ISSUES, {"batch": batch_id})


def undo(store: Store, batch_ids: Sequence[int], *, actor: str = "local") -> None:
    """Take batches back, the latest first: their rows go, the rows they displaced return.

    Parameters
    ----------
    batch_ids
        Batches in any order; all of them in one transaction or none. Of a file that came through the
        guided import all tables go together, and the rows it set aside are closed.

    Raises
    ------
    StoreError
        A batch doesn't exist or is undone already, a later batch changed the same rows, or rows that
        are left would point to rows that are gone; or an approved plan would change or lose what it
        stands on.
    """
    wanted = sorted(set(batch_ids), reverse=True)

    def work(cursor: duckdb.DuckDBPyConnection) -> None:
        whole = whole_runs(cursor, wanted)
        refuse_undo_of_closed(cursor, whole)
        tables = {_undo_one(cursor, batch) for batch in whole}
        undo_runs(cursor, whole, actor)
        refuse_lost_ground(cursor)
        dangling = orphans(cursor, sorted(tables))
        if dangling:
            table, column, target, count = dangling[0]
            raise StoreError(
                _(
                    "{count} rows of {table} point to rows of {target} that would be gone ({column}).",
                    count=count,
                    table=table,
                    target=target,
                    column=column,
                ),
                _("Undo the import of {table} first, or both together.", table=table),
            )
        if "region" in tables:
            refresh_closure(cursor)

    names = ", ".join(map(str, wanted))
    details = {"entity": "import_batch", "entity_key": names}
    store.write_beside("undo", work, touching=AUDITED_TABLES, actor=actor, details=details)


def _undo_one(cursor: duckdb.DuckDBPyConnection, batch: int) -> str:
    rows = cursor.execute(
        "SELECT b.table_name, b.status, b.file_name FROM import_batch AS b WHERE b.batch_id = $batch",
        {"batch": batch},
    ).fetchall()
    if not rows:
        raise StoreError(_("There is no import batch {batch}.", batch=batch), _("List the batches first."))
    table, status, file = rows[0]
    if status == "undone":
        raise StoreError(_("The import of {file} (batch {batch}) is undone already.", file=file, batch=batch))
    cleared = last_clearing(cursor)
    if batch <= cleared.batch:
        raise StoreError(
            _("The import of {file} (batch {batch}) can no longer be undone.", file=file, batch=batch),
            cleared.reason,
        )
    later = cursor.execute(
        f"SELECT h.displaced_by, COUNT(*) FROM history.{table} AS h WHERE h.batch_id = $batch"
        " GROUP BY h.displaced_by ORDER BY h.displaced_by DESC LIMIT 1",
        {"batch": batch},
    ).fetchall()
    if later:
        raise StoreError(
            _(
                "Batch {later} changed {count} rows of batch {batch} ({file}).",
                later=later[0][0],
                count=later[0][1],
                batch=batch,
                file=file,
            ),
            _("Undo batch {later} first, or both together.", later=later[0][0]),
        )
    cursor.execute(f"DELETE FROM {table} AS t WHERE t.batch_id = $batch", {"batch": batch})
    cursor.execute(
        f"INSERT INTO {table} BY NAME SELECT h.* EXCLUDE (displaced_by) FROM history.{table} AS h"
        " WHERE h.displaced_by = $batch",
        {"batch": batch},
    )
    cursor.execute(f"DELETE FROM history.{table} AS h WHERE h.displaced_by = $batch", {"batch": batch})
    cursor.execute(
        "UPDATE import_batch AS b SET status = 'undone' WHERE b.batch_id = $batch", {"batch": batch}
    )
    return str(table)
