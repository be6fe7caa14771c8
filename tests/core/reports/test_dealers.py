"""Reports about dealers, on a world small enough to work out by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from core.customers.forms import form
from core.reports.dealers.cards import card_table, completeness_grid
from core.reports.dealers.dealer import decisions, seven_p
from core.reports.dealers.facts import dealer_facts
from core.reports.dealers.issues import dealer_issues
from core.reports.dealers.request import DealerRequest, dealer_rules
from core.reports.dealers.stock import dealer_stock, shop_stock
from core.reports.dealers.table import dealer_table
from core.reports.terminals.card_facts import terminal_facts
from core.store.database import Store
from core.store.forms import forms as store_forms
from core.store.forms.rows import FormKey
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

END = dt.date(2026, 10, 1)
TODAY = dt.date(2026, 11, 22)
REQUEST = DealerRequest(END, TODAY, "US")
WORLD = """
INSERT INTO region (region_id, parent_id, level, name, name_en) VALUES
    ('p', NULL, 'province', '省', 'Province'), ('a', 'p', 'county', '甲县', 'A'),
    ('b', 'p', 'county', '乙县', 'B');
INSERT INTO company (company_id, name, is_self, is_aggregate) VALUES
    ('US', '我们', TRUE, FALSE), ('R', '对手', FALSE, FALSE), ('O', '其他', FALSE, TRUE);
INSERT INTO product (product_id, name, category, company_id, unit_margin_rate, price_tier) VALUES
    ('x', '茶', '饮', 'US', 0.2, 'H'), ('y', '水', '饮', 'US', 0.1, 'L'), ('z', '汁', '饮', 'US', NULL, 'L');
INSERT INTO employee (employee_id, name, role, active) VALUES
    ('boss', '总', 'director', TRUE), ('m', '经理', 'manager', TRUE), ('gone', '走了', 'manager', FALSE);
INSERT INTO dealer (dealer_id, name, tier, level, region_id, parent_dealer_id, attitude, capability,
    accepts_training, owner_employee_id, backup_employee_id) VALUES
    ('d1', '一号', 'large', 'first', 'a', NULL, 8, 8, TRUE, 'boss', 'm'),
    ('d2', '二号', 'large', 'second', 'a', 'd1', 8, 4, TRUE, 'm', NULL),
    ('d3', '三号', 'small', 'first', 'b', NULL, 2, 9, NULL, 'gone', 'gone');
INSERT INTO terminal (terminal_id, name, region_id, dealer_id, status, outlet_type) VALUES
    ('t1', '店一', 'a', 'd1', 'listed', '超市'), ('t2', '店二', 'a', 'd1', 'listed', '超市'),
    ('t3', '店三', 'a', 'd2', 'listed', '餐饮'), ('t4', '店四', 'b', 'd3', 'closed', '餐饮');
INSERT INTO dealer_sales (month, dealer_id, product_id, sell_in_amount, sell_out_amount) VALUES
    ('2026-08-01', 'd1', NULL, 310, 310), ('2026-09-01', 'd1', NULL, 300, 300),
    ('2026-10-01', 'd1', NULL, 310, 310),
    ('2026-10-01', 'd1', 'x', 200, 184), ('2026-10-01', 'd1', 'y', 110, 126),
    ('2025-10-01', 'd1', NULL, 460, 400),
    ('2026-10-01', 'd2', 'x', 60, NULL), ('2026-10-01', 'd2', 'z', 20, 31),
    ('2025-10-01', 'd2', NULL, 80, 80);
INSERT INTO inventory (as_of, customer_type, customer_id, product_id, quantity, amount) VALUES
    ('2026-09-30', 'dealer', 'd1', 'x', 9, 900), ('2026-10-31', 'dealer', 'd1', 'x', 1, 184),
    ('2026-10-31', 'dealer', 'd1', 'z', 1, 116), ('2026-11-05', 'dealer', 'd1', 'x', 1, 9999),
    ('2026-10-31', 'dealer', 'd2', 'x', 5, NULL), ('2026-10-31', 'terminal', 't1', 'x', 5, 60),
    ('2026-10-31', 'terminal', 't1', 'z', 5, 7), ('2026-10-31', 'terminal', 't2', 'x', 5, 50);
INSERT INTO expense (month, region_id, kind, amount) VALUES
    ('2026-10-01', 'a', 'advertising', 10), ('2026-10-01', 'a', 'promotion', 20),
    ('2026-10-01', 'a', 'people', 70),
    ('2026-10-01', 'b', 'promotion', 5);
