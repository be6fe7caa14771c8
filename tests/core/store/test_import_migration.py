"""Stores of the formats 1 and 2 open with room for runs and the quarantine; nothing of them is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.exchange.canonical.importing import load
from core.store import migration
from core.store.database import Store
from core.store.loading import quarantine
from core.store.loading.batches import list_batches, undo
from core.store.writing import change


@pytest.fixture(params=[1, 2])
def older(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of an older format with two companies that were imported."""
    path = tmp_path / "old.duckdb"
    known = migration.schema_files()
    file = tmp_path / "company.csv"
    file.write_text("company_id,name\nA,甲\nB,乙\n", "utf-8")
    with monkeypatch.context() as past:
        past.setattr(migration, "schema_files", lambda: known[: request.param])
        past.setattr(change, "COLUMNS", change.COLUMNS[:-2])
        with Store.open(path) as store:
            load(store, [file])
    return path


def test_an_older_store_is_migrated_with_its_data(older: Path) -> None:
    """The rows and their batch are those of before; the quarantine is there and empty."""
    with Store.open(older) as store:
        assert store.fetch("SELECT COUNT(*) AS n FROM company").to_pylist() == [{"n": 2}]
        assert list_batches(store).num_rows == 1
        assert quarantine.items(store, None).num_rows == 0


def test_a_batch_of_an_older_store_can_still_be_undone(older: Path) -> None:
    """A batch from before the runs belongs to no file as a whole, and goes alone."""
    with Store.open(older) as store:
        undo(store, [1])
        assert store.fetch("SELECT COUNT(*) AS n FROM company").to_pylist() == [{"n": 0}]
