"""The gate of a team, page by page: nothing of the store before it, everything behind it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from core.access import User
from core.store.access import users
from pages._ui import runtime
from tests.pages.conftest import open_app

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

LI = User("", "li@corp.example", "Li", ("viewer",))


def visit(page: str | None = None, **user: object) -> AppTest:
    """Open a page as somebody whom the provider vouches for, or as nobody."""
    claims = {"iss": "https://id", "sub": "li", "iat": time.time(), "is_logged_in": True}
    return open_app(page, {**claims, **user} if user else {}, lang="en")


def texts(app: AppTest) -> str:
    """Return everything a page says."""
    parts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.metric]
    return " ".join(str(part.value) for part in parts) + " ".join(button.label for button in app.button)


@pytest.fixture
def store(full: Path, team_mode: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demonstration region, one user listed."""
    monkeypatch.setenv("SHENGENG_CONTACT", "data@corp.example")
    users.add(runtime.whole_store(), LI)


@pytest.mark.parametrize("page", [None, "customers.py", "settings.py"])
def test_before_it_there_is_nothing_but_the_way_in(store: None, page: str | None) -> None:
    """Nobody signed in: a title, the button, the languages; not one name of the store."""
    app = visit(page)
    assert [button.label for button in app.button] == ["Sign in"]
    assert not app.metric
    assert not app.dataframe
    assert not app.sidebar.children
    for name in runtime.whole_store().fetch("SELECT c.name FROM company AS c")["name"].to_pylist():
        assert name not in texts(app)


def test_who_is_not_listed_learns_whom_to_ask(store: None) -> None:
    """A stranger sees the own account, the contact and the way out."""
    app = visit("customers.py", email="zhao@corp.example")
    assert "data@corp.example" in texts(app)
    assert "zhao@corp.example" in texts(app)
    assert [button.label for button in app.button] == ["Try again", "Sign out"]
    assert not app.sidebar.children


def test_behind_it_are_the_pages(store: None) -> None:
    """Who is listed sees the page, and in the sidebar who is signed in."""
    app = visit(email=LI.email)
    assert not app.exception
    assert LI.email in [caption.value.replace("\\", "") for caption in app.sidebar.caption]
    assert "Sign out" in [button.label for button in app.sidebar.button]
    assert len(app.main.children) > 0


def test_a_cookie_of_long_ago_is_none(store: None) -> None:
    """Whoever signed in yesterday signs in again."""
    app = visit(email=LI.email, iat=time.time() - 24 * 3600)
    assert [button.label for button in app.button] == ["Sign in"]