INSERT INTO terminal_sales (month, terminal_id, company_id, product_id, amount) VALUES
    ('2026-10-01', 't1', 'US', 'x', 30), ('2026-10-01', 't1', 'US', 'y', 10),
    ('2026-10-01', 't2', 'US', NULL, 50),
    ('2026-10-01', 't1', 'R', NULL, 40), ('2026-10-01', 't1', 'O', NULL, 20);
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store of three dealers."""
    with Store.open(tmp_path / "dealers.duckdb") as opened:

        def fill(cursor) -> None:
            cursor.execute(WORLD)
            refresh_closure(cursor)

        opened.write("test", fill)
        yield opened


def fill_in(store: Store, name: str, dealer: str, **payload: object) -> None:
    """Save a form."""
    store_forms.save(store, FormKey(form(name), "dealer", dealer), payload, expected_version=0, actor="小李")


def test_sales_decision_and_owners(store: Store) -> None:
    """Totals win over products, growth compares the same months, accounts in wrong hands are found."""
    table = dealer_table(store, REQUEST)
    assert table["sell_in"].fillna(-1).tolist() == [920, 80, -1]
    assert table["sell_in_previous"].fillna(-1).tolist() == [460, 80, -1]
    assert table["growth"].fillna(-9).tolist() == [1.0, 0.0, -9]
    assert table["part"].fillna(-1).tolist() == [0.92, 0.08, -1]
    assert table["tree"].tolist() == [None, "train", "eliminate"]
    assert table["asks"].tolist() == ["sales_team", None, None]
    assert table["owner_finding"].tolist() == ["fine", "too_low", "owner_left"]
    assert table["backup_finding"].tolist() == ["fine", "no_backup", "backup_left"]
    assert table["call_state"].tolist() == ["never"] * 3
    assert table["terminals"].tolist() == [2, 1, 0]
    assert table["months_active"].tolist() == [4, 2, 0]
    assert table["state"].tolist() == ["fading", "new", "new"]


def test_a_decision_stands_until_the_next(store: Store) -> None:
    """The latest decision counts, its answers are known to the tree, and what differs is said."""
    answers = {"sales_team": True, "information": False, "channel_management": True, "can_transform": True}
    for day, decided in (("2026-05-01", "keep"), ("2026-06-01", "train")):
        fill_in(store, "dealer_decision", "d1", decided_on=day, disposition=decided, reason="试", **answers)
    fill_in(store, "dealer_decision", "d3", decided_on="2026-06-01", disposition="eliminate", reason="态度")
    table = dealer_table(store, REQUEST)
    assert table.loc["d1", ["decided", "disposition", "tree"]].tolist() == ["train", "train", "transform"]
    assert table["differs"].tolist() == [True, False, False]
    assert table["decided_by"].tolist()[0] == "小李"
    made = decisions(store, REQUEST, "d1")
    assert made["disposition"].tolist() == ["train", "keep"]
    assert np.isnan(table.loc["d3", "at_risk"])


def test_limits_of_the_store_are_used(store: Store) -> None:
    """A limit that was saved changes the result; without one the default counts."""
    assert dealer_rules(store).tree.attitude == 4
    key = FormKey(form("dealer_rules"), "market", "")
    store_forms.save(store, key, {"limit_attitude": "1.5", "limit_able": "4"}, expected_version=0)
    assert dealer_table(store, REQUEST)["asks"].tolist() == ["sales_team"] * 3


def test_stock_worked_by_hand(store: Store) -> None:
    """300 counted at the end of October, 920 sold in 92 days: 30 days; later counts and shops don't count."""
    found = dealer_stock(store, REQUEST)
    one = found.dealers.loc["d1"]
    assert (one["stock"], one["daily_out"], one["days_of_stock"], one["sell_through"]) == (300, 10, 30, 1)
    assert found.dealers["alert"].tolist() == ["fine", "no_count", "no_count"]
    lines = found.products.set_index(["dealer_id", "product_id"])
    # x sold 184 in 31 days, so its 184 last 31 days; z is left out of the report of products: nothing sold.
    assert lines.loc[("d1", "x"), "days_of_stock"] == pytest.approx(31)
    assert lines.loc[("d1", "z"), "alert"] == "no_sale"
    assert lines.loc[("d2", "x"), "alert"] == "no_count"


def test_stock_of_shops(store: Store) -> None:
    """60 in stock, 30 sold in 31 days: 62 days; a product left out sold nothing; a total says nothing."""
    lines = shop_stock(store, REQUEST).set_index(["terminal_id", "product"])
    assert lines.loc[("t1", "茶"), "days_of_stock"] == pytest.approx(62)
    assert lines["alert"].tolist() == ["overstock", "no_sale", "no_sell_out"]


