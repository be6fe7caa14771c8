"""Tasks in the store: versions, conflicts, history, and who may see and change them."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any

import pytest

from core.cycle.tasks.measurement import Measurement
from core.cycle.tasks.task import Finding, Goal, Task
from core.errors import InputError
from core.store.cycle.tasks.moves import move, sign, undo_drop
from core.store.cycle.tasks.records import create, edit, events, load, task_table
from core.store.cycle.tasks.rows import TaskConflictError, TaskRecord
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DUE = dt.date(2026, 10, 30)
NORTH, SOUTH = Scope(("N",)), Scope(("S",))
FINDING = Finding("cushion", "N1", "The cushion shrinks.", "number-one", {"region": "N1"})
GOAL = Goal("ratio", 1.7, 1.5, dt.date(2026, 8, 31), {"company": "OWN", "months": "3"})
TASK = Task("Win the market", DUE, FINDING, region_id="N1", owner_id="E1", goal=GOAL, note="first the fair")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Regions N (with N1) and S under TOP; terminal T1 in N1, T2 in S; Li and Wang, her manager."""

    def fill(cursor: Any) -> None:
        cursor.execute(
            "INSERT INTO region (region_id, parent_id, level, name) VALUES ('TOP', NULL, 'country', 'Top'),"
            " ('N', 'TOP', 'city', 'North'), ('N1', 'N', 'county', 'North 1'), ('S', 'TOP', 'city', 'South')"
        )
        cursor.execute(
            "INSERT INTO terminal (terminal_id, name, region_id)"
            " VALUES ('T1', 'Shop 1', 'N1'), ('T2', 'Shop 2', 'S')"
        )
        cursor.execute(
            "INSERT INTO employee (employee_id, name, manager_id)"
            " VALUES ('E1', 'Li', 'E2'), ('E2', 'Wang', NULL)"
        )
        refresh_closure(cursor)

    with Store.open(tmp_path / "market.duckdb") as store:
        store.write("fill", fill)
        yield store


@pytest.fixture
def made(store: Store) -> TaskRecord:
    return create(store, TASK, actor="Wang")[0]


def test_a_task_comes_back_as_it_was_made(store: Store, made: TaskRecord) -> None:
    """Finding, goal, owner and note survive the store."""
    found = load(store, made.task_id)
    assert found == made
    assert found is not None
    assert (found.task, found.state, found.version) == (TASK, "open", 1)


def test_a_finding_has_one_open_task(store: Store, made: TaskRecord) -> None:
    """A second task of the finding is the first one; after a drop there is a new one."""
    before = store.data_version
    assert create(store, TASK) == (made, False)
    assert store.data_version == before
    move(store, made, "dropped", reason="sold out")
    again, is_new = create(store, TASK)
    assert is_new
    assert again.task_id != made.task_id


def test_a_task_that_the_data_closed_is_no_hindrance(store: Store, made: TaskRecord) -> None:
    """A new task of the finding is made beside one that its maker knows to be reached."""
    assert create(store, TASK, beside={made.task_id})[1]


def test_two_ideas_of_ones_own_are_no_twins(store: Store) -> None:
    """Tasks made by hand are never taken for one another."""
    task = Task("Call", DUE, Finding("manual", "", ""), region_id="N")
    assert create(store, task)[0].task_id != create(store, task)[0].task_id


def test_the_later_of_two_editors_sees_what_the_first_saved(store: Store, made: TaskRecord) -> None:
    """An edit and a move from an overtaken version write nothing and carry the saved task."""
    saved = edit(store, made, Task("Win the fair", DUE, FINDING, region_id="N1"), actor="Li")
    assert saved.version == 2
    for change in (
        lambda: edit(store, made, TASK, actor="Wang"),
        lambda: move(store, made, "doing", actor="Wang"),
        lambda: move(store, made, "dropped", actor="Wang", reason="late"),
    ):
        with pytest.raises(TaskConflictError) as caught:
            change()
        assert caught.value.theirs == saved
    assert load(store, made.task_id) == saved


def test_an_edit_that_changes_nothing_makes_no_version(store: Store, made: TaskRecord) -> None:
    """Saving what is there leaves version and history alone."""
    assert edit(store, made, TASK).version == 1
    assert len(events(store, made.task_id)) == 1


