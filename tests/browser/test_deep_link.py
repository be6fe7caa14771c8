"""Links open what they show, also as the first request of a fresh server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Record, Server
    from playwright.sync_api import Page


def test_a_deep_link_is_the_first_request(empty: Server, page: Page) -> None:
    """On a server nobody has asked yet, a link opens its page in the frame, and no dialog."""
    page.goto(f"{empty.url}/data?tab=backup&lang=en")
    page.get_by_role("button", name="Make a backup now").wait_for()
    assert page.get_by_role("dialog").count() == 0
    menu = page.get_by_test_id("stSidebarNav")
    expect(menu).to_contain_text("Settings")
    expect(menu).not_to_contain_text("_shell")


def test_a_link_to_no_page_says_so_in_the_users_language(
    demonstration: Server, page: Page, record: Record
) -> None:
    """An address that never was opens the first page and says that the page doesn't exist."""
    page.goto(f"{demonstration.url}/nowhere")
    page.get_by_role("dialog").get_by_text("没有这个页面").wait_for()
    # Streamlit reports the same in the console; that is the one complaint here.
    while not record.errors:
        page.wait_for_event("console")
    assert len(record.errors) == 1
    record.errors.clear()


def test_back_and_forward_follow_the_filters(demonstration: Server, page: Page) -> None:
    """A tab chosen is in the address; the browser's back and forward show it again."""
    page.goto(f"{demonstration.url}/data")
    page.get_by_text("上传", exact=True).wait_for()
    page.get_by_text("检查", exact=True).click()
    check = page.get_by_role("button", name="检查数据")
    expect(check).to_be_visible()
    page.wait_for_url("**tab=check*")
    page.go_back()
    expect(check).to_be_hidden()
    page.go_forward()
    expect(check).to_be_visible()