def test_expenses(store: Store) -> None:
    """100 of expenses against 390 sold in the same month; where kinds are missing, there is no ratio."""
    report = dealer_stock(store, REQUEST).expenses
    assert report is not None
    found = report.regions.set_index("region_id")
    assert found.loc["a", ["expense", "sales", "ratio"]].tolist() == [100, 390, 100 / 390]
    assert "b" not in found.index or np.isnan(found.loc["b", "ratio"])


def test_facts_and_cards(store: Store) -> None:
    """Facts come from the data, margins only where every product has a rate, costs from the card."""
    facts = dealer_facts(store, REQUEST)
    assert facts.loc["d1", "gross_margin"] == pytest.approx(200 * 0.2 + 110 * 0.1)
    assert facts.loc["d1", "main_product"] == "茶"
    assert facts.loc["d1", "high_tier"] == pytest.approx(200 / 310)
    assert np.isnan(facts.loc["d2", "gross_margin"])
    costs = dict.fromkeys(("promotion_cost", "rebate_cost", "delivery_cost", "staff_cost"), "10")
    fill_in(store, "card_cost_profit", "d1", **costs)
    assert dealer_facts(store, REQUEST).loc["d1", "net_margin"] == pytest.approx(51 - 40)
    cards = card_table(store, REQUEST)
    assert len(cards) == 27
    row = cards[(cards["dealer_id"] == "d1") & (cards["card"] == "card_cost_profit")].iloc[0]
    assert (row["filled"], row["wanted"], row["freshness"]) == (7, 7, "fresh")
    grid = completeness_grid(cards)
    assert grid.loc["d1", "card_cost_profit"] == 1
    assert grid["fresh"].sum() == 1
    totals = cards.groupby("dealer_id")[["filled", "wanted"]].sum()
    np.testing.assert_allclose(grid["all"].sort_index(), totals["filled"] / totals["wanted"])


def test_seven_p(store: Store) -> None:
    """Products, categories and shops tie to the dealer's figures."""
    found = seven_p(store, REQUEST, "d1", "a")
    assert found.products["sell_in"].tolist() == [200, 110]
    assert found.categories[["category", "sell_in"]].to_numpy().tolist() == [["饮", 310]]
    assert found.shops[["shops", "active", "amount"]].to_numpy().tolist() == [[2, 2, 90]]
    assert found.months["share"].iloc[-1] == pytest.approx(310 / 390)
    assert found.promotion == pytest.approx(20 / 390)
    assert seven_p(store, REQUEST, "d3", None).promotion is None


def test_issues(store: Store) -> None:
    """All dealers' issues, or those of one; an open one is as old as today."""
    fill_in(store, "dealer_issue", "d1", opened="2026-11-12", category="supply", description="断货")
    fill_in(
        store,
        "dealer_issue",
        "d2",
        opened="2026-10-01",
        closed="2026-10-05",
        category="supply",
        description="迟",
    )
    assert dealer_issues(store, REQUEST).log["days"].tolist() == [10, 4]
    assert dealer_issues(store, REQUEST, "d2").categories["open"].sum() == 0


def test_shop_facts(store: Store) -> None:
    """Own 40 of 100 in the shop; the aggregate counts in the whole and is no rival."""
    facts = terminal_facts(store, "t1", REQUEST)
    assert (facts["own"], facts["rivals"], facts["account_share"]) == (40, 60, 0.4)
    assert (facts["rival_name"], facts["rival_share"]) == ("对手", 0.4)
    assert terminal_facts(store, "t3", REQUEST)["account_share"] is None
    assert terminal_facts(store, "nobody", REQUEST) == {}


def test_a_scope_hides_other_regions(store: Store) -> None:
    """Who sees one county sees its dealers, their stock and expenses only."""
    request = DealerRequest(END, TODAY, "US", scope=Scope(("b",)))
    assert dealer_table(store, request).index.tolist() == ["d3"]
    found = dealer_stock(store, request)
    assert len(found.products) == 0
    assert found.expenses is not None
    assert found.expenses.regions["region_id"].tolist() == ["b"]


def test_an_empty_store(tmp_path: Path) -> None:
    """Without dealers every report is empty and none fails."""
    with Store.open(tmp_path / "empty.duckdb") as opened:
        request = DealerRequest(END, TODAY, "")
        assert len(dealer_table(opened, request)) == 0
        assert len(dealer_stock(opened, request).dealers) == 0
        assert len(card_table(opened, request)) == 0
        assert len(dealer_issues(opened, request).log) == 0
