"""Every KPI of the other families from the raw facts, against the reports of pages, files and slides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from core.i18n import language
from core.metrics import FAMILIES
from core.reports.customers.abc import AbcRequest, abc_of
from core.reports.customers.ge import GeRequest, ge_of, region_facts
from core.reports.customers.grading import GradingRequest, grading_report
from core.reports.customers.profitability import ProfitRequest, profit_report
from core.reports.customers.table import CustomerRequest, customer_table
from core.reports.cycle.expenses import ExpenseRequest, expense_report
from core.reports.cycle.promotions import PromotionRequest, promotion_report
from core.reports.dealers.cards import card_table, completeness_grid
from core.reports.dealers.issues import dealer_issues
from core.reports.dealers.request import DealerRequest
from core.reports.dealers.stock import dealer_stock
from core.reports.dealers.table import dealer_table
from core.reports.market.concentration import ConcentrationOptions, concentration_report
from core.reports.market.request import MarketRequest
from core.reports.strategy.principles import principle_report
from core.reports.strategy.value import market_values
from core.reports.terminals.distribution import DistributionRequest, distribution_report
from core.reports.terminals.key_accounts import AccountRequest, accounts
from core.reports.terminals.relations import RelationRequest, relation_report
from core.reports.terminals.scores import ScoreRequest, score_report
from core.store.caching.sales_window import SalesWindow
from core.store.database import Store
from tests.core.metrics.independent.facts import Facts
from tests.core.metrics.independent.families import (
    concentration,
    customers,
    dealer_supply,
    dealers,
    expenses,
    promotions,
    relations,
    strategy,
    terminals,
)
from tests.core.metrics.independent.families.compare import differences
from tests.core.metrics.independent.families.raw import END, OWN, TODAY, YEAR, Raw
from tests.core.metrics.independent.table import market_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

Tables = dict[str, pd.DataFrame]
OTHERS = [name for name in FAMILIES if name not in {"market", "overview"}]


@dataclass(frozen=True)
class Sides:
    """What the raw facts say and what the reports say, table by table."""

    expected: Tables
    told: Tables

    def keys(self, family: str) -> set[str]:
        """Return the KPIs of a family that some table has on both sides."""
        return {
            key
            for name, table in self.expected.items()
            for key in FAMILIES[family]
            if key in table and key in self.told[name]
        }


@pytest.fixture(scope="module")
def store(sample_copy) -> Iterator[Store]:
    """Return a small demonstration region, with names as the raw facts have them.

    One promotion runs in a whole city: its counties have too few shops to compare.
    """
    with Store.open(sample_copy(300)) as opened, language("zh_CN"):
        opened.write(
            "import",
            lambda cursor: cursor.execute(
                "INSERT INTO promotion (promotion_id, name, region_id, start_on, end_on, cost)"
                " VALUES ('P900', '全市电视月', '990500', '2025-11-01', '2025-12-31', 52000)"
            ),
        )
        yield opened


@pytest.fixture(scope="module")
def sides(store: Store) -> dict[str, Sides]:
    """Return both sides by family; the raw tables are read once."""
    raw = Raw(store)
    market = market_rows(Facts(store), "county", YEAR)
    with language("zh_CN"):
        return {
            "customers": _customers(store, raw, market),
            "dealers": _dealers(store, raw, market),
            "terminals": _terminals(store, raw),
            "strategy": _strategy(store, raw, market),
            "expenses": _expenses(store, raw),
            "promotions": Sides(
                {"year": promotions.promotions(raw)},
                {"year": promotion_report(store, PromotionRequest(YEAR[0], END, OWN))},
            ),
            "concentration": _concentration(store, raw, market),
        }


@pytest.mark.parametrize("family", OTHERS)
def test_every_kpi_has_an_independent_computation(family: str, sides: dict[str, Sides]) -> None:
    """A KPI that no table compares fails: there are no exceptions."""
    assert sides[family].keys(family) == set(FAMILIES[family])


@pytest.mark.parametrize("family", OTHERS)
def test_the_reports_say_what_the_facts_say(family: str, sides: dict[str, Sides]) -> None:
    """Each KPI in each row of each table of a report equals the one computed from the raw facts."""
    wrong = {}
    for name, table in sides[family].expected.items():
        told = sides[family].told[name]
        keys = [key for key in FAMILIES[family] if key in table and key in told]
        assert keys, name
        wrong |= {(name, key): rows for key, rows in differences(family, table, told, keys).items()}
    assert wrong == {}


def _customers(store: Store, raw: Raw, market: dict) -> Sides:
    expected: Tables = {}
    told: Tables = {}
    for kind in ("dealer", "terminal"):
        request = CustomerRequest(OWN, YEAR[0], END, kind)
        table, known = customer_table(store, request), customers.customer_list(raw, kind)
        graded, report = customers.abc(known), abc_of(table, AbcRequest(request))
        # Who was closed before the period is nobody to grade any more.
        there = (
            known[(known.get("status") != "closed") | known["demand"].notna()]
            if kind == "terminal"
            else known
        )
        grading = grading_report(store, GradingRequest(request), table).table
        both = {
            "list": (known, table), "abc": (graded, report.table),
            "classes": (customers.class_sums(graded), report.grades),
            "accounts": (customers.account_sums(known, graded["position"]), report.structure),
            "grading": (customers.grading(there), grading.assign(solution=grading["grade"])),
            "ge": (customers.ge(known, customers.ATTRACTIVENESS,
            customers.STRENGTH).assign(size=known["demand"]),
                   ge_of(table, GeRequest(request)).table),
        }  # fmt: skip
        expected |= {f"{kind} {name}": pair[0] for name, pair in both.items()}
        told |= {f"{kind} {name}": pair[1] for name, pair in both.items()}
    profit = profit_report(store, ProfitRequest(CustomerRequest(OWN, YEAR[0], END))).profit
    names = ("profit", "profit products", "profit customers")
    expected |= dict(zip(names, customers.profitability(raw), strict=True))
    told |= dict(zip(names, (profit.cells, profit.products, profit.customers), strict=True))
    asked = MarketRequest(OWN, YEAR[0], END, "county")
    expected["regions"] = customers.region_ge(raw, market)
    told["regions"] = ge_of(region_facts(store, asked), GeRequest(asked)).table
    return Sides(expected, told)


def _dealers(store: Store, raw: Raw, market: dict) -> Sides:
    request = DealerRequest(END, TODAY, OWN)
    board, stock = dealers.dealer_board(raw), dealer_stock(store, request)
    costs = expenses.expenses(raw, "county").drop(index=expenses.WHOLE)
    assert stock.expenses is not None
    return Sides(
        {
            "board": board, "stock": dealer_supply.dealer_stocks(raw),
            "products": dealer_supply.product_stocks(raw),
            "issues": dealer_supply.issue_log(raw), "cards": dealer_supply.cards(raw, board, market),
            "expenses": costs.assign(above=None),
        },
        {
            "board": dealer_table(store, request), "stock": stock.dealers,
            "products": stock.products.set_index(["dealer_id", "product_id"]),
            "issues": dealer_issues(store, request).log.set_index(["dealer_id", "record_id"]),
            "cards": completeness_grid(card_table(store, request)),
            "expenses": stock.expenses.regions.set_index("region_id").assign(above=stock.above),
        },
    )  # fmt: skip


def _terminals(store: Store, raw: Raw) -> Sides:
    window = SalesWindow(OWN, YEAR[0], END, None)
    shops, report = (
        terminals.open_shops(raw),
        distribution_report(store, DistributionRequest(window, "county")),
    )
    expected = {"all": terminals.distribution(shops), "rollout": terminals.rollout(shops)}
    told = {"all": report.total, "rollout": report.rollout}
    for name, column in terminals.GROUPS.items():
        expected[name], told[name] = terminals.distribution(shops, column), report.groups[name]
    sheets, scored = terminals.sheets(raw), score_report(store, ScoreRequest(TODAY, "county"))
    expected["sheets"] = sheets
    told["sheets"] = scored.latest.assign(score_change=scored.latest["change"])
    for name, column in (("reps", "employee_id"), ("places", "place_id")):
        expected[name], told[name] = terminals.sheet_groups(sheets, column), getattr(scored, name)
    for kind in ("dealer", "terminal"):
        expected[f"{kind} relations"] = relations.relations(raw, kind)
        told[f"{kind} relations"] = relation_report(store, RelationRequest(kind, YEAR[0], TODAY)).table
    expected["accounts"] = relations.key_accounts(raw, "dealer")
    told["accounts"] = accounts(store, AccountRequest("dealer", window, TODAY))
    return Sides(expected, told)


def _strategy(store: Store, raw: Raw, market: dict) -> Sides:
    request = MarketRequest(OWN, YEAR[0], END, "county")
    return Sides(
        {"principles": strategy.principles(raw, market), "value": strategy.market_values(raw, market)},
        {
            "principles": principle_report(store, request).table.set_index("region_id"),
            "value": market_values(store, request).set_index("region_id"),
        },
    )


def _expenses(store: Store, raw: Raw) -> Sides:
    told = {}
    for level in ("county", "city"):
        report = expense_report(store, ExpenseRequest(YEAR[0], END, level))
        told[level] = pd.concat([report.regions, report.total]).set_index("region_id")
    return Sides({level: expenses.expenses(raw, level) for level in told}, told)


def _concentration(store: Store, raw: Raw, market: dict) -> Sides:
    request = MarketRequest(OWN, YEAR[0], END, "county")
    report = concentration_report(store, request, ConcentrationOptions(concentration.REPS))
    return Sides(
        {"plan": concentration.concentration(raw, market)}, {"plan": report.regions.set_index("region_id")}
    )
