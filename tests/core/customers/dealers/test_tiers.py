"""Owners, orphans, contribution and call-backs."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from core.customers.dealers.tiers import TierRule, call_schedule, contribution, owner_checks
from core.errors import InputError

FINE = {
    "tier": "large",
    "owner_id": "E1",
    "owner_known": True,
    "owner_role": "director",
    "owner_active": True,
    "backup_id": "E2",
    "backup_known": True,
    "backup_active": None,
}


def check(**changed):
    """Return what is found about one account that is in order but for the changes."""
    return owner_checks(pd.DataFrame([FINE | changed])).iloc[0]


@pytest.mark.parametrize(
    ("changed", "finding", "orphan"),
    [
        ({}, "fine", False),
        ({"owner_id": None, "owner_known": None, "owner_role": None}, "no_owner", True),
        ({"owner_known": False, "owner_role": None, "owner_active": None}, "owner_unknown", True),
        ({"owner_active": False}, "owner_left", True),
        ({"owner_active": None}, "fine", False),
        ({"tier": None}, "tier_unknown", False),
        ({"owner_role": "采购"}, "role_unknown", False),
        ({"owner_role": "manager"}, "too_low", False),
        ({"tier": "medium", "owner_role": "manager"}, "fine", False),
        ({"tier": "small", "owner_role": "rep"}, "too_low", False),
        ({"tier": "small"}, "fine", False),
    ],
)
def test_owner_findings(changed, finding, orphan) -> None:
    """Large accounts belong to general management, others to a manager at least; nobody is an orphan [S2]."""
    found = check(**changed)
    assert (found["owner_finding"], found["orphan"]) == (finding, orphan)


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        ({}, "fine"),
        ({"backup_id": None}, "no_backup"),
        ({"backup_known": False}, "backup_unknown"),
        ({"backup_active": False}, "backup_left"),
        ({"backup_id": "E1"}, "same_person"),
    ],
)
def test_backup_findings(changed, finding) -> None:
    """Every account needs a stand-in who is somebody else and still there [S2]."""
    assert check(**changed)["backup_finding"] == finding


def test_contribution_proposes_tiers() -> None:
    """With 70 and 90 % of the sales, exactly 70 % is still large; unknown sales have no tier."""
    table = contribution(pd.Series({"a": 70.0, "b": 20.0, "c": 10.0, "d": np.nan}))
    assert table["proposed"].tolist() == ["large", "medium", "small", None]
    assert table["part"].sum() == pytest.approx(1)


def test_call_backs() -> None:
    """A large customer is due after 30 days; that day itself is not overdue, the next one is."""
    today = dt.date(2026, 10, 31)
    days = pd.Series([None, 30, 31, 22, 23])
    last = pd.to_datetime(pd.Series([None if np.isnan(d) else today - dt.timedelta(d) for d in days]))
    found = call_schedule(pd.Series(["large"] * 5), last, today)
    assert found["state"].tolist() == ["never", "soon", "overdue", "later", "soon"]
    assert found["overdue"].tolist() == [0, 0, 1, -8, -7]
    assert found["next_call"].iloc[0].date() == today


def test_rules_are_checked() -> None:
    """A rule names a known role and a positive number of days for every tier."""
    with pytest.raises(InputError, match="director"):
        TierRule(owner={"large": "boss", "medium": "manager", "small": "manager"})
    with pytest.raises(InputError):
        TierRule(call_days={"large": 0, "medium": 1, "small": 1})
