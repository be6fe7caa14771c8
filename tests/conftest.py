"""What all tests share: the language, and the rule that CI skips no browser test."""

from __future__ import annotations

import os

import pytest

from core.i18n import use_language

ON_CI = os.environ.get("CI", "").lower() in {"1", "true"}


@pytest.fixture(autouse=True)
def _english() -> None:
    """Messages are asserted in the source language; tests of the Chinese ones switch themselves."""
    use_language("en")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the browser tests last: the browser's driver leaves an event loop running in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Turn a skipped browser test into a failure under CI: a skip there hides a broken machine."""
    outcome = yield
    report = outcome.get_result()
    if ON_CI and report.skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: a browser test may not be skipped under CI"
