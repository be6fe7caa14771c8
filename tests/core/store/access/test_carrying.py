"""A restore brings no user and no right back that was taken away since the copy."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.access import User
from core.store.access.users import add, change, deactivate, list_users
from core.store.backup import backup, restore
from core.store.database import Store

if TYPE_CHECKING:
    from pathlib import Path

ADMIN = User("", "admin@example.com", "Zhou", ("admin",))
LI = User("", "li@example.com", "Li", ("planner", "approver"))
WANG = User("", "wang@example.com", "Wang", ("viewer",))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy from a time when Li planned and approved and Wang might come in; neither may now."""
    with Store.open(tmp_path / "market.duckdb") as store:
        add(store, ADMIN)
        records = [add(store, LI), add(store, WANG)]
        made = backup(store, tmp_path / "copy.duckdb")
        change(store, records[0], replace(LI, roles=("planner",)))
        deactivate(store, records[1])
        add(store, User("", "new@example.com", "Zhao", ("viewer",)))
    return made


def listed(path: Path) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Return roles of all users, and whether they are let in."""
    with Store.open(path) as store:
        return {each.user.name: (each.user.roles, each.user.active) for each in list_users(store)}


def test_a_restore_keeps_users_and_rights(copy: Path, tmp_path: Path) -> None:
    """Li approves nothing, Wang stays outside, and Zhao, whom the copy doesn't know, is still let in."""
    before = listed(tmp_path / "market.duckdb")
    _aside, said = restore(copy, tmp_path / "market.duckdb")
    assert listed(tmp_path / "market.duckdb") == before
    assert before["Li"] == (("planner",), True)
    assert before["Wang"] == (("viewer",), False)
    assert said.startswith("4 users are kept")


def test_whoever_only_the_copy_lists_is_deactivated(copy: Path, tmp_path: Path) -> None:
    """Users of another store come along, let in by nobody; an address of both stays whose it is."""
    other = tmp_path / "other.duckdb"
    with Store.open(other) as store:
        add(store, User("", "chen@example.com", "Chen", ("admin",)))
        add(store, replace(WANG, name="Another Wang"))
    restore(copy, other)
    assert listed(other) == {
        "Chen": (("admin",), True),
        "Another Wang": (("viewer",), True),
        "Zhou": (("admin",), False),
        "Li": (LI.roles, False),
    }


@pytest.mark.parametrize(("damaged", "said"), [(True, "can't be read"), (False, "Nobody was listed")])
def test_users_of_the_copy_are_no_surprise(copy: Path, tmp_path: Path, damaged: bool, said: str) -> None:
    """Where the users of before can't be read, or there were none, the answer says whose they are."""
    target = tmp_path / "target.duckdb"
    if damaged:
        target.write_bytes(b"no store" * 1000)
    else:
        Store.open(target).close()
    assert said in restore(copy, target)[1]
    assert listed(target)["Wang"] == (("viewer",), True)
