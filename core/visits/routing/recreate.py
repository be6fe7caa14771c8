"""Recreate: greedy insertion with blinks, choosing days and places together."""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, Random, compiled
from core.kernels.rng import below, uniform
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
    MAY_SERVE,
    MEETS,
    NODES,
    REP,
    REP_ROUTE,
    REPS,
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
    VEHICLES,
)
from core.visits.routing.route import best_on_day, put_in, settle
from core.visits.routing.windows import first_window, use_window

# The orders of _order_tasks are drawn 4 : 4 : 2 : 1, at random, by demand, far ones first, near ones first.
ORDERS = 11
BY_DEMAND = 4
# What an insertion costs that was overlooked, and one that nobody can make.
DEAR, IMPOSSIBLE = 1e100, 1e200
# Moments that are tried where reps meet; more are drawn from.
MOMENTS = 8


@compiled
def insert(num: Numbers, idx: Indices, rng: Random, c: int, day: int, blink: float) -> None:
    """Put a visit where it is cheapest on a day."""
    found = best_on_day(num, idx, rng, c, day, blink)
    if found[1] < 0:
        found = best_on_day(num, idx, rng, c, day, 0.0)
    put_in(num, idx, found[1], found[2], c)
    settle(num, idx, found[1])


@compiled
def _cell(idx: Indices, m: int, rep: int, day: int) -> int:
    """Return where the insertion of a member of a unit, by a rep on a day, is noted."""
    cell: int = (m * max(idx[REPS], 1) + rep) * idx[DAYS] + day
    return cell


@compiled
def _cheapest_rep(num: Numbers, idx: Indices, choice: int, m: int) -> tuple[float, int]:
    """Return the least sum of a member's insertions in a combination, and the rep who makes them."""
    best, chosen = 1e308, -1
    for rep in range(max(idx[REPS], 1)):
        total = 0.0
        for k in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
            total += num[idx[DAY_VALUE] + _cell(idx, m, rep, idx[idx[CHOICE_DAYS] + k])]
        if total < best:
            best, chosen = total, rep
    return best, chosen


@compiled
def _cheapest_choice(num: Numbers, idx: Indices, unit: int, size: int) -> int:
    """Return the combination whose insertions, priced in DAY_VALUE, sum to the least."""
    best, chosen = 1e308, -1
    for choice in range(idx[idx[CHOICE_FIRST] + unit], idx[idx[CHOICE_FIRST] + unit + 1]):
        total = 0.0
        for m in range(size):
            total += _cheapest_rep(num, idx, choice, m)[0]
        if total < best:
            best, chosen = total, choice
    return chosen


@compiled
def _choose_moment(num: Numbers, idx: Indices, rng: Random, unit: int, day: int) -> None:
    """Choose when those who meet on a day begin: the best of a few moments for all of them."""
    first, last = idx[idx[UNIT_FIRST] + unit], idx[idx[UNIT_FIRST] + unit + 1]
    one = idx[idx[UNIT_MEMBERS] + first]
    moments = first_window(idx, one, day + 1) - first_window(idx, one, day)
    best, chosen = 1e308, 0
    for trial in range(min(moments, MOMENTS)):
        moment = below(rng, moments) if moments > MOMENTS else trial
        total = 0.0
        for m in range(first, last):
            c = idx[idx[UNIT_MEMBERS] + m]
            use_window(num, idx, c, day, first_window(idx, c, day) + moment)
            total += min(best_on_day(num, idx, rng, c, day, 0.0)[0], DEAR)
        if total < best:
            best, chosen = total, moment
    for m in range(first, last):
        c = idx[idx[UNIT_MEMBERS] + m]
        use_window(num, idx, c, day, first_window(idx, c, day) + chosen)


@compiled
def _can_come(idx: Indices, c: int, rep: int, day: int) -> bool:
    """Tell whether a rep works on a day and may visit a customer."""
    if idx[idx[REP_ROUTE] + day * idx[REPS] + rep] < 0:
        return False
    allowed: bool = idx[VEHICLES] == 0 or idx[idx[MAY_SERVE] + c * idx[VEHICLES] + rep] != 0
    return allowed


@compiled
def _price_days(num: Numbers, idx: Indices, rng: Random, unit: int, blink: float) -> None:
    """Note what every visit of a unit costs on every day, by every rep where all are one rep's."""
    first = idx[idx[UNIT_FIRST] + unit]
    size = idx[idx[UNIT_FIRST] + unit + 1] - first
    for k in range(idx[idx[UNION_FIRST] + unit], idx[idx[UNION_FIRST] + unit + 1]):
        day = idx[idx[UNION_DAYS] + k]
        for m in range(size):
            idx[idx[REP] + idx[idx[UNIT_MEMBERS] + first + m]] = -1
        if idx[idx[MEETS] + unit]:
            _choose_moment(num, idx, rng, unit, day)
        for m in range(size):
            c = idx[idx[UNIT_MEMBERS] + first + m]
            for rep in range(max(idx[REPS], 1)):
                if idx[REPS]:
                    idx[idx[REP] + c] = rep
                found = best_on_day(num, idx, rng, c, day, blink)
                cell = _cell(idx, m, rep, day)
                # Dear but finite: a blink must not make a combination look as impossible as a day off.
                num[idx[DAY_VALUE] + cell] = min(found[0], DEAR)
                if idx[REPS] and not _can_come(idx, c, rep, day):
                    num[idx[DAY_VALUE] + cell] = IMPOSSIBLE
                idx[idx[DAY_ROUTE] + cell] = found[1]
                idx[idx[DAY_PLACE] + cell] = found[2]


@compiled
def place_unit(num: Numbers, idx: Indices, rng: Random, unit: int, blink: float) -> None:
    """Choose the days of a unit without visits and put all its visits in."""
    first = idx[idx[UNIT_FIRST] + unit]
    size = idx[idx[UNIT_FIRST] + unit + 1] - first
    _price_days(num, idx, rng, unit, blink)
    choice = _cheapest_choice(num, idx, unit, size)
    rep = 0
    for m in range(size):
        c = idx[idx[UNIT_MEMBERS] + first + m]
        chosen = _cheapest_rep(num, idx, choice, m)[1]
        idx[idx[REP] + c] = chosen if idx[REPS] else -1
        rep = chosen if m == 0 else rep
    for k in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
        day = idx[idx[CHOICE_DAYS] + k]
        for m in range(size):
            c = idx[idx[UNIT_MEMBERS] + first + m]
            cell = _cell(idx, 0, rep, day)
            r = idx[idx[DAY_ROUTE] + cell]
            # The first of a group changes the routes for the others, whose places are looked up anew.
            if m == 0 and r >= 0:
                put_in(num, idx, r, idx[idx[DAY_PLACE] + cell], c)
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
