"""总览."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from core.i18n import use_language


def test_without_sales_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first and leads to the import."""
    app = visit("overview.py")
    assert app.title[0].value == "Overview"
    assert any("There are no sales yet" in text.value for text in app.markdown)
    assert app.button(key="empty_import").label == "Import data"


def test_the_page_opens_with_an_answer_and_five_numbers(shown, visit) -> None:
    """One sentence, then the five numbers that matter."""
    app = visit("overview.py")
    assert any("No.1 secured in" in text.value for text in app.markdown)
    assert [m.label for m in app.metric] == [
        "Share of the whole market",
        "Secured No.1 regions",
        "Regions in range",
        "Gap to the base targets",
        "Unvisited customers",
    ]


def buttons(app, begin: str) -> list:
    """Return the buttons whose key begins so."""
    return [button for button in app.button if str(button.key).startswith(begin)]


def test_the_next_steps_lead_to_pages_with_the_filters_of_this_one(shown, visit) -> None:
    """There are three steps; one opens its page with its region chosen and the level kept."""
    app = visit("overview.py", level="city")
    assert len(buttons(app, "action_")) == 3
    buttons(app, "action_")[0].click().run()
    assert not app.exception
    assert app.session_state["level"] == "city"
    assert app.session_state["region"]


def test_every_change_leads_to_the_shops_of_its_region(shown, visit) -> None:
    """A finding about a county opens the map with that county's shops, not with all."""
    app = visit("overview.py")
    change = buttons(app, "change_")[0]
    region = str(change.key).split("_")[-2]
    change.click().run()
    assert not app.exception
    assert app.title[0].value == "Terminal map"
    assert app.session_state["region"] == region


def test_five_data_blocks_are_measured(shown, visit) -> None:
    """The meter shows capacity, consumers, competitors, dealers and terminals."""
    assert len(visit("overview.py").get("progress")) == 5


def test_the_chinese_page_has_its_own_words(shown, visit) -> None:
    """Title and answer are Chinese."""
    app = visit("overview.py", lang="zh_CN")
    use_language("zh_CN")
    assert app.title[0].value == "总览"
    assert any("个区域确立第一" in text.value for text in app.markdown)


def _two_new_rivals() -> None:
    from core.reports.overview.changes import Change
    from pages._ui.market import summary

    changes = [Change("new_rival", "R", "Region", -1, f"Rival {name} is new.", 1.0) for name in "AB"]
    summary._lines(changes[:1])
    summary._lines(changes, start=1)


def test_two_changes_of_one_kind_in_one_region_stand_beside_each_other() -> None:
    """Two rivals may come to a region in the same year."""
    app = AppTest.from_function(_two_new_rivals).run()
    assert not app.exception
    assert len(buttons(app, "change_new_rival_R_")) == 3
