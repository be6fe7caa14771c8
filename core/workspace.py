"""The folder in which one process keeps what doesn't outlive it: spilled memory, uploads, unpacked files.

Every process has a folder of its own inside the temporary folder of the settings and holds a lock on it for
as long as it lives. So whoever comes later can tell what a killed process left, in this machine or in another
container on the same disk, and removes it.
"""

from __future__ import annotations

import atexit
import os
import shutil
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

PREFIX = "process-"
LOCK = "lock"
NEW_SECONDS = 10.0
"""So long a lock that is free may be just about to be taken."""
UNLOCKED_PATTERNS = ("uploads", "import-*", "unpacked-*", "duckdb_temp_*")
"""What processes left that had no folder of their own: earlier versions of this program."""
UNLOCKED_DAYS = 2.0
"""Days after which nobody uses it any more."""

if sys.platform == "win32":
    import msvcrt

    def lock_file(file: IO[bytes]) -> bool:
        """Lock a file for this process; return whether nobody else holds it."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def lock_file(file: IO[bytes]) -> bool:
        """Lock a file for this process; return whether nobody else holds it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


# Folder and locked file by process and temporary folder: a forked child gets folders of its own.
_own: dict[tuple[int, Path], tuple[Path, IO[bytes]]] = {}
_making = threading.Lock()


def own_folder(temp: Path) -> Path:
    """Return this process's folder inside ``temp``; made at the first call, removed when the process ends.

    Raises
    ------
    OSError
        The folder can't be made.
    """
    key = os.getpid(), temp.absolute()
    with _making:
        if key not in _own or not _own[key][0].is_dir():
            temp.mkdir(parents=True, exist_ok=True)
            clear_abandoned(temp)
            folder = Path(tempfile.mkdtemp(dir=temp, prefix=PREFIX)).absolute()
            lock = (folder / LOCK).open("wb")
            lock_file(lock)
            _own[key] = folder, lock
            atexit.register(_remove, key)
        return _own[key][0]


def clear_abandoned(temp: Path) -> int:
    """Remove the folders of processes that no longer live.

    Returns
    -------
    int
        Bytes that were freed.
    """
    freed = 0
    for folder in temp.glob(f"{PREFIX}*"):
        # A folder without its lock is just being made, unless it is old.
        if _is_abandoned(folder / LOCK) if (folder / LOCK).exists() else _is_old(folder):
            freed += _remove_whole(folder)
    for pattern in UNLOCKED_PATTERNS:
        for path in temp.glob(pattern):
            if _is_old(path):
                freed += _remove_whole(path)
    return freed


def _is_abandoned(lock: Path) -> bool:
    if any(folder == lock.parent.absolute() for folder, _file in _own.values()):
        # On some systems a process may take its own lock twice.
        return False
    try:
        if time.time() - lock.stat().st_mtime < NEW_SECONDS:
            return False
        with lock.open("r+b") as file:
            return lock_file(file)
    except OSError:
        return False


def _is_old(path: Path) -> bool:
    with suppress(OSError):
        return time.time() - path.stat().st_mtime > UNLOCKED_DAYS * 86_400
    return False


def _remove_whole(path: Path) -> int:
    size = 0
    for file in (path, *path.rglob("*")):
        with suppress(OSError):
            size += file.stat().st_size if file.is_file() else 0
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    return size


def _remove(key: tuple[int, Path]) -> None:
    """Remove a folder at the end of the process that made it, not of one that was forked from it."""
    if key[0] == os.getpid() and key in _own:
        folder, lock = _own.pop(key)
        lock.close()
        shutil.rmtree(folder, ignore_errors=True)
