"""Forms that are approved: the way, what may be changed on it, and what an approval supersedes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from core.customers.forms import form
from core.errors import InputError
from core.store.approval import ClosedError
from core.store.database import Store
from core.store.forms import approval, forms
from core.store.forms.rows import FormKey
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARD = form("region_strategy")
NORTH = FormKey(CARD, "region", "N")
SAID = {"start": dt.date(2026, 10, 1), "end": dt.date(2026, 12, 1), "owner": "Wang", "aim": "No.1"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two regions."""

    def fill(cursor: Any) -> None:
        cursor.execute(
            "INSERT INTO region (region_id, level, name) VALUES ('N', 'city', '北'), ('S', 'city', '南')"
        )
        refresh_closure(cursor)

    with Store.open(tmp_path / "market.duckdb") as opened:
        opened.write("fill", fill)
        yield opened


def draft(store: Store, **said: object) -> FormKey:
    """Save a new card and return its key."""
    record = forms.save(store, NORTH, SAID | said, expected_version=0)
    return FormKey(CARD, "region", "N", record.record_id)


def go(store: Store, key: FormKey, *states: str) -> None:
    """Move a card through states."""
    for to in states:
        record = forms.load(store, key)
        approval.move(store, key, to, expected_version=record.version, actor="Li", reason="because")


def status(store: Store, key: FormKey) -> str:
    """Return the state of a card."""
    return str(approval.statuses(store, CARD)[key.customer_type, key.customer_id, key.record_id])


def test_the_way_of_a_card(store: Store) -> None:
    """A card goes from draft by feedback and revision to approved, and each step is on record."""
    key = draft(store)
    assert status(store, key) == "draft"
    go(store, key, "submitted", "feedback", "revised", "approved")
    assert status(store, key) == "approved"
    log = approval.events(store, key)
    assert log["to_status"].to_list() == ["approved", "revised", "feedback", "submitted"]
    assert log["from_status"].to_list() == ["revised", "feedback", "submitted", "draft"]
    assert set(log["actor"]) == {"Li"}


@pytest.mark.parametrize("states", [("submitted",), ("submitted", "approved")])
def test_what_is_decided_on_is_not_changed(store: Store, states: tuple[str, ...]) -> None:
    """A submitted or approved card is neither changed, nor removed, nor brought back to before."""
    key = draft(store)
    forms.save(store, key, SAID | {"aim": "No.2"}, expected_version=1)
    go(store, key, *states)
    with pytest.raises(ClosedError, match="can't be changed"):
        forms.save(store, key, SAID | {"aim": "No.3"}, expected_version=2)
    with pytest.raises(ClosedError, match="can't be changed"):
        forms.restore(store, key, 1)
    with pytest.raises(ClosedError, match="can't be changed"):
        forms.remove(store, key, expected_version=2)
    assert forms.load(store, key).payload["aim"] == "No.2"


def test_a_step_that_cannot_follow_is_refused(store: Store) -> None:
    """A draft is not approved unseen, and feedback needs a reason."""
    key = draft(store)
    with pytest.raises(ClosedError, match="It can become: Submitted"):
        go(store, key, "approved")
    go(store, key, "submitted")
    with pytest.raises(InputError, match="needs a reason"):
        approval.move(store, key, "feedback", expected_version=1)


def test_an_approval_is_of_what_was_seen(store: Store) -> None:
    """Whoever submits a version that somebody changed since is told, and nothing moves."""
    key = draft(store)
    forms.save(store, key, SAID | {"aim": "other"}, expected_version=1, actor="Zhao")
    with pytest.raises(forms.ConflictError, match="Zhao"):
        approval.move(store, key, "submitted", expected_version=1)
    assert status(store, key) == "draft"


def test_an_approved_copy_takes_the_place_of_the_card(store: Store) -> None:
    """The older card of the same period is superseded, that of another period stays approved."""
    first = draft(store)
    other = draft(store, start=dt.date(2026, 7, 1), end=dt.date(2026, 9, 1))
    for key in (first, other):
        go(store, key, "submitted", "approved")
    copied = approval.copy(store, first, forms.load(store, first))
    second = FormKey(CARD, "region", "N", copied.record_id)
    assert status(store, second) == "draft"
    go(store, second, "submitted", "approved")
    assert [status(store, key) for key in (first, second, other)] == ["superseded", "approved", "approved"]


def test_nobody_moves_or_sees_a_card_of_others(store: Store) -> None:
    """Outside the scope a card is neither moved nor listed, and its events aren't told."""
    key, south = draft(store), Scope(("S",))
    with pytest.raises(InputError, match="not yours"):
        approval.move(store, key, "submitted", expected_version=1, scope=south)
    go(store, key, "submitted")
    assert approval.statuses(store, CARD, scope=south).empty
    assert approval.events(store, key, scope=south).empty


def test_a_period_is_in_order(store: Store) -> None:
    """An end before the start is refused with the nearest month."""
    with pytest.raises(InputError, match="2026-10"):
        draft(store, end=dt.date(2026, 9, 1))


def test_a_form_that_nobody_approves_has_no_states(store: Store) -> None:
    """Only forms that are approved are moved."""
    with pytest.raises(InputError, match="no form that is approved"):
        approval.move(store, FormKey(form("card_profile"), "dealer", "D"), "submitted", expected_version=1)
