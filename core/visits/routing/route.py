"""One route: its cost with penalties, the best places for one more visit, putting in, taking out."""

from __future__ import annotations

from typing import Any

import numpy as np

from core.kernels.jit import Indices, Numbers, Random, compiled
from core.kernels.rng import uniform
from core.visits.routing.layout import (
    AFTER,
    ARC,
    AT,
    BALANCE_WEIGHT,
    BEFORE,
    BREAK_AT,
    CUSTOMERS,
    DAY,
    DAY_FIRST,
    DAYS,
    DEMAND,
    DISTANCE,
    END,
    FRO,
    IDLE,
    IS_TOUCHED,
    KNOWN,
    KNOWN_PLACE,
    LATE,
    LENGTH,
    LOAD,
    LOAD_WEIGHT,
    MAX_LOAD,
    MAX_MINUTES,
    MAY_SERVE,
    MINUTES,
    NODE,
    NODES,
    OLD_AFTER,
    OLD_ARC,
    OLD_BEFORE,
    OLD_BREAK_AT,
    OLD_LENGTH,
    OLD_NODE,
    OLD_VERSION,
    OVERLOADED,
    OVERTIME,
    REP,
    REP_ROUTE,
    REPS,
    ROUTE_COST,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    ROUTES,
    SERVICE,
    SEVERAL,
    SOFT_HIGH,
    SOFT_LOW,
    STAMP,
    START,
    SUMS,
    TIME_WEIGHT,
    TIMED,
    TO,
    TOUCHED,
    TOUCHED_LIST,
    VEHICLE,
    VEHICLES,
    VERSION,
    WINDOWED,
    WORK,
)
from core.visits.routing.schedule import copy_schedule, fit_window, node_at, plan_day, u64, with_visit
from core.visits.routing.windows import copy_windows, meets

Places = tuple[float, Any, float, Any]

# Rounding of sums may not turn a full route into a broken limit.
SLACK = 1e-7

i64 = np.int64


@compiled
def penalty(num: Numbers, idx: Indices, f: int, load: float, minutes: float, late: float) -> float:
    """Price what a route of this load and these minutes breaks, and its distance from the balance band.

    ``f`` is where the route's record begins in ``num``.
    """
    value: float = num[LOAD_WEIGHT] * max(load - num[f + MAX_LOAD], 0.0)
    if idx[TIMED]:
        value += num[TIME_WEIGHT] * (max(minutes - num[f + MAX_MINUTES] + SLACK, 0.0) + late)
        value += num[BALANCE_WEIGHT] * (
            max(minutes - num[f + SOFT_HIGH], 0.0) + max(num[f + SOFT_LOW] - minutes, 0.0)
        )
    return value


@compiled
def settle(num: Numbers, idx: Indices, r: int) -> None:
    """Bring minutes and cost of a changed route up to date and give it a new version."""
    f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
    if idx[WINDOWED]:
        plan_day(num, idx, r)
    elif idx[TIMED]:
        num[f + MINUTES] = num[f + DISTANCE] + num[f + WORK]
    extra = penalty(num, idx, f, num[f + LOAD], num[f + MINUTES], num[f + LATE])
    num[f + ROUTE_COST] = num[f + DISTANCE] + extra
    num[STAMP] += 1.0
    num[idx[VERSION] + r] = num[STAMP]


@compiled
def count_broken(num: Numbers, idx: Indices, r: int, sign: int) -> None:
    """Add the route to (or, with sign -1, take it from) the counts of broken limits."""
    f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
    if num[f + LOAD] > num[f + MAX_LOAD] + SLACK:
        idx[OVERLOADED] += sign
    if idx[TIMED] and (num[f + MINUTES] > num[f + MAX_MINUTES] or num[f + LATE] > SLACK):
        idx[OVERTIME] += sign


@compiled
def touch(num: Numbers, idx: Indices, r: int) -> None:
    """Keep a copy of a route before its first change in this step."""
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    if idx[g + IS_TOUCHED]:
        return
    idx[g + IS_TOUCHED] = 1
    idx[idx[TOUCHED_LIST] + idx[TOUCHED]] = r
    idx[TOUCHED] += 1
    stops = idx[g + LENGTH]
    idx[g + OLD_LENGTH] = stops
    n = idx[CUSTOMERS]
    nodes, old_nodes = u64(idx[NODE] + r * n), u64(idx[OLD_NODE] + r * n)
    arcs, old_arcs = u64(idx[ARC] + r * (n + 1)), u64(idx[OLD_ARC] + r * (n + 1))
    for k in range(u64(stops)):
        idx[old_nodes + k] = idx[nodes + k]
        num[old_arcs + k] = num[arcs + k]
    num[old_arcs + u64(stops)] = num[arcs + u64(stops)]
    num[idx[OLD_VERSION] + r] = num[idx[VERSION] + r]
    if idx[WINDOWED]:
        copy_schedule(num, idx, BEFORE, OLD_BEFORE, r)
        copy_schedule(num, idx, AFTER, OLD_AFTER, r)
        idx[g + OLD_BREAK_AT] = idx[g + BREAK_AT]
    if idx[SEVERAL]:
        copy_windows(num, idx, r)
    f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
    for field in range(SUMS):
        num[f + SUMS + field] = num[f + field]
    count_broken(num, idx, r, -1)


