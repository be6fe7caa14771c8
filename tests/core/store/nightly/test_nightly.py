"""Copies of the night: what stays, who makes them, and that they can be restored."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING

import pytest

from core.__main__ import main
from core.errors import InputError, StoreError
from core.sample import build_sample
from core.store.audit.entries import AuditFilter, entries
from core.store.backup import backup, restore
from core.store.cycle.day.photos import folder
from core.store.database import Store
from core.store.nightly import request
from core.store.nightly.copies import kept_photos, last_nightly_copy, make_nightly_copy, nightly_copies
from core.store.nightly.drill import restore_drill
from core.store.nightly.request import CopyRequest, ask, serve
from core.store.preferences import prefer, preferences, table_sizes
from pages._ui.nightly import due

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """An empty store."""
    Store.open(tmp_path / "market.duckdb").close()
    return tmp_path / "market.duckdb"


def aged(into: Path, *days: str) -> None:
    """Put copies of earlier nights into a folder."""
    into.mkdir(exist_ok=True)
    for day in days:
        (into / f"market-nightly-{day}-023000.duckdb").write_bytes(b"")


def test_old_copies_go_and_others_stay(path: Path, tmp_path: Path) -> None:
    """Of the nightly copies the latest stay; a copy by hand and one of another store are left alone."""
    into = tmp_path / "copies"
    aged(into, "20250101", "20250102", "20250103")
    others = [into / "market-20240101-000000.duckdb", into / "other-nightly-20240101-000000.duckdb"]
    for other in others:
        other.write_bytes(b"")
    with Store.open(path) as store:
        copy = make_nightly_copy(store, into, keep=2)
        actions = entries(store, AuditFilter(kind="backup"))["action"].tolist()
    assert nightly_copies(into, "market") == [copy, into / "market-nightly-20250103-023000.duckdb"]
    assert all(other.exists() for other in others)
    assert actions == ["remove_backup", "remove_backup", "backup"]


def test_no_copy_goes_before_the_new_one_is_there(path: Path, tmp_path: Path) -> None:
    """Where the copy can't be written, the old ones stay."""
    into = tmp_path / "copies"
    aged(into, "20250101")
    (tmp_path / "file").write_bytes(b"")
    with Store.open(path) as store:
        with pytest.raises(InputError):
            make_nightly_copy(store, into, keep=0)
        with pytest.raises(StoreError):
            make_nightly_copy(store, tmp_path / "file" / "below", keep=1)
    assert len(nightly_copies(into, "market")) == 1


def test_photos_stay_as_long_as_a_copy_lists_them(path: Path, tmp_path: Path) -> None:
    """A photo that was removed goes with the last copy that had it."""
    into = tmp_path / "copies"
    with Store.open(path) as store:
        photos = folder(store)
        photos.mkdir()
        for name in ("a.jpg", "b.jpg"):
            (photos / name).write_bytes(b"x")
        make_nightly_copy(store, into, keep=2)
        (photos / "a.jpg").unlink()
        kept = kept_photos(into, "market")
        assert sorted(file.name for file in kept.iterdir()) == ["a.jpg", "b.jpg"]
        first = nightly_copies(into, "market")[0]
        for ending in (".duckdb", ".photos"):
            first.with_suffix(ending).rename(into / f"market-nightly-20250101-000000{ending}")
        make_nightly_copy(store, into, keep=1)
    assert [file.name for file in kept.iterdir()] == ["b.jpg"]


def test_the_newest_copy_can_take_the_place_of_the_store(tmp_path: Path, monkeypatch, capsys) -> None:
    """The drill restores the newest copy beside the store: sound, with as many rows as the store had."""
    monkeypatch.setenv("SHENGENG_TEMP", str(tmp_path / "tmp"))
    build_sample(tmp_path / "market.duckdb", terminals=60, seed=1)
    with Store.open(tmp_path / "market.duckdb") as store:
        make_nightly_copy(store, tmp_path / "copies", keep=3)
        sizes = table_sizes(store)
        version = store.data_version
    drill = restore_drill(tmp_path / "copies", "market")
    assert drill.is_sound
    assert drill.rows == dict(zip(sizes["name"], sizes["rows"], strict=True))
    assert drill.data_version == version
    call = ["restore", "--drill", str(tmp_path / "copies"), "--store", str(tmp_path / "market.duckdb")]
    assert main(call) == 0
    nightly_copies(tmp_path / "copies", "market")[0].with_suffix(".photos").write_text("gone.jpg", "utf-8")
    assert main(call) == 1
    assert list((tmp_path / "tmp").glob("drill-*")) == []


