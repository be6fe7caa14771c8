"""What one session does costs no other one anything: hostile files, restoring beside reads, foreign names."""

from __future__ import annotations

import http.client
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.core.exchange.hostile.books import in_sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Server
    from playwright.sync_api import Browser, Page

PATIENCE_MS = 120_000
TWO, THREE = "company_id,name\nA,甲\nB,乙\n", "company_id,name\nA,甲\nB,乙\nC,丙\n"


@pytest.fixture(scope="module")
def own(serve: Callable[[Path], Server], tmp_path_factory: pytest.TempPathFactory) -> Server:
    """The app on a store with two companies."""
    from core.exchange.canonical.importing import load
    from core.store.database import Store

    path = tmp_path_factory.mktemp("lost") / "own.duckdb"
    (path.parent / "company.csv").write_text(TWO, "utf-8")
    with Store.open(path) as store:
        load(store, [path.parent / "company.csv"])
    return serve(path)


@pytest.fixture
def other(chromium: Browser) -> Iterator[Page]:
    """A page of another session."""
    context = chromium.new_context(locale="zh-CN")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def test_a_hostile_workbook_is_refused_while_another_session_imports(
    own: Server, page: Page, other: Page, tmp_path: Path
) -> None:
    """A cell in the last corner of a sheet ends in a sentence, and the file of the other session goes in."""
    hostile, good = tmp_path / "far.xlsx", tmp_path / "company.csv"
    hostile.write_bytes(in_sheet(rb'<c r="C3"', b'<c r="XFD1048576"'))
    good.write_text(THREE, "utf-8")
    page.goto(f"{own.url}/data?lang=zh")
    other.goto(f"{own.url}/data?lang=zh")
    page.locator("input[type=file]").set_input_files(hostile)
    other.locator("input[type=file]").set_input_files(good)
    page.get_by_text("1048576").first.wait_for()
    other.get_by_role("button", name="导入 3 行").click()
    other.get_by_text("新增 1 行，更新 0 行，删除 0 行").wait_for()


def test_a_backup_is_restored_while_another_session_reads(own: Server, page: Page, other: Page) -> None:
    """After a restore both sessions see the store of the backup, and what is written then stays."""
    page.goto(f"{own.url}/data?lang=zh&tab=backup")
    page.get_by_role("button", name="立即备份").click()
    page.get_by_text("own-", exact=False).first.wait_for()
    more = own.store.parent / "more" / "company.csv"
    more.parent.mkdir(exist_ok=True)
    more.write_text("company_id,name\nD,丁\n", "utf-8")
    _imported(own, other, more)
    page.get_by_role("button", name="恢复").first.click()
    page.get_by_role("button", name="确认恢复这份备份").click()
    for _time in range(3):
        other.reload()
    page.get_by_text("原来的数据保留为").first.wait_for()
    # D went with the store of before, so that it is new again; the second time it is there.
    _imported(own, other, more)
    other.goto(f"{own.url}/data?lang=zh")
    other.locator("input[type=file]").set_input_files(more)
    other.get_by_role("button", name="导入 1 行").click()
    other.get_by_text("没有变化：这些行都已经在库里了").wait_for()


def test_a_choice_is_saved_while_another_session_imports(
    own: Server, page: Page, other: Page, tmp_path: Path
) -> None:
    """What is chosen during a long import of another session stays, and so does the import."""
    many = tmp_path / "company.csv"
    many.write_text("company_id,name\n" + "".join(f"L{n},丙{n}\n" for n in range(200_000)), "utf-8")
    page.goto(f"{own.url}/settings?lang=zh")
    other.goto(f"{own.url}/data?lang=zh")
    other.locator("input[type=file]").set_input_files(many)
    other.get_by_role("button", name="导入 200,000 行").click()
    page.get_by_text("90 天").click()
    page.get_by_role("radio", name="90 天").and_(page.locator(":checked")).wait_for(state="attached")
    other.get_by_text("新增 200,000 行，更新 0 行，删除 0 行").wait_for()
    page.reload()
    page.get_by_role("radio", name="90 天").and_(page.locator(":checked")).wait_for(state="attached")


def _imported(own: Server, page: Page, file: Path) -> None:
    page.goto(f"{own.url}/data?lang=zh")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="导入 1 行").click()
    page.get_by_text("新增 1 行，更新 0 行，删除 0 行").wait_for()


@pytest.mark.parametrize(("host", "status"), [("localhost", 200), ("rebound.example", 403)])
def test_only_the_name_of_the_server_gets_its_pages(own: Server, host: str, status: int) -> None:
    """A page asked for under a foreign name is refused."""
    place = urlsplit(own.url)
    connection = http.client.HTTPConnection(place.hostname or "", place.port or 0, timeout=60)
    connection.request("GET", "/data", headers={"Host": f"{host}:{place.port}"})
    assert connection.getresponse().status == status
    connection.close()
