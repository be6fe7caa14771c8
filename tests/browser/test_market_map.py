"""The map in a browser: a click opens the card, a second one looks inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page


POLYGONS = ".choroplethlayer path"
# Eleven cities, and once more their outlines.
TWICE = 22


def middle(page: Page, number: int) -> tuple[float, float]:
    """Return a point inside a polygon, found by asking the browser what lies there."""
    page.locator(POLYGONS).nth(number).element_handle().wait_for_element_state("stable")
    x, y = page.evaluate(
        """(number) => {
            const path = document.querySelectorAll(".choroplethlayer path")[number];
            const box = path.getBoundingClientRect();
            for (let i = 1; i < 20; i++) for (let j = 1; j < 20; j++) {
                const x = box.x + (box.width * i) / 20, y = box.y + (box.height * j) / 20;
                const point = path.ownerSVGElement.createSVGPoint();
                const inside = new DOMPoint(x, y).matrixTransform(path.getScreenCTM().inverse());
                point.x = inside.x; point.y = inside.y;
                const deep = [[6, 0], [-6, 0], [0, 6], [0, -6]].every(([dx, dy]) => {
                    point.x = inside.x + dx; point.y = inside.y + dy;
                    return path.isPointInFill(point);
                });
                if (deep) return [x, y];
            }
            throw new Error("no point inside");
        }""",
        number,
    )
    return float(x), float(y)


def test_a_click_opens_the_card_and_a_second_one_looks_inside(page: Page, demonstration) -> None:
    """From the cities of the province to the counties of one of them, and back by the path above."""
    page.goto(f"{demonstration.url}/market-map?lang=en&level=city")
    card = page.locator(".st-key-region_card h2")
    expect(card).to_have_text("Whole market")
    expect(page.locator(POLYGONS)).to_have_count(TWICE)
    place = middle(page, 3)
    page.mouse.move(*place)
    page.mouse.click(*place)
    expect(card).not_to_have_text("Whole market")
    city = card.inner_text()
    # The page follows: the address names the region, so that the view can be shared.
    page.wait_for_url("**region=*")
    page.wait_for_function(
        """(polygons) => [...document.querySelectorAll(polygons)]
            .filter((path) => getComputedStyle(path).strokeWidth === "3px").length === 1""",
        arg=POLYGONS,
    )
    page.mouse.move(place[0] + 2, place[1])
    page.mouse.click(place[0] + 2, place[1])
    page.wait_for_url("**within=*")
    path = page.locator(".st-key-way_up")
    expect(path).to_contain_text(city)
    expect(page.locator(POLYGONS)).not_to_have_count(TWICE)
    path.get_by_role("button").nth(1).click()
    expect(page.locator(POLYGONS)).to_have_count(TWICE)


def test_a_deep_link_opens_the_same_view(page: Page, demonstration) -> None:
    """Region, measure and level stand in the address."""
    page.goto(f"{demonstration.url}/market-map?lang=en&level=county&measure=zone&region=990103")
    expect(page.locator(".st-key-region_card h2")).to_have_text("Henglong County")
    expect(page.locator("text=Growth competition zone").first).to_be_visible()
