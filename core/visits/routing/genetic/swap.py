"""SWAP*: two visits of two routes change places, each going wherever in the other route it is cheapest.

Vidal (2022), Computers & Operations Research 140, section 4.
"""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, compiled
from core.visits.routing.genetic.tours import rewrite
from core.visits.routing.layout import (
    BUFFER,
    CUSTOMERS,
    DEMAND,
    DISTANCE,
    INSERTION,
    INSERTION_PLACE,
    LENGTH,
    LOAD,
    LOAD_WEIGHT,
    MAX_LOAD,
    NODES,
    ROUTE_COST,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    ROUTES,
    SERVICE,
    TO,
    TOUR,
    VERSION,
    WORK,
)
from core.visits.routing.route import penalty

_LEAST_GAIN = -1e-7
# The place that a visit leaves, as the place of the other.
_IN_ITS_PLACE = -1


@compiled
def removal(num: Numbers, idx: Indices, t: int) -> float:
    """Return by how much the way changes when the visit at ``t`` of the tours is left out."""
    to, nodes = idx[TO], idx[NODES]
    row = to + idx[t] * nodes
    a, b = idx[t - 1], idx[t + 1]
    way: float = num[to + a * nodes + b] - num[row + a] - num[row + b]
    return way


@compiled
def _find_insertions(num: Numbers, idx: Indices, c: int, r: int) -> None:
    """Note the three shortest detours of a customer to a route."""
    cell = c * idx[ROUTES] + r
    row, t = idx[TO] + c * idx[NODES], idx[TOUR] + r * (idx[CUSTOMERS] + 2)
    first = second = third = 1e300
    first_at = second_at = third_at = 0
    last = idx[t]
    into = num[row + last]
    for k in range(idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] + 1):
        node = idx[t + k + 1]
        out = num[row + node]
        way = into + out - num[idx[TO] + last * idx[NODES] + node]
        if way < third:
            if way < second:
                third, third_at = second, second_at
                if way < first:
                    second, second_at = first, first_at
                    first, first_at = way, k
                else:
                    second, second_at = way, k
            else:
                third, third_at = way, k
        last, into = node, out
    values, places = idx[INSERTION] + 4 * cell, idx[INSERTION_PLACE] + 3 * cell
    num[values] = num[idx[VERSION] + r]
    num[values + 1], num[values + 2], num[values + 3] = first, second, third
    idx[places], idx[places + 1], idx[places + 2] = first_at, second_at, third_at


@compiled
def _know_insertions(num: Numbers, idx: Indices, r: int, other: int) -> None:
    """Make sure that the shortest detours of a route's visits to the other route are known."""
    t = idx[TOUR] + r * (idx[CUSTOMERS] + 2)
    for k in range(1, idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] + 1):
        c = idx[t + k]
        if num[idx[INSERTION] + 4 * (c * idx[ROUTES] + other)] != num[idx[VERSION] + other]:
            _find_insertions(num, idx, c, other)


@compiled
def _without(num: Numbers, idx: Indices, c: int, r: int, p: int) -> tuple[float, int]:
    """Return the shortest detour of ``c`` to a route without its visit at ``p``, and the position before."""
    cell = c * idx[ROUTES] + r
    t = idx[TOUR] + r * (idx[CUSTOMERS] + 2) + p
    row, a, b = idx[TO] + c * idx[NODES], idx[t - 1], idx[t + 1]
    best, place = num[row + a] + num[row + b] - num[idx[TO] + a * idx[NODES] + b], _IN_ITS_PLACE
    values, places = idx[INSERTION] + 4 * cell, idx[INSERTION_PLACE] + 3 * cell
    for k in range(3):
        q = idx[places + k]
        if q not in (p, p - 1):
            if num[values + k + 1] < best:
                best, place = num[values + k + 1], q
            break
    return best, place


@compiled
def _priced(num: Numbers, idx: Indices, r: int, way: float, load: float, work: float) -> float:
    """Return the penalty of a route whose way, load and work change by so much."""
    f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
    minutes = num[f + DISTANCE] + num[f + WORK] + way + work
    return penalty(num, idx, f, num[f + LOAD] + load, minutes, 0.0)


@compiled
def _best_single(
    num: Numbers, idx: Indices, r1: int, r2: int, priced: float, bound: float
) -> tuple[float, int, int]:
    """Return gain, position and new place of the best visit to go from one route to the other."""
    t = idx[TOUR] + r1 * (idx[CUSTOMERS] + 2)
    best, position, place = bound, 0, 0
    for p in range(1, idx[idx[ROUTE_IDX] + r1 * ROUTE_INDICES + LENGTH] + 1):
        c = idx[t + p]
        cell = c * idx[ROUTES] + r2
        out, into = removal(num, idx, t + p), num[idx[INSERTION] + 4 * cell + 1]
        if out + into - priced < best:
            load, work = num[idx[DEMAND] + c], num[idx[SERVICE] + c]
            gain = out + into - priced + _priced(num, idx, r1, out, -load, -work)
            gain += _priced(num, idx, r2, into, load, work)
            if gain < best:
                best, position, place = gain, p, idx[idx[INSERTION_PLACE] + 3 * cell]
    return best, position, place


