"""Which company is one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.errors import InputError
from core.exchange.canonical.importing import load
from core.store.database import Store
from core.store.market.market import companies
from core.store.market.own_company import set_own_company

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    """A store with two companies and the others; nobody is marked."""
    with Store.open(tmp_path / "market.duckdb") as store:
        names = {"company_id": ["A", "B", "O"], "name": ["Alpha", "Beta", "Others"]}
        import pyarrow as pa

        load(store, {"company": pa.table({**names, "is_aggregate": [False, False, True]})})
        yield store


def own(store: Store) -> list[str]:
    """Return the companies marked as one's own."""
    table = companies(store)
    return list(table.loc[table["is_self"].astype(bool), "company_id"])


def test_exactly_one_company_is_marked(store: Store) -> None:
    """The mark moves: the one before loses it."""
    set_own_company(store, "A")
    set_own_company(store, "B")
    assert own(store) == ["B"]


def test_others_are_nobodys_company(store: Store) -> None:
    """A row that stands for several companies can't be one's own; the mark stays where it was."""
    set_own_company(store, "A")
    with pytest.raises(InputError, match="several companies"):
        set_own_company(store, "O")
    assert own(store) == ["A"]


def test_an_unknown_company_is_refused_with_the_nearest(store: Store) -> None:
    """A mistyped id is refused, and nothing is written."""
    version = store.data_version
    with pytest.raises(InputError, match="AA"):
        set_own_company(store, "AA")
    assert store.data_version == version


def test_the_choice_is_logged(store: Store) -> None:
    """The audit log says what was done and to which company."""
    set_own_company(store, "A")
    row = store.fetch("SELECT a.action, a.entity_key FROM audit_log AS a ORDER BY a.audit_id DESC LIMIT 1")
    assert row.to_pylist() == [{"action": "set_own_company", "entity_key": "A"}]
