"""Market value and entry scores: worked by hand, and their parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.errors import InputError
from core.reports.market.market import market_report
from core.reports.market.request import MarketRequest
from core.reports.strategy.entry import FACTORS as ENTRY_FACTORS
from core.reports.strategy.entry import entry_table
from core.reports.strategy.value import FACTORS, ValueWeights, market_values
from core.store.database import Store
from core.store.market.regions import refresh_closure

MONTH = dt.date(2026, 10, 1)
REQUEST = MarketRequest("US", MONTH, MONTH, "county")
WORLD = """
INSERT INTO region (region_id, parent_id, level, name, area_km2) VALUES
    ('p', NULL, 'province', '省', NULL), ('a', 'p', 'county', '甲县', 100), ('b', 'p', 'county', '乙县', 300),
    ('c', 'p', 'county', '丙县', 200), ('d', 'p', 'county', '丁县', NULL);
INSERT INTO company (company_id, name, is_self, is_aggregate) VALUES ('US', '我们', TRUE, FALSE);
INSERT INTO market_sales (market_id, region_id, month, company_id, amount) VALUES
    ('all', 'a', '2026-10-01', 'US', 10);
INSERT INTO region_factor (region_id, month, factor, value) VALUES
    ('a', '2026-01-01', 'customers', 10), ('a', '2026-10-01', 'customers', 30),
    ('a', '2026-11-01', 'customers', 99),
    ('b', '2026-10-01', 'customers', 10), ('c', '2026-10-01', 'customers', 20),
    ('a', '2026-10-01', 'purchasing_power', 5), ('b', '2026-10-01', 'purchasing_power', 9);
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store of four counties with some factors."""
    with Store.open(tmp_path / "value.duckdb") as opened:

        def fill(cursor) -> None:
            cursor.execute(WORLD)
            refresh_closure(cursor)

        opened.write("test", fill)
        yield opened


def test_value_worked_by_hand(store: Store) -> None:
    """County a: most customers, least area, least power: 1, 0 and 0 of three quarters of the weights."""
    table = market_values(store, REQUEST).set_index("region_id")
    assert table.loc["a", "customers"] == 30
    assert table.loc["a", "value_score"] == pytest.approx(100 / 3)
    assert table.loc["a", "value_known"] == pytest.approx(0.75)
    assert table.loc["a", "value_missing"] == "fixedness"
    assert table.loc["b", "value_score"] == pytest.approx(200 / 3)
    assert table.loc["c", "value_score"] == pytest.approx(50)


def test_a_region_of_which_nothing_is_known_has_no_value(store: Store) -> None:
    """County d stands last without a score, not with zero."""
    table = market_values(store, REQUEST)
    assert table["region_id"].tolist()[-1] == "d"
    assert np.isnan(table["value_score"].iloc[-1])


def test_weights_are_parts_of_their_sum(store: Store) -> None:
    """Customers alone decide where they have all points, whether 10 or 100."""
    scores = [
        market_values(store, REQUEST, ValueWeights({"customers": points})).set_index("region_id")[
            "value_score"
        ]
        for points in (10.0, 100.0)
    ]
    assert scores[0][["a", "b", "c"]].tolist() == [100, 0, 50]
    assert scores[0].equals(scores[1])


def test_a_small_area_may_be_the_better_one(store: Store) -> None:
    """Turned round, the smallest county has the best area."""
    table = market_values(store, REQUEST, ValueWeights({"area": 1.0}, small_area_is_better=True))
    assert table["region_id"].tolist()[0] == "a"


def test_a_weight_below_zero_is_refused(store: Store) -> None:
    """Weights are points from zero on."""
    with pytest.raises(InputError):
        market_values(store, REQUEST, ValueWeights({"customers": 3.0, "area": -1.0}))


def test_the_parts_sum_to_the_scores(region: Store) -> None:
    """What the factors add is the score, for market value and for where to enter."""
    request = MarketRequest("OWN", dt.date(2025, 11, 1), MONTH, "county")
    values = market_values(region, request)
    entries = entry_table(market_report(region, request).regions)
    for table, score, factors in ((values, "value_score", FACTORS), (entries, "entry_score", ENTRY_FACTORS)):
        parts = table[[f"part_{key}" for key in factors]].sum(axis=1, min_count=1)
        assert np.allclose(parts, table[score], equal_nan=True)
        assert table[score].dropna().is_monotonic_decreasing


def test_the_recorded_advantages_are_in_the_entry_score(region: Store) -> None:
    """Without price advantage and dealer strength nothing of them is added, and other regions come first."""
    request = MarketRequest("OWN", dt.date(2025, 11, 1), MONTH, "county")
    before = entry_table(market_report(region, request).regions)
    assert before["part_price_advantage"].notna().any()
    clear = "DELETE FROM region_factor WHERE factor IN ('price_advantage', 'dealer_strength')"
    region.write("test", lambda cursor: cursor.execute(clear))
    after = entry_table(market_report(region, request).regions)
    assert after["part_price_advantage"].isna().all()
    assert after["region_id"].tolist() != before["region_id"].tolist()
