"""Backups and archives of others are opened elsewhere first; what isn't a store never takes its place."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from core.errors import StoreFormatError
from core.exchange.canonical.importing import load
from core.store.backup import archive, backup, restore
from core.store.database import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one company."""
    path = tmp_path / "store" / "market.duckdb"
    with Store.open(path) as store:
        load(store, {"company": pd.DataFrame({"company_id": ["A"], "name": ["a"]})})
    return path


def companies(path: Path) -> list[dict[str, object]]:
    """Return the names of the companies of a store."""
    with Store.open(path, create=False) as store:
        return store.fetch("SELECT c.name AS name FROM company AS c").to_pylist()


def altered(path: Path, folder: Path, *statements: str) -> Path:
    """Return a backup of a store in which somebody ran statements."""
    with Store.open(path) as store:
        copy = backup(store, folder / "altered.duckdb")
    with duckdb.connect(str(copy)) as connection:
        for statement in statements:
            connection.execute(statement)
    return copy


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE VIEW more AS SELECT 1 AS x",
        "CREATE MACRO plus_one(x) AS x + 1",
        "CREATE TYPE mood AS ENUM ('a')",
        "CREATE TABLE diary (day DATE)",
        "ALTER TABLE setting ADD COLUMN more VARCHAR",
        "DROP TABLE quarantine",
    ],
)
def test_more_or_less_than_a_store_is_refused(path: Path, tmp_path: Path, statement: str) -> None:
    """A backup with another table, column, view, macro or type than its format has is refused by name."""
    copy = altered(path, tmp_path, statement)
    with pytest.raises(StoreFormatError, match="isn't as this program writes") as refused:
        restore(copy, path)
    assert refused.value.hint
    assert companies(path) == [{"name": "a"}]
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_damaged_page_is_found_before_the_exchange(path: Path, tmp_path: Path) -> None:
    """A backup that opens but can't be read through never takes the place of the store."""
    with Store.open(path) as store:
        rows = pd.DataFrame({"company_id": [f"C{n:06}" for n in range(200_000)]})
        load(store, {"company": rows.assign(name=rows["company_id"])})
        copy = backup(store, tmp_path / "damaged.duckdb")
        before = len(companies_of(store))
    data = bytearray(copy.read_bytes())
    # All over the file: where rows lie and where indexes do differs from run to run.
    for at in range(len(data) // 8, len(data), 1 << 16):
        data[at : at + 64] = bytes(64)
    copy.write_bytes(data)
    with pytest.raises(StoreFormatError):
        restore(copy, path)
    assert len(companies(path)) == before


def companies_of(store: Store) -> list[dict[str, object]]:
    """Return the names of the companies of an open store."""
    return store.fetch("SELECT c.name AS name FROM company AS c").to_pylist()


def test_an_empty_database_is_no_backup(path: Path, tmp_path: Path) -> None:
    """A database without tables doesn't replace a store by an empty one."""
    duckdb.connect(str(tmp_path / "empty.duckdb")).close()
    with pytest.raises(StoreFormatError):
        restore(tmp_path / "empty.duckdb", path)
    assert companies(path) == [{"name": "a"}]


def test_an_archive_reaches_nothing_but_its_folder(path: Path, tmp_path: Path) -> None:
    """A statement of an archive that reads a file elsewhere is refused, and the store stays."""
    with Store.open(path) as store:
        folder = archive(store, tmp_path / "archive")
    (tmp_path / "letter.txt").write_text("Dear Sir", "utf-8")
    with (folder / "schema.sql").open("a", encoding="utf-8") as file:
        file.write(f"INSERT INTO setting SELECT 'letter', content FROM read_text('{tmp_path}/letter.txt');\n")
    with pytest.raises(StoreFormatError, match="can't be read") as refused:
        restore(folder, path)
    assert "ermission" in (refused.value.hint or "")
    assert companies(path) == [{"name": "a"}]
    assert [file.name for file in path.parent.iterdir()] == [path.name]
