"""ABC, profitability, GE and grading from a small store whose figures are known by heart."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from core.customers.analysis.abc import AbcRule
from core.customers.grading.scale import Element, Option, Section, Template
from core.errors import InputError
from core.reports.customers.abc import AbcRequest, abc_of
from core.reports.customers.ge import GeRequest, ge_of, region_facts
from core.reports.customers.grading import GradingRequest, composition, grading_report, keep, since
from core.reports.customers.profitability import ProfitRequest, field_labels, name_fields, profit_report
from core.reports.customers.table import CustomerRequest, customer_table, product_table
from core.reports.market.request import MarketRequest
from core.store.customers import grade_runs
from core.store.customers import grading as store_grading
from core.store.customers.grading import TemplateConflictError
from core.store.database import Store
from core.store.market.regions import refresh_closure
from core.store.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOW, BEFORE = dt.date(2026, 1, 1), dt.date(2025, 1, 1)
DEALERS = CustomerRequest("US", NOW, NOW)
SHOPS = CustomerRequest("US", NOW, NOW, "terminal")
SCALE = Template(
    (
        Section("Facts", 60, (Element("plus", "Growth", (Option("up", 1, 0.1), Option("no", 0)), "growth"),)),
        Section("Feeling", 40, (Element("will", "Will", (Option("yes", 1), Option("no", 0))),)),
    ),
    cuts=(80, 50),
    least_known=0.5,
)


def fill(cursor: Any) -> None:
    """Dealers D1, D2 bought 700 and 300, D3 nothing; D1 states 700 of which its products explain 600."""
    cursor.execute(
        "INSERT INTO region (region_id, level, name) VALUES ('N', 'city', 'N'), ('S', 'city', 'S')"
    )
    cursor.execute(
        "INSERT INTO company (company_id, name, is_self, is_aggregate) VALUES ('US', 'Us', TRUE, FALSE),"
        " ('R', 'Rival', FALSE, FALSE), ('O', 'Others', FALSE, TRUE)"
    )
    cursor.execute(
        "INSERT INTO product (product_id, name, company_id, unit_margin_rate, price_tier, feature_tier)"
        " VALUES ('P', 'P', 'US', 0.30, 'H', 'H'), ('Q', 'Q', 'US', NULL, 'L', 'L')"
    )
    cursor.execute(
        "INSERT INTO dealer (dealer_id, name, tier, region_id) VALUES ('D1', 'One', 'large', 'N'),"
        " ('D2', 'Two', 'small', 'S'), ('D3', 'Three', 'small', 'S')"
    )
    cursor.execute(
        "INSERT INTO terminal (terminal_id, name, region_id, dealer_id, status)"
        " VALUES ('T1', 't', 'N', 'D1', 'listed'), ('T2', 't', 'S', 'D2', 'listed'),"
        " ('T3', 't', 'S', NULL, 'closed'),"
        " ('T4', 't', 'S', NULL, 'closed'), ('T5', 't', NULL, NULL, 'listed')"
    )
    dealer_sales = [
        (NOW, "D1", None, 700),
        (NOW, "D1", "P", 500),
        (NOW, "D1", "Q", 100),
        (NOW, "D2", "P", 300),
        (BEFORE, "D1", None, 1000),
        (BEFORE, "D2", "P", 200),
    ]
    for row in dealer_sales:
        cursor.execute(
            "INSERT INTO dealer_sales (month, dealer_id, product_id, sell_in_amount) VALUES (?, ?, ?, ?)", row
        )
    terminal_sales = [
        (NOW, "T1", "US", None, 100),
        (NOW, "T1", "US", "P", 80),
        (NOW, "T1", "R", None, 50),
        (NOW, "T1", "O", None, 500),
        (NOW, "T2", "R", None, 40),
        (BEFORE, "T3", "R", None, 10),
        (NOW, "T5", "US", None, 1),
    ]
    for row in terminal_sales:
        cursor.execute(
            "INSERT INTO terminal_sales (month, terminal_id, company_id, product_id, amount)"
            " VALUES (?, ?, ?, ?, ?)",
            row,
        )
    cursor.execute(
        "INSERT INTO visit (visit_id, employee_id, terminal_id, start_at, end_at)"
        " VALUES ('V1', 'E', 'T1', '2026-01-31 10:00', '2026-01-31 10:30'),"
        " ('V2', 'E', 'T1', '2026-02-01 10:00', NULL)"
    )
    refresh_closure(cursor)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The store that nobody changes."""
    with Store.open(tmp_path_factory.mktemp("abc") / "market.duckdb") as opened:
        opened.write("fill", fill)
        yield opened


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Store]:
    """A store of the test's own."""
    with Store.open(tmp_path / "market.duckdb") as opened:
        opened.write("fill", fill)
        yield opened


