"""Dealers in a browser: from the board to a card, the decision walked and recorded, the other language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from core.store.database import Store

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

YES, NO = 0, 1


@pytest.fixture(scope="module")
def dealer(sample_copy) -> str:
    """A dealer of whom only the functions are unknown."""
    with Store.open(sample_copy(300)) as store:
        rows = store.fetch(
            "SELECT d.dealer_id FROM dealer AS d WHERE d.attitude >= 4 AND d.capability >= 6"
            " AND d.dealer_id NOT IN (SELECT f.customer_id FROM customer_form AS f"
            " WHERE f.form = 'dealer_decision') ORDER BY d.dealer_id"
        )
    return rows["dealer_id"][0].as_py()


def answer(page: Page, name: str, choice: int) -> None:
    """Answer a question of the walk with yes or no."""
    buttons: Locator = page.locator(f"[class*='st-key-decision_'][class*='{name}'] button")
    expect(buttons).to_have_count(2)
    buttons.nth(choice).click()


def test_the_decision_is_walked_and_stays(page: Page, workshop, dealer: str) -> None:
    """Question by question to 改造, recorded with a reason; after a reload it is there in both languages."""
    address = f"{workshop.url}/customer?customer=dealer:{dealer}&section=decision"
    page.goto(address)
    expect(page.get_by_text(re.compile("系统不作猜测"))).to_be_visible()
    answer(page, "sales_team", YES)
    answer(page, "information", NO)
    answer(page, "channel_management", YES)
    answer(page, "can_transform", YES)
    expect(page.get_by_text("决策树结论：改造。")).to_be_visible()

    page.locator("[class*='st-key-decision_'][class*='reason'] textarea").fill("补齐信息功能")
    page.get_by_role("button", name="记录决定").click()
    expect(page.get_by_text(re.compile("已决定：改造"))).to_be_visible()

    page.goto(f"{address}&lang=en")
    expect(page.get_by_text(re.compile(r"^Decided on \S+: Transform"))).to_be_visible()
    expect(page.get_by_text("Transformation: the three functions")).to_be_visible()


def test_the_board_leads_to_stock_and_issues(page: Page, workshop) -> None:
    """The parts of the section follow each other, and the address says which one is shown."""
    page.goto(f"{workshop.url}/customers?section=dealers")
    expect(page.locator(".st-key-dealer_attitude .main-svg").first).to_be_visible()
    page.get_by_text("库存与费用", exact=True).click()
    expect(page.locator(".st-key-stock_cards")).to_contain_text("天数")
    expect(page).to_have_url(re.compile("dealer_part=stock"))
