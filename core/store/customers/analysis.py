"""What ABC, grading and profitability read: customers, what they buy and their shops sell, the visits."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.periods import Period, shift
from core.store.caching.account_figures import ACCOUNTS, DEALER_ACCOUNTS, coded
from core.store.caching.memo import memoize
from core.store.frames import large_frame
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

_TOPIC = "customers_analysis"
_AMOUNTS = (
    "demand",
    "demand_previous",
    "own",
    "own_previous",
    "best_rival",
    "best_rival_previous",
)
_CODES = ("segment", "region_id", "owner")


def dealers(store: Store, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the dealers the user may see, on customer_id.

    Returns
    -------
    pandas.DataFrame
        name, segment (tier), region_id, region, region_en, owner, payment_days, attitude, capability.
    """
    return large_frame(store.read(f"{_TOPIC}/dealers", scope=scope)).set_index("customer_id")


def dealer_products(
    store: Store, period: Period, category: str | None = None, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return what dealers bought: customer_id, product_id, amount, amount_previous (yuan), margin_rate.

    What a dealer's products don't explain of its stated total has no product_id; NaN where a period has
    nothing recorded.
    """
    table = store.read(f"{_TOPIC}/dealer_products", scope=scope, category=category, **period.parameters)
    return large_frame(table).astype(dict.fromkeys(("amount", "amount_previous", "margin_rate"), "float64"))


def dealer_months(store: Store, period: Period, category: str | None = None) -> pd.DataFrame:
    """Return customer_id and months_active, the months in which a dealer bought something."""
    table = store.read(f"{_TOPIC}/dealer_months", start=period.start, end=period.end, category=category)
    return large_frame(table)


def terminals(store: Store, figures: SalesWindow, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the terminals that aren't closed or sold something, and what was sold there, on customer_id.

    Parameters
    ----------
    figures
        Our company, the months and the category; ``_previous`` are the same months a year earlier.

    Returns
    -------
    pandas.DataFrame
        In the order of the ids: name, segment, region_id, owner, closed; demand (all companies), own,
        best_rival, each with ``_previous``; margin_amount (our sales whose margin is known), margin,
        margin_previous; months_active; visits. Yuan; NaN where nothing is recorded.
    """
    text, names = query(f"{_TOPIC}/terminals")
    values = {**figures.parameters(), "scope": scope.parameter}
    table = store.fetch(
        text.format(accounts=ACCOUNTS.table(store, figures)), {name: values[name] for name in names}
    )
    return coded(table, _CODES).set_index("customer_id")


def dealer_accounts(store: Store, figures: SalesWindow, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return what the shops of each dealer sell together, on customer_id.

    Parameters are those of :func:`terminals`; of shops the user may not see nothing counts.

    Returns
    -------
    pandas.DataFrame
        demand (all companies), own, best_rival, each with ``_previous``. Yuan; NaN where nothing is recorded.
    """
    name = DEALER_ACCOUNTS.table(store, figures, scope)
    listed = ", ".join(f"a.{column} / CAST(100 AS DOUBLE) AS {column}" for column in _AMOUNTS)
    table = store.fetch(f"SELECT a.customer_id AS customer_id, {listed} FROM {name} AS a")
    return large_frame(table).astype(dict.fromkeys(_AMOUNTS, "float64")).set_index("customer_id")


def dealer_visits(store: Store, period: Period, *, scope: Scope = EVERYTHING) -> pd.Series:
    """Return the visits to the shops of each dealer in the period, on customer_id; none have no row."""
    table = store.read(
        f"{_TOPIC}/dealer_visits",
        scope=scope,
        first_day=dt.datetime.combine(period.start, dt.time()),
        end_day=dt.datetime.combine(shift(period.end, 1), dt.time()),
    )
    return large_frame(table).set_index("customer_id")["visits"]


def products(store: Store, own: str, category: str | None = None) -> pd.DataFrame:
    """Return our products: product_id, name, category, price_tier, feature_tier, margin_rate."""
    table = store.read(f"{_TOPIC}/products", own=own, category=category)
    return table.to_pandas().astype({"margin_rate": "float64"})


def shop_products(
    store: Store, period: Period, own: str, category: str | None = None, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return our sales in the shops: product_id, amount, amount_previous (yuan)."""
    table = store.read(
        f"{_TOPIC}/shop_products", scope=scope, own=own, category=category, **period.parameters
    )
    return table.to_pandas().astype({"amount": "float64", "amount_previous": "float64"})


def region_factors(store: Store, until: dt.date, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the latest value of each factor up to a month: a column per factor, on region_id."""

    def read() -> pd.DataFrame:
        table = store.read(f"{_TOPIC}/region_factors", scope=scope, until=until).to_pandas()
        return table.pivot_table(index="region_id", columns="factor", values="value")

    return memoize(store, ("region_factors", until, scope), read)
