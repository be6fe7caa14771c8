"""The report on promotions: which shops it compares, what it refuses, what it is worth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.reports.cycle.promotions import PromotionRequest, promotion_report
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

REQUEST = PromotionRequest(dt.date(2026, 1, 1), dt.date(2026, 12, 1), "US")
# 12 shops of the promotion and 12 others in county a, 12 more in b; six months of 100, then 110 everywhere,
# and 143 in the promoted ones.
WORLD = """
INSERT INTO region (region_id, parent_id, level, name, name_en) VALUES
    ('p', NULL, 'province', '省', 'Province'), ('a', 'p', 'county', '甲县', 'A'),
    ('b', 'p', 'county', '乙县', 'B');
INSERT INTO company (company_id, name, is_self, is_aggregate) VALUES ('US', '我们', TRUE, FALSE);
INSERT INTO product (product_id, name, company_id, unit_margin_rate) VALUES
    ('x', '茶', 'US', 0.5), ('y', '水', 'US', 0.1);
INSERT INTO terminal (terminal_id, name, region_id, outlet_type, grade)
    SELECT 's' || n, '店' || n, CASE WHEN n < 24 THEN 'a' ELSE 'b' END, '店', 'A' FROM range(36) AS t(n);
INSERT INTO terminal_sales (month, terminal_id, company_id, amount)
    SELECT CAST(m AS DATE), 's' || n, 'US',
        CASE WHEN m < DATE '2026-07-01' THEN 100 WHEN n < 12 THEN 143 ELSE 110 END
    FROM range(DATE '2026-01-01', DATE '2026-08-01', INTERVAL 1 MONTH) AS t(m), range(36) AS u(n);
INSERT INTO promotion (promotion_id, name, start_on, end_on, cost) VALUES
    ('shops', '买赠', '2026-07-03', '2026-07-20', 120), ('late', '以后', '2026-08-01', '2026-08-31', 5),
    ('nowhere', '何处', '2026-07-01', '2026-07-31', 5);
INSERT INTO promotion_shop (promotion_id, terminal_id)
    SELECT p, 's' || n FROM range(12) AS t(n), (VALUES ('shops'), ('late')) AS v(p);
INSERT INTO promotion (promotion_id, name, region_id, start_on, end_on, cost) VALUES
    ('region', '全县', 'b', '2026-07-01', '2026-07-31', 5);
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store with some promotions."""
    with Store.open(tmp_path / "promotions.duckdb") as opened:

        def fill(cursor) -> None:
            cursor.execute(WORLD)
            refresh_closure(cursor)

        opened.write("test", fill)
        yield opened


def change(store: Store, statement: str) -> None:
    """Change what the store holds."""
    store.write("test", lambda cursor: cursor.execute(statement))


def test_the_effect_worked_by_hand(store: Store) -> None:
    """The others grew by a tenth: 1,320 to be expected of 12 shops, 1,716 sold, 396 or 30 % more."""
    row = promotion_report(store, REQUEST).loc["shops"]
    assert row["effect"] == pytest.approx(0.3)
    assert row[["expected", "lift"]].tolist() == pytest.approx([1320, 396])
    assert row["trend"] == "alike"


def test_shops_with_another_promotion_are_not_comparable(store: Store) -> None:
    """County b ran a promotion of its own in July, so only the twelve others of county a are compared."""
    assert promotion_report(store, REQUEST).loc["shops", "controls"] == 12
    change(store, "DELETE FROM promotion WHERE promotion_id = 'region'")
    assert promotion_report(store, REQUEST).loc["shops", "controls"] == 12
    change(store, "UPDATE terminal SET region_id = 'a'")
    assert promotion_report(store, REQUEST).loc["shops", "controls"] == 24


def test_without_margins_there_is_a_lift_and_no_return(store: Store) -> None:
    """Totals without products say nothing of the margin; the return is unknown, not minus the cost."""
    row = promotion_report(store, REQUEST).loc["shops"]
    assert row["verdict"] == "no_cost"
    assert np.isnan(row["rate"])


def test_the_margin_is_that_of_what_was_sold(store: Store) -> None:
    """Half tea at 50 % and half water at 10 % are 30 %: 396 more bring 118.80 of 120 spent."""
    change(
        store,
        "INSERT INTO terminal_sales (month, terminal_id, company_id, product_id, amount)"
        " SELECT '2026-07-01', 's' || n, 'US', p, 71.5 FROM range(12) AS t(n), (VALUES ('x'), ('y')) AS v(p)",
    )
    row = promotion_report(store, REQUEST).loc["shops"]
    assert row["margin_rate"] == pytest.approx(0.3)
    assert row["gain"] == pytest.approx(-1.2)
    assert row["rate"] == pytest.approx(-0.01)


def test_a_shop_with_a_gap_is_left_out_with_its_cost(store: Store) -> None:
    """A month without a record isn't a month without sales."""
    change(store, "DELETE FROM terminal_sales WHERE terminal_id = 's0' AND month = '2026-05-01'")
    row = promotion_report(store, REQUEST).loc["shops"]
    assert row[["units", "left_out"]].tolist() == [11, 1]
    assert row["cost_counted"] == pytest.approx(110)
    assert row["effect"] == pytest.approx(0.3)


