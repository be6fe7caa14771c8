"""Where regions are and how they hang together: boundaries, points, the way up and the way down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.geo.coordinates import convert
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store


def places(store: Store, level: str, within: str | None = None, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return where the regions of a level are.

    Parameters
    ----------
    within
        Only what lies in this region; None for all.

    Returns
    -------
    pandas.DataFrame
        region_id, lat, lon (WGS-84 degrees, NaN = unknown; the middle of the terminals where the region
        itself has none), geometry_wkb (bytes, missing where there is no boundary).
    """
    table = store.read("geography/places", scope=scope, level=level, within=within).to_pandas()
    return table.astype({"lat": "float64", "lon": "float64"})


def path(store: Store, region_id: str, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the regions from the top of the tree down to one: region_id, name, name_en, level."""
    return store.read("geography/path", scope=scope, region=region_id).to_pandas()


def below(store: Store, region_id: str, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return how many regions of each level lie below one, the nearest first: level, regions, distance."""
    return store.read("geography/below", scope=scope, region=region_id).to_pandas()


def dealers(store: Store, within: str | None = None, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the dealers with a place, one row per region served.

    Returns
    -------
    pandas.DataFrame
        dealer_id, name, lat, lon (WGS-84), region_lat, region_lon.
    """
    rows = store.read("geography/dealers", scope=scope, within=within).to_pandas()
    for crs, at in rows.groupby(rows["crs"].fillna("WGS-84")).groups.items():
        lat, lon = convert(rows.loc[at, "lat"], rows.loc[at, "lon"], str(crs), "WGS-84")
        rows.loc[at, "lat"], rows.loc[at, "lon"] = lat, lon
    return rows.drop(columns="crs")


def rep_points(store: Store, within: str | None = None, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return where the reps' terminals are, thinned: employee_id, name, lat, lon (WGS-84)."""
    return store.read("geography/rep_points", scope=scope, within=within).to_pandas()


def rep_count(store: Store, within: str | None = None, scope: Scope = EVERYTHING) -> int:
    """Return how many reps have terminals with a place."""
    return int(store.read("geography/rep_count", scope=scope, within=within)["reps"][0].as_py())
