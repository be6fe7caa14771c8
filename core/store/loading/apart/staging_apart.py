"""Reading an untrusted file: another process parses it and leaves typed rows in a file that is mapped."""

from __future__ import annotations

import os
import tempfile
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np

from core.errors import ImportRefusedError
from core.i18n import _
from core.sandbox import Task
from core.settings import Settings
from core.store.loading.apart.text_signs import scanned
from core.store.loading.column_checks import LOST, every_row, examples, problem_of, rows_named
from core.store.loading.handover import (
    GROUP_ROWS,
    ROW,
    different_texts,
    map_rows,
    numpy_array,
    write_rows,
)
from core.store.loading.row_keys import row_keys
from core.store.loading.staging import Flag, Stage, rejected, select_typed
from core.store.loading.upsert import in_key_order, sorting
from core.store.sql_text import quoted
from core.workspace import own_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import pyarrow as pa

    from core.store.loading.problems import Problem
    from core.store.loading.source_table import RawTable
    from core.store.progress import Watch

_MEMORY = "512MB"
"""What the engine takes before it writes to the disk; the limit of the process is about twice that."""


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
    cursor: duckdb.DuckDBPyConnection, raw: RawTable, number: int, watch: Watch, folder: Path
) -> tuple[Stage, list[Problem]]:
    """Read a file in another process; ``stage_<number>`` is a view of its rows, see ``staging.stage``.

    Parameters
    ----------
    watch
        Ends the other process when the work is stopped.
    folder
        Where the rows lie until the transaction has ended, see ``handover.handover_folder``.

    Raises
    ------
    ImportRefusedError
        The file can't be read, or its reading takes too much memory, time or disk.
    """
    assert raw.path is not None
    name = f"stage_{number}"
    own = Path(tempfile.mkdtemp(dir=folder))
    task = Task.over(raw.path, raw.file, lambda: watch.cancelled)
    try:
        reading = task.read(write_typed, raw, own, rows_named())
    except ImportRefusedError:
        watch.stop_if_cancelled()
        raise
    rows = map_rows(own)
    cursor.register(name, rows)
    different = {}
    for column, texts in different_texts(rows).items():
        different[column] = f"{name}_{column}"
        cursor.register(different[column], texts)
    keys = row_keys(rows, sorting(raw.table, raw.columns)) if in_key_order(raw.table) else None
    staged = Stage(raw, name, reading.flags, rows.num_rows, f"s.{ROW}", reading.lost, different, keys)
    return staged, reading.rejected


def write_typed(raw: RawTable, folder: Path, rows: int | None) -> Reading:
    """Write the rows of a file with the types of the store and return what was noticed.

    Parameters
    ----------
    rows
        How many rows problems name, see :func:`core.store.loading.column_checks.rows_named`.
    """
    settings = Settings.from_environment()
    try:
        with _engine(settings, settings.threads) as connection:
            noted = _Bits()
            is_plain = _write_plain(raw, folder, noted, settings)
            raw = raw if is_plain else scanned(raw)
            select, flags = select_typed(connection, raw)
            if not is_plain:
                write_rows(folder, noted.of(_batches(connection.sql(select))))
            raised = [flag for flag in flags if flag.bit & noted.bits and flag.code in LOST]
            with every_row(rows) if rows is not None else nullcontext():
                lost = _lost(connection, raw, select, raised) if raised else {}
            return Reading(flags, lost, [] if is_plain else rejected(connection, raw, 0))
    except duckdb.OutOfMemoryException as error:
        raise ImportRefusedError(
            _("The file {file} needs more memory than a file may take.", file=raw.file),
            _("Look for a quote that isn't closed; split the file if it is very large."),
        ) from error
    except duckdb.Error as error:
        raise ImportRefusedError(
            _("The file {file} can't be read.", file=raw.file), _reason(error, raw)
        ) from error


def _engine(settings: Settings, threads: int) -> duckdb.DuckDBPyConnection:
    config: dict[str, Any] = {
        "memory_limit": _MEMORY,
        "threads": str(threads),
        "temp_directory": str(own_folder(settings.temp)),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    connection = duckdb.connect(config=config)
    # For the cursors of other threads as well.
    connection.execute("SET GLOBAL TimeZone = 'Asia/Shanghai'")
    return connection


class _Bits:
    """Passes batches on and notes which flags any row has."""

    def __init__(self) -> None:
        self.bits = 0

    def of(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """Return the same batches."""
        self.bits = 0
        for batch in batches:
            if batch.num_rows:
                self.bits |= int(np.bitwise_or.reduce(numpy_array(batch.column("_flags"))))
            yield batch


def _write_plain(raw: RawTable, folder: Path, noted: _Bits, settings: Settings) -> bool:
    """Write the rows of a plain text file; return whether it is one."""
    if raw.delimiter is None:
        return False
    from core.store.loading.apart.plain_text import read_plain
    from core.store.loading.apart.text_pieces import NotPlainError

    # Each of its threads asks an engine of one thread.
    with _engine(settings, 1) as connection:
        try:
            write_rows(folder, noted.of(read_plain(connection, raw, settings.threads)))
        except NotPlainError:
            return False
    return True


def _batches(relation: duckdb.DuckDBPyRelation) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    reader = relation.to_arrow_reader(GROUP_ROWS)
    yield pa.record_batch([pa.nulls(0, column.type) for column in reader.schema], schema=reader.schema)
    yield from reader


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
