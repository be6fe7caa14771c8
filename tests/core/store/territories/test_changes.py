"""Applying territories and undoing them: everything or nothing, and nothing lost."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.errors import InputError
from core.store.database import Store
from core.store.integrity import check
from core.store.scope import Scope
from core.store.territories.changes import TerritoryChange, apply
from core.store.territories.shops import changes, promised_visits
from core.store.territories.undo import undo
from core.store.visits.plans import PlanHeader

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY = dt.date(2026, 1, 5)
# Shops a and b are e1's, c is e2's, d nobody's. e1 plans to visit a on the 5th and 12th, b on the 5th.
SETUP = """
    INSERT INTO region (region_id, level, name) VALUES ('r', 'county', '甲');
    INSERT INTO region_closure VALUES ('r', 'r', 0);
    INSERT INTO employee (employee_id, name) VALUES ('e1', '甲'), ('e2', '乙'), ('e3', '丙');
    INSERT INTO terminal (terminal_id, name, region_id, employee_id) VALUES
        ('a', 'A', 'r', 'e1'), ('b', 'B', 'r', 'e1'), ('c', 'C', 'r', 'e2'), ('d', 'D', 'r', NULL);
    INSERT INTO visit_plan VALUES
        ('p1', 'e1', DATE '2026-01-05', 4, 1, NULL, 0, 3, 30, 9, 'f', '{}', 0, 'local', now());
    INSERT INTO visit_plan_stop VALUES
        ('p1', DATE '2026-01-05', 1, 'a', 540, 30, 10, 3), ('p1', DATE '2026-01-05', 2, 'b', 600, 30, 10, 3),
        ('p1', DATE '2026-01-12', 1, 'a', 540, 30, 10, 3);
    INSERT INTO visit_rule (terminal_id, fixed, minutes) VALUES ('a', '2026-01-07', 20);
    INSERT INTO terminal_stand_in VALUES ('a', 'e3');
"""
EVERYTHING = {
    "terminal": "SELECT t.terminal_id, t.employee_id FROM terminal AS t ORDER BY 1",
    "stand_in": "SELECT * FROM terminal_stand_in ORDER BY 1",
    "rule": "SELECT r.terminal_id, r.fixed, r.minutes FROM visit_rule AS r ORDER BY 1",
    "plan": "SELECT p.plan_id, p.visits FROM visit_plan AS p ORDER BY 1",
    "stop": "SELECT * FROM visit_plan_stop ORDER BY ALL",
    "form": "SELECT f.customer_id, f.record_id, f.version FROM customer_form AS f ORDER BY 1",
}


def prepare(path: Path) -> Store:
    """Open a store with four shops and a plan."""
    store = Store.open(path)

    def write(cursor: object) -> None:
        for statement in SETUP.split(";\n"):
            if statement.strip():
                cursor.execute(statement)  # type: ignore[attr-defined]

    store.write("setup", write)
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store with four shops and a plan."""
    with prepare(tmp_path / "store.duckdb") as opened:
        yield opened


def state(store: Store) -> dict[str, list[dict[str, object]]]:
    """Return everything that a change touches."""
    return {name: store.fetch(text).to_pylist() for name, text in EVERYTHING.items()}


def change(**options: object) -> TerritoryChange:
    """Give a and d to e2 from the 10th on: one visit follows, one plan is left without it."""
    moves = pd.DataFrame(
        [("a", "e1", "e2", '{"reason": "x"}'), ("d", None, "e2", None)],
        columns=["terminal_id", "before", "after", "record"],
    )
    visits = pd.DataFrame([("p1", "a", dt.date(2026, 1, 12))], columns=["plan_id", "terminal_id", "day"])
    stops = pd.DataFrame(
        [(DAY, 1, "a", 540.0, 30.0, 10.0, 3.0), (DAY, 2, "b", 600.0, 30.0, 10.0, 3.0)],
        columns=["day", "position", "terminal_id", "begins", "minutes", "travel_minutes", "km"],
    )
    plans = [(PlanHeader("e1", DAY, 4, 20.0, 6.0, "f", base_plan_id="p1", changes=1), stops)]
    values = {"moves": moves, "visits": visits, "plans": plans, **options}
    return TerritoryChange("spring", dt.date(2026, 1, 10), **values)  # type: ignore[arg-type]


def test_everything_changes_in_one_step(store: Store) -> None:
    """Owner, stand-in, hand-over record, appointment and plan change together; the store is in order."""
    apply(store, change(), actor="boss")
    after = state(store)
    assert [row["employee_id"] for row in after["terminal"]] == ["e2", "e1", "e2", "e2"]
    assert after["stand_in"] == [{"terminal_id": "a", "employee_id": "e1"}]
    assert [(row["customer_id"], row["version"]) for row in after["form"]] == [("a", 1)]
    assert after["rule"] == [{"terminal_id": "a", "fixed": "2026-01-07,2026-01-12", "minutes": 20.0}]
    assert [row["visits"] for row in after["plan"]] == [2, 3]
    assert promised_visits(store, ["a"], dt.date(2026, 1, 10)).empty
    assert check(store) == []


