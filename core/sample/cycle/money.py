"""Budgets of two years and some promotions."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from core.sample import arrow
from core.sample.catalogue import own_products
from core.sample.money import EXPENSE_KINDS
from core.sample.request import LAST_MONTH, MONTHS
from core.sample.sales import CHUNK, own_totals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from core.sample.geography.province import Province
    from core.sample.market import MarketFigures
    from core.sample.request import SampleRequest
    from core.sample.sales import ShopMarket
    from core.sample.terminals import Terminals

PLANNED_RATES = (0.036, 0.044, 0.031)
"""What advertising, promotion and people may cost, of sales: close to what they do cost."""
PLANNED_GROWTH = 1.06
_FIRST_BUDGET = MONTHS - 22
"""Index of January of the year before the last."""
_PROMOTIONS = (
    # Name, first and last month (counted back from the last), shops, how much those that grew were
    # preferred, yuan a shop and month.
    ("店头堆头陈列", 7, 6, 130, 0.0, 900),
    ("第二件半价", 4, 3, 170, 1.4, 190),
    ("夏季买赠", 3, 2, 110, 3.4, 240),
    ("新品试饮", 1, 0, 60, 1.5, 420),
    ("会员日", 2, 2, 6, 0.0, 150),
)
_COUNTY_PROMOTION = ("全县户外广告月", 5, 4, 46_000)


def budget_table(request: SampleRequest, province: Province, figures: MarketFigures) -> pa.Table:
    """Return what each county may spend: last year's sales at a planned growth and at planned rates."""
    random = request.stream("expense_budget")
    own = figures.totals[:, :, 0].astype(np.float64)
    floor = 0.004 * figures.totals.sum(axis=2)
    base = np.maximum(own, floor)[:, _FIRST_BUDGET - 12 : MONTHS - 10] * PLANNED_GROWTH
    generosity = random.lognormal(0.0, 0.16, (len(own), 1, len(PLANNED_RATES)))
    yuan = base[:, :, None] * np.array(PLANNED_RATES) * generosity
    month, county, kind = np.nonzero(yuan.transpose(1, 0, 2) > 0)
    return pa.table(
        {
            "month": arrow.days(_days(base.shape[1])[month]),
            "region_id": arrow.coded(county, province.county_ids),
            "kind": arrow.coded(kind, EXPENSE_KINDS),
            "amount": arrow.money(np.round(yuan[county, month, kind], -2).astype(np.int64) * 100),
        }
    )


def promotion_tables(
    request: SampleRequest, province: Province, terminals: Terminals, shops: ShopMarket
) -> Iterator[tuple[str, pa.Table]]:
    """Yield promotions and their shops: some brought something, some nothing, one is too small to tell."""
    rows = list(_shop_promotions(request, terminals, shops))
    name, first, last, cost = _COUNTY_PROMOTION
    largest = int(np.argmax(np.bincount(shops.county, minlength=len(province.county_ids))))
    nowhere = np.empty(0, np.int64)
    rows.append((name, province.county_ids[largest], None, *_span(first, last), cost, nowhere))
    ids = [f"P{number:03d}" for number in range(1, len(rows) + 1)]
    names, regions, products, starts, ends, costs, chosen = zip(*rows, strict=True)
    promotions = {
        "promotion_id": pa.array(ids, pa.string()),
        "name": pa.array(names, pa.string()),
        "region_id": pa.array(regions, pa.string()),
        "product_id": pa.array(products, pa.string()),
        "start_on": pa.array(starts, pa.date32()),
        "end_on": pa.array(ends, pa.date32()),
        "cost": arrow.money(np.array(costs, np.int64) * 100),
    }
    yield "promotion", pa.table(promotions)
    place = np.repeat(np.arange(len(rows)), [len(picked) for picked in chosen])
    shop_ids = arrow.ids("T", np.concatenate(chosen) + 1, 8)
    yield "promotion_shop", pa.table({"promotion_id": arrow.coded(place, ids), "terminal_id": shop_ids})


_Row = tuple[str, str | None, str | None, dt.date, dt.date, int, "NDArray[np.int64]"]


def _shop_promotions(request: SampleRequest, terminals: Terminals, shops: ShopMarket) -> Iterator[_Row]:
    """Yield name, region, product, first and last day, cost and shops of promotions in some shops.

    A large store has few months of each shop, a tiny one few shops: there is nothing to choose from.
    """
    random = request.stream("promotion")
    taken = np.zeros(min(len(terminals), CHUNK), bool)
    for name, first, last, wanted, preference, cost in _PROMOTIONS:
        growth = _growth(request, terminals, shops, MONTHS - 1 - first, MONTHS - 1 - last)
        free = np.flatnonzero(~np.isnan(growth) & ~taken)
        count = min(wanted, len(free) // 4)
        if not count:
            continue
        pull = np.exp(preference * np.clip(growth[free], -1.5, 1.5))
        picked = np.sort(random.choice(free, count, replace=False, p=pull / pull.sum()))
        taken[picked] = True
        product = own_products().ids[0] if name == "新品试饮" else None
        yield name, None, product, *_span(first, last), count * cost * (first - last + 1), picked


def _growth(
    request: SampleRequest, terminals: Terminals, shops: ShopMarket, first: int, last: int
) -> NDArray[np.float64]:
    """Return the log of each shop's sales in some months by those of the three months before; NaN unknown."""
    before = own_totals(request, terminals, shops, range(first - 3, first)).mean(axis=0)
    during = own_totals(request, terminals, shops, range(first, last + 1)).mean(axis=0)
    known = (before > 0) & (during > 0)
    return np.log(np.where(known, during, np.nan) / np.where(known, before, np.nan))


def _span(first: int, last: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of months counted back from the last one with sales."""
    place = LAST_MONTH.year * 12 + LAST_MONTH.month - 1
    start, after = place - first, place - last + 1
    end = dt.date(after // 12, after % 12 + 1, 1) - dt.timedelta(days=1)
    return dt.date(start // 12, start % 12 + 1, 1), end


def _days(count: int) -> NDArray[np.int32]:
    """Return the budgeted months as days since 1970; the year goes on after the last month with sales."""
    epoch = dt.date(1970, 1, 1)
    first = LAST_MONTH.year * 12 + LAST_MONTH.month - MONTHS + _FIRST_BUDGET
    months = range(first, first + count)
    return np.array([(dt.date(month // 12, month % 12 + 1, 1) - epoch).days for month in months], np.int32)
