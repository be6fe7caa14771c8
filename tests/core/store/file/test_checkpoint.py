"""A checkpoint cut short anywhere leaves a store that opens with everything in it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from core.errors import StoreFormatError
from core.store.database import Store
from core.store.file import checkpoint
from core.store.file.checkpoint import HEADERS, StoreFile, beside, journal_of, log_of
from core.store.integrity import check
from core.store.preferences import prefer, preferences

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 262_144
PAGE = 4_096
Files = dict[str, bytes]


def files_of(path: Path) -> Files:
    """Return what lies on the disk: the store, its log and its journal."""
    return {file.name: file.read_bytes() for file in (path, *beside(path)) if file.exists()}


def lay_out(files: Files, folder: Path) -> Path:
    """Write files into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder / "store.duckdb"


def states(path: Path) -> Iterator[tuple[int, Files, bytes]]:
    """Change a store and make checkpoints; give what was on the disk before each, and the file after it."""
    seen: list[Files] = []
    original = checkpoint.StoreFile._write_journal

    def noted(file: StoreFile, connection: object) -> object:
        journal = original(file, connection)
        # Read by another process: to close the file here would give up the engine's lock on it.
        seen.append(copied(path))
        return journal

    with mock.patch.object(StoreFile, "_write_journal", noted), Store.open(path) as store:
        for number in range(6):
            for each in range(4):
                prefer(store, f"name {number} {each}", "x" * 200 * (number + 1))
            if number % 2:
                store.maintain(lambda cursor: cursor.execute("DELETE FROM setting WHERE name LIKE '%0 _'"))
            store._file.checkpoint()
            yield number, seen[-1], copied(path)[path.name]


def copied(path: Path) -> Files:
    """Return what lies on the disk, read by a process of its own."""
    folder = path.parent / "copied"
    folder.mkdir(exist_ok=True)
    for file in (path, *beside(path)):
        (folder / file.name).unlink(missing_ok=True)
        if file.exists():
            subprocess.run(["cp", str(file), str(folder)], check=True)
    return files_of(folder / path.name)


def torn(before: bytes, after: bytes, draw: random.Random) -> bytes:
    """Return a file in which a part of the writes was done, each whole, not at all, or up to some page."""
    size = max(len(before), len(after)) if draw.random() < 0.8 else len(before)
    result = bytearray(before.ljust(size, b"\0"))
    for place in range(HEADERS, size, BLOCK):
        end = min(place + draw.choice([0, PAGE, BLOCK // 2, BLOCK - PAGE, BLOCK]), size)
        written = after[place:end]
        result[place : place + len(written)] = written
    return bytes(result)


def test_torn_writes_lose_nothing(tmp_path: Path) -> None:
    """Any part of a checkpoint's writes without its header: the store opens in order, with what was saved."""
    (tmp_path / "real").mkdir()
    draw = random.Random(1)
    in_place = 0
    for number, before, after in states(tmp_path / "real" / "store.duckdb"):
        old = before["store.duckdb"]
        journal = before.get("store.duckdb.journal")
        in_place += journal is not None
        for _each in range(3):
            files = before | {"store.duckdb": torn(old, after, draw)}
            path = lay_out(files, tmp_path / "torn")
            with Store.open(path, create=False) as store:
                assert list(check(store)) == []
                saved = preferences(store)
                assert all(saved.get(f"name {number} {each}") for each in range(4))
            assert not journal_of(path).exists()
    assert in_place >= 3


def test_without_its_journal_a_torn_store_is_refused(tmp_path: Path) -> None:
    """The oracle can fail: without the journal some of these files don't open."""
    (tmp_path / "real").mkdir()
    draw, refused = random.Random(1), 0
    for _number, before, after in states(tmp_path / "real" / "store.duckdb"):
        for _each in range(5):
            files = {"store.duckdb": torn(before["store.duckdb"], after, draw)}
            files |= {name: content for name, content in before.items() if name.endswith(".wal")}
            try:
                Store.open(lay_out(files, tmp_path / "torn"), create=False).close()
            except StoreFormatError:
                refused += 1
    assert refused


def test_a_checkpoint_that_was_done_is_left_alone(tmp_path: Path) -> None:
    """Half a journal, or one left over from a checkpoint that is done, changes nothing."""
    (tmp_path / "real").mkdir()
    *_others, (_number, before, after) = states(tmp_path / "real" / "store.duckdb")
    journal = before["store.duckdb.journal"]
    for content, file in ((journal, after), (journal[:-1], before["store.duckdb"]), (b"", after)):
        path = lay_out({"store.duckdb": file, "store.duckdb.journal": content}, tmp_path / "done")
        StoreFile(path).close()
        assert files_of(path) == {"store.duckdb": file}


def test_a_store_in_use_is_not_touched(tmp_path: Path) -> None:
    """A journal beside a store that this or another process has open stays where it is."""
    path = tmp_path / "store.duckdb"
    with Store.open(path) as store:
        journal_of(path).write_bytes(b"just being written")
        StoreFile(path).close()
        command = "import sys, pathlib; from core.store.file.checkpoint import StoreFile;"
        command += "StoreFile(pathlib.Path(sys.argv[1])).close()"
        subprocess.run([sys.executable, "-c", command, str(path)], check=True)
        assert journal_of(path).read_bytes() == b"just being written"
        prefer(store, "a", "b")
        store._file.checkpoint()
        assert not log_of(path).exists()


def test_the_engine_makes_no_checkpoint_by_itself(tmp_path: Path) -> None:
    """However much is written, the headers change by our checkpoints alone, and closing leaves no log."""
    path = tmp_path / "store.duckdb"
    with Store.open(path) as store:
        store._file.checkpoint()
        headers = copied(path)[path.name][:HEADERS]
        with mock.patch.object(StoreFile, "checkpoint"):
            for number in range(3):
                prefer(store, f"long {number}", "x" * 2_000_000)
        assert store.log_size > checkpoint.LOG_LIMIT
        assert copied(path)[path.name][:HEADERS] == headers
        prefer(store, "short", "x")
        assert store.log_size == 0
        prefer(store, "last", "x")
    assert files_of(path).keys() == {path.name}
