"""Terminals chosen under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import InputError
from core.store.database import Store
from core.store.scope import Scope
from core.store.terminals.selections import save_selection, selected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Shops 1 and 2 in region A, 3 in B."""

    def fill(cursor) -> None:
        cursor.execute(
            "INSERT INTO terminal (terminal_id, name, region_id, employee_id) VALUES"
            " ('1', 'one', 'A', 'e'), ('2', 'two', 'A', NULL), ('3', 'three', 'B', 'e')"
        )
        cursor.execute("INSERT INTO region_closure VALUES ('A', 'A', 0), ('B', 'B', 0)")

    with Store.open(tmp_path / "market.duckdb") as opened:
        opened.write("test", fill)
        yield opened


def test_a_selection_comes_back(store: Store) -> None:
    """A saved selection holds each terminal once, in the order of the ids."""
    key = save_selection(store, " blank shops ", ["3", "1", "1"], actor="lee")
    assert selected(store, key)["terminal_id"].tolist() == ["1", "3"]


def test_a_scope_sees_its_own_shops_only(store: Store) -> None:
    """Whoever may see A ."""
    key = save_selection(store, "all", ["1", "2", "3"])
    assert selected(store, key, Scope(("A",)))["terminal_id"].tolist() == ["1", "2"]


def test_a_shop_that_is_gone_is_left_out(store: Store) -> None:
    """A selection outlives its shops."""
    key = save_selection(store, "all", ["1", "2"])
    store.write("test", lambda cursor: cursor.execute("DELETE FROM terminal WHERE terminal_id = '2'"))
    assert selected(store, key)["terminal_id"].tolist() == ["1"]


def test_an_unknown_selection_is_empty(store: Store) -> None:
    """A selection that was never saved has no terminals."""
    assert selected(store, "none").empty


@pytest.mark.parametrize(
    ("name", "ids"), [("", ["1"]), ("  ", ["1"]), ("x", []), ("x", [str(i) for i in range(100_001)])]
)
def test_a_selection_without_name_or_terminals_is_refused(store: Store, name: str, ids: list[str]) -> None:
    """No name, no terminal and more than anybody visits are refused in words."""
    with pytest.raises(InputError):
        save_selection(store, name, ids)
