"""Crossover: some days of one plan, some of another, and days shared between them by region.

After the periodic crossover of Vidal et al. (2012), Operations Research 60, section 4.4, but whole
routes are inherited instead of pieces of one long tour, so that every route stays with its rep.
"""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, Random, compiled
from core.kernels.rng import below
from core.visits.routing.genetic.days import cheapest_choice, shuffle
from core.visits.routing.layout import (
    AT,
    CHOICE_DAY_FIRST,
    CHOICE_DAYS,
    CHOICE_FIRST,
    CUSTOMERS,
    DAY,
    DAY_FIRST,
    DAY_PLACE,
    DAY_ROUTE,
    DAY_VALUE,
    DAYS,
    IS_FREE,
    LENGTH,
    MOST_VISITS,
    NODE,
    NODES,
    ORDER,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTES,
    SLOT_LENGTH,
    SLOT_NODE,
    TASK_KEY,
    TO,
    UNION_DAYS,
    UNION_FIRST,
    UNIT_FIRST,
    UNIT_MEMBERS,
    UNIT_OF,
    UNITS,
)
from core.visits.routing.plan import refresh
from core.visits.routing.recreate import insert, place_unit
from core.visits.routing.route import best_on_day, put_in, settle
from core.visits.routing.ruin import release
from core.visits.routing.undo import commit

_DEAR = 1e100


@compiled
def empty_plan(idx: Indices) -> None:
    """Take all visits out of the plan without keeping account; a refresh has to follow."""
    for cell in range(idx[CUSTOMERS] * idx[DAYS]):
        idx[idx[AT] + cell] = -1
    for r in range(idx[ROUTES]):
        idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] = 0


@compiled
def _append(idx: Indices, r: int, c: int) -> None:
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    idx[idx[NODE] + r * idx[CUSTOMERS] + idx[g + LENGTH]] = c
    idx[g + LENGTH] += 1
    idx[idx[AT] + c * idx[DAYS] + idx[g + DAY]] = r


@compiled
def _contains_days(idx: Indices, c: int, choice: int, more: int) -> bool:
    """Say whether a combination has all days on which ``c`` is visited now, and the day ``more`` if >= 0."""
    unit = idx[UNIT_OF] + c
    present = matched = 0
    for k in range(idx[idx[UNION_FIRST] + idx[unit]], idx[idx[UNION_FIRST] + idx[unit] + 1]):
        day = idx[idx[UNION_DAYS] + k]
        if day == more or idx[idx[AT] + c * idx[DAYS] + day] >= 0:
            present += 1
    for k in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
        day = idx[idx[CHOICE_DAYS] + k]
        if day == more or idx[idx[AT] + c * idx[DAYS] + day] >= 0:
            matched += 1
    return present == matched


@compiled
def _fits(idx: Indices, c: int, day: int) -> bool:
    """Say whether a visit on a day and the present ones belong to one allowed combination."""
    if idx[idx[AT] + c * idx[DAYS] + day] >= 0:
        return False
    unit = idx[idx[UNIT_OF] + c]
    for choice in range(idx[idx[CHOICE_FIRST] + unit], idx[idx[CHOICE_FIRST] + unit + 1]):
        if _contains_days(idx, c, choice, day):
            return True
    return False


@compiled
def _inherit(idx: Indices, slot: int, r: int, first: int, target: int) -> None:
    """Give route ``target`` those visits of a parent's route, which begin at ``first``, that still fit."""
    day = idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + DAY]
    start = idx[SLOT_NODE] + slot * idx[MOST_VISITS] + first
    for k in range(idx[idx[SLOT_LENGTH] + slot * idx[ROUTES] + r]):
        c = idx[start + k]
        if _fits(idx, c, day):
            _append(idx, target, c)


@compiled
def _rank_routes(num: Numbers, idx: Indices, slot: int, day: int, center: int, first: int) -> int:
    """Order the used routes of a parent's day by their mean distance from ``center``; return their number.

    The route, and where its stops begin, are written to ORDER in pairs; ``first`` is where the day begins.
    """
    count = 0
    for r in range(idx[idx[DAY_FIRST] + day], idx[idx[DAY_FIRST] + day + 1]):
        stops = idx[idx[SLOT_LENGTH] + slot * idx[ROUTES] + r]
        if stops > 0:
            key = 0.0
            for k in range(stops):
                c = idx[idx[SLOT_NODE] + slot * idx[MOST_VISITS] + first + k]
                key += num[idx[TO] + center * idx[NODES] + c] / stops
            j = count - 1
            while j >= 0 and num[idx[TASK_KEY] + j] > key:
                num[idx[TASK_KEY] + j + 1] = num[idx[TASK_KEY] + j]
                idx[idx[ORDER] + 2 * j + 2] = idx[idx[ORDER] + 2 * j]
                idx[idx[ORDER] + 2 * j + 3] = idx[idx[ORDER] + 2 * j + 1]
                j -= 1
            num[idx[TASK_KEY] + j + 1] = key
            idx[idx[ORDER] + 2 * j + 2] = r
            idx[idx[ORDER] + 2 * j + 3] = first
            count += 1
        first += stops
    return count


@compiled
def _start_of_day(idx: Indices, slot: int, day: int) -> int:
    first = 0
    for r in range(idx[idx[DAY_FIRST] + day]):
        first += idx[idx[SLOT_LENGTH] + slot * idx[ROUTES] + r]
    return first


