"""Long changes run beside short ones: nobody waits for them, and none decides by what is no longer so."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from core.errors import StoreError
from core.exchange.canonical.importing import load
from core.store.database import Store
from core.store.preferences import prefer, preferences

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


INSERT = "INSERT INTO company (company_id, name) VALUES ('N', 'n')"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with two companies."""
    with Store.open(tmp_path / "market.duckdb") as opened:
        load(opened, {"company": pd.DataFrame({"company_id": ["A", "B"], "name": ["a", "b"]})})
        yield opened


class LongChange:
    """A change that inserts a company, then waits until it may end; counts how often it was done."""

    def __init__(
        self, store: Store, statement: str = "INSERT INTO company (company_id, name) VALUES ('N', 'n')"
    ):
        self.runs, self.error = 0, None
        self.begun, self.may_end = threading.Event(), threading.Event()
        self._store, self._statement = store, statement
        self.thread = threading.Thread(target=self._run)
        self.thread.start()
        assert self.begun.wait(20)

    def _work(self, cursor: Any) -> None:
        self.runs += 1
        cursor.execute(self._statement)
        self.begun.set()
        assert self.may_end.wait(20)

    def _run(self) -> None:
        details = {"entity": "company"}
        try:
            self._store.write_beside("import", self._work, touching=["company"], details=details)
        except StoreError as error:
            self.error = error

    def end(self) -> None:
        """Let the change end and wait for it."""
        self.may_end.set()
        self.thread.join(20)


def companies(store: Store) -> list[str]:
    return store.fetch("SELECT c.company_id FROM company AS c ORDER BY 1")["company_id"].to_pylist()


def test_nobody_waits_for_a_long_change(store: Store) -> None:
    """While it goes on a preference is saved and read; the companies are those of before until it ends."""
    version = store.data_version
    change = LongChange(store)
    prefer(store, "k", "1.7")
    assert preferences(store) == {"k": "1.7"}
    assert companies(store) == ["A", "B"]
    assert store.data_version == version + 1
    change.end()
    assert companies(store) == ["A", "B", "N"]
    assert (change.runs, change.error, store.data_version) == (1, None, version + 2)
    audit = store.fetch("SELECT a.entity FROM audit_log AS a ORDER BY a.audit_id DESC LIMIT 2").to_pylist()
    assert [row["entity"] for row in audit] == ["company", "setting"]


@pytest.mark.parametrize("entity", ["company", "region, company", "import_batch", None])
def test_a_long_change_that_was_overtaken_is_done_again(store: Store, entity: str | None) -> None:
    """Where somebody changed what it touches, or may have, it runs a second time on the state of then."""
    change = LongChange(store)
    insert = "INSERT INTO company (company_id, name) VALUES ('C', 'c')"
    store.write("test", lambda cursor: cursor.execute(insert), details={"entity": entity})
    change.end()
    assert companies(store) == ["A", "B", "C", "N"]
    assert (change.runs, change.error) == (2, None)


def test_a_short_change_of_the_same_row_waits_for_the_long_one(store: Store) -> None:
    """Two changes of one row: the short one is made when the long one is done, and none is lost."""
    change = LongChange(store, "UPDATE company SET name = name || '1' WHERE company_id = 'A'")
    text = "UPDATE company SET name = name || '2' WHERE company_id = 'A'"
    done = threading.Thread(
        target=store.write,
        args=("test", lambda cursor: cursor.execute(text)),
        kwargs={"details": {"entity": "company"}},
    )
    done.start()
    done.join(0.3)
    change.end()
    done.join(20)
    name = store.fetch("SELECT c.name FROM company AS c WHERE c.company_id = 'A'").to_pylist()[0]["name"]
    assert name == "a12"


def test_an_error_of_a_long_change_leaves_nothing(store: Store) -> None:
    """What a long change did before it failed is gone, and the store takes the next one."""

    def fail(cursor: Any) -> None:
        cursor.execute("INSERT INTO company (company_id, name) VALUES ('N', 'n')")
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        store.write_beside("import", fail, touching=["company"])
    assert companies(store) == ["A", "B"]
    change = LongChange(store)
    change.end()
    assert companies(store) == ["A", "B", "N"]


def test_an_import_makes_the_derived_tables(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an import of facts the sums by region are there, before any page asks for them."""
    load(
        store,
        {
            "region": pd.DataFrame({"region_id": ["R"], "level": ["county"], "name": ["r"]}),
            "terminal": pd.DataFrame({"terminal_id": ["T"], "name": ["t"], "region_id": ["R"]}),
            "terminal_sales": pd.DataFrame(
                {"month": ["2026-01-01"], "terminal_id": ["T"], "company_id": ["A"], "amount": [5.0]}
            ),
        },
    )
    sums = store.fetch("SELECT s.region_id, s.amount FROM region_month_sales AS s WHERE s.is_total")
    assert [(row["region_id"], float(row["amount"])) for row in sums.to_pylist()] == [("R", 5.0)]
