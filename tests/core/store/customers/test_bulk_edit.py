"""Changing one field of all that a filter leaves: seen first, one transaction, undone in one step."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from core.errors import InputError
from core.store.customers import bulk_edit as customer_change
from core.store.customers.bulk_edit import FieldChange, change_all, preview
from core.store.customers.bulk_undo import last_made, undo
from core.store.customers.edit import Change, edit
from core.store.customers.filter import CustomerFilter
from core.store.scope import Scope
from tests.core.store.customers.test_edit import store

if TYPE_CHECKING:
    from core.store.database import Store

__all__ = ["store"]
NORTH = Scope(("N",))


def grades(store: Store) -> dict[str, str | None]:
    rows = store.fetch("SELECT t.terminal_id AS id, t.grade AS grade FROM terminal AS t").to_pylist()
    return {row["id"]: row["grade"] for row in rows}


def audits(store: Store) -> int:
    return store.fetch("SELECT COUNT(*) AS n FROM audit_log AS a")["n"][0].as_py()


def test_what_would_change_is_counted_by_what_it_is_now(store: Store) -> None:
    """Of two terminals one has the value already; of dealers both differ, by what they have."""
    assert preview(store, FieldChange("terminal", "grade", "A")) == customer_change.Preview(2, ((None, 1),))
    found = preview(store, FieldChange("dealer", "tier", "large"))
    assert (found.customers, found.differing) == (2, 2)
    assert found.before == (("small", 1), (None, 1))


@pytest.mark.parametrize(
    "filters",
    [CustomerFilter(grades=("A",)), CustomerFilter(text="a"), CustomerFilter(regions=("N",))],
)
def test_only_those_the_filter_leaves_change(store: Store, filters: CustomerFilter) -> None:
    """Each filter leaves T1: it changes in one write that the audit describes, the other stays."""
    change = FieldChange("terminal", "grade", "B", filters)
    assert preview(store, change).customers == 1
    version, rows = store.data_version, audits(store)
    assert change_all(store, change, expected=1, actor="Li") == 1
    assert grades(store) == {"T1": "B", "T2": None}
    assert (store.data_version, audits(store)) == (version + 1, rows + 1)
    audit = store.fetch("SELECT a.* FROM audit_log AS a ORDER BY a.audit_id DESC LIMIT 1").to_pylist()[0]
    assert (audit["actor"], audit["entity"], json.loads(audit["before"])) == (
        "Li",
        "terminal",
        [["A", ["T1"]]],
    )
    assert json.loads(audit["after"]) == {"column": "grade", "value": "B", "customers": 1}


def test_a_field_is_emptied(store: Store) -> None:
    """Nothing is a value too; an owner is taken from all who have one."""
    assert change_all(store, FieldChange("dealer", "owner_employee_id", None), expected=1) == 1
    assert preview(store, FieldChange("dealer", "owner_employee_id", None)).differing == 0


@pytest.mark.parametrize(
    ("kind", "column", "value", "message"),
    [
        ("terminal", "grade", "E", "Grade: “E” is no choice."),
        ("terminal", "employee_id", "E9", "there is no “E9”"),
        ("terminal", "outlet_type", "x" * 101, "has 101 characters"),
        ("terminal", "name", "b", "name can't be changed here"),
        ("dealer", "grade", "A", "grade can't be changed here"),
    ],
)
def test_what_the_grid_refuses_is_refused_here(store: Store, kind, column, value, message) -> None:
    """A value is checked before it is shown and before it is saved; nothing is written."""
    rows = audits(store)
    change = FieldChange(kind, column, value)
    for refused in (lambda: preview(store, change), lambda: change_all(store, change, expected=2)):
        with pytest.raises(InputError, match=message):
            refused()
    assert audits(store) == rows


def test_others_than_those_shown_are_not_changed(store: Store) -> None:
    """Where somebody changed one meanwhile, or nobody differs, nothing is written."""
    change = FieldChange("terminal", "status", "listed")
    assert preview(store, change).differing == 2
    edit(store, "terminal", [Change("T1", "status", None, "listed")])
    rows = audits(store)
    with pytest.raises(InputError, match="2 would have changed, now it is 1"):
        change_all(store, change, expected=2)
    with pytest.raises(InputError, match="Nobody would change"):
        change_all(store, FieldChange("terminal", "grade", "A", CustomerFilter(grades=("A",))), expected=0)
    assert audits(store) == rows


def test_a_change_is_undone_in_one_step(store: Store) -> None:
    """Everybody gets back what stood there, none and all; a second undo finds nothing."""
    change_all(store, FieldChange("terminal", "grade", "C"), expected=2)
    made = last_made(store, "terminal")
    assert made is not None
    assert (made.column, made.value, made.customers) == ("grade", "C", 2)
    assert last_made(store, "dealer") is None
    version = store.data_version
    assert undo(store, made.audit_id) == (2, 0)
    assert grades(store) == {"T1": "A", "T2": None}
    assert store.data_version == version + 1
    assert last_made(store, "terminal") is None
    for number in (made.audit_id, 999):
        with pytest.raises(InputError, match="not there any more"):
            undo(store, number)


def test_what_somebody_changed_since_stays(store: Store) -> None:
    """An undo doesn't overwrite later work, and says how many it left."""
    change_all(store, FieldChange("terminal", "grade", "C"), expected=2)
    edit(store, "terminal", [Change("T1", "grade", "C", "D")])
    made = last_made(store, "terminal")
    assert made is not None
    assert undo(store, made.audit_id) == (1, 1)
    assert grades(store) == {"T1": "D", "T2": None}


def test_a_user_changes_and_undoes_only_in_the_own_regions(store: Store) -> None:
    """Customers elsewhere are in no preview and no change; a change of theirs isn't the user's to undo."""
    change = FieldChange("terminal", "grade", "B", scope=NORTH)
    assert preview(store, change).customers == 1
    change_all(store, change, expected=1)
    assert grades(store) == {"T1": "B", "T2": None}
    change_all(store, FieldChange("terminal", "status", "listed"), expected=2)
    made = last_made(store, "terminal")
    assert made is not None
    with pytest.raises(InputError, match="not yours"):
        undo(store, made.audit_id, scope=NORTH)
