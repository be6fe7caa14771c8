"""What territories are made of: terminals with owner, place and sales; their visits to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from core.store.frames import large_frame
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from core.periods import Period
    from core.store.database import Store


def shops(
    store: Store, period: Period, *, own_company: str, within: str | None = None, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return the terminals that aren't closed.

    Returns
    -------
    pandas.DataFrame
        terminal_id, name, region_id, region, urban_class, employee_id, grade, outlet_type, status, lat, lon
        (WGS-84 degrees), sales (own, yuan in the period) and potential (all companies'); missing where
        nothing is recorded.
    """
    table = store.read(
        "territories/shops",
        scope=scope,
        start=period.start,
        end=period.end,
        own=own_company,
        within=within,
    )
    return large_frame(table).astype(dict.fromkeys(("lat", "lon", "sales", "potential"), "float64"))


def visit_rules(store: Store, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the rows of ``visit_rule``: what differs from the norm for customers."""
    return store.read("territories/rules", scope=scope).to_pandas()


def promised_visits(store: Store, terminal_ids: Sequence[str], from_day: dt.date) -> pd.DataFrame:
    """Return planned visits of some terminals from a day on.

    Returns
    -------
    pandas.DataFrame
        plan_id, employee_id, start_day, weeks, fingerprint, parameters, terminal_id, day; of each plan the
        latest version.
    """
    table = store.read("territories/promised", terminals=list(terminal_ids), from_day=from_day).to_pandas()
    days = {name: pd.to_datetime(table[name]).dt.date for name in ("day", "start_day")}
    return table.assign(**days)


def changes(store: Store) -> pd.DataFrame:
    """Return the changes applied, the latest first.

    Returns
    -------
    pandas.DataFrame
        change_id, name, effective_from, customers, applied_at, applied_by, undone_at and undone_by (missing
        while it stands).
    """
    return store.read("territories/changes").to_pandas()


def regions_above(store: Store, level: str) -> pd.DataFrame:
    """Return region_id, unit_id and unit (name): the region of a level that each region lies in, or is."""
    return store.read("territories/regions_above", level=level).to_pandas()
