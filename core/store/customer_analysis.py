"""What ABC, grading and profitability read: customers, what they buy and their shops sell, the visits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.periods import Period, shift
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

_TOPIC = "customers_analysis"
_AMOUNTS = (
    "demand",
    "demand_previous",
    "own",
    "own_previous",
    "best_rival",
    "best_rival_previous",
    "margin_amount",
    "margin",
    "margin_previous",
    "months_active",
)


def customers(store: Store, kind: str, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the customers of a kind.

    Parameters
    ----------
    store
        The open store.
    kind
        ``dealer`` or ``terminal``.
    scope
        What the user may see.

    Returns
    -------
    pandas.DataFrame
        customer_id, name, segment (tier or type of outlet), region_id, region, region_en, owner; dealers also
        payment_days, attitude, capability; terminals also closed.
    """
    return store.read(f"{_TOPIC}/{kind}s", scope=scope).to_pandas()


def dealer_products(
    store: Store, period: Period, category: str | None = None, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return what dealers bought: customer_id, product_id, amount, amount_previous (yuan), margin_rate.

    What a dealer's products don't explain of its stated total has no product_id; NaN where a period has
    nothing recorded.
    """
    table = store.read(f"{_TOPIC}/dealer_products", scope=scope, category=category, **_months(period))
    return table.to_pandas().astype(dict.fromkeys(("amount", "amount_previous", "margin_rate"), "float64"))


def dealer_months(store: Store, period: Period, category: str | None = None) -> pd.DataFrame:
    """Return customer_id and months_active, the months in which a dealer bought something."""
    table = store.read(f"{_TOPIC}/dealer_months", start=period.start, end=period.end, category=category)
    return table.to_pandas()


def accounts(
    store: Store,
    period: Period,
    kind: str,
    own: str,
    category: str | None = None,
    *,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return what the shops of each customer sell.

    Parameters
    ----------
    store
        The open store.
    period
        The months; ``_previous`` are the same months a year earlier.
    kind
        ``terminal``, or ``dealer`` for the shops each dealer supplies together.
    own
        Our company.
    category
        Only its products; None for all.
    scope
        What the user may see.

    Returns
    -------
    pandas.DataFrame
        customer_id, demand (all companies), own, best_rival, each with ``_previous``; margin_amount (our
        sales whose margin is known), margin, margin_previous; months_active. Yuan; NaN where nothing is
        recorded.
    """
    table = store.read(
        f"{_TOPIC}/accounts", scope=scope, kind=kind, own=own, category=category, **_months(period)
    )
    return table.to_pandas().astype(dict.fromkeys(_AMOUNTS, "float64"))


def visits(store: Store, period: Period, kind: str, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return customer_id, visits and minutes in the period; customers without a visit have no row."""
    table = store.read(
        f"{_TOPIC}/visits",
        scope=scope,
        kind=kind,
        first_day=dt.datetime.combine(period.start, dt.time()),
        end_day=dt.datetime.combine(shift(period.end, 1), dt.time()),
    )
    return table.to_pandas()


def products(store: Store, own: str, category: str | None = None) -> pd.DataFrame:
    """Return our products: product_id, name, category, price_tier, feature_tier, margin_rate."""
    table = store.read(f"{_TOPIC}/products", own=own, category=category)
    return table.to_pandas().astype({"margin_rate": "float64"})


def shop_products(
    store: Store, period: Period, own: str, category: str | None = None, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return our sales in the shops: product_id, amount, amount_previous (yuan)."""
    table = store.read(f"{_TOPIC}/shop_products", scope=scope, own=own, category=category, **_months(period))
    return table.to_pandas().astype({"amount": "float64", "amount_previous": "float64"})


def region_factors(store: Store, until: dt.date, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the latest value of each factor up to a month: a column per factor, on region_id."""
    table = store.read(f"{_TOPIC}/region_factors", scope=scope, until=until).to_pandas()
    return table.pivot_table(index="region_id", columns="factor", values="value")


def _months(period: Period) -> dict[str, object]:
    before = period.previous
    return {
        "start": period.start,
        "end": period.end,
        "previous_start": before.start,
        "previous_end": before.end,
    }
