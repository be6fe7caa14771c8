"""A map that tiles without gaps: Voronoi cells whose shared borders are one fractal line each.

A Voronoi edge is the base of two mirrored triangles that have the two neighbouring seeds as their
tips. A border that stays inside them can't cross any other border, so the cells remain a tiling
however rough the lines are, and both neighbours use the same vertices.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from scipy.spatial import Voronoi

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP_KM = 1.6
"""Distance between two vertices of a border."""
ROUGHNESS = 0.11
COAST_ROUGHNESS = 0.2


@dataclass(frozen=True)
class Tessellation:
    """The cells of some seeds.

    Parameters
    ----------
    polygons
        One shapely polygon per inner seed, in km.
    neighbours
        Pairs of inner seeds that share a border, shape (pairs, 2).
    """

    polygons: NDArray[np.object_]
    neighbours: NDArray[np.int64]


def tessellate(seeds: NDArray[np.float64], inner: int, random: np.random.Generator) -> Tessellation:
    """Return the fractal cells of the first ``inner`` seeds.

    Parameters
    ----------
    seeds
        Points in km, shape (seeds, 2). Those from ``inner`` on surround the map: the border between
        an inner and an outer seed is the coast.
    """
    voronoi = Voronoi(seeds)
    borders: list[list[NDArray[np.float64]]] = [[] for _ in range(inner)]
    neighbours = []
    order = np.lexsort(voronoi.ridge_points.T[::-1])
    for ridge in order:
        left, right = sorted(int(s) for s in voronoi.ridge_points[ridge])
        ends = voronoi.ridge_vertices[ridge]
        if left >= inner or -1 in ends:
            continue
        coast = right >= inner
        line = _fractal(
            voronoi.vertices[min(ends)],
            voronoi.vertices[max(ends)],
            tip=seeds[left],
            roughness=COAST_ROUGHNESS if coast else ROUGHNESS,
            random=random,
        )
        borders[left].append(line)
        if not coast:
            borders[right].append(line)
            neighbours.append((left, right))
    return Tessellation(
        np.array([_ring(lines) for lines in borders], dtype=object), np.array(neighbours, np.int64)
    )


def _fractal(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    *,
    tip: NDArray[np.float64],
    roughness: float,
    random: np.random.Generator,
) -> NDArray[np.float64]:
    along = end - start
    length = float(np.hypot(*along))
    levels = max(1, int(np.ceil(np.log2(max(length / STEP_KM, 2.0)))))
    offset = np.zeros(2)
    for level in range(levels):
        middle = (offset[:-1] + offset[1:]) / 2
        middle += random.normal(0.0, roughness * length / 2 ** (level * 0.9), len(middle))
        offset = _interleave(offset, middle)
    t = np.linspace(0.0, 1.0, len(offset))
    direction = along / length
    normal = np.array([-direction[1], direction[0]])
    limit = 0.85 * _triangle_height(
        t * length, length, float((tip - start) @ direction), abs(float((tip - start) @ normal))
    )
    offset = limit * np.tanh(offset / np.maximum(limit, 1e-9))
    points = start + t[:, None] * along + offset[:, None] * normal
    points[0], points[-1] = start, end
    return np.asarray(points)


def _interleave(even: NDArray[np.float64], odd: NDArray[np.float64]) -> NDArray[np.float64]:
    result = np.empty(len(even) + len(odd))
    result[::2], result[1::2] = even, odd
    return result


def _triangle_height(
    x: NDArray[np.float64], length: float, foot: float, height: float
) -> NDArray[np.float64]:
    """Return the height over the base of the triangle whose tip stands over ``foot``."""
    rising = x * height / foot if foot > 1e-9 else np.full_like(x, height)
    falling = (length - x) * height / (length - foot) if length - foot > 1e-9 else np.full_like(x, height)
    return np.minimum(rising, falling)


def _ring(lines: list[NDArray[np.float64]]) -> shapely.Polygon:
    """Join lines, each given in either direction, to the polygon they enclose."""
    rest = list(lines)
    ring = [rest.pop(0)]
    while rest:
        tail = ring[-1][-1]
        place = next(p for p, line in enumerate(rest) if (tail == line[0]).all() or (tail == line[-1]).all())
        line = rest.pop(place)
        ring.append(line if (tail == line[0]).all() else line[::-1])
    return shapely.Polygon(np.concatenate([line[:-1] for line in ring]))
