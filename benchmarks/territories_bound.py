"""A proven lower bound of the weighted distance, by column generation over all possible territories.

The mixed-integer model has one column per set of zones that keeps the bounds of weight; every zone is in
one of K columns. Two rules are loosened, which can only lower the bound: territories may lie in pieces,
and distance counts from the best place of the plane instead of the weighted centre. HiGHS solves the
linear relaxation over the columns known so far. For prices λ of the zones

    Σ λ_i + K · min over centres c and sets S of Σ_{i in S} (w_i d(i, c) − λ_i)

is a lower bound, whatever λ. For one centre the best set is a knapsack, loosened to fractions. For a
square of centres the distance is replaced by its tangent at the middle, which lies below it, and that is
least in one of the corners: four knapsacks bound the whole square. Squares that could hold a cheaper set
than the best one known are quartered until the bound is tight.
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


@dataclass
class Instance:
    """Zones on the plane in km, the number of territories and the least and highest weight of each."""

    points: np.ndarray
    weight: np.ndarray
    count: int
    low: float
    high: float


def instance(city: City, count: int, tolerance: float) -> Instance:
    """Return a city as an instance; the plane shortens no distance by more than the bound says below."""
    place = np.array([city.place[zone] for zone in city.ids])
    # East-west kilometres of the northernmost zone: no longer than those of any other, so that the plane
    # never lengthens a distance.
    shrink = math.cos(math.radians(place[:, 0].max()))
    points = place[:, [1, 0]] * [math.radians(6371.0088) * shrink, math.radians(6371.0088)]
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


@njit(parallel=True, cache=False)
def _at_points(
    centers: Array, points: Array, weight: Array, prices: Array, low: float, high: float, values: Array
) -> None:
    """Compute the cheapest set of every centre."""
    for c in prange(len(centers)):
        cost = np.empty(len(weight))
        take = np.empty(len(weight))
        for i in range(len(weight)):
            dx, dy = points[i, 0] - centers[c, 0], points[i, 1] - centers[c, 1]
            cost[i] = weight[i] * math.sqrt(dx * dx + dy * dy) - prices[i]
        values[c] = _knapsack(cost, weight, low, high, take)


@njit(parallel=True, cache=False)
def _in_squares(
    centers: Array,
    half: float,
    points: Array,
    weight: Array,
    prices: Array,
    low: float,
    high: float,
    values: Array,
) -> None:
    """Compute a lower bound of the cheapest set of all centres in each square."""
    for c in prange(len(centers)):
        cost = np.empty(len(weight))
        take = np.empty(len(weight))
        best = np.inf
        for sx in (-half, half):
            for sy in (-half, half):
                for i in range(len(weight)):
                    dx, dy = centers[c, 0] - points[i, 0], centers[c, 1] - points[i, 1]
                    gap = math.sqrt(dx * dx + dy * dy)
                    tangent = gap + (dx * sx + dy * sy) / gap if gap > 1e-12 else 0.0
                    cost[i] = weight[i] * max(tangent, 0.0) - prices[i]
                best = min(best, _knapsack(cost, weight, low, high, take))
        values[c] = best


def lower_bound(given: Instance, prices: np.ndarray, gap: float, deadline: float) -> float:
    """Return Σ λ + K × the cheapest set over the whole plane, proven to within ``gap`` per territory."""
    corner, far = given.points.min(axis=0), given.points.max(axis=0)
    half = COARSEST_KM / 2
    axes = [np.arange(corner[d] + half, far[d] + 2 * half, 2 * half) for d in (0, 1)]
    squares = np.array(np.meshgrid(*axes)).reshape(2, -1).T.copy()
    known, settled = np.inf, np.inf
    arguments = (given.points, given.weight, prices, given.low, given.high)
    while len(squares):
        values, points = np.empty(len(squares)), np.empty(len(squares))
        _in_squares(squares, half, *arguments, values)
        _at_points(squares, *arguments, points)
        known = min(known, points.min())
        open_ = values < known - gap
        # What isn't quartered any more is settled at its bound.
        settled = min(settled, values[~open_].min(initial=np.inf))
        squares = squares[open_]
        if time.perf_counter() > deadline:
            settled = min(settled, values.min())
            break
        half /= 2
        shifts = np.array([[x, y] for x in (-half, half) for y in (-half, half)])
        squares = (squares[:, None] + shifts).reshape(-1, 2)
    return float(prices.sum() + given.count * settled)


def _median_cost(given: Instance, chosen: np.ndarray) -> float:
    """Return the weighted distance of a set to its geometric median."""
    points, weight = given.points[chosen], given.weight[chosen]
    middle = weight @ points / weight.sum()
    for _step in range(60):
        pull = weight / np.maximum(np.hypot(*(points - middle).T), 1e-6)
        middle = pull @ points / pull.sum()
    return float(weight @ np.hypot(*(points - middle).T))


def _columns(given: Instance, prices: np.ndarray, grid: np.ndarray, most: int) -> list[np.ndarray]:
    """Return sets that would improve the relaxation: the cheapest of the centres of a grid."""
    values = np.empty(len(grid))
    _at_points(grid, given.points, given.weight, prices, given.low, given.high, values)
    sets: list[np.ndarray] = []
    seen = set()
    for c in np.argsort(values)[: 20 * most]:
        cost = given.weight * np.hypot(*(given.points - grid[c]).T) - prices
        take = np.empty(len(cost))
        _knapsack(cost, given.weight, given.low, given.high, take)
        chosen = np.flatnonzero(take > 0.5)
        load = given.weight[chosen].sum()
        key = chosen.tobytes()
        if given.low <= load <= given.high and key not in seen:
            seen.add(key)
            sets.append(chosen)
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
    corner, far = given.points.min(axis=0), given.points.max(axis=0)
    axes = [np.arange(corner[d], far[d], GRID_KM) for d in (0, 1)]
    grid = np.vstack([np.array(np.meshgrid(*axes)).reshape(2, -1).T, given.points]).copy()
    sets = {chosen.tobytes(): chosen for chosen in map(np.sort, first)}
    costs = {key: _median_cost(given, chosen) for key, chosen in sets.items()}
    center, box = _first_prices(given, list(sets.values())), BOX
    best = lower_bound(given, center, _GAP * given.weight.sum() / given.count, deadline)
    value = np.inf
    while time.perf_counter() < deadline:
        value, dual, at_edge = _relaxation(given, list(sets.values()), list(costs.values()), center, box)
        proven = lower_bound(given, dual, _GAP * given.weight.sum() / given.count, deadline)
        if proven > best:
            best, center = proven, dual
        elif not at_edge:
            box /= 1.5
        fresh = _columns(given, dual, grid, 100)
        new = {chosen.tobytes(): chosen for chosen in fresh if chosen.tobytes() not in sets}
        if not at_edge and (not new or value - best < 3e-4 * value):
            break
        sets.update(new)
        costs.update({key: _median_cost(given, chosen) for key, chosen in new.items()})
    return best, value


def _first_prices(given: Instance, sets: list[np.ndarray]) -> np.ndarray:
    """Return prices from good territories: weight × 1.5 × mean distance, its value at the edge of a disc."""
    near, often = np.zeros(len(given.weight)), np.zeros(len(given.weight))
    for chosen in sets:
        near[chosen] += 1.5 * _median_cost(given, chosen) / given.weight[chosen].sum()
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
