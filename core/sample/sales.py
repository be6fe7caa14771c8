"""What each shop sells of us, of our products, and of rivals, month by month, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from core.sample import arrow
from core.sample.catalogue import COMPANIES, own_products
from core.sample.competition import OTHERS
from core.sample.request import month_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from core.sample.competition import Competition
    from core.sample.geography.settlements import Settlements
    from core.sample.market import MarketFigures
    from core.sample.request import SampleRequest
    from core.sample.terminals import Terminals

CHUNK = 400_000
"""Shops per piece: some hundred megabytes at the widest."""
COVERED = 0.72
"""Share of our sales in a county that passes through the shops in the store; the rest is sold by
shops that are not in it. Where shops are the only record it is 1."""
SURVEYED = {False: 0.68, True: 0.40}
"""Share of shops where a rep estimated rivals' sales, in a small and in a large store."""


@dataclass(frozen=True)
class ShopMarket:
    """The market seen from the shops.

    Parameters
    ----------
    county
        County of each shop, int8.
    per_weight
        Yuan of one unit of shop weight, shape (counties, months, 6): us and five rivals.
    stocked
        Which rivals a shop sells, one bit each; 0 where nobody asked.
    """

    county: NDArray[np.int8]
    per_weight: NDArray[np.float64]
    stocked: NDArray[np.uint8]


def make_shop_market(
    request: SampleRequest,
    settlements: Settlements,
    terminals: Terminals,
    figures: MarketFigures,
    competition: Competition,
) -> ShopMarket:
    """Spread the counties' sales over the shops."""
    random = request.stream("stocked")
    county = settlements.county.astype(np.int8)[terminals.settlement]
    counties = len(competition.profile)
    totals = figures.totals[:, :, :OTHERS].astype(np.float64)
    shops = np.bincount(county, minlength=counties)
    covered = np.full((counties, OTHERS), COVERED) * np.minimum(1.0, shops / 30)[:, None]
    covered[~figures.sales_recorded[:, -1, 0], 0] = 1.0
    own_weight = np.bincount(county, terminals.weight * terminals.handled, minlength=counties)
    weights = [own_weight]
    stocked = np.zeros(len(county), np.uint8)
    chance = np.clip(1.5 * competition.shares[:, 1:OTHERS] ** 0.6, 0.04, 0.95).astype(np.float32)
    chance[competition.of("no_rival_data")] = 0
    for rival in range(OTHERS - 1):
        present = random.random(len(county), np.float32) < chance[county, rival]
        weights.append(np.bincount(county, terminals.weight * present, minlength=counties))
        stocked |= present.astype(np.uint8) << np.uint8(rival)
    stocked[random.random(len(county), np.float32) >= SURVEYED[request.is_large]] = 0
    weight = np.column_stack(weights)[:, None, :]
    share = np.divide(covered[:, None, :], weight, out=np.zeros_like(weight), where=weight > 0)
    return ShopMarket(county, totals * share, stocked)


def sales_pieces(
    request: SampleRequest, terminals: Terminals, shops: ShopMarket, figures: MarketFigures
) -> Iterator[pa.Table]:
    """Yield the rows of terminal_sales, sorted by month and shop."""
    products = None if request.is_large else _Assortment.of(request, terminals, figures, shops)
    for month in request.total_months:
        for start in range(0, len(terminals), CHUNK):
            random = request.stream("sales", month, start)
            part = slice(start, min(start + CHUNK, len(terminals)))
            cents = _amounts(random, terminals, shops, part, month)
            if month not in request.detail_months:
                cents[:, 1:] = 0
                yield _rows(month, start, cents, None, None)
            elif products is None:
                yield _rows(month, start, cents, None, None)
            else:
                yield _rows(month, start, cents, products.split(random, month, cents[:, 0]), products)


def own_totals(
    request: SampleRequest, terminals: Terminals, shops: ShopMarket, months: Sequence[int]
) -> NDArray[np.float64]:
    """Return what the first piece of shops sells of us as written in terminal_sales, shape (months, shops).

    Yuan; 0 where nothing is sold or the month isn't written.
    """
    part = slice(0, min(CHUNK, len(terminals)))
    return np.array(
        [
            _amounts(request.stream("sales", month, 0), terminals, shops, part, month)[:, 0] / 100
            if month in request.total_months
            else np.zeros(part.stop)
            for month in months
        ]
    )


