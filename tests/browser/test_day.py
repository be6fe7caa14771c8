"""日报 on a telephone: six taps to a saved visit, and a connection that drops in the middle."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from core.reports.cycle import day as day_report
from core.sample.cycle.day import LAST_REPORT
from core.store.database import Store
from tests.browser.conftest import running
from tests.browser.cut_line import line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page, Route

    from tests.browser.conftest import Server

TELEPHONE = {"width": 420, "height": 860}
PATIENCE_MS = 120_000
TYPED = "断线时写的话"


@pytest.fixture(scope="module")
def reps(sample_copy: Callable[[int], Path]) -> list[str]:
    """Reps with a planned shop that nobody visited on the day the demonstration opens with."""
    with Store.open(sample_copy(1_500)) as store:
        board = day_report.day_board(store, LAST_REPORT).table
        assert day_report.default_day(store, dt.date.today()) == LAST_REPORT
    open_shops = board["planned"] - board["done"]
    return list(board[open_shops >= 1].sort_values("done")["employee_id"])


@pytest.fixture(scope="module")
def url(fieldwork: Server) -> str:
    """The app on a region that these tests change."""
    return fieldwork.url


@pytest.fixture
def telephone(chromium: Browser) -> Iterator[Page]:
    """A page of a telephone that counts the taps made on it."""
    context = chromium.new_context(viewport=TELEPHONE, has_touch=True, is_mobile=True, locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    context.add_init_script(
        "window.taps = 0; addEventListener('pointerdown', () => { window.taps += 1; }, { capture: true });"
    )
    yield context.new_page()
    context.close()


def chip(page: Page, field: str, number: int) -> None:
    """Tap one choice of a field."""
    page.locator(f"[data-field={field}] .chip").nth(number).tap()


def fill_musts(page: Page) -> None:
    """Tap what a visit can't do without; a next visit that the plan has is chosen already."""
    chip(page, "purpose", 0)
    chip(page, "result", 1)
    if not page.locator("[data-field=next_day] [aria-checked=true]").count():
        chip(page, "next_day", 0)
    chip(page, "next_about", 2)


def arrive(page: Page) -> Locator:
    """Check in at the first shop that nobody visited and return its place in the list."""
    stop = page.locator(".stop:has([data-action=check-in])").first
    shop = stop.get_attribute("data-shop")
    stop.locator("[data-action=check-in]").tap()
    return page.locator(f".stop[data-shop={shop}]")


def typed_visits(file: Path) -> list[dict]:
    """Return the visits that a browser saved, with the words of their shelf and the next visit."""
    with Store.open(file) as store:
        return store.fetch(
            "SELECT v.purpose, v.result, s.remark, s.version, f.payload FROM visit AS v"
            " INNER JOIN visit_shelf AS s ON s.visit_id = v.visit_id"
            " INNER JOIN customer_form AS f ON f.record_id = v.visit_id WHERE v.visit_id LIKE 'D%'"
        ).to_pylist()


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_a_visit_takes_six_taps(telephone: Page, url: str, reps: list[str], lang: str) -> None:
    """From the opened page to a saved visit there are at most six taps; nothing is wider than the screen."""
    rep = reps[0 if lang == "zh_CN" else 1]
    telephone.goto(f"{url}/day?rep={rep}&lang={lang}")
    stop = arrive(telephone)
    fill_musts(telephone)
    assert telephone.evaluate("document.documentElement.scrollWidth") <= TELEPHONE["width"]
    with telephone.expect_response(lambda answer: answer.url.endswith("/day/save")) as answer:
        telephone.locator("[data-action=save]").tap()
    assert answer.value.status == 200
    assert telephone.evaluate("window.taps") <= 6
    stop.locator(".number", has_text="✓").wait_for()


def test_a_dropped_connection_loses_nothing(
    telephone: Page, sample_copy: Callable[[int], Path], reps: list[str], tmp_path: Path
) -> None:
    """What was typed before and during the break is saved, once, though the page was loaded anew."""
    own = tmp_path / "cut.duckdb"
    shutil.copy(sample_copy(1_500), own)
    with running(own, tmp_path / "cut.log") as server, line(urlsplit(server.url).port) as wire:
        telephone.goto(f"http://localhost:{wire.port}/day?rep={reps[2]}&lang=zh_CN")
        stop = arrive(telephone)
        chip(telephone, "purpose", 0)
        wire.cut()
        # Streamlit lays a dialog over the page now; typing goes on all the same.
        telephone.locator(".bar.offline").wait_for()
        chip(telephone, "result", 0)
        telephone.locator("[data-field=remark]").fill(TYPED)
        chip(telephone, "next_day", 1)
        chip(telephone, "next_about", 1)
        telephone.locator("[data-action=save]").tap()
        telephone.locator(".bar.offline", has_text="1").wait_for()
        stop.get_by_text("待发送").wait_for()
        wire.mend()
        telephone.reload()
        stop.locator(".number", has_text="✓").wait_for()
        telephone.wait_for_function("localStorage.getItem('shengeng.day.outbox') === '[]'")
        # Whatever was sent, also a message whose answer was lost, is the same visit.
        telephone.reload()
        stop.locator(".number", has_text="✓").wait_for()
    [visit] = typed_visits(own)
    assert (visit["purpose"], visit["result"]) == ("客情维护", "已下单")
    assert (visit["remark"], visit["version"]) == (TYPED, 1)
    assert '"next_content": "收款"' in visit["payload"]


