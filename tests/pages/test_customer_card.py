"""客户卡, and the forms on it: kept while typed, checked, never overwritten unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.customers.forms.contacts import CONTACTS
from core.store.forms import forms
from core.store.forms.drafts import load_draft
from core.store.forms.rows import FormKey
from pages._ui import runtime
from pages._ui.customers import actor
from pages._ui.formatting.escaping import escape_markdown

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

CARD = "customer_card.py"
DEALER = "dealer:D00001"
KEY = FormKey(CONTACTS, "dealer", "D00001")
RARE = "𠮷野先生👍🏽 " + "好" * 9_900


@pytest.fixture(autouse=True)
def _one_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """All sessions come from one browser's machine, which the simulated ones don't name."""
    monkeypatch.setattr(actor, "draft_owner", lambda: "local")


def field(app: AppTest, name: str):
    """Return the widget of a field of the open contact."""
    found = [
        part
        for kind in ("text_input", "text_area", "selectbox", "button_group")
        for part in app.get(kind)
        if str(part.key).startswith("contacts_") and str(part.key).endswith(f".{name}")
    ]
    assert len(found) == 1, name
    return found[0]


def words(app: AppTest) -> str:
    """Return everything the page says."""
    parts = [*app.title, *app.markdown, *app.caption, *app.error, *app.info, *app.warning]
    return "\n".join(str(part.value) for part in parts)


@pytest.fixture
def card(full, visit):
    """The contacts of the first dealer, with a new one begun."""

    def open_card() -> AppTest:
        app = visit(CARD, customer=DEALER, section="contacts")
        return app.button(key="contacts_add").click().run()

    return open_card


def saved_contact(name: str = "Wang") -> str:
    """Save a contact as another session would, and return its id."""
    return forms.save(
        runtime.store(), KEY, {"name": name, "function": "sales"}, expected_version=0, actor="Li"
    ).record_id


def opened(visit, record_id: str) -> AppTest:
    """The contacts of the first dealer with a saved one opened."""
    app = visit(CARD, customer=DEALER, section="contacts")
    app.session_state["contacts.opened"] = record_id
    return app.run()


def test_without_a_customer_the_page_says_where_to_find_one(full, visit) -> None:
    """No customer, or one that isn't there, gives a sentence and no error."""
    assert "No customer is chosen" in words(visit(CARD))
    for wrong in ("dealer:nobody", "shop:1", "x", "terminal:"):
        app = visit(CARD, customer=wrong)
        assert not app.error
        assert escape_markdown(wrong) in words(app)


def test_both_kinds_have_a_card_in_both_languages(full, visit) -> None:
    """A dealer's and a terminal's card open with the name as the title."""
    for code in (DEALER, "terminal:T00000001"):
        for lang in ("zh_CN", "en"):
            app = visit(CARD, customer=code, lang=lang)
            assert not app.error
            assert app.title[0].value


def test_a_contact_is_saved_with_rare_text_and_read_back(card) -> None:
    """Emoji, rare characters and nearly 10,000 characters are saved as typed; the list has them."""
    app = card()
    field(app, "name").set_value("𠮷野先生👍🏽").run()
    field(app, "function").set_value("sales").run()
    field(app, "interests").set_value(RARE).run()
    app.button(key="contacts_new_save").click().run()
    assert not app.exception
    assert not app.error
    [record] = forms.records(runtime.store(), KEY)
    assert record.payload["name"] == "𠮷野先生👍🏽"
    assert record.payload["interests"] == RARE
    assert record.updated_by == "Local user"
    assert load_draft(runtime.store(), KEY, "local") is None


def test_what_is_wrong_stands_at_its_field_and_nothing_is_saved(card) -> None:
    """Too long a text and an empty name are named at once; both values stay in the fields."""
    app = card()
    field(app, "interests").set_value("长" * 10_001).run()
    app.button(key="contacts_new_save").click().run()
    assert "3 fields are not right" in app.error[0].value
    said = words(app)
    assert "Full name is empty" in said
    assert "10,001 characters" in said
    assert forms.records(runtime.store(), KEY) == []
    assert len(field(app, "interests").value) == 10_001


