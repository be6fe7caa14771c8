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
    IDLE,
    LATE,
    LENGTH,
    MAX_MINUTES,
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
    SEVERAL,
    SHIFT_CLOSES,
    SHIFT_OPENS,
    START,
    WINDOWS,
)
from core.visits.routing.windows import first_window, has_choice, use_window

# Numba asks of every signed index whether it counts from the end; that alone tripled the time of a scan.
u64 = np.uint64

BROKEN = 1000.0
"""Minutes that a minute beyond the limit, or too late, stands for where windows and breaks are compared."""

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
def _in_window(num: Numbers, idx: Indices, c: int, w: int) -> Piece:
    """Return the piece of one visit in one of its windows."""
    p = u64(idx[WINDOWS] + 2 * w)
    return num[u64(idx[SERVICE] + c)], 0.0, num[p], num[p + u64(1)]


@compiled
def _strain(num: Numbers, idx: Indices, r: int, day: Piece) -> float:
    """Return the minutes of a day; those beyond the limit of route ``r``, or too late, are much dearer."""
    strain: float = day[0] + BROKEN * (
        max(day[0] - num[idx[ROUTE_NUM] + r * ROUTE_NUMBERS + MAX_MINUTES], 0.0) + day[1]
    )
    return strain


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
def _before_break(num: Numbers, idx: Indices, r: int, k: int) -> Piece:
    """Return the piece before position ``k`` of route ``r``, whose break lies there, without the break."""
    if k == 0:
        return _shift(num, idx, r)
    c, day = node_at(idx, r, k - 1), idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + DAY]
    travel = num[u64(idx[MINUTES_TO] + node_at(idx, r, k - 2) * idx[NODES] + c)]
    return join(_load(num, idx, BEFORE, r, k - 1), _visit(num, idx, c, day), travel)


@compiled
def _joined(num: Numbers, idx: Indices, r: int, k: int, visit: Piece, into: float, out: float) -> Piece:
    """Return the day of route ``r`` with a visit before position ``k``, a break there on its better side."""
    after = _load(num, idx, AFTER, r, k)
    whole = join(join(_load(num, idx, BEFORE, r, k), visit, into), after, out)
    if idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + BREAK_AT] == k:
        front = join(join(_before_break(num, idx, r, k), visit, into), _rest(num, idx, r), 0.0)
        other = join(front, after, out)
        if _strain(num, idx, r, other) < _strain(num, idx, r, whole):
            whole = other
    return whole


@compiled
def with_visit(num: Numbers, idx: Indices, r: int, k: int, c: int) -> Piece:
    """Return the day of route ``r`` as it were with customer ``c`` before position ``k``."""
    row = c * idx[NODES]
    day = idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + DAY]
    into = num[u64(idx[MINUTES_FRO] + row + node_at(idx, r, k - 1))]
    out = num[u64(idx[MINUTES_TO] + row + node_at(idx, r, k))]
    whole = _joined(num, idx, r, k, _visit(num, idx, c, day), into, out)
    if idx[SEVERAL] and has_choice(idx, c, day):
        for w in range(first_window(idx, c, day), first_window(idx, c, day + 1)):
            other = _joined(num, idx, r, k, _in_window(num, idx, c, w), into, out)
            if _strain(num, idx, r, other) < _strain(num, idx, r, whole):
                whole = other
    return whole


@compiled
def fit_window(num: Numbers, idx: Indices, r: int, k: int, c: int) -> None:
    """Choose the window in which customer ``c`` fits best before position ``k`` of the present route."""
    row, day = c * idx[NODES], idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + DAY]
    if not has_choice(idx, c, day):
        return
    into = num[u64(idx[MINUTES_FRO] + row + node_at(idx, r, k - 1))]
    out = num[u64(idx[MINUTES_TO] + row + node_at(idx, r, k))]
    least = 1e300
    for w in range(first_window(idx, c, day), first_window(idx, c, day + 1)):
        strain = _strain(num, idx, r, _joined(num, idx, r, k, _in_window(num, idx, c, w), into, out))
        if strain < least:
            least = strain
            use_window(num, idx, c, day, w)


