"""A proven lower bound of the weighted distance, by column generation over all possible territories.

The mixed-integer model has one column per set of zones that keeps the bounds of weight; every zone is in
one of K columns, and a column costs the distance from its zones to their weighted centre. One rule is
loosened, which can only lower the bound: territories may lie in pieces. HiGHS solves the linear relaxation
over the columns known so far. For prices λ of the zones

    Σ λ_i + K · min over centres c and sets S with centre c of Σ_{i in S} (w_i d(i, c) − λ_i)

is a lower bound, whatever λ. That S has its centre at c means Σ_{i in S} w_i (x_i − c) = 0, which is priced
too: any μ of the plane gives the lower bound Σ_{i in S} (w_i d(i, c) + w_i μ·(x_i − c) − λ_i), and the best
set for c and μ is a knapsack, loosened to fractions. For a square of centres the distance is replaced by its
tangent at the middle, which lies below it; with one μ all is linear in c, so that it is least in one of the
corners: four knapsacks bound the whole square. Squares that could hold a cheaper set than the best one known
are quartered until the bound is tight.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numba import njit, prange
from scipy.optimize import linprog
from scipy.sparse import csc_matrix, vstack

if TYPE_CHECKING:
    from territories_checker import City

Array: TypeAlias = np.ndarray

COARSEST_KM = 2.0
GRID_KM = 0.7
_GAP = 2e-3
"""Squares are quartered until the bound is within so many km of mean distance."""
BOX = 0.15
"""Prices stay within this part of the best prices so far, against oscillation (Marsten et al. 1975)."""
_FLAT = 4e-5
"""Within 100 km, south of 60°, √(Δlat² + cos lat_i cos lat_c Δlon²) exceeds the great circle by no more."""
_STEPS = 8
"""Steps of the search for the best μ of a square."""
_RADIANS_PER_KM = 1 / 6371.0088


@dataclass
class Instance:
    """Zones (km north and, at the equator, east), the number of territories and the weight each may have."""

    points: np.ndarray
    weight: np.ndarray
    count: int
    low: float
    high: float


def instance(city: City, count: int, tolerance: float) -> Instance:
    """Return a city as an instance."""
    place = np.array([city.place[zone] for zone in city.ids])
    points = np.radians(place[:, [1, 0]]) / _RADIANS_PER_KM
    weight = np.array([city.weight[zone] for zone in city.ids])
    mean = weight.sum() / count
    return Instance(points, weight, count, mean * (1 - tolerance), mean * (1 + tolerance))


@njit(cache=False)
def _knapsack(cost: Array, weight: Array, low: float, high: float, take: Array) -> float:
    """Fill take (fractions) with the cheapest set whose weight is between low and high; return its cost."""
    order = np.argsort(cost / weight)
    total, value = 0.0, 0.0
    take[:] = 0.0
    for i in order:
        limit = high if cost[i] < 0 else low
        if total >= limit:
            break
        part = min(1.0, (limit - total) / weight[i])
        take[i] = part
        total += part * weight[i]
        value += part * cost[i]
    return value


@njit(cache=False)
def _best_slope(
    x: float, y: float, points: Array, weight: Array, base: Array, low: float, high: float, slope: Array
) -> float:
    """Climb to the best μ for one centre, in place; return the cost of the cheapest set with it.

    ``base`` are w_i d(i, c) − λ_i.
    """
    n = len(weight)
    cost, take = np.empty(n), np.empty(n)
    best, bx, by, mx, my = -np.inf, slope[0], slope[1], slope[0], slope[1]
    length = 0.08
    for _step in range(_STEPS):
        for i in range(n):
            cost[i] = base[i] + weight[i] * (mx * (points[i, 0] - x) + my * (points[i, 1] - y))
        value = _knapsack(cost, weight, low, high, take)
        if value > best:
            best, bx, by = value, mx, my
        else:
            length *= 0.5
        gx = gy = mass = 0.0
        for i in range(n):
            gx += take[i] * weight[i] * (points[i, 0] - x)
            gy += take[i] * weight[i] * (points[i, 1] - y)
            mass += take[i] * weight[i]
        far = math.sqrt(gx * gx + gy * gy) / mass
        if far < 0.01:
            break
        mx, my = bx + length * gx / mass / far, by + length * gy / mass / far
        length *= 0.85
    slope[0], slope[1] = bx, by
    return best


@njit(parallel=True, cache=False)
def _in_squares(
    centers: Array, half: float, given: tuple[Array, Array, Array, float, float], slopes: Array, goal: float,
    values: Array, middles: Array,
) -> None:  # fmt: skip
    """Compute a lower bound of the cheapest set of all centres in each square, and that of its middle.

    Squares whose bound is above ``goal`` with the μ at hand are left at that.
    """
    points, weight, prices, low, high = given
    n = len(weight)
    for c in prange(len(centers)):
        x, y = centers[c]
        # The northern edge of the square is where a degree of longitude is shortest.
        narrow = math.cos((y + half) * _RADIANS_PER_KM)
        base, cost, take = np.empty(n), np.empty(n), np.empty(n)
        at, east, north = np.empty(n), np.empty(n), np.empty(n)
        for i in range(n):
            dx, dy = x - points[i, 0], y - points[i, 1]
            short = narrow * math.cos(points[i, 1] * _RADIANS_PER_KM)
            gap = math.sqrt(short * dx * dx + dy * dy)
            base[i] = weight[i] * gap * (1 - _FLAT) - prices[i]
            # Near the square the tangent may fall below 0 in a corner: there nothing is said of the distance.
            steep = 0.0 if gap <= 0.0 else (short * abs(dx) + abs(dy)) * half / gap
            at[i] = gap if steep <= gap and gap > 0.0 else 0.0
            east[i] = short * dx / gap if at[i] > 0.0 else 0.0
            north[i] = dy / gap if at[i] > 0.0 else 0.0
        for attempt in range(2):
            if attempt == 1:
                middles[c] = _best_slope(x, y, points, weight, base, low, high, slopes[c])
            least = np.inf
            for sx in (-half, half):
                for sy in (-half, half):
                    for i in range(n):
                        tangent = (at[i] + east[i] * sx + north[i] * sy) * (1 - _FLAT)
                        tilt = slopes[c, 0] * (points[i, 0] - x - sx) + slopes[c, 1] * (points[i, 1] - y - sy)
                        cost[i] = weight[i] * (tangent + tilt) - prices[i]
                    least = min(least, _knapsack(cost, weight, low, high, take))
            values[c] = max(values[c], least)
            if values[c] >= goal:
                break


def lower_bound(given: Instance, prices: np.ndarray, deadline: float) -> tuple[float, np.ndarray]:
    """Return Σ λ + K × the cheapest set over the whole plane, and the middles with the cheapest sets.

    The middles have four columns: centre and μ.
    """
    gap = _GAP * given.weight.sum() / given.count
    corner, far = given.points.min(axis=0), given.points.max(axis=0)
    half = COARSEST_KM / 2
    axes = [np.arange(corner[d] + half, far[d] + 2 * half, 2 * half) for d in (0, 1)]
    squares = np.array(np.meshgrid(*axes)).reshape(2, -1).T.copy()
    slopes, seen = np.zeros((len(squares), 2)), np.empty((0, 5))
    known, settled = np.inf, np.inf
    arguments = (given.points, given.weight, prices, given.low, given.high)
    while len(squares):
        values, middles = np.full(len(squares), -np.inf), np.full(len(squares), np.inf)
        _in_squares(squares, half, arguments, slopes, known - gap, values, middles)
        known = min(known, middles.min())
        seen = np.vstack([seen, np.column_stack([middles, squares, slopes])])
        open_ = values < known - gap
        # What isn't quartered any more is settled at its bound.
        settled = min(settled, values[~open_].min(initial=np.inf))
        if time.perf_counter() > deadline:
            settled = min(settled, values.min())
            break
        half /= 2
        shifts = np.array([[x, y] for x in (-half, half) for y in (-half, half)])
        squares = (squares[open_][:, None] + shifts).reshape(-1, 2)
        slopes = np.repeat(slopes[open_], 4, axis=0)
    return float(prices.sum() + given.count * settled), seen[np.argsort(seen[:, 0])]


def _central_cost(given: Instance, chosen: np.ndarray) -> float:
    """Return the weighted distance of a set to its weighted centre."""
    points, weight = given.points[chosen], given.weight[chosen]
    middle = weight @ points / weight.sum()
    narrow = np.cos(points[:, 1] * _RADIANS_PER_KM) * math.cos(middle[1] * _RADIANS_PER_KM)
    east, north = (points - middle).T
    return float(weight @ np.sqrt(narrow * east**2 + north**2))


def _columns(given: Instance, prices: np.ndarray, middles: np.ndarray, most: int) -> dict[bytes, np.ndarray]:
    """Return sets that may improve the relaxation: those cheapest for some centres and their μ."""
    sets: dict[bytes, np.ndarray] = {}
    for _value, x, y, *slope in middles[np.isfinite(middles[:, 0])][: 20 * most]:
        away = given.points - [x, y]
        narrow = np.cos(given.points[:, 1] * _RADIANS_PER_KM) * math.cos(y * _RADIANS_PER_KM)
        distance = np.sqrt(narrow * away[:, 0] ** 2 + away[:, 1] ** 2)
        take = np.empty(len(distance))
        _knapsack(
            given.weight * (distance + away @ slope) - prices, given.weight, given.low, given.high, take
        )
        for least in (0.0, 0.999999):
            chosen = np.flatnonzero(take > least)
            if given.low <= given.weight[chosen].sum() <= given.high:
                sets.setdefault(chosen.tobytes(), chosen)
        if len(sets) >= most:
            break
    return sets


def bound(given: Instance, first: list[np.ndarray], seconds: float) -> tuple[float, float]:
    """Return the best lower bound within some seconds, and the value of the relaxation over the columns.

    Parameters
    ----------
    given
        The instance.
    first
        Sets to begin with, such as the territories of good designs.
    seconds
        How long.
    """
    deadline = time.perf_counter() + seconds
    sets = {chosen.tobytes(): chosen for chosen in map(np.sort, first)}
    costs = {key: _central_cost(given, chosen) for key, chosen in sets.items()}
    center, box = _first_prices(given, list(sets.values())), BOX
    best, middles = lower_bound(given, center, deadline)
    value, dual = np.inf, center
    while time.perf_counter() < deadline:
        new = _columns(given, dual, middles, 150)
        new = {key: chosen for key, chosen in new.items() if key not in sets}
        sets.update(new)
        costs.update({key: _central_cost(given, chosen) for key, chosen in new.items()})
        value, dual, at_edge = _relaxation(given, list(sets.values()), list(costs.values()), center, box)
        if not at_edge and value - best < 3e-4 * value:
            break
        proven, middles = lower_bound(given, dual, deadline)
        if proven > best:
            best, center = proven, dual
        elif not at_edge:
            box /= 1.5
    return best, value


def _first_prices(given: Instance, sets: list[np.ndarray]) -> np.ndarray:
    """Return prices from good territories: weight × 1.5 × mean distance, its value at the edge of a disc."""
    near, often = np.zeros(len(given.weight)), np.zeros(len(given.weight))
    for chosen in sets:
        near[chosen] += 1.5 * _central_cost(given, chosen) / given.weight[chosen].sum()
        often[chosen] += 1
    return given.weight * near / np.maximum(often, 1)


def _relaxation(
    given: Instance, columns: list[np.ndarray], costs: list[float], center: np.ndarray, box: float
) -> tuple[float, np.ndarray, bool]:
    """Return value and prices of the relaxation over the columns, and whether a price is at its limit.

    A zone may be left out, or taken twice, at the limits of its price: that keeps the price inside.
    """
    n = len(given.weight)
    rows = np.concatenate([*columns, np.arange(n), np.arange(n)])
    signs = np.concatenate([np.ones(sum(map(len, columns)) + n), -np.ones(n)])
    starts = np.concatenate([[0], np.cumsum([*map(len, columns), *np.ones(2 * n, int)])])
    matrix = csc_matrix((signs, rows, starts), shape=(n, len(columns) + 2 * n))
    number = csc_matrix(np.concatenate([np.ones(len(columns)), np.zeros(2 * n)])[None, :])
    width = box * np.abs(center)
    found = linprog(
        np.concatenate([costs, center + width, width - center]),
        A_eq=vstack([matrix, number]),
        b_eq=np.concatenate([np.ones(n), [given.count]]),
        method="highs",
    )
    dual = found.eqlin.marginals[:n]
    return float(found.fun), dual, bool((np.abs(dual - center) > 0.999 * width).any())
