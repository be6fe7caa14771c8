"""Visits typed in: saved once, seen like imported ones, never written over unseen."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from core.customers.forms.validate import FormError
from core.cycle.day.entry import CheckIn, Place, VisitEntry
from core.errors import InputError
from core.store import integrity
from core.store.cycle.day import reads, visits
from core.store.cycle.day.visits import VisitConflictError
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope
from core.store.visits import plans

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = dt.date(2026, 3, 2)
NINE = dt.datetime(2026, 3, 2, 9, 0)
WORLD = """
INSERT INTO region (region_id, level, name) VALUES ('n', 'county', '北'), ('s', 'county', '南');
INSERT INTO employee (employee_id, name) VALUES ('e1', '甲'), ('e2', '乙');
INSERT INTO terminal (terminal_id, name, region_id, employee_id) VALUES
    ('t1', '一店', 'n', 'e1'), ('t2', '二店', 's', 'e1');
INSERT INTO visit (visit_id, employee_id, terminal_id, start_at) VALUES
    ('imported', 'e1', 't1', '2026-02-02 09:00:00');
"""
ARRIVAL = CheckIn("visit-0001", "e1", "t1", NINE, Place(30.5, 114.3, 12.0))
ENTRY = VisitEntry(
    ARRIVAL,
    NINE + dt.timedelta(minutes=25),
    "订货",
    "已下单",
    {"next_on": "2026-03-09", "next_content": "谈陈列", "key_person": True},
    order_amount=Decimal("120.50"),
    effective=True,
    stock="low",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two shops in two regions, two reps, one imported visit."""
    with Store.open(tmp_path / "day.duckdb") as opened:
        opened.write("fill", lambda cursor: (cursor.execute(WORLD), refresh_closure(cursor)))
        yield opened


def count(store: Store, table: str) -> int:
    """Return the number of rows of a table."""
    return store.fetch(f"SELECT COUNT(*) AS n FROM {table}").to_pylist()[0]["n"]


def test_a_visit_typed_in_is_seen_like_an_imported_one(store: Store) -> None:
    """Adherence, the time in shops and the integrity check see the visit as one of the log."""
    visits.save_visit(store, ENTRY, expected_version=0, actor="甲")
    [done] = plans.visits_done(store, "e1", DAY, DAY + dt.timedelta(1)).to_dict("records")
    assert (done["terminal_id"], done["dwell"], done["order_amount"]) == ("t1", 25.0, 120.5)
    assert integrity.check(store) == []


def test_the_same_tap_twice_saves_once(store: Store) -> None:
    """A visit sent again, as after a lost answer, changes nothing: no row, no version, no audit."""
    first = visits.save_visit(store, ENTRY, expected_version=0, actor="甲")
    version = store.data_version
    again = visits.save_visit(store, ENTRY, expected_version=0, actor="甲")
    assert again.version == first.version == 1
    assert (store.data_version, count(store, "visit"), count(store, "visit_shelf")) == (version, 2, 1)


def test_the_review_of_the_talk_is_on_the_customers_card(store: Store) -> None:
    """The eight points are a record of the form of talks, under the id of the visit."""
    visits.save_visit(store, ENTRY, expected_version=0, actor="甲")
    [row] = store.fetch("SELECT f.form, f.record_id, f.version FROM customer_form AS f").to_pylist()
    assert row == {"form": "negotiation_review", "record_id": "visit-0001", "version": 1}
    [seen] = reads.visits(store, DAY, DAY + dt.timedelta(1), "e1").to_dict("records")
    assert '"next_content": "谈陈列"' in seen["review"]


def test_a_visit_without_the_next_one_is_refused_whole(store: Store) -> None:
    """Without day and content of the next visit nothing is written, not even the row of the visit."""
    with pytest.raises(FormError) as refused:
        visits.save_visit(store, replace(ENTRY, review={}), expected_version=0, actor="甲")
    assert [finding.field for finding in refused.value.findings] == ["next_on", "next_content"]
    assert (count(store, "visit"), count(store, "visit_check_in")) == (1, 0)


