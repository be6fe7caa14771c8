"""A team signs in: a real OpenID Connect provider on this machine, a real browser, one server for all."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Server
    from playwright.sync_api import Browser, BrowserContext, Page

ADMIN, VIEWER, STRANGER = "li@corp.example", "wang@corp.example", "zhao@corp.example"
CONTACT = "data@corp.example"


@pytest.fixture(scope="module")
def provider(ports: tuple[int, int], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an OpenID Connect provider at which anybody is who they say; a process of its own."""
    address = f"http://localhost:{ports[1]}"
    with (tmp_path_factory.mktemp("provider") / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(ports[1])], stdout=log, stderr=log
        )
        try:
            while status(f"{address}/.well-known/openid-configuration") != 200:
                assert process.poll() is None
                time.sleep(0.1)
            yield address
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def team(
    provider: str,
    ports: tuple[int, int],
    serve: Callable[..., Server],
    tmp_path_factory: pytest.TempPathFactory,
) -> Server:
    """The app of a team of two on the demonstration region: one administers it, one looks."""
    from core.access import User
    from core.sample import build_sample
    from core.store.access import users
    from core.store.database import Store

    folder = tmp_path_factory.mktemp("team")
    store, secrets = folder / "market.duckdb", folder / "secrets.toml"
    build_sample(store, terminals=300, seed=1)
    with Store.open(store) as opened:
        users.add(opened, User("", ADMIN, "Li", ("admin",)))
        users.add(opened, User("", VIEWER, "Wang", ("viewer",)))
    secrets.write_text(
        f'[auth]\nredirect_uri = "http://localhost:{ports[0]}/oauth2callback"\ncookie_secret = "{"s" * 32}"\n'
        '[auth.company]\nlabel = "公司账号"\nclient_id = "us"\nclient_secret = "theirs"\n'
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n',
        "utf-8",
    )
    return serve(
        store, "--secrets.files", str(secrets), port=ports[0], settings={"SHENGENG_CONTACT": CONTACT}
    )


@pytest.fixture
def context(chromium: Browser, provider: str) -> Iterator[BrowserContext]:
    """A browser of one person; the provider's own pages are drawn without their style from elsewhere."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    context.set_default_timeout(120_000)
    context.route(re.compile(r"^https://"), lambda route: route.abort())
    yield context
    context.close()


def sign_in(page: Page, who: str) -> None:
    """Click the button of the company's accounts and say who one is."""
    page.get_by_role("button", name="用 公司账号 登录").click()
    page.get_by_placeholder("sub").fill(who)
    page.get_by_role("button", name="Authorize").click()


def status(address: str, cookies: str = "") -> int:
    """Ask for an address as a program would; 0 where nobody answers."""
    request = urllib.request.Request(address, headers={"Cookie": cookies} if cookies else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return int(refusal.code)
    except OSError:
        return 0


def test_a_day_of_a_team(team: Server, context: BrowserContext, provider: str) -> None:
    """A deep link is the first request and is kept; two tabs are one person; signing out ends both."""
    first = context.new_page()
    tiles: list[str] = []
    first.on("request", lambda request: tiles.append(request.url) if "/tiles/" in request.url else None)
    first.goto(f"{team.url}/terminal-map?lang=zh_CN&measure=share")
    first.get_by_role("button", name="用 公司账号 登录").wait_for()
    body = first.locator("body").inner_text()
    expect(first.get_by_test_id("stSidebarNav")).to_have_count(0)
    for word in ("省", "市", "公司名", "终端"):
        assert word not in body

    sign_in(first, ADMIN)
    first.get_by_role("heading", name="终端地图").wait_for()
    assert urlsplit(first.url).path == "/terminal-map"
    first.wait_for_url("**measure=share*")
    first.get_by_role("button", name="退出登录").wait_for()
    first.wait_for_function(
        "() => performance.getEntriesByType('resource').some(e => e.name.includes('/tiles/'))"
    )

    second = context.new_page()
    second.goto(f"{team.url}/settings")
    second.get_by_role("heading", name="设置", exact=True).wait_for()

    own = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in context.cookies(team.url))
    assert status(tiles[0], own) in {200, 204}
    assert status(tiles[0]) == 403

    second.get_by_role("button", name="退出登录").click()
    second.get_by_role("button", name="End session").click()
    second.get_by_role("button", name="用 公司账号 登录").wait_for()
    first.get_by_role("button", name="用 公司账号 登录").wait_for()
    assert status(tiles[0], own) == 403


def test_a_stranger_learns_whom_to_ask(team: Server, context: BrowserContext) -> None:
    """An account of the company that isn't listed sees the contact and nothing else."""
    page = context.new_page()
    page.goto(f"{team.url}/customers")
    sign_in(page, STRANGER)
    page.get_by_role("heading", name="您的账号尚未开通").wait_for()
    page.get_by_text(CONTACT).wait_for()
    page.get_by_text(STRANGER).wait_for()
    for name in ("重试", "退出登录"):
        page.get_by_role("button", name=name).wait_for()
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)


def test_who_is_deactivated_is_out(team: Server, context: BrowserContext, chromium: Browser) -> None:
    """An open page that nobody clicks on closes soon after an administrator struck its user off."""
    viewer = context.new_page()
    viewer.goto(f"{team.url}/quadrant")
    sign_in(viewer, VIEWER)
    viewer.get_by_role("heading", name="四象限").first.wait_for()

    other = chromium.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN")
    other.set_default_timeout(120_000)
    other.route(re.compile(r"^https://"), lambda route: route.abort())
    admin = other.new_page()
    admin.goto(f"{team.url}/users")
    sign_in(admin, ADMIN)
    # The table is a picture: its second row, below the head, is the viewer.
    admin.get_by_test_id("stDataFrame").first.click(position={"x": 20, "y": 88})
    admin.locator(".st-key-user_deactivate button").click()
    viewer.get_by_role("heading", name="您的账号尚未开通").wait_for()
    expect(viewer.get_by_test_id("stSidebarNav")).to_have_count(0)
    other.close()
