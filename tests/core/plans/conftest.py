"""A small demonstration region with a plan; copied by tests that change it."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from core.i18n import use_language
from core.reports.plans.plan import plan_from_store
from core.reports.plans.request import PlanRequest
from core.store.database import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session")
def request_2026() -> PlanRequest:
    """2026 for the first city of the demonstration region, compared with 2025."""
    return PlanRequest("OWN", 2026, dt.date(2025, 12, 1), "county", target=120_000_000.0, within="990100")


@pytest.fixture(scope="session")
def planned_file(sample_copy, request_2026: PlanRequest) -> Path:
    """The demonstration region with the plan 2026-01."""
    use_language("en")
    path = sample_copy(300)
    with Store.open(path) as store:
        plan_from_store(store, request_2026, "=Plan of 2026", actor="Wang")
    return path


@pytest.fixture(scope="module")
def store(planned_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An open copy of it, for one module."""
    path = tmp_path_factory.mktemp("copy") / "market.duckdb"
    shutil.copy(planned_file, path)
    with Store.open(path) as opened:
        yield opened
