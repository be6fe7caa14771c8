"""Dealers' sales, stock and the expenses of regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from core.sample import arrow
from core.sample.catalogue import own_products
from core.sample.request import MONTHS, month_days
from core.sample.sales import assortment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from core.sample.geography.province import Province
    from core.sample.market import MarketFigures
    from core.sample.request import SampleRequest
    from core.sample.staff import Dealers
    from core.sample.terminals import Terminals

PRODUCT_MONTHS = 24
COUNTS = 3
"""Stock is counted at the end of the last three months."""
EXPENSE_KINDS = ("advertising", "promotion", "people")
_STOCK_SAMPLE = 2_000
CASES_PER_SHOP = 7.0
"""How many times the cases drawn a shop of median size has in stock."""


def money_tables(
    request: SampleRequest,
    province: Province,
    figures: MarketFigures,
    dealers: Dealers,
    terminals: Terminals,
) -> Iterator[tuple[str, pa.Table]]:
    """Yield the tables of dealers' sales, stock and expenses."""
    random = request.stream("money")
    sold = _sell_out(random, figures, dealers)
    delivered = sold * random.lognormal(0.01, 0.10, sold.shape)
    yield "dealer_sales", _dealer_sales(sold, delivered)
    yield "inventory", _inventory(random, sold, terminals, request)
    yield "expense", _expenses(random, province, figures)


def _sell_out(random: np.random.Generator, figures: MarketFigures, dealers: Dealers) -> NDArray[np.float64]:
    """Return yuan per dealer, month and product."""
    own = own_products()
    counties = figures.sales[..., 0][dealers.county][:, :, own.category].astype(np.float64)
    cells = counties * own.popularity * dealers.share[:, None, None] * 0.96
    return np.asarray(cells * random.lognormal(0.0, 0.06, cells.shape))


def _dealer_sales(sold: NDArray[np.float64], delivered: NDArray[np.float64]) -> pa.Table:
    """Totals of all months, products of the last two years, as far as there are sales."""
    own = own_products()
    sold, delivered, cases = (
        np.concatenate([cells.sum(axis=2, keepdims=True), cells], axis=2)
        for cells in (np.round(sold * 100), np.round(delivered * 100), np.round(sold / own.price))
    )
    wanted = sold != 0
    wanted[:, : MONTHS - PRODUCT_MONTHS, 1:] = False
    month, dealer, product = np.nonzero(wanted.transpose(1, 0, 2))
    return pa.table(
        {
            "month": arrow.days(month_days()[month]),
            "dealer_id": arrow.ids("D", dealer + 1, 5),
            "product_id": arrow.coded(product - 1, own.ids),
            "sell_in_amount": arrow.money(delivered[dealer, month, product].astype(np.int64)),
            "sell_out_amount": arrow.money(sold[dealer, month, product].astype(np.int64)),
            "quantity": cases[dealer, month, product],
        }
    )


def _inventory(
    random: np.random.Generator, sold: NDArray[np.float64], terminals: Terminals, request: SampleRequest
) -> pa.Table:
    """Stock of dealers, and of a sample of shops: mostly some weeks, sometimes nothing or far too much."""
    own = own_products()
    ends = np.append(month_days()[-COUNTS + 1 :], np.int32(month_days()[-1] + 31)) - 1
    days = random.lognormal(np.log(21), 0.45, (len(sold), COUNTS, len(own.ids)))
    days[random.random(days.shape) < 0.03] = 0
    days[random.random(days.shape) < 0.02] = 120
    cases = np.round(sold[:, -COUNTS:, :] / 30 * days / own.price)
    dealer, count, product = np.nonzero((sold[:, -COUNTS:, :] > 0) & (cases >= 0))
    shops = np.flatnonzero(terminals.handled & (terminals.grade >= 0) & (terminals.grade <= 1))
    shops = np.sort(random.permutation(shops)[:_STOCK_SAMPLE])
    shop_products = random.integers(0, len(own.ids), len(shops))
    if not request.is_large:
        shop_products = _mostly_sold(shop_products, assortment(request, terminals)[shops])
    # A large shop keeps more; on the whole it lasts two weeks.
    size = (
        terminals.weight[shops] / max(float(np.median(terminals.weight[shops])), 1e-9) if len(shops) else 1.0
    )
    shop_cases = np.round(random.lognormal(1.6, 0.8, len(shops)) * size * CASES_PER_SHOP)
    quantity = np.concatenate([cases[dealer, count, product], shop_cases])
    products = np.concatenate([product, shop_products])
    return pa.table(
        {
            "as_of": arrow.days(np.concatenate([ends[count], np.full(len(shops), ends[-1])])),
            "customer_type": arrow.coded(
                np.repeat([0, 1], [len(dealer), len(shops)]), ("dealer", "terminal")
            ),
            "customer_id": pa.concat_arrays([arrow.ids("D", dealer + 1, 5), arrow.ids("T", shops + 1, 8)]),
            "product_id": arrow.coded(products, own.ids),
            "quantity": quantity,
            "amount": arrow.money(np.round(quantity * own.price[products] * 100).astype(np.int64)),
        }
    )


def _mostly_sold(drawn: NDArray[np.int64], chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Exchange each product for one that its shop sells; one shop in ten keeps what it doesn't sell."""
    place = drawn % chosen.sum(axis=1)
    sold = np.argmax(np.cumsum(chosen, axis=1) > place[:, None], axis=1)
    return np.where(np.arange(len(drawn)) % 10 == 0, drawn, sold)


def _expenses(random: np.random.Generator, province: Province, figures: MarketFigures) -> pa.Table:
    """Between a twentieth and a sixth of our sales, and a little where we only prepare."""
    own = figures.totals[:, :, 0].astype(np.float64)
    floor = 0.004 * figures.totals.sum(axis=2)
    rate = random.lognormal(np.log([0.035, 0.045, 0.03]), 0.25, (len(own), 3))
    yuan = np.maximum(own, floor)[:, :, None] * rate[:, None, :]
    yuan *= random.lognormal(0.0, 0.12, yuan.shape)
    month, county, kind = np.nonzero(yuan.transpose(1, 0, 2) > 0)
    return pa.table(
        {
            "month": arrow.days(month_days()[month]),
            "region_id": arrow.coded(county, province.county_ids),
            "kind": arrow.coded(kind, EXPENSE_KINDS),
            "amount": arrow.money(np.round(yuan[county, month, kind]).astype(np.int64) * 100),
        }
    )
