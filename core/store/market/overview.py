"""What the overview asks the store: the five blocks of data, and who was visited."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.store.caching.memo import recall
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store


def blocks(store: Store, region_ids: list[str], *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return what is known of each region's consumers, dealers and terminals.

    Returns
    -------
    pandas.DataFrame
        region_id, population, gdp, area_km2 (NaN = unknown), factors (kinds of region factors),
        purchasing_power (1 = recorded as a factor), dealers, assessed (with a score of attitude),
        terminals that aren't closed, and how many of them are located, owned (an employee visits them)
        and classified (grade or outlet type).
    """
    table = recall(store, "overview/blocks", scope=scope, regions=region_ids).to_pandas()
    return table.astype(dict.fromkeys(("population", "gdp", "area_km2"), "float64"))


def last_visit(store: Store, until: dt.date, *, scope: Scope = EVERYTHING) -> dt.date | None:
    """Return the day of the last visit before a day, None when none is recorded."""
    value = recall(store, "overview/last_visit", scope=scope, until=until)["last_visit"][0].as_py()
    return None if value is None else value.date()


def customers(
    store: Store, region_ids: list[str], start: dt.date, until: dt.date, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return region_id, customers, and those without a visit from ``start`` to before ``until``.

    A row without a region counts the shops that lie in none.
    """
    return recall(
        store, "overview/customers", scope=scope, regions=region_ids, start=start, until=until
    ).to_pandas()
