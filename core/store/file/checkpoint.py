"""Bringing the log into the file so that a kill or a power cut halfway harms nothing that was there.

The engine writes new metadata into free parts of blocks whose other parts are in use: a write cut short
leaves the whole block with a wrong checksum, and the file no longer opens. So these blocks are copied into a
journal before, and put back where the file's headers still tell of no checkpoint since (a rollback journal as
SQLite has it, https://sqlite.org/atomiccommit.html). What the checkpoint was about is still in the log.
All checkpoints go through here: those of the engine by itself are off.
"""

from __future__ import annotations

import hashlib
import os
import struct
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows, where a killed process ends its running write first
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

HEADERS = 3 * 4096
"""Bytes before the first block: what the file is, and two headers in turn, the newer of which holds."""
LOG_LIMIT = 1_000_000
"""Bytes of log, about 800 saved forms: opening after a kill replays them in a fraction of a second."""
_MAGIC = b"shengeng journal 1"
_COUNT = struct.Struct("<Q")
_PLACE = struct.Struct("<QQ")
_DIGEST = hashlib.sha256().digest_size
_open_files: dict[Path, int] = {}
_opening = threading.Lock()


class StoreFile:
    """The file of an open store, held open for reading beside the engine.

    Parameters
    ----------
    path
        The store; put in order if the last checkpoint was cut short.

    Notes
    -----
    Whoever closes a file gives up all locks of the process on it (POSIX), the engine's as well: so it is
    opened before the engine does and closed after it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._checkpoint = threading.Lock()
        self._handle: int | None = None
        self._is_closed = False
        with _opening:
            if not _open_files.get(self.path):
                _put_back(self.path)
            _open_files[self.path] = _open_files.get(self.path, 0) + 1

    def close(self) -> None:
        """Let go of the file, which the engine has closed; a second call does nothing."""
        with _opening:
            if not self._is_closed:
                _open_files[self.path] -= 1
            self._is_closed = True
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    @property
    def log_size(self) -> int:
        """Bytes of the log that aren't in the file yet."""
        with suppress(OSError):
            return log_of(self.path).stat().st_size
        return 0

    def checkpoint(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Bring the log into the file; another thread that does so already is not waited for.

        Raises
        ------
        duckdb.Error
            A change is under way (another one ends with a checkpoint), or the disk is full.
        """
        if not self._checkpoint.acquire(blocking=False):
            return
        try:
            journal = self._write_journal(connection)
            connection.execute("CHECKPOINT")
            if journal is not None:
                journal.unlink(missing_ok=True)
        finally:
            self._checkpoint.release()

    def _write_journal(self, connection: duckdb.DuckDBPyConnection) -> Path | None:
        """Copy the blocks that the engine may write into while they are in use; None where there are none."""
        blocks = [
            int(number)
            for number, free in connection.execute(
                "SELECT m.block_id, m.free_list FROM pragma_metadata_info() AS m"
            ).fetchall()
            if free
        ]
        if not blocks:
            return None
        if self._handle is None:
            try:
                self._handle = os.open(self.path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            except PermissionError:
                # Windows lets nobody read beside the engine.
                return None
        size = int(
            connection.execute("SELECT s.block_size FROM pragma_database_size() AS s").fetchall()[0][0]
        )
        content = [_MAGIC, _COUNT.pack(len(blocks)), os.pread(self._handle, HEADERS, 0)]
        for number in blocks:
            place = HEADERS + number * size
            content += [_PLACE.pack(place, size), os.pread(self._handle, size, place)]
        whole = b"".join(content)
        journal = journal_of(self.path)
        with journal.open("wb") as file:
            file.write(whole + hashlib.sha256(whole).digest())
            file.flush()
            os.fsync(file.fileno())
        write_through(journal.parent)
        return journal


def _put_back(path: Path) -> None:
    """Bring a closed store to where it was before a checkpoint that was cut short."""
    journal = journal_of(path)
    if not journal.exists():
        return
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except OSError:
        # Not there, or not ours to write: the engine finds words for it.
        return
    try:
        if fcntl is not None:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        blocks = _read_journal(journal, os.pread(handle, HEADERS, 0))
        for place, block in blocks:
            os.pwrite(handle, block, place)
        os.fsync(handle)
        journal.unlink()
    except BlockingIOError:
        # Another process has the store open, and just wrote this journal.
        return
    finally:
        os.close(handle)


def _read_journal(journal: Path, headers: bytes) -> list[tuple[int, bytes]]:
    """Return place and content of each block to put back: none where the checkpoint was done or not begun."""
    content = journal.read_bytes()
    whole, digest = content[:-_DIGEST], content[-_DIGEST:]
    if not whole.startswith(_MAGIC) or hashlib.sha256(whole).digest() != digest:
        return []
    at = len(_MAGIC) + _COUNT.size
    (count,) = _COUNT.unpack_from(whole, len(_MAGIC))
    if whole[at : at + HEADERS] != headers:
        return []
    at += HEADERS
    blocks = []
    for _number in range(count):
        place, size = _PLACE.unpack_from(whole, at)
        at += _PLACE.size
        blocks.append((place, whole[at : at + size]))
        at += size
    return blocks


def log_of(path: Path) -> Path:
    """Return where the engine keeps what isn't in the file of a store yet."""
    return path.with_name(f"{path.name}.wal")


def journal_of(path: Path) -> Path:
    """Return where the journal of a store is while a checkpoint is under way."""
    return path.with_name(f"{path.name}.journal")


def beside(path: Path) -> tuple[Path, Path]:
    """Return the files that belong to a store and go where it goes."""
    return log_of(path), journal_of(path)


def write_through(path: Path) -> None:
    """Have the system write a closed file, or the names in a folder, to the disk."""
    with suppress(PermissionError):
        # Windows opens no folders.
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
