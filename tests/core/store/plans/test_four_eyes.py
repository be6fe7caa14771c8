"""Whoever submits a plan can't approve it; the signature says who did, when, and over which cells."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from core.access import ROLES, Access, User
from core.errors import NotAllowedError
from core.store.access.sign_in import bind
from core.store.access.users import add, change
from core.store.approval import FOUR_EYES
from core.store.database import Store
from core.store.plans import versions as plans
from core.store.plans.model import KEYS, Plan, fingerprint
from core.store.plans.signature import signature_of
from core.store.plans.workflow import copy, move
from core.store.preferences import prefer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MONTHS = pd.to_datetime(["2027-01-01"]).astype("datetime64[us]")
CELLS = pd.DataFrame(
    {"count": [10, 20], "locked": False},
    index=pd.MultiIndex.from_product([["tea"], ["A", "B"], [""], MONTHS], names=KEYS),
)
BOTH = ROLES["planner"].rights | ROLES["approver"].rights


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    with Store.open(tmp_path / "s.duckdb") as opened:
        yield opened


def as_user(store: Store, email: str) -> Store:
    """Return the store of somebody who may plan and approve."""
    return store.for_access(Access(email, BOTH))


def submitted(store: Store) -> Plan:
    """Return a plan that the store's user made and submitted."""
    plan = plans.create(store, Plan("", "Plan", 2027, parameters={"unit": "100"}), CELLS, actor="typed in")
    return move(store, plan, "submitted")


def test_another_approves(store: Store) -> None:
    """One planner submits, a second approves; both sign with their accounts, whatever was typed in."""
    plan = submitted(as_user(store, "wang@x.cn"))
    approved = move(as_user(store, "zhou@x.cn"), plan, "approved", actor="wang@x.cn")
    signature = signature_of(store, approved)
    assert signature is not None
    assert (signature.submitted_by, signature.approved_by) == ("wang@x.cn", "zhou@x.cn")
    assert (signature.version, signature.fingerprint) == (1, fingerprint(plan, CELLS))


def test_nobody_approves_the_own_plan(store: Store) -> None:
    """The refusal leaves the plan submitted."""
    wang = as_user(store, "wang@x.cn")
    plan = submitted(wang)
    with pytest.raises(NotAllowedError, match="can't approve"):
        move(wang, plan, "approved")
    assert plans.load(store, plan.plan_id).status == "submitted"


def test_who_saved_the_cells_does_not_approve_them(store: Store) -> None:
    """An approver who changes the plan needs another one, although somebody else marks it as revised."""
    zhou = as_user(store, "zhou@x.cn")
    plan = move(zhou, submitted(as_user(store, "wang@x.cn")), "feedback", reason="more")
    plan = plans.save(zhou, plan, CELLS.assign(count=[11, 20]))
    plan = move(as_user(store, "wang@x.cn"), plan, "revised", reason="done")
    with pytest.raises(NotAllowedError):
        move(zhou, plan, "approved")
    assert move(as_user(store, "li@x.cn"), plan, "approved").status == "approved"


def test_another_address_is_the_same_person(store: Store) -> None:
    """A change of the address between submission and approval makes no second pair of eyes."""
    record = bind(store, add(store, User("", "wang@x.cn", "Wang", ("planner", "approver"))), "idp|1")
    plan = submitted(as_user(store, "wang@x.cn"))
    change(store, record, replace(record.user, email="wang.q@x.cn"))
    with pytest.raises(NotAllowedError):
        move(as_user(store, "wang.q@x.cn"), plan, "approved")


def test_the_rule_can_be_chosen(store: Store) -> None:
    """Alone it is off and can be put on; signed in it is on and can be put off."""
    plan = submitted(store)
    prefer(store, FOUR_EYES, "yes")
    with pytest.raises(NotAllowedError):
        move(store, plan, "approved", actor="local")
    prefer(store, FOUR_EYES, "")
    assert move(store, plan, "approved").status == "approved"
    wang = as_user(store, "wang@x.cn")
    other = submitted(wang)
    prefer(store, FOUR_EYES, "no")
    assert move(wang, other, "approved").status == "approved"


def test_approval_needs_the_right(store: Store) -> None:
    """A planner without the role neither approves nor gives feedback."""
    plan = submitted(as_user(store, "wang@x.cn"))
    planner = store.for_access(Access("li@x.cn", ROLES["planner"].rights))
    for to in ("approved", "feedback"):
        with pytest.raises(NotAllowedError):
            move(planner, plan, to, reason="so")


def test_a_superseded_plan_keeps_its_signature_and_a_draft_has_none(store: Store) -> None:
    """What was signed stays signed when the next plan takes its place."""
    first = move(store, submitted(store), "approved")
    second = copy(store, first, "Next")
    assert signature_of(store, second) is None
    move(store, move(store, second, "submitted"), "approved")
    old = plans.load(store, first.plan_id)
    assert old.status == "superseded"
    assert signature_of(store, old) is not None


def test_the_code_changes_with_every_part(store: Store) -> None:
    """Who, when, which cells: another one of any is another code."""
    signature = signature_of(store, move(store, submitted(store), "approved"))
    assert signature is not None
    parts: dict[str, Any] = {
        "version": 2, "fingerprint": "x", "submitted_by": "x", "approved_by": "x",
        "approved_at": signature.submitted_at.replace(year=2000),
    }  # fmt: skip
    others = [replace(signature, **{name: value}) for name, value in parts.items()]
    assert len({signature.code, *(other.code for other in others)}) == 6
