"""Every KPI of market and overview from the raw facts, against reports, the export and slides."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from core.__main__ import main
from core.i18n import language
from core.metrics import FAMILIES, Format, metric, write_value
from core.reports.market.display.tables import metric_rows
from core.reports.market.export import COLUMNS
from core.reports.market.market import MarketReport, MarketRequest, market_report
from core.reports.overview.overview import overview
from core.store.database import Store
from tests.core.metrics.independent.facts import Facts
from tests.core.metrics.independent.overview import overview_values
from tests.core.metrics.independent.table import market_rows
from tests.core.metrics.independent.worked import worked_value

if TYPE_CHECKING:
    from collections.abc import Iterator

Rows = dict[str, dict[str, Any]]
END = dt.date(2026, 10, 1)
MONTHS = [dt.date(2025 + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(12)]
REQUEST = MarketRequest("OWN", MONTHS[0], END, "county")
# Sums and products of yuan are compared to the fen, everything else to nine digits.
FEN = 0.011
# Formulas that hold in every region; others have a case of their own where No.1 is secured.
SIMPLE = (
    "growth", "own_growth", "share", "share_previous", "share_change", "rival_growth", "rival_share",
    "ratio", "opportunity", "needed_gain", "gap", "gap_fixed", "gap_least", "market_needed", "rival_part",
)  # fmt: skip


@pytest.fixture(scope="module")
def store(sample_copy) -> Iterator[Store]:
    """Return a small demonstration region."""
    with Store.open(sample_copy(300)) as opened:
        yield opened


@pytest.fixture(scope="module")
def facts(store: Store) -> Facts:
    """Return the raw facts."""
    return Facts(store)


@pytest.fixture(scope="module")
def expected(facts: Facts) -> Rows:
    """Return every county's KPIs from the raw facts."""
    return market_rows(facts, "county", MONTHS)


@pytest.fixture(scope="module")
def report(store: Store) -> MarketReport:
    """Return what the pages are made of, with names as the raw facts have them."""
    with language("zh_CN"):
        return market_report(store, REQUEST)


@pytest.mark.parametrize("key", list(FAMILIES["market"]))
def test_the_report_says_what_the_facts_say(key: str, expected: Rows, report: MarketReport) -> None:
    """Each KPI of each county equals the one computed from the raw facts; a KPI without an oracle fails."""
    assert all(key in row for row in expected.values()), f"{key} has no independent computation"
    told = report.regions.set_index("region_id", drop=False)[key]
    assert set(told.index) == set(expected)
    assert differences(key, expected, told) == {}


@pytest.mark.parametrize("key", SIMPLE)
def test_a_formula_with_its_numbers_gives_the_value(key: str, expected: Rows, report: MarketReport) -> None:
    """What the help computes before a reader's eyes is what the table says."""
    worked = {region: {key: worked_value(metric(key), row)} for region, row in expected.items()}
    assert differences(key, worked, report.regions.set_index("region_id")[key]) == {}


def test_the_export_says_what_the_facts_say(store: Store, expected: Rows, tmp_path: Path) -> None:
    """Every column of export market, read back from the CSV file, equals the raw facts."""
    with Store.open(Path(shutil.copy(store.path, tmp_path / "copy.duckdb"))):
        pass
    out = tmp_path / "market.csv"
    command = ["export", "market", "--store", str(tmp_path / "copy.duckdb"), "--out", str(out)]
    period = ["--self", "OWN", "--from", "2025-11", "--to", "2026-10", "--level", "county"]
    assert main([*command, *period, "--language", "zh_CN"]) == 0
    table = pd.read_csv(out, dtype={"region_id": str, "parent_id": str}).set_index("region_id", drop=False)
    wrong = {key: differences(key, expected, table[key]) for key in COLUMNS}
    assert {key: cells for key, cells in wrong.items() if cells} == {}


def test_the_overview_says_what_the_facts_say(store: Store, facts: Facts, expected: Rows) -> None:
    """Each of the five numbers and the completeness of each county equal the raw facts."""
    values = overview_values(facts, expected, MONTHS)
    assert set(values) == set(FAMILIES["overview"]), "a KPI of the overview has no independent computation"
    answer = overview(store, REQUEST)
    whole = answer.report.total.iloc[0]
    told = {number.key: number.value for number in answer.numbers}
    told |= {"total_own": whole["own"], "total_capacity": whole["capacity"]}
    told["out_of_range_regions"] = int((answer.report.regions["state"] == "out_of_range").sum())
    for key, value in told.items():
        assert same(values[key], value, FEN * len(expected)), key
    complete = answer.completeness.set_index("region_id")["overall"]
    assert complete.to_dict() == pytest.approx(values["completeness"])


def test_slides_say_what_the_facts_say(expected: Rows, report: MarketReport) -> None:
    """Each cell of a slide's table is the raw facts' value as it is written."""
    keys = ("share", "growth", "ratio", "state", "zone", "target_base", "gap", "rank", "rival_id")
    written = metric_rows(report.regions, keys, texts=1)
    for region, cells in zip(report.regions["region_id"], written.rows, strict=True):
        row = expected[region]
        for key, cell in zip(keys, cells[1:], strict=True):
            value = row[metric(key).text_column or key]
            assert cell == write_value(metric(key), value, unit=False), (region, key)


def differences(key: str, expected: Rows, told: pd.Series) -> dict[str, tuple[object, object]]:
    """Return the regions in which a KPI isn't what the raw facts say."""
    money = FAMILIES["market"][key].format is Format.MONEY
    return {
        region: (row[key], told[region])
        for region, row in expected.items()
        if not same(row[key], told[region], FEN if money else 0.0)
    }


def same(one: object, other: object, tolerance: float) -> bool:
    """Tell whether two values are the same; missing equals missing."""
    if one is None or pd.isna(one) or one == "":
        return other is None or bool(pd.isna(other)) or other == ""
    if isinstance(one, str | bool):
        return bool(one == other)
    return not pd.isna(other) and abs(float(one) - float(other)) <= tolerance + 1e-9 * max(1, abs(float(one)))
