"""A score sheet is filled in and an action plan printed in a browser, in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

RARE = "增加陈列 👍🏽 𠮷野家 =1+1"


@pytest.fixture(scope="module")
def own_server(serve, tmp_path_factory):
    """The app on a small demonstration region; what is saved here is seen by nobody else."""
    from core.sample import build_sample

    store = tmp_path_factory.mktemp("terminal_cards") / "cards.duckdb"
    build_sample(store, terminals=300, seed=1)
    return serve(store)


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


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh",
            {
                "add": "添加",
                "item": "1 店员关系卡建立与记忆度指标",
                "save": "保存",
                "wrong": "有 1 项填得不对，没有保存。",
                "export": "导出",
                "print": "打印页（HTML）",
                "heading": "实际考核得分",
            },
        ),
        (
            "en",
            {
                "add": "Add",
                "item": "1 Staff cards: kept and known by heart",
                "save": "Save",
                "wrong": "1 field is not right; nothing was saved.",
                "export": "Export",
                "print": "Pages to print (HTML)",
                "heading": "Points given",
            },
        ),
    ],
)
def test_a_score_sheet_is_filled_in_and_printed(page: Page, own_server, lang: str, words: dict) -> None:
    """Points above ten are refused in words; a sheet with one item is saved, shown and printed."""
    shop = {"zh": "T00000001", "en": "T00000002"}[lang]
    page.goto(f"{own_server.url}/customer?customer=terminal:{shop}&section=score&lang={lang}")
    page.get_by_role("button", name=words["add"]).click()
    type_in(page, words["item"], "10.5")
    buttons = page.locator(".st-key-score_sheet_new_buttons")
    buttons.get_by_role("button", name=words["save"]).click()
    expect(page.get_by_text(words["wrong"])).to_be_visible()
    type_in(page, words["item"], "9.5")
    buttons.get_by_role("button", name=words["save"]).click()
    expect(page.locator(".st-key-score_sheet_list")).to_be_visible()
    page.reload()
    expect(page.locator(".st-key-score_sheet_list")).to_be_visible()
    html = download(page, words["export"], words["print"])
    assert f"<th>{words['heading']}</th>" in html
    assert "9.5" in html


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "zh",
            {
                "add": "添加",
                "action": "行动-原因",
                "who": "负责人",
                "save": "保存",
                "open": "1 项行动未完成",
                "export": "导出",
                "print": "打印页（HTML）",
                "headings": ("行动-原因", "步骤", "负责人", "起止时间", "其它意见"),
            },
        ),
        (
            "en",
            {
                "add": "Add",
                "action": "Action and its reason",
                "who": "Responsible person",
                "save": "Save",
                "open": "1 action is open",
                "export": "Export",
                "print": "Pages to print (HTML)",
                "headings": ("Action - reason", "Steps", "Responsible person", "Other comments"),
            },
        ),
    ],
)
def test_an_action_plan_is_written_and_printed(page: Page, own_server, lang: str, words: dict) -> None:
    """An action with rare characters is saved, stays after a reload and stands on the printed plan."""
    dealer = {"zh": "D00001", "en": "D00002"}[lang]
    page.goto(
        f"{own_server.url}/customer?customer=dealer:{dealer}&section=key-account&account_part=plan&lang={lang}"
    )
    page.get_by_role("button", name=words["add"]).click()
    type_in(page, words["action"], RARE)
    type_in(page, words["who"], "王小二")
    # A day is typed digit by digit into year, month and day.
    page.locator('[data-testid="stDateInput"]').last.get_by_role("spinbutton").first.click()
    page.keyboard.type("20270131", delay=40)
    page.keyboard.press("Tab")
    page.locator(".st-key-account_action_new_buttons").get_by_role("button", name=words["save"]).click()
    expect(page.get_by_text(re.compile(words["open"]))).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile(words["open"]))).to_be_visible()
    html = download(page, words["export"], words["print"])
    assert all(f"<th>{heading}</th>" in html for heading in words["headings"])
    assert RARE in html
    assert "2027-01-31" in html
