"""The graph of neighbouring units, and longitudes on both sides of the 180th meridian."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEGREE_KM = float(np.pi / 180 * 6371.0088)
"""Length of a degree of latitude."""


@dataclass(frozen=True, eq=False)
class Graph:
    """Neighbours in rows: those of unit i are ``neighbours[first[i]:first[i + 1]]``, ascending."""

    first: NDArray[np.int64]
    neighbours: NDArray[np.int64]

    @classmethod
    def of(cls, n: int, pairs: NDArray[np.int64]) -> Graph:
        """Return the graph of some pairs; repeated pairs and loops count once and not at all."""
        a, b = (pairs[:, 0], pairs[:, 1]) if pairs.size else (np.empty(0, np.int64), np.empty(0, np.int64))
        keys = ascending(np.concatenate([a * n + b, b * n + a])[np.concatenate([a != b, a != b])])
        first = np.zeros(n + 1, np.int64)
        np.cumsum(np.bincount(keys // n, minlength=n), out=first[1:])
        return cls(first, keys % n)

    def without(self, units: NDArray[np.bool_]) -> Graph:
        """Return the graph in which some units have no neighbours."""
        n = len(self.first) - 1
        rows = np.repeat(np.arange(n), np.diff(self.first))
        stays = ~(units[rows] | units[self.neighbours])
        return Graph.of(n, np.column_stack([rows[stays], self.neighbours[stays]]))

    def components(self, labels: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
        """Return the number of each unit's component; with labels, units of different ones hold apart."""
        n = len(self.first) - 1
        rows = np.repeat(np.arange(n), np.diff(self.first))
        stays = np.full(len(rows), True) if labels is None else labels[rows] == labels[self.neighbours]
        matrix = csr_matrix((np.ones(int(stays.sum())), (rows[stays], self.neighbours[stays])), shape=(n, n))
        return np.asarray(connected_components(matrix, directed=False)[1], np.int64)


def ascending(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return each number once, in ascending order; many times as fast as ``numpy.unique`` for millions."""
    ordered = np.sort(keys)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def unique_pairs(pairs: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Return each pair of positions below n once, the lower first, in ascending order; loops are left out."""
    ordered = np.sort(pairs.reshape(-1, 2), axis=1)
    # One key a pair: rows as such are sorted many times more slowly.
    keys = ascending(ordered[:, 0] * n + ordered[:, 1])
    both = np.column_stack([keys // n, keys % n])
    return np.asarray(both[both[:, 0] != both[:, 1]], np.int64)


def unwrap_longitudes(lon: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return longitudes without the jump at 180°, for units on both sides of it."""
    ordered = np.sort(np.mod(lon, 360.0))
    gaps = np.diff(np.concatenate([ordered, ordered[:1] + 360.0]))
    # The widest empty span of the circle is where it may be cut.
    cut = ordered[(int(gaps.argmax()) + 1) % len(ordered)]
    turned = np.mod(lon - cut, 360.0) + cut
    return lon if lon.max() - lon.min() <= 180 else np.where(turned > 180 + 180, turned - 360.0, turned)