@compiled
def _best_pair(
    num: Numbers, idx: Indices, r1: int, r2: int, priced: float, bound: float
) -> tuple[float, int, int, int, int]:
    """Return gain, positions and new places of the best two visits to change places."""
    width = idx[CUSTOMERS] + 2
    t1, t2 = idx[TOUR] + r1 * width, idx[TOUR] + r2 * width
    f1, f2 = idx[ROUTE_NUM] + r1 * ROUTE_NUMBERS, idx[ROUTE_NUM] + r2 * ROUTE_NUMBERS
    room1, room2 = num[f1 + MAX_LOAD] - num[f1 + LOAD], num[f2 + MAX_LOAD] - num[f2 + LOAD]
    stops2 = idx[idx[ROUTE_IDX] + r2 * ROUTE_INDICES + LENGTH]
    best, position1, position2, place1, place2 = bound, 0, 0, 0, 0
    for p in range(1, idx[idx[ROUTE_IDX] + r1 * ROUTE_INDICES + LENGTH] + 1):
        u = idx[t1 + p]
        out1 = removal(num, idx, t1 + p)
        for q in range(1, stops2 + 1):
            v = idx[t2 + q]
            out2 = removal(num, idx, t2 + q)
            load = num[idx[DEMAND] + v] - num[idx[DEMAND] + u]
            base = out1 + out2 - priced
            base += num[LOAD_WEIGHT] * (max(load - room1, 0.0) + max(-load - room2, 0.0))
            if base >= best:
                continue
            into2, at2 = _without(num, idx, u, r2, q)
            if base + into2 >= best:
                continue
            into1, at1 = _without(num, idx, v, r1, p)
            if base + into1 + into2 >= best:
                continue
            work = num[idx[SERVICE] + v] - num[idx[SERVICE] + u]
            gain = out1 + into1 + out2 + into2 - priced
            gain += _priced(num, idx, r1, out1 + into1, load, work)
            gain += _priced(num, idx, r2, out2 + into2, -load, -work)
            if gain < best:
                best, position1, position2, place1, place2 = gain, p, q, at1, at2
    return best, position1, position2, place1, place2


@compiled
def _compose(idx: Indices, r: int, buffer: int, leaves: int, comes: int, place: int) -> int:
    """Write a route without its visit at ``leaves`` (0 = none) and with customer ``comes`` (-1 = none)."""
    t, made = idx[TOUR] + r * (idx[CUSTOMERS] + 2), idx[BUFFER] + buffer * idx[CUSTOMERS]
    a = 0
    for k in range(idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] + 1):
        is_left = k == leaves and k > 0
        if k > 0 and not is_left:
            idx[made + a] = idx[t + k]
            a += 1
        if comes >= 0 and (place == k or (is_left and place == _IN_ITS_PLACE)):
            idx[made + a] = comes
            a += 1
    return a


@compiled
def swap_visits(num: Numbers, idx: Indices, r1: int, r2: int) -> bool:
    """Make the best exchange of two visits, or the best single change, between two routes if it pays."""
    _know_insertions(num, idx, r1, r2)
    _know_insertions(num, idx, r2, r1)
    width = idx[CUSTOMERS] + 2
    f1, f2 = idx[ROUTE_NUM] + r1 * ROUTE_NUMBERS, idx[ROUTE_NUM] + r2 * ROUTE_NUMBERS
    priced = num[f1 + ROUTE_COST] - num[f1 + DISTANCE] + num[f2 + ROUTE_COST] - num[f2 + DISTANCE]
    best, p, q, at1, at2 = _best_pair(num, idx, r1, r2, priced, _LEAST_GAIN)
    best, position, place = _best_single(num, idx, r1, r2, priced, best)
    if position > 0:
        p, q, at2 = position, 0, place
    best, position, place = _best_single(num, idx, r2, r1, priced, best)
    if position > 0:
        p, q, at1 = 0, position, place
    if p == 0 and q == 0:
        return False
    u = idx[idx[TOUR] + r1 * width + p] if p > 0 else -1
    v = idx[idx[TOUR] + r2 * width + q] if q > 0 else -1
    a = _compose(idx, r1, 0, p, v, at1)
    b = _compose(idx, r2, 1, q, u, at2)
    rewrite(num, idx, r1, 0, a)
    rewrite(num, idx, r2, 1, b)
    return True
