"""What all tests share: the language, demonstration regions, the order, and the rule of CI."""

from __future__ import annotations

import gc
import os
import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadFileScheduling

from core.i18n import use_language

if TYPE_CHECKING:
    from collections.abc import Callable

BROWSER = "tests/browser/"
ON_CI = os.environ.get("CI", "").lower() in {"1", "true"}


@pytest.fixture(autouse=True)
def _english() -> None:
    """Messages are asserted in the source language; tests of the Chinese ones switch themselves."""
    use_language("en")


@pytest.fixture(scope="session")
def sample_copy(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Return copies of demonstration regions, by their number of terminals; each is built once."""
    from core.sample import build_sample

    @cache
    def build(terminals: int) -> Path:
        path = tmp_path_factory.mktemp("built") / "market.duckdb"
        build_sample(path, terminals=terminals, seed=1)
        return path

    return lambda terminals: Path(shutil.copy(build(terminals), tmp_path_factory.mktemp("sample")))


class BrowserApart(LoadFileScheduling):
    """A file stays in one process, so that its fixtures are made once; all browser tests stay in one.

    Two browsers would starve each other of the processor; other tests fill the waits of one.
    """

    def _split_scope(self, nodeid: str) -> str:
        return BROWSER if nodeid.startswith(BROWSER) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> BrowserApart:
    """Hand out the tests as :class:`BrowserApart` says."""
    return BrowserApart(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the browser tests: one process is busy with them for longer than with anything else."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave all modules and tests out of every later sweep of the memory: they stay until the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> object:
    """Turn a skipped browser test into a failure under CI: a skip there hides a broken machine."""
    outcome = yield
    report = outcome.get_result()
    if ON_CI and report.skipped and item.get_closest_marker("browser"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: a browser test may not be skipped under CI"
