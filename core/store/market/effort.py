"""What the store knows about effort in regions: visits, reps, shops, margins, advertising, promotion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.periods import shift
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from core.periods import Period
    from core.store.database import Store


def visits(
    store: Store, period: Period, *, region_ids: Sequence[str], scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return visits and full-time reps of each region, and of everywhere else in the row without a region.

    Returns
    -------
    pandas.DataFrame
        region_id, visits, reps (of each rep the part of all the rep's visits), months (of the period in which
        visits were made), minutes (mean working minutes a day of the reps, NaN unknown); no rows without a
        visit.
    """
    table = store.read(
        "concentration/effort",
        scope=scope,
        regions=list(region_ids),
        start=period.start,
        end_day=shift(period.end, 1),
    )
    return table.to_pandas()


def shops(store: Store, *, region_ids: Sequence[str], scope: Scope = EVERYTHING) -> pd.Series:
    """Return how many shops that aren't closed lie in each region; no entry where none does."""
    table = store.read("concentration/shops", scope=scope, regions=list(region_ids)).to_pandas()
    return table.set_index("region_id")["shops"]


def margins(
    store: Store,
    period: Period,
    *,
    company: str,
    category: str | None,
    region_ids: Sequence[str],
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return sales of products whose margin rate is known, and their margin: region_id, amount, margin, yuan.

    The row without a region sums all shops.
    """
    table = store.read(
        "concentration/margins",
        scope=scope,
        regions=list(region_ids),
        company=company,
        category=category,
        start=period.start,
        end=period.end,
    )
    return table.to_pandas()


def spending(
    store: Store, period: Period, *, region_ids: Sequence[str], scope: Scope = EVERYTHING
) -> pd.Series:
    """Return advertising and promotion charged to each region, yuan; no entry where none is recorded."""
    table = store.read(
        "concentration/spending",
        scope=scope,
        regions=list(region_ids),
        start=period.start,
        end=period.end,
    ).to_pandas()
    return table.set_index("region_id")["amount"]
