"""总览."""

from __future__ import annotations

from core.i18n import use_language


def test_without_sales_the_page_says_what_to_import(empty, visit) -> None:
    """The empty state comes first and leads to the import."""
    app = visit("overview.py")
    assert app.title[0].value == "Overview"
    assert any("There are no sales yet" in text.value for text in app.markdown)
    assert app.button(key="empty_import").label == "Import data"


def test_the_page_opens_with_an_answer_and_five_numbers(full, visit) -> None:
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


def test_the_next_steps_lead_to_pages_with_the_filters_of_this_one(full, visit) -> None:
    """Three steps and every change are links that keep the level that was chosen."""
    app = visit("overview.py", level="city")
    links = [link.proto for link in app.get("page_link")]
    assert len(links) > 3
    assert all("level=city" in link.query_string for link in links)


def test_every_change_leads_to_the_shops_of_its_region(full, visit) -> None:
    """A finding about a county opens the map with that county's shops, not with all."""
    links = [link.proto for link in visit("overview.py").get("page_link")][3:]
    assert links
    assert all(link.page == "terminal-map" and "region=" in link.query_string for link in links)


def test_five_data_blocks_are_measured(full, visit) -> None:
    """The meter shows capacity, consumers, competitors, dealers and terminals."""
    assert len(visit("overview.py").get("progress")) == 5


def test_the_chinese_page_has_its_own_words(full, visit) -> None:
    """Title and answer are Chinese."""
    app = visit("overview.py", lang="zh_CN")
    use_language("zh_CN")
    assert app.title[0].value == "总览"
    assert any("个区域确立第一" in text.value for text in app.markdown)
