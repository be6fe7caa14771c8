"""The routes as the moves read them: stops between sentinels, positions, loads and minutes so far."""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, compiled
from core.visits.routing.layout import (
    ARC,
    AT,
    BUFFER,
    CUSTOMERS,
    DAY,
    DAY_FIRST,
    DAYS,
    DEMAND,
    DISTANCE,
    END,
    INDEXED,
    LENGTH,
    LOAD,
    LOAD_UPTO,
    MINUTES_UPTO,
    NODE,
    NODES,
    PLACE,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    SERVICE,
    START,
    TO,
    TOUR,
    VERSION,
    WORK,
)
from core.visits.routing.route import settle, touch


@compiled
def index_route(num: Numbers, idx: Indices, r: int) -> None:
    """Bring the tour of a route up to date."""
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    n, nodes, day = idx[CUSTOMERS], idx[NODE] + r * idx[CUSTOMERS], idx[g + DAY]
    tour = idx[TOUR] + r * (n + 2)
    loads, minutes = idx[LOAD_UPTO] + r * (n + 1), idx[MINUTES_UPTO] + r * (n + 1)
    arcs = idx[ARC] + r * (n + 1)
    load = spent = 0.0
    idx[tour] = idx[g + START]
    num[loads] = num[minutes] = 0.0
    for k in range(idx[g + LENGTH]):
        c = idx[nodes + k]
        load += num[idx[DEMAND] + c]
        spent += num[arcs + k] + num[idx[SERVICE] + c]
        idx[tour + k + 1] = c
        idx[idx[PLACE] + c * idx[DAYS] + day] = k + 1
        num[loads + k + 1] = load
        num[minutes + k + 1] = spent
    idx[tour + idx[g + LENGTH] + 1] = idx[g + END]
    num[idx[INDEXED] + r] = num[idx[VERSION] + r]


@compiled
def index_day(num: Numbers, idx: Indices, day: int) -> None:
    """Bring the tours of all routes of a day up to date."""
    for r in range(idx[idx[DAY_FIRST] + day], idx[idx[DAY_FIRST] + day + 1]):
        if num[idx[INDEXED] + r] != num[idx[VERSION] + r]:
            index_route(num, idx, r)


@compiled
def rewrite(num: Numbers, idx: Indices, r: int, buffer: int, stops: int) -> None:
    """Give a route the stops that lie in one of the two buffers."""
    touch(num, idx, r)
    f, g = idx[ROUTE_NUM] + r * ROUTE_NUMBERS, idx[ROUTE_IDX] + r * ROUTE_INDICES
    n, day, last = idx[CUSTOMERS], idx[g + DAY], idx[g + START]
    made, nodes, arcs = idx[BUFFER] + buffer * n, idx[NODE] + r * n, idx[ARC] + r * (n + 1)
    distance = load = work = 0.0
    for k in range(stops):
        c = idx[made + k]
        arc = num[idx[TO] + last * idx[NODES] + c]
        idx[nodes + k] = c
        num[arcs + k] = arc
        distance += arc
        load += num[idx[DEMAND] + c]
        work += num[idx[SERVICE] + c]
        idx[idx[AT] + c * idx[DAYS] + day] = r
        last = c
    num[arcs + stops] = num[idx[TO] + last * idx[NODES] + idx[g + END]] if stops > 0 else 0.0
    idx[g + LENGTH] = stops
    num[f + DISTANCE] = distance + num[arcs + stops]
    num[f + LOAD], num[f + WORK] = load, work
    settle(num, idx, r)
    index_route(num, idx, r)
