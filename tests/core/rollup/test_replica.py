"""A dashboard's copy of the newest version answers as the store does, and says what it doesn't hold."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.errors import NotPublishedError, StoreError
from core.periods import Period
from core.reports.market.market import MarketRequest, market_report, market_trend
from core.rollup import version as versions
from core.rollup.publishing import publish
from core.rollup.replica import Replica
from core.settings import Settings
from core.store.caching.account_figures import ACCOUNTS, DEALER_ACCOUNTS
from core.store.caching.map_rollup import ensure_map_rollup
from core.store.caching.sales_window import SalesWindow
from core.store.caching.terminal_figures import FIGURES
from core.store.database import Store
from core.store.market import market
from tests.core.rollup.conftest import change_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from core.rollup.published_store import PublishedStore
    from tests.core.rollup.conftest import Lines

START, END = dt.date(2026, 9, 1), dt.date(2026, 10, 1)
YEAR = SalesWindow("OWN", dt.date(2025, 11, 1), END)


@pytest.fixture(scope="module")
def out(lines: Lines, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one version."""
    folder = tmp_path_factory.mktemp("versions")
    publish(lines.request(folder))
    return folder


@pytest.fixture
def shown(out: Path, tmp_path: Path) -> Iterator[PublishedStore]:
    """The version, opened."""
    replica = Replica(out, Settings(temp=tmp_path))
    yield replica.store()
    replica.close()


@pytest.mark.parametrize("level", ["city", "county"])
def test_the_market_has_the_same_tables_as_in_the_store(
    shown: PublishedStore, sample_file: Path, level: str
) -> None:
    """Regions with share, structure, zone and target, companies, the whole, and the months: all equal."""
    request = MarketRequest("OWN", START, END, level)
    with Store.open(sample_file) as store:
        expected, report = market_report(store, request), market_report(shown, request)
        for name in ("regions", "companies", "total", "total_companies"):
            pd.testing.assert_frame_equal(getattr(report, name), getattr(expected, name), rtol=1e-12)
        months = [market_trend(one, request) for one in (shown, store)]
        recent = [table[table["month"] >= START].reset_index(drop=True) for table in months]
        pd.testing.assert_frame_equal(*recent, rtol=1e-12)


def test_customers_accounts_and_map_are_there_for_the_latest_year(
    shown: PublishedStore, sample_file: Path
) -> None:
    """Own sales per shop, demand per account and the map's sums are those the store makes of the months."""
    answers = []
    with Store.open(sample_file) as store:
        kept = "'2026-09-01', '2026-10-01', '2025-09-01', '2025-10-01'"
        store.maintain(
            lambda cursor: cursor.execute(f"DELETE FROM terminal_sales WHERE month NOT IN ({kept})")
        )
        for one in (shown, store):
            lens = ensure_map_rollup(one, YEAR)
            texts = (
                f"SELECT * FROM {FIGURES.table(one, YEAR)} ORDER BY terminal_id",
                f"SELECT * FROM {ACCOUNTS.table(one, YEAR)} ORDER BY customer_id",
                f"SELECT * FROM {DEALER_ACCOUNTS.table(one, YEAR)} ORDER BY customer_id",
                f"SELECT * FROM {lens.table} ORDER BY terminal_id",
                f"SELECT * FROM {lens.table}_sums ORDER BY zoom, cell, region_id",
            )
            answers.append(([one.fetch(text).to_pandas() for text in texts], lens.rivals))
    (published, rivals), (expected, other_rivals) = answers
    assert rivals == other_rivals
    for one, other in zip(published, expected, strict=True):
        pd.testing.assert_frame_equal(one, other, rtol=1e-12)


def test_what_a_version_doesnt_hold_is_said(shown: PublishedStore) -> None:
    """Other periods, sales lines, tasks and changes are refused with a sentence, never answered as empty."""
    with pytest.raises(NotPublishedError, match="2025-11 to 2026-10"):
        FIGURES.table(shown, SalesWindow("OWN", START, END))
    with pytest.raises(NotPublishedError, match="Terminal sales"):
        shown.fetch("SELECT COUNT(*) FROM terminal_sales")
    with pytest.raises(NotPublishedError, match="Tasks"):
        shown.fetch("SELECT COUNT(*) FROM task")
    with pytest.raises(NotPublishedError, match="nothing can be changed"):
        shown.write("edit", lambda _cursor: None)


def test_a_newer_version_is_shown_next_and_the_old_one_stays_for_who_began_with_it(
    lines: Lines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits: the old version answers while the new one is made; a rollback leads back."""
    monkeypatch.setattr("core.rollup.replica.LOOK_EVERY", 0.0)
    mine, folder = lines.copy(tmp_path / "lines"), tmp_path / "out"
    publish(mine.request(folder))
    replica = Replica(folder, Settings(temp=tmp_path / "tmp"))
    first = replica.store()
    before = market.figures(first, Period(END, END), market_key="all", region_ids=[])["amount"].sum()
    change_month(mine.months()[-1])
    publish(mine.request(folder))
    assert replica.store() is first
    replica.wait()
    second = replica.store()
    assert (first.version.number, second.version.number) == (1, 2)
    again = market.figures(first, Period(END, END), market_key="all", region_ids=[])["amount"].sum()
    assert before == again
    versions.roll_back(folder)
    replica.store()
    replica.wait()
    assert replica.store().version.number == 1
    replica.close()


def test_without_a_version_the_reason_is_said(tmp_path: Path) -> None:
    """An empty folder is no empty market."""
    with pytest.raises(StoreError, match="no version of the roll-ups"):
        Replica(tmp_path, Settings(temp=tmp_path / "tmp")).store()
