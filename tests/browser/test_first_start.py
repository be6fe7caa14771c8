"""The first start in an empty folder, as a person sees it."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Server
    from playwright.sync_api import Page

HAN = "[\\u4e00-\\u9fff]"


@pytest.fixture
def fresh(serve: Callable[[Path], Server], tmp_path: Path) -> Server:
    """The app where no store has ever been."""
    return serve(tmp_path / "first.duckdb")


def test_the_demonstration_region_appears(fresh: Server, page: Page) -> None:
    """A deep link as the first request passes the gate: progress, then the page that was asked for."""
    started = time.monotonic()
    page.goto(f"{fresh.url}/settings")
    expect(page.get_by_role("progressbar")).to_have_count(1)
    page.get_by_role("heading", name="设置").wait_for()
    print(f"first start: {time.monotonic() - started:.1f} s from the first request to the page")
    assert page.get_by_role("dialog").count() == 0
    assert page.url.endswith("/settings")
    page.get_by_role("button", name="演示数据").click()
    page.get_by_text("名称和数字都是虚构的").wait_for()
    assert fresh.store.exists()


def test_ones_own_data_instead(fresh: Server, page: Page) -> None:
    """“Use my own data” stops the build and opens the import on an empty store, without the mark."""
    page.goto(fresh.url)
    page.get_by_role("button", name="使用我自己的数据").click()
    page.get_by_role("heading", name="数据").wait_for()
    page.get_by_text("上传", exact=True).wait_for()
    expect(page.get_by_role("button", name="演示数据")).to_have_count(0)
    assert [path.name for path in fresh.store.parent.glob("*.building*")] == []


def test_a_store_in_use_is_refused_in_words(
    serve: Callable[[Path], Server], tmp_path: Path, page: Page
) -> None:
    """A store that another program holds is named, with the program's number, in place of the pages."""
    from core.store.database import Store

    path = tmp_path / "held.duckdb"
    with Store.open(path):
        page.goto(f"{serve(path).url}/settings")
        page.get_by_role("heading", name="数据打不开").wait_for()
        page.get_by_text(str(os.getpid())).wait_for()
    page.get_by_role("button", name="重试").click()
    page.get_by_role("heading", name="设置").wait_for()
