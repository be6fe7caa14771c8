"""Imports can be taken back for a time; after it the rows they replaced are cleared, and undo says so."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.errors import StoreError
from core.exchange.canonical.importing import load
from core.store.database import Store
from core.store.integrity import check
from core.store.loading.batches import list_batches, undo
from core.store.loading.retention import UNDO_DAYS, clear_expired, clear_history, undo_days
from core.store.preferences import prefer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = dt.date(2026, 11, 30)
DAYS_AGO = (500, 401, 399, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store whose one company got a new name in each of four batches, loaded long and shortly ago."""
    with Store.open(tmp_path / "store.duckdb") as opened:
        for number in range(len(DAYS_AGO)):
            load(opened, {"company": pd.DataFrame({"company_id": ["A"], "name": [f"name {number}"]})})
        for number, ago in enumerate(DAYS_AGO):
            when = dt.datetime.combine(TODAY - dt.timedelta(days=ago), dt.time(12))
            opened.maintain(
                lambda cursor, batch=number + 1, when=when: cursor.execute(
                    "UPDATE import_batch SET loaded_at = ? WHERE batch_id = ?", [when, batch]
                )
            )
        yield opened


def history(store: Store) -> list[int]:
    rows = store.fetch("SELECT h.displaced_by AS b FROM history.company AS h ORDER BY 1")
    return list(rows["b"].to_pylist())


def name(store: Store) -> str:
    return str(store.fetch("SELECT c.name FROM company AS c").to_pylist()[0]["name"])


def test_what_is_older_than_the_days_is_cleared(store: Store) -> None:
    """Of batches of 500, 401, 399 and 1 days ago, the first two are cleared at 400 days."""
    assert history(store) == [2, 3, 4]
    assert clear_history(store, 400, TODAY) == 1
    assert history(store) == [3, 4]
    assert clear_history(store, 400, TODAY) == 0
    assert check(store) == []


def test_an_expired_batch_says_why_it_stays(store: Store) -> None:
    """Undo of a cleared batch is refused with the day and the rule; a younger one is taken back as before."""
    clear_history(store, 400, TODAY)
    undo(store, [4])
    assert name(store) == "name 2"
    undo(store, [3])
    assert name(store) == "name 1"
    with pytest.raises(StoreError, match="can no longer be undone") as refused:
        undo(store, [2])
    assert "2026-11-30" in refused.value.hint
    assert "400 days" in refused.value.hint
    assert name(store) == "name 1"
    states = {row["batch_id"]: row["status"] for row in list_batches(store).to_pylist()}
    assert states == {1: "final", 2: "final", 3: "undone", 4: "undone"}


def test_for_ever_clears_nothing(store: Store) -> None:
    """With 0 days every batch can be taken back, however old."""
    assert clear_history(store, 0, TODAY) == 0
    undo(store, [4, 3, 2])
    assert name(store) == "name 0"


def test_a_clock_that_was_put_back_clears_nothing_between(store: Store) -> None:
    """A later batch with an earlier day doesn't clear those before it that are younger."""
    store.maintain(
        lambda cursor: cursor.execute(
            "UPDATE import_batch SET loaded_at = DATE '2020-01-01' WHERE batch_id = 4"
        )
    )
    clear_history(store, 400, TODAY)
    assert history(store) == [3, 4]


def test_the_preference_of_a_store_wins(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was chosen for the store counts before the setting of the installation, and imports obey it."""
    monkeypatch.setenv("SHENGENG_UNDO_DAYS", "0")
    assert clear_expired(store) == 0
    prefer(store, UNDO_DAYS, "30")
    assert undo_days(store, 0) == 30
    load(store, {"company": pd.DataFrame({"company_id": ["B"], "name": ["b"]})})
    # The batch of the day before TODAY may be older than 30 days by the clock of the machine.
    assert 2 not in history(store)
    assert 3 not in history(store)
