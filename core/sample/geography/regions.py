"""The tables of regions, their boundaries and their factors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import shapely

from core.sample import arrow
from core.sample.geography.province import CITIES, to_degrees
from core.sample.request import month_days

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sample.competition import Competition
    from core.sample.geography.province import Province

_URBAN_CLASSES = ("centre", "urban", "town", "rural")
_STAGES = ("untouched", "model", "copy", "consolidate")
_FACTORS = ("customers", "purchasing_power", "fixedness", "price_advantage", "dealer_strength")


def region_table(random: np.random.Generator, province: Province, competition: Competition) -> pa.Table:
    """Return the province, its cities and its counties."""
    counties = len(province.city)
    parts = [np.arange(counties), *(np.flatnonzero(province.city == c) for c in range(CITIES))]
    area = shapely.area(province.polygons)
    seats = to_degrees(province.seats)
    capital = np.array([int(part[province.population[part].argmax()]) for part in parts])
    place = np.concatenate([seats[capital], seats])
    names = [province.province_name, *province.city_names, *province.county_names]
    ids = [province.province_id, *province.city_ids, *province.county_ids]
    return pa.table(
        {
            "region_id": ids,
            "parent_id": [
                None,
                *[province.province_id] * CITIES,
                *[province.city_ids[c] for c in province.city],
            ],
            "level": ["province", *["city"] * CITIES, *["county"] * counties],
            "name": [name for name, _english in names],
            "name_en": [english for _name, english in names],
            "adcode": ids,
            "urban_class": arrow.coded(
                np.concatenate([np.full(1 + CITIES, -1), _urban_class(province)]), _URBAN_CLASSES
            ),
            "lat": np.round(place[:, 1], 6),
            "lon": np.round(place[:, 0], 6),
            "area_km2": np.round(_with_sums(area, parts), 1),
            "population": _with_sums(province.population, parts),
            "gdp": _with_sums(province.gdp, parts),
            "development_status": arrow.coded(
                np.concatenate([np.full(1 + CITIES, -1), _stage(random, competition)]), _STAGES
            ),
        }
    )


def _with_sums(values: NDArray[np.float64], parts: list[NDArray[np.int64]]) -> NDArray[np.float64]:
    return np.concatenate([[values[part].sum() for part in parts], values])


def _urban_class(province: Province) -> NDArray[np.int64]:
    density = province.population / shapely.area(province.polygons)
    rural = np.where(density < np.median(density[~province.urban]) * 0.8, 3, 2)
    first_district = np.isin(
        np.arange(len(province.city)),
        [np.flatnonzero((province.city == c) & province.urban)[0] for c in range(CITIES)],
    )
    return np.where(first_district, 0, np.where(province.urban, 1, rural))


def _stage(random: np.random.Generator, competition: Competition) -> NDArray[np.int64]:
    own = competition.shares[:, 0]
    stage = np.searchsorted([0.001, 0.15, 0.34], own + random.normal(0.0, 0.02, len(own)) * (own > 0))
    return np.where(own == 0, 0, np.maximum(stage, 1))


def boundary_table(province: Province) -> pa.Table:
    """Return the polygons; those of cities and of the province are made of their counties' lines."""
    counties = [shapely.Polygon(to_degrees(shapely.get_coordinates(p))) for p in province.polygons]
    shapes = np.array(counties, dtype=object)
    cities = [shapely.coverage_union_all(shapes[province.city == c]) for c in range(CITIES)]
    whole = shapely.coverage_union_all(shapes)
    oriented = [shapely.orient_polygons(shape, exterior_cw=False) for shape in (whole, *cities, *counties)]
    return pa.table(
        {
            "region_id": [province.province_id, *province.city_ids, *province.county_ids],
            "geometry_wkb": pa.array(list(shapely.to_wkb(np.array(oriented, dtype=object))), pa.binary()),
            "origin": ["generated"] * len(oriented),
        }
    )


def factor_table(random: np.random.Generator, province: Province, competition: Competition) -> pa.Table:
    """Return the factors of market value and entry for the last two Octobers, with gaps."""
    counties = len(province.city)
    own = competition.shares[:, 0]
    values = np.column_stack(
        [
            np.round(province.population / random.uniform(110, 170, counties)),
            np.round(province.gdp / province.population * random.uniform(0.38, 0.46, counties), -1),
            np.round(np.clip(random.normal(0.62, 0.12, counties) + 0.1 * province.urban, 0.1, 0.98), 2),
            np.round(random.normal(1.0, 0.06, counties), 3),
            np.round(np.clip(3.5 + 9 * own + random.normal(0, 1.2, counties), 0, 10), 1),
        ]
    )
    known = random.random((2, *values.shape)) < 0.92
    known[:, :, 0] |= random.random(counties) < 0.8
    year, county, factor = np.nonzero(known)
    drift = np.where(year == 0, 0.97, 1.0)
    return pa.table(
        {
            "region_id": arrow.coded(county, province.county_ids),
            "month": arrow.days(month_days()[np.array([-13, -1])[year]]),
            "factor": arrow.coded(factor, _FACTORS),
            "value": np.round(values[county, factor] * drift, 3),
        }
    )
