"""Reading an untrusted file into a temporary table: another process parses it and sends typed rows."""

from __future__ import annotations

import os
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np

from core.errors import ImportRefusedError
from core.i18n import _
from core.sandbox import Task
from core.settings import Settings
from core.store.loading.column_checks import LOST, every_row, examples, problem_of, rows_named
from core.store.loading.source_table import RawTable, quoted
from core.store.loading.staging import Flag, Stage, rejected, select_typed, stage_of
from core.workspace import own_folder

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    import pyarrow as pa

    from core.store.loading.problems import Problem
    from core.store.progress import Watch

_MEMORY = "512MB"
"""What the engine takes before it writes to the disk; the limit of the process is about twice that."""
_BATCH_ROWS = 100_000


@dataclass(frozen=True)
class Reading:
    """What was noticed while a file was read.

    Parameters
    ----------
    flags
        The meaning of the bits of ``_flags``.
    lost
        Bit -> problems of values that can't be told from what was read of them.
    rejected
        Lines that aren't rows.
    """

    flags: tuple[Flag, ...]
    lost: Mapping[int, list[Problem]]
    rejected: list[Problem]


def stage_apart(
    cursor: duckdb.DuckDBPyConnection, raw: RawTable, number: int, watch: Watch
) -> tuple[Stage, list[Problem]]:
    """Read a file in another process into the temporary table ``stage_<number>``; see ``staging.stage``.

    Parameters
    ----------
    watch
        Ends the other process when the work is stopped.

    Raises
    ------
    ImportRefusedError
        The file can't be read, or its reading takes too much memory or time.
    """
    assert raw.path is not None
    name, rows = f"stage_{number}", f"rows_{number}"
    task = Task.over(raw.path, raw.file, lambda: watch.cancelled)
    with task.stream(read_typed, raw, rows_named()) as stream:
        cursor.register(rows, stream.batches)
        try:
            cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT r.* FROM {rows} AS r")
        finally:
            cursor.unregister(rows)
        reading: Reading = stream.result()
    return stage_of(cursor, raw, name, reading.flags, lost=reading.lost), reading.rejected


def read_typed(raw: RawTable, rows: int | None) -> Generator[pa.RecordBatchReader, None, Reading]:
    """Yield the rows of a file with the types of the store and return what was noticed.

    Parameters
    ----------
    rows
        How many rows problems name, see :func:`core.store.loading.column_checks.rows_named`.
    """
    settings = Settings.from_environment()
    config: dict[str, Any] = {
        "memory_limit": _MEMORY,
        "threads": str(settings.threads),
        "temp_directory": str(own_folder(settings.temp)),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    try:
        with duckdb.connect(config=config) as connection:
            connection.execute("SET TimeZone = 'Asia/Shanghai'")
            select, flags = select_typed(connection, raw)
            bits = _Bits(connection.sql(select).to_arrow_reader(_BATCH_ROWS))
            yield bits.reader()
            raised = [flag for flag in flags if flag.bit & bits.found and flag.code in LOST]
            with every_row(rows) if rows is not None else nullcontext():
                lost = _lost(connection, raw, select, raised) if raised else {}
            return Reading(flags, lost, rejected(connection, raw, 0))
    except duckdb.OutOfMemoryException as error:
        raise ImportRefusedError(
            _("The file {file} needs more memory than a file may take.", file=raw.file),
            _("Look for a quote that isn't closed; split the file if it is very large."),
        ) from error
    except duckdb.Error as error:
        raise ImportRefusedError(
            _("The file {file} can't be read.", file=raw.file), _reason(error, raw)
        ) from error


class _Bits:
    """Passes batches on and notes which flags any row has."""

    def __init__(self, batches: pa.RecordBatchReader) -> None:
        self._batches = batches
        self.found = 0

    def reader(self) -> pa.RecordBatchReader:
        """Return the same batches."""
        import pyarrow as pa

        return pa.RecordBatchReader.from_batches(self._batches.schema, self._noted())

    def _noted(self) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            if batch.num_rows:
                self.found |= int(np.bitwise_or.reduce(batch.column("_flags").to_numpy()))
            yield batch


def _lost(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, select: str, raised: list[Flag]
) -> dict[int, list[Problem]]:
    """Read the file again for values that aren't in its typed rows as they stand there."""
    mask = sum(flag.bit for flag in raised)
    number = "_row" if raw.row_column else "ROW_NUMBER() OVER () + 1"
    numbered = f"SELECT {number} AS r, t._flags FROM ({select}) AS t"
    connection.execute(
        f"CREATE TEMP TABLE bad AS SELECT n.r, n._flags FROM ({numbered}) AS n WHERE n._flags & {mask} <> 0"
    )
    problems = {}
    relation = raw.relation(connection, 1)
    row = quoted(raw.row_column) if raw.row_column else "ROW_NUMBER() OVER () + 1"
    for flag in raised:
        value = quoted(raw.columns[flag.column])
        source = (
            f"SELECT CAST(f.v AS VARCHAR) AS v, f.r AS r"
            f" FROM (SELECT {value} AS v, {row} AS r FROM {relation}) AS f"
            f" JOIN (SELECT b.r FROM bad AS b WHERE b._flags & {flag.bit} <> 0) AS b ON b.r = f.r"
        )
        problems[flag.bit] = examples(connection, problem_of(raw, flag), source)
    return problems


def _reason(error: duckdb.Error, raw: RawTable) -> str:
    """Return the first line of an error without the folders of the server."""
    assert raw.path is not None
    return str(error).splitlines()[0].replace(f"{raw.path.parent}{os.sep}", "")
