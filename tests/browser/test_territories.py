"""责任区域 in a browser: design, look, give shops away, refuse, apply, undo; and 集中 with its slider."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture(scope="module")
def address(workshop) -> str:
    """The app on a demonstration region that may change."""
    return workshop.url


def answer(page: Page):
    """Return the sentence under the title."""
    return page.locator(".st-key-page_header p").first


def test_from_a_design_to_its_undoing(page: Page, address: str) -> None:
    """A proposal is found, some shops are boxed and given away, it is applied, and the step is undone."""
    page.goto(f"{address}/territories?lang=en&steps=400000")
    expect(answer(page)).to_contain_text("Design a proposal")
    page.locator(".st-key-territory_design button").click()
    expect(answer(page)).to_contain_text("customers change hands")
    expect(page.locator(".st-key-territory_map .js-plotly-plot")).to_be_visible()

    page.locator(".st-key-territory_map [data-val=select]").click()
    ground = page.locator(".st-key-territory_map .nsewdrag").first
    ground.element_handle().wait_for_element_state("stable")
    box = ground.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] * 0.7, steps=8)
    page.mouse.up()
    editor = page.locator(".st-key-territory_editor")
    expect(editor).to_contain_text(re.compile(r"\d+ shops chosen"))
    proposed = answer(page).inner_text()
    editor.locator(".st-key-territory_give button").click()
    expect(answer(page)).not_to_have_text(proposed)

    page.get_by_text("Side by side").click()
    expect(page.locator(".st-key-territory_map_today .js-plotly-plot")).to_be_visible()
    expect(page).to_have_url(re.compile("view=both"))
    page.get_by_role("tab", name="Apply").click()
    page.locator(".st-key-territory_apply button").click()
    expect(page.get_by_text("The territories are applied")).to_be_visible()
    page.locator("[class*='st-key-territory_undo_'] button").click()
    expect(page.get_by_text("customers went back")).to_be_visible()


def test_the_strength_is_a_slider_in_the_address(page: Page, address: str) -> None:
    """Pressing the arrow on the slider asks for one more rep: the address says so and more is won."""
    page.goto(f"{address}/number-one?lang=en&part=concentration")
    value = page.locator(".st-key-concentration_numbers [data-testid=stMetricValue]").first
    expect(value).to_contain_text("yuan")
    before = value.inner_text()
    page.locator(".st-key-type_reps").get_by_role("slider").press("ArrowRight")
    expect(page).to_have_url(re.compile(r"reps=\d+"))
    expect(value).not_to_have_text(before)
