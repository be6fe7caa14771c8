"""拜访计划 in a browser: plan, stop, move a visit, re-plan, take the calendar away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


def settled(page: Page) -> None:
    """Wait until the page has stopped changing, as a person does."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def choose(page: Page, key: str, option: int) -> None:
    """Choose an option of a list by its place.

    A list closes when the page is scrolled. The scroll to it is reported a frame later, so a click that comes
    with it, faster than any hand, opens the list just before that.
    """
    settled(page)
    box = page.locator(f".st-key-{key}").get_by_role("combobox")
    box.scroll_into_view_if_needed()
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    box.click()
    page.get_by_role("option").nth(option).click()


def version(page: Page):
    """The list of plans, which shows the one on the screen."""
    return page.locator(".st-key-choose_plan").get_by_role("combobox")


def test_from_the_load_to_the_calendar_file(page: Page, serve_region) -> None:
    """Plan and stop, move a visit, re-plan for a day of illness, export: one after the other."""
    page.goto(f"{serve_region(1_500).url}/visit-plan?lang=en")
    expect(page.locator(".st-key-cards")).to_contain_text("%")

    choose(page, "plan_seconds", 3)
    page.get_by_role("button", name="Plan the visits").click()
    stop = page.locator(".st-key-planning_stop button")
    expect(page.get_by_text("minutes on the way").first).to_be_visible()
    stop.click()
    calendar = page.locator(".st-key-visit_calendar")
    expect(calendar.get_by_role("button")).to_have_count(20)
    expect(version(page)).to_have_value(re.compile("Plan 1"))

    settled(page)
    page.locator(".st-key-day_stops label").nth(1).click()
    offer = calendar.get_by_role("button", name=re.compile("way")).nth(3)
    expect(offer).to_be_visible()
    offer.click()
    expect(page.get_by_text(re.compile(r"On the way [+-]\d+ minutes"))).to_be_visible()
    page.get_by_role("button", name="Move it").click()
    expect(version(page)).to_have_value(re.compile("Plan 2"))

    choose(page, "replan_off", 4)
    page.keyboard.press("Escape")
    settled(page)
    page.get_by_role("button", name="Re-plan with few changes").click()
    expect(page.get_by_text("promises change")).to_be_visible()
    page.get_by_role("button", name="Accept").click()
    expect(version(page)).to_have_value(re.compile("Plan 3"))

    settled(page)
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Calendar (ICS)").click()
    content = saving.value.path().read_bytes()
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.count(b"BEGIN:VEVENT") == content.count(b"UID:") > 20

    # What is shown is in the address: the link opens the route of the plan's first day.
    page.goto(page.url.replace("part=calendar", "part=route"))
    expect(page.locator("#deckgl-overlay").first).to_be_visible()
    expect(version(page)).to_have_value(re.compile("Plan 3"))
