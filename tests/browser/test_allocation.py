"""目标分解 in a browser: from the methods to the signed workbook, with a lock, a refusal and an undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.sync_api import expect

from core.exchange.plan_ranges import FIRST_MONTH
from core.sample import build_sample

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Widths of the grid's first columns: name, locks, last year; then comes the target.
NAME, LOCKS, LAST_YEAR, ROW = 120, 70, 90, 35
COMPILING_MS = 120_000


@pytest.fixture(scope="module")
def address(serve, tmp_path_factory) -> str:
    """The app on a demonstration region of its own."""
    store = tmp_path_factory.mktemp("allocation") / "allocation.duckdb"
    build_sample(store, terminals=300, seed=1)
    return f"{serve(store).url}/allocation?lang=en&level=city"


def grid(page: Page):
    """Return the grid on the screen."""
    return page.get_by_test_id("stDataFrame").first


def settled(page: Page) -> None:
    """Wait until the page has begun to follow, and then until it has followed."""
    page.wait_for_timeout(700)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def type_into(page: Page, x: int, row: int, text: str) -> None:
    """Type a value into a cell of the grid."""
    grid(page).dblclick(position={"x": x, "y": ROW * (row + 1) + ROW // 2})
    editor = page.locator(".gdg-input, #portal input, #portal textarea").first
    editor.fill(text)
    page.keyboard.press("Enter")


def test_from_the_target_to_the_workbook(page, address, tmp_path) -> None:
    """Target, breakdown, lock, an infeasible total explained, undo, redo, save, export, and the file back."""
    page.goto(address)
    expect(page.get_by_label("Target of the year")).to_be_visible(timeout=COMPILING_MS)
    page.get_by_text("2 Weights").click()
    page.get_by_role("button", name="Break down as a new plan").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible(timeout=COMPILING_MS)
    expect(page.get_by_text("Target plan 2027:")).to_be_visible(timeout=COMPILING_MS)

    page.get_by_text("Lock", exact=True).click()
    settled(page)
    grid(page).click(position={"x": NAME + 35, "y": ROW + ROW // 2})
    expect(page.get_by_role("button", name="Release all locks")).to_be_enabled()

    page.get_by_text("Fill in", exact=True).click()
    settled(page)
    type_into(page, NAME + LOCKS + LAST_YEAR + 50, 0, "1")
    expect(page.get_by_test_id("stAlert")).to_contain_text("exceed its total of")

    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Release all locks")).to_be_disabled()
    settled(page)
    type_into(page, NAME + LOCKS + LAST_YEAR + 50, 0, "123456")
    expect(page.get_by_text("changed, not saved")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("changed, not saved")).to_be_hidden()
    page.get_by_role("button", name="Redo").click()
    expect(page.get_by_text("changed, not saved")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()

    page.get_by_text("6 Export").click()
    with page.expect_download() as started:
        page.get_by_role("button", name="Workbook (Excel)").click()
    path = tmp_path / "plan.xlsx"
    started.value.save_as(path)
    book = openpyxl.load_workbook(path, data_only=True)
    totals = [sheet.cell(sheet.max_row, 15).value for sheet in (book["Region x month"], book["Rep x month"])]
    assert totals[0] == pytest.approx(totals[1])
    first = book["Region x month"]
    shown = [sum(first.cell(row, column).value for column in range(3, 15)) for row in range(4, first.max_row)]
    assert any(total == pytest.approx(123_456) for total in shown)
    book.close()

    edited = openpyxl.load_workbook(path)
    edited["Detail"].cell(4, FIRST_MONTH + 1).value += 10
    edited.save(tmp_path / "edited.xlsx")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "edited.xlsx")
    expect(page.get_by_text("1 cell differs.")).to_be_visible()
    page.get_by_role("button", name="Take over").click()
    page.get_by_text("3 Grid").click()
    expect(page.get_by_text("1 cell changed, not saved")).to_be_visible()
