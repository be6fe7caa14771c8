"""What the store knows of dealers: who they are, what they buy, sell and keep in stock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.periods import Period
    from core.store.database import Store


def dealers(store: Store, end: dt.date, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return every dealer with its people and what it supplies.

    Parameters
    ----------
    end
        Agreements about regions that ended before this month don't count.

    Returns
    -------
    pandas.DataFrame
        dealer_id, name, tier, level, region_id, region, region_en, region_level, parent_id, parent, attitude,
        capability, accepts_training, owner_id, owner_known, owner, owner_role, owner_active, backup_id,
        backup_known, backup, backup_active, credit_limit (yuan), payment_days, terminals (listed and not
        closed), sub_dealers, regions.
    """
    return store.read("dealers/dealers", scope=scope, end=end).to_pandas()


def months(store: Store, period: Period, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return month, dealer_id, sell_in, sell_out (yuan; NaN not recorded) of all dealers."""
    table = store.read("dealers/months", scope=scope, start=period.start, end=period.end)
    return table.to_pandas().astype({"sell_in": "float64", "sell_out": "float64"})


def products(
    store: Store, period: Period, dealer_id: str | None = None, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return what dealers bought and sold by product.

    The columns are dealer_id, product_id, product, category, margin_rate, price_tier, sell_in, sell_out
    (yuan), quantity and days. Months recorded without products count in none of them; days are those of the
    months in which the dealer reported the sell-out of any product (NaN for none).
    """
    table = store.read("dealers/products", scope=scope, start=period.start, end=period.end, dealer=dealer_id)
    numbers = dict.fromkeys(("margin_rate", "sell_in", "sell_out", "quantity", "days"), "float64")
    return table.to_pandas().astype(numbers)


def stock(
    store: Store, until: dt.date, dealer_id: str | None = None, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return the last counts: dealer_id, product_id, product, category, counted_on, quantity, stock, yuan."""
    table = store.read("dealers/stock", scope=scope, until=until, dealer=dealer_id)
    return table.to_pandas().astype({"stock": "float64"})


def shop_stock(
    store: Store, until: dt.date, period: Period, own: str, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return the last counts of shops beside what they sold of the product.

    The columns are terminal_id, name, region, region_en, product, counted_on, stock and sell_out (yuan;
    sell-out is 0 for a product that a shop with recorded products left out, NaN where none is recorded) and
    days.
    """
    table = store.read(
        "dealers/shop_stock", scope=scope, until=until, own=own, start=period.start, end=period.end
    )
    return table.to_pandas().astype(dict.fromkeys(("stock", "sell_out", "days"), "float64"))


def last_month(store: Store, *, scope: Scope = EVERYTHING) -> dt.date | None:
    """Return the latest month with sales of a dealer, None where there is none."""
    found: dt.date | None = store.read("dealers/last_month", scope=scope)["month"][0].as_py()
    return found


def baskets(
    store: Store, dealer_id: str, period: Period, own: str, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return basket (a shop of the dealer) and item (a product of ours it bought)."""
    return store.read(
        "dealers/baskets", scope=scope, dealer=dealer_id, own=own, start=period.start, end=period.end
    ).to_pandas()


def shop_sales(
    store: Store, dealer_id: str, period: Period, own: str, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return our sales in a dealer's shops: outlet_type, name, name_en (region), shops, active, amount."""
    table = store.read(
        "dealers/shop_sales", scope=scope, dealer=dealer_id, own=own, start=period.start, end=period.end
    )
    return table.to_pandas().astype({"amount": "float64"})


def expense_level(store: Store, period: Period, *, scope: Scope = EVERYTHING) -> str | None:
    """Return the level that most regions with expenses have; None where no expense is recorded."""
    rows = store.read("dealers/expense_level", scope=scope, start=period.start, end=period.end)
    return str(rows["level"][0]) if rows.num_rows else None
