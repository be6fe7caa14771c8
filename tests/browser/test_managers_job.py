"""The point of the product in a browser: from a finding to the visits in one's calendar."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MOST_CLICKS = 6


def test_from_the_finding_to_the_calendar_in_six_clicks(page: Page, fieldwork) -> None:
    """Finding, county, its unvisited shops, a plan from today, the calendar, the file: six clicks in all."""
    clicks = 0

    def click(target: Locator) -> None:
        nonlocal clicks
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
        target.click()
        clicks += 1

    page.goto(f"{fieldwork.url}/?lang=en")
    finding = page.get_by_role("button").filter(has_text=re.compile(r"Visit .+: \d+ customers? there"))
    text = finding.inner_text()
    county, unvisited = re.search(r"Visit (.+): (\d+)", text).groups()
    click(finding)
    # The map has that county and those shops, and no others.
    expect(page.locator(".st-key-way_up")).to_contain_text(county)
    bar = page.locator(".st-key-worklist_bar")
    expect(bar).to_contain_text(re.compile(r"^\d{1,3} terminals?"))
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    listed = int(re.match(r"\d+", bar.inner_text())[0])
    missing = page.get_by_text(re.compile(r"\d+ more open shops? here ha"))
    unplaced = int(re.match(r"\D*(\d+)", missing.inner_text())[1]) if missing.count() else 0
    assert listed <= int(unvisited) <= listed + unplaced
    click(page.get_by_role("button", name="Send to the visit plan"))
    click(page.locator(".st-key-selection_send button"))
    expect(page.locator(".st-key-handed_on")).to_contain_text(f"{listed} shop")
    click(page.locator(".st-key-plan_visits button"))
    calendar = page.locator(".st-key-visit_calendar")
    expect(calendar).to_be_visible()
    today = dt.date.today()
    weekday = today + dt.timedelta(max(7 - today.weekday(), 0) if today.weekday() > 4 else 0)
    expect(calendar).to_contain_text(f"{weekday:%m-%d}")
    click(page.locator(".st-key-export button").first)
    with page.expect_download() as taken:
        click(page.get_by_role("button", name="Calendar (ICS)"))
    events = taken.value.path().read_text(encoding="utf-8")
    starts = [
        dt.datetime.strptime(day, "%Y%m%d").date() for day in re.findall(r"DTSTART[^:]*:(\d{8})", events)
    ]
    assert starts
    assert min(starts) >= today
    assert clicks <= MOST_CLICKS
