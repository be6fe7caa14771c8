"""What the store knows of money spent: budgets, expenses and what was delivered, by region and month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.store.caching.memo import recall
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.periods import Period
    from core.store.database import Store


@dataclass(frozen=True)
class Places:
    """Which regions are asked about.

    Parameters
    ----------
    listed
        Ids of the regions with a row each.
    tops
        Ids of the regions that are everything together; none lies in another.
    unplaced
        Whether dealers in no region count in everything together.
    """

    listed: tuple[str, ...]
    tops: tuple[str, ...]
    unplaced: bool = False


def expense_months(
    store: Store, period: Period, places: Places, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return region_id (``*`` everything together), month, kind, budget and actual in fen, NaN unknown."""
    table = recall(
        store,
        "cycle/expense_months",
        scope=scope,
        start=period.start,
        end=period.end,
        listed=list(places.listed),
        tops=list(places.tops),
    )
    return table.to_pandas().astype({"budget": "float64", "actual": "float64"})


def net_sales(store: Store, period: Period, places: Places, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return region_id (``*`` everything together), month and sales, the sell-in of dealers in fen."""
    table = recall(
        store,
        "cycle/net_sales",
        scope=scope,
        start=period.start,
        end=period.end,
        listed=list(places.listed),
        tops=list(places.tops),
        unplaced=places.unplaced,
    )
    return table.to_pandas().astype({"sales": "float64"})