def test_a_drill_without_a_copy_says_how_to_make_one(tmp_path: Path) -> None:
    """An empty folder is no success."""
    with pytest.raises(StoreError, match="no nightly copy"):
        restore_drill(tmp_path, "market")


def test_a_command_has_the_app_make_the_copy(path: Path, tmp_path: Path, capsys) -> None:
    """Where a process has the store open, a request left beside it is served there."""
    with Store.open(path) as store:
        done = threading.Event()

        def app() -> None:
            while not done.wait(0.01):
                serve(path, lambda asked: make_nightly_copy(store, tmp_path / asked.into, asked.keep))

        thread = threading.Thread(target=app)
        thread.start()
        try:
            copy = ask(path, CopyRequest("copies", 2, "root"))
        finally:
            done.set()
            thread.join()
    assert copy is not None
    assert nightly_copies(tmp_path / "copies", "market") == [copy]
    assert sorted(file.name for file in tmp_path.glob(".market*")) == []


def test_a_refusal_of_the_app_is_the_commands(path: Path) -> None:
    """What goes wrong in the app is said by the command, with the hint."""
    stop = threading.Event()

    def refuse(_asked: CopyRequest) -> Path:
        raise StoreError("The disk is full.", "Free some space.")

    def app() -> None:
        while not stop.wait(0.01):
            serve(path, refuse)

    thread = threading.Thread(target=app)
    thread.start()
    try:
        with pytest.raises(StoreError, match="disk is full"):
            ask(path, CopyRequest("x", 1, ""))
    finally:
        stop.set()
        thread.join()


def test_a_request_that_nobody_takes_is_taken_back(path: Path) -> None:
    """No request is left for an app that starts later."""
    assert ask(path, CopyRequest("x", 1, ""), accept=0.0) is None
    assert list(path.parent.glob(".market*")) == []


@pytest.mark.parametrize(
    ("now", "last", "expected"),
    [
        ("2026-01-02 02:29", "2026-01-01 02:31", False),
        ("2026-01-02 02:30", "2026-01-01 02:31", True),
        ("2026-01-02 09:00", None, True),
        ("2026-01-02 09:00", "2026-01-02 02:30", False),
        ("2026-01-02 01:00", "2025-12-31 02:30", True),  # the app was off in the night before
    ],
)
def test_a_copy_is_due_once_a_night(now: str, last: str | None, expected: bool) -> None:
    """The copy of 02:30 is missing until one was made since the last 02:30."""
    at = dt.time(2, 30)
    made = None if last is None else dt.datetime.fromisoformat(last)
    assert due(dt.datetime.fromisoformat(now), at, made) == expected
    assert not due(dt.datetime.fromisoformat(now), None, made)


def test_a_copy_tells_when_it_was_made(path: Path, tmp_path: Path) -> None:
    """The time stands in the name, so that a copy that was moved still counts."""
    aged(tmp_path, "20250101", "20250102")
    assert last_nightly_copy(tmp_path, "market") == dt.datetime(2025, 1, 2, 2, 30)
    assert request.ACCEPT_SECONDS > 5


def test_a_restore_keeps_the_audit_of_what_it_took_back(path: Path, tmp_path: Path) -> None:
    """What was done after the copy is no longer in the data, and still in the audit, as is the restore."""
    with Store.open(path) as store:
        prefer(store, "a", "1")
        copy = backup(store, tmp_path / "copy.duckdb")
        prefer(store, "b", "2")
    restore(copy, path)
    with Store.open(path) as store:
        assert set(preferences(store)) == {"a"}
        found = entries(store, AuditFilter())
        prefer(store, "c", "3")
        assert store.data_version > 2
    assert found["action"].tolist() == ["restore", "prefer", "backup", "prefer"]
    assert found["entity_key"].tolist()[1] == "b"
