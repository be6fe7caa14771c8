"""Neighbours of polygons and of shops."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from core.territories.adjacency import border_pairs, delaunay_pairs, without_barriers
from core.territories.graph import Graph


def test_polygons_with_a_common_border_are_neighbours():
    """Squares side by side are neighbours, also with a gap of rounding; a corner is no border."""
    squares = [shapely.box(0, 0, 1, 1), shapely.box(1 + 1e-6, 0, 2, 1), shapely.box(2, 1, 3, 2)]
    assert border_pairs(squares).tolist() == [[0, 1]]


def test_parts_of_a_multipolygon_all_have_neighbours():
    """An area in two parts is a neighbour of what borders on either."""
    both = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 0, 6, 1)])
    assert border_pairs([both, shapely.box(1, 0, 2, 1), shapely.box(6, 0, 7, 1)]).tolist() == [[0, 1], [0, 2]]


def test_near_shops_are_neighbours_and_far_ones_are_not():
    """In two dense groups the long edges between them go, all but the one that joins them."""
    random = np.random.default_rng(0)
    lat = np.concatenate([random.uniform(30, 30.1, 40), random.uniform(31, 31.1, 40)])
    lon = random.uniform(110, 110.1, 80)
    pairs = delaunay_pairs(lat, lon)
    across = (pairs[:, 0] < 40) != (pairs[:, 1] < 40)
    assert across.sum() == 1
    assert len(set(Graph.of(80, pairs).components())) == 1


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 9])
def test_any_few_shops_hold_together(count):
    """Few shops, shops on one line and shops at one place make one graph."""
    lon = 110 + 0.01 * (np.arange(count) // 2)
    pairs = delaunay_pairs(np.full(count, 30.0), lon)
    assert len(set(Graph.of(count, pairs).components())) == 1


def test_barriers_part_neighbours():
    """A pair that a river parts is no pair, in either order; the other pairs stay."""
    pairs = np.array([[0, 1], [1, 2]])
    assert without_barriers(pairs, np.array([[1, 0], [0, 2]])).tolist() == [[1, 2]]
    assert without_barriers(pairs, np.empty((0, 2), np.int64)).tolist() == [[0, 1], [1, 2]]
