"""What is sold where: capacity and sales of every county, month, category and company."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from core.sample import arrow
from core.sample.catalogue import CATEGORIES, COMPANIES
from core.sample.competition import OTHERS, Competition
from core.sample.request import MONTHS, SampleRequest, month_days, months
from core.sample.spring_festival import festival_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sample.geography.province import Province

YUAN_PER_HEAD = 90.0
"""Yearly purchases of all six categories by one person of average income."""
RESTING = 0.12
"""Sales lost in the weeks after the Spring Festival, as a share of an average month."""
CATEGORY_MONTHS = 24
"""Figures per category exist for the last two years."""
_SOURCES = ("documents", "visit", "survey")
_CONFIDENCE = ("A", "B", "C")


@dataclass(frozen=True)
class MarketFigures:
    """Sales and capacity as they are, and what of them somebody recorded.

    Parameters
    ----------
    sales
        Whole yuan, shape (counties, months, categories, companies).
    capacity
        Whole yuan per category, shape (counties, months, categories).
    sales_recorded
        Shape (counties, months, companies).
    capacity_recorded
        Shape (counties, months).
    """

    sales: NDArray[np.int64]
    capacity: NDArray[np.int64]
    sales_recorded: NDArray[np.bool_]
    capacity_recorded: NDArray[np.bool_]

    @property
    def totals(self) -> NDArray[np.int64]:
        """Sales of all categories, shape (counties, months, companies)."""
        return np.asarray(self.sales.sum(axis=2))


def season() -> NDArray[np.float64]:
    """Return the factor of each month and category on an average month, shape (months, categories)."""
    factors = np.empty((MONTHS, len(CATEGORIES)))
    for row, month in zip(factors, months(), strict=True):
        stocking, resting = festival_shares(month)
        wave = np.cos(2 * np.pi * (month.month - 7) / 12)
        row[:] = [1 + c.season * wave + c.festival * stocking - RESTING * resting for c in CATEGORIES]
    return factors


def make_market(request: SampleRequest, province: Province, competition: Competition) -> MarketFigures:
    """Return the figures of every county's market."""
    random = request.stream("market")
    counties = len(province.city)
    income = province.gdp / province.population / 60_000
    base = province.population * YUAN_PER_HEAD / 12 * income**0.5 * request.market_scale
    years = (np.arange(MONTHS) - (MONTHS - 6.5)) / 12
    level = base[:, None] * np.exp(np.log1p(competition.growth)[:, None] * years)
    level *= random.lognormal(0.0, 0.025, level.shape)
    mix = np.array([c.mix for c in CATEGORIES]) * random.lognormal(0.0, 0.15, (counties, len(CATEGORIES)))
    rows = level[:, :, None] * season() * (mix / mix.sum(axis=1, keepdims=True))[:, None, :]
    rows *= random.lognormal(0.0, 0.03, rows.shape)
    sales = np.round(_divide(random, rows, competition, years)).astype(np.int64)
    tied = competition.of("two_strong_tied")
    leader = competition.shares[tied, 1:OTHERS].argmax(axis=1) + 1
    sales[tied, MONTHS - 12 :, :, leader] = sales[tied, MONTHS - 12 :, :, 0]
    known = random.uniform(0.93, 0.985, (counties, 1, 1))
    special = competition.of("two_strong_tied", "no_rival_data", "no_own_sales")
    usual = random.permutation(np.setdiff1d(np.arange(counties), special))
    known[usual[0]] = 1.07  # the recorded capacity is too low there: an error to find
    capacity = (np.round(sales.sum(axis=3) / known / 1000) * 1000).astype(np.int64)
    return MarketFigures(
        sales,
        capacity,
        _sales_recorded(random, request, competition, usual),
        _capacity_recorded(random, counties, usual[1:]),
    )


