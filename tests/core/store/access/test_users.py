"""Users in the store: what one may be, who changed whom, and that nobody is locked out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from core.access import User
from core.errors import InputError
from core.store.access.rows import UserConflictError
from core.store.access.sign_in import bind, find
from core.store.access.users import add, change, deactivate, list_users, load, save_all
from core.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADMIN = User("", "admin@example.com", "Zhou", ("admin",))
MANAGER = User("", "li@example.com", "Li", ("manager",), region_ids=("N",))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Regions N and S, two companies, the employee E1."""

    def fill(cursor: Any) -> None:
        cursor.execute(
            "INSERT INTO region (region_id, level, name)"
            " VALUES ('N', 'city', 'North'), ('S', 'city', 'South'), ('S2', 'county', 'South')"
        )
        cursor.execute("INSERT INTO company (company_id, name) VALUES ('OWN', 'We'), ('RIVAL', 'They')")
        cursor.execute("INSERT INTO employee (employee_id, name) VALUES ('E1', 'Wang')")

    with Store.open(tmp_path / "market.duckdb") as store:
        store.maintain(fill)
        yield store


def test_a_user_is_kept_as_given(store: Store) -> None:
    """Every field comes back; the address in small letters."""
    given = User(
        "", "Li@Example.com", " Li ", ("manager", "planner"), ("N", "S"), ("OWN",), "E1", True,
        dt.date(2026, 1, 1), dt.date(2026, 12, 31),
    )  # fmt: skip
    record = add(store, given, actor="admin@example.com")
    assert record.user == replace(given, email="li@example.com", name="Li")
    assert load(store, " LI@example.com") == record
    assert (record.version, record.updated_by) == (1, "admin@example.com")


def test_a_change_is_the_next_version_and_stands_in_the_audit_log(store: Store) -> None:
    """Before and after can be read later."""
    record = add(store, MANAGER)
    changed = change(store, record, replace(MANAGER, region_ids=("S",)), actor="admin@example.com")
    assert changed.version == 2
    row = store.fetch("SELECT * FROM audit_log AS a ORDER BY a.audit_id DESC LIMIT 1").to_pylist()[0]
    assert (row["actor"], row["action"], row["entity_key"]) == (
        "admin@example.com",
        "user_change",
        "li@example.com",
    )
    assert '["N"]' in row["before"]
    assert '["S"]' in row["after"]


def test_nothing_changed_is_no_version(store: Store) -> None:
    """Saving a user as it stands leaves no trace."""
    record, version = add(store, MANAGER), store.data_version
    assert change(store, record, MANAGER) == record
    assert store.data_version == version


def test_two_administrators_cannot_overwrite_each_other(store: Store) -> None:
    """Who saves on an older version learns who changed the user, and when."""
    record = add(store, MANAGER)
    change(store, record, replace(MANAGER, name="Li Na"), actor="zhou@example.com")
    with pytest.raises(UserConflictError, match=r"zhou@example\.com changed the user Li Na"):
        change(store, record, replace(MANAGER, region_ids=("S",)))


@pytest.mark.parametrize("email", ["li@example.com", "LI@EXAMPLE.COM "])
def test_an_address_has_one_user(store: Store, email: str) -> None:
    """Another case or blanks make no other address; the message names who has it."""
    add(store, MANAGER)
    with pytest.raises(InputError, match="the user Li"):
        add(store, User("", email, "Lin", ("viewer",)))


def test_an_address_somebody_worked_with_is_never_given_on(store: Store) -> None:
    """What is written down under an address means one person for ever."""
    record = bind(store, add(store, MANAGER), "idp|1")
    change(store, record, replace(record.user, email="li.na@example.com"))
    with pytest.raises(InputError, match="was the address of Li"):
        add(store, User("", "li@example.com", "Lin", ("viewer",)))


def test_a_mistyped_address_is_free_again(store: Store) -> None:
    """An address that nobody ever signed in with can go to whom it belongs."""
    record = add(store, MANAGER)
    change(store, record, replace(MANAGER, email="lin@example.com"))
    add(store, User("", "li@example.com", "Right Li", ("viewer",)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (replace(MANAGER, region_ids=("Norh",)), "Did you mean N"),  # no such region; the nearest name
        (replace(MANAGER, region_ids=("North",)), "Give the id N"),  # the name, not the id
        (replace(MANAGER, companies=("owm",)), "OWN"),  # no such company
        (replace(MANAGER, employee_id="Wan"), "Wang"),  # no such employee
    ],
)
def test_what_a_user_is_bound_to_must_be_there(store: Store, wrong: User, said: str) -> None:
    """A region, company or employee that isn't there is refused with the nearest that is."""
    with pytest.raises(InputError, match=said):
        add(store, wrong)
    assert list_users(store) == []


