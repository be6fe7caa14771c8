"""Coordinates that cannot be right, each with what would put it right.

A shop stands somewhere in its region. Where it doesn't, one of a few mistakes usually explains it:
latitude and longitude exchanged, a lost sign, zeros instead of nothing, or coordinates of one system
under the name of another. Each explanation is tried, and offered only if it lands in the region.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely

from core.errors import InputError
from core.geo.coordinates import SYSTEMS, convert
from core.geo.sign_test import sign_test
from core.i18n import N_, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FINDINGS = {
    "zero": N_("At zero, zero"),
    "swapped": N_("Latitude and longitude swapped"),
    "sign": N_("Sign lost"),
    "system": N_("Other coordinate system"),
    "outside": N_("Outside its region"),
    "crowd": N_("Many shops at one point"),
}
"""Code and name; a shop has the first that applies."""
CONFIDENCES = {"high": N_("high"), "medium": N_("medium"), "none": N_("no fix: survey it")}
COLUMNS = (
    "terminal_id",
    "region_id",
    "finding",
    "lat",
    "lon",
    "crs",
    "km_outside",
    "together",
    "fixable",
    "lat_fixed",
    "lon_fixed",
    "crs_fixed",
    "confidence",
)
KM_PER_DEGREE = 111.195
"""Of latitude, on a sphere of 6,371 km."""
ZERO_DEGREES = 0.01
"""About 1 km around the point where equator and zero meridian cross, in the open sea."""


@dataclass(frozen=True)
class CheckOptions:
    """What counts as wrong.

    Parameters
    ----------
    tolerance_km
        A shop may stand so far outside its region: borders are simplified, and shops sit on them [I].
    crowd
        From so many shops of a region at exactly one point on, the point is an address service's guess [I].
    significance
        Another system is offered when so many more shops land in the region that chance explains it with
        less than this probability (exact sign test on the shops that move over the border).
    """

    tolerance_km: float = 1.0
    crowd: int = 5
    significance: float = 0.001

    def __post_init__(self) -> None:
        if not (math.isfinite(self.tolerance_km) and self.tolerance_km >= 0):
            raise InputError(_("Expected a tolerance of 0 km or more, got {value}.", value=self.tolerance_km))
        if self.crowd < 2:
            raise InputError(_("Expected 2 shops or more at one point, got {value}.", value=self.crowd))
        if not 0 < self.significance < 1:
            raise InputError(
                _("Expected a probability between 0 and 1, got {value}.", value=self.significance)
            )


def check_coordinates(
    terminals: pd.DataFrame, outlines: Mapping[str, bytes], options: CheckOptions | None = None
) -> pd.DataFrame:
    """Return the shops whose coordinates cannot be right.

    Parameters
    ----------
    terminals
        terminal_id, region_id, outline (key of ``outlines``, missing where the region has none), lat,
        lon (degrees as surveyed), crs (a name in :data:`core.geo.coordinates.SYSTEMS`). Rows without
        both coordinates are passed over.
    outlines
        WKB polygons, WGS-84.

    Returns
    -------
    pandas.DataFrame
        :data:`COLUMNS`, one row per finding: km_outside the distance from the region (NaN = inside or
        unknown), together how many shops of its region share the point, ``*_fixed`` what is offered
        where ``fixable`` (NaN lat and lon: remove the coordinates), confidence of it.
    """
    options = options or CheckOptions()
    known = terminals["lat"].notna() & terminals["lon"].notna() & terminals["crs"].isin(SYSTEMS)
    rows = terminals[known].reset_index(drop=True)
    rows = rows.assign(
        finding="",
        km_outside=np.nan,
        together=rows.groupby(["region_id", "lat", "lon", "crs"], dropna=False)["terminal_id"].transform(
            "size"
        ),
        fixable=False,
        lat_fixed=np.nan,
        lon_fixed=np.nan,
        crs_fixed=rows["crs"],
        confidence="none",
    )
    for key, at in rows.groupby("outline").indices.items():
        _check_outline(rows, np.asarray(at), shapely.from_wkb(outlines[str(key)]), options)
    zero = (rows["lat"].abs() < ZERO_DEGREES) & (rows["lon"].abs() < ZERO_DEGREES)
    _offer(rows, np.flatnonzero(zero), "zero", np.nan, np.nan, confidence="high")
    rows.loc[zero, "together"] = 1
    crowd = (rows["together"] >= options.crowd) & (rows["finding"] == "")
    rows.loc[crowd, "finding"] = "crowd"
    return rows.loc[rows["finding"] != "", list(COLUMNS)].reset_index(drop=True)


def _check_outline(
    rows: pd.DataFrame, at: NDArray[np.intp], outline: shapely.Geometry, options: CheckOptions
) -> None:
    """Check the shops of one region; writes its findings into ``rows``."""
    shapely.prepare(outline)
    lat, lon = rows["lat"].to_numpy()[at], rows["lon"].to_numpy()[at]
    crs = rows["crs"].to_numpy()[at]
    for system in pd.unique(crs):
        here = crs == system
        own = _inside(outline, lat[here], lon[here], system)
        km = np.full(len(own), np.nan)
        km[~own] = _km_from(outline, *convert(lat[here][~own], lon[here][~own], system, "WGS-84"))
        rows.loc[at[here], "km_outside"] = km
        far = km > options.tolerance_km
        rows.loc[at[here][far], "finding"] = "outside"
        _try_system(rows, at[here], outline, options)
        left = rows["finding"].to_numpy()[at[here]] == "outside"
        tried = at[here][left]
        for finding, new_lat, new_lon in (
            ("sign", np.abs(lat[here][left]), np.abs(lon[here][left])),
            ("swapped", lon[here][left], lat[here][left]),
        ):
            lands = (np.abs(new_lat) <= 90) & _inside(outline, new_lat, new_lon, system)
            _offer(rows, tried[lands], finding, new_lat[lands], new_lon[lands], confidence="high")


def _try_system(
    rows: pd.DataFrame, at: NDArray[np.intp], outline: shapely.Geometry, options: CheckOptions
) -> None:
    """Offer another system for all shops of a region and system, where clearly more of them land in it.

    Only shops near the border move over it: those it brings in are counted against those it throws out.
    """
    lat, lon = rows["lat"].to_numpy()[at], rows["lon"].to_numpy()[at]
    named = str(rows["crs"].iloc[at[0]])
    own = _inside(outline, lat, lon, named)
    best, chance = named, options.significance
    for system in SYSTEMS:
        if system == named:
            continue
        other = _inside(outline, lat, lon, system)
        gained, lost = int((other & ~own).sum()), int((own & ~other).sum())
        probability = sign_test(gained, lost)
        if probability < chance:
            best, chance = system, probability
    if best != named:
        # A shop that no system brings near its region has another mistake.
        km = _km_from(outline, *convert(lat, lon, best, "WGS-84"))
        near = at[km <= options.tolerance_km]
        _offer(rows, near, "system", rows["lat"].to_numpy()[near], rows["lon"].to_numpy()[near])
        rows.loc[near, "crs_fixed"] = best


def _inside(
    outline: shapely.Geometry, lat: NDArray[np.float64], lon: NDArray[np.float64], system: str
) -> NDArray[np.bool_]:
    there_lat, there_lon = convert(lat, lon, system, "WGS-84")
    found: NDArray[np.bool_] = shapely.intersects_xy(outline, there_lon, there_lat)
    return found


def _km_from(
    outline: shapely.Geometry, lat: NDArray[np.float64], lon: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the distances of points from an outline, on a plane true to scale at its middle."""
    scale = math.cos(math.radians(float(shapely.get_y(shapely.centroid(outline)))))
    flat = shapely.transform(outline, lambda points: points * [scale, 1.0])
    shapely.prepare(flat)
    distance: NDArray[np.float64] = shapely.distance(flat, shapely.points(lon * scale, lat))
    return distance * KM_PER_DEGREE


def _offer(
    rows: pd.DataFrame,
    at: NDArray[np.intp],
    finding: str,
    lat: float | NDArray[np.float64],
    lon: float | NDArray[np.float64],
    *,
    confidence: str = "medium",
) -> None:
    rows.loc[at, "finding"] = finding
    rows.loc[at, "fixable"] = True
    rows.loc[at, "lat_fixed"] = lat
    rows.loc[at, "lon_fixed"] = lon
    rows.loc[at, "confidence"] = confidence
