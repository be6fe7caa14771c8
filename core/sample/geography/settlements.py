"""Towns and villages of every county: where shops stand close together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from core.sample.geography import names

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sample.geography.province import Province
    from core.sample.request import SampleRequest

PER_COUNTY = 40
FARTHEST_KM = 9.0
CLOSEST_KM = 2.0
"""Distance of a town from the border of its county."""


@dataclass(frozen=True)
class Settlements:
    """All settlements, county by county, the seat first.

    Parameters
    ----------
    centre
        Km around the middle of the province, shape (settlements, 2).
    radius
        Km; the disc lies inside its county, so that every shop does.
    flatness, angle
        The town is an ellipse inside the disc: ratio of the axes, direction of the longer one.
    weight
        Share of the province's shops; sums to 1.
    """

    county: NDArray[np.int64]
    centre: NDArray[np.float64]
    radius: NDArray[np.float64]
    flatness: NDArray[np.float64]
    angle: NDArray[np.float64]
    weight: NDArray[np.float64]
    names: list[str]


def settle(request: SampleRequest, province: Province) -> Settlements:
    """Place the settlements; sizes follow a power law within each county."""
    random = request.stream("settlements")
    counties = len(province.city)
    centre = np.concatenate([_places(random, province, county) for county in range(counties)])
    county = np.repeat(np.arange(counties), PER_COUNTY)
    shapely.prepare(province.polygons)
    edges = shapely.boundary(province.polygons)
    free = shapely.distance(shapely.points(centre), edges[county])
    rank = np.tile(np.arange(1, PER_COUNTY + 1), counties)
    size = rank ** -random.uniform(0.9, 1.3, counties)[county]
    size /= np.bincount(county, size)[county]
    demand = province.population**0.9 * np.where(province.urban, 1.25, 1.0)
    weight = size * (demand / demand.sum())[county]
    wanted = FARTHEST_KM * np.sqrt(size * province.population[county] / 400_000)
    return Settlements(
        county=county,
        centre=centre,
        radius=np.minimum(0.96 * free, np.clip(wanted, 0.5, FARTHEST_KM)),
        flatness=random.uniform(0.45, 1.0, len(county)),
        angle=random.uniform(0.0, np.pi, len(county)),
        weight=weight / weight.sum(),
        names=names.settlement_words(random, len(county)),
    )


def _places(random: np.random.Generator, province: Province, county: int) -> NDArray[np.float64]:
    """Return the seat, and points at some distance from the county's border."""
    room = shapely.buffer(shapely.simplify(province.polygons[county], 0.5), -CLOSEST_KM, quad_segs=1)
    west, south, east, north = room.bounds
    found = province.seats[county : county + 1]
    while len(found) < PER_COUNTY:
        tried = random.uniform((west, south), (east, north), (PER_COUNTY * 4, 2))
        found = np.vstack([found, tried[shapely.contains_xy(room, tried)]])
    return found[:PER_COUNTY]
