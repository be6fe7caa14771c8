"""Which units are neighbours: polygons with a common border, or shops joined by short Delaunay edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import Delaunay, QhullError, cKDTree

from core.territories.graph import unique_pairs
from core.territories.start import Plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

SNAP = 2e-6
"""Degrees, about 0.2 m: borders nearer than that are one, since coordinates are rounded."""
SHORTEST_BORDER = 2e-5
"""Degrees, about 2 m: polygons that only touch in a corner are no neighbours."""
LONG = 3.0
"""An edge longer than this many times the median edge at both its ends leads past other shops."""


def border_pairs(polygons: Sequence[shapely.Geometry]) -> NDArray[np.int64]:
    """Return the pairs of polygons with a common border, as positions, shape (n_pairs, 2).

    Parameters
    ----------
    polygons
        WGS-84 degrees.
    """
    shapes = np.array(polygons, object)
    tree = shapely.STRtree(shapes)
    a, b = tree.query(shapes, predicate="dwithin", distance=SNAP)
    a, b = a[a < b], b[a < b]
    edges = shapely.boundary(shapes)
    common = shapely.intersection(edges[a], shapely.buffer(shapes[b], SNAP, quad_segs=2))
    long = shapely.length(common) > SHORTEST_BORDER
    pairs = np.column_stack([a[long], b[long]]).astype(np.int64)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def delaunay_pairs(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the pairs of neighbouring places: edges of their Delaunay triangulation that aren't long.

    The edges of the shortest tree that joins all places stay, however long, so that one graph holds
    all; what a river parts is told with :func:`without_barriers`.

    Parameters
    ----------
    lat, lon
        Degrees, WGS-84.
    """
    plane = Plane.of(lat, lon)
    places, group = _different(plane.x, plane.y)
    edges = _triangulate(places)
    length = np.hypot(*(places[edges[:, 0]] - places[edges[:, 1]]).T)
    limit = LONG * _median_at(edges, length, len(places))
    short = length <= np.maximum(limit[edges[:, 0]], limit[edges[:, 1]])
    tree = minimum_spanning_tree(
        csr_matrix((length + 1e-9, (edges[:, 0], edges[:, 1])), shape=(len(places),) * 2)
    ).tocoo()
    ends = np.column_stack([tree.row, tree.col]).astype(np.int64)
    joined = np.concatenate([edges[short], ends])
    order = np.argsort(group, kind="stable")
    first = order[np.searchsorted(group[order], np.arange(len(places)))]
    same = np.column_stack([first[group], np.arange(len(lat))])
    return unique_pairs(np.concatenate([first[joined], same]), len(lat))


def _different(
    x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the different places in ascending order, and the position of each place among them."""
    order = np.lexsort((y, x))
    places = np.column_stack([x[order], y[order]])
    new = np.concatenate([[True], (places[1:] != places[:-1]).any(axis=1)])
    group = np.empty(len(x), np.int64)
    group[order] = np.cumsum(new) - 1
    return places[new], group


def without_barriers(pairs: NDArray[np.int64], barriers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the pairs without those that a river or a wall parts.

    Parameters
    ----------
    pairs, barriers
        Positions of units, shape (n, 2), in either order.
    """
    ordered, cut = (np.sort(some.reshape(-1, 2), axis=1) for some in (pairs, barriers))
    n = 1 + max(int(some.max(initial=0)) for some in (ordered, cut))
    parted = np.isin(ordered[:, 0] * n + ordered[:, 1], cut[:, 0] * n + cut[:, 1])
    return np.asarray(pairs.reshape(-1, 2)[~parted])


def _triangulate(places: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the edges of the Delaunay triangulation; places on one line are joined along it."""
    n = len(places)
    if n < 2:
        return np.empty((0, 2), np.int64)
    try:
        corners = Delaunay(places).simplices if n > 3 else np.arange(n)[None, :]
    except QhullError:
        chain = np.lexsort((places[:, 1], places[:, 0]))
        return np.sort(np.column_stack([chain[:-1], chain[1:]]), axis=1).astype(np.int64)
    sides = [corners[:, [i, j]] for i in range(corners.shape[1]) for j in range(i + 1, corners.shape[1])]
    return _with_left_out(places, unique_pairs(np.concatenate(sides).astype(np.int64), n))


def _with_left_out(places: NDArray[np.float64], edges: NDArray[np.int64]) -> NDArray[np.int64]:
    """Join places that the triangulation left out, as good as on another one, to the nearest."""
    left = np.flatnonzero(np.bincount(edges.reshape(-1), minlength=len(places)) == 0)
    if not len(left):
        return edges
    nearest = cKDTree(places).query(places[left], k=2)[1][:, 1]
    return unique_pairs(np.concatenate([edges, np.column_stack([left, nearest])]), len(places))


def _median_at(edges: NDArray[np.int64], length: NDArray[np.float64], n: int) -> NDArray[np.float64]:
    """Return the median length of the edges at each of n places; infinite where there is none."""
    ends, both = edges.reshape(-1, order="F"), np.tile(length, 2)
    order = np.lexsort((both, ends))
    counts = np.bincount(ends, minlength=n)
    starts = np.cumsum(counts) - counts
    middle = np.minimum(starts + (counts - 1) // 2, max(len(both) - 1, 0))
    return np.where(counts > 0, both[order][middle] if len(both) else np.inf, np.inf)
