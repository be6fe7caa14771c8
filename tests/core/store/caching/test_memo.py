"""Kept answers: the same until the data change, and nobody's change reaches another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.store.caching import memo
from tests.core.store.market_world import open_store

if TYPE_CHECKING:
    from pathlib import Path


def test_an_answer_is_kept_until_the_next_write(tmp_path: Path) -> None:
    """Asked twice it is made once; after a write it is made again."""
    made = []

    def make() -> pd.DataFrame:
        made.append(1)
        return pd.DataFrame({"a": [len(made)]})

    with open_store(tmp_path) as store:
        assert memo.memoize(store, "key", make)["a"].item() == 1
        assert memo.memoize(store, "key", make)["a"].item() == 1
        store.write("edit", lambda _cursor: None)
        assert memo.memoize(store, "key", make)["a"].item() == 2


def test_a_callers_change_stays_its_own(tmp_path: Path) -> None:
    """Who writes into its answer doesn't change what the next one gets."""
    with open_store(tmp_path) as store:
        first = memo.memoize(store, "key", lambda: pd.DataFrame({"a": [1]}))
        first.loc[0, "a"] = 99
        first["b"] = 5
        assert memo.memoize(store, "key", pd.DataFrame).to_dict("list") == {"a": [1]}


def test_the_oldest_answer_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for two, the first of three is made again."""
    monkeypatch.setattr(memo, "MAX_ANSWERS", 2)
    with open_store(tmp_path) as store:
        for number in (1, 2, 3):
            memo.memoize(store, number, lambda number=number: pd.DataFrame({"a": [number]}))
        assert memo.memoize(store, 3, pd.DataFrame)["a"].item() == 3
        assert memo.memoize(store, 1, lambda: pd.DataFrame({"a": [7]}))["a"].item() == 7


def test_a_failure_leaves_no_result_that_counts_as_current(tmp_path: Path) -> None:
    """After a write and a failed computation the result of before the write is not given out."""
    asked = [0]

    def make() -> pd.DataFrame:
        asked[0] += 1
        if asked[0] == 2:
            raise ValueError("out of memory")
        return pd.DataFrame({"a": [asked[0]]})

    with open_store(tmp_path) as store:
        assert memo.memoize(store, "key", make)["a"].item() == 1
        store.write("edit", lambda _cursor: None)
        with pytest.raises(ValueError, match="out of memory"):
            memo.memoize(store, "key", make)
        assert memo.memoize(store, "key", make)["a"].item() == 3


def test_a_query_is_asked_once_until_a_table_of_it_changes(tmp_path: Path) -> None:
    """The same rows until its table is written; other values are another question."""
    region = "INSERT INTO region (region_id, level, name) VALUES ('A', 'city', 'A')"
    with open_store(tmp_path) as store:
        first = memo.recall(store, "market/regions", level="city", within=None)
        assert memo.recall(store, "market/regions", level="city", within=None) is first
        assert memo.recall(store, "market/regions", level="county", within=None) is not first
        store.write("edit", lambda _cursor: None, details={"entity": "visit"})
        assert memo.recall(store, "market/regions", level="city", within=None) is first
        store.write("edit", lambda cursor: cursor.execute(region), details={"entity": "region"})
        assert memo.recall(store, "market/regions", level="city", within=None).num_rows == first.num_rows + 1


def test_a_large_answer_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit of bytes the rows are read anew each time."""
    monkeypatch.setattr(memo, "MAX_TABLE", -1)
    with open_store(tmp_path) as store:
        first = memo.recall(store, "market/companies")
        assert memo.recall(store, "market/companies") is not first
