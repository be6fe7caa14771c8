"""The terminal map in a browser: tiles, zooming in, a terminal's card, the filter."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page, Response


MAP = '[data-testid="stDeckGlJsonChart"]'
LOOK_MS, MOST_LOOKS = 500, 100


def is_tile(answer: Response) -> bool:
    """Tell whether an answer is a tile of terminals."""
    return "/tiles/" in answer.url


def shops(answer: Response) -> list[dict]:
    """Return the features of a tile."""
    return answer.json()["features"] if answer.status == 200 else []


def click_middle(page: Page, title: str) -> None:
    """Click a shop in the middle of the map as a hand does: come near until the map names it, press."""
    tip = page.locator(".deck-tooltip")
    box = page.locator(MAP).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for _look in range(MOST_LOOKS):
        # A shop that is drawn under a pointer at rest is named with its next movement.
        page.mouse.move(x - 4, y - 4)
        page.mouse.move(x, y, steps=4)
        page.wait_for_timeout(LOOK_MS)
        if title in (tip.all_inner_texts() or [""])[0]:
            break
    expect(tip).to_contain_text(title)
    page.mouse.down()
    page.wait_for_timeout(80)
    page.mouse.up()


@pytest.mark.parametrize(("language", "scheme"), [("zh_CN", "light"), ("en", "dark")])
def test_a_terminal_opens_its_card(page: Page, demonstration, language: str, scheme: str) -> None:
    """From the tile to the terminal in the middle of the map to its card, in both languages and themes."""
    page.emulate_media(color_scheme=scheme)
    with page.expect_response(is_tile) as first:
        page.goto(f"{demonstration.url}/terminal-map?lang={language}")
    assert first.value.status == 200
    heading = "图上全部终端" if language == "zh_CN" else "All terminals shown"
    card = page.locator(".st-key-terminal_card h2")
    expect(card).to_have_text(heading)
    answer = page.context.request.get(first.value.url.rsplit("/", 3)[0] + "/16/0/0.json")
    assert answer.json()["features"] == []
    # Somewhere in the tiles of a far view there is a cell; its middle is where a near view finds shops.
    feature = next(f for tile in _world(page, first.value.url) for f in tile)
    lon, lat = feature["geometry"]["coordinates"]
    page.goto(f"{demonstration.url}/terminal-map?lang={language}&at={lat},{lon},15")
    expect(page.locator(MAP)).to_be_visible()
    click_middle(page, feature["properties"]["title"])
    expect(card).to_have_text(feature["properties"]["title"])


def _world(page: Page, address: str) -> list[list[dict]]:
    """Return the terminals around the tiles already shown, at street level."""
    token = address.split("/tiles/")[1].split("/", maxsplit=1)[0]
    root = address.split("/tiles/", maxsplit=1)[0]
    zoom, column, row = (int(part.removesuffix(".json")) for part in address.rsplit("/", 3)[1:])
    found = []
    while zoom < 16:
        tiles = [(2 * column + i, 2 * row + j) for i in (0, 1) for j in (0, 1)]
        zoom += 1
        features = []
        for x, y in tiles:
            features = page.context.request.get(f"{root}/tiles/{token}/{zoom}/{x}/{y}.json").json()[
                "features"
            ]
            if features:
                column, row = x, y
                break
        if features and features[0]["geometry"]["type"] == "Point":
            found.append(features)
            break
    return found


def zoom_of(answer: Response) -> int:
    """Return the zoom of a tile."""
    return int(answer.url.rsplit("/", 3)[1])


def drawn(page: Page, answer: Response) -> int:
    """Return how many terminals the map of a tile holds, read from its tile of the whole world."""
    world = page.context.request.get(answer.url.rsplit("/", 3)[0] + "/0/0/0.json").json()
    return sum(feature["properties"]["terminals"] for feature in world["features"])


def test_the_wheel_zooms_in(page: Page, demonstration) -> None:
    """Turning the wheel over the map asks for tiles of a nearer zoom, and they hold terminals."""
    with page.expect_response(is_tile) as first:
        page.goto(f"{demonstration.url}/terminal-map?lang=en")
    box = page.locator(MAP).bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    start = zoom_of(first.value)
    nearer = []

    def is_near(answer: Response) -> bool:
        if is_tile(answer) and answer.status == 200 and zoom_of(answer) > start:
            nearer.extend(shops(answer))
        return bool(nearer)

    with page.expect_response(is_near):
        for _turn in range(4):
            page.mouse.wheel(0, -300)
            page.wait_for_timeout(200)
    assert {feature["properties"]["kind"] for feature in nearer} <= {"cell", "terminal"}


def test_the_filter_changes_what_is_drawn_listed_and_exported(page: Page, demonstration) -> None:
    """A grade in the filter leaves fewer terminals on the map; sentence, list and export hold the same."""
    with page.expect_response(is_tile) as whole:
        page.goto(f"{demonstration.url}/terminal-map?lang=en")
    sentence = page.locator(".st-key-page_header p").first
    listed = page.locator(".st-key-worklist_bar p").first
    expect(sentence).to_contain_text("terminals")
    before = sentence.inner_text()
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("combobox", name="Grade").click()
    with page.expect_response(is_tile) as some:
        page.get_by_role("option", name="A ·").click()
    page.wait_for_url("**grade=A")
    expect(sentence).not_to_have_text(before)
    left = drawn(page, some.value)
    assert 0 < left < drawn(page, whole.value)
    expect(sentence).to_contain_text(f"Of {left:,} terminals")
    expect(listed).to_contain_text(f"{left:,}")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Table (CSV)").click()
    rows = list(csv.DictReader(saving.value.path().read_text("utf-8-sig").splitlines()))
    assert len(rows) == left
    assert {row["Grade"] for row in rows} == {"A"}
