"""The search: ruin, recreate, accept or undo, with limits as penalties that adapt themselves."""

from __future__ import annotations

import math

from core.kernels.jit import Indices, Numbers, Random, compiled, entry
from core.kernels.rng import below, uniform
from core.visits.routing.layout import (
    AFTER,
    ARC,
    AT,
    BEFORE,
    BEST,
    BEST_LENGTH,
    BEST_NODE,
    BREAK_AT,
    COST,
    CUSTOMERS,
    DAY,
    DAYS,
    DEMAND,
    DISTANCE,
    END,
    FOUND,
    IS_FREE,
    IS_TOUCHED,
    KEPT_LOAD,
    KEPT_TIME,
    LENGTH,
    LOAD,
    LOAD_WEIGHT,
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
    ROUTE_COST,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    ROUTES,
    SERVICE,
    START,
    SUMS,
    TASKS,
    TIME_WEIGHT,
    TO,
    TOUCHED,
    TOUCHED_LIST,
    UNITS,
    VERSION,
    VISITS,
    WINDOW,
    WINDOWED,
    WORK,
)
from core.visits.routing.recreate import BY_DEMAND, ORDERS, recreate
from core.visits.routing.route import count_broken, settle
from core.visits.routing.ruin import Tuning, add_task, ruin
from core.visits.routing.schedule import copy_schedule

# Every so many steps the penalties follow the share of plans that kept the limits.
_STEPS_PER_WEIGHT = 1000
_LEAST_WEIGHT = 1e-4


@compiled
def _forget(idx: Indices) -> None:
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
    for k in range(stops + 1):
        num[idx[ARC] + r * (n + 1) + k] = num[idx[OLD_ARC] + r * (n + 1) + k]
    for field in range(SUMS):
        num[f + field] = num[f + SUMS + field]
    if idx[WINDOWED]:
        copy_schedule(num, idx, OLD_BEFORE, BEFORE, r)
        copy_schedule(num, idx, OLD_AFTER, AFTER, r)
        idx[g + BREAK_AT] = idx[g + OLD_BREAK_AT]
    num[idx[VERSION] + r] = num[idx[OLD_VERSION] + r]
    count_broken(num, idx, r, 1)


@compiled
def _undo(num: Numbers, idx: Indices) -> None:
    for k in range(idx[TOUCHED]):
        _clear(num, idx, idx[idx[TOUCHED_LIST] + k])
    for k in range(idx[TOUCHED]):
        _restore(num, idx, idx[idx[TOUCHED_LIST] + k])
    _forget(idx)


@compiled
def _change(num: Numbers, idx: Indices) -> float:
    """Return by how much the step made the plan dearer; count the routes that break a limit."""
    total = 0.0
    for k in range(idx[TOUCHED]):
        r = idx[idx[TOUCHED_LIST] + k]
        f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
        total += num[f + ROUTE_COST] - num[f + SUMS + ROUTE_COST]
        count_broken(num, idx, r, 1)
    return total


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
    num[arcs + stops] = num[idx[TO] + last * idx[NODES] + idx[g + END]] if stops > 0 else 0.0
    num[f + DISTANCE] = distance + num[arcs + stops]
    num[f + LOAD], num[f + WORK] = load, work


@entry
def refresh(num: Numbers, idx: Indices) -> None:
    """Compute all sums anew, which also ends the drift of rounding, and forget old insertions."""
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
def _keep_best(num: Numbers, idx: Indices) -> None:
    num[BEST] = num[COST]
    idx[FOUND] = 1
    for r in range(idx[ROUTES]):
        g = idx[ROUTE_IDX] + r * ROUTE_INDICES
        idx[g + BEST_LENGTH] = idx[g + LENGTH]
        for k in range(idx[g + LENGTH]):
            p = r * idx[CUSTOMERS] + k
            idx[idx[BEST_NODE] + p] = idx[idx[NODE] + p]


@entry
def return_to_best(num: Numbers, idx: Indices) -> None:
    """Make the best plan the present one, if there is one."""
    if idx[FOUND] == 0:
        return
    for cell in range(idx[CUSTOMERS] * idx[DAYS]):
        idx[idx[AT] + cell] = -1
    for r in range(idx[ROUTES]):
        g = idx[ROUTE_IDX] + r * ROUTE_INDICES
        idx[g + LENGTH] = idx[g + BEST_LENGTH]
        for k in range(idx[g + LENGTH]):
            c = idx[idx[BEST_NODE] + r * idx[CUSTOMERS] + k]
            idx[idx[NODE] + r * idx[CUSTOMERS] + k] = c
            idx[idx[AT] + c * idx[DAYS] + idx[g + DAY]] = r
    refresh(num, idx)


@compiled
def _factor(kept: int) -> float:
    """Raise a penalty when too few plans kept its limit, lower it when most did."""
    if kept < 0.3 * _STEPS_PER_WEIGHT:
        return 1.25
    return 0.85 if kept > 0.6 * _STEPS_PER_WEIGHT else 1.0


@compiled
def _weigh(num: Numbers, idx: Indices) -> None:
    load_factor, time_factor = _factor(idx[KEPT_LOAD]), _factor(idx[KEPT_TIME])
    idx[KEPT_LOAD] = idx[KEPT_TIME] = idx[WINDOW] = 0
    # A penalty that nobody pays falls no further than to where it can rise again in time.
    num[LOAD_WEIGHT] = max(num[LOAD_WEIGHT] * load_factor, _LEAST_WEIGHT)
    num[TIME_WEIGHT] = max(num[TIME_WEIGHT] * time_factor, _LEAST_WEIGHT)
    if load_factor != 1.0 or time_factor != 1.0:
        refresh(num, idx)


@entry
def start(num: Numbers, idx: Indices, rng: Random, blink: float) -> None:
    """Build the first plan: every unit is a task, those with the most visits first."""
    idx[TASKS] = 0
    for unit in range(idx[UNITS]):
        add_task(idx, unit, -1)
        idx[idx[IS_FREE] + unit] = 1
    refresh(num, idx)
    recreate(num, idx, rng, blink, BY_DEMAND)
    _forget(idx)
    refresh(num, idx)
    num[BEST] = 1e300
    if idx[OVERLOADED] == 0 and idx[OVERTIME] == 0:
        _keep_best(num, idx)


@entry
def search(
    num: Numbers, idx: Indices, rng: Random, tuning: Tuning, steps: int, hot: float, cold: float
) -> None:
    """Run ``steps`` steps of simulated annealing while the temperature falls from hot to cold."""
    temperature = hot
    factor = (cold / hot) ** (1.0 / steps)
    for _step in range(steps):
        ruin(num, idx, rng, tuning)
        recreate(num, idx, rng, tuning.blink, below(rng, ORDERS))
        change = _change(num, idx)
        if change < -temperature * math.log(1.0 - uniform(rng)):
            num[COST] += change
            _forget(idx)
            kept = idx[OVERLOADED] == 0 and idx[OVERTIME] == 0
            if kept and num[COST] < num[BEST] - 1e-9:
                _keep_best(num, idx)
        else:
            _undo(num, idx)
        temperature *= factor
        if idx[OVERLOADED] == 0:
            idx[KEPT_LOAD] += 1
        if idx[OVERTIME] == 0:
            idx[KEPT_TIME] += 1
        idx[WINDOW] += 1
        if idx[WINDOW] >= _STEPS_PER_WEIGHT:
            _weigh(num, idx)