def test_history_names_the_step(store: Store) -> None:
    """The list of changes says what was applied, by whom, for how many customers, and when it was undone."""
    change_id = apply(store, change(), actor="boss")
    row = changes(store).iloc[0]
    assert (row["change_id"], row["name"], row["customers"], row["applied_by"]) == (
        change_id,
        "spring",
        2,
        "boss",
    )
    assert pd.isna(row["undone_at"])
    undo(store, change_id, actor="other")
    assert changes(store).iloc[0]["undone_by"] == "other"


def test_undo_gives_everything_back(store: Store) -> None:
    """After undoing, owners, stand-ins, records, appointments and plans are as they were."""
    before = state(store)
    assert undo(store, apply(store, change())) == (2, 0)
    assert state(store) == before
    assert check(store) == []


def test_undo_keeps_what_changed_since(store: Store) -> None:
    """A shop that got another owner since keeps it, and an appointment agreed since stays."""
    change_id = apply(store, change())

    def later(cursor: object) -> None:
        cursor.execute("UPDATE terminal SET employee_id = 'e3' WHERE terminal_id = 'd'")  # type: ignore[attr-defined]
        cursor.execute(  # type: ignore[attr-defined]
            "UPDATE visit_rule SET fixed = fixed || ',2026-01-20' WHERE terminal_id = 'a'"
        )

    store.write("later", later)
    assert undo(store, change_id) == (1, 1)
    after = state(store)
    assert [row["employee_id"] for row in after["terminal"]] == ["e1", "e1", "e2", "e3"]
    assert after["rule"][0]["fixed"] == "2026-01-07,2026-01-20"


def test_a_change_is_undone_once(store: Store) -> None:
    """Undoing again, or undoing what isn't there, is refused."""
    change_id = apply(store, change())
    undo(store, change_id)
    for gone in (change_id, "nothing"):
        with pytest.raises(InputError):
            undo(store, gone)


def test_an_owner_changed_since_the_proposal_is_refused(store: Store) -> None:
    """Nothing changes where one of the customers isn't whose it was; the message names it."""
    store.write(
        "other",
        lambda cursor: cursor.execute("UPDATE terminal SET employee_id = 'e3' WHERE terminal_id = 'a'"),
    )
    before = state(store)
    with pytest.raises(InputError, match="A"):
        apply(store, change())
    assert state(store) == before


def test_two_people_at_once(store: Store) -> None:
    """Of two who apply the same proposal at the same time one succeeds and one is told."""
    outcomes: list[str] = []

    def try_it() -> None:
        try:
            outcomes.append(apply(store, change()))
        except InputError as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=try_it) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome == "InputError" for outcome in outcomes) == [False, True]
    assert [row["employee_id"] for row in state(store)["terminal"]] == ["e2", "e1", "e2", "e2"]
    assert len(changes(store)) == 1


def test_a_stranger_and_somebody_else_s_customers_are_refused(store: Store) -> None:
    """The new owner must be there, and the customers must be the user's."""
    moves = change().moves.assign(after="e9")
    with pytest.raises(InputError, match="e9"):
        apply(store, change(moves=moves))
    with pytest.raises(InputError):
        apply(store, change(scope=Scope(("elsewhere",))))


def test_an_empty_change_is_refused() -> None:
    """A step that changes nothing isn't one."""
    with pytest.raises(InputError):
        change(moves=change().moves.iloc[:0])


KILLED = """
import os, sys
from pathlib import Path
from core.store.database import Store
from core.store.territories.changes import apply
from tests.core.store.territories.test_changes import change

class Deadly:
    def __init__(self, cursor):
        self.cursor, self.left = cursor, int(sys.argv[2])
    def execute(self, *arguments):
        self.left -= 1
        if self.left < 0:
            os._exit(9)
        return self.cursor.execute(*arguments)
    def __getattr__(self, name):
        return getattr(self.cursor, name)

original = Store.write
def deadly(self, action, function, **options):
    return original(self, action, lambda cursor: function(Deadly(cursor)), **options)

with Store.open(Path(sys.argv[1])) as store:
    Store.write = deadly
    apply(store, change())
"""


@pytest.mark.parametrize("statements", [3, 7, 10, 12])
def test_a_kill_in_the_middle_loses_nothing(tmp_path: Path, statements: int) -> None:
    """A process that dies after some statements of the step leaves the store as it was."""
    path = tmp_path / "store.duckdb"
    with prepare(path) as store:
        before = state(store)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path), str(statements)], check=False)
    assert done.returncode == 9
    with Store.open(path) as store:
        assert state(store) == before
        assert check(store) == []
        assert changes(store).empty