def test_what_a_dealer_bought_and_its_shops_sell(base: Store) -> None:
    """The stated total counts; margin is that of the sales whose rate is known; others are no rival."""
    one = customer_table(base, DEALERS).loc["D1"]
    assert (one["sales"], one["sales_previous"], one["growth"]) == (700, 1000, pytest.approx(-0.3))
    assert (one["margin"], one["margin_amount"], one["margin_rate"]) == (150, 500, pytest.approx(0.3))
    assert (one["demand"], one["own"], one["best_rival"], one["visits"]) == (650, 100, 50, 1)
    assert np.isnan(customer_table(base, DEALERS).loc["D3", "sales"])


def test_shops_without_ours_sold_nothing_of_ours(base: Store) -> None:
    """Where only rivals' sales are recorded ours are 0, not unknown; a closed shop without any is gone."""
    shops = customer_table(base, SHOPS)
    assert shops.index.tolist() == ["T1", "T2", "T3", "T5"]
    assert shops.loc["T2", "own"] == 0
    assert np.isnan(shops.loc["T2", "sales"])
    assert shops.loc["T1", "margin"] == pytest.approx(24)


def test_a_month_of_a_long_period_counts_in_both_years(base: Store) -> None:
    """Of thirteen months the first is the last of the year before as well, in shops as at dealers."""
    shops = customer_table(base, CustomerRequest("US", BEFORE, NOW, "terminal"))
    assert shops.loc["T3", ["demand", "demand_previous"]].tolist() == [10, 10]
    dealers = customer_table(base, CustomerRequest("US", BEFORE, NOW))
    assert dealers.loc["D2", ["sales", "sales_previous"]].tolist() == [500, 200]


def test_the_share_of_an_account_needs_somebody_else(base: Store) -> None:
    """Of a shop where only our sales are recorded we don't know the share; others alone make it known."""
    shops = customer_table(base, SHOPS)
    assert shops.loc["T1", "account_share"] == pytest.approx(100 / 650)
    assert shops.loc["T2", "account_share"] == 0
    assert np.isnan(shops.loc["T5", "account_share"])
    assert shops.loc["T5", "demand"] == 1


def test_only_what_the_user_may_see(base: Store) -> None:
    """A user of the north sees its dealer alone."""
    north = CustomerRequest("US", NOW, NOW, scope=Scope(("N",)))
    assert customer_table(base, north).index.tolist() == ["D1"]


def test_abc_at_the_boundary_and_the_movement(base: Store) -> None:
    """D1 makes exactly 70 %: A where the cut belongs to it; against the year before D2 is unchanged."""
    found = abc_of(customer_table(base, DEALERS), AbcRequest(DEALERS))
    assert found.table["grade"].tolist()[:2] == ["A", "C"]
    assert found.unknown == 1
    assert found.tail.share == pytest.approx(0.3)
    assert found.moved.counts()["stayed"] == 2
    narrow = abc_of(
        customer_table(base, DEALERS), AbcRequest(DEALERS, rule=AbcRule((0.7, 1.0), inclusive=False))
    )
    assert narrow.grades["count"].to_dict() == {"A": 1, "B": 0, "C": 1, "total": 2}


