"""What the store knows about markets: regions, companies, figures, and what can be chosen.

Every function takes the scope of the user and returns a table of plain types: text, float (NaN = nothing
recorded), date, bool.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.store.caching import region_rollup as derived
from core.store.caching.memo import memoize, recall
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.periods import Period
    from core.store.database import Store


def regions(
    store: Store, *, level: str, within: str | None = None, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return the regions of a level, and the tops of what is looked at.

    Parameters
    ----------
    within
        Only this region and what lies in it; None for everything the user may see.

    Returns
    -------
    pandas.DataFrame
        region_id, parent_id, level, name, name_en, population, area_km2, gdp, urban_class,
        development_status, is_listed (it is of that level), is_top (nothing above it is looked at).
    """

    def ask() -> pd.DataFrame:
        table = store.read("market/regions", scope=scope, level=level, within=within).to_pandas()
        return table.astype(dict.fromkeys(("population", "area_km2", "gdp"), "float64"))

    return memoize(store, ("market/regions", level, within, scope), ask)


def companies(store: Store) -> pd.DataFrame:
    """Return all companies: company_id, name, name_en, is_self, is_aggregate."""
    return memoize(store, "market/companies", lambda: store.read("market/companies").to_pandas())


def figures(
    store: Store, period: Period, *, market_key: str, region_ids: list[str], scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return sales and capacity of regions by company, resolved by the rule which figure counts.

    Parameters
    ----------
    period
        The months; they are compared with the same months a year earlier.
    market_key
        See :func:`market_key`.

    Returns
    -------
    pandas.DataFrame
        region_id, company_id, amount, amount_previous, sales_difference (recorded figures less what lies
        below them), capacity, capacity_previous; yuan. A row without a company is recorded capacity;
        capacity on the other rows is the sum of their sales where none is recorded. Rows without a region
        are the terminals that lie in none. Both ids are dictionary-encoded.
    """
    derived.ensure(store)
    return recall(
        store, "market/figures", scope=scope, **period.parameters, market=market_key, regions=region_ids
    ).to_pandas(categories=["region_id", "company_id"])


def own_rows(
    store: Store,
    months: tuple[dt.date, dt.date],
    *,
    company: str,
    region_ids: list[str],
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return a company's figures in and above regions by market and month, of all markets.

    Parameters
    ----------
    months
        First days of the first and the last month.

    Returns
    -------
    pandas.DataFrame
        Columns of :class:`core.market.absence.OwnBooks`.
    """
    derived.ensure(store)
    return recall(
        store,
        "market/own_rows",
        scope=scope,
        start=months[0],
        end=months[1],
        company=company,
        regions=region_ids,
    ).to_pandas()


def sources(
    store: Store,
    period: Period,
    *,
    market_key: str,
    company: str,
    region_ids: list[str],
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return where the figures of some regions together come from.

    Returns
    -------
    pandas.DataFrame
        kind (capacity, own, rivals), source (missing = not written), confidence, amount (yuan), last_month,
        rows (months of regions and companies).
    """
    derived.ensure(store)
    return recall(
        store,
        "market/sources",
        scope=scope,
        start=period.start,
        end=period.end,
        market=market_key,
        company=company,
        regions=region_ids,
    ).to_pandas()


def months(
    store: Store, period: Period, *, market_key: str, region_ids: list[str], scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return how many months of the period (months) and a year earlier (months_previous) have figures."""
    derived.ensure(store)
    return recall(
        store, "market/months", scope=scope, **period.parameters, market=market_key, regions=region_ids
    ).to_pandas()


def trend(
    store: Store,
    period: Period,
    *,
    market_key: str,
    region_ids: list[str],
    unplaced: bool = False,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return some regions together by month and company.

    Parameters
    ----------
    region_ids
        Regions of which none lies in another.
    unplaced
        Whether to add the terminals that lie in no region.

    Returns
    -------
    pandas.DataFrame
        month, company_id (missing: recorded capacity), is_placed (False: lies in no region), amount,
        capacity, yuan.
    """
    derived.ensure(store)
    return recall(
        store,
        "market/trend",
        scope=scope,
        start=period.start,
        end=period.end,
        market=market_key,
        regions=region_ids,
        unplaced=unplaced,
    ).to_pandas()


def levels(store: Store, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return level, number of regions and mean depth in the tree, from the top down."""
    return recall(store, "market/levels", scope=scope).to_pandas()


def contents(store: Store, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return market_key, company_id, first_month, last_month and amount of everything recorded."""
    derived.ensure(store)
    return recall(store, "market/contents", scope=scope).to_pandas()


def markets(store: Store) -> pd.DataFrame:
    """Return market_id, name, definition and category of all markets."""
    return recall(store, "market/markets").to_pandas()


def region_names(store: Store, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return region_id and name of all regions."""
    return recall(store, "market/region_names", scope=scope).to_pandas()


def boundaries(
    store: Store, *, level: str, within: str | None = None, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return the polygons that make up the regions of a level.

    Returns
    -------
    pandas.DataFrame
        region_id, distance (levels between the region and the polygon's), geometry_wkb, origin; a region
        without any polygon has one row without one.
    """
    return store.read("market/boundaries", scope=scope, level=level, within=within).to_pandas()


def points(store: Store, region_ids: list[str], *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return up to 2,000 shops of each region: region_id, lat, lon (WGS-84 degrees)."""
    return store.read("market/points", scope=scope, regions=region_ids).to_pandas()


def first_day(value: object) -> dt.date:
    """Return a month of a result as a date."""
    return dt.date.fromisoformat(str(value)[:10])