@compiled
def put_in(num: Numbers, idx: Indices, r: int, place: int, c: int) -> None:
    """Insert customer ``c`` before position ``place``."""
    touch(num, idx, r)
    f, g = idx[ROUTE_NUM] + r * ROUTE_NUMBERS, idx[ROUTE_IDX] + r * ROUTE_INDICES
    if idx[SEVERAL]:
        fit_window(num, idx, r, place, c)
    stops = idx[g + LENGTH]
    nodes, arcs = idx[NODE] + r * idx[CUSTOMERS], idx[ARC] + r * (idx[CUSTOMERS] + 1)
    into = num[idx[FRO] + c * idx[NODES] + node_at(idx, r, place - 1)]
    out = num[idx[TO] + c * idx[NODES] + node_at(idx, r, place)]
    num[f + DISTANCE] += into + out - num[arcs + place]
    for k in range(stops, place, -1):
        idx[u64(nodes + k)] = idx[u64(nodes + k - 1)]
        num[u64(arcs + k + 1)] = num[u64(arcs + k)]
    idx[nodes + place] = c
    num[arcs + place] = into
    num[arcs + place + 1] = out
    idx[g + LENGTH] = stops + 1
    num[f + LOAD] += num[idx[DEMAND] + c]
    num[f + WORK] += num[idx[SERVICE] + c]
    idx[idx[AT] + c * idx[DAYS] + idx[g + DAY]] = r


@compiled
def take_out(num: Numbers, idx: Indices, r: int, place: int) -> None:
    """Remove the visit at position ``place``; the caller settles the route afterwards."""
    touch(num, idx, r)
    f, g = idx[ROUTE_NUM] + r * ROUTE_NUMBERS, idx[ROUTE_IDX] + r * ROUTE_INDICES
    stops = idx[g + LENGTH]
    nodes, arcs = idx[NODE] + r * idx[CUSTOMERS], idx[ARC] + r * (idx[CUSTOMERS] + 1)
    c = idx[nodes + place]
    # Whoever has no visit does not leave, unless the night is spent elsewhere.
    direct = num[f + IDLE]
    if stops > 1:
        direct = num[idx[TO] + node_at(idx, r, place - 1) * idx[NODES] + node_at(idx, r, place + 1)]
    num[f + DISTANCE] += direct - num[arcs + place] - num[arcs + place + 1]
    for k in range(place, stops - 1):
        idx[u64(nodes + k)] = idx[u64(nodes + k + 1)]
        num[u64(arcs + k + 1)] = num[u64(arcs + k + 2)]
    num[arcs + place] = direct
    idx[g + LENGTH] = stops - 1
    num[f + LOAD] -= num[idx[DEMAND] + c]
    num[f + WORK] -= num[idx[SERVICE] + c]
    idx[idx[AT] + c * idx[DAYS] + idx[g + DAY]] = -1
    if stops == 1:
        num[f + DISTANCE] = num[f + IDLE]
        num[f + LOAD] = num[f + WORK] = 0.0


@compiled
def _scan_plain(num: Numbers, idx: Indices, c: int, r: int) -> Places:
    """Find the two cheapest places by distance; the penalties are the same at every place."""
    f, g = idx[ROUTE_NUM] + r * ROUTE_NUMBERS, idx[ROUTE_IDX] + r * ROUTE_INDICES
    stops, end = u64(idx[g + LENGTH]), u64(idx[g + END])
    fro, to = u64(idx[FRO] + c * idx[NODES]), u64(idx[TO] + c * idx[NODES])
    nodes, arcs = u64(idx[NODE] + r * idx[CUSTOMERS]), u64(idx[ARC] + r * (idx[CUSTOMERS] + 1))
    first, second, first_at, second_at = 1e300, 1e300, i64(0), i64(0)
    into = num[fro + u64(idx[g + START])]
    for k in range(stops):
        node = u64(idx[nodes + k])
        value = into + num[to + node] - num[arcs + k]
        if value < second:
            if value < first:
                second, second_at = first, first_at
                first, first_at = value, i64(k)
            else:
                second, second_at = value, i64(k)
        into = num[fro + node]
    value = into + num[to + end] - num[arcs + stops]
    if value < first:
        second, second_at = first, first_at
        first, first_at = value, i64(stops)
    elif value < second:
        second, second_at = value, i64(stops)
    load = num[f + LOAD] + num[idx[DEMAND] + c]
    base = num[f + ROUTE_COST] - num[f + DISTANCE]
    minutes = num[f + DISTANCE] + num[f + WORK] + num[idx[SERVICE] + c]
    first += penalty(num, idx, f, load, minutes + first, 0.0) - base
    if stops > 0:
        second += penalty(num, idx, f, load, minutes + second, 0.0) - base
    return first, first_at, second, second_at


