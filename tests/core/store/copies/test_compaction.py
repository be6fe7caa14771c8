"""A store written anew holds the same in less room, whatever happens meanwhile."""

from __future__ import annotations

import threading
from collections import namedtuple
from pathlib import Path

import pytest

from core.errors import CancelledError, StoreError
from core.settings import Settings
from core.store.copies import compaction
from core.store.copies.compaction import compact, compacted, space
from core.store.copies.replacement import exchange
from core.store.database import Store
from core.store.integrity import check
from core.store.preferences import prefer, preferences
from core.store.progress import Watch

SETTINGS = Settings(threads=1)
ROWS = 250_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store most of whose rows were deleted again."""
    path = tmp_path / "store.duckdb"
    with Store.open(path) as store:
        store.derive(
            lambda cursor: cursor.execute(
                "INSERT INTO history.company (company_id, name, displaced_by)"
                f" SELECT MD5(r.range::VARCHAR), MD5(r.range::VARCHAR), r.range FROM range({ROWS}) AS r"
            )
        )
        store.derive(lambda cursor: cursor.execute("DELETE FROM history.company WHERE displaced_by >= 1000"))
        prefer(store, "k", "3")
    return path


def rows(store: Store) -> int:
    return int(store.fetch("SELECT COUNT(*) AS n FROM history.company").to_pylist()[0]["n"])


def test_writing_anew_gives_free_room_back(path: Path) -> None:
    """The file shrinks by the room that was free, holds the same, and nothing is left beside it."""
    before, after = compact(path, Watch(), SETTINGS)
    assert before.free > 1_500_000
    assert after.file < before.file - 0.9 * before.free
    with Store.open(path, create=False) as store:
        assert rows(store) == 1000
        assert preferences(store) == {"k": "3"}
        assert check(store) == []
        assert store.generation == 1
        # The audit log goes on counting where it stood.
        prefer(store, "k", "1.7")
        assert store.data_version == 3
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_what_is_written_while_it_is_copied_is_in_the_copy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change made after the copy began is not lost: the copy is made again while writes wait."""
    copies: list[int] = []
    write = compaction._write_copy

    def copy_and_write(store: Store, fresh: Path, watch: Watch) -> compaction.Contents:
        contents = write(store, fresh, watch)
        if not copies:
            prefer(store, "during", "yes")
        copies.append(1)
        return contents

    monkeypatch.setattr(compaction, "_write_copy", copy_and_write)
    compact(path, Watch(), SETTINGS)
    assert len(copies) == 2
    with Store.open(path, create=False) as store:
        assert preferences(store) == {"k": "3", "during": "yes"}


def test_nobody_writes_between_the_copy_and_the_exchange(path: Path) -> None:
    """A write that comes in between waits and is refused afterwards; it is never acknowledged and lost."""
    outcome: list[object] = []

    def write(store: Store) -> None:
        try:
            prefer(store, "late", "yes")
            outcome.append("saved")
        except StoreError as error:
            outcome.append(type(error).__name__)

    store = Store.open(path, settings=SETTINGS)
    with compacted(store, Watch(), SETTINGS) as fresh:
        writer = threading.Thread(target=write, args=(store,))
        writer.start()
        writer.join(0.2)
        assert outcome == []
        store.release()
        smaller, _aside, _users = exchange(fresh)
    writer.join(20)
    assert outcome == ["StoreClosedError"]
    assert preferences(smaller) == {"k": "3"}
    smaller.close()


def full(_path: Path) -> object:
    return namedtuple("Usage", "total used free")(1000, 999, 1)


def test_a_disk_without_room_is_named_before_anything_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the copy doesn't fit, the sentence says how much it needs and how much there is."""
    monkeypatch.setattr(compaction.shutil, "disk_usage", full)
    with pytest.raises(StoreError, match=r"needs \d+ MB; the disk has 0 MB left"):
        compact(path, Watch(), SETTINGS)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_copy_that_differs_never_takes_the_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row less in the copy is noticed; the store stays as it was."""
    write = compaction._write_copy

    def lose_a_row(store: Store, fresh: Path, watch: Watch) -> compaction.Contents:
        contents = write(store, fresh, watch)
        with Store.open(fresh, create=False, settings=SETTINGS) as copy:
            copy.maintain(lambda cursor: cursor.execute("DELETE FROM history.company WHERE displaced_by = 7"))
        return contents

    monkeypatch.setattr(compaction, "_write_copy", lose_a_row)
    with pytest.raises(StoreError, match=r"differs from the store in .*company"):
        compact(path, Watch(), SETTINGS)
    with Store.open(path, create=False) as store:
        assert rows(store) == 1000
        assert store.generation == 0
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("step", [1, 30, 60])
def test_it_can_be_stopped(path: Path, step: int) -> None:
    """Stopped at any table, it leaves the store open for others, as it was, and nothing beside it."""
    calls: list[float] = []

    def report(share: float, _text: str) -> None:
        calls.append(share)
        if len(calls) == step:
            watch.cancel()

    watch = Watch(report)
    with pytest.raises(CancelledError):
        compact(path, watch, SETTINGS)
    with Store.open(path, create=False) as store:
        assert rows(store) == 1000
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_large_changes_write_where_the_last_one_left_room(tmp_path: Path) -> None:
    """A derived table made ten times over takes the room of two or three, as freed blocks are used again."""
    with Store.open(tmp_path / "store.duckdb") as store:
        sizes = []
        for _number in range(10):
            store.derive(
                lambda cursor: cursor.execute(
                    "CREATE OR REPLACE TABLE lens_x AS"
                    f" SELECT MD5(r.range::VARCHAR) AS m FROM range({ROWS}) AS r"
                )
            )
            sizes.append(space(store).file)
    assert sizes[-1] <= 3.2 * sizes[0]


def test_the_log_is_emptied_as_it_grows(tmp_path: Path) -> None:
    """Opening a store leaves no read behind that would keep the engine from ever emptying its log."""
    path = tmp_path / "store.duckdb"
    Store.open(path).close()
    with Store.open(path) as store:
        for number in range(40):
            prefer(store, "k", str(number))
            store.maintain(
                lambda cursor, text=str(number) * 50_000: cursor.execute(
                    "UPDATE setting SET value = $value WHERE name = 'k'", {"value": text}
                )
            )
        assert space(store).log < 1_100_000
