"""Relationships: how states moved between two months, closeness, and the advice that follows."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from core.customers.accounts.relationship import ADVICE, NEXT_LEVEL, ClosenessRule
from core.i18n import language
from core.reports.terminals.relations import RelationRequest, relation_report
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START, UNTIL = dt.date(2026, 9, 1), dt.date(2026, 10, 31)
WORLD = """
INSERT INTO region (region_id, level, name) VALUES ('n', 'county', '北'), ('s', 'county', '南');
INSERT INTO employee (employee_id, name) VALUES ('e', '王');
INSERT INTO dealer (dealer_id, name, region_id) VALUES ('d', '商', 'n'), ('x', '别', 's');
INSERT INTO terminal (terminal_id, name, region_id, dealer_id) VALUES
    ('a', '甲', 'n', 'd'), ('b', '乙', 'n', 'd'), ('c', '丙', 's', 'x');
INSERT INTO relation (customer_type, customer_id, month, state, level, satisfaction) VALUES
    ('terminal', 'a', '2026-06-01', 'loose', 'transaction', 3),
    ('terminal', 'a', '2026-09-01', 'following', 'adviser', 4),
    ('terminal', 'b', '2026-06-01', 'following', 'adviser', 4),
    ('terminal', 'b', '2026-09-01', 'opposed', 'adviser', 1),
    ('terminal', 'c', '2026-09-01', 'symbiotic', NULL, 5),
    ('terminal', 'c', '2026-11-01', 'opposed', NULL, 1);
INSERT INTO visit (visit_id, employee_id, terminal_id, start_at, end_at) VALUES
    ('1', 'e', 'a', '2026-09-02 09:00', '2026-09-02 09:30'), ('2', 'e', 'a', '2026-10-31 09:00', NULL),
    ('3', 'e', 'b', '2026-10-02 09:00', '2026-10-02 09:10'), ('4', 'e', 'b', '2026-08-31 09:00', NULL);
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three shops of two dealers with relations of three months."""
    path: Path = tmp_path_factory.mktemp("relations") / "r.duckdb"
    with Store.open(path) as opened:
        opened.write("fill", lambda cursor: (cursor.execute(WORLD), refresh_closure(cursor)))
        yield opened


def test_states_move_between_the_last_two_months_that_are_known(store: Store) -> None:
    """Up, down and new; what comes after the period doesn't count, and every shop is in one cell."""
    report = relation_report(store, RelationRequest("terminal", START, UNTIL))
    assert (report.before, report.now) == (dt.date(2026, 6, 1), dt.date(2026, 9, 1))
    assert report.states.moves.to_dict() == {"a": "up", "b": "down", "c": "entered"}
    assert report.states.matrix.loc["loose", "following"] == 1
    assert report.states.matrix.to_numpy().sum() == 3
    assert report.levels.matrix.to_numpy().sum() == 2
    assert list(report.table.index) == ["b", "a", "c"]


def test_advice_follows_state_and_level(store: Store) -> None:
    """A quarrel comes before everything else; without a level only the state counts."""
    with language("en"):
        table = relation_report(store, RelationRequest("terminal", START, UNTIL)).table
    assert table.loc["b", "advice"] == ADVICE["opposed"]
    assert table.loc["a", "advice"] == f"{ADVICE['following']} {NEXT_LEVEL['adviser']}"
    assert table.loc["c", "advice"] == ADVICE["symbiotic"]


def test_closeness_counts_the_visits_of_the_period(store: Store) -> None:
    """Shop a: 2 visits, 30 minutes where the end is known; a dealer has those of all its shops."""
    rule = ClosenessRule(20, 2)
    shops = relation_report(store, RelationRequest("terminal", START, UNTIL, rule)).table
    assert shops.loc["a", ["visits", "dwell", "cell"]].tolist() == [2, 30, "close"]
    assert shops.loc["b", ["visits", "dwell", "cell"]].tolist() == [1, 10, "distant"]
    dealers = relation_report(store, RelationRequest("dealer", START, UNTIL, rule))
    assert dealers.table.loc["d", ["visits", "dwell", "cell"]].tolist() == [3, 20, "close"]
    assert dealers.states is None


def test_only_ones_own_regions_are_seen(store: Store) -> None:
    """A user of the south sees one shop."""
    report = relation_report(store, RelationRequest("terminal", START, UNTIL, scope=Scope(("s",))))
    assert list(report.table.index) == ["c"]
