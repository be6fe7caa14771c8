"""目标分解 in a browser: from the methods to the signed workbook, with locks, limits and an undo."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

import openpyxl
import pytest
from playwright.sync_api import expect

from core.exchange.plans.ranges import FIRST_MONTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

# Widths of the grid's first columns: name, locks, last year; then comes the target.
NAME, ROW = 120, 35
MISSED_MS = 15_000
# The container of the editable table; its key rises with every step, so that each step draws a new one.
TABLE = "[class*='st-key-grid_20'], [class*='st-key-limits_20']"


@pytest.fixture(scope="module")
def address(workshop) -> str:
    """The page on a demonstration region in which plans may be saved."""
    return f"{workshop.url}/allocation?lang=en&level=city"


def table(page: Page):
    """Return the editable table on the screen."""
    return page.locator(TABLE)


def followed(page: Page, act: Callable[[], None]) -> None:
    """Act, then wait until the page has drawn the table of the next step and come to rest.

    While the page follows, the table before it stays on the screen, above or below the new one, and still
    takes clicks, but nothing would come of them.
    """
    old = shown(page)
    act()
    expect(old).to_have_count(0)
    rest(page)


def shown(page: Page) -> Locator:
    """Return the table by the name it has now; the one of the next step has another."""
    name = re.search(r"st-key-(?:grid|limits)_20\S+", table(page).get_attribute("class")).group()
    return page.locator(f".{name}")


def rest(page: Page) -> None:
    """Wait until the page has come to rest."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(table(page)).to_have_attribute("data-stale", "false")
    expect(table(page).get_by_test_id("data-grid-canvas")).to_be_visible()


def choose(page: Page, mode: str) -> None:
    """Choose what a click in the table does."""
    followed(page, page.get_by_text(mode, exact=True).click)


def type_into(page: Page, x: int, row: int, text: str) -> None:
    """Type a value into a cell of the table, and again where the page moved under the pointer."""
    spot = {"x": x, "y": ROW * (row + 1) + ROW // 2}
    old = shown(page)
    for _attempt in range(4):
        table(page).get_by_test_id("stDataFrame").dblclick(position=spot)
        page.locator(".gdg-input, #portal input, #portal textarea").first.fill(text)
        page.keyboard.press("Enter")
        with suppress(AssertionError):
            expect(old).to_have_count(0, timeout=MISSED_MS)
            break
    expect(old).to_have_count(0)
    rest(page)


def tick(page: Page, x: int, row: int) -> None:
    """Tick a box of the table."""
    frame = table(page).get_by_test_id("stDataFrame")
    followed(page, lambda: frame.click(position={"x": x, "y": ROW * (row + 1) + ROW // 2}))


def press(page: Page, button: str) -> None:
    """Press a button that changes the plan."""
    followed(page, page.get_by_role("button", name=button, exact=True).click)


def save(page: Page) -> None:
    """Save, and see the word that comes and goes."""
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()


def test_from_the_target_to_the_workbook(page, address, tmp_path) -> None:
    """Target, breakdown, lock, an infeasible total explained, undo, redo, save, export, and the file back."""
    page.goto(address)
    expect(page.get_by_label("Target of the year")).to_be_visible()
    # The title comes last and moves the steps down; a click before that can miss them.
    expect(page.get_by_text("Preparing the calculation")).to_be_hidden()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_text("2 Weights").click()
    page.get_by_role("button", name="Break down as a new plan").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(page.get_by_text("Target plan 2027:")).to_be_visible()

    choose(page, "Lock")
    tick(page, NAME + 70 + 35, 0)
    expect(page.get_by_role("button", name="Release all locks")).to_be_enabled()

    choose(page, "Fill in")
    type_into(page, NAME + 50, 0, "1")
    expect(page.get_by_test_id("stAlert")).to_contain_text("exceed its total of")

    press(page, "Undo")
    expect(page.get_by_role("button", name="Release all locks")).to_be_disabled()
    type_into(page, NAME + 50, 0, "123456")
    expect(page.get_by_text("changed, not saved")).to_be_visible()
    press(page, "Undo")
    expect(page.get_by_text("changed, not saved")).to_be_hidden()
    press(page, "Redo")
    expect(page.get_by_text("changed, not saved")).to_be_visible()
    followed(page, lambda: save(page))

    limits(page)

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
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("Save or undo your own changes first.")).to_be_visible()
    page.get_by_text("3 Grid").click()
    expect(page.get_by_text("1 cell changed, not saved")).to_be_visible()


def limits(page: Page) -> None:
    """Lock the first row's total only: another total is refused by name; with all limits gone it is free."""
    choose(page, "Lock")
    tick(page, NAME + 35, 0)
    expect(page.get_by_text("Limits changed, not saved")).to_be_visible()
    choose(page, "Fill in")
    type_into(page, NAME + 50, 0, "100000")
    expect(page.get_by_test_id("stAlert")).to_contain_text("exactly 123,456,000")
    choose(page, "Set limits")
    page.get_by_role("button", name="Remove all limits").click()
    expect(page.get_by_role("button", name="Remove all limits")).to_be_disabled()
    expect(page.get_by_text("not saved")).to_be_hidden()