def test_a_page_that_died_opens_where_it_was(telephone: Page, url: str, reps: list[str]) -> None:
    """A sheet that was half filled in is open again after the page was loaded anew, word for word."""
    telephone.goto(f"{url}/day?rep={reps[3]}&lang=zh_CN")
    arrive(telephone)
    chip(telephone, "purpose", 1)
    telephone.locator("[data-field=remark]").fill(TYPED)
    telephone.reload()
    telephone.locator(".sheet").wait_for()
    expect(telephone.locator("[data-field=remark]")).to_have_value(TYPED)
    chosen = telephone.locator("[data-field=purpose] .chip").nth(1)
    expect(chosen).to_have_attribute("aria-checked", "true")
    # Who worked here is known to the telephone alone: an address without a name opens the same day.
    telephone.goto(f"{url}/day?lang=zh_CN")
    telephone.locator(".sheet").wait_for()
    telephone.locator("[data-action=cancel]").tap()
    telephone.locator("ol.stops").wait_for()


def test_a_refusal_keeps_the_sheet(telephone: Page, url: str, reps: list[str]) -> None:
    """A server that forgot the page gets what was typed; what it refuses comes back with the reason."""
    refusals = iter([(403, "{}"), (422, '{"message": "不行", "hint": "请改"}')])

    def answer(route: Route) -> None:
        refusal = next(refusals, None) if '"kind":"visit"' in (route.request.post_data or "") else None
        if refusal is None:
            route.continue_()
        else:
            route.fulfill(status=refusal[0], content_type="application/json", body=refusal[1])

    telephone.route("**/day/save", answer)
    telephone.goto(f"{url}/day?rep={reps[3]}&lang=zh_CN")
    stop = arrive(telephone)
    fill_musts(telephone)
    telephone.locator("[data-field=remark]").fill(TYPED)
    telephone.locator("[data-action=save]").tap()
    telephone.locator(".bar", has_text="不行").locator("button").first.tap()
    expect(telephone.locator("[data-field=remark]")).to_have_value(TYPED)
    telephone.locator("[data-action=save]").tap()
    stop.locator(".number", has_text="✓").wait_for()


def test_the_day_is_handed_in_and_a_refusal_is_said(telephone: Page, url: str, reps: list[str]) -> None:
    """Minutes that no day has come back with the reason; set right, the day is handed in."""
    telephone.goto(f"{url}/day?rep={reps[3]}&lang=zh_CN")
    telephone.locator("[data-action=close-day]").tap()
    telephone.locator("[data-field=minutes_selling]").fill("2000")
    telephone.locator("[data-field=remark]").fill(TYPED)
    telephone.locator("[data-action=save]").tap()
    telephone.locator(".bar", has_text="2000").locator("button").first.tap()
    telephone.locator(".notice.bad", has_text="1440").wait_for()
    expect(telephone.locator("[data-field=remark]")).to_have_value(TYPED)
    telephone.locator("[data-field=minutes_selling]").fill("300")
    telephone.locator("[data-action=save]").tap()
    telephone.get_by_text("修改日报").wait_for()
    telephone.get_by_text("当天日报已于").wait_for()


def test_nothing_is_sent_under_another_name(telephone: Page, url: str, reps: list[str]) -> None:
    """What one person left waiting stays where it is while another works, and is sent as its own."""
    telephone.route("**/day/save", lambda route: route.abort())
    telephone.goto(f"{url}/day?rep={reps[4]}&lang=zh_CN")
    stop = arrive(telephone)
    fill_musts(telephone)
    telephone.locator("[data-action=save]").tap()
    stop.get_by_text("待发送").wait_for()
    # The first page may try again until the name changes, so each message is noted with its page.
    senders: list[str] = []
    telephone.on(
        "request", lambda request: senders.append(telephone.url) if "/day/save" in request.url else None
    )
    telephone.goto(f"{url}/day?rep={reps[5]}&lang=zh_CN")
    telephone.unroute("**/day/save")
    telephone.locator(".bar", has_text="另一姓名").wait_for()
    assert not [sender for sender in senders if reps[5] in sender]
    senders.clear()
    telephone.goto(f"{url}/day?rep={reps[4]}&lang=zh_CN")
    stop.locator(".number", has_text="✓").wait_for()
    assert len(senders) == 2


def test_a_click_on_the_board_opens_the_day(page: Page, url: str) -> None:
    """The board opens with its sentence; a row of its table leads to the rep's day."""
    page.goto(f"{url}/day-board?lang=zh_CN")
    page.get_by_text("人外出").wait_for()
    table = page.locator("[data-testid=stDataFrame]")
    table.locator("canvas").first.wait_for()
    table.click(position={"x": 15, "y": 55})
    page.locator(".day .close-day").wait_for()
    assert urlsplit(page.url).path == "/day"
