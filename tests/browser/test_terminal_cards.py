"""A score sheet is filled in and an action plan printed in a browser, in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.conftest import Server

RARE = "增加陈列 👍🏽 𠮷野家 =1+1"


def type_in(page: Page, label: str, text: str) -> None:
    """Fill in a field and leave it."""
    field = page.get_by_label(label, exact=False).first
    field.fill(text)
    field.press("Tab")


def download(page: Page, menu: str, entry: str) -> str:
    """Take a file from the export menu and return its text."""
    page.get_by_role("button", name=menu).click()
    with page.expect_download() as taken:
        page.get_by_role("button", name=entry, exact=True).click()
    return Path(taken.value.path()).read_text(encoding="utf-8")


def test_a_score_sheet_is_filled_in_and_printed(page: Page, workshop: Server) -> None:
    """Points above ten are refused in words; a sheet with one item is saved and printed in both languages."""
    address = f"{workshop.url}/customer?customer=terminal:T00000001&section=score"
    page.goto(f"{address}&lang=zh")
    page.get_by_role("button", name="添加").click()
    type_in(page, "1 店员关系卡建立与记忆度指标", "10.5")
    buttons = page.locator(".st-key-score_sheet_new_buttons")
    buttons.get_by_role("button", name="保存").click()
    expect(page.get_by_text("有 1 项填得不对，没有保存。")).to_be_visible()
    type_in(page, "1 店员关系卡建立与记忆度指标", "9.5")
    buttons.get_by_role("button", name="保存").click()
    sheets = page.locator(".st-key-score_sheet_list")
    expect(sheets).to_be_visible()
    assert "<th>实际考核得分</th>" in download(page, "导出", "打印页（HTML）")
    page.goto(f"{address}&lang=en")
    expect(sheets).to_be_visible()
    html = download(page, "Export", "Pages to print (HTML)")
    assert "<th>Points given</th>" in html
    assert "9.5" in html


def test_an_action_plan_is_written_and_printed(page: Page, workshop: Server) -> None:
    """An action with rare characters is saved, stays after a reload, and is printed in both languages."""
    address = f"{workshop.url}/customer?customer=dealer:D00001&section=key-account&account_part=plan"
    page.goto(f"{address}&lang=en")
    page.get_by_role("button", name="Add").click()
    type_in(page, "Action and its reason", RARE)
    type_in(page, "Responsible person", "王小二")
    # A day is typed digit by digit into year, month and day.
    page.locator('[data-testid="stDateInput"]').last.get_by_role("spinbutton").first.click()
    page.keyboard.type("20270131", delay=40)
    page.keyboard.press("Tab")
    page.locator(".st-key-account_action_new_buttons").get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 action is open")).to_be_visible()
    html = download(page, "Export", "Pages to print (HTML)")
    headings = ("Action - reason", "Steps", "Responsible person", "Other comments")
    assert all(f"<th>{heading}</th>" in html for heading in headings)
    page.goto(f"{address}&lang=zh")
    expect(page.get_by_text("1 项行动未完成")).to_be_visible()
    html = download(page, "导出", "打印页（HTML）")
    assert all(
        f"<th>{heading}</th>" in html for heading in ("行动-原因", "步骤", "负责人", "起止时间", "其它意见")
    )
    assert RARE in html
    assert "2027-01-31" in html
