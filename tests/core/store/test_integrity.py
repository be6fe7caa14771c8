"""The check of a store finds each kind of damage that the schema can't prevent."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from core.exchange.canonical.importing import load
from core.store.database import Store
from core.store.integrity import check, repair

WORLD = {
    "region": pd.DataFrame(
        {"region_id": ["P", "C"], "parent_id": [None, "P"], "level": ["province", "city"], "name": ["p", "c"]}
    ),
    "company": pd.DataFrame({"company_id": ["US", "R"], "name": ["us", "r"], "is_self": [True, False]}),
    "terminal": pd.DataFrame(
        {"terminal_id": ["T"], "name": ["t"], "region_id": ["C"], "lat": [30.0], "lon": [114.0]}
    ),
    "terminal_sales": pd.DataFrame(
        {"month": ["2026-01", "2026-02"], "terminal_id": "T", "company_id": ["US", "R"], "amount": [1.0, 2.0]}
    ),
}
DAMAGE = {
    "key": "INSERT INTO terminal_sales SELECT * FROM terminal_sales LIMIT 1",
    "reference": "UPDATE terminal_sales SET company_id = 'NO' WHERE month = '2026-01-01'",
    "cycle": "UPDATE region SET parent_id = 'C' WHERE region_id = 'P'",
    "own_company": "UPDATE company SET is_self = TRUE",
    "closure": "DELETE FROM region_closure WHERE distance = 1",
    "location": "UPDATE terminal SET lat = NULL",
    "history": "UPDATE terminal SET batch_id = 99",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small store in order."""
    path = tmp_path_factory.mktemp("order") / "s.duckdb"
    with Store.open(path) as store:
        load(store, WORLD)
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it, to be damaged."""
    shutil.copy2(made, tmp_path / "s.duckdb")
    with Store.open(tmp_path / "s.duckdb") as opened:
        yield opened


def test_a_store_in_order(store) -> None:
    """What the import wrote has no defect."""
    assert check(store) == []


@pytest.mark.parametrize("code", DAMAGE)
def test_each_kind_of_damage_is_found(store, code) -> None:
    """Damage done behind the import's back is named; a circle also breaks the derived tree."""
    store.maintain(lambda cursor: cursor.execute(DAMAGE[code]) and None)
    codes = {defect.code for defect in check(store)}
    assert code in codes
    assert codes <= {code, "closure"}


def test_the_derived_tree_can_be_repaired(store) -> None:
    """Repairing computes the tree anew and leaves the data alone."""
    store.maintain(lambda cursor: cursor.execute(DAMAGE["closure"]) and None)
    version = store.data_version
    repair(store)
    assert check(store) == []
    assert store.data_version == version
