"""All tables of a demonstration region, in the order in which they refer to each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyarrow as pa

from core.sample import activity, catalogue, market, money
from core.sample.competition import compete
from core.sample.cycle import prospects
from core.sample.cycle.money import budget_table, promotion_tables
from core.sample.cycle.strategy import strategy_tables
from core.sample.cycle.tasks import Ground, task_tables
from core.sample.forms.dealer_forms import dealer_form_table
from core.sample.geography import regions
from core.sample.geography.province import make_province
from core.sample.geography.settlements import settle
from core.sample.sales import CHUNK, make_shop_market, sales_pieces
from core.sample.shops import shop_pieces
from core.sample.staff import make_dealers, make_staff
from core.sample.terminals import make_terminals
from core.store.preferences import DEMONSTRATION

if TYPE_CHECKING:
    from core.sample.request import SampleRequest

Piece = tuple[str, pa.Table, float]
"""Name of the table, some of its rows, and their share of the whole work."""

FIRST_SHOPS = 5_000
"""Shops among which the tasks of the demonstration choose theirs."""
_SHARE_OF_TIME = {"terminal": 0.15, "terminal_sales": 0.6, "visit": 0.15}
"""Of the whole build; the small tables share the rest."""


def sample_tables(request: SampleRequest) -> Iterator[Piece]:
    """Yield table name, rows and share of the time of every piece, in the order of references."""
    province = make_province(request)
    competition = compete(request, province)
    figures = market.make_market(request, province, competition)
    settlements = settle(request, province)

    def small(name: str, rows: pa.Table) -> Piece:
        return name, rows, 0.01

    yield small("setting", _settings_table(request))
    yield small("region", regions.region_table(request.stream("regions"), province, competition))
    yield small("region_boundary", regions.boundary_table(province))
    yield small("company", catalogue.company_table())
    yield small("product", catalogue.product_table(request.stream("products")))
    yield small("market", catalogue.market_table())
    yield small("market_capacity", market.capacity_table(request.stream("capacity"), province, figures))
    yield small("market_sales", market.sales_table(request.stream("sources"), province, figures))
    yield small("region_factor", regions.factor_table(request.stream("factors"), province, competition))
    terminals = make_terminals(request, settlements, competition)
    staff = make_staff(request, province, settlements, terminals)
    dealers = make_dealers(request, province, settlements, terminals, staff)
    yield small("employee", staff.table)
    yield small("dealer", dealers.table)
    yield small("dealer_region", dealers.regions)
    yield small("customer_form", dealer_form_table(request, dealers, staff))
    for name, rows in strategy_tables(request, province, figures, staff):
        yield small(name, rows)
    pieces = -(-len(terminals) // CHUNK)
    first_shops = None
    for rows in shop_pieces(request, province, settlements, terminals, staff, dealers):
        first_shops = first_shops or rows.slice(0, FIRST_SHOPS).select(["terminal_id", "name", "region_id"])
        yield "terminal", rows, _SHARE_OF_TIME["terminal"] / pieces
    shops = make_shop_market(request, settlements, terminals, figures, competition)
    for rows in sales_pieces(request, terminals, shops, figures):
        share = _SHARE_OF_TIME["terminal_sales"] / pieces / len(request.total_months)
        yield "terminal_sales", rows, share
    for name, rows in money.money_tables(request, province, figures, dealers, terminals):
        yield small(name, rows)
    yield small("expense_budget", budget_table(request, province, figures))
    for name, rows in promotion_tables(request, province, terminals, shops):
        yield small(name, rows)
    if first_shops is not None:
        ground = Ground(province, figures, terminals, staff, dealers, first_shops)
        for name, rows in task_tables(ground):
            yield small(name, rows)
    for name, rows, share in activity.activity_tables(request, terminals, staff, dealers):
        yield name, rows, share * _SHARE_OF_TIME["visit"]
    for name, rows in prospects.prospect_tables(request, terminals, staff):
        yield small(name, rows)


def _settings_table(request: SampleRequest) -> pa.Table:
    values = {
        DEMONSTRATION: "yes",
        "sample_terminals": str(request.terminals),
        "sample_seed": str(request.seed),
    }
    return pa.table({"name": list(values), "value": list(values.values())})
