"""The real market of one US state, through the real import and the real export."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from benchmarks.iowa import convert
from core.__main__ import main
from core.customers.analysis.abc import AbcRule
from core.periods import Period
from core.reports.customers.abc import AbcRequest, abc_of
from core.reports.customers.table import CustomerRequest, customer_table
from core.reports.market.market import MarketRequest, market_report
from core.reports.overview.overview import overview
from core.store.database import Store

SOURCE = Path(__file__).resolve().parents[3] / "shared" / "data" / "iowa"
PERIOD = Period(pd.Timestamp(2021, 11, 1).date(), pd.Timestamp(2022, 10, 1).date())
POLK = "19153"
REQUEST = MarketRequest("260", PERIOD.start, PERIOD.end, "county")

pytestmark = pytest.mark.skipif(not SOURCE.is_dir(), reason="the Iowa data aren't on this machine")


@pytest.fixture(scope="module")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with everything of the data but the sales by product."""
    folder = tmp_path_factory.mktemp("iowa")
    files = convert(SOURCE, folder / "files")
    path = folder / "iowa.duckdb"
    assert main(["import", "--store", str(path), "--quiet", *map(str, files)]) == 0
    return path


@pytest.fixture(scope="module")
def exported(store_path: Path, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The market table of the counties, as the command writes it."""
    out = tmp_path_factory.mktemp("out") / "market.parquet"
    asked = ["--self", "260", "--from", "2021-11", "--to", "2022-10", "--level", "county"]
    assert main(["export", "market", "--store", str(store_path), "--out", str(out), *asked]) == 0
    return pd.read_parquet(out).set_index("region_id")


def test_polk_county(exported: pd.DataFrame) -> None:
    """Capacity 94.59 million, growth 3.2 %, Diageo 20.4 %, the largest rival Sazerac with 12.4 %."""
    row = exported.loc[POLK]
    assert row["capacity"] / 1e6 == pytest.approx(94.59, abs=0.005)
    assert row["growth"] == pytest.approx(0.032, abs=0.0005)
    assert row["share"] == pytest.approx(0.204, abs=0.0005)
    assert row["rival_id"] == "421"
    assert row["rival_share"] == pytest.approx(0.124, abs=0.0005)
    assert row["state"] == "leading_in_range"


def test_every_county_has_a_row(exported: pd.DataFrame) -> None:
    """All 99 counties have capacity, growth, share, rival, state, structure and zone."""
    needed = [
        "capacity",
        "growth",
        "share",
        "rival_id",
        "state",
        "structure",
        "zone",
        "target_base",
        "feasible",
    ]
    assert len(exported) == 99
    assert exported[needed].notna().all().all()
    assert (exported["target_least"] <= exported["target_proportional"]).all()
    assert (exported["target_proportional"] <= exported["target_fixed"]).all()


def test_the_leader_is_out_of_reach_in_twenty_counties(store_path: Path) -> None:
    """The largest named company sells at least 1.7 times the second in 20 of 99 counties."""
    with Store.open(store_path) as store:
        companies = market_report(store, REQUEST).companies
    named = companies[~companies["is_aggregate"]].dropna(subset="amount")
    largest = named.groupby("region_id")["amount"].nlargest(2).groupby("region_id")
    assert (largest.max() / largest.min() >= 1.7).sum() == 20


def test_nothing_is_lost_between_facts_and_report(store_path: Path) -> None:
    """The counties and the shop without one add up to the whole, and the whole to every fact on record."""
    with Store.open(store_path) as store:
        report = market_report(store, REQUEST)
        everything = MarketRequest("260", pd.Timestamp(2012, 1, 1).date(), PERIOD.end, "county")
        all_years = market_report(store, everything)
    assert report.regions["capacity"].sum() == pytest.approx(report.total["capacity"].item(), abs=0.01)
    facts = pd.read_parquet(SOURCE / "sales_monthly.parquet", columns=["amount"])
    assert all_years.total["recorded_sales"].item() == pytest.approx(float(facts["amount"].sum()), abs=0.01)
    assert "terminals_without_region" in {note.code for note in all_years.notes}


def test_the_state_is_one_market(store_path: Path) -> None:
    """At the level of the state there is one row, the sum of its counties."""
    with Store.open(store_path) as store:
        state = market_report(store, MarketRequest("260", PERIOD.start, PERIOD.end, "province")).regions
        counties = market_report(store, REQUEST).regions
    assert state["region_id"].tolist() == ["IA"]
    assert state["capacity"].item() == pytest.approx(counties["capacity"].sum(), abs=0.01)


def test_the_overview_says_what_is_unknown(store_path: Path) -> None:
    """There are no visits, dealers or recorded capacities in the data: unknown and empty, not zero."""
    with Store.open(store_path) as store:
        found = overview(store, REQUEST)
    numbers = {one.key: one.value for one in found.numbers}
    assert numbers["unvisited_customers"] is None
    assert numbers["total_share"] == pytest.approx(0.2003, abs=0.0001)
    assert found.completeness["dealers"].eq(0).all()
    assert found.completeness["capacity"].eq(0).all()
    assert found.completeness["rivals"].gt(0.9).all()


def test_abc_of_the_shops(store_path: Path) -> None:
    """By demand at 70/90 % the 2,013 shops active in the year are 350 A, 576 B and 1,087 C."""
    shops = CustomerRequest("260", PERIOD.start, PERIOD.end, "terminal")
    with Store.open(store_path) as store:
        found = abc_of(
            customer_table(store, shops), AbcRequest(shops, measure="demand", rule=AbcRule((0.70, 0.90)))
        )
    assert found.grades["count"].to_dict() == {"A": 350, "B": 576, "C": 1087, "total": 2013}
    assert found.cells is not None
    assert found.cells["accounts"].sum() == 2013 - found.without_rival
