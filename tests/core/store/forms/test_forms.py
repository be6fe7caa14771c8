"""Forms in the store: versions, conflicts, drafts, and who may see and change them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from core.customers.forms import Field, FieldKind, Form
from core.customers.forms.validate import FormError
from core.errors import InputError
from core.store.database import Store
from core.store.forms import forms
from core.store.forms.drafts import drop_draft, load_draft, save_draft
from core.store.forms.rows import FormKey
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARD = Form(
    "card",
    "Card",
    (
        Field("name", FieldKind.TEXT, "Name", required=True),
        Field("credit", FieldKind.MONEY, "Credit"),
        Field("since", FieldKind.DATE, "Since"),
        Field("story", FieldKind.NOTE, "Story"),
    ),
    customer_types=("dealer", "terminal", "region", "market"),
)
LOG = Form("log", "Log", CARD.fields, many=True)
NORTH, SOUTH = Scope(("N",)), Scope(("S",))
KEY = FormKey(CARD, "dealer", "D1")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Regions N (with N1) and S under TOP; dealer and terminal 1 in N1, 2 in S."""

    def fill(cursor: Any) -> None:
        cursor.execute(
            "INSERT INTO region (region_id, parent_id, level, name) VALUES ('TOP', NULL, 'country', 'Top'),"
            " ('N', 'TOP', 'city', 'North'), ('N1', 'N', 'county', 'North 1'), ('S', 'TOP', 'city', 'South')"
        )
        for number, region in ((1, "N1"), (2, "S")):
            cursor.execute(
                f"INSERT INTO dealer (dealer_id, name, region_id) VALUES ('D{number}', 'd', '{region}')"
            )
            cursor.execute(
                f"INSERT INTO terminal (terminal_id, name, region_id) VALUES ('T{number}', 't', '{region}')"
            )
        refresh_closure(cursor)

    with Store.open(tmp_path / "market.duckdb") as store:
        store.write("fill", fill)
        yield store


def test_a_saved_form_is_read_back_typed(store: Store) -> None:
    """Amounts are decimals and days are dates again; version, actor and audit say what happened."""
    text = "好" * 9_990 + "👍🏽𠮷野𪚥"
    saved = forms.save(
        store, KEY, {"name": "a", "credit": "1,000.5", "story": text}, expected_version=0, actor="王"
    )
    found = forms.load(store, KEY)
    assert found == saved
    assert found.payload == {"name": "a", "credit": Decimal("1000.50"), "since": None, "story": text}
    assert (found.version, found.updated_by, found.record_id) == (1, "王", "")
    audit = store.fetch("SELECT a.* FROM audit_log AS a ORDER BY a.audit_id DESC LIMIT 1").to_pylist()[0]
    assert (audit["actor"], audit["action"], audit["entity_key"]) == ("王", "form_save", "card/dealer/D1")
    assert json.loads(audit["after"])["story"] == text


def test_a_wrong_form_changes_nothing(store: Store) -> None:
    """Findings come before the transaction; the data version stays."""
    before = store.data_version
    with pytest.raises(FormError, match="2 fields"):
        forms.save(store, KEY, {"name": "", "credit": "much"}, expected_version=0)
    assert store.data_version == before
    assert forms.load(store, KEY) is None


def test_two_people_saving_the_same_card(store: Store) -> None:
    """The second one is told, gets what the first one saved, keeps the own values, and overwrites nothing."""
    forms.save(store, KEY, {"name": "a"}, expected_version=0)
    forms.save(store, KEY, {"name": "hers"}, expected_version=1, actor="Li")
    with pytest.raises(forms.ConflictError, match="Li saved this record") as conflict:
        forms.save(store, KEY, {"name": "mine", "credit": 5}, expected_version=1, actor="Wang")
    assert conflict.value.theirs == forms.load(store, KEY)
    assert conflict.value.theirs.payload["name"] == "hers"
    assert conflict.value.mine["credit"] == Decimal("5.00")
    forms.save(store, KEY, conflict.value.mine, expected_version=conflict.value.theirs.version, actor="Wang")
    assert forms.load(store, KEY).payload["name"] == "mine"


def test_a_card_begun_by_two_at_once(store: Store) -> None:
    """Both start from nothing: the second first save is a conflict as well."""
    forms.save(store, KEY, {"name": "a"}, expected_version=0)
    with pytest.raises(forms.ConflictError):
        forms.save(store, KEY, {"name": "b"}, expected_version=0)


def test_saving_the_same_again_is_no_change(store: Store) -> None:
    """A second click, or a save without a change, makes no version and no conflict."""
    first = forms.save(store, KEY, {"name": "a"}, expected_version=0)
    before = store.data_version
    assert forms.save(store, KEY, {"name": " a "}, expected_version=1) == first
    assert forms.save(store, KEY, {"name": "a"}, expected_version=0) == first
    assert store.data_version == before


def test_every_version_is_kept_and_returns(store: Store) -> None:
    """History has all earlier versions, the latest first; one of them can become the next."""
    for version, name in enumerate("abc"):
        forms.save(store, KEY, {"name": name}, expected_version=version)
    past = forms.history(store, KEY)
    assert [(row.version, row.payload["name"], row.ended) for row in past] == [
        (2, "b", "changed"),
        (1, "a", "changed"),
    ]
    assert forms.restore(store, KEY, 1).version == 4
    assert forms.load(store, KEY).payload["name"] == "a"
    with pytest.raises(InputError, match="no version 9"):
        forms.restore(store, KEY, 9)


