"""Undo: a batch taken back leaves the store exactly as it was before it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import StoreError
from core.exchange.canonical.importing import FindingsError, ImportOptions, load
from core.store.database import Store
from core.store.loading.batches import batch_issues, list_batches, undo
from core.store.loading.source_table import Mode

PEOPLE = pd.DataFrame({"employee_id": ["E1"], "name": ["Ann"]})


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "s.duckdb"
    Store.open(path).close()
    return path


@pytest.fixture
def store(empty: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    shutil.copy2(empty, tmp_path / "s.duckdb")
    with Store.open(tmp_path / "s.duckdb") as opened:
        yield opened


def rows(store: Store, table: str = "product") -> list[dict[str, object]]:
    """Return all rows of a table, with their batches."""
    return sorted(store.fetch(f"SELECT * FROM {table}").to_pylist(), key=repr)


def products(**names: str | None) -> dict[str, pd.DataFrame]:
    """Return a product table."""
    return {"product": pd.DataFrame({"product_id": list(names), "name": list(names.values())})}


def test_the_list_of_batches(store) -> None:
    """The latest comes first, with file, mode and counts."""
    load(store, products(A="a", B="b"))
    load(store, products(A="x", C="c"))
    listed = list_batches(store).to_pylist()
    assert [(b["batch_id"], b["rows_inserted"], b["rows_updated"], b["status"]) for b in listed] == [
        (2, 1, 1, "loaded"),
        (1, 2, 0, "loaded"),
    ]


def test_warnings_stay_with_their_batch(store) -> None:
    """What was odd can be read later."""
    load(store, {"company": pd.DataFrame({"company_id": ["X"], "name": ["x"]})})
    load(store, {"region": pd.DataFrame({"region_id": ["R"], "level": ["barony"], "name": ["r"]})})
    assert [issue["code"] for issue in batch_issues(store, 2).to_pylist()] == ["unknown_code"]


def test_undo_brings_updated_rows_back(store) -> None:
    """Rows an import changed return with their old values and their old batch."""
    load(store, products(A="a", B="b"))
    before = rows(store)
    load(store, products(A="x", C="c"))
    undo(store, [2])
    assert rows(store) == before
    assert list_batches(store).to_pylist()[0]["status"] == "undone"


def test_undo_brings_deleted_rows_back(store) -> None:
    """Rows a replacement deleted return."""
    load(store, products(A="a", B="b", C="c"))
    before = rows(store)
    load(store, products(B="y"), ImportOptions(mode=Mode.REPLACE))
    undo(store, [2])
    assert rows(store) == before


def test_a_batch_under_a_later_one_stays(store) -> None:
    """An import can't be undone while a later one stands on its rows; both together can."""
    load(store, products(A="a"))
    load(store, products(A="b"))
    with pytest.raises(StoreError, match="Batch 2 changed 1 rows of batch 1") as refused:
        undo(store, [1])
    assert "Undo batch 2 first" in refused.value.hint
    assert len(rows(store)) == 1
    undo(store, [1, 2])
    assert rows(store) == []


def test_rows_that_others_point_to_stay(store) -> None:
    """Undoing the shops while their sales stay is refused; in one call it works."""
    load(store, {"employee": PEOPLE})
    load(store, {"terminal": pd.DataFrame({"terminal_id": ["T"], "name": ["t"], "employee_id": ["E1"]})})
    with pytest.raises(StoreError, match="1 rows of terminal point to rows of employee"):
        undo(store, [1])
    assert len(rows(store, "employee")) == 1
    undo(store, [1, 2])
    assert rows(store, "terminal") == rows(store, "employee") == []


@pytest.mark.parametrize(("batches", "text"), [([7], "no import batch 7"), ([1, 1], None)])
def test_batches_that_are_not_there(store, batches, text) -> None:
    """An unknown batch is refused; one named twice counts once."""
    load(store, products(A="a"))
    if text is None:
        undo(store, batches)
        with pytest.raises(StoreError, match="undone already"):
            undo(store, batches)
    else:
        with pytest.raises(StoreError, match=text):
            undo(store, batches)


def test_regions_undone_leave_the_tree_in_order(store) -> None:
    """The derived tree follows the undo."""
    from core.store.integrity import check

    load(
        store,
        {
            "region": pd.DataFrame(
                {"region_id": ["P"], "level": ["province"], "name": ["p"], "parent_id": [None]}
            )
        },
    )
    load(
        store,
        {"region": pd.DataFrame({"region_id": ["C"], "level": ["city"], "name": ["c"], "parent_id": ["P"]})},
    )
    undo(store, [2])
    assert check(store) == []
    assert len(rows(store, "region_closure")) == 1


IMPORT = st.tuples(
    st.sampled_from([Mode.UPSERT, Mode.REPLACE, Mode.APPEND]),
    st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from("xyz"), min_size=1),
)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(IMPORT, min_size=1, max_size=5))
def test_any_series_of_imports_is_a_dictionary_and_can_be_undone(empty, tmp_path_factory, steps) -> None:
    """Imports act like updates of a dictionary; undone in reverse each state returns exactly."""
    path = tmp_path_factory.mktemp("series") / "s.duckdb"
    shutil.copy2(empty, path)
    with Store.open(path) as store:
        expected: dict[str, str] = {}
        states = []
        for mode, content in steps:
            before = rows(store)
            clash = mode is Mode.APPEND and bool(expected.keys() & content.keys())
            if clash:
                with pytest.raises(FindingsError):
                    load(store, products(**content), ImportOptions(mode=mode))
                assert rows(store) == before
                continue
            after = content if mode is Mode.REPLACE else expected | content
            result = load(store, products(**content), ImportOptions(mode=mode))
            assert result.changed == (after != expected)
            assert {row["product_id"]: row["name"] for row in rows(store)} == after
            expected = dict(after)
            if result.changed:
                states.append((result.batches[0].batch_id, before))
        for batch, before in reversed(states):
            undo(store, [batch])
            assert rows(store) == before
