"""Links open what they show, also as the first request of a fresh server."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Record, Server
    from playwright.sync_api import Page


def test_a_deep_link_is_the_first_request(empty: Server, page: Page) -> None:
    """On a server nobody has asked yet, a link opens its page in the frame, and no dialog."""
    page.goto(f"{empty.url}/data?tab=backup&lang=en")
    page.get_by_role("button", name="Make a backup now").wait_for()
    assert page.get_by_role("dialog").count() == 0
    menu = page.get_by_test_id("stSidebarNav").inner_text()
    assert "Settings" in menu
    assert "_shell" not in menu


def test_a_link_to_no_page_says_so_in_the_users_language(
    demonstration: Server, page: Page, record: Record
) -> None:
    """An address that never was opens the first page and says that the page doesn't exist."""
    page.goto(f"{demonstration.url}/nowhere")
    page.get_by_role("dialog").get_by_text("没有这个页面").wait_for()
    # Streamlit reports the same in the console; that is the one complaint here.
    assert len(record.errors) == 1
    record.errors.clear()


def test_back_and_forward_follow_the_filters(demonstration: Server, page: Page) -> None:
    """A tab chosen is in the address; the browser's back and forward show it again."""
    page.goto(f"{demonstration.url}/data")
    page.get_by_text("上传", exact=True).wait_for()
    page.get_by_text("检查", exact=True).click()
    page.get_by_role("button", name="检查数据").wait_for()
    assert "tab=check" in page.url
    page.go_back()
    page.get_by_text("上传", exact=True).wait_for()
    page.go_forward()
    page.get_by_role("button", name="检查数据").wait_for()