@pytest.mark.parametrize(
    "loss",
    [
        {"active": False},
        {"roles": ("viewer",)},
        {"until": dt.date(2999, 12, 31)},
        {"since": dt.date(2999, 1, 1)},
    ],
)
def test_the_last_administrator_stays(store: Store, loss: dict[str, Any]) -> None:
    """Neither deactivation nor another role nor a date shuts the last administrator out."""
    record = add(store, ADMIN)
    with pytest.raises(InputError, match="last active administrator"):
        change(store, record, replace(ADMIN, **loss))
    with pytest.raises(InputError, match="last active administrator"):
        save_all(store, [replace(ADMIN, **loss)])
    add(store, replace(ADMIN, email="second@example.com"))
    assert change(store, record, replace(ADMIN, **loss)).version == 2


def test_administration_can_be_handed_on_in_one_list(store: Store) -> None:
    """A list that takes the role from one and gives it to another leaves an administrator."""
    add(store, ADMIN)
    successor = User("", "new@example.com", "New", ("admin",))
    assert save_all(store, [replace(ADMIN, roles=("viewer",)), successor]) == (1, 1)


def test_a_list_adds_changes_and_leaves_the_others(store: Store) -> None:
    """Who isn't in the list stays; who is unchanged is no version; a sign-in stays bound."""
    add(store, ADMIN)
    record = bind(store, add(store, MANAGER), "idp|1")
    listed = [
        replace(MANAGER, region_ids=("N", "S")),
        User("", "rep@example.com", "Rep", ("rep",), employee_id="E1"),
    ]
    assert save_all(store, listed) == (1, 1)
    assert save_all(store, listed) == (0, 0)
    assert load(store, record.user.email).user.subject == "idp|1"
    assert len(list_users(store)) == 3


def test_a_wrong_user_in_a_list_writes_nothing(store: Store) -> None:
    """All of a list or nothing."""
    with pytest.raises(InputError):
        save_all(store, [ADMIN, replace(MANAGER, region_ids=("X",))])
    assert list_users(store) == []


def test_the_first_sign_in_binds_and_the_subject_counts_from_then_on(store: Store) -> None:
    """The service's name of the person finds the user although the address changed there."""
    record = add(store, MANAGER)
    found = find(store, "idp|1", "LI@example.com")
    assert found == record
    bound = bind(store, record, "idp|1")
    assert bound.user.subject == "idp|1"
    assert bind(store, bound, "idp|1") == bound
    assert find(store, "idp|1", "other@example.com") == bound


def test_an_address_does_not_find_a_user_who_is_bound(store: Store) -> None:
    """Another account with the same address does not become the user."""
    record = add(store, MANAGER)
    bind(store, record, "idp|1")
    assert find(store, "idp|2", "li@example.com") is None
    with pytest.raises(InputError, match="another account"):
        bind(store, record, "idp|2")


def test_a_change_of_address_takes_nobody_over(store: Store) -> None:
    """A user who gets another's address stays who they are, and the other signs in as nobody."""
    record = bind(store, add(store, MANAGER), "idp|1")
    moved = change(store, record, replace(record.user, subject="idp|2", email="wang@example.com"))
    assert moved.user.subject == "idp|1"
    assert find(store, "idp|2", "wang@example.com") is None


def test_nobody_is_found_without_address_or_subject(store: Store) -> None:
    """An address the service doesn't vouch for finds nobody, and no subject finds nobody."""
    add(store, MANAGER)
    assert find(store, "idp|1", "") is None
    assert find(store, "", "li@example.com") is None


def test_a_released_user_is_bound_anew(store: Store) -> None:
    """After a change of the sign-in service an administrator lets the next sign-in bind again."""
    record = bind(store, add(store, MANAGER), "idp|1")
    change(store, record, replace(record.user, subject=""))
    assert find(store, "idp|1", "") is None
    assert find(store, "new|7", "li@example.com") is not None


def test_who_is_deactivated_stays_in_the_list(store: Store) -> None:
    """The user is kept, inactive, below the active ones."""
    add(store, ADMIN)
    record = add(store, MANAGER)
    deactivate(store, record)
    assert [(each.user.name, each.user.active) for each in list_users(store)] == [
        ("Zhou", True),
        ("Li", False),
    ]
