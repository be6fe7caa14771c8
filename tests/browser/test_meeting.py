"""The monthly meeting in a browser: read the bridge, make a task of what hurt, see it among the actions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Server
    from playwright.sync_api import Page

CITY = "region=990100&month=2026-10"
WORDS = {
    "en": ("Own sales", "Distribution", "To the tasks"),
    "zh_CN": ("我方销售额", "铺货", "去任务页"),
}


def test_a_task_is_made_of_what_hurt(page: Page, workshop: Server) -> None:
    """The bridge ends at the sales of the answer; the task of its worst part stands among the actions."""
    bridge = page.locator(".st-key-bridge .js-plotly-plot")
    for language, (sold, part, to_tasks) in WORDS.items():
        page.goto(f"{workshop.url}/meeting?lang={language}&{CITY}")
        expect(bridge).to_contain_text(sold)
        expect(bridge).to_contain_text(part)
        expect(page.get_by_role("button", name=to_tasks)).to_be_visible()
    answer = page.locator(".st-key-page_header p").first
    amount = re.search(r"1[,\d]*\d\d", answer.inner_text().split("2026")[-1])
    assert amount is not None
    expect(bridge).to_contain_text(amount.group())
    opened = page.locator("[data-testid=stMetricValue]").nth(4)
    before = int(opened.inner_text().split(" ")[0])
    offer = page.locator("[class*=st-key-act_on_]").first
    title = offer.locator("p").first.inner_text()
    offer.get_by_role("button").click()
    expect(opened).to_contain_text(str(before + 1))
    expect(page.locator(".st-key-effects [class*=st-key-open_task_variance]")).to_have_count(1)
    page.get_by_role("button", name=to_tasks).click()
    page.wait_for_url("**/tasks*")
    expect(page.locator("body")).to_contain_text(title)


def test_another_region_and_month_by_the_controls(page: Page, demonstration) -> None:
    """Choosing a region below and an earlier month changes the answer and stands in the address."""
    page.goto(f"{demonstration.url}/meeting?lang=en&region=990100")
    answer = page.locator(".st-key-page_header p").first
    expect(answer).to_contain_text("Oct 2026")
    page.locator(".st-key-choose_month").get_by_role("combobox").click()
    page.get_by_role("option", name="Sep 2026").click()
    expect(answer).to_contain_text("Sep 2026")
    page.wait_for_url("**month=2026-09*")
