"""A day handed in: its minutes are the time log's, its report is never written over unseen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.errors import InputError
from core.store import integrity
from core.store.cycle.day import reads, reports
from core.store.cycle.day.reports import DayConflictError, DayEntry
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope
from core.store.visits import plans

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = dt.date(2026, 3, 2)
END = DAY + dt.timedelta(1)
WORLD = """
INSERT INTO region (region_id, level, name) VALUES ('n', 'county', '北'), ('s', 'county', '南');
INSERT INTO employee (employee_id, name) VALUES ('e1', '甲');
INSERT INTO terminal (terminal_id, name, region_id, employee_id) VALUES ('t1', '一店', 'n', 'e1');
INSERT INTO time_log (employee_id, day, activity, minutes, effective, batch_id) VALUES
    ('e1', '2026-03-02', 'meeting', 60, FALSE, NULL), ('e1', '2026-03-02', 'waiting', 15, FALSE, NULL);
"""
ENTRY = DayEntry("e1", DAY, {"selling": 300, "travel": 90, "office": None}, "下雨", "先去一店")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A rep with a shop; a file brought an hour of meeting and a quarter of waiting."""
    with Store.open(tmp_path / "day.duckdb") as opened:
        opened.write("fill", lambda cursor: (cursor.execute(WORLD), refresh_closure(cursor)))
        yield opened


def test_the_minutes_become_the_time_log(store: Store) -> None:
    """What is typed takes the place of what stood there; only the time with customers is effective."""
    reports.hand_in(store, ENTRY, expected_version=0, actor="甲")
    assert plans.logged_time(store, "e1", DAY, END) == {"minutes": 450.0, "effective": 300.0, "days": 1}
    saved = reports.load_day(store, "e1", DAY)
    assert saved.minutes == {"meeting": 60.0, "selling": 300.0, "travel": 90.0}
    assert (saved.remark, saved.tomorrow, saved.version) == ("下雨", "先去一店", 1)
    assert integrity.check(store) == []


def test_the_same_report_twice_is_handed_in_once(store: Store) -> None:
    """A report sent again changes nothing."""
    reports.hand_in(store, ENTRY, expected_version=0, actor="甲")
    version = store.data_version
    assert reports.hand_in(store, ENTRY, expected_version=0, actor="甲").version == 1
    assert store.data_version == version


def test_a_stale_report_is_a_conflict(store: Store) -> None:
    """Whoever hands in on an old version is shown the other's."""
    reports.hand_in(store, ENTRY, expected_version=0, actor="甲")
    with pytest.raises(DayConflictError) as conflict:
        reports.hand_in(store, replace(ENTRY, remark="晴"), expected_version=0, actor="乙")
    assert conflict.value.theirs.remark == "下雨"
    assert reports.hand_in(store, replace(ENTRY, remark="晴"), expected_version=1, actor="乙").version == 2


@pytest.mark.parametrize(
    "minutes",
    [
        {},
        {"selling": -1},
        {"selling": 1_441},
        {"selling": 1_000, "travel": 441},
        {"sleeping": 3},
        {"selling": 1_400},
    ],
)
def test_minutes_that_cannot_be_are_refused(store: Store, minutes: dict[str, int]) -> None:
    """Nothing said, a number out of range, an unknown activity and more than a day has are refused."""
    with pytest.raises(InputError):
        reports.hand_in(store, replace(ENTRY, minutes=minutes), expected_version=0, actor="甲")
    assert reports.load_day(store, "e1", DAY).version == 0


def test_a_rep_outside_the_scope_is_refused(store: Store) -> None:
    """A day is handed in for reps with a shop in the user's regions, and read for them alone."""
    south = Scope(("s",))
    with pytest.raises(InputError, match="e1"):
        reports.hand_in(store, ENTRY, expected_version=0, actor="甲", scope=south)
    reports.hand_in(store, ENTRY, expected_version=0, actor="甲", scope=Scope(("n",)))
    assert len(reads.time_and_reports(store, DAY, END, scope=south)) == 0
    [row] = reads.time_and_reports(store, DAY, END, scope=Scope(("n",))).to_dict("records")
    assert (row["minutes"], row["effective"]) == (450.0, 300.0)
