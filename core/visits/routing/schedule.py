"""Time along a route: pieces of a day that join in constant time, and where the break goes.

A piece is (minutes, late, earliest, latest): its shortest duration, the minutes by which windows
are missed in it, and the span of starts that give both. Joining two pieces is the concatenation
of Vidal et al. (2013), Computers & Operations Research 40, equations 4-7. The latest start keeps
the departure flexible, so waiting that a later departure avoids does not count as work.
"""

from __future__ import annotations

import numpy as np

from core.kernels.jit import Indices, Numbers, compiled
from core.visits.routing.layout import (
    AFTER,
    BEFORE,
    BREAK_AT,
    BREAK_CLOSES,
    BREAK_MINUTES,
    BREAK_OPENS,
    CLOSES,
    CUSTOMERS,
    DAY,
    DAYS,
    END,
    LATE,
    LENGTH,
    MINUTES,
    MINUTES_FRO,
    MINUTES_TO,
    NODE,
    NODES,
    OPENS,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    SERVICE,
    SHIFT_CLOSES,
    SHIFT_OPENS,
    START,
)

# Numba asks of every signed index whether it counts from the end; that alone tripled the time of a scan.
u64 = np.uint64

Piece = tuple[float, float, float, float]


@compiled
def join(first: Piece, second: Piece, travel: float) -> Piece:
    """Join two pieces that lie ``travel`` minutes apart."""
    span = first[0] - first[1] + travel
    wait = max(second[2] - span - first[3], 0.0)
    late = max(first[2] + span - second[3], 0.0)
    return (
        first[0] + second[0] + travel + wait,
        first[1] + second[1] + late,
        max(second[2] - span, first[2]) - wait,
        min(second[3] - span, first[3]) + late,
    )


@compiled
def _visit(num: Numbers, idx: Indices, c: int, day: int) -> Piece:
    """Return the piece of one visit."""
    cell = c * idx[DAYS] + day
    return num[u64(idx[SERVICE] + c)], 0.0, num[u64(idx[OPENS] + cell)], num[u64(idx[CLOSES] + cell)]


@compiled
def _shift(num: Numbers, idx: Indices, r: int) -> Piece:
    """Return the piece of standing at the start or the end."""
    f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
    return 0.0, 0.0, num[f + SHIFT_OPENS], num[f + SHIFT_CLOSES]


@compiled
def _rest(num: Numbers, idx: Indices, r: int) -> Piece:
    """Return the piece of the break."""
    f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
    return num[f + BREAK_MINUTES], 0.0, num[f + BREAK_OPENS], num[f + BREAK_CLOSES]


@compiled
def _load(num: Numbers, idx: Indices, section: int, r: int, k: int) -> Piece:
    p = u64(idx[section] + (r * (idx[CUSTOMERS] + 1) + k) * 4)
    return num[p], num[p + u64(1)], num[p + u64(2)], num[p + u64(3)]


@compiled
def _store(num: Numbers, idx: Indices, section: int, r: int, k: int, piece: Piece) -> None:
    p = u64(idx[section] + (r * (idx[CUSTOMERS] + 1) + k) * 4)
    num[p], num[p + u64(1)], num[p + u64(2)], num[p + u64(3)] = piece


@compiled
def copy_schedule(num: Numbers, idx: Indices, source: int, target: int, r: int) -> None:
    """Copy a half of a route's schedule from one section to another."""
    stops = idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH]
    start = r * (idx[CUSTOMERS] + 1) * 4
    read, write = u64(idx[source] + start), u64(idx[target] + start)
    for k in range(u64((stops + 1) * 4)):
        num[write + k] = num[read + k]


@compiled
def node_at(idx: Indices, r: int, k: int) -> int:
    """Return the node at position ``k`` of a route; -1 is its start, its length its end."""
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    place = u64(idx[NODE] + r * idx[CUSTOMERS] + k)
    if k < 0:
        place = u64(g + START)
    elif k >= idx[g + LENGTH]:
        place = u64(g + END)
    node: int = idx[place]
    return node


