"""The first start: a demonstration region, or one's own data."""

from __future__ import annotations

import time

import pytest

from core.errors import StoreError
from core.sample import build_sample
from pages._ui import runtime
from pages._ui.shell import first_start

TITLE = "Shengeng: become No.1, region by region"


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build a small region: how large it is doesn't matter here."""

    def build(path, **options) -> None:
        build_sample(path, terminals=50, **options)

    monkeypatch.setattr("core.sample.build_sample", build)
    monkeypatch.setattr(first_start, "_job", None)


def finish() -> None:
    """Wait until the region is built."""
    assert first_start._current().done.wait(60)


def test_without_a_store_the_demonstration_is_built(store_path, visit) -> None:
    """The first visitor starts the work; when it is done the pages are there."""
    app = visit()
    assert app.title[0].value == TITLE
    finish()
    app.run()
    assert TITLE not in [title.value for title in app.title]
    assert runtime.is_demonstration()


def test_a_deep_link_waits_at_the_gate(store_path, visit) -> None:
    """A link to a page shows the first start while there is no store, and the page afterwards."""
    app = visit("settings.py")
    assert app.title[0].value == TITLE
    finish()
    app.run()
    assert app.title[0].value == "Settings"


def test_stopping_leaves_nothing_and_can_be_repeated(store_path, visit) -> None:
    """A stopped build leaves no file; a button builds again."""
    app = visit()
    first_start._current().cancel()
    finish()
    app.run()
    assert not store_path.exists()
    app.button(key="build_demonstration").click().run()
    finish()
    assert store_path.exists()


def test_own_data_begin_with_an_empty_store(store_path, visit) -> None:
    """Choosing one's own data stops the build and opens the import on an empty store."""
    app = visit()
    app.button(key="own_data").click().run()
    deadline = time.monotonic() + 240
    while app.title[0].value != "Data" and time.monotonic() < deadline:
        app.run()
    assert app.title[0].value == "Data"
    assert not runtime.is_demonstration()


def test_what_a_click_refuses_stands_on_the_page(store_path, visit, monkeypatch) -> None:
    """A callback that can't do what was asked says why in words, above the page it was clicked on."""

    def refuse() -> None:
        raise StoreError("The disk is full.", "Free some space.")

    monkeypatch.setattr(runtime, "create_empty", refuse)
    app = visit()
    first_start._current().cancel()
    app.button(key="own_data").click().run()
    assert [error.value for error in app.error] == ["The disk is full."]
    assert app.title[0].value == TITLE
    assert not app.exception
    assert not app.run().error


def test_a_late_visitor_builds_nothing_over_own_data(store_path, visit) -> None:
    """Where somebody chose their own data since, the build that another page begins leaves them alone."""
    runtime.create_empty()
    first_start._current()
    finish()
    assert not runtime.is_demonstration()
