"""What pages ask the store: every report that keeps answers, over several periods, levels and lists."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from core.reports.customers.abc import AbcRequest, abc_of
from core.reports.customers.grading import GradingRequest, grading_report
from core.reports.customers.profitability import ProfitRequest, profit_report
from core.reports.customers.table import CustomerRequest, customer_table, product_table
from core.reports.market.effort import region_effort
from core.reports.market.market import MarketRequest, market_report
from core.reports.overview.overview import overview
from core.reports.terminals.distribution import DistributionRequest, distribution_report
from core.reports.terminals.relations import RelationRequest, relation_report
from core.reports.terminals.scores import ScoreRequest, score_report
from core.store.caching import terminal_figures
from core.store.caching.sales_window import SalesWindow
from core.store.customers import lists, search
from core.store.customers.filter import CustomerFilter
from core.store.customers.lists import ListRequest
from core.store.loading import batches, quarantine
from core.store.market import companies, effort, geography, market, names
from core.store.market import overview as market_overview
from core.store.plans import versions
from core.store.preferences import preferences
from core.store.terminals import coordinate_fixes
from core.store.territories import shops as territory_shops
from core.store.visits import constraints
from core.store.visits import plans as visit_plans
from core.store.visits import prospects as visit_prospects

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.store.database import Store

    Question = Callable[[Store], object]

DAY = dt.date(2026, 10, 31)
WINDOWS = (
    (dt.date(2026, 1, 1), dt.date(2026, 10, 1)),
    (dt.date(2026, 8, 1), dt.date(2026, 10, 1)),
)


def reports(own: str) -> dict[str, Question]:
    """Return the reports by name, each over several periods.

    Parameters
    ----------
    own
        The company whose figures they are about.
    """
    asked: dict[str, Question] = {}
    for number, window in enumerate(WINDOWS):
        asked |= {f"{name}, period {number}": ask for name, ask in _of_period(own, *window).items()}
    return asked


def lookups() -> dict[str, Question]:
    """Return what is asked fast, by name."""
    return _lists() | _stored()


def _of_period(own: str, start: dt.date, end: dt.date) -> dict[str, Question]:
    shops = CustomerRequest(own, start, end, "terminal")
    dealers = CustomerRequest(own, start, end)
    figures = SalesWindow(own, start, end)
    words = CustomerFilter(text="a")
    return {
        "table of shops": lambda store: customer_table(store, shops),
        "table of dealers": lambda store: customer_table(store, dealers),
        "products of shops": lambda store: product_table(store, shops),
        "abc": lambda store: abc_of(customer_table(store, shops), AbcRequest(shops)),
        "grading": lambda store: grading_report(store, GradingRequest(shops)),
        "profit": lambda store: profit_report(store, ProfitRequest(dealers)),
        "distribution": lambda store: distribution_report(store, DistributionRequest(figures, "county")),
        "relations": lambda store: relation_report(store, RelationRequest("terminal", start, DAY)),
        "market of counties": lambda store: market_report(store, MarketRequest(own, start, end, "county")),
        "market of cities": lambda store: market_report(store, MarketRequest(own, start, end, "city")),
        "overview": lambda store: overview(store, MarketRequest(own, start, end, "city")),
        "effort": lambda store: region_effort(store, MarketRequest(own, start, end, "city")),
        "shops": lambda store: lists.page(store, ListRequest("terminal", figures), 0, 10),
        "dealers": lambda store: lists.page(store, ListRequest("dealer", figures), 0, 10),
        "sums of shops": lambda store: lists.totals(store, ListRequest("terminal", figures, words)),
        "sums of dealers": lambda store: lists.totals(store, ListRequest("dealer", figures, words)),
        "figures of shops": lambda store: store.fetch(
            f"SELECT * FROM {terminal_figures.figures(store, figures)} ORDER BY ALL"
        ),
        "visits done": lambda store: visit_plans.visits_done(store, _rep(store), start, DAY),
    }


def _lists() -> dict[str, Question]:
    asked: dict[str, Question] = {
        "scores": lambda store: score_report(store, ScoreRequest(DAY, "county")),
        "scores of cities": lambda store: score_report(store, ScoreRequest(DAY, "city")),
        "companies": companies.company_names,
        "levels": market.levels,
        "contents": market.contents,
        "markets": market.markets,
        "names of regions": market.region_names,
        "own companies": names.own_companies,
        "products": names.products,
        "located shops": names.located_shops,
        "places": lambda store: geography.places(store, "county"),
        "dealers on the map": geography.dealers,
        "reps on the map": geography.rep_points,
        "number of reps": geography.rep_count,
        "last visit": lambda store: market_overview.last_visit(store, DAY),
        "counts of effort": lambda store: effort.shops(store, region_ids=_regions(store)),
        "plans": versions.list_plans,
        "preferences": preferences,
        "batches": batches.list_batches,
        "set aside": quarantine.items,
        "corrections": coordinate_fixes.fixes,
        "territories": territory_shops.changes,
        "rules": lambda store: visit_plans.rules(store, _rep(store)),
        "groups": lambda store: constraints.groups(store, _rep(store)),
        "locks": lambda store: constraints.locks(store, _rep(store)),
        "nights away": lambda store: constraints.nights(store, _rep(store)),
        "offices": lambda store: constraints.office(store, _rep(store)),
        "visit plans": visit_plans.plans,
        "prospects": lambda store: visit_prospects.prospects(store, _rep(store)),
        "reps": visit_plans.reps,
    }
    asked |= {
        f"search for {text}": partial(lambda store, text: search.find(store, text, limit=10), text=text)
        for text in ("a", "店", "wh", "D0")
    }
    return asked


def _stored() -> dict[str, Question]:
    """Return questions for what whole tables hold."""
    tables = ("customer_form", "relation", "score_item", "grade_run", "grade_judgement", "terminal_selection")
    return {f"all of {table}": partial(_rows, text=f"SELECT * FROM {table} ORDER BY ALL") for table in tables}


def _rows(store: Store, text: str) -> object:
    return store.fetch(text)


def _rep(store: Store) -> str:
    return str(store.fetch("SELECT MIN(t.employee_id) AS v FROM terminal AS t")["v"][0].as_py())


def _regions(store: Store) -> list[str]:
    rows = store.fetch("SELECT r.region_id AS id FROM region AS r ORDER BY 1 LIMIT 20")
    return list(rows["id"].to_pylist())