@compiled
def _forward(num: Numbers, idx: Indices, r: int) -> None:
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    stops, day = idx[g + LENGTH], idx[g + DAY]
    last = idx[g + START]
    piece = _shift(num, idx, r)
    for k in range(stops + 1):
        if idx[g + BREAK_AT] == k:
            piece = join(piece, _rest(num, idx, r), 0.0)
        _store(num, idx, BEFORE, r, k, piece)
        if k < stops:
            c = node_at(idx, r, k)
            piece = join(piece, _visit(num, idx, c, day), num[u64(idx[MINUTES_TO] + last * idx[NODES] + c)])
            last = c


@compiled
def _backward(num: Numbers, idx: Indices, r: int) -> None:
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    stops, day = idx[g + LENGTH], idx[g + DAY]
    last = idx[g + END]
    piece = _shift(num, idx, r)
    for k in range(stops, -1, -1):
        _store(num, idx, AFTER, r, k, piece)
        if k > 0:
            c = node_at(idx, r, k - 1)
            alone = _visit(num, idx, c, day)
            if idx[g + BREAK_AT] == k:
                alone = join(alone, _rest(num, idx, r), 0.0)
            piece = join(alone, piece, num[u64(idx[MINUTES_TO] + c * idx[NODES] + last)])
            last = c


@compiled
def with_visit(num: Numbers, idx: Indices, r: int, k: int, c: int) -> Piece:
    """Return the day of route ``r`` as it were with customer ``c`` before position ``k``."""
    row = c * idx[NODES]
    visit = _visit(num, idx, c, idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + DAY])
    into = num[u64(idx[MINUTES_FRO] + row + node_at(idx, r, k - 1))]
    front = join(_load(num, idx, BEFORE, r, k), visit, into)
    return join(front, _load(num, idx, AFTER, r, k), num[u64(idx[MINUTES_TO] + row + node_at(idx, r, k))])


@compiled
def _best_break(num: Numbers, idx: Indices, r: int) -> int:
    """Return the number of stops before the break that makes the day shortest and least late."""
    best, place = 1e300, 0
    for k in range(idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] + 1):
        travel = num[idx[MINUTES_TO] + node_at(idx, r, k - 1) * idx[NODES] + node_at(idx, r, k)]
        front = join(_load(num, idx, BEFORE, r, k), _rest(num, idx, r), 0.0)
        day = join(front, _load(num, idx, AFTER, r, k), travel)
        value = day[0] + 10.0 * day[1]
        if value < best:
            best, place = value, k
    return place


@compiled
def plan_day(num: Numbers, idx: Indices, r: int) -> None:
    """Compute the halves of a route, put its break where it costs least, store minutes and lateness."""
    f, g = idx[ROUTE_NUM] + r * ROUTE_NUMBERS, idx[ROUTE_IDX] + r * ROUTE_INDICES
    stops = idx[g + LENGTH]
    idx[g + BREAK_AT] = -1
    _forward(num, idx, r)
    _backward(num, idx, r)
    if num[f + BREAK_MINUTES] > 0.0:
        idx[g + BREAK_AT] = _best_break(num, idx, r)
        _forward(num, idx, r)
        _backward(num, idx, r)
    num[f + MINUTES], num[f + LATE] = 0.0, 0.0
    if stops > 0:
        travel = num[idx[MINUTES_TO] + node_at(idx, r, stops - 1) * idx[NODES] + idx[g + END]]
        day = join(_load(num, idx, BEFORE, r, stops), _load(num, idx, AFTER, r, stops), travel)
        num[f + MINUTES], num[f + LATE] = day[0], day[1]


@compiled
def without_visit(num: Numbers, idx: Indices, r: int, k: int) -> Piece:
    """Return the day of route ``r`` as it were without the visit at position ``k``."""
    front = _load(num, idx, BEFORE, r, k)
    if idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + BREAK_AT] == k + 1:
        front = join(front, _rest(num, idx, r), 0.0)
    row = idx[MINUTES_TO] + node_at(idx, r, k - 1) * idx[NODES]
    return join(front, _load(num, idx, AFTER, r, k + 1), num[row + node_at(idx, r, k + 1)])
