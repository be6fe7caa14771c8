"""Borders cut into tiles."""

from __future__ import annotations

import json

import numpy as np
import pytest
import shapely

from core.errors import InputError
from core.geo.borders import Borders
from core.geo.cells import tile_bounds
from core.geo.coordinates import convert


def wavy_squares(side: int) -> list[bytes]:
    """Return side x side neighbouring regions of one degree whose common borders are wavy."""
    x = np.linspace(0, 1, 200)
    wave = 0.02 * np.sin(x * 60) * np.sin(x * np.pi)
    shapes = []
    for i in range(side):
        for j in range(side):
            south = np.c_[110 + i + x, 30 + j + wave]
            east = np.c_[111 + i + wave, 30 + j + x]
            north = np.c_[110 + i + x, 31 + j + wave][::-1]
            west = np.c_[110 + i + wave, 30 + j + x][::-1]
            shapes.append(shapely.to_wkb(shapely.Polygon(np.r_[south, east, north, west])))
    return shapes


def lines(body: bytes) -> list[shapely.Geometry]:
    """Return the geometries of a tile."""
    return [shapely.from_geojson(json.dumps(f["geometry"])) for f in json.loads(body)["features"]]


@pytest.fixture(scope="module")
def borders() -> Borders:
    """Sixteen regions."""
    return Borders(wavy_squares(4))


def test_a_tile_holds_only_what_lies_in_it(borders: Borders) -> None:
    """No line reaches more than the overlap beyond its tile."""
    zoom, column, row = 8, 207, 103
    bounds = tile_bounds(zoom, column, row)
    box = shapely.box(bounds.west, bounds.south, bounds.east, bounds.north)
    reach = box.buffer(0.03 * (bounds.east - bounds.west), join_style="mitre")
    shown = lines(borders.tile(zoom, column, row))
    assert shown
    assert all(reach.covers(line) for line in shown)


def test_a_far_view_has_fewer_points_than_a_near_one(borders: Borders) -> None:
    """Borders are simplified for the zoom: the whole view is smaller than the imported outlines."""
    far = sum(shapely.get_num_coordinates(line) for line in lines(borders.tile(3, 6, 3)))
    whole = sum(shapely.get_num_coordinates(shapely.from_wkb(shape)) for shape in wavy_squares(4))
    assert 0 < far < whole / 5


def test_the_finest_zoom_draws_what_was_imported() -> None:
    """At street level no point of a border is moved."""
    shape = shapely.Polygon(
        [(110, 30), (110.0001, 30), (110.0001, 30.0001), (110.00005, 30.00012), (110, 30.0001)]
    )
    tile = (
        16,
        int((110 + 180) / 360 * 2**16),
        int((0.5 - np.arctanh(np.sin(np.radians(30.00005))) / (2 * np.pi)) * 2**16),
    )
    shown = shapely.union_all(lines(Borders([shapely.to_wkb(shape)]).tile(*tile)))
    assert shapely.hausdorff_distance(shown, shape.boundary) < 2e-6


def test_a_tile_without_borders_is_empty(borders: Borders) -> None:
    """Elsewhere there is nothing to draw, and no region gives empty tiles too."""
    assert lines(borders.tile(8, 0, 0)) == []
    assert lines(Borders([]).tile(0, 0, 0)) == []


def test_no_such_tile(borders: Borders) -> None:
    """A tile beyond the world is refused."""
    with pytest.raises(InputError):
        borders.tile(2, 4, 0)


def test_borders_follow_a_displaced_map() -> None:
    """On a GCJ-02 map every corner of a border stands where that system puts it."""
    shape = shapely.box(114.0, 30.0, 114.001, 30.001)
    lat, lon = convert([30.0, 30.001], [114.0, 114.001], "WGS-84", "GCJ-02")
    column = int((lon[0] + 180) / 360 * 2**14)
    row = int((0.5 - np.arctanh(np.sin(np.radians(lat[0]))) / (2 * np.pi)) * 2**14)
    shown = shapely.union_all(lines(Borders([shapely.to_wkb(shape)], "GCJ-02").tile(14, column, row)))
    assert shapely.hausdorff_distance(shown, shapely.box(lon[0], lat[0], lon[1], lat[1]).boundary) < 5e-6
