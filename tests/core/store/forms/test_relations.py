"""Relations in their table: one a month, with versions, conflicts and history."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from core.customers.forms.relationship import RELATION
from core.customers.forms.validate import FormError
from core.errors import InputError
from core.store.database import Store
from core.store.forms import relations
from core.store.forms.forms import ConflictError
from core.store.forms.rows import FormKey
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NEW = FormKey(RELATION, "dealer", "d")
OLD = FormKey(RELATION, "dealer", "d", "2026-09")
WORLD = """
INSERT INTO region (region_id, level, name) VALUES ('n', 'county', '北');
INSERT INTO dealer (dealer_id, name, region_id) VALUES ('d', '商', 'n');
INSERT INTO relation (customer_type, customer_id, month, state, level, satisfaction) VALUES
    ('dealer', 'd', '2026-09-01', 'loose', 'transaction', 3);
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A dealer with the relation of September."""
    with Store.open(tmp_path / "relations.duckdb") as opened:
        opened.write("fill", lambda cursor: (cursor.execute(WORLD), refresh_closure(cursor)))
        yield opened


def test_a_month_is_added_changed_and_brought_back(store: Store) -> None:
    """A new month is a row; a change keeps what was there."""
    saved = relations.save(store, NEW, {"month": "2026-10", "state": "following"}, expected_version=0)
    assert saved.record_id == "2026-10"
    opened = relations.load(store, OLD)
    changed = relations.save(
        store, OLD, {**opened.payload, "state": "symbiotic"}, expected_version=opened.version
    )
    relations.remove(store, OLD, expected_version=changed.version)
    past = relations.history(store, OLD)
    assert [(row.ended, row.payload["state"]) for row in past] == [
        ("removed", "symbiotic"),
        ("changed", "loose"),
    ]
    relations.restore(store, OLD, opened.version)
    rows = store.fetch("SELECT r.month, r.state FROM relation AS r ORDER BY r.month").to_pylist()
    assert [(row["month"], row["state"]) for row in rows] == [
        (dt.date(2026, 9, 1), "loose"),
        (dt.date(2026, 10, 1), "following"),
    ]


def test_a_second_relation_of_a_month_is_a_conflict(store: Store) -> None:
    """Whoever adds a month that has one is shown it; so is whoever saves an old version."""
    with pytest.raises(ConflictError) as conflict:
        relations.save(store, NEW, {"month": "2026-09", "state": "opposed"}, expected_version=0)
    assert conflict.value.theirs.payload["state"] == "loose"
    opened = relations.load(store, OLD)
    relations.save(store, OLD, {**opened.payload, "satisfaction": 5}, expected_version=opened.version)
    with pytest.raises(ConflictError):
        relations.save(store, OLD, {**opened.payload, "satisfaction": 1}, expected_version=opened.version)


def test_what_is_wrong_is_refused(store: Store) -> None:
    """An empty relation, a satisfaction of 6, another month, a foreign region."""
    for wrong in ({"month": "2026-10"}, {"month": "2026-10", "satisfaction": 6}, {"state": "loose"}):
        with pytest.raises(FormError):
            relations.save(store, NEW, wrong, expected_version=0)
    opened = relations.load(store, OLD)
    with pytest.raises(InputError, match="2026-09"):
        relations.save(store, OLD, {**opened.payload, "month": "2026-08"}, expected_version=opened.version)
    with pytest.raises(InputError):
        relations.save(
            store, NEW, {"month": "2026-10", "state": "loose"}, expected_version=0, scope=Scope(("s",))
        )
