"""What is wrong with a user is said before one is kept."""

from __future__ import annotations

import datetime as dt

import pytest

from core.access.user import User, check_user, email_key, issues
from core.errors import InputError


def user(*roles: str, **values: object) -> User:
    """Return a user with some roles and everything right, but for what is given."""
    about = {"subject": "", "email": "li@example.com", "name": "李", "roles": roles, **values}
    return User(**about)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "right",
    [
        user("viewer"),
        user("rep", employee_id="E1"),
        user("manager", "planner", region_ids=("A",)),
        user("admin", since=dt.date(2026, 1, 1), until=dt.date(2026, 1, 1)),
    ],
)
def test_what_is_right_has_no_issue(right: User) -> None:
    """A user of each kind passes."""
    assert issues(right) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (user("viewer", email="li"), "li"),  # no address
        (user("viewer", email="a@b.cn, c@d.cn"), "e-mail"),  # two addresses
        (user("viewer", name=" "), "name"),  # nobody
        (user(), "viewer"),  # no role; the roles there are
        (user("planer"), "planner"),  # a slip; the nearest
        (user("rep"), "employee"),  # whose customers?
        (user("rep", "planner", employee_id="E1"), "other role"),  # a rep who also sees everything
        (user("manager"), "region"),  # of which regions?
        (user("viewer", region_ids=()), "region"),  # no region is not all of them
        (user("admin", region_ids=("A",)), "whole market"),  # an administrator of a part
        (user("viewer", "steward", region_ids=("A",)), "steward: for the whole"),  # could import nothing
        (
            user("viewer", since=dt.date(2026, 2, 1), until=dt.date(2026, 1, 1)),
            "2026",
        ),  # over before it began
    ],
)
def test_what_is_wrong_is_said(wrong: User, said: str) -> None:
    """Each fault is named with the value, or with what would be right."""
    assert len(issues(wrong)) == 1
    with pytest.raises(InputError, match=said):
        check_user(wrong)


def test_everything_wrong_is_said_at_once() -> None:
    """Three faults are three sentences of one refusal."""
    assert len(issues(user("rep", email="li", name=""))) == 3


def test_addresses_are_compared_without_case_and_blanks() -> None:
    """The same mailbox is the same user."""
    assert email_key(" Li.Na@Example.COM ") == "li.na@example.com"
