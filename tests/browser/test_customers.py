"""客户 in a browser: found by pinyin, opened, edited, saved, reloaded; two languages, two people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.conftest import DEALER

if TYPE_CHECKING:
    from playwright.sync_api import Page

RARE = "爱喝茶 👍🏽 𠮷野家 𪚥"


def type_in(page: Page, label: str, text: str) -> None:
    """Fill in a field and leave it."""
    field = page.get_by_role("textbox", name=re.compile(f"^{label}"))
    field.fill(text)
    field.press("Tab")


def test_a_dealer_is_found_by_pinyin_and_a_contact_saved(page: Page, workshop) -> None:
    """Initials find the dealer, a click opens the card; a contact is saved and there after a reload."""
    page.goto(f"{workshop.url}/customers?lang=en")
    search = page.locator(".st-key-list_q input")
    search.fill("jzt")
    search.press("Enter")
    expect(page.get_by_text("1 dealer: sell-in")).to_be_visible()
    expect(page).to_have_url(re.compile("q=jzt"))

    # The rows of the list are drawn on a canvas; its first row is the only one left.
    page.locator(".st-key-customer_list .dvn-scroller").click(position={"x": 60, "y": 52})
    expect(page.get_by_role("heading", name=DEALER)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/customer\?.*customer=dealer(:|%3A)D00001"))

    page.get_by_text("Contacts", exact=True).click()
    page.get_by_role("button", name="Add").click()
    type_in(page, "Full name", "王小二")
    page.locator(".st-key-contacts_new_buttons").get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 field is not right; nothing was saved.")).to_be_visible()
    expect(page.get_by_text("Function is empty.")).to_be_visible()

    page.get_by_role("combobox", name="Function").click()
    page.get_by_role("option", name="Purchasing").click()
    # The message above the fields goes while the note is being typed, and takes nothing of it along.
    note = page.get_by_role("textbox", name=re.compile("^Interests"))
    note.press_sequentially(RARE, delay=150)
    expect(page.get_by_text("1 field is not right; nothing was saved.")).to_be_hidden()
    expect(note).to_have_value(RARE)
    note.press("Tab")
    page.locator(".st-key-contacts_new_buttons").get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 contact, 0 of them key persons.")).to_be_visible()

    page.reload()
    expect(page.get_by_text("1 contact, 0 of them key persons.")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.locator(".st-key-contacts_list .dvn-scroller").click(position={"x": 16, "y": 52})
    # A field is drawn empty first and filled a moment later.
    expect(page.get_by_role("textbox", name=re.compile("^Interests"))).to_have_value(RARE)


def test_unsaved_work_is_offered_in_another_window(page: Page, chromium, workshop) -> None:
    """What was typed and not saved is offered in a browser that starts anew, in Chinese."""
    address = f"{workshop.url}/customer?customer=dealer:D00002&section=contacts"
    page.goto(address)
    page.get_by_role("button", name="添加").click()
    type_in(page, "姓名", "没写完的")
    expect(page.get_by_text("未保存，已存为草稿")).to_be_visible()

    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    try:
        other = context.new_page()
        other.goto(address)
        other.get_by_role("button", name="添加").click()
        expect(other.get_by_text(re.compile("未保存的修改"))).to_be_visible()
        other.get_by_role("button", name="继续填写").click()
        expect(other.get_by_role("textbox", name=re.compile("^姓名"), disabled=False)).to_have_value(
            "没写完的"
        )
    finally:
        context.close()


def test_the_card_is_searched_and_leads_on(page: Page, workshop) -> None:
    """From one card to another by pinyin while typing, and on to the dealer's shops; the address follows."""
    page.goto(f"{workshop.url}/customer?customer=terminal:T00000001")
    page.get_by_role("button", name="找客户").click()
    page.locator(".st-key-find_text input").press_sequentially("jiuzhoutong", delay=30)
    page.get_by_role("button", name=re.compile(DEALER)).click()
    expect(page.get_by_role("heading", name=DEALER)).to_be_visible()
    page.get_by_role("button", name="所供终端", exact=True).click()
    expect(page.get_by_role("heading", name="终端", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("dealer=D00001"))
    page.go_back()
    expect(page.get_by_role("heading", name=DEALER)).to_be_visible()
