"""The moves between two neighbouring visits of a day: what they gain, and how they are made.

The nine moves of Prins (2004), Computers & Operations Research 31. With ``u`` before ``x`` and
``v`` before ``y``: 1 to 3 put u, (u, x) or (x, u) behind v; 4 to 6 exchange u with v, (u, x) with
v, and (u, x) with (v, y); 7 turns the way from x to v round; 8 and 9 exchange the ends of two
routes, turned round or not.
"""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, compiled
from core.visits.routing.genetic.tours import rewrite
from core.visits.routing.layout import (
    BUFFER,
    CUSTOMERS,
    DEMAND,
    DISTANCE,
    END,
    LENGTH,
    LOAD,
    LOAD_UPTO,
    MINUTES_UPTO,
    NODES,
    ROUTE_COST,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    SERVICE,
    START,
    TO,
    TOUR,
    WORK,
)
from core.visits.routing.route import penalty

TURN, ENDS_TURNED, ENDS = 7, 8, 9
_LEAST_GAIN = -1e-7
_FAR = 1000


@compiled
def _penalties(num: Numbers, f1: int, f2: int) -> float:
    """Return what the limits cost in two routes, which may be the same."""
    priced: float = num[f1 + ROUTE_COST] - num[f1 + DISTANCE]
    if f1 != f2:
        priced += num[f2 + ROUTE_COST] - num[f2 + DISTANCE]
    return priced


@compiled
def _is_gain(
    num: Numbers,
    idx: Indices,
    f1: int,
    f2: int,
    way1: float,
    way2: float,
    load: float,
    work: float,
) -> bool:
    """Say whether a change of the two ways, with load and work that leave the first route, pays.

    ``f1`` and ``f2`` are where the records of the routes begin; they may be the same.
    """
    gain = way1 + way2
    priced = _penalties(num, f1, f2)
    if f1 == f2:
        minutes = num[f1 + DISTANCE] + num[f1 + WORK] + gain
        gain += penalty(num, idx, f1, num[f1 + LOAD], minutes, 0.0) - priced
        return bool(gain < _LEAST_GAIN)
    minutes = num[f1 + DISTANCE] + num[f1 + WORK] + way1 - work
    gain += penalty(num, idx, f1, num[f1 + LOAD] - load, minutes, 0.0) - priced
    if gain >= _LEAST_GAIN:
        return False
    minutes = num[f2 + DISTANCE] + num[f2 + WORK] + way2 + work
    return bool(gain + penalty(num, idx, f2, num[f2 + LOAD] + load, minutes, 0.0) < _LEAST_GAIN)


@compiled
def _find_relocation(num: Numbers, idx: Indices, f1: int, f2: int, t1: int, t2: int, bound: float) -> int:
    """Return the first of moves 1 to 3 that pays; ``t1`` and ``t2`` are where u and v stand in the tours."""
    to, nodes = idx[TO], idx[NODES]
    before_u, u, x, v, y = idx[t1 - 1], idx[t1], idx[t1 + 1], idx[t2], idx[t2 + 1]
    row_u, row_v, row_x = to + u * nodes, to + v * nodes, to + x * nodes
    u_v, u_x, u_y, v_y = num[row_u + v], num[row_u + x], num[row_u + y], num[row_v + y]
    first = num[row_u + before_u] + u_x
    load, work = num[idx[DEMAND] + u], num[idx[SERVICE] + u]
    a, b = num[to + before_u * nodes + x] - first, u_v + u_y - v_y
    if a + b < bound and _is_gain(num, idx, f1, f2, a, b, load, work):
        return 1
    # Nodes that are no customers are ends.
    if x < idx[CUSTOMERS] and x != v:
        after_x = idx[t1 + 2]
        a = num[to + before_u * nodes + after_x] - first - num[row_x + after_x]
        load, work = load + num[idx[DEMAND] + x], work + num[idx[SERVICE] + x]
        b = u_v + u_x + num[row_x + y] - v_y
        if a + b < bound and _is_gain(num, idx, f1, f2, a, b, load, work):
            return 2
        b = num[row_v + x] + u_x + u_y - v_y
        if a + b < bound and _is_gain(num, idx, f1, f2, a, b, load, work):
            return 3
    return 0


