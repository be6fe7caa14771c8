"""The shape of every region: its own boundary, the union of those below it, or an outline of its shops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import shapely

from core.geo.hulls import hulls
from core.store.caching.memo import memoize
from core.store.market import market as read
from core.store.market.outlines import outlines
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from core.store.database import Store


def boundaries(
    store: Store, level: str, within: str | None = None, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return a polygon for every region of a level that has one, or can get one.

    Parameters
    ----------
    level
        Code of the level.
    within
        Only what lies in this region.

    Returns
    -------
    pandas.DataFrame
        region_id, geometry_wkb (WGS-84), origin: ``imported``, ``generated`` or ``hull`` as stored,
        ``union`` of the regions below, or ``shops``, the outline of the region's shops, which is made
        once and stored until shops change. Regions of which
        nothing is known are absent. Kept until the data change.
    """
    # Unions of thousands of polygons take seconds.
    key = ("boundaries", level, within, scope)
    return memoize(store, key, lambda: _complete(store, level, within, scope))


def _complete(store: Store, level: str, within: str | None, scope: Scope) -> pd.DataFrame:
    found = read.boundaries(store, level=level, within=within, scope=scope)
    drawn = found[found["geometry_wkb"].notna()]
    own = drawn[drawn["distance"] == 0][["region_id", "geometry_wkb", "origin"]]
    parts = drawn[drawn["distance"] > 0]
    united = [
        (
            region_id,
            shapely.to_wkb(shapely.union_all(shapely.from_wkb(rows["geometry_wkb"].to_list()))),
            "union",
        )
        for region_id, rows in parts.groupby("region_id")
    ]
    bare = found.loc[found["geometry_wkb"].isna(), "region_id"].tolist()
    # Whoever may see a region may see all its shops, so that one outline serves every scope.
    around = outlines(store, bare, lambda ids: hulls(read.points(store, ids), "region_id"))
    outlined = [(region_id, outline, "shops") for region_id, outline in around.items()]
    made = pd.DataFrame([*united, *outlined], columns=["region_id", "geometry_wkb", "origin"])
    return pd.concat([own, made]).sort_values("region_id", ignore_index=True)
