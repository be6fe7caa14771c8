"""What tasks are measured by: visits and sales after the data that they were made from."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.store.caching.memo import recall
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from core.store.database import Store


def visits(
    store: Store, terminal_ids: Sequence[str], after: dt.date, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return terminal_id, day, visits of the days after one.

    The last day on which somebody was visited in the shop's region is among them, with no visits.
    """
    return recall(
        store, "cycle/task_visits", scope=scope, terminals=list(terminal_ids), after=after + dt.timedelta(1)
    ).to_pandas()


def shop_sales(
    store: Store, company: str, terminal_ids: Sequence[str], after: dt.date, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return customer_id, month, amount in yuan of our sales in shops, of months known of their region.

    Parameters
    ----------
    after
        Only months that begin later.
    """
    return recall(
        store,
        "cycle/task_shop_sales",
        scope=scope,
        company=company,
        terminals=list(terminal_ids),
        after=after,
    ).to_pandas()


def dealer_sales(
    store: Store, dealer_ids: Sequence[str], after: dt.date, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return customer_id, month, amount in yuan of what we sold to dealers in months that begin later."""
    return recall(
        store, "cycle/task_dealer_sales", scope=scope, dealers=list(dealer_ids), after=after
    ).to_pandas()


def unvisited(
    store: Store,
    region_ids: Sequence[str],
    days: Sequence[dt.date],
    *,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return region_id, day, customers, and how many had no visit in the 28 days that end with the day.

    Parameters
    ----------
    days
        Days asked for, at least one; those after the last visit in the region are left out.
    """
    return recall(
        store,
        "cycle/task_unvisited",
        scope=scope,
        regions=list(region_ids),
        days=list(days),
        start=min(days) - dt.timedelta(27),
    ).to_pandas()
