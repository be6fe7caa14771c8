"""Recreate: greedy insertion with blinks, choosing days and places together."""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, Random, compiled
from core.kernels.rng import uniform
from core.visits.routing.layout import (
    CHOICE_DAY_FIRST,
    CHOICE_DAYS,
    CHOICE_FIRST,
    DAY_PLACE,
    DAY_ROUTE,
    DAY_VALUE,
    DAYS,
    DEMAND,
    IS_FREE,
    NODES,
    ROUTE_IDX,
    START,
    TASK_CUSTOMER,
    TASK_DAY,
    TASK_KEY,
    TASKS,
    TO,
    UNION_DAYS,
    UNION_FIRST,
    UNIT_FIRST,
    UNIT_MEMBERS,
    UNIT_OF,
)
from core.visits.routing.route import best_on_day, put_in, settle

# The orders of _order_tasks are drawn 4 : 4 : 2 : 1, at random, by demand, far ones first, near ones first.
ORDERS = 11
BY_DEMAND = 4


@compiled
def insert(num: Numbers, idx: Indices, rng: Random, c: int, day: int, blink: float) -> None:
    """Put a visit where it is cheapest on a day."""
    found = best_on_day(num, idx, rng, c, day, blink)
    if found[1] < 0:
        found = best_on_day(num, idx, rng, c, day, 0.0)
    put_in(num, idx, found[1], found[2], c)
    settle(num, idx, found[1])


@compiled
def _cheapest_choice(num: Numbers, idx: Indices, unit: int, size: int) -> int:
    """Return the combination whose insertions, priced in DAY_VALUE, sum to the least."""
    best, chosen = 1e308, -1
    for choice in range(idx[idx[CHOICE_FIRST] + unit], idx[idx[CHOICE_FIRST] + unit + 1]):
        total = 0.0
        for k in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
            day = idx[idx[CHOICE_DAYS] + k]
            for m in range(size):
                total += num[idx[DAY_VALUE] + m * idx[DAYS] + day]
        if total < best:
            best, chosen = total, choice
    return chosen


@compiled
def place_unit(num: Numbers, idx: Indices, rng: Random, unit: int, blink: float) -> None:
    """Choose the days of a unit without visits and put all its visits in."""
    first = idx[idx[UNIT_FIRST] + unit]
    size = idx[idx[UNIT_FIRST] + unit + 1] - first
    for k in range(idx[idx[UNION_FIRST] + unit], idx[idx[UNION_FIRST] + unit + 1]):
        day = idx[idx[UNION_DAYS] + k]
        for m in range(size):
            found = best_on_day(num, idx, rng, idx[idx[UNIT_MEMBERS] + first + m], day, blink)
            cell = m * idx[DAYS] + day
            # Dear but finite: a blink must not make a combination look impossible.
            num[idx[DAY_VALUE] + cell] = min(found[0], 1e100)
            idx[idx[DAY_ROUTE] + cell] = found[1]
            idx[idx[DAY_PLACE] + cell] = found[2]
    choice = _cheapest_choice(num, idx, unit, size)
    for k in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
        day = idx[idx[CHOICE_DAYS] + k]
        for m in range(size):
            c = idx[idx[UNIT_MEMBERS] + first + m]
            r = idx[idx[DAY_ROUTE] + m * idx[DAYS] + day]
            # The first of a group changes the routes for the others, whose places are looked up anew.
            if m == 0 and r >= 0:
                put_in(num, idx, r, idx[idx[DAY_PLACE] + day], c)
                settle(num, idx, r)
            else:
                insert(num, idx, rng, c, day, blink)
    idx[idx[IS_FREE] + unit] = 0


@compiled
def _drop_stale_tasks(idx: Indices) -> None:
    """Forget single visits of those who, after losing them, gave up all visits."""
    tasks = 0
    for k in range(idx[TASKS]):
        c, day = idx[idx[TASK_CUSTOMER] + k], idx[idx[TASK_DAY] + k]
        if day < 0 or not idx[idx[IS_FREE] + idx[idx[UNIT_OF] + c]]:
            idx[idx[TASK_CUSTOMER] + tasks] = c
            idx[idx[TASK_DAY] + tasks] = day
            tasks += 1
    idx[TASKS] = tasks


@compiled
def _key(num: Numbers, idx: Indices, rng: Random, task: int, order: int) -> float:
    c, day = idx[idx[TASK_CUSTOMER] + task], idx[idx[TASK_DAY] + task]
    if order < BY_DEMAND:
        return uniform(rng)
    unit = idx[idx[UNIT_OF] + c] if day >= 0 else c
    if day < 0:
        c = idx[idx[UNIT_MEMBERS] + idx[idx[UNIT_FIRST] + unit]]
    key: float = num[idx[TO] + idx[idx[ROUTE_IDX] + START] * idx[NODES] + c]
    if order < 8:
        choices = idx[idx[CHOICE_FIRST] + unit]
        days = idx[idx[CHOICE_DAY_FIRST] + choices + 1] - idx[idx[CHOICE_DAY_FIRST] + choices]
        key = -num[idx[DEMAND] + c] * days
    elif order < 10:
        key = -key
    return key


@compiled
def _order_tasks(num: Numbers, idx: Indices, rng: Random, order: int) -> None:
    """Sort the tasks: at random, by demand, far ones first or near ones first."""
    customer, days, keys = idx[TASK_CUSTOMER], idx[TASK_DAY], idx[TASK_KEY]
    for k in range(idx[TASKS]):
        key = _key(num, idx, rng, k, order)
        c, day = idx[customer + k], idx[days + k]
        j = k - 1
        while j >= 0 and num[keys + j] > key:
            num[keys + j + 1] = num[keys + j]
            idx[customer + j + 1] = idx[customer + j]
            idx[days + j + 1] = idx[days + j]
            j -= 1
        num[keys + j + 1], idx[customer + j + 1], idx[days + j + 1] = key, c, day


@compiled
def recreate(num: Numbers, idx: Indices, rng: Random, blink: float, order: int) -> None:
    """Work off the tasks; afterwards every customer has all visits of one allowed combination."""
    _drop_stale_tasks(idx)
    _order_tasks(num, idx, rng, order)
    for k in range(idx[TASKS]):
        c, day = idx[idx[TASK_CUSTOMER] + k], idx[idx[TASK_DAY] + k]
        if day < 0:
            place_unit(num, idx, rng, c, blink)
        else:
            insert(num, idx, rng, c, day, blink)
