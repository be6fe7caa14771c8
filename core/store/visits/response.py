"""What the store knows of visits and what they sell."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store
    from core.store.visits.plans import RepWindow


def response_levels(
    store: Store, window: RepWindow, end_day: dt.date, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return the shops of all reps by grade and visits from the first month on.

    Only shops where somebody else's sales are recorded too: without them there is no share.

    Parameters
    ----------
    end_day
        Visits before this day count.

    Returns
    -------
    DataFrame
        grade, visits, shops, share_sum, share_squares (Σ and Σ² of own ÷ all sales).
    """
    return store.read(
        "visits/response_levels",
        scope=scope,
        own=window.own,
        first_month=window.first_month,
        last_month=window.last_month,
        end_day=end_day,
    ).to_pandas()


def shop_margins(
    store: Store, employee_id: str, window: RepWindow, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return terminal_id, amount and margin (yuan a month) of products with a known margin rate."""
    return store.read(
        "visits/shop_margins",
        scope=scope,
        employee=employee_id,
        own=window.own,
        first_month=window.first_month,
        last_month=window.last_month,
        months=window.months,
    ).to_pandas()
