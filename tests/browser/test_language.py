"""Two languages, complete, and kept in the address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from conftest import Server
    from playwright.sync_api import Page

# What stays as it is in Chinese: names of formats and files, the other language, the product's own terms.
KEPT = re.compile(
    r"https?://\S+|WGS-84|GCJ-02|BD-09|English|Language|TOPOJSON|NUMBERS|NDJSON|JSONL|XLSB|HTML|HTM|XML|SHP|CSV|ODS|ZIP|TSV|TXT|PARQUET|Parquet|XLSX|XLS|Excel|GEOJSON|GeoJSON|JSON|No\.1|MB|GB|DuckDB"
    r"|[\w./\\-]*\.(duckdb|csv|xlsx)|/[\w./-]+",
)
LOOK_MS, MOST_LOOKS = 500, 60


def visible_words(page: Page) -> str:
    """Return what the page shows and says on hover, without icons."""
    return str(
        page.evaluate(
            """() => {
              const icons = '[data-testid="stIconMaterial"], [class*="material"], script, style';
              const copy = document.querySelector('[data-testid="stApp"]').cloneNode(true);
              copy.querySelectorAll(icons).forEach((node) => node.remove());
              copy.querySelectorAll('[class*="st-key-url_"]').forEach((node) => node.remove());
              const hints = [...copy.querySelectorAll('[placeholder], [title]')]
                .flatMap((node) => [node.getAttribute('placeholder'), node.getAttribute('title')]);
              return [copy.textContent, ...hints].join(' ');
            }"""
        )
    )


def assert_chinese(page: Page) -> None:
    """No English word is left on the screen, Streamlit's own ones included."""
    page.wait_for_function("document.querySelectorAll('[data-testid=\"stSkeleton\"]').length === 0")
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    expect(page).to_have_title("深耕")
    left: list[str] = ["not looked at"]
    for _look in range(MOST_LOOKS):
        # What a run leaves is drawn a moment after its end.
        page.wait_for_timeout(LOOK_MS)
        left = re.findall(r"[A-Za-z]{2,}", KEPT.sub("", visible_words(page)))
        if not left:
            break
    assert left == []


def test_a_change_of_language_changes_everything(demonstration: Server, page: Page) -> None:
    """One click changes page, menu, Streamlit's own words and the address; Back leaves no word of it."""
    page.goto(f"{demonstration.url}/data")
    page.get_by_text("上传", exact=True).wait_for()
    page.get_by_text("English", exact=True).click()
    page.get_by_role("heading", name="Data", exact=True).wait_for()
    page.get_by_text("Upload", exact=True).wait_for()
    page.wait_for_url("**lang=en*")
    page.wait_for_function("document.documentElement.lang === 'en'")
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("heading", name="Settings").wait_for()
    page.wait_for_url("**lang=en*")
    page.go_back()
    page.go_back()
    page.get_by_role("heading", name="数据", exact=True).wait_for()
    page.get_by_text("上传", exact=True).wait_for()
    assert_chinese(page)
    page.get_by_role("link", name="设置").click()
    page.get_by_role("heading", name="设置", exact=True).wait_for()
    assert_chinese(page)
