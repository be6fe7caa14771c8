"""Changing many customers at once: checked as a whole, in one transaction, with an audit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from core.errors import InputError
from core.store.customers import edit as customer_edit
from core.store.customers.edit import Change, EditError, edit
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Dealers D1 (north) and D2 (south), terminals T1 (north) and T2 (south), employees E1 and E2."""

    def fill(cursor: Any) -> None:
        cursor.execute(
            "INSERT INTO region (region_id, level, name) VALUES ('N', 'city', 'n'), ('S', 'city', 's')"
        )
        cursor.execute("INSERT INTO employee (employee_id, name) VALUES ('E1', 'Li'), ('E2', 'Wang')")
        cursor.execute(
            "INSERT INTO dealer (dealer_id, name, region_id, tier, owner_employee_id)"
            " VALUES ('D1', 'a', 'N', 'small', 'E1'), ('D2', 'b', 'S', NULL, NULL)"
        )
        cursor.execute(
            "INSERT INTO terminal (terminal_id, name, region_id, grade, cell, batch_id)"
            " VALUES ('T1', 'a', 'N', 'A', 7, 3), ('T2', 'b', 'S', NULL, 8, 3)"
        )
        refresh_closure(cursor)

    with Store.open(tmp_path / "market.duckdb") as store:
        store.write("fill", fill)
        yield store


def rows(store: Store, kind: str) -> list[tuple[object, ...]]:
    with store.cursor() as cursor:
        return cursor.execute(f"SELECT t.* FROM {kind} AS t ORDER BY t.{kind}_id").fetchall()


def test_changes_are_made_and_written_down(store: Store) -> None:
    """Several attributes of several customers change in one write; the audit has before and after."""
    before = store.data_version
    changes = [
        Change("T1", "grade", "A", "B"),
        Change("T1", "status", None, "listed"),
        Change("T2", "employee_id", None, "E2"),
        Change("T2", "outlet_type", None, "便利店𠮷"),
        Change("T2", "grade", None, None),  # no change
    ]
    assert edit(store, "terminal", changes, actor="Li") == 4
    assert store.data_version == before + 1
    found = store.fetch(
        "SELECT t.grade, t.status, t.employee_id, t.outlet_type, t.cell, t.batch_id FROM terminal AS t"
        " ORDER BY t.terminal_id"
    ).to_pylist()
    assert [tuple(row.values()) for row in found] == [
        ("B", "listed", None, None, 7, 3),
        (None, None, "E2", "便利店𠮷", 8, 3),
    ]
    audit = store.fetch("SELECT a.* FROM audit_log AS a ORDER BY a.audit_id DESC LIMIT 1").to_pylist()[0]
    assert (audit["actor"], audit["entity"], audit["entity_key"]) == ("Li", "terminal", "T1,T2")
    assert json.loads(audit["before"])["T1"] == {"grade": "A", "status": None}
    assert json.loads(audit["after"])["T1"] == {"grade": "B", "status": "listed"}


def test_an_owner_is_taken_away(store: Store) -> None:
    """An empty cell removes what was recorded."""
    edit(
        store, "dealer", [Change("D1", "owner_employee_id", "E1", None), Change("D2", "tier", None, "large")]
    )
    assert [(row[2], row[12]) for row in rows(store, "dealer")] == [("small", None), ("large", None)]


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        (
            "terminal",
            Change("T1", "grade", "A", "E"),
            "Grade: “E” is no choice. Expected one of: A, B, C, D.",
        ),
        ("dealer", Change("D1", "tier", "small", "lage"), "Did you mean large?"),
        ("dealer", Change("D1", "owner_employee_id", "E1", "E1O"), "no “E1O”. Did you mean E1?"),
        ("terminal", Change("T1", "dealer_id", None, "Q"), "Dealer ID: there is no “Q”."),
        ("terminal", Change("T1", "name", "a", "b"), "name can't be changed here."),
        ("terminal", Change("T1", "lat", None, "1"), "lat can't be changed here."),
        (
            "terminal",
            Change("T1", "outlet_type", None, "x" * 101),
            "Outlet type has 101 characters. At most 100",
        ),
        ("terminal", Change("T9", "grade", None, "A"), "not there, or not yours"),
        ("terminal", Change("T1", "grade", "C", "B"), "Somebody changed this in the meantime to “A”."),
        ("terminal", Change("T1", "grade", None, "B"), "Somebody changed this in the meantime to “A”."),
        ("terminal", Change("T1' OR 1=1 --", "grade", None, "B"), "not there, or not yours"),
    ],
)
def test_a_wrong_change_changes_nothing(store: Store, kind, change, message) -> None:
    """What is wrong is named with what is allowed; a right change beside it isn't made either."""
    before = rows(store, kind)
    right = (
        Change("T2", "status", None, "listed") if kind == "terminal" else Change("D2", "tier", None, "large")
    )
    with pytest.raises(EditError, match="1 change is not right") as refused:
        edit(store, kind, [right, change])
    assert message in refused.value.hint
    assert rows(store, kind) == before


def test_all_that_is_wrong_is_said_at_once(store: Store) -> None:
    """Twenty-five wrong cells are twenty-five findings; the first twenty are spelled out."""
    wrong = [Change(f"X{number:02}", "grade", None, "A") for number in range(25)]
    with pytest.raises(EditError, match="25 changes") as refused:
        edit(store, "terminal", wrong)
    assert len(refused.value.findings) == 25
    assert "… and 5 more." in refused.value.hint


def test_a_user_changes_only_customers_of_the_own_regions(store: Store) -> None:
    """A change of a customer elsewhere is refused, and with it all others."""
    north = Scope(("N",))
    mine, theirs = Change("T1", "grade", "A", "B"), Change("T2", "grade", None, "B")
    with pytest.raises(EditError, match="1 change is not right"):
        edit(store, "terminal", [mine, theirs], scope=north)
    assert edit(store, "terminal", [mine], scope=north) == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ([], "Expected 1 to"),
        ([Change("T1", "grade", "A", "A")], "Expected 1 to"),  # no change
        ([Change("T1", "grade", "A", "B"), Change("T1", "grade", "A", "C")], "twice"),
    ],
)
def test_no_change_and_two_of_one_cell_are_refused(store: Store, changes, message) -> None:
    """Saving nothing, or one cell twice, is a mistake of the caller, not a write."""
    with pytest.raises(InputError, match=message):
        edit(store, "terminal", changes)


def test_too_many_changes_are_refused(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit the filter has to be narrowed."""
    monkeypatch.setattr(customer_edit, "MOST", 1)
    with pytest.raises(InputError, match="found 2"):
        edit(store, "terminal", [Change("T1", "grade", "A", "B"), Change("T2", "grade", None, "B")])