def test_a_correction_is_the_next_version_and_a_stale_one_a_conflict(store: Store) -> None:
    """Whoever saves on an old version is shown what the other one saved."""
    visits.save_visit(store, ENTRY, expected_version=0, actor="甲")
    mended = visits.save_visit(store, replace(ENTRY, result="无需求"), expected_version=1, actor="甲")
    assert mended.version == 2
    with pytest.raises(VisitConflictError) as conflict:
        visits.save_visit(store, replace(ENTRY, result="约定下次"), expected_version=1, actor="乙")
    assert conflict.value.theirs.values["result"] == "无需求"
    assert visits.load_visit(store, "visit-0001").values["result"] == "无需求"


def test_a_visit_from_a_file_is_never_written_over(store: Store) -> None:
    """The id of an imported visit is a conflict, and it can't be taken back here."""
    taken = replace(ENTRY, arrival=replace(ARRIVAL, visit_id="imported"))
    with pytest.raises(VisitConflictError):
        visits.save_visit(store, taken, expected_version=0, actor="甲")
    with pytest.raises(InputError, match="file"):
        visits.take_back(store, "imported", employee_id="e1", expected_version=0, actor="甲")


def test_a_shop_outside_the_scope_is_refused(store: Store) -> None:
    """Neither arrival nor visit is written for a shop of somebody else's region."""
    south = Scope(("s",))
    with pytest.raises(InputError, match="t1"):
        visits.check_in(store, ARRIVAL, actor="甲", scope=south)
    with pytest.raises(InputError, match="t1"):
        visits.save_visit(store, ENTRY, expected_version=0, actor="甲", scope=south)
    assert count(store, "visit_check_in") == 0


@pytest.mark.parametrize(
    "arrival",
    [replace(ARRIVAL, employee_id="nobody"), replace(ARRIVAL, arrived_at=dt.datetime(2999, 1, 1))],
)
def test_an_arrival_that_cannot_be_is_refused(store: Store, arrival: CheckIn) -> None:
    """A rep who isn't there and a day in the future are refused."""
    with pytest.raises(InputError):
        visits.check_in(store, arrival, actor="甲")


def test_an_arrival_waits_until_it_is_a_visit(store: Store) -> None:
    """An arrival is listed as open, once however often it is sent, until the visit is saved."""
    visits.check_in(store, ARRIVAL, actor="甲")
    visits.check_in(store, ARRIVAL, actor="甲")
    end = DAY + dt.timedelta(1)
    assert reads.check_ins(store, DAY, end)["visit_id"].tolist() == ["visit-0001"]
    visits.save_visit(store, ENTRY, expected_version=0, actor="甲")
    assert reads.check_ins(store, DAY, end)["visit_id"].tolist() == []


def test_an_arrival_is_cancelled_by_its_rep_alone(store: Store) -> None:
    """Another rep's cancelling changes nothing, and a saved visit is not cancelled."""
    visits.check_in(store, ARRIVAL, actor="甲")
    visits.cancel_check_in(store, "visit-0001", "e2", actor="乙")
    assert count(store, "visit_check_in") == 1
    visits.cancel_check_in(store, "visit-0001", "e1", actor="甲")
    assert count(store, "visit_check_in") == 0


def test_a_visit_is_taken_back_with_all_that_hangs_on_it(store: Store) -> None:
    """Row, shelf, arrival and review go; the audit log keeps what was said."""
    visits.save_visit(store, ENTRY, expected_version=0, actor="甲")
    with pytest.raises(InputError, match="another"):
        visits.take_back(store, "visit-0001", employee_id="e2", expected_version=1, actor="乙")
    visits.take_back(store, "visit-0001", employee_id="e1", expected_version=1, actor="甲")
    assert [count(store, t) for t in ("visit", "visit_shelf", "visit_check_in", "customer_form")] == [
        1,
        0,
        0,
        0,
    ]
    [row] = store.fetch("SELECT a.before FROM audit_log AS a WHERE a.action = 'visit_remove'").to_pylist()
    assert "谈陈列" in row["before"]


def test_an_import_put_aside_is_not_reported_again(store: Store) -> None:
    """While an import that replaced the visits can be undone, a visit of before isn't saved beside itself."""
    visits.save_visit(store, ENTRY, expected_version=0, actor="甲")

    def displace(cursor: object) -> None:
        cursor.execute("INSERT INTO history.visit SELECT v.*, 7 FROM visit AS v")
        cursor.execute("DELETE FROM visit")

    store.write("displace", displace)
    with pytest.raises(InputError, match="import"):
        visits.save_visit(store, ENTRY, expected_version=0, actor="甲")