def test_a_removed_record_can_be_restored(store: Store) -> None:
    """Removing keeps the versions; whoever still had it open is told; numbers go on."""
    forms.save(store, KEY, {"name": "a"}, expected_version=0)
    with pytest.raises(forms.ConflictError):
        forms.remove(store, KEY, expected_version=7)
    forms.remove(store, KEY, expected_version=1)
    assert forms.load(store, KEY) is None
    assert [row.ended for row in forms.history(store, KEY)] == ["removed"]
    with pytest.raises(forms.ConflictError, match="was removed"):
        forms.save(store, KEY, {"name": "b"}, expected_version=1)
    assert forms.restore(store, KEY, 1).version == 2


def test_a_customer_has_many_records_of_a_log(store: Store) -> None:
    """Each save without an id makes a record; an id changes that one; the latest stands first."""
    log = FormKey(LOG, "terminal", "T1")
    first = forms.save(store, log, {"name": "a"}, expected_version=0)
    second = forms.save(store, log, {"name": "b"}, expected_version=0)
    assert first.record_id != second.record_id
    changed = forms.save(
        store, FormKey(LOG, "terminal", "T1", first.record_id), {"name": "c"}, expected_version=1
    )
    assert [row.payload["name"] for row in forms.records(store, log)] == ["c", "b"]
    assert changed.version == 2
    assert forms.history(store, log)[0].payload["name"] == "a"


def test_a_user_sees_and_changes_only_customers_of_the_own_regions(store: Store) -> None:
    """Region A's user can neither list nor open nor save nor remove a form of a customer of B."""
    for kind, number in (("dealer", "D"), ("terminal", "T")):
        for which in "12":
            forms.save(store, FormKey(CARD, kind, number + which), {"name": which}, expected_version=0)
    forms.save(store, FormKey(CARD, "region", "S"), {"name": "s"}, expected_version=0)
    forms.save(store, FormKey(CARD, "market", ""), {"name": "everybody's"}, expected_version=0)
    listed = forms.load_frame(store, CARD, scope=NORTH)
    assert sorted(zip(listed["customer_id"], listed["name"], strict=True)) == [
        ("", "everybody's"),
        ("D1", "1"),
        ("T1", "1"),
    ]
    theirs = FormKey(CARD, "dealer", "D2")
    assert forms.load(store, theirs, scope=NORTH) is None
    assert forms.load(store, KEY, scope=NORTH).payload["name"] == "1"
    assert forms.history(store, theirs, scope=NORTH) == []
    with pytest.raises(InputError, match="not yours to change"):
        forms.save(store, theirs, {"name": "x"}, expected_version=1, scope=NORTH)
    with pytest.raises(InputError, match="not yours to change"):
        forms.remove(store, theirs, expected_version=1, scope=NORTH)
    with pytest.raises(InputError, match="not yours to change"):
        forms.save(store, FormKey(CARD, "market", ""), {"name": "x"}, expected_version=1, scope=NORTH)
    assert forms.save(store, theirs, {"name": "x"}, expected_version=1, scope=SOUTH).version == 2


def test_nobody_fills_in_a_form_of_nobody(store: Store) -> None:
    """A customer that doesn't exist, or a kind the form isn't for, is refused."""
    with pytest.raises(InputError, match="D9 is not there"):
        forms.save(store, FormKey(CARD, "dealer", "D9"), {"name": "x"}, expected_version=0)
    with pytest.raises(InputError, match="no form of a market"):
        FormKey(LOG, "market", "")


def test_a_draft_survives_a_restart_and_moves_no_data_version(store: Store, tmp_path: Path) -> None:
    """What was typed is there after the store was closed and opened; no cache was emptied for it."""
    typed = {"name": "half a na", "credit": "12x", "since": None, "story": "👍 𠮷 \ud83d"}
    before = store.data_version
    save_draft(store, KEY, "me", {"name": "earlier"}, base_version=0)
    save_draft(store, KEY, "me", typed, base_version=3)
    assert store.data_version == before
    store.close()
    with Store.open(tmp_path / "market.duckdb") as again:
        found = load_draft(again, KEY, "me")
        assert found.payload == typed | {"story": "👍 𠮷 ?"}
        assert found.base_version == 3
        assert load_draft(again, KEY, "you") is None
        assert load_draft(again, FormKey(CARD, "dealer", "D2"), "me") is None
        drop_draft(again, KEY, "me")
        assert load_draft(again, KEY, "me") is None


def test_a_save_ends_the_own_draft(store: Store) -> None:
    """After a save, and only then, there is nothing unsaved; somebody else's draft stays."""
    for owner in ("me", "you"):
        save_draft(store, KEY, owner, {"name": ""}, base_version=0)
    with pytest.raises(FormError):
        forms.save(store, KEY, {"name": ""}, expected_version=0, draft_owner="me")
    assert load_draft(store, KEY, "me") is not None
    forms.save(store, KEY, {"name": "a"}, expected_version=0, draft_owner="me")
    assert load_draft(store, KEY, "me") is None
    assert load_draft(store, KEY, "you") is not None
