"""From a finding to a task that is done: a next step of 总览, its task, the signature; on a telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Server


def test_a_finding_becomes_a_task_and_is_done(page: Page, workshop: Server) -> None:
    """One click makes the task, the next opens it; begun, reported and signed by name it is achieved."""
    page.goto(f"{workshop.url}/overview?lang=zh_CN")
    sentence = page.locator(".st-key-action_0 button p").last.inner_text()
    page.locator(".st-key-make_task_action_0 button").first.click()
    expect(page.get_by_test_id("stToast")).to_contain_text("已建任务")
    page.locator(".st-key-open_task_action_0 button").first.click()
    card = page.locator(".st-key-task_card")
    expect(card).to_contain_text("待办")
    expect(card).to_contain_text(sentence[:12])
    expect(card).to_contain_text("无法判断")
    card.get_by_role("button", name="开始").click()
    expect(card).to_contain_text("进行中")
    card.get_by_role("button", name="报告完成").click()
    expect(card).to_contain_text("待签核")
    card.get_by_role("button", name="签核").click()
    page.get_by_label("主管姓名").fill("李总")
    page.get_by_label("主管姓名").press("Enter")
    page.locator(".st-key-sign_task button").click()
    expect(card).to_contain_text("已签核")
    expect(card).to_contain_text("李总")
    heading = card.locator("h2").inner_text()
    expect(page.locator(".st-key-board [data-testid=stColumn]").last).to_contain_text(heading)
    # The finding offers a new task now that the first is closed.
    page.goto(f"{workshop.url}/overview?lang=zh_CN")
    expect(page.locator(".st-key-make_task_action_0 button").first).to_be_visible()


def test_the_data_close_tasks_by_themselves(page: Page, workshop: Server) -> None:
    """A shop that was visited after the task was made stands among the achieved ones, with day and value."""
    page.goto(f"{workshop.url}/tasks?lang=en&how=reached")
    column = page.locator(".st-key-board [data-testid=stColumn]").last
    expect(column.locator("button").first).to_contain_text("1 / 1")
    column.locator("button").first.click()
    card = page.locator(".st-key-task_card")
    expect(card).to_contain_text("Reached by the data")
    expect(card.get_by_role("button", name="Report as done")).to_have_count(0)


def test_a_task_is_worked_off_on_a_telephone(chromium: Browser, workshop: Server) -> None:
    """At 420 pixels a tap on a task shows its card first, with buttons for a thumb, nothing cut off."""
    context = chromium.new_context(viewport={"width": 420, "height": 900}, has_touch=True)
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(f"{workshop.url}/tasks?lang=zh_CN")
    first = page.locator(".st-key-board button").first
    expect(first).to_be_visible()
    box = first.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["x"] + box["width"] <= 420
    first.tap()
    card = page.locator(".st-key-task_card")
    expect(card).to_be_visible()
    card.element_handle().wait_for_element_state("stable")
    place, board = card.bounding_box(), page.locator(".st-key-board").bounding_box()
    assert place is not None
    assert board is not None
    assert place["y"] < board["y"]
    assert place["x"] + place["width"] <= 420
    begin = card.get_by_role("button", name="开始")
    size = begin.bounding_box()
    assert size is not None
    assert size["height"] >= 44
    begin.tap()
    expect(card).to_contain_text("进行中")
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    context.close()
