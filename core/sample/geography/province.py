"""The invented province: an outline, cities, counties, and who lives there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from core.sample.geography import names
from core.sample.geography.tessellation import Tessellation, tessellate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sample.request import SampleRequest

CITIES = 11
DISTRICTS = 18
"""Small urban districts beside the city centres: two or one each."""
COUNTIES = 90
RADIUS_KM = 235.0
CENTRE = (31.6, 112.4)
"""Latitude and longitude of the middle."""
KM_PER_DEGREE_LAT = 110.9
KM_PER_DEGREE_LON = 111.32


@dataclass(frozen=True)
class Province:
    """Geography of the demonstration region; arrays have one entry per county.

    Parameters
    ----------
    polygons
        County polygons in km around the middle.
    seats
        Seat of each county, km, shape (counties, 2).
    urban
        True for a district of a city.
    population, gdp
        People; yuan a year.
    county_names, city_names, province_name
        Pairs of a Chinese and an English name.
    """

    polygons: NDArray[np.object_]
    seats: NDArray[np.float64]
    city: NDArray[np.int64]
    urban: NDArray[np.bool_]
    population: NDArray[np.float64]
    gdp: NDArray[np.float64]
    county_names: list[tuple[str, str]]
    city_names: list[tuple[str, str]]
    province_name: tuple[str, str]

    @property
    def county_ids(self) -> list[str]:
        """Ids of the counties, city by city."""
        place = np.zeros(len(self.city), np.int64)
        for city in range(CITIES):
            members = np.flatnonzero(self.city == city)
            place[members] = np.arange(1, len(members) + 1)
        return [f"99{city + 1:02d}{number:02d}" for city, number in zip(self.city, place, strict=True)]

    @property
    def city_ids(self) -> list[str]:
        """Ids of the cities."""
        return [f"99{city + 1:02d}00" for city in range(CITIES)]

    @property
    def province_id(self) -> str:
        """Id of the province."""
        return "990000"


def make_province(request: SampleRequest) -> Province:
    """Return the province of a seed; the number of terminals does not change it."""
    random = request.stream("province")
    outline = _outline(random)
    centres = _spread(random, CITIES, outline, shrink=0.8)
    seeds, city = _county_seeds(random, outline, centres)
    tessellation = tessellate(np.vstack([seeds, _outer_seeds(random, outline, seeds)]), COUNTIES, random)
    city = _contiguous(city, seeds, tessellation)
    order = np.argsort(city, kind="stable")
    urban = (np.arange(COUNTIES) < DISTRICTS)[order]
    city = city[order]
    population = np.where(
        urban, random.lognormal(13.55, 0.3, COUNTIES), random.lognormal(13.05, 0.38, COUNTIES)
    )
    income = np.where(
        urban, random.normal(112_000, 18_000, COUNTIES), random.normal(52_000, 11_000, COUNTIES)
    )
    county_names, city_names = names.places(random, city, urban)
    return Province(
        polygons=tessellation.polygons[order],
        seats=seeds[order],
        city=city,
        urban=urban,
        population=np.round(population / 100) * 100,
        gdp=np.round(population * np.clip(income, 26_000, None), -6),
        county_names=county_names,
        city_names=city_names,
        province_name=("霁云省", "Jiyun Province"),
    )


def to_degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Turn km around the middle into (longitude, latitude); areas are kept (sinusoidal)."""
    lat = CENTRE[0] + points[:, 1] / KM_PER_DEGREE_LAT
    lon = CENTRE[1] + points[:, 0] / (KM_PER_DEGREE_LON * np.cos(np.radians(lat)))
    return np.column_stack([lon, lat])


@dataclass(frozen=True)
class _Outline:
    """A closed curve around the middle: a circle with a few waves on it."""

    size: NDArray[np.float64]
    phase: NDArray[np.float64]

    def inside(self, points: NDArray[np.float64], shrink: float = 1.0) -> NDArray[np.bool_]:
        angle = np.arctan2(points[:, 1], points[:, 0])[:, None]
        waves = np.arange(2, 2 + len(self.size))
        edge = 1 + (self.size * np.cos(waves * angle + self.phase)).sum(axis=1)
        return np.asarray(np.hypot(points[:, 0], points[:, 1]) <= RADIUS_KM * shrink * edge)


def _outline(random: np.random.Generator) -> _Outline:
    size = random.uniform(0.3, 1.0, 5) * np.array([0.22, 0.14, 0.11, 0.09, 0.07])
    return _Outline(size, random.uniform(0, 2 * np.pi, 5))


def _spread(
    random: np.random.Generator,
    count: int,
    outline: _Outline,
    *,
    shrink: float,
    taken: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Return points inside the outline, each the one of many candidates farthest from all others."""
    points = np.empty((0, 2)) if taken is None else taken
    for _index in range(count):
        candidates = random.uniform(-1.7 * RADIUS_KM, 1.7 * RADIUS_KM, (60 + 8 * len(points), 2))
        candidates = candidates[outline.inside(candidates, shrink)]
        if len(points):
            gaps = np.hypot(*(candidates[:, None, :] - points[None, :, :]).transpose(2, 0, 1)).min(axis=1)
            candidates = candidates[[int(gaps.argmax())]]
        points = np.vstack([points, candidates[:1]])
    return points


def _county_seeds(
    random: np.random.Generator, outline: _Outline, centres: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the counties' seeds, the urban districts first, and the city of each."""
    second = DISTRICTS - CITIES
    angle = random.uniform(0, 2 * np.pi, second)
    away = random.uniform(10, 15, second)[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    districts = np.vstack([centres, centres[:second] + away])
    seeds = _spread(random, COUNTIES - DISTRICTS, outline, shrink=0.97, taken=districts)
    gaps = np.hypot(*(seeds[:, None, :] - centres[None, :, :]).transpose(2, 0, 1))
    return seeds, gaps.argmin(axis=1)


def _outer_seeds(
    random: np.random.Generator, outline: _Outline, seeds: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return points around the province, dense enough to draw its coast."""
    reach = np.arange(-2.0 * RADIUS_KM, 2.0 * RADIUS_KM, 30.0)
    grid = np.stack(np.meshgrid(reach, reach), axis=-1).reshape(-1, 2)
    grid = grid + random.uniform(-11, 11, grid.shape)
    gaps = np.hypot(*(grid[:, None, :] - seeds[None, :, :]).transpose(2, 0, 1)).min(axis=1)
    return np.asarray(grid[~outline.inside(grid) & (gaps > 20)])


def _contiguous(
    city: NDArray[np.int64], seeds: NDArray[np.float64], tessellation: Tessellation
) -> NDArray[np.int64]:
    """Give counties that are cut off from their city's centre to the city around them."""
    city = city.copy()
    left, right = tessellation.neighbours.T
    for _round in range(len(seeds)):
        same = city[left] == city[right]
        links = csr_array((np.ones(same.sum()), (left[same], right[same])), (COUNTIES, COUNTIES))
        part = connected_components(links, directed=False)[1]
        cut_off = np.flatnonzero(part != part[city])
        if not len(cut_off):
            return city
        county = int(cut_off[0])
        around = np.concatenate([right[left == county], left[right == county]])
        joined = np.array([city[n] for n in around if part[n] == part[city[n]] and city[n] != city[county]])
        if not len(joined):
            city[county] = city[around[0]]
            continue
        city[county] = np.bincount(joined).argmax()
    return city