def _divide(
    random: np.random.Generator,
    rows: NDArray[np.float64],
    competition: Competition,
    years: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Share each category among the companies so that a company's categories sum to its share."""
    past = np.minimum(years + 0.5, 0.0)[None, :, None]
    share = competition.shares[:, None, :] * np.exp(competition.drift[:, None, :] * past)
    share = share * random.lognormal(0.0, 0.025, share.shape)
    share /= share.sum(axis=2, keepdims=True)
    columns = share * rows.sum(axis=2, keepdims=True)
    strength = np.array([c.strength for c in CATEGORIES])
    cells = rows[..., None] * share[:, :, None, :] * strength
    for _round in range(4):
        cells *= (rows / cells.sum(axis=3))[..., None]
        cells *= (columns / np.maximum(cells.sum(axis=2), 1e-9))[:, :, None, :]
    return np.asarray(cells)


def _sales_recorded(
    random: np.random.Generator,
    request: SampleRequest,
    competition: Competition,
    usual: NDArray[np.int64],
) -> NDArray[np.bool_]:
    recorded = np.ones((len(competition.profile), MONTHS, len(COMPANIES)), bool)
    recorded[competition.of("no_rival_data"), :, 1:] = False
    recorded[competition.of("no_own_sales")[0], :, 0] = False  # nobody wrote down that we sell nothing
    if not request.is_large:  # our own sales are known from the shops alone
        recorded[usual[10:22], :, 0] = False
    for county in usual[22:27]:  # nobody asked for a while
        rival = int(np.argsort(competition.shares[county, 1:OTHERS])[random.integers(2)]) + 1
        first = int(random.integers(MONTHS - 14, MONTHS - 5))
        recorded[county, first : first + int(random.integers(2, 5)), rival] = False
    return recorded


def _capacity_recorded(
    random: np.random.Generator, counties: int, usual: NDArray[np.int64]
) -> NDArray[np.bool_]:
    recorded = np.ones((counties, MONTHS), bool)
    recorded[usual[:5]] = False
    for county in usual[5:8]:
        recorded[county, random.choice(MONTHS, 5, replace=False)] = False
    return recorded


def capacity_table(random: np.random.Generator, province: Province, figures: MarketFigures) -> pa.Table:
    """Return the recorded capacities: of everything, and per category for the last two years."""
    counties = len(province.city)
    whole = figures.capacity.sum(axis=2)
    month, county = np.nonzero(figures.capacity_recorded.T)
    late = np.broadcast_to(np.arange(MONTHS) >= MONTHS - CATEGORY_MONTHS, (counties, MONTHS))
    each = np.broadcast_to((figures.capacity_recorded & late).T, (len(CATEGORIES), MONTHS, counties))
    category, month_each, county_each = np.nonzero(each)
    amounts = [whole[county, month], figures.capacity[county_each, month_each, category]]
    market = np.concatenate([np.zeros(len(county), np.int64), category + 1])
    return _table(
        random,
        province,
        market,
        np.concatenate([month, month_each]),
        np.concatenate([county, county_each]),
        np.concatenate(amounts),
    )


def sales_table(random: np.random.Generator, province: Province, figures: MarketFigures) -> pa.Table:
    """Return the recorded sales of companies: of everything, and per category for two years."""
    recorded = figures.sales_recorded.transpose(1, 0, 2)
    totals = figures.totals
    month, county, company = np.nonzero(recorded)
    late = recorded & (np.arange(MONTHS) >= MONTHS - CATEGORY_MONTHS)[:, None, None]
    category, month_each, county_each, company_each = np.nonzero(
        np.broadcast_to(late, (len(CATEGORIES), *late.shape))
    )
    amounts = [totals[county, month, company], figures.sales[county_each, month_each, category, company_each]]
    table = _table(
        random,
        province,
        np.concatenate([np.zeros(len(county), np.int64), category + 1]),
        np.concatenate([month, month_each]),
        np.concatenate([county, county_each]),
        np.concatenate(amounts),
    )
    companies = np.concatenate([company, company_each])
    return table.add_column(3, "company_id", arrow.coded(companies, [c[0] for c in COMPANIES]))


def _table(
    random: np.random.Generator,
    province: Province,
    market: NDArray[np.int64],
    month: NDArray[np.int64],
    county: NDArray[np.int64],
    yuan: NDArray[np.int64],
) -> pa.Table:
    source = random.integers(0, 3, len(province.city))[county]
    doubt = np.clip(source + random.integers(-1, 2, len(county)), 0, 2)
    return pa.table(
        {
            "market_id": arrow.coded(market, ["all", *(c.key for c in CATEGORIES)]),
            "region_id": arrow.coded(county, province.county_ids),
            "month": arrow.days(month_days()[month]),
            "amount": arrow.money(yuan * 100),
            "source_type": arrow.coded(source, _SOURCES),
            "confidence": arrow.coded(doubt, _CONFIDENCE),
        }
    )