@compiled
def _fit_windows(num: Numbers, idx: Indices, r: int) -> None:
    """Go along a route whose halves are known and choose the best window of each visit anew."""
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    stops, day = idx[g + LENGTH], idx[g + DAY]
    last = idx[g + START]
    for k in range(stops):
        c = node_at(idx, r, k)
        into = num[idx[MINUTES_TO] + last * idx[NODES] + c]
        before = _load(num, idx, BEFORE, r, k)
        if has_choice(idx, c, day):
            out = num[idx[MINUTES_TO] + c * idx[NODES] + node_at(idx, r, k + 1)]
            after, least = _load(num, idx, AFTER, r, k + 1), 1e300
            for w in range(first_window(idx, c, day), first_window(idx, c, day + 1)):
                front = join(before, _in_window(num, idx, c, w), into)
                if idx[g + BREAK_AT] == k + 1:
                    front = join(front, _rest(num, idx, r), 0.0)
                strain = _strain(num, idx, r, join(front, after, out))
                if strain < least:
                    least = strain
                    use_window(num, idx, c, day, w)
        before = join(before, _visit(num, idx, c, day), into)
        if idx[g + BREAK_AT] == k + 1:
            before = join(before, _rest(num, idx, r), 0.0)
        _store(num, idx, BEFORE, r, k + 1, before)
        last = c
    _backward(num, idx, r)


@compiled
def _best_break(num: Numbers, idx: Indices, r: int) -> int:
    """Return the number of stops before the break that makes the day shortest and least late."""
    best, place = 1e300, 0
    for k in range(idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] + 1):
        travel = num[idx[MINUTES_TO] + node_at(idx, r, k - 1) * idx[NODES] + node_at(idx, r, k)]
        front = join(_load(num, idx, BEFORE, r, k), _rest(num, idx, r), 0.0)
        day = join(front, _load(num, idx, AFTER, r, k), travel)
        if _strain(num, idx, r, day) < best:
            best, place = _strain(num, idx, r, day), k
    return place


@compiled
def _halves(num: Numbers, idx: Indices, r: int, place: int) -> None:
    """Compute the halves of a route with its break after ``place`` stops, -1 for none."""
    idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + BREAK_AT] = place
    _forward(num, idx, r)
    _backward(num, idx, r)
    if idx[SEVERAL]:
        _fit_windows(num, idx, r)


@compiled
def _whole(num: Numbers, idx: Indices, r: int) -> Piece:
    """Return the day of a route whose halves are known."""
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    stops = idx[g + LENGTH]
    travel = num[idx[MINUTES_TO] + node_at(idx, r, stops - 1) * idx[NODES] + idx[g + END]]
    return join(_load(num, idx, BEFORE, r, stops), _load(num, idx, AFTER, r, stops), travel)


@compiled
def _excess(num: Numbers, idx: Indices, r: int) -> float:
    """Return the minutes by which a route whose halves are known is too long or too late."""
    day = _whole(num, idx, r)
    excess: float = max(day[0] - num[idx[ROUTE_NUM] + r * ROUTE_NUMBERS + MAX_MINUTES], 0.0) + day[1]
    return excess


@compiled
def _try_breaks(num: Numbers, idx: Indices, r: int) -> None:
    """Try every place of the break with windows that suit it, until one keeps all limits."""
    least, place = 1e300, 0
    for k in range(idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] + 1):
        # Each pass lets the windows after a visit follow those before it.
        for _again in range(2):
            _halves(num, idx, r, k)
        excess = _excess(num, idx, r)
        if excess < least:
            least, place = excess, k
        if excess <= 0.0:
            return
    for _again in range(2):
        _halves(num, idx, r, place)


@compiled
def plan_day(num: Numbers, idx: Indices, r: int) -> None:
    """Compute the halves of a route, put its break where it costs least, store minutes and lateness."""
    f, g = idx[ROUTE_NUM] + r * ROUTE_NUMBERS, idx[ROUTE_IDX] + r * ROUTE_INDICES
    _halves(num, idx, r, -1)
    if num[f + BREAK_MINUTES] > 0.0:
        _halves(num, idx, r, _best_break(num, idx, r))
        # Break and windows depend on each other: the best of one for the other as it was may be none.
        if idx[SEVERAL] and _excess(num, idx, r) > 0.0:
            _try_breaks(num, idx, r)
    num[f + MINUTES], num[f + LATE] = 0.0, 0.0
    if idx[g + LENGTH] > 0 or num[f + IDLE] > 0.0:
        day = _whole(num, idx, r)
        num[f + MINUTES], num[f + LATE] = day[0], day[1]


@compiled
def without_visit(num: Numbers, idx: Indices, r: int, k: int) -> Piece:
    """Return the day of route ``r`` as it were without the visit at position ``k``."""
    front = _load(num, idx, BEFORE, r, k)
    if idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + BREAK_AT] == k + 1:
        front = join(front, _rest(num, idx, r), 0.0)
    row = idx[MINUTES_TO] + node_at(idx, r, k - 1) * idx[NODES]
    return join(front, _load(num, idx, AFTER, r, k + 1), num[row + node_at(idx, r, k + 1)])