@compiled
def _inherit_near(num: Numbers, idx: Indices, rng: Random, slot: int, day: int, center: int) -> None:
    """Take over some routes of a day, those nearest to a customer."""
    count = _rank_routes(num, idx, slot, day, center, _start_of_day(idx, slot, day))
    for k in range(below(rng, count + 1)):
        r = idx[idx[ORDER] + 2 * k]
        _inherit(idx, slot, r, idx[idx[ORDER] + 2 * k + 1], r)


@compiled
def _inherit_rest(num: Numbers, idx: Indices, slot: int, day: int, center: int) -> None:
    """Take over a day where it still fits, the routes far from the customer first."""
    first, last = idx[idx[DAY_FIRST] + day], idx[idx[DAY_FIRST] + day + 1]
    count = _rank_routes(num, idx, slot, day, center, _start_of_day(idx, slot, day))
    for k in range(count - 1, -1, -1):
        r = idx[idx[ORDER] + 2 * k]
        target = r
        if idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] > 0:
            target = -1
            for other in range(first, last):
                if idx[idx[ROUTE_IDX] + other * ROUTE_INDICES + LENGTH] == 0:
                    target = other
                    break
        # Where all routes are taken the visits are put in one by one later.
        if target >= 0:
            _inherit(idx, slot, r, idx[idx[ORDER] + 2 * k + 1], target)


@compiled
def cross(num: Numbers, idx: Indices, rng: Random, mother: int, father: int) -> None:
    """Make the present plan a child of two members of the population; some visits may still be missing."""
    empty_plan(idx)
    days = idx[DAYS]
    one, two = below(rng, days + 1), below(rng, days + 1)
    mothers, fathers = min(one, two), max(one, two)
    order = idx[DAY_PLACE]
    for k in range(days):
        idx[order + k] = k
    shuffle(idx, rng, order, days)
    center = below(rng, idx[CUSTOMERS])
    for k in range(days):
        day = idx[order + k]
        if k < mothers:
            _inherit_rest(num, idx, mother, day, center)
        elif k >= fathers:
            _inherit_near(num, idx, rng, mother, day, center)
    shuffle(idx, rng, order + mothers, days - mothers)
    for k in range(mothers, days):
        _inherit_rest(num, idx, father, idx[order + k], center)
    refresh(num, idx)


@compiled
def _complete(num: Numbers, idx: Indices, rng: Random, unit: int, c: int) -> None:
    """Give a customer the cheapest combination that has its present days, and put in what is missing."""
    for choice in range(idx[idx[CHOICE_FIRST] + unit], idx[idx[CHOICE_FIRST] + unit + 1]):
        missing = 0
        for k in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
            if idx[idx[AT] + c * idx[DAYS] + idx[idx[CHOICE_DAYS] + k]] < 0:
                missing += 1
        if missing == 0 and _contains_days(idx, c, choice, -1):
            return
    for k in range(idx[idx[UNION_FIRST] + unit], idx[idx[UNION_FIRST] + unit + 1]):
        day = idx[idx[UNION_DAYS] + k]
        num[idx[DAY_VALUE] + day] = -_DEAR
        if idx[idx[AT] + c * idx[DAYS] + day] < 0:
            found = best_on_day(num, idx, rng, c, day, 0.0)
            num[idx[DAY_VALUE] + day] = min(found[0], _DEAR)
            idx[idx[DAY_ROUTE] + day] = found[1]
            idx[idx[DAY_PLACE] + day] = found[2]
    choice = cheapest_choice(num, idx, unit, 1e300)
    for k in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
        day = idx[idx[CHOICE_DAYS] + k]
        if idx[idx[AT] + c * idx[DAYS] + day] < 0:
            put_in(num, idx, idx[idx[DAY_ROUTE] + day], idx[idx[DAY_PLACE] + day], c)
            settle(num, idx, idx[idx[DAY_ROUTE] + day])
    commit(num, idx)


@compiled
def complete(num: Numbers, idx: Indices, rng: Random) -> None:
    """Give every customer all visits of one allowed combination."""
    order = idx[ORDER]
    for unit in range(idx[UNITS]):
        idx[order + unit] = unit
    shuffle(idx, rng, order, idx[UNITS])
    for k in range(idx[UNITS]):
        unit = idx[order + k]
        first, last = idx[idx[UNIT_FIRST] + unit], idx[idx[UNIT_FIRST] + unit + 1]
        if last - first == 1:
            _complete(num, idx, rng, unit, idx[idx[UNIT_MEMBERS] + first])
        else:
            # The members of a group may have come from different parents.
            release(num, idx, unit)
            idx[idx[IS_FREE] + unit] = 1
            place_unit(num, idx, rng, unit, 0.0)
            commit(num, idx)


@compiled
def draw_plan(num: Numbers, idx: Indices, rng: Random) -> None:
    """Make the present plan a random one: combinations at random, visits where they are cheapest."""
    empty_plan(idx)
    refresh(num, idx)
    order = idx[ORDER]
    for unit in range(idx[UNITS]):
        idx[order + unit] = unit
    shuffle(idx, rng, order, idx[UNITS])
    for k in range(idx[UNITS]):
        unit = idx[order + k]
        choices = idx[idx[CHOICE_FIRST] + unit]
        choice = choices + below(rng, idx[idx[CHOICE_FIRST] + unit + 1] - choices)
        for j in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
            for m in range(idx[idx[UNIT_FIRST] + unit], idx[idx[UNIT_FIRST] + unit + 1]):
                insert(num, idx, rng, idx[idx[UNIT_MEMBERS] + m], idx[idx[CHOICE_DAYS] + j], 0.0)
        commit(num, idx)
