"""One function decides what a user may do."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access import LOCAL, ROLES, Access, Right, User, access_of, see_as
from core.errors import NotAllowedError

DAY = dt.date(2026, 11, 30)
DAYS = st.none() | st.dates(DAY - dt.timedelta(days=3), DAY + dt.timedelta(days=3))
IDS = st.none() | st.lists(st.sampled_from("ABC"), max_size=3).map(tuple)
USERS = st.builds(
    User,
    subject=st.just("s"),
    email=st.just("li@example.com"),
    name=st.just("李"),
    roles=st.lists(st.sampled_from([*ROLES, "owner"]), max_size=4).map(tuple),
    region_ids=IDS,
    companies=IDS,
    employee_id=st.none() | st.just("E1"),
    active=st.booleans(),
    since=DAYS,
    until=DAYS,
)


def user(*roles: str, **values: object) -> User:
    """Return an active user with some roles."""
    return User("s", "li@example.com", "李", roles, **values)  # type: ignore[arg-type]


@given(USERS)
def test_an_access_never_exceeds_the_roles(someone: User) -> None:
    """Whatever a user is, nothing is allowed that none of the roles carries."""
    allowed = {right for role in someone.roles if role in ROLES for right in ROLES[role].rights}
    assert access_of(someone, DAY).rights <= allowed


@given(USERS)
def test_who_is_not_admitted_has_nothing(someone: User) -> None:
    """An inactive user, one before the first and one after the last day has no right and no region."""
    first, last = someone.since or dt.date.min, someone.until or dt.date.max
    if not (someone.active and first <= DAY <= last):
        assert access_of(someone, DAY) == Access(someone.email, frozenset(), region_ids=())


@given(USERS)
def test_an_access_never_shows_more_than_is_listed(someone: User) -> None:
    """Regions and companies are those of the user; a rep is bound to an employee, or has no rights."""
    access = access_of(someone, DAY)
    if someone.region_ids is not None:
        assert set(access.region_ids or ()) <= set(someone.region_ids)
        assert access.region_ids is not None
    if access.rights:
        assert access.companies is None or set(access.companies) == set(someone.companies or ())
        assert (access.employee_id is not None) == someone.is_rep


@given(USERS)
def test_seeing_as_a_user_shows_the_same_and_changes_nothing(someone: User) -> None:
    """The administrator sees the user's rows under an own name, and has no right but to look."""
    seen, theirs = see_as("admin@example.com", someone, DAY), access_of(someone, DAY)
    assert seen.key[:3] == theirs.key[:3]
    assert seen.rights <= {Right.VIEW} & theirs.rights or not seen.rights
    assert seen.actor == "admin@example.com"


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("viewer", "view export"),
        ("rep", "view fill_forms edit_visits edit_tasks"),
        (
            "manager",
            "view export fill_forms edit_customers edit_visits edit_tasks sign_tasks edit_territories",
        ),
        ("planner", "view export plan_targets edit_territories set_rules"),
        ("approver", "view export approve edit_tasks sign_tasks"),
        ("steward", "view export import"),
        ("admin", "view export administer"),
    ],
)
def test_a_role_carries_its_rights(role: str, rights: str) -> None:
    """Each role carries what is agreed, no more and no less."""
    someone = user(role, employee_id="E1")
    assert {right.value for right in access_of(someone, DAY).rights} == set(rights.split())


def test_all_roles_are_covered_and_every_right_is_carried() -> None:
    """No right is out of everybody's reach."""
    assert frozenset().union(*(role.rights for role in ROLES.values())) == frozenset(Right) == LOCAL.rights


def test_roles_add_up() -> None:
    """A manager who plans may do both."""
    both = access_of(user("manager", "planner", region_ids=("B", "A", "B")), DAY)
    assert both.rights == ROLES["manager"].rights | ROLES["planner"].rights
    assert both.region_ids == ("A", "B")


def test_the_key_tells_all_but_the_actor_apart() -> None:
    """Two users with the same access share what is kept in memory; any other difference parts them."""
    one = access_of(user("manager", region_ids=("A", "B")), DAY)
    other = access_of(User("t", "wang@example.com", "王", ("manager",), ("B", "A")), DAY)
    assert one.key == other.key
    assert one != other
    changed = [
        user("manager", region_ids=("A",)),
        user("manager", region_ids=("A", "B"), companies=("C",)),
        user("manager", "viewer", "planner", region_ids=("A", "B")),
        user("rep", region_ids=("A", "B"), employee_id="E1"),
    ]
    assert len({one.key, *(access_of(each, DAY).key for each in changed)}) == 5


def test_restricted_is_who_sees_a_part() -> None:
    """Regions or an employee restrict; companies alone don't."""
    assert not LOCAL.is_restricted
    assert not access_of(user("planner", companies=("C",)), DAY).is_restricted
    assert access_of(user("manager", region_ids=("A",)), DAY).is_restricted
    assert access_of(user("rep", employee_id="E1"), DAY).is_restricted


def test_a_refusal_names_the_right_and_the_roles_that_carry_it() -> None:
    """Who may not approve learns which role may."""
    with pytest.raises(NotAllowedError) as refused:
        access_of(user("planner"), DAY).require(Right.APPROVE)
    assert "approve plans" in refused.value.message
    assert "Approver" in refused.value.hint


def test_a_change_needs_its_right_and_an_unknown_one_is_refused_to_everybody() -> None:
    """A viewer imports nothing; not even the local user makes a change that has no right."""
    LOCAL.require_for("import")
    with pytest.raises(NotAllowedError):
        access_of(user("viewer"), DAY).require_for("import")
    with pytest.raises(NotAllowedError, match="drop_everything"):
        LOCAL.require_for("drop_everything")
