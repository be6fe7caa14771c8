"""Better days: every customer in turn moves to the combination and the routes where it costs least.

The pattern improvement of Vidal, Crainic, Gendreau, Lahrichi & Rei (2012), Operations Research 60.
"""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, Random, compiled
from core.kernels.rng import below
from core.visits.routing.layout import (
    AT,
    CHOICE_DAY_FIRST,
    CHOICE_DAYS,
    CHOICE_FIRST,
    DAY_FIRST,
    DAY_PLACE,
    DAY_ROUTE,
    DAY_VALUE,
    DAYS,
    DEMAND,
    DISTANCE,
    KNOWN,
    KNOWN_PLACE,
    LENGTH,
    LOAD,
    NODES,
    ORDER,
    ROUTE_COST,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    ROUTES,
    SERVICE,
    TO,
    UNION_DAYS,
    UNION_FIRST,
    UNIT_FIRST,
    UNIT_MEMBERS,
    UNITS,
    VERSION,
    WINDOWED,
    WORK,
)
from core.visits.routing.route import penalty, put_in, scan, settle, take_out
from core.visits.routing.ruin import position_in
from core.visits.routing.schedule import node_at, without_visit
from core.visits.routing.undo import commit

_LEAST_GAIN = 1e-6
_STAYS = -1


@compiled
def shuffle(idx: Indices, rng: Random, first: int, count: int) -> None:
    """Put a stretch of numbers into random order."""
    for k in range(count - 1, 0, -1):
        j = below(rng, k + 1)
        idx[first + k], idx[first + j] = idx[first + j], idx[first + k]


@compiled
def _cost_of_visit(num: Numbers, idx: Indices, r: int, k: int, c: int) -> float:
    """Return by how much the route is dearer for its visit at position ``k``."""
    f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
    cost: float = num[f + ROUTE_COST]
    if idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH] == 1:
        return cost
    a, b = node_at(idx, r, k - 1), node_at(idx, r, k + 1)
    to, nodes = idx[TO], idx[NODES]
    distance = num[f + DISTANCE] + num[to + a * nodes + b] - num[to + a * nodes + c] - num[to + c * nodes + b]
    minutes, late = distance + num[f + WORK] - num[idx[SERVICE] + c], 0.0
    if idx[WINDOWED]:
        day = without_visit(num, idx, r, k)
        minutes, late = day[0], day[1]
    load = num[f + LOAD] - num[idx[DEMAND] + c]
    return float(cost - distance - penalty(num, idx, f, load, minutes, late))


@compiled
def _cheapest_elsewhere(num: Numbers, idx: Indices, c: int, day: int, here: int) -> tuple[float, int, int]:
    """Return cost, route and position of the cheapest insertion on a day into another route than ``here``."""
    best, route, place = 1e300, -1, 0
    for r in range(idx[idx[DAY_FIRST] + day], idx[idx[DAY_FIRST] + day + 1]):
        if r == here:
            continue
        cell = c * idx[ROUTES] + r
        if num[idx[KNOWN] + 3 * cell] != num[idx[VERSION] + r]:
            found = scan(num, idx, c, r)
            value, at = found[0], found[1]
        else:
            value, at = num[idx[KNOWN] + 3 * cell + 1], idx[idx[KNOWN_PLACE] + 2 * cell]
        if value < best:
            best, route, place = value, r, at
    return best, route, place


@compiled
def _price_days(num: Numbers, idx: Indices, unit: int, c: int) -> float:
    """Price a visit on every day the customer may have; return what its present visits cost."""
    present = 0.0
    for k in range(idx[idx[UNION_FIRST] + unit], idx[idx[UNION_FIRST] + unit + 1]):
        day = idx[idx[UNION_DAYS] + k]
        r = idx[idx[AT] + c * idx[DAYS] + day]
        found = _cheapest_elsewhere(num, idx, c, day, r)
        value, route = min(found[0], 1e100), found[1]
        if r >= 0:
            stay = _cost_of_visit(num, idx, r, position_in(idx, r, c), c)
            present += stay
            if stay <= value + 1e-9:
                value, route = stay, _STAYS
        num[idx[DAY_VALUE] + day] = value
        idx[idx[DAY_ROUTE] + day] = route
        idx[idx[DAY_PLACE] + day] = found[2]
    return present


@compiled
def cheapest_choice(num: Numbers, idx: Indices, unit: int, bound: float) -> int:
    """Return the combination whose values in DAY_VALUE sum to the least, -1 when none is below the bound."""
    chosen = -1
    for choice in range(idx[idx[CHOICE_FIRST] + unit], idx[idx[CHOICE_FIRST] + unit + 1]):
        total = 0.0
        for k in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
            total += num[idx[DAY_VALUE] + idx[idx[CHOICE_DAYS] + k]]
        if total < bound:
            bound, chosen = total, choice
    return chosen


@compiled
def _move(num: Numbers, idx: Indices, unit: int, c: int, choice: int) -> None:
    """Give a customer the combination, each visit where ``_price_days`` found it cheapest."""
    for k in range(idx[idx[UNION_FIRST] + unit], idx[idx[UNION_FIRST] + unit + 1]):
        day = idx[idx[UNION_DAYS] + k]
        wanted = False
        for j in range(idx[idx[CHOICE_DAY_FIRST] + choice], idx[idx[CHOICE_DAY_FIRST] + choice + 1]):
            wanted = wanted or idx[idx[CHOICE_DAYS] + j] == day
        r, to = idx[idx[AT] + c * idx[DAYS] + day], idx[idx[DAY_ROUTE] + day]
        if r >= 0 and not (wanted and to == _STAYS):
            take_out(num, idx, r, position_in(idx, r, c))
            settle(num, idx, r)
        if wanted and to != _STAYS:
            put_in(num, idx, to, idx[idx[DAY_PLACE] + day], c)
            settle(num, idx, to)
    commit(num, idx)


@compiled
def improve_days(num: Numbers, idx: Indices, rng: Random) -> bool:
    """Move customers to better days until nobody gains; say whether anybody did."""
    units, order = idx[UNITS], idx[ORDER]
    for k in range(units):
        idx[order + k] = k
    shuffle(idx, rng, order, units)
    changed, since, k = False, 0, 0
    while since < units:
        unit = idx[order + k]
        k = k + 1 if k + 1 < units else 0
        since += 1
        first = idx[idx[UNIT_FIRST] + unit]
        # Who is kept together moves only by ruin and recreate.
        is_single = idx[idx[UNIT_FIRST] + unit + 1] - first == 1
        if not is_single or idx[idx[CHOICE_FIRST] + unit + 1] - idx[idx[CHOICE_FIRST] + unit] < 2:
            continue
        c = idx[idx[UNIT_MEMBERS] + first]
        present = _price_days(num, idx, unit, c)
        choice = cheapest_choice(num, idx, unit, present - _LEAST_GAIN)
        if choice >= 0:
            _move(num, idx, unit, c, choice)
            changed, since = True, 0
    return changed