@compiled
def _scan_windowed(num: Numbers, idx: Indices, c: int, r: int) -> Places:
    """Find the two cheapest places with the lateness and minutes that each of them causes."""
    f, g = idx[ROUTE_NUM] + r * ROUTE_NUMBERS, idx[ROUTE_IDX] + r * ROUTE_INDICES
    stops = idx[g + LENGTH]
    fro, to = idx[FRO] + c * idx[NODES], idx[TO] + c * idx[NODES]
    arcs = idx[ARC] + r * (idx[CUSTOMERS] + 1)
    first, second, first_at, second_at = 1e300, 1e300, 0, 0
    load = num[f + LOAD] + num[idx[DEMAND] + c]
    base = num[f + ROUTE_COST] - num[f + DISTANCE]
    # Nothing but a route below the balance band can get cheaper by a visit, besides its distance.
    gain = num[BALANCE_WEIGHT] * max(num[f + SOFT_LOW] - num[f + MINUTES], 0.0)
    into = num[u64(fro + idx[g + START])]
    for k in range(stops + 1):
        node = node_at(idx, r, k)
        value = into + num[u64(to + node)] - num[u64(arcs + k)]
        if value - gain < second:
            day = with_visit(num, idx, r, k, c)
            value += penalty(num, idx, f, load, day[0], day[1]) - base
            if value < first:
                second, second_at = first, first_at
                first, first_at = value, k
            elif value < second:
                second, second_at = value, k
        into = num[u64(fro + node)]
    return first, first_at, second, second_at


@compiled
def scan(num: Numbers, idx: Indices, c: int, r: int) -> Places:
    """Return cost and position of the two best insertions of ``c`` into the present route ``r``.

    They are remembered per version of the route, unless it has changed in this step: most steps
    are undone, and the memory of the route before the step is worth more.
    """
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    if idx[VEHICLES] > 0 and not idx[idx[MAY_SERVE] + c * idx[VEHICLES] + idx[g + VEHICLE]]:
        return 1e300, 0, 1e300, 0
    found = _scan_windowed(num, idx, c, r) if idx[WINDOWED] else _scan_plain(num, idx, c, r)
    # The insertion of somebody who meets others holds for the moment chosen only.
    if not idx[g + IS_TOUCHED] and not meets(idx, c):
        cell = c * idx[ROUTES] + r
        known, place = u64(idx[KNOWN] + 3 * cell), u64(idx[KNOWN_PLACE] + 2 * cell)
        num[known] = num[idx[VERSION] + r]
        num[known + u64(1)], num[known + u64(2)] = found[0], found[2]
        idx[place], idx[place + u64(1)] = found[1], found[3]
    return found


@compiled
def best_on_day(
    num: Numbers, idx: Indices, rng: Random, c: int, day: int, blink: float
) -> tuple[float, int, int]:
    """Return cost, route and position of the cheapest insertion of ``c`` on a day.

    With a small chance, ``blink``, the best place of a route is overlooked.
    """
    best, route, place = 1e300, -1, 0
    first, last = idx[idx[DAY_FIRST] + day], idx[idx[DAY_FIRST] + day + 1]
    if idx[REPS] and idx[idx[REP] + c] >= 0:
        only = idx[idx[REP_ROUTE] + day * idx[REPS] + idx[idx[REP] + c]]
        if only < 0:
            return best, route, place
        first, last = only, only + 1
    cell = c * idx[ROUTES] + first
    known, version = u64(idx[KNOWN] + 3 * cell), u64(idx[VERSION] + first)
    places = u64(idx[KNOWN_PLACE] + 2 * cell)
    for k in range(u64(last - first)):
        at = known + u64(3) * k
        is_known = num[at] == num[version + k]
        if is_known and num[at + u64(1)] >= best:
            continue
        r = first + i64(k)
        if is_known:
            spot = places + u64(2) * k
            found = (num[at + u64(1)], idx[spot], num[at + u64(2)], idx[spot + u64(1)])
        else:
            found = scan(num, idx, c, r)
        if found[0] < best:
            if blink > 0.0 and uniform(rng) < blink:
                if found[2] < best:
                    best, route, place = found[2], r, found[3]
            else:
                best, route, place = found[0], r, found[1]
    return best, route, place
