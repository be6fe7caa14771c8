"""Outlines of groups of points: a region without a boundary, a rep's territory."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd
    from numpy.typing import NDArray

CONCAVITY = 0.3
"""0 follows every gap, 1 is the convex hull; 0.3 keeps bays without tearing a region apart [I]."""
STRAYS = 0.02
"""Share of points farthest from the middle that is left out: a mistyped coordinate is no territory [I]."""
MARGIN_DEGREES = 0.004
"""About 400 m around the outermost shops."""


def hulls(points: pd.DataFrame, key: str) -> Mapping[str, bytes]:
    """Return the concave hull of each group of points.

    Parameters
    ----------
    points
        Columns ``key``, lat and lon (WGS-84 degrees).

    Returns
    -------
    Mapping
        WKB polygon by group; a group of one or two places becomes a small disc or a strip.
    """
    found = {}
    for name, rows in points.dropna(subset=["lat", "lon"]).groupby(key, sort=True):
        places = _without_strays(rows[["lon", "lat"]].to_numpy(np.float64))
        outline = shapely.concave_hull(shapely.multipoints(places), ratio=CONCAVITY)
        found[str(name)] = shapely.to_wkb(shapely.buffer(outline, MARGIN_DEGREES, quad_segs=4))
    return found


def _without_strays(places: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(places) < 10:
        return places
    distance = np.abs(places - np.median(places, axis=0)).sum(axis=1)
    kept: NDArray[np.float64] = places[distance <= np.quantile(distance, 1 - STRAYS)]
    return kept
