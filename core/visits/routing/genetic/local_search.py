"""The local search of one plan: moves within the days, then better days, until nothing pays."""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, Random, compiled
from core.visits.routing.genetic.days import improve_days, shuffle
from core.visits.routing.genetic.moves import find_move, make_move
from core.visits.routing.genetic.swap import swap_visits
from core.visits.routing.genetic.tours import index_day
from core.visits.routing.layout import (
    AT,
    CUSTOMERS,
    DAY_FIRST,
    DAYS,
    LENGTH,
    MOST_ROUTES,
    NEAR,
    NEIGHBOURS,
    NODE,
    ORDER,
    PAIR_TESTED,
    PLACE,
    PLAIN,
    ROUTE_IDX,
    ROUTE_INDICES,
    STAMP,
    TESTED,
    VERSION,
)
from core.visits.routing.undo import commit

# Visits of the same day that are tried as neighbours of a visit, the nearest ones.
_NEAREST = 15


@compiled
def _list_day(idx: Indices, rng: Random, day: int) -> int:
    """Put the visits of a day into ORDER at random; return their number."""
    count = 0
    for r in range(idx[idx[DAY_FIRST] + day], idx[idx[DAY_FIRST] + day + 1]):
        for k in range(idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + LENGTH]):
            idx[idx[ORDER] + count] = idx[idx[NODE] + r * idx[CUSTOMERS] + k]
            count += 1
    shuffle(idx, rng, idx[ORDER], count)
    return count


@compiled
def _try_neighbour(num: Numbers, idx: Indices, day: int, u: int, v: int) -> bool:
    """Make the first move of ``u`` and ``v`` that pays, if any."""
    r1, r2 = idx[idx[AT] + u * idx[DAYS] + day], idx[idx[AT] + v * idx[DAYS] + day]
    p1, p2 = idx[idx[PLACE] + u * idx[DAYS] + day], idx[idx[PLACE] + v * idx[DAYS] + day]
    move = find_move(num, idx, r1, p1, r2, p2)
    if move == 0 and p2 == 1:
        p2 = 0
        move = find_move(num, idx, r1, p1, r2, p2)
    if move == 0:
        return False
    make_move(num, idx, move, r1, p1, r2, p2)
    commit(num, idx)
    return True


@compiled
def _try_empty_route(num: Numbers, idx: Indices, day: int, u: int) -> bool:
    r1 = idx[idx[AT] + u * idx[DAYS] + day]
    if idx[idx[ROUTE_IDX] + r1 * ROUTE_INDICES + LENGTH] < 2:
        return False
    for r2 in range(idx[idx[DAY_FIRST] + day], idx[idx[DAY_FIRST] + day + 1]):
        if idx[idx[ROUTE_IDX] + r2 * ROUTE_INDICES + LENGTH] == 0:
            p1 = idx[idx[PLACE] + u * idx[DAYS] + day]
            move = find_move(num, idx, r1, p1, r2, 0)
            if move > 0:
                make_move(num, idx, move, r1, p1, r2, 0)
                commit(num, idx)
            return bool(move > 0)
    return False


@compiled
def _try_visit(num: Numbers, idx: Indices, day: int, u: int) -> bool:
    """Try the moves of a visit with its neighbours whose routes, or its own, changed since the last time."""
    cell = idx[TESTED] + u * idx[DAYS] + day
    last, tried, improved = num[cell], 0, False
    num[cell] = num[STAMP]
    for k in range(1, idx[NEIGHBOURS]):
        v = idx[idx[NEAR] + u * idx[NEIGHBOURS] + k]
        r2 = idx[idx[AT] + v * idx[DAYS] + day]
        if r2 < 0:
            continue
        tried += 1
        if tried > _NEAREST:
            break
        r1 = idx[idx[AT] + u * idx[DAYS] + day]
        if num[idx[VERSION] + r1] > last or num[idx[VERSION] + r2] > last:
            improved = _try_neighbour(num, idx, day, u, v) or improved
    if num[idx[VERSION] + idx[idx[AT] + u * idx[DAYS] + day]] > last:
        improved = _try_empty_route(num, idx, day, u) or improved
    return improved


@compiled
def _swap_on_day(num: Numbers, idx: Indices, day: int) -> bool:
    first, last = idx[idx[DAY_FIRST] + day], idx[idx[DAY_FIRST] + day + 1]
    improved = False
    for r1 in range(first, last):
        for r2 in range(r1 + 1, last):
            if (
                idx[idx[ROUTE_IDX] + r1 * ROUTE_INDICES + LENGTH] == 0
                or idx[idx[ROUTE_IDX] + r2 * ROUTE_INDICES + LENGTH] == 0
            ):
                continue
            cell = idx[PAIR_TESTED] + r1 * idx[MOST_ROUTES] + r2 - first
            if num[idx[VERSION] + r1] > num[cell] or num[idx[VERSION] + r2] > num[cell]:
                num[cell] = num[STAMP]
                if swap_visits(num, idx, r1, r2):
                    commit(num, idx)
                    improved = True
    return improved


@compiled
def _improve_day(num: Numbers, idx: Indices, rng: Random, day: int) -> None:
    """Make moves within a day until none pays."""
    index_day(num, idx, day)
    count = _list_day(idx, rng, day)
    improved = True
    while improved:
        improved = False
        for k in range(count):
            improved = _try_visit(num, idx, day, idx[idx[ORDER] + k]) or improved
        improved = _swap_on_day(num, idx, day) or improved


@compiled
def improve(num: Numbers, idx: Indices, rng: Random) -> None:
    """Bring the present plan to a local optimum."""
    while True:
        if idx[PLAIN]:
            for day in range(idx[DAYS]):
                _improve_day(num, idx, rng, day)
        if not improve_days(num, idx, rng):
            break
