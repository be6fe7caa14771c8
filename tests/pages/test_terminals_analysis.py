"""The sections of terminals, relationships and key accounts on the pages 终端, 客户 and the customer card."""

from __future__ import annotations

import pytest

from core.store.database import Store

pytestmark = pytest.mark.usefixtures("shown")


@pytest.fixture
def scored(full) -> str:
    """A terminal with a score sheet; returns its id."""
    with Store.open(full) as store:
        rows = store.fetch("SELECT MIN(i.terminal_id) AS id FROM score_item AS i")
    return rows["id"][0].as_py()


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_scores_are_compared_by_rep_region_and_terminal(visit, lang) -> None:
    """No comparison fails, in both languages."""
    app = visit("terminals.py", section="scores", lang=lang)
    for code in ("region", "terminal"):
        app = app.button_group(key="pick_score_by").set_value(code).run()
        assert not app.exception
        assert not app.error


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_the_card_of_a_terminal_has_its_sheet(visit, scored, lang) -> None:
    """The sheet of every role, its wording and the feedback records show, in both languages."""
    app = visit("customer_card.py", customer=f"terminal:{scored}", section="score", lang=lang)
    assert any("100" in text.value for text in app.markdown)
    app = app.button_group(key="pick_sheet_role").set_value("provincial_manager").run()
    assert not app.exception
    for part in ("wording", "feedback"):
        app = app.button_group(key="pick_sheet_part").set_value(part).run()
        assert not app.exception
        assert not app.error


def test_a_new_sheet_begins_without_points(visit, scored) -> None:
    """What records propose isn't filled in; points that are no number are refused and stay."""
    app = visit("customer_card.py", customer=f"terminal:{scored}", section="score")
    app = app.button(key="score_sheet_add").click().run()
    fields = {field.key.split(".")[-1]: field for field in app.text_input if field.key}
    assert fields["score_4"].value == ""
    assert fields["score_1"].value == ""
    app = fields["score_1"].set_value("many").run()
    app = app.button(key="score_sheet_new_save").click().run()
    assert "nothing was saved" in app.error[0].value
    fields = {field.key.split(".")[-1]: field for field in app.text_input if field.key}
    app = fields["score_1"].set_value("9.5").run()
    app = app.button(key="score_sheet_new_save").click().run()
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_key_accounts_show_for_dealers(visit, lang) -> None:
    """The section and every part of a dealer's key-account card show, in both languages."""
    assert visit("customers.py", section="key-accounts", lang=lang).metric
    app = visit("customer_card.py", customer="dealer:D00001", section="key-account", lang=lang)
    for part in ("plan", "book", "risk"):
        app = app.button_group(key="pick_account_part").set_value(part).run()
        assert not app.exception
        assert not app.error


def test_an_action_ends_after_it_starts(full, visit) -> None:
    """An action without an end is refused, and what was typed stays."""
    app = visit("customer_card.py", customer="dealer:D00001", section="key-account", account_part="plan")
    app = app.button(key="account_action_add").click().run()
    area = next(field for field in app.text_area if field.key and field.key.endswith(".action"))
    app = area.set_value("=1+1 👍🏽").run()
    app = app.button(key="account_action_new_save").click().run()
    assert "nothing was saved" in app.error[0].value
    area = next(field for field in app.text_area if field.key and field.key.endswith(".action"))
    assert area.value == "=1+1 👍🏽"


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
def test_distribution_and_status_show(visit, lang) -> None:
    """Every comparison and the board show, in both languages."""
    app = visit("terminals.py", section="distribution", lang=lang)
    for code in ("type", "grade", "rollout", "blank"):
        app = app.button_group(key="pick_distribution_by").set_value(code).run()
        assert not app.exception
        assert not app.error
    assert len(visit("terminals.py", section="status", lang=lang).metric) == 5


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
@pytest.mark.parametrize("page", ["customers.py", "terminals.py"])
def test_relationships_show_for_dealers_and_terminals(visit, page, lang) -> None:
    """States, levels and closeness show on both pages, in both languages."""
    app = visit(page, section="relations", lang=lang)
    for part in ("levels", "closeness"):
        app = app.button_group(key="pick_relation_part").set_value(part).run()
        assert not app.exception
        assert not app.error


@pytest.mark.parametrize("lang", ["en", "zh_CN"])
@pytest.mark.parametrize("customer", ["dealer:D00001", "terminal:T00000001"])
def test_the_card_has_the_relationship(visit, customer, lang) -> None:
    """Every part of the relationship shows for dealers and terminals, in both languages."""
    app = visit("customer_card.py", customer=customer, section="relation", lang=lang)
    for part in ("talks", "intelligence", "consolidation"):
        app = app.button_group(key="pick_relation_card").set_value(part).run()
        assert not app.exception
        assert not app.error


def test_the_status_shows_where_no_outlet_type_is_known(full, visit) -> None:
    """Terminals whose type nobody recorded are one row of the picture, not a failure."""
    with Store.open(full) as store:
        store.write("forget", lambda cursor: cursor.execute("UPDATE terminal SET outlet_type = NULL"))
    app = visit("terminals.py", section="status")
    assert not app.error
    assert len(app.metric) == 5