def test_the_way_of_a_task_stands_in_its_history(store: Store, made: TaskRecord) -> None:
    """Made, begun, reported, sent back, reported, signed: six events with who, why and what changed."""
    record = move(store, made, "doing", actor="Li")
    record = edit(store, record, Task("Win it", DUE, FINDING, region_id="N1", owner_id="E1"), actor="Li")
    record = move(store, record, "done", actor="Li")
    record = move(store, record, "doing", actor="Wang", reason="two shops are missing")
    record = move(store, record, "done", actor="Li")
    record = sign(store, record, " Wang ", actor="Wang", on=DUE)
    assert (record.state, record.signed_by, record.closed_on) == ("signed", "Wang", DUE)
    history = events(store, made.task_id).iloc[::-1]
    assert list(history["state_after"]) == ["open", "doing", "doing", "done", "doing", "done", "signed"]
    assert list(history["action"]) == ["create", "move", "edit", "move", "move", "move", "sign"]
    assert history["reason"].dropna().tolist() == ["two shops are missing"]
    changed = json.loads(history["before"].iloc[2])
    assert changed["title"] == "Win the market"
    assert set(json.loads(history["after"].iloc[2])) == set(changed)
    audit = store.fetch("SELECT a.action FROM audit_log AS a WHERE a.entity = 'task' ORDER BY a.audit_id")
    assert audit["action"].to_pylist() == [
        "task_create", "task_move", "task_edit", "task_move", "task_move", "task_move", "task_sign",
    ]  # fmt: skip


@pytest.mark.parametrize("way", [(), ("doing",), ("doing", "done")])
def test_a_wrong_drop_is_taken_back(store: Store, made: TaskRecord, way: tuple[str, ...]) -> None:
    """The task comes back in the state it had, also after it was dropped before."""
    record = undo_drop(store, move(store, made, "dropped", reason="wrong"))
    for state in way:
        record = move(store, record, state)
    dropped = move(store, record, "dropped", reason="by mistake")
    assert dropped.closed_on == dt.date.today()
    back = undo_drop(store, dropped)
    assert (back.state, back.closed_on) == (record.state, None)
    with pytest.raises(InputError):
        undo_drop(store, back)


def test_what_the_data_said_stays_with_the_signature(store: Store, made: TaskRecord) -> None:
    """Verdict and value are kept; against the data a reason is asked for; a reached task needs no report."""
    done = move(store, made, "done")
    with pytest.raises(InputError, match="don't show"):
        sign(store, done, "Wang", measured=Measurement("not_yet", 1.6))
    with pytest.raises(InputError, match="Li"):
        sign(store, done, "Li")
    signed = sign(store, done, "Wang", measured=Measurement("not_yet", 1.6), reason="fair is over")
    assert (signed.signed_verdict, signed.signed_value) == ("not_yet", 1.6)
    other = create(store, Task("Two", DUE, Finding("region", "N", ""), region_id="N", goal=GOAL))[0]
    with pytest.raises(InputError):
        sign(store, other, "Wang")
    assert sign(store, other, "Wang", measured=Measurement("reached", 1.8)).state == "signed"


def test_a_closed_task_stays_as_it_is(store: Store, made: TaskRecord) -> None:
    """Neither an edit nor a move changes what was signed, and a plain move signs nothing."""
    done = move(store, made, "done")
    with pytest.raises(InputError):
        move(store, done, "signed")
    signed = sign(store, done, "Wang")
    for change in (lambda: edit(store, signed, TASK), lambda: move(store, signed, "doing")):
        with pytest.raises(InputError):
            change()


def test_a_scope_hides_and_forbids(store: Store, made: TaskRecord) -> None:
    """Who sees the south neither sees nor changes nor makes tasks of the north or of nowhere."""
    nowhere = create(store, Task("Bring data", DUE, Finding("missing_data", "", "")))[0]
    shop = create(
        store,
        Task("Visit", DUE, Finding("overdue_visit", "T2", ""), customer_type="terminal", customer_id="T2"),
    )[0]
    everything = {made.task_id, nowhere.task_id, shop.task_id}
    assert set(task_table(store)["task_id"].to_pylist()) == everything
    assert task_table(store, scope=NORTH)["task_id"].to_pylist() == [made.task_id]
    assert task_table(store, scope=SOUTH)["task_id"].to_pylist() == [shop.task_id]
    assert task_table(store, within="S")["task_id"].to_pylist() == [shop.task_id]
    assert load(store, made.task_id, scope=SOUTH) is None
    assert events(store, made.task_id, scope=SOUTH).empty
    with pytest.raises(TaskConflictError):
        move(store, made, "doing", scope=SOUTH)
    with pytest.raises(TaskConflictError):
        edit(store, made, TASK, scope=SOUTH)
    with pytest.raises(InputError):
        create(store, Task("x", DUE, Finding("region", "N", ""), region_id="N"), scope=SOUTH)
    with pytest.raises(InputError):
        edit(store, made, Task("x", DUE, FINDING, region_id="S"), scope=NORTH)
    assert load(store, made.task_id) == made


def test_a_customers_task_follows_the_customer(store: Store) -> None:
    """When the shop moves to the south, its task is seen there."""
    task = Task(
        "Visit",
        DUE,
        Finding("customer", "T1", ""),
        region_id="N1",
        customer_type="terminal",
        customer_id="T1",
    )
    create(store, task)
    assert task_table(store, scope=NORTH).num_rows == 1
    store.write("move", lambda c: c.execute("UPDATE terminal SET region_id = 'S' WHERE terminal_id = 'T1'"))
    assert task_table(store, scope=NORTH).num_rows == 0
    assert task_table(store, scope=SOUTH)["region"].to_pylist() == ["South"]
