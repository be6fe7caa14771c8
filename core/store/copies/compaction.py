"""Giving back the room of a store: how much of the file is in use, and a fresh copy in its place.

Rows that were deleted leave room in the file; the next changes fill it, but the file never becomes shorter
than its last block. A copy written anew holds what is in use and no more.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from core.errors import StoreError
from core.i18n import _, format_number
from core.settings import Settings
from core.store.connection import connect, disk_trouble
from core.store.copies.replacement import Replacement, exchange, prepare, remove_store
from core.store.database import Store
from core.store.sql_text import literal, quoted
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.store.progress import Watch

MEGABYTE = 1_000_000
SPARE_SHARE = 0.1
"""Room on the disk beyond what is in use, as a share of it."""
LEAST_SPARE = 32 * MEGABYTE
_TABLES = """
    SELECT d.schema_name, d.table_name FROM duckdb_tables() AS d
    WHERE d.database_name = CURRENT_DATABASE() AND NOT d.temporary
    ORDER BY d.schema_name, d.table_name
"""
Contents = dict[str, tuple[int, int]]
"""Table, with its schema -> its rows, and a sum of what is in them."""


@dataclass(frozen=True)
class Space:
    """What a store takes on the disk, bytes.

    Parameters
    ----------
    file, log
        The file, and the log of what isn't in it yet.
    free
        Room inside the file that nothing uses: what a fresh copy gives back.
    history
        Rows that imports replaced, kept so that they can be taken back; about, whole blocks are counted.
    """

    file: int
    log: int
    free: int
    history: int


def space(store: Store) -> Space:
    """Return how the room of a store is used."""
    with store.whole.cursor() as cursor:
        block, free = cursor.execute(
            "SELECT s.block_size, s.free_blocks FROM pragma_database_size() AS s"
        ).fetchall()[0]
        blocks = "SELECT COUNT(DISTINCT s.block_id) FROM pragma_storage_info('history.{}') AS s"
        rows = "SELECT COUNT(*) FROM history.{}"
        history = sum(_count(cursor, blocks.format(t)) for t in BY_NAME if _count(cursor, rows.format(t)))
    return Space(store.path.stat().st_size, store.log_size, int(free * block), int(history * block))


def space_sentence(used: Space) -> str:
    """Return how the room of a store is used, in one sentence."""
    return _(
        "The file has {size} MB; {free} MB of it are free, about {history} MB keep imports reversible.",
        size=format_number(used.file / MEGABYTE, 1),
        free=format_number(used.free / MEGABYTE, 1),
        history=format_number(used.history / MEGABYTE, 1),
    )


def compact(path: Path, watch: Watch, settings: Settings | None = None) -> tuple[Space, Space]:
    """Write a closed store anew.

    Returns
    -------
    tuple of Space
        Before and after.

    Raises
    ------
    StoreError
        The disk has no room for the copy, the store is open elsewhere, or the copy differs. The store is as
        it was.
    """
    settings = settings or Settings.from_environment()
    with Store.open(path, create=False, settings=settings) as store:
        before = space(store)
        with compacted(store, watch, settings) as fresh:
            store.release()
            smaller, aside, _users = exchange(fresh)
    with smaller:
        remove_store(aside)
        return before, space(smaller)


@contextmanager
def compacted(store: Store, watch: Watch, settings: Settings) -> Iterator[Replacement]:
    """Give a fresh copy of an open store that may take its place: inside, nobody writes.

    Others write while it is made. Where somebody did, it is made a second time while writes wait.

    Raises
    ------
    StoreError
        The disk has no room for it, a change goes on for too long, or the copy differs.
    CancelledError
        The work was stopped.
    """
    _refuse_full_disk(store)
    commits = store.commits
    fresh = _copy(store, watch.part(0.0, 0.45), settings)
    try:
        with store.paused():
            if store.commits != commits:
                fresh.discard()
                fresh = _copy(store, watch.part(0.45, 0.95), settings)
            watch.step(0.95, _("Putting the copy in the place of the file"))
            yield fresh
    finally:
        # Nothing is left of it where it took its place.
        fresh.discard()


def _refuse_full_disk(store: Store) -> None:
    used = space(store)
    needed = int((used.file + used.log - used.free) * (1 + SPARE_SHARE)) + LEAST_SPARE
    room = shutil.disk_usage(store.path.parent).free
    if room < needed:
        raise StoreError(
            _(
                "A fresh copy needs {needed} MB; the disk has {room} MB left. Nothing was changed.",
                needed=format_number(needed / MEGABYTE, 0),
                room=format_number(room / MEGABYTE, 0),
            ),
            _("Free some space on the disk of {path}, then try again.", path=store.path),
        )


def _copy(store: Store, watch: Watch, settings: Settings) -> Replacement:
    contents: list[Contents] = []
    fresh = prepare(
        store.path,
        lambda new: contents.append(_write_copy(store, new, watch)),
        settings,
        after=store.generation,
    )
    try:
        watch.step(0.9, _("Checking the copy"))
        _refuse_difference(contents[0], fresh, settings)
    except BaseException:
        fresh.discard()
        raise
    return fresh


def _write_copy(store: Store, fresh: Path, watch: Watch) -> Contents:
    """Write all tables of one moment to a new file; return what they hold."""
    contents: Contents = {}
    try:
        with store.administered("compact").cursor() as cursor, watch.over(cursor):
            own = quoted(cursor.execute("SELECT CURRENT_DATABASE()").fetchall()[0][0])
            cursor.execute(f"ATTACH {literal(str(fresh))} AS compact_copy")
            try:
                cursor.execute("BEGIN TRANSACTION")
                cursor.execute(f"COPY FROM DATABASE {own} TO compact_copy (SCHEMA)")
                tables = _tables(cursor)
                total = sum(_count(cursor, f"SELECT COUNT(*) FROM {name}") for name in tables) or 1
                done = 0
                for name in tables:
                    watch.step(0.8 * done / total, _("Copying"))
                    cursor.execute(f"INSERT INTO compact_copy.{name} SELECT * FROM {own}.{name}")
                    contents[name] = _content(cursor, name)
                    done += contents[name][0]
                cursor.execute("COMMIT")
                cursor.execute("CHECKPOINT compact_copy")
            except BaseException:
                with suppress(duckdb.Error):
                    cursor.execute("ROLLBACK")
                raise
            finally:
                cursor.execute("DETACH compact_copy")
    except duckdb.Error as error:
        raise disk_trouble(fresh, error) or StoreError(
            _("The copy {path} could not be written.", path=fresh), str(error).splitlines()[0]
        ) from error
    return contents


def _refuse_difference(contents: Contents, fresh: Replacement, settings: Settings) -> None:
    with connect(fresh.fresh, settings) as connection:
        copied = {name: _content(connection, name) for name in _tables(connection)}
    different = [name for name in {*contents, *copied} if contents.get(name) != copied.get(name)]
    if different:
        raise StoreError(
            _("The copy differs from the store in {table}.", table=", ".join(sorted(different))),
            _("The store is as it was. Check it, and the disk."),
        )


def _tables(cursor: duckdb.DuckDBPyConnection) -> list[str]:
    return [f"{quoted(schema)}.{quoted(name)}" for schema, name in cursor.execute(_TABLES).fetchall()]


def _content(cursor: duckdb.DuckDBPyConnection, name: str) -> tuple[int, int]:
    """Return rows and a sum of their hashes; of ``meta`` without what counts the exchanges of files."""
    row = "t.* EXCLUDE (generation)" if name.endswith('"meta"') else "t.*"
    rows, total = cursor.execute(
        "SELECT COUNT(*), COALESCE(SUM(CAST(HASH(t) AS HUGEINT)), 0)"
        f" FROM (SELECT {row} FROM {name} AS t) AS t"
    ).fetchall()[0]
    return int(rows), int(total)


def _count(cursor: duckdb.DuckDBPyConnection, text: str) -> int:
    return int(cursor.execute(text).fetchall()[0][0])
