"""What the store knows that a target plan is made from: sales, who serves whom, factors, dealers' years."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from core.store.caching import region_rollup as derived
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.periods import Period
    from core.store.database import Store

EMPLOYEE, DEALER = "employee", "dealer"


def sales(
    store: Store,
    period: Period,
    *,
    company: str,
    markets: Sequence[str],
    region_ids: Sequence[str],
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return one company's sales of regions by market and month.

    Parameters
    ----------
    markets
        Keys of the markets, see :func:`core.reports.market.choices.market_key`.
    region_ids
        The regions.

    Returns
    -------
    pandas.DataFrame
        market_key, region_id, month (first day), amount (yuan); nothing where nothing is recorded.
    """
    derived.ensure(store)
    table = store.read(
        "targets/sales",
        scope=scope,
        company=company,
        markets=list(markets),
        regions=list(region_ids),
        start=period.start,
        end=period.end,
    )
    return _with_months(table.to_pandas())


def owner_sales(
    store: Store,
    period: Period,
    *,
    company: str,
    owner: str,
    by_category: bool,
    region_ids: Sequence[str],
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return what the shops of each rep or dealer sold: region_id, category, owner_id, amount in yuan."""
    return store.read(
        "targets/owner_sales",
        scope=scope,
        company=company,
        owner=owner,
        by_category=by_category,
        regions=list(region_ids),
        start=period.start,
        end=period.end,
    ).to_pandas()


def product_sales(
    store: Store,
    period: Period,
    *,
    company: str,
    owner: str,
    region_ids: Sequence[str],
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return what shops sold of products: category, product_id, region_id, owner_id, amount in yuan."""
    return store.read(
        "targets/product_sales",
        scope=scope,
        company=company,
        owner=owner,
        regions=list(region_ids),
        start=period.start,
        end=period.end,
    ).to_pandas()


def product_names(store: Store) -> dict[str, str]:
    """Return the names of all products by their id."""
    table = store.read("targets/product_names").to_pandas()
    return dict(zip(table["product_id"], table["name"], strict=True))


def assignments(
    store: Store, *, owner: str, region_ids: Sequence[str], scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return who serves how many shops where: region_id, owner_id, shops."""
    return store.read("targets/assignments", scope=scope, owner=owner, regions=list(region_ids)).to_pandas()


def rep_visits(
    store: Store, start: dt.date, end_day: dt.date, *, region_ids: Sequence[str], scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return the visits of reps to the shops of some regions by month; ``end_day`` is not in the period.

    Returns
    -------
    pandas.DataFrame
        employee_id, month, visits (missing where none was made), stops and weeks of the latest saved visit
        plan (missing where there is none).
    """
    table = store.read(
        "targets/rep_visits", scope=scope, regions=list(region_ids), start=start, end_day=end_day
    )
    return _with_months(table.to_pandas())


def region_paths(
    store: Store, *, level: str, within: str | None = None, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return every region of a level with all above it: region_id, ancestor_id, distance, name, name_en."""
    return store.read("targets/region_paths", scope=scope, level=level, within=within).to_pandas()


def owner_names(store: Store, owner: str) -> dict[str, str]:
    """Return the names of all reps (``employee``) or dealers by their id."""
    table = store.read("targets/owner_names").to_pandas()
    chosen = table[table["owner"] == owner]
    return dict(zip(chosen["owner_id"], chosen["name"], strict=True))


def dealer_months(
    store: Store, period: Period, *, region_ids: Sequence[str], scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return what dealers took in: dealer_id, name, tier, region_id, month, amount in yuan.

    A dealer without sales in the period has one row without a month.
    """
    table = store.read(
        "targets/dealer_months", scope=scope, regions=list(region_ids), start=period.start, end=period.end
    )
    return _with_months(table.to_pandas())


def factor(store: Store, name: str, until: dt.date, *, scope: Scope = EVERYTHING) -> pd.Series:
    """Return the latest value of a region factor up to a month, by region_id."""
    table = store.read("targets/factors", scope=scope, factor=name, until=until).to_pandas()
    return table.set_index("region_id")["value"]


def _with_months(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(month=pd.to_datetime(table["month"]).astype("datetime64[us]"))
