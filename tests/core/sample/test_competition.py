"""Everything the method distinguishes occurs in the default period."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from core.market.number_one import STATES
from core.market.quadrant import ZONES
from core.market.structure import STRUCTURES
from core.reports.market.market import MarketReport, MarketRequest, market_report
from core.sample import build_sample
from core.store.database import Store

# A sole supplier is one by the user's word, given recorded zeros of all others: no state of a fresh import.
# Own sales are unknown where books have gaps; those of the demonstration region are complete.
EXPECTED = {
    "state": tuple(state for state in STATES if state not in {"sole_supplier", "own_unknown"}),
    "structure": STRUCTURES,
    "zone": ZONES,
}
PERIOD = {"own_company": "OWN", "start": dt.date(2025, 11, 1), "end": dt.date(2026, 10, 1)}


@pytest.fixture(scope="module")
def report(sample: Store) -> MarketReport:
    """The counties in the last twelve months."""
    return market_report(sample, MarketRequest(level="county", **PERIOD))


@pytest.mark.parametrize(("column", "codes"), EXPECTED.items())
def test_every_code_occurs(report: MarketReport, column: str, codes: tuple[str, ...]) -> None:
    """Every No.1 state, market structure type and quadrant zone has a county."""
    assert set(codes) <= set(report.regions[column].dropna())


def test_every_code_occurs_for_another_seed_and_size(tmp_path: Path) -> None:
    """Not luck of one seed, nor of the number of shops."""
    path = tmp_path / "other.duckdb"
    build_sample(path, terminals=500, seed=7)
    with Store.open(path) as store:
        regions = market_report(store, MarketRequest(level="county", **PERIOD)).regions
    for column, codes in EXPECTED.items():
        assert set(codes) <= set(regions[column].dropna()), column


def test_capacity_has_gaps_and_one_error(report: MarketReport) -> None:
    """Some capacities are sums of sales, some mixed, and one is below what was sold."""
    assert set(report.regions["capacity_source"]) == {"recorded", "mixed", "sum_of_sales"}
    assert report.regions["s_above_capacity"].sum() == 1


def test_the_province_has_a_close_race(report: MarketReport) -> None:
    """We lead the whole, but not by 1.7: there is something to plan."""
    assert report.total["state"].tolist() == ["leading_in_range"]


@pytest.mark.parametrize("category", ["饮用水", "茶饮料", "果汁", "碳酸饮料", "植物蛋白饮料", "功能饮料"])
def test_the_category_filter_has_figures(sample: Store, category: str) -> None:
    """Every category has sales of ours and of rivals in nearly all counties."""
    request = MarketRequest(level="county", category=category, **PERIOD)
    regions = market_report(sample, request).regions
    assert regions["own"].notna().sum() >= 85
    assert regions["rival_sales"].notna().sum() >= 85