def test_a_closed_shop_is_lost_and_not_graded(base: Store) -> None:
    """A shop that closed since last year is lost in the movement, unknown to nobody, and not graded."""
    found = abc_of(customer_table(base, SHOPS), AbcRequest(SHOPS, measure="demand"))
    assert found.moved.moves["T3"] == "left"
    assert found.unknown == 0
    assert "T3" not in grading_report(base, GradingRequest(SHOPS)).table.index


def test_cells_of_the_accounts(base: Store) -> None:
    """By demand D1 is an A account where we are first, D2 one that isn't our customer."""
    found = abc_of(customer_table(base, DEALERS), AbcRequest(DEALERS, measure="demand"))
    assert found.cells is not None
    assert found.structure is not None
    cells = found.cells[found.cells["accounts"] > 0]
    assert cells[["grade", "position"]].to_numpy().tolist() == [["A", "a"], ["C", "d"]]
    assert found.structure.loc["total", "coverage"] == pytest.approx(0.5)
    assert found.structure.loc["total", "account_share"] == pytest.approx(100 / 690)


def test_products_by_margin(base: Store) -> None:
    """A product without a margin rate has no grade by margin; the demand for one is refused."""
    found = abc_of(product_table(base, DEALERS), AbcRequest(DEALERS, "product", "margin"))
    assert found.table["grade"].fillna("-").to_dict() == {"P": "A", "Q": "-"}
    with pytest.raises(InputError, match="demand"):
        AbcRequest(DEALERS, "product", "demand")


def test_products_of_the_shops_count_where_dealers_have_none(own: Store) -> None:
    """Without dealers' sales by product the shops' sales are taken, and the table says so."""
    own.write("empty", lambda cursor: cursor.execute("DELETE FROM dealer_sales WHERE product_id IS NOT NULL"))
    table = product_table(own, DEALERS)
    assert set(table["source"]) == {"terminal"}
    assert table.loc["P", "sales"] == 80


def test_profit_ties_with_the_dealers_sales(base: Store) -> None:
    """What products don't explain stands in a cell of its own, and all cells make 1,000."""
    found = profit_report(base, ProfitRequest(DEALERS))
    whole = found.profit.cells.loc[("total", "total")]
    assert (whole["amount"], whole["margin"], whole["margin_amount"]) == (1000, 240, 800)
    assert found.profit.cells.loc[("unknown", "total"), "amount"] == 200
    assert found.positions["part"].sum() == pytest.approx(1)
    with pytest.raises(InputError):
        ProfitRequest(SHOPS)


def test_the_fields_are_named(own: Store) -> None:
    """Names are kept, and the document's own names take them back."""
    standard = field_labels(own)
    name_fields(own, ("a", "b", "c", "d"))
    assert field_labels(own) == ("a", "b", "c", "d")
    name_fields(own, standard)
    assert field_labels(own) == standard


def test_ge_of_customers_and_regions(base: Store) -> None:
    """Everybody stands in one of the nine cells or in none."""
    assert ge_of(customer_table(base, DEALERS), GeRequest(DEALERS)).counts.sum() == 3
    cities = MarketRequest("US", NOW, NOW, "city")
    assert ge_of(region_facts(base, cities), GeRequest(cities)).counts.sum() == 2
    with pytest.raises(InputError):
        GeRequest(DEALERS, cuts=(7, 3))


def test_grading_by_data_and_by_word(own: Store) -> None:
    """D2 grew by half and wants to: 100, an A; D1 fell and doesn't: 0, a C; of D3 too little is known."""
    store_grading.save_template(own, store_grading.template(own), SCALE, actor="Li")
    store_grading.judge(own, "dealer", [("D1", "will", 1), ("D2", "will", 0)])
    found = grading_report(own, GradingRequest(DEALERS))
    assert found.saved.version == 1
    assert found.table["grade"].to_dict() == {"D2": "A", "D1": "C", "D3": None}
    assert found.segments.loc["large", "C"] == found.segments.loc["total", "A"] == 1
    assert found.levels is not None
    assert found.levels.loc["A", "A"] == 1


