"""The four quadrants in a browser: saving the picture, moving a cut line, choosing a bubble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_saving_the_picture_and_moving_a_cut_line(page: Page, demonstration) -> None:
    """A picture saved is 1600 wide; the own value starts at the line, another one moves line and zones."""
    page.goto(f"{demonstration.url}/quadrant?lang=en")
    picture = page.locator(".js-plotly-plot").last
    expect(picture).to_contain_text("Share 26.1% · Lanchester lower limit")
    picture.hover()
    with page.expect_download() as saving:
        page.locator("[data-title*='ownload']").first.click()
    content = saving.value.path().read_bytes()
    assert content.startswith(b"\x89PNG")
    assert abs(int.from_bytes(content[16:20], "big") - 1600) <= 1
    answer = page.locator(".st-key-page_header p").first
    before = answer.inner_text()
    page.locator(".st-key-share_cut_preset").get_by_role("combobox").click()
    page.get_by_role("option", name="Own value").click()
    expect(picture).to_contain_text("Share 26.1% · Own value")
    field = page.locator(".st-key-share_cut_value input")
    field.fill("45")
    field.press("Enter")
    expect(picture).to_contain_text("Share 45.0% · Own value")
    expect(answer).not_to_have_text(before)
    page.wait_for_url("**share_cut=45.0*")


def test_a_bubble_opens_its_card(page: Page, demonstration) -> None:
    """A click on a bubble shows its region beside the picture and in the address."""
    page.goto(f"{demonstration.url}/quadrant?lang=en&level=city")
    card = page.locator(".st-key-region_card h2")
    expect(card).to_have_text("Whole market")
    # The last one is drawn on top of all others.
    bubble = page.locator(".scatterlayer .point").last
    bubble.element_handle().wait_for_element_state("stable")
    box = bubble.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(card).not_to_have_text("Whole market")
    page.wait_for_url("**region=*")
