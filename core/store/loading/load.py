"""The one door through which files enter the store: stage, check, and write all or nothing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from core.errors import CancelledError, StoreError
from core.i18n import _
from core.store.approval import needs_four_eyes
from core.store.caching import region_rollup
from core.store.database import Store, Unchanged
from core.store.loading.apart.staging_apart import stage_apart
from core.store.loading.approved_plans import refuse_unsigned
from core.store.loading.column_checks import duplicate_problems, value_problems
from core.store.loading.foreign_keys import pointers, reference_problems
from core.store.loading.handover import handover_folder
from core.store.loading.load_modes import deletions, existing_keys
from core.store.loading.problems import Level, Problem
from core.store.loading.retention import clear_expired
from core.store.loading.row_rules import rule_problems
from core.store.loading.source_table import Mode, RawTable
from core.store.loading.staging import Stage, stage
from core.store.loading.upsert import Changes, delete_absent, merge
from core.store.market.regions import refresh_closure
from core.store.read_tracking import AUDITED_TABLES
from core.tables import TABLES
from core.tables.boundary import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    import duckdb

    from core.store.progress import Watch

_STAGED, _CHECKED = 0.45, 0.65


@dataclass(frozen=True)
class Batch:
    """What one file did.

    Parameters
    ----------
    batch_id
        Its number; None when it changed nothing, so that there is nothing to undo.
    file, table
        The file, and the table it went into.
    """

    batch_id: int | None
    file: str
    table: str
    rows: int
    changes: Changes


@dataclass(frozen=True)
class Examination:
    """The result of checking files: what is wrong, and how many rows each has."""

    problems: tuple[Problem, ...]
    rows: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True)
class Acceptance:
    """What the caller of :func:`load` decides after the check.

    Parameters
    ----------
    messages
        A sentence per problem that is kept with the batch.
    sha256
        Fingerprint of the files by name.
    """

    messages: Sequence[tuple[Problem, str]]
    sha256: Callable[[str], str]


def examine(store: Store, raws: Sequence[RawTable], mode: Mode, watch: Watch) -> Examination:
    """Check files against the store and each other, and write nothing."""
    with handover_folder() as folder, store.cursor() as cursor, watch.over(cursor):
        cursor.execute("BEGIN TRANSACTION")
        try:
            stages, problems = _prepare(cursor, raws, mode, watch, folder)
        finally:
            cursor.execute("ROLLBACK")
    return _examination(stages, problems)


def load(
    store: Store,
    raws: Sequence[RawTable],
    mode: Mode,
    watch: Watch,
    *,
    accept: Callable[[Examination], Acceptance],
    also: Callable[[duckdb.DuckDBPyConnection, Sequence[int]], object] | None = None,
    actor: str = "local",
) -> list[Batch]:
    """Check files and write them in one transaction.

    Parameters
    ----------
    mode
        What happens to rows that are in the store already.
    watch
        Progress and cancellation. Whoever stops while derived tables are made has the rows loaded, and the
        tables are made at the next read.
    accept
        Called after the check; raises to refuse, which leaves the store as it was.
    also
        What is written in the same transaction, given the numbers of the batches; with it the import
        counts as a change even if no row changed.

    Returns
    -------
    list of Batch
        One per table of a file. Files that change nothing leave no trace.
    """
    tables = sorted({raw.table.name for raw in raws})
    four_eyes = needs_four_eyes(store)

    def work(folder: Path, cursor: duckdb.DuckDBPyConnection) -> list[Batch]:
        with watch.over(cursor):
            stages, problems = _prepare(cursor, raws, mode, watch, folder)
            acceptance = accept(_examination(stages, problems))
            batches = _write(cursor, stages, mode, watch, acceptance, actor)
            if four_eyes:
                refuse_unsigned(cursor, [each.batch_id for each in batches if each.batch_id is not None])
        if also is not None:
            also(cursor, [batch.batch_id for batch in batches if batch.batch_id is not None])
        elif not any(batch.changes for batch in batches):
            raise Unchanged(batches)
        changed = {batch.table for batch in batches if batch.changes}
        months = _months(cursor, stages, mode)
        # Whoever stops from here on has everything loaded; the next read sums up.
        with suppress(CancelledError):
            region_rollup.bring_up(cursor, changed=changed, months=months, step=watch.part(0.9, 0.98).step)
            watch.step(0.98, _("Saving"))
        return batches

    def finish(cursor: duckdb.DuckDBPyConnection, version: int) -> None:
        if not watch.cancelled:
            region_rollup.mark(cursor, version)

    names = ", ".join(raw.file for raw in raws)
    details = {"entity": ", ".join(tables), "entity_key": mode.value, "after": names[:2000]}
    with handover_folder() as folder:
        batches = store.write_beside(
            "import",
            partial(work, folder),
            touching=_touching(tables, mode),
            actor=actor,
            details=details,
            finish=finish,
        )
    with suppress(StoreError):
        # What was loaded is loaded, whatever becomes of the clearing; the next import tries again.
        clear_expired(store)
    return batches


def _touching(tables: Collection[str], mode: Mode) -> frozenset[str]:
    """Return the tables whose change by somebody else would make an import decide differently."""
    if mode is Mode.REPLACE:
        return AUDITED_TABLES
    touched = {*tables, "quarantine"}
    for table in (*TABLES, BOUNDARY):
        if table.name in tables:
            touched |= {target for _column, target, _condition in pointers(table)}
    if touched & region_rollup.SOURCES:
        touched |= region_rollup.SOURCES
    return frozenset(touched)


def _months(cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage], mode: Mode) -> list[dt.date] | None:
    """Return the months whose facts the files changed; None where that may be any."""
    if mode is Mode.REPLACE:
        return None
    texts = [
        f"SELECT s.month FROM {stage.name} AS s"
        for stage in stages
        if stage.table.name in region_rollup.MONTHLY_SOURCES
    ]
    if not texts:
        return None
    rows = cursor.execute(f"SELECT DISTINCT m.month FROM ({' UNION ALL '.join(texts)}) AS m").fetchall()
    return [row[0] for row in rows if row[0] is not None]


def _examination(stages: Sequence[Stage], problems: Sequence[Problem]) -> Examination:
    return Examination(
        tuple(problems), tuple((stage.raw.file, stage.table.name, stage.rows) for stage in stages)
    )


def _prepare(
    cursor: duckdb.DuckDBPyConnection,
    raws: Sequence[RawTable],
    mode: Mode,
    watch: Watch,
    folder: Path,
) -> tuple[list[Stage], list[Problem]]:
    stages: list[Stage] = []
    problems: list[Problem] = []
    for number, raw in enumerate(raws):
        watch.step(_STAGED * number / len(raws), _("Reading {file}", file=raw.file))
        if raw.path is None or raw.own:
            staged, found = stage(cursor, raw, number)
        else:
            staged, found = stage_apart(cursor, raw, number, watch, folder)
        stages.append(staged)
        problems.extend(found)
    for number, staged in enumerate(stages):
        fraction = _STAGED + (_CHECKED - _STAGED) * number / len(stages)
        watch.step(fraction, _("Checking {file}", file=staged.raw.file))
        problems.extend(value_problems(cursor, staged, number))
    problems.extend(reference_problems(cursor, stages, mode))
    problems.extend(rule_problems(cursor, stages, mode))
    for group in _by_table(stages).values():
        watch.stop_if_cancelled()
        problems.extend(duplicate_problems(cursor, group))
        if mode is Mode.APPEND:
            problems.extend(existing_keys(cursor, group))
        if mode is Mode.REPLACE:
            problems.extend(deletions(cursor, group, stages))
    return stages, problems


def _by_table(stages: Sequence[Stage]) -> dict[str, list[Stage]]:
    groups: dict[str, list[Stage]] = defaultdict(list)
    for staged in stages:
        groups[staged.table.name].append(staged)
    return groups


def _write(
    cursor: duckdb.DuckDBPyConnection,
    stages: Sequence[Stage],
    mode: Mode,
    watch: Watch,
    acceptance: Acceptance,
    actor: str,
) -> list[Batch]:
    number = int(
        cursor.execute("SELECT COALESCE(MAX(b.batch_id), 0) FROM import_batch AS b").fetchall()[0][0]
    )
    batches = []
    groups = _by_table(stages)
    for position, staged in enumerate(stages):
        fraction = _CHECKED + (0.95 - _CHECKED) * position / len(stages)
        watch.step(fraction, _("Writing {file}", file=staged.raw.file))
        deleted = 0
        group = groups[staged.table.name]
        if mode is Mode.REPLACE and staged is group[0]:
            deleted = delete_absent(cursor, group, number + 1)
        done = merge(cursor, staged, mode, number + 1)
        changes = Changes(done.inserted, done.updated, deleted)
        number += 1 if changes else 0
        batch = Batch(number if changes else None, staged.raw.file, staged.table.name, staged.rows, changes)
        if changes:
            _record(cursor, batch, mode, acceptance, actor)
        batches.append(batch)
    if any(batch.table == "region" and batch.changes for batch in batches):
        refresh_closure(cursor)
    return batches


def _record(
    cursor: duckdb.DuckDBPyConnection, batch: Batch, mode: Mode, acceptance: Acceptance, actor: str
) -> None:
    kept = [
        (problem, text)
        for problem, text in acceptance.messages
        if problem.file == batch.file and problem.table == batch.table
    ]
    warnings = sum(problem.occurrences for problem, _text in kept if problem.level is Level.WARNING)
    cursor.execute(
        "INSERT INTO import_batch (batch_id, file_name, sha256, table_name, mode, rows_read, rows_inserted,"
        " rows_updated, rows_deleted, warnings, status, actor, loaded_at) VALUES ($batch, $file, $sha256,"
        " $table, $mode, $rows, $inserted, $updated, $deleted, $warnings, 'loaded', $actor, $now)",
        {
            "batch": batch.batch_id,
            "file": batch.file,
            "sha256": acceptance.sha256(batch.file),
            "table": batch.table,
            "mode": mode.value,
            "rows": batch.rows,
            "inserted": batch.changes.inserted,
            "updated": batch.changes.updated,
            "deleted": batch.changes.deleted,
            "warnings": warnings,
            "actor": actor,
            "now": dt.datetime.now(),
        },
    )
    rows = [
        (
            batch.batch_id,
            batch.table,
            problem.rows[0] if problem.rows else None,
            problem.column,
            problem.level.value,
            problem.code,
            problem.value,
            text,
            problem.occurrences,
        )
        for problem, text in kept
    ]
    if rows:
        cursor.executemany("INSERT INTO data_issue VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
