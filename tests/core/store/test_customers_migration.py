"""A store of format 1 opens with room for the customers' forms; nothing of it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.store import migration
from core.store.database import Store
from core.store.writing import change

TABLES = (
    "customer_form",
    "customer_form_history",
    "form_draft",
    "customer_search",
    "grade_template",
    "grade_judgement",
    "grade_run",
    "grade_result",
)


@pytest.fixture
def first_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store made with the first schema file alone, with a dealer and a setting in it."""
    path = tmp_path / "old.duckdb"
    known = migration.schema_files()
    with monkeypatch.context() as past:
        past.setattr(migration, "schema_files", lambda: known[:1])
        past.setattr(change, "COLUMNS", change.COLUMNS[:-2])
        with Store.open(path) as store:
            store.write(
                "edit",
                lambda cursor: cursor.execute(
                    "INSERT INTO dealer (dealer_id, name) VALUES ('D1', '𠮷野商行')"
                ),
                details={"entity": "dealer"},
            )
    return path


def test_the_first_format_is_migrated_with_its_data(first_format: Path) -> None:
    """Dealers, audit and data version are those of before; the new tables are there and empty."""
    with Store.open(first_format) as store:
        assert store.data_version == 2
        assert store.fetch("SELECT d.dealer_id, d.name FROM dealer AS d").to_pylist() == [
            {"dealer_id": "D1", "name": "𠮷野商行"}
        ]
        assert store.fetch("SELECT a.action FROM audit_log AS a").to_pylist() == [{"action": "edit"}]
        for table in TABLES:
            assert store.fetch(f"SELECT t.* FROM {table} AS t").num_rows == 0


def test_the_copy_of_the_first_format_is_kept(first_format: Path) -> None:
    """The file as it was lies beside the migrated one, byte by byte."""
    before = first_format.read_bytes()
    Store.open(first_format).close()
    assert Path(f"{first_format}.v1").read_bytes() == before
