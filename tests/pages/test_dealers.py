"""The dealer sections of 客户 and of the customer card."""

from __future__ import annotations

import datetime as dt

import pytest

from core.customers.forms import form
from core.i18n import language
from core.store.database import Store
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from pages._ui.customers import actor
from pages._ui.customers.dealers.dealer_section import PARTS

CARD_PARTS = ("decision", "cards", "seven-p", "matters")


def words(app) -> str:
    """Return all texts of a page."""
    parts = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.error]
    return " ".join(text.value for text in parts)


def button_keys(app) -> list[str]:
    """Return the keys of the buttons of a page."""
    return [button.key or "" for button in app.button]


@pytest.fixture
def able(full) -> str:
    """A dealer of whom only the functions are unknown; returns its id."""
    with Store.open(full) as store:
        rows = store.fetch(
            "SELECT d.dealer_id FROM dealer AS d WHERE d.attitude >= 4 AND d.capability >= 6"
            " AND d.dealer_id NOT IN (SELECT f.customer_id FROM customer_form AS f"
            " WHERE f.form = 'dealer_decision') ORDER BY d.dealer_id"
        )
    return rows["dealer_id"][0].as_py()


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_every_part_of_the_section_shows(shown, visit, lang) -> None:
    """No part fails, in both languages; a code that means nothing gives the first part."""
    app = visit("customers.py", section="dealers", dealer_part="rubbish", lang=lang)
    for part in PARTS:
        app = app.button_group(key="pick_dealer_part").set_value(part).run()
        assert not app.exception
        assert not app.error
        assert app.button_group(key="pick_dealer_part").value == part


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_every_section_of_the_card_shows(full, visit, able, lang) -> None:
    """No section of a dealer's card fails, in both languages; nor any part of its matters."""
    app = visit("customer_card.py", customer=f"dealer:{able}", section="decision", lang=lang)
    # The words of choices are read here as well, not only by the page.
    with language(lang):
        for part in CARD_PARTS:
            app = app.button_group(key="pick_section").set_value(part).run()
            assert not app.exception
            assert not app.error
        for part in ("calls", "handover", "service"):
            assert not app.button_group(key="pick_matter").set_value(part).run().exception


def test_a_shop_has_five_cards_and_no_tree(shown, visit) -> None:
    """A terminal has the cards that make sense for it, and no decision to take."""
    app = visit("customer_card.py", customer="terminal:T00000001", section="cards")
    assert sum(key.startswith("card_card_") for key in button_keys(app)) == 5
    app = visit("customer_card.py", customer="terminal:T00000001", section="decision")
    assert not app.exception
    assert "record_decision" not in button_keys(app)


def test_without_dealers_nothing_fails(empty, visit) -> None:
    """The empty state comes first."""
    assert visit("customers.py", section="dealers").button(key="empty_import").label == "Import data"


def test_the_tree_is_walked_and_decided(full, visit, able) -> None:
    """Answering question by question leads to a result; recorded with its reason, it is kept for good."""

    def field(kind: str, name: str):
        return next(f for f in getattr(app, kind) if (f.key or "").endswith(f".{name}"))

    app = visit("customer_card.py", customer=f"dealer:{able}", section="decision")
    assert "nothing is assumed" in words(app)
    for name, answer in (("sales_team", True), ("information", False), ("channel_management", True)):
        app = field("button_group", name).set_value(answer).run()
    app = field("button_group", "can_transform").set_value(True).run()
    assert "The tree says: **Transform**" in words(app)
    app = app.button(key="record_decision").click().run()
    assert "Reason is empty" in words(app)
    app = field("text_area", "reason").set_value("会建信息功能 🙂").run()
    app = app.button(key="record_decision").click().run()
    assert not app.exception
    assert f"Decided on {dt.date.today()}: Transform" in words(app)
    with Store.open(full) as store:
        [made] = store_forms.records(store, FormKey(form("dealer_decision"), "dealer", able))
    payload = made.payload
    assert (payload["disposition"], payload["proposed"]) == ("transform", "transform")
    assert (payload["information"], payload["limit_able"]) == (False, 6)
    assert payload["reason"] == "会建信息功能 🙂"


def test_a_wrong_score_is_said_and_not_used(full, visit, able) -> None:
    """A score that is none leaves the question open and says what is allowed."""
    app = visit("customer_card.py", customer=f"dealer:{able}", section="decision")
    score = next(t for t in app.text_input if (t.key or "").endswith(".attitude"))
    app = score.set_value("eleven").run()
    assert "nothing is assumed" in words(app)
    assert "eleven" in words(app)


def test_limits_kept_in_the_store_change_the_board(full, visit) -> None:
    """With a least attitude of 10 nobody is retained any more, unless it was decided."""
    with Store.open(full) as store:
        key = FormKey(form("dealer_rules"), "market", "")
        store_forms.save(store, key, {"limit_attitude": "10"}, expected_version=0)
    app = visit("customers.py", section="dealers")
    assert "decisions differ from what the tree says" in words(app)


def test_an_unsaved_walk_is_offered_again(full, visit, able, monkeypatch) -> None:
    """What was answered and not recorded is there after a restart, for whoever says to go on with it."""
    # Without a browser every session would come from another machine.
    monkeypatch.setattr(actor, "draft_owner", lambda: "a laptop")
    app = visit("customer_card.py", customer=f"dealer:{able}", section="decision")
    field = next(g for g in app.button_group if (g.key or "").endswith(".sales_team"))
    field.set_value(True).run()
    again = visit("customer_card.py", customer=f"dealer:{able}", section="decision")
    assert "Unsaved changes of" in words(again)
    again = again.button(key="decision_restore").click().run()
    assert next(g for g in again.button_group if (g.key or "").endswith(".sales_team")).value is True
    assert any((g.key or "").endswith(".information") for g in again.button_group)
