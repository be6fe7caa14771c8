"""Another file takes the place of a store while others read it: nothing is lost, whatever happens."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.errors import StoreBusyError, StoreClosedError, StoreError
from core.settings import Settings
from core.store import migration, open_file
from core.store.backup import backup, write_copy
from core.store.copies.replacement import exchange, prepare
from core.store.database import Store
from core.store.preferences import preferences

if TYPE_CHECKING:
    from collections.abc import Iterator

SETTINGS = Settings(threads=1)
EXCHANGES = 5
LONG_READ = "SELECT SUM(HASH(r.range)) AS s FROM range(30000000) AS r"


def put(store: Store, name: str, value: str) -> None:
    """Write one preference, which is acknowledged when this returns."""
    store.write("prefer", lambda cursor: cursor.execute("INSERT INTO setting VALUES (?, ?)", [name, value]))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed store that says where it comes from."""
    path = tmp_path / "store.duckdb"
    with Store.open(path) as store:
        put(store, "from", "here")
    return path


@pytest.fixture
def copy(path: Path, tmp_path: Path) -> Path:
    """A backup that says another thing."""
    target = tmp_path / "copy.duckdb"
    with Store.open(path) as store:
        backup(store, target)
    with Store.open(target) as store:
        put(store, "copy", "yes")
    return target


class Readers:
    """Eight threads that read the store of the moment without a pause."""

    def __init__(self, store: Store) -> None:
        self.store, self.answers, self.refusals = store, 0, 0
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _number in range(8)]
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        while not self._stopped.is_set():
            try:
                self.store.fetch(LONG_READ)
                self.answers += 1
            except StoreError:
                self.refusals += 1
                time.sleep(0.001)

    def stop(self) -> None:
        """End all threads."""
        self._stopped.set()
        for thread in self._threads:
            thread.join(30)


@pytest.fixture
def readers(path: Path) -> Iterator[Readers]:
    """Readers of the store, which its test may give another one to read."""
    running = Readers(Store.open(path))
    yield running
    running.stop()
    running.store.close()


def take_place(store: Store, source: Path) -> tuple[Store, Path | None]:
    """Put a copy in the place of an open store."""
    fresh = prepare(store.path, lambda new: write_copy(source, new), SETTINGS, after=store.generation)
    store.release()
    return exchange(fresh)[:2]


def test_nothing_is_lost_when_a_copy_takes_the_place_of_a_store_that_is_read(
    path, copy, readers, monkeypatch
) -> None:
    """After five exchanges under eight running reads each write acknowledged between is on the disk."""
    monkeypatch.setattr(open_file, "READ_GRACE", 0.01)
    for number in range(EXCHANGES):
        readers.store, _aside = take_place(readers.store, copy)
        put(readers.store, f"after {number}", "acknowledged")
        assert preferences(readers.store)["copy"] == "yes"
    readers.stop()
    readers.store.close()
    with Store.open(path, create=False) as after:
        last = f"after {EXCHANGES - 1}"
        assert preferences(after) == {"from": "here", "copy": "yes", last: "acknowledged"}
        assert after.generation == EXCHANGES
    asides = sorted(path.parent.glob("store.duckdb.*.old"))
    assert len(asides) == EXCHANGES
    for number, aside in enumerate(asides[1:]):
        with Store.open(aside, create=False) as old:
            assert preferences(old)[f"after {number}"] == "acknowledged"


def test_an_engine_that_still_lives_on_the_old_file_is_noticed(path, copy) -> None:
    """A second opening keeps the old engine alive: the exchange is taken back and no write is lost."""
    store = Store.open(path, settings=SETTINGS)
    forgotten = Store.open(path, settings=SETTINGS)
    with pytest.raises(StoreError, match="still in use") as refused:
        take_place(store, copy)
    assert "in its place again" in refused.value.hint
    forgotten.close()
    with Store.open(path) as again:
        assert preferences(again) == {"from": "here"}
        put(again, "later", "yes")
    with Store.open(path, create=False) as again:
        assert preferences(again) == {"from": "here", "later": "yes"}
    assert sorted(file.name for file in path.parent.glob("*store.duckdb*")) == ["store.duckdb"]


def test_a_process_that_opens_the_old_file_in_between_is_noticed(path, copy) -> None:
    """The file before is held by another process: the exchange is taken back."""
    store = Store.open(path)
    fresh = prepare(path, lambda new: write_copy(copy, new), SETTINGS, after=store.generation)
    store.release()
    hold = "import sys, duckdb; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="is open in process"):
            exchange(fresh)
        holder.communicate("")
    with Store.open(path, create=False) as again:
        assert preferences(again) == {"from": "here"}


def test_a_change_that_goes_on_is_waited_for_and_then_named(path, monkeypatch) -> None:
    """A running change keeps the store open; once it is done the store can be released."""
    monkeypatch.setattr(open_file, "READ_GRACE", 0.05)
    begun, go_on = threading.Event(), threading.Event()

    def change(_cursor: object) -> None:
        begun.set()
        go_on.wait(20)

    with Store.open(path) as store:
        writer = threading.Thread(target=store.write, args=("test", change))
        writer.start()
        begun.wait(20)
        with pytest.raises(StoreBusyError, match="changing the store"):
            store.release()
        go_on.set()
        writer.join(20)
        put(store, "later", "yes")
        store.release()
        with pytest.raises(StoreClosedError):
            preferences(store)


def test_a_file_that_cannot_be_written_leaves_the_store_open(path) -> None:
    """Where the new file fails, the store goes on as before and nothing is left beside it."""

    def fail(fresh: Path) -> None:
        fresh.write_text("half", "utf-8")
        raise OSError("Input/output error")

    with Store.open(path) as store:
        with pytest.raises(StoreError, match="could not be written"):
            prepare(path, fail, SETTINGS, after=0)
        assert preferences(store) == {"from": "here"}
    assert [file.name for file in path.parent.iterdir()] == ["store.duckdb"]


def test_an_upgrade_keeps_other_processes_out(path, monkeypatch, tmp_path) -> None:
    """Copying the file before a migration doesn't give up the lock on it."""
    file = tmp_path / "999_next.sql"
    file.write_text("ALTER TABLE company ADD COLUMN colour VARCHAR;", "utf-8")
    known = migration.schema_files()
    monkeypatch.setattr(migration, "schema_files", lambda: (*known, file))
    with Store.open(path):
        command = [sys.executable, "-c", "import sys, duckdb; duckdb.connect(sys.argv[1])", str(path)]
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "lock" in refused.stderr