def test_gradings_are_kept_and_compared(own: Store) -> None:
    """After D1 is judged better it has moved up since the kept grading; an opinion can be taken back."""
    store_grading.save_template(own, store_grading.template(own), SCALE)
    store_grading.judge(own, "dealer", [("D1", "will", 1), ("D2", "will", 0)])
    run = keep(own, grading_report(own, GradingRequest(DEALERS)), actor="Li")
    kept = grade_runs.runs(own, "dealer").iloc[0]
    assert (kept["customers"], kept["grade_a"], kept["grade_c"], kept["actor"]) == (3, 1, 1, "Li")
    softer = Template(SCALE.sections, (80, 40), 0.5)
    store_grading.save_template(own, store_grading.template(own), softer)
    store_grading.judge(own, "dealer", [("D1", "will", 0)])
    assert since(own, grading_report(own, GradingRequest(DEALERS)), run).counts()["up"] == 1
    store_grading.judge(own, "dealer", [("D1", "will", None)])
    assert "D1" not in store_grading.judgements(own, "dealer").index


def test_what_a_grade_is_made_of(own: Store) -> None:
    """The points of D2 are 60 for its growth and 40 for its will; a kept grading stands in its history."""
    store_grading.save_template(own, store_grading.template(own), SCALE)
    store_grading.judge(own, "dealer", [("D2", "will", 0)])
    found = grading_report(own, GradingRequest(DEALERS))
    assert composition(found, "D2")["points"].tolist() == [60, 40]
    assert composition(found, "D3")["option"].tolist() == [None, None]
    keep(own, found)
    assert grade_runs.history(own, "dealer", "D2")["grade"].tolist() == ["A"]
    assert grade_runs.history(own, "dealer", "D2", scope=Scope(("N",))).empty


def test_a_personal_scale_beside_the_companys(own: Store) -> None:
    """A person begins with the company's scale; what differs is listed, and so is who is graded otherwise."""
    store_grading.save_template(own, store_grading.template(own), SCALE)
    mine = store_grading.template(own, "Li")
    assert (mine.version, mine.template) == (0, SCALE)
    store_grading.save_template(own, mine, Template(SCALE.sections, (80, 10), 0.5), actor="Li")
    store_grading.judge(own, "dealer", [("D1", "will", 0)])
    store_grading.judge(own, "dealer", [("D1", "will", 0)], owner="Li")
    found = grading_report(own, GradingRequest(DEALERS, owner="Li"))
    assert found.difference["what"].tolist() == ["cut_b"]
    moved = found.against_company()
    assert moved is not None
    assert moved.counts()["up"] == 1


def test_two_people_save_the_same_scale(own: Store) -> None:
    """The second one is told who was first, nothing is overwritten; saving the same again is no change."""
    opened = store_grading.template(own)
    first = store_grading.save_template(own, opened, SCALE, actor="Li")
    with pytest.raises(TemplateConflictError, match="Li"):
        store_grading.save_template(own, opened, Template(SCALE.sections, (90, 50)), actor="Wang")
    assert store_grading.template(own).template == SCALE
    assert store_grading.save_template(own, first, SCALE).version == 1


def test_whom_to_grade(base: Store) -> None:
    """The head is D1 with 70 % of the sales; who never bought is a prospect."""
    head = grading_report(base, GradingRequest(DEALERS, scope="head"))
    assert head.table.index.tolist() == ["D1"]
    prospects = grading_report(base, GradingRequest(DEALERS, scope="prospects"))
    assert prospects.table.index.tolist() == ["D3"]
    with pytest.raises(InputError, match="nobody"):
        keep(
            base,
            grading_report(
                base, GradingRequest(CustomerRequest("US", NOW, NOW, "terminal", "x"), scope="head")
            ),
        )
