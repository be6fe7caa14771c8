"""Cells: the order terminals are stored in."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import InputError
from core.geo.cells import CELL_ZOOM, MAX_LATITUDE, quadkey, tile_bounds, tile_key, tile_of

latitudes = st.floats(-85, 85)
longitudes = st.floats(-180, 180, exclude_max=True)


def slow_quadkey(lat: float, lon: float, zoom: int) -> int:
    """Bit by bit, as in the published definition of the Web-Mercator tile."""
    size = 2**zoom
    column = min(int((lon + 180) / 360 * size), size - 1)
    row = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * size)
    digits = [2 * ((row >> bit) & 1) + ((column >> bit) & 1) for bit in reversed(range(zoom))]
    return int("".join(map(str, digits)) or "0", 4)


def test_known_tile() -> None:
    """The tile 3/3/5 has the quadkey 213, the example of the published tile system."""
    assert int(tile_key(3, 5)) == int("213", 4)


@settings(max_examples=200, deadline=None)
@given(latitudes, longitudes, st.integers(0, 20))
def test_equals_the_bitwise_definition(lat: float, lon: float, zoom: int) -> None:
    """The vectorised key is the key built bit by bit."""
    assert int(quadkey(lat, lon, zoom)) == slow_quadkey(lat, lon, zoom)


@settings(max_examples=100, deadline=None)
@given(latitudes, longitudes, st.integers(0, CELL_ZOOM))
def test_a_point_lies_in_its_tile_and_its_cell_in_the_range(lat: float, lon: float, zoom: int) -> None:
    """Degrees and the range of cells describe the same tile."""
    column, row = (int(v) for v in tile_of(quadkey(lat, lon, zoom)))
    bounds = tile_bounds(zoom, column, row)
    assert bounds.west - 1e-9 <= lon <= bounds.east + 1e-9
    assert bounds.south - 1e-9 <= lat <= bounds.north + 1e-9
    assert bounds.first_cell <= int(quadkey(lat, lon)) <= bounds.last_cell


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 2**30 - 1), min_size=1), st.integers(0, 2**30 - 1))
def test_tile_key_has_an_inverse(columns: list[int], row: int) -> None:
    """Columns and rows come back from their key."""
    rows = np.full(len(columns), row)
    back_columns, back_rows = tile_of(tile_key(columns, rows))
    np.testing.assert_array_equal(back_columns, columns)
    np.testing.assert_array_equal(back_rows, rows)


def test_missing_coordinates_have_no_cell() -> None:
    """A point without coordinates gets -1, never a cell of the map."""
    np.testing.assert_array_equal(quadkey([np.nan, 30.0], [114.0, np.nan]), [-1, -1])


def test_poles_count_as_on_the_edge() -> None:
    """Latitudes beyond Web Mercator fall into the first and the last row."""
    np.testing.assert_array_equal(
        quadkey([90, -90], [0, 0], 4), quadkey([MAX_LATITUDE, -MAX_LATITUDE], [0, 0], 4)
    )


@pytest.mark.parametrize(("zoom", "column", "row"), [(25, 0, 0), (-1, 0, 0), (3, 8, 0), (3, 0, -1)])
def test_a_tile_that_does_not_exist_is_refused(zoom: int, column: int, row: int) -> None:
    """Bad tile numbers end in a clear error."""
    with pytest.raises(InputError):
        tile_bounds(zoom, column, row)
