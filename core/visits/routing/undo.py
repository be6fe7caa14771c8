"""Take back what a step changed, or accept it."""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, compiled
from core.visits.routing.layout import (
    AFTER,
    ARC,
    AT,
    BEFORE,
    BREAK_AT,
    COST,
    CUSTOMERS,
    DAY,
    DAYS,
    IS_TOUCHED,
    LENGTH,
    NODE,
    OLD_AFTER,
    OLD_ARC,
    OLD_BEFORE,
    OLD_BREAK_AT,
    OLD_LENGTH,
    OLD_NODE,
    OLD_VERSION,
    REP,
    ROUTE_COST,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    SEVERAL,
    SUMS,
    TOUCHED,
    TOUCHED_LIST,
    VEHICLE,
    VERSION,
    WINDOWED,
)
from core.visits.routing.route import count_broken
from core.visits.routing.schedule import copy_schedule
from core.visits.routing.windows import restore_windows


@compiled
def forget(idx: Indices) -> None:
    """Accept what was done: the copies for undoing are no longer needed."""
    for k in range(idx[TOUCHED]):
        r = idx[idx[TOUCHED_LIST] + k]
        idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + IS_TOUCHED] = 0
    idx[TOUCHED] = 0


@compiled
def _clear(num: Numbers, idx: Indices, r: int) -> None:
    """Take the visits of a changed route out of the register."""
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    count_broken(num, idx, r, -1)
    for k in range(idx[g + LENGTH]):
        c = idx[idx[NODE] + r * idx[CUSTOMERS] + k]
        idx[idx[AT] + c * idx[DAYS] + idx[g + DAY]] = -1


@compiled
def _restore(num: Numbers, idx: Indices, r: int) -> None:
    """Bring a route back to the copy made before the step."""
    f, g = idx[ROUTE_NUM] + r * ROUTE_NUMBERS, idx[ROUTE_IDX] + r * ROUTE_INDICES
    n = idx[CUSTOMERS]
    stops = idx[g + OLD_LENGTH]
    idx[g + LENGTH] = stops
    for k in range(stops):
        c = idx[idx[OLD_NODE] + r * n + k]
        idx[idx[NODE] + r * n + k] = c
        idx[idx[AT] + c * idx[DAYS] + idx[g + DAY]] = r
        idx[idx[REP] + c] = idx[g + VEHICLE]
    for k in range(stops + 1):
        num[idx[ARC] + r * (n + 1) + k] = num[idx[OLD_ARC] + r * (n + 1) + k]
    for field in range(SUMS):
        num[f + field] = num[f + SUMS + field]
    if idx[WINDOWED]:
        copy_schedule(num, idx, OLD_BEFORE, BEFORE, r)
        copy_schedule(num, idx, OLD_AFTER, AFTER, r)
        idx[g + BREAK_AT] = idx[g + OLD_BREAK_AT]
    if idx[SEVERAL]:
        restore_windows(num, idx, r)
    num[idx[VERSION] + r] = num[idx[OLD_VERSION] + r]
    count_broken(num, idx, r, 1)


@compiled
def undo(num: Numbers, idx: Indices) -> None:
    """Bring all changed routes back to what they were before the step."""
    for k in range(idx[TOUCHED]):
        _clear(num, idx, idx[idx[TOUCHED_LIST] + k])
    for k in range(idx[TOUCHED]):
        _restore(num, idx, idx[idx[TOUCHED_LIST] + k])
    forget(idx)


@compiled
def change(num: Numbers, idx: Indices) -> float:
    """Return by how much the step made the plan dearer; count the routes that break a limit."""
    total = 0.0
    for k in range(idx[TOUCHED]):
        r = idx[idx[TOUCHED_LIST] + k]
        f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
        total += num[f + ROUTE_COST] - num[f + SUMS + ROUTE_COST]
        count_broken(num, idx, r, 1)
    return total


@compiled
def commit(num: Numbers, idx: Indices) -> None:
    """Accept what was done and bring the cost of the plan up to date."""
    num[COST] += change(num, idx)
    forget(idx)
