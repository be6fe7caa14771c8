"""The plan as a whole: its sums, and the best one so far."""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, compiled, entry, pointer
from core.visits.routing.layout import (
    ARC,
    AT,
    BEST,
    BEST_LENGTH,
    BEST_NODE,
    COST,
    CUSTOMERS,
    DAY,
    DAYS,
    DEMAND,
    DISTANCE,
    END,
    FOUND,
    IDLE,
    LENGTH,
    LOAD,
    NODE,
    NODES,
    OVERLOADED,
    OVERTIME,
    REP,
    ROUTE_COST,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    ROUTES,
    SERVICE,
    SEVERAL,
    START,
    TO,
    VEHICLE,
    VISITS,
    WORK,
)
from core.visits.routing.route import count_broken, settle
from core.visits.routing.windows import keep_best_windows, use_best_windows


@compiled
def _add_up(num: Numbers, idx: Indices, r: int) -> None:
    """Compute the sums of one route anew."""
    f, g = idx[ROUTE_NUM] + r * ROUTE_NUMBERS, idx[ROUTE_IDX] + r * ROUTE_INDICES
    arcs = idx[ARC] + r * (idx[CUSTOMERS] + 1)
    stops, last = idx[g + LENGTH], idx[g + START]
    distance = load = work = 0.0
    for k in range(stops):
        c = idx[idx[NODE] + r * idx[CUSTOMERS] + k]
        num[arcs + k] = num[idx[TO] + last * idx[NODES] + c]
        distance += num[arcs + k]
        load += num[idx[DEMAND] + c]
        work += num[idx[SERVICE] + c]
        last = c
    num[arcs + stops] = num[idx[TO] + last * idx[NODES] + idx[g + END]] if stops > 0 else num[f + IDLE]
    num[f + DISTANCE] = distance + num[arcs + stops]
    num[f + LOAD], num[f + WORK] = load, work


@entry
def refresh(num: Numbers, idx: Indices) -> None:
    """Compute all sums anew, which also ends the drift of rounding, and forget old insertions."""
    num, idx = pointer(num), pointer(idx)
    total = 0.0
    idx[OVERLOADED] = idx[OVERTIME] = idx[VISITS] = 0
    for r in range(idx[ROUTES]):
        _add_up(num, idx, r)
        settle(num, idx, r)
        total += num[idx[ROUTE_NUM] + r * ROUTE_NUMBERS + ROUTE_COST]
        idx[VISITS] += idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH]
        count_broken(num, idx, r, 1)
    num[COST] = total


@compiled
def keep_best(num: Numbers, idx: Indices) -> None:
    """Copy the present plan to the place of the best one."""
    num[BEST] = num[COST]
    idx[FOUND] = 1
    for r in range(idx[ROUTES]):
        g = idx[ROUTE_IDX] + r * ROUTE_INDICES
        idx[g + BEST_LENGTH] = idx[g + LENGTH]
        for k in range(idx[g + LENGTH]):
            p = r * idx[CUSTOMERS] + k
            idx[idx[BEST_NODE] + p] = idx[idx[NODE] + p]
    if idx[SEVERAL]:
        keep_best_windows(num, idx)


@entry
def note_present(num: Numbers, idx: Indices) -> None:
    """Compute all sums anew; keep the present plan as the best one if it is."""
    num, idx = pointer(num), pointer(idx)
    refresh(num, idx)
    if idx[OVERLOADED] == 0 and idx[OVERTIME] == 0 and num[COST] < num[BEST] - 1e-9:
        keep_best(num, idx)


@entry
def return_to_best(num: Numbers, idx: Indices) -> None:
    """Make the best plan the present one, if there is one."""
    num, idx = pointer(num), pointer(idx)
    if idx[FOUND] == 0:
        return
    if idx[SEVERAL]:
        use_best_windows(num, idx)
    for cell in range(idx[CUSTOMERS] * idx[DAYS]):
        idx[idx[AT] + cell] = -1
    for r in range(idx[ROUTES]):
        g = idx[ROUTE_IDX] + r * ROUTE_INDICES
        idx[g + LENGTH] = idx[g + BEST_LENGTH]
        for k in range(idx[g + LENGTH]):
            c = idx[idx[BEST_NODE] + r * idx[CUSTOMERS] + k]
            idx[idx[NODE] + r * idx[CUSTOMERS] + k] = c
            idx[idx[AT] + c * idx[DAYS] + idx[g + DAY]] = r
            idx[idx[REP] + c] = idx[g + VEHICLE]
    refresh(num, idx)