def _amounts(
    random: np.random.Generator, terminals: Terminals, shops: ShopMarket, part: slice, month: int
) -> NDArray[np.int64]:
    """Return cents per shop and company (us first), 0 where nothing is sold or known."""
    weight = terminals.weight[part]
    county = shops.county[part]
    open_ = (terminals.opened[part] <= month) & (month < terminals.closed[part])
    noise = random.standard_normal((len(weight), OTHERS), np.float32)
    amounts = np.exp(noise * np.float32(0.28) - np.float32(0.0392))
    amounts *= (shops.per_weight[:, month, :] * 100).astype(np.float32)[county] * weight[:, None]
    sells = np.empty(amounts.shape, bool)
    sells[:, 0] = terminals.handled[part] & (random.random(len(weight), np.float32) < 0.985)
    sells[:, 1:] = (shops.stocked[part][:, None] >> np.arange(OTHERS - 1, dtype=np.uint8)) & 1
    cents = np.where(sells & open_[:, None], amounts, 0).astype(np.int64)
    returned = (random.random(len(weight), np.float32) < 0.0004) & (cents[:, 0] > 0)
    cents[returned, 0] = -(cents[returned, 0] // 8)
    return np.asarray(cents)


def assortment(request: SampleRequest, terminals: Terminals) -> NDArray[np.bool_]:
    """Return which of our products each shop sells, shape (shops, products); for small stores only."""
    random = request.stream("assortment")
    own = own_products()
    appetite = 0.22 + 0.16 * np.log1p(terminals.weight)[:, None]
    chosen = random.random((len(terminals), len(own.ids))) < appetite * (0.5 + own.popularity)
    chosen[np.arange(len(terminals)), random.integers(0, len(own.ids), len(terminals))] = True
    return np.asarray(chosen)


@dataclass(frozen=True)
class _Assortment:
    """Which of our products each shop sells."""

    chosen: NDArray[np.bool_]
    mix: NDArray[np.float64]
    category: NDArray[np.int64]
    popularity: NDArray[np.float64]
    price: NDArray[np.float64]
    county: NDArray[np.int8]

    @classmethod
    def of(
        cls, request: SampleRequest, terminals: Terminals, figures: MarketFigures, shops: ShopMarket
    ) -> _Assortment:
        """Big shops stock many products, small ones the best sellers."""
        own = own_products()
        chosen = assortment(request, terminals)
        mix = figures.sales[..., 0].astype(np.float64)
        return cls(chosen, mix, own.category, own.popularity, own.price, shops.county)

    def split(self, random: np.random.Generator, month: int, cents: NDArray[np.int64]) -> NDArray[np.int64]:
        """Divide each shop's total among its products; the parts sum to the total."""
        pull = self.chosen * (self.popularity * self.mix[:, month, :][:, self.category])[self.county]
        pull *= np.exp(random.standard_normal(pull.shape) * 0.3)
        total = pull.sum(axis=1, keepdims=True)
        parts = cents[:, None] * np.divide(pull, total, out=np.zeros_like(pull), where=total > 0)
        whole = np.trunc(parts).astype(np.int64)
        whole[np.arange(len(whole)), pull.argmax(axis=1)] += cents - whole.sum(axis=1)
        return np.asarray(whole)


def _rows(
    month: int,
    start: int,
    cents: NDArray[np.int64],
    parts: NDArray[np.int64] | None,
    products: _Assortment | None,
) -> pa.Table:
    """Turn a matrix with a row per shop into one row per amount, shop by shop."""
    count = cents.shape[1]
    company = np.arange(count)
    if parts is not None and products is not None:
        cents = np.hstack([cents[:, :1], parts, cents[:, 1:]])
        company = np.concatenate([[0], np.zeros(parts.shape[1], np.int64), np.arange(1, count)])
    product = np.full(len(company), -1)
    price = np.full(len(company), np.nan)
    if products is not None:
        product[1 : len(products.price) + 1] = np.arange(len(products.price))
        price[1 : len(products.price) + 1] = products.price
    shop, column = np.nonzero(cents)
    amount = cents[shop, column]
    quantity = np.round(amount / 100 / price[column], 1)
    return pa.table(
        {
            "month": arrow.days(np.full(len(shop), month_days()[month])),
            "terminal_id": arrow.ids("T", shop + (start + 1), 8),
            "company_id": arrow.coded(company[column], [c[0] for c in COMPANIES]),
            "product_id": arrow.coded(product[column], own_products().ids),
            "amount": arrow.money(amount),
            "quantity": arrow.numbers(quantity),
        }
    )
