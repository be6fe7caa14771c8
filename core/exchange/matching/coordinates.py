"""The coordinate system of a file, by which of them lands its points in their regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from core.geo.coordinates import SYSTEMS, convert
from core.geo.mercator import EDGE_M, to_degrees
from core.geo.sign_test import sign_test

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

SWAPPED = "swapped"
FORM, METRES, MICRO = "coordinate_form", "metres", "micro"
"""Decision of a mapping: what numbers are that are no degrees: metres of Web Mercator, or millionths."""
SIGNIFICANCE = 0.001
"""A system is proposed when chance explains its lead over the others with less than this [I]."""
_LARGEST_DEGREES, _LEAST_MERCATOR_M = 360.0, 7e6
_MAKERS = (
    ("BD-09", ("百度", "baidu", "bd09", "bd-09", "bd_09")),
    ("GCJ-02", ("高德", "腾讯", "火星", "amap", "gaode", "tencent", "gcj")),
    ("WGS-84", ("wgs", "gps", "北斗", "天地图", "cgcs")),
)
_LEAST_INSIDE = 0.5
"""A system that lands fewer of the points is none of them [I]."""


@dataclass(frozen=True)
class SystemFinding:
    """Which coordinate system a file is in.

    Parameters
    ----------
    points
        How many points have coordinates and a region with an outline.
    inside
        System -> how many of them it lands in their region; with “ swapped” behind it, with latitude
        and longitude exchanged.
    proposed
        The system that lands clearly the most; None where that is open.
    swapped
        Whether latitude and longitude are exchanged.
    """

    points: int
    inside: Mapping[str, int]
    proposed: str | None
    swapped: bool = False


def form_of(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> str:
    """Return what coordinates are: degrees (empty), metres of Web Mercator, or millionths of a degree."""
    large = [values[np.abs(values) > _LARGEST_DEGREES] for values in (lat, lon)]
    if not len(large[1]) or not len(large[0]):
        return ""
    east = float(np.median(large[1]))
    # In China metres of Web Mercator are 8 to 15 million east, millionths of a degree 73 to 135 million.
    # Other metres (Gauss-Krueger) are below; without their zone they can't be told.
    return MICRO if east > EDGE_M else METRES if east > _LEAST_MERCATOR_M else ""


def in_degrees(
    lat: NDArray[np.float64], lon: NDArray[np.float64], form: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return coordinates of a form as degrees."""
    if form == METRES:
        return to_degrees(lon, lat)
    return (lat / 1e6, lon / 1e6) if form == MICRO else (lat, lon)


def named_system(header: str) -> str | None:
    """Return the coordinate system that a header says: 百度经度 is BD-09, 高德经度 GCJ-02."""
    words = header.casefold()
    return next((system for system, names in _MAKERS if any(name in words for name in names)), None)


def detect_system(points: pd.DataFrame, outlines: Mapping[str, bytes]) -> SystemFinding:
    """Find the coordinate system that lands the most points in their region.

    The systems lie 300 to 1,500 m apart, so only points near a border tell them apart: the proposal
    needs an exact sign test on the points that one system lands and another does not.

    Parameters
    ----------
    points
        lat, lon (degrees as they stand in the file), region_id; rows that lack one are passed over.
    outlines
        Region -> WKB polygon in WGS-84 degrees: boundaries, or hulls where there are none.
    """
    rows = points[points["region_id"].isin(list(outlines)) & points["lat"].notna() & points["lon"].notna()]
    lat, lon = rows["lat"].to_numpy(np.float64), rows["lon"].to_numpy(np.float64)
    groups = [
        (shapely.from_wkb(outlines[str(region)]), np.asarray(at))
        for region, at in rows.groupby("region_id", sort=True).indices.items()
    ]
    landed: dict[str, NDArray[np.bool_]] = {}
    for end, (north, east) in (("", (lat, lon)), (f" {SWAPPED}", (lon, lat))):
        for system in SYSTEMS:
            landed[system + end] = _landed(north, east, system, groups)
    return propose_system(landed, len(rows))


def propose_system(landed: Mapping[str, NDArray[np.bool_]], points: int) -> SystemFinding:
    """Return the system that lands most points in their region, if it clearly does.

    Parameters
    ----------
    landed
        System, “ swapped” behind it where latitude and longitude are exchanged -> which points it lands.
    """
    inside = {name: int(points_in.sum()) for name, points_in in landed.items()}
    best = max(inside, key=lambda name: inside[name]) if points else ""
    if not best or inside[best] < _LEAST_INSIDE * points or not _leads(landed, best):
        return SystemFinding(points, inside, None)
    return SystemFinding(points, inside, best.split()[0], best.endswith(SWAPPED))


def _landed(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    system: str,
    groups: list[tuple[shapely.Geometry, NDArray[np.intp]]],
) -> NDArray[np.bool_]:
    found = np.zeros(len(lat), dtype=bool)
    possible = np.abs(lat) <= 90
    there_lat, there_lon = convert(np.where(possible, lat, np.nan), lon, system, "WGS-84")
    for outline, at in groups:
        shapely.prepare(outline)
        found[at] = shapely.intersects_xy(outline, there_lon[at], there_lat[at])
    return found & possible


def _leads(landed: Mapping[str, NDArray[np.bool_]], best: str) -> bool:
    own = landed[best]
    for name, other in landed.items():
        if name == best:
            continue
        gained, lost = int((own & ~other).sum()), int((other & ~own).sum())
        if sign_test(gained, lost) >= SIGNIFICANCE:
            return False
    return True