@compiled
def _find_swap(num: Numbers, idx: Indices, f1: int, f2: int, t1: int, t2: int, bound: float) -> int:
    """Return the first of moves 4 to 6 that pays."""
    to, nodes, demand, service = idx[TO], idx[NODES], idx[DEMAND], idx[SERVICE]
    before_u, u, x, before_v, v, y = idx[t1 - 1], idx[t1], idx[t1 + 1], idx[t2 - 1], idx[t2], idx[t2 + 1]
    row_u, row_v, row_x = to + u * nodes, to + v * nodes, to + x * nodes
    u_x, u_y, v_y = num[row_u + x], num[row_u + y], num[row_v + y]
    first, second = num[row_u + before_u] + u_x, num[row_v + before_v] + v_y
    apart = t1 - t2 if f1 == f2 else _FAR
    load, work = num[demand + u] - num[demand + v], num[service + u] - num[service + v]
    if u < v and not -1 <= apart <= 1:
        a = num[row_v + before_u] + num[row_v + x] - first
        b = num[row_u + before_v] + u_y - second
        if a + b < bound and _is_gain(num, idx, f1, f2, a, b, load, work):
            return 4
    if x >= idx[CUSTOMERS] or -2 <= apart <= 1:
        return 0
    after_x = idx[t1 + 2]
    load, work = load + num[demand + x], work + num[service + x]
    first += num[row_x + after_x]
    a = num[row_v + before_u] + num[row_v + after_x] - first
    b = num[row_u + before_v] + u_x + num[row_x + y] - second
    if a + b < bound and _is_gain(num, idx, f1, f2, a, b, load, work):
        return 5
    if y < idx[CUSTOMERS] and u < v and apart != 2:
        row_y, after_y = to + y * nodes, idx[t2 + 2]
        a = num[row_v + before_u] + v_y + num[row_y + after_x] - first
        b = num[row_u + before_v] + u_x + num[row_x + after_y] - second - num[row_y + after_y]
        load, work = load - num[demand + y], work - num[service + y]
        if a + b < bound and _is_gain(num, idx, f1, f2, a, b, load, work):
            return 6
    return 0


@compiled
def find_move(num: Numbers, idx: Indices, r1: int, p1: int, r2: int, p2: int) -> int:
    """Return the first move that pays of the visit at ``p1`` of one tour behind ``p2`` of another, or 0.

    ``p2`` may be 0, the start of the route.
    """
    f1, f2 = idx[ROUTE_NUM] + r1 * ROUTE_NUMBERS, idx[ROUTE_NUM] + r2 * ROUTE_NUMBERS
    width = idx[CUSTOMERS] + 2
    t1, t2 = idx[TOUR] + r1 * width + p1, idx[TOUR] + r2 * width + p2
    bound = _penalties(num, f1, f2) + _LEAST_GAIN
    move = 0
    if t1 != t2 + 1:
        move = _find_relocation(num, idx, f1, f2, t1, t2, bound)
    if move == 0 and p2 > 0:
        move = _find_swap(num, idx, f1, f2, t1, t2, bound)
    if move > 0:
        return move
    if r1 != r2:
        return _find_exchange_of_ends(num, idx, r1, p1, r2, p2)
    to, nodes = idx[TO], idx[NODES]
    gain = num[to + idx[t1] * nodes + idx[t2]] + num[to + idx[t1 + 1] * nodes + idx[t2 + 1]]
    gain -= num[to + idx[t1] * nodes + idx[t1 + 1]] + num[to + idx[t2] * nodes + idx[t2 + 1]]
    if p1 + 1 < p2 and gain < bound and _is_gain(num, idx, f1, f1, gain, 0.0, 0.0, 0.0):
        return TURN
    return 0


@compiled
def _find_exchange_of_ends(num: Numbers, idx: Indices, r1: int, p1: int, r2: int, p2: int) -> int:
    g1, g2 = idx[ROUTE_IDX] + r1 * ROUTE_INDICES, idx[ROUTE_IDX] + r2 * ROUTE_INDICES
    if idx[g1 + START] != idx[g2 + START] or idx[g1 + END] != idx[g2 + END]:
        return 0
    n, nodes = idx[CUSTOMERS], idx[NODES]
    t1, t2 = idx[TOUR] + r1 * (n + 2) + p1, idx[TOUR] + r2 * (n + 2) + p2
    row_u, row_v = idx[TO] + idx[t1] * nodes, idx[TO] + idx[t2] * nodes
    u_x, v_y = num[row_u + idx[t1 + 1]], num[row_v + idx[t2 + 1]]
    u_v, x_y = num[row_u + idx[t2]], num[idx[TO] + idx[t1 + 1] * nodes + idx[t2 + 1]]
    u_y, v_x = num[row_u + idx[t2 + 1]], num[row_v + idx[t1 + 1]]
    f1, f2 = idx[ROUTE_NUM] + r1 * ROUTE_NUMBERS, idx[ROUTE_NUM] + r2 * ROUTE_NUMBERS
    load1 = num[idx[LOAD_UPTO] + r1 * (n + 1) + p1]
    load2 = num[idx[LOAD_UPTO] + r2 * (n + 1) + p2]
    minutes1 = num[idx[MINUTES_UPTO] + r1 * (n + 1) + p1]
    minutes2 = num[idx[MINUTES_UPTO] + r2 * (n + 1) + p2]
    loads = num[f1 + LOAD] + num[f2 + LOAD]
    minutes = num[f1 + DISTANCE] + num[f1 + WORK] + num[f2 + DISTANCE] + num[f2 + WORK]
    present = _penalties(num, f1, f2)
    bound = present + _LEAST_GAIN
    gain = u_v + x_y - u_x - v_y
    if p2 > 0 and idx[g1 + START] == idx[g1 + END] and gain < bound:
        spent = minutes1 + minutes2 + u_v
        priced = penalty(num, idx, f1, load1 + load2, spent, 0.0) - present
        priced += penalty(num, idx, f2, loads - load1 - load2, minutes + gain - spent, 0.0)
        if gain + priced < _LEAST_GAIN:
            return ENDS_TURNED
    gain = u_y + v_x - u_x - v_y
    if gain < bound:
        load = load1 + num[f2 + LOAD] - load2
        spent = minutes1 + num[f2 + DISTANCE] + num[f2 + WORK] - minutes2 - v_y + u_y
        priced = penalty(num, idx, f1, load, spent, 0.0) - present
        priced += penalty(num, idx, f2, loads - load, minutes + gain - spent, 0.0)
        if gain + priced < _LEAST_GAIN:
            return ENDS
    return 0