def test_an_unsaved_form_is_offered_after_a_restart(card, visit) -> None:
    """A new session says that unsaved changes were kept; going on with them brings every field back."""
    field(card(), "name").set_value("half a nam").run()
    runtime.close()
    app = card()
    assert "Unsaved changes of" in words(app)
    assert field(app, "name").disabled
    assert field(app, "name").value == ""
    app.button(key="contacts_new_restore").click().run()
    assert field(app, "name").value == "half a nam"
    assert not field(app, "name").disabled
    assert "unsaved, kept as a draft" in words(app)


def test_an_unsaved_form_can_be_thrown_away(card) -> None:
    """After throwing it away nothing is offered again."""
    field(card(), "name").set_value("half a nam").run()
    card().button(key="contacts_new_discard").click().run()
    app = card()
    assert "Unsaved changes of" not in words(app)
    assert field(app, "name").value == ""


def test_going_to_another_page_keeps_what_was_typed(card) -> None:
    """Within a session the work goes on where it was, without a question."""
    app = card()
    field(app, "name").set_value("half a nam").run()
    app.switch_page("settings.py").run()
    app.switch_page(CARD)
    app.query_params["customer"], app.query_params["section"] = DEALER, "contacts"
    app.run()
    assert field(app, "name").value == "half a nam"


def test_two_people_saving_the_same_card_choose_field_by_field(full, visit) -> None:
    """The second sees both versions and saves a mixture; the first one's version stays in the history."""
    app = visit(CARD, customer=DEALER, section="contacts")
    record_id = saved_contact()
    app = opened(visit, record_id)
    field(app, "name").set_value("Mine").run()
    field(app, "phone").set_value("123").run()
    one = FormKey(CONTACTS, "dealer", "D00001", record_id)
    forms.save(
        runtime.store(),
        one,
        {"name": "Hers", "function": "finance"},
        expected_version=1,
        actor="Li",
    )
    name = f"contacts_{record_id}"
    app.button(key=f"{name}_save").click().run()
    assert "Li saved this record at" in app.warning[0].value
    assert {text.value for text in app.get("text")} >= {"Mine: Mine", "Theirs: Hers"}
    app.button_group(key=f"{name}.conflict.2.function").set_value("theirs").run()
    app.button(key=f"{name}_conflict_merge").click().run()
    assert not app.error
    found = forms.load(runtime.store(), one)
    assert (found.payload["name"], found.payload["function"], found.payload["phone"]) == (
        "Mine",
        "finance",
        "123",
    )
    assert [past.payload["name"] for past in forms.history(runtime.store(), one)] == ["Hers", "Wang"]


def test_taking_theirs_ends_the_conflict(full, visit) -> None:
    """The fields show what the other one saved, and nothing unsaved is left."""
    visit(CARD, customer=DEALER)
    record_id = saved_contact()
    app = opened(visit, record_id)
    field(app, "name").set_value("Mine").run()
    one = FormKey(CONTACTS, "dealer", "D00001", record_id)
    forms.save(runtime.store(), one, {"name": "Hers", "function": "sales"}, expected_version=1)
    app.button(key=f"contacts_{record_id}_save").click().run()
    app.button(key=f"contacts_{record_id}_conflict_theirs").click().run()
    assert field(app, "name").value == "Hers"
    assert load_draft(runtime.store(), one, "local") is None


def test_an_earlier_version_is_brought_back(full, visit) -> None:
    """The history names what changed; bringing a version back makes it the next one."""
    visit(CARD, customer=DEALER)
    record_id = saved_contact()
    one = FormKey(CONTACTS, "dealer", "D00001", record_id)
    forms.save(runtime.store(), one, {"name": "Later", "function": "sales"}, expected_version=1)
    app = opened(visit, record_id)
    app.button(key=f"contacts_{record_id}_bring_back").click().run()
    assert field(app, "name").value == "Wang"
    assert forms.load(runtime.store(), one).version == 3


def test_a_contact_is_removed(full, visit) -> None:
    """Removing takes it from the list and keeps it in the history."""
    visit(CARD, customer=DEALER)
    app = opened(visit, saved_contact())
    app.button(key="contacts_remove").click().run()
    assert forms.records(runtime.store(), KEY) == []
    assert "Nothing is recorded yet" in words(app)
