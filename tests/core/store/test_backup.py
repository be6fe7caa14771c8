"""Copies of a store hold all of it, and bring all of it back."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from core.errors import StoreError, StoreFormatError, StoreLockedError
from core.exchange.canonical.importing import load
from core.store.backup import archive, backup, restore
from core.store.database import Store
from core.store.integrity import check


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with two batches, in a folder with a blank and Chinese characters."""
    path = tmp_path / "我的 数据" / "市场.duckdb"
    with Store.open(path) as store:
        load(store, {"company": pd.DataFrame({"company_id": ["A", "B"], "name": ["a", "b"]})})
        load(store, {"company": pd.DataFrame({"company_id": ["A"], "name": ["x"]})})
    return path


def content(path: Path) -> dict[str, list[dict[str, object]]]:
    """Return all rows of all tables of a store, its history included."""
    with Store.open(path, create=False) as store:
        names = store.fetch(
            "SELECT t.schema_name AS s, t.table_name AS t FROM duckdb_tables() AS t"
        ).to_pylist()
        rows = {
            f"{name['s']}.{name['t']}": sorted(
                store.fetch(f"SELECT * FROM {name['s']}.{name['t']}").to_pylist(), key=repr
            )
            # What is written down beside the data goes on while copies are made.
            for name in names
            if name["t"] != "audit_event"
        }
    # How often another file took the store's place is no part of what it holds.
    return {**rows, "main.meta": [{**row, "generation": 0} for row in rows["main.meta"]]}


@pytest.mark.parametrize("way", [backup, archive])
def test_a_copy_brings_everything_back(path, tmp_path, way) -> None:
    """Tables, history, batches and audit return from a file and from an archive; the old store is kept."""
    before = content(path)
    with Store.open(path) as store:
        copy = way(store, tmp_path / "copies" / "副本 1")
        load(store, {"company": pd.DataFrame({"company_id": ["C"], "name": ["c"]})})
    later = content(path)
    aside, _users = restore(copy, path)
    assert content(path) == before
    assert aside is not None
    assert content(aside) == later
    with Store.open(path) as store:
        assert check(store) == []
        load(store, {"company": pd.DataFrame({"company_id": ["D"], "name": ["d"]})})
    assert not list(tmp_path.rglob("*.unfinished*"))


def test_a_copy_keeps_the_rules_of_the_schema(path, tmp_path) -> None:
    """Keys, checks and defaults are in a store restored from an archive."""
    with Store.open(path) as store:
        copy = archive(store, tmp_path / "archive")
    restore(copy, tmp_path / "other.duckdb")
    rules = "SELECT c.table_name, c.constraint_text FROM duckdb_constraints() AS c ORDER BY ALL"
    with Store.open(path) as store, Store.open(tmp_path / "other.duckdb") as other:
        assert store.fetch(rules).to_pylist() == other.fetch(rules).to_pylist()


def test_a_copy_is_made_while_the_store_is_read(path, tmp_path) -> None:
    """Copying needs no pause: the store stays open and answers."""
    with Store.open(path) as store:
        backup(store, tmp_path / "b.duckdb")
        assert store.fetch("SELECT COUNT(*) AS n FROM company").to_pylist() == [{"n": 2}]
        assert backup(store, tmp_path).name.startswith("市场-")


def test_nothing_is_overwritten(path, tmp_path) -> None:
    """An existing file is no target of a backup."""
    (tmp_path / "b.duckdb").write_text("mine", "utf-8")
    with Store.open(path) as store, pytest.raises(StoreError, match="exists already"):
        backup(store, tmp_path / "b.duckdb")
    assert (tmp_path / "b.duckdb").read_text("utf-8") == "mine"


def test_what_is_no_backup_leaves_the_store_alone(path, tmp_path) -> None:
    """A wrong file, an empty folder and a missing path are refused before anything moves."""
    before = content(path)
    (tmp_path / "letter").write_text("Dear Sir", "utf-8")
    (tmp_path / "folder").mkdir()
    for source, error in (("letter", StoreFormatError), ("folder", StoreError), ("none", StoreError)):
        with pytest.raises(error):
            restore(tmp_path / source, path)
    assert content(path) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_damaged_store_can_be_replaced(path, tmp_path) -> None:
    """A backup takes the place of a file that can't be opened any more."""
    before = content(path)
    with Store.open(path) as store:
        copy = backup(store, tmp_path / "b.duckdb")
    path.write_text("broken", "utf-8")
    aside, _users = restore(copy, path)
    assert aside is not None
    assert aside.read_text("utf-8") == "broken"
    assert content(path) == before


def test_an_open_store_is_not_replaced(path, tmp_path, monkeypatch) -> None:
    """While another process holds the store, a restore is refused."""
    from core.store.copies import replacement

    with Store.open(path) as store:
        copy = backup(store, tmp_path / "b.duckdb")

    def locked(*_arguments: object) -> None:
        raise StoreLockedError("held")

    monkeypatch.setattr(replacement, "connect", locked)
    with pytest.raises(StoreLockedError):
        restore(copy, path)