@compiled
def _copy(idx: Indices, r: int, first: int, last: int, buffer: int, at: int) -> int:
    """Append the stops from one position of a tour to another, backwards if need be; return the new end."""
    tour, made = idx[TOUR] + r * (idx[CUSTOMERS] + 2), idx[BUFFER] + buffer * idx[CUSTOMERS]
    step = 1 if first <= last else -1
    for k in range(first, last + step, step):
        idx[made + at] = idx[tour + k]
        at += 1
    return at


@compiled
def _exchange_ends(num: Numbers, idx: Indices, move: int, r1: int, p1: int, r2: int, p2: int) -> None:
    stops1 = idx[idx[ROUTE_IDX] + r1 * ROUTE_INDICES + LENGTH]
    stops2 = idx[idx[ROUTE_IDX] + r2 * ROUTE_INDICES + LENGTH]
    a = _copy(idx, r1, 1, p1, 0, 0)
    if move == ENDS_TURNED:
        a = _copy(idx, r2, p2, 1, 0, a)
        b = _copy(idx, r1, stops1, p1 + 1, 1, 0) if p1 < stops1 else 0
        b = _copy(idx, r2, p2 + 1, stops2, 1, b) if p2 < stops2 else b
    else:
        a = _copy(idx, r2, p2 + 1, stops2, 0, a) if p2 < stops2 else a
        b = _copy(idx, r2, 1, p2, 1, 0) if p2 > 0 else 0
        b = _copy(idx, r1, p1 + 1, stops1, 1, b) if p1 < stops1 else b
    rewrite(num, idx, r1, 0, a)
    rewrite(num, idx, r2, 1, b)


@compiled
def _compose(idx: Indices, move: int, r: int, buffer: int, r1: int, p1: int, r2: int, p2: int) -> int:
    """Write a route as it is after one of the moves 1 to 6; return its number of stops."""
    width = idx[CUSTOMERS] + 2
    tour, t1, t2 = idx[TOUR] + r * width, idx[TOUR] + r1 * width + p1, idx[TOUR] + r2 * width + p2
    made = idx[BUFFER] + buffer * idx[CUSTOMERS]
    first_is_pair = move in (2, 3) or move >= 5
    second_is_pair = move == 6
    a = 0
    for k in range(idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] + 1):
        if r == r1 and (k == p1 or (first_is_pair and k == p1 + 1)):
            if k == p1 and move >= 4:
                idx[made + a] = idx[t2]
                a += 1
                if second_is_pair:
                    idx[made + a] = idx[t2 + 1]
                    a += 1
        elif r == r2 and (k == p2 or (second_is_pair and k == p2 + 1)):
            if k > p2:
                continue
            if move <= 3 and k > 0:
                idx[made + a] = idx[t2]
                a += 1
            idx[made + a] = idx[t1 + 1] if move == 3 else idx[t1]
            a += 1
            if first_is_pair:
                idx[made + a] = idx[t1] if move == 3 else idx[t1 + 1]
                a += 1
        elif k > 0:
            idx[made + a] = idx[tour + k]
            a += 1
    return a


@compiled
def make_move(num: Numbers, idx: Indices, move: int, r1: int, p1: int, r2: int, p2: int) -> None:
    """Make a move that :func:`find_move` returned."""
    if move >= ENDS_TURNED:
        _exchange_ends(num, idx, move, r1, p1, r2, p2)
        return
    if move == TURN:
        stops = idx[idx[ROUTE_IDX] + r1 * ROUTE_INDICES + LENGTH]
        a = _copy(idx, r1, 1, p1, 0, 0)
        a = _copy(idx, r1, p2, p1 + 1, 0, a)
        a = _copy(idx, r1, p2 + 1, stops, 0, a) if p2 < stops else a
        rewrite(num, idx, r1, 0, a)
        return
    a = _compose(idx, move, r1, 0, r1, p1, r2, p2)
    b = _compose(idx, move, r2, 1, r1, p1, r2, p2) if r1 != r2 else 0
    rewrite(num, idx, r1, 0, a)
    if r1 != r2:
        rewrite(num, idx, r2, 1, b)