@pytest.mark.parametrize("name", ["late", "nowhere", "region"])
def test_what_cannot_be_told_is_refused_with_a_reason(store: Store, name: str) -> None:
    """Months to come, no place, and one other region are no ground for a number."""
    row = promotion_report(store, REQUEST).loc[name]
    assert row["verdict"] == "refused"
    assert row["reason"]
    assert np.isnan(row["effect"])


def test_a_promoted_product_that_a_shop_left_out_sold_nothing(store: Store) -> None:
    """Who reports products and not the promoted one sold none; who reports a total only says nothing."""
    change(store, "UPDATE promotion SET product_id = 'x' WHERE promotion_id = 'shops'")
    assert promotion_report(store, REQUEST).loc["shops", "verdict"] == "refused"
    change(
        store,
        "INSERT INTO terminal_sales (month, terminal_id, company_id, product_id, amount)"
        " SELECT month, terminal_id, company_id,"
        " CASE WHEN terminal_id = 's1' AND month = '2026-07-01' THEN 'y' ELSE 'x' END, amount"
        " FROM terminal_sales",
    )
    row = promotion_report(store, REQUEST).loc["shops"]
    assert row["units"] == 12
    assert row["effect"] == pytest.approx(11 * 143 / 1320 - 1)


def test_shops_of_two_promotions_are_counted(store: Store) -> None:
    """Three shops of a second promotion in July are in both, and the table says so."""
    change(
        store,
        "INSERT INTO promotion (promotion_id, name, start_on, end_on) VALUES"
        " ('second', '二', '2026-06-01', '2026-07-05');"
        "INSERT INTO promotion_shop (promotion_id, terminal_id) VALUES"
        " ('second', 's0'), ('second', 's1'), ('second', 's2')",
    )
    assert promotion_report(store, REQUEST).loc["shops", "mixed"] == 3


def test_days_in_the_wrong_order_are_refused_alone(store: Store) -> None:
    """One promotion that ends before it begins doesn't keep the others from being shown."""
    change(store, "UPDATE promotion SET start_on = '2026-12-01' WHERE promotion_id = 'late'")
    change(store, "UPDATE promotion SET end_on = '2026-11-30' WHERE promotion_id = 'late'")
    table = promotion_report(store, REQUEST)
    assert table.loc["late", "verdict"] == "refused"
    assert table.loc["shops", "effect"] == pytest.approx(0.3)


def test_shops_outside_the_scope_are_not_counted_in_silence(store: Store) -> None:
    """Who may see only county b isn't told the effect of shops in county a."""
    change(store, "INSERT INTO promotion_shop (promotion_id, terminal_id) VALUES ('shops', 's30')")
    request = PromotionRequest(REQUEST.start, REQUEST.end, "US", Scope(("b",)))
    table = promotion_report(store, request)
    assert set(table.index) == {"shops", "region"}
    assert table["verdict"].tolist() == ["refused", "refused"]


def test_promotions_of_other_months_are_not_listed(store: Store) -> None:
    """A period before the promotions has none."""
    request = PromotionRequest(dt.date(2026, 1, 1), dt.date(2026, 6, 1), "US")
    assert promotion_report(store, request).empty
