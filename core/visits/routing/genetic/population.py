"""The plans of the population: how they are stored, compared, chosen as parents and given up.

Two groups, plans that keep all limits and plans that don't; a plan counts by its cost and by how
much it differs from the others (Vidal et al. 2012, section 4.2).
"""

from __future__ import annotations

from typing import NamedTuple

from core.kernels.jit import Indices, Numbers, Random, compiled
from core.kernels.rng import below
from core.visits.routing.layout import (
    APART,
    BEST,
    BEST_MEMBER,
    COST,
    CUSTOMERS,
    DAY,
    DAYS,
    FITNESS,
    FREE_SLOTS,
    LATE,
    LENGTH,
    LOAD,
    LOAD_WEIGHT,
    MAX_LOAD,
    MAX_MINUTES,
    MEMBER_COUNT,
    MEMBERS,
    MINUTES,
    MOST_VISITS,
    NODE,
    OVERLOADED,
    OVERTIME,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTE_NUM,
    ROUTE_NUMBERS,
    ROUTES,
    SLOT_COST,
    SLOT_LAST,
    SLOT_LENGTH,
    SLOT_NEXT,
    SLOT_NODE,
    SLOT_VALUE,
    SLOTS,
    TASK_KEY,
    TIME_WEIGHT,
    TIMED,
)
from core.visits.routing.plan import keep_best

_CLONE = 1e-9
# Steps per visit for each plan that a group is cut down to, and the fewest of them.
_STEPS_PER_MEMBER = 130.0
_FEWEST = 8


class Size(NamedTuple):
    """Numbers of plans in the population; the arrays have room for these."""

    first: int = 75  # made at random to begin with
    least: int = 25  # that a group is cut down to
    most: int = 65  # that a group may grow to
    elite: int = 4  # that are sure to stay by their cost
    close: int = 5  # nearest others by which the difference of a plan is measured


def size_for(steps_per_visit: float) -> Size:
    """Return the size of the population for a search of so many steps for each visit.

    Few children in a large population mature too late, many in a small one become alike too early.
    """
    least = int(min(max(steps_per_visit / _STEPS_PER_MEMBER, _FEWEST), Size().least))
    return Size(3 * least, least, least * Size().most // Size().least, max(2, least // 6), max(3, least // 5))


@compiled
def _excess_load(num: Numbers, idx: Indices) -> float:
    total = 0.0
    for r in range(idx[ROUTES]):
        f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
        total += max(num[f + LOAD] - num[f + MAX_LOAD], 0.0)
    return total


@compiled
def _excess_minutes(num: Numbers, idx: Indices) -> float:
    total = 0.0
    if idx[TIMED]:
        for r in range(idx[ROUTES]):
            f = idx[ROUTE_NUM] + r * ROUTE_NUMBERS
            total += max(num[f + MINUTES] - num[f + MAX_MINUTES], 0.0) + num[f + LATE]
    return total


@compiled
def _write_slot(num: Numbers, idx: Indices, slot: int) -> None:
    """Store the present plan in a slot."""
    cells = idx[CUSTOMERS] * idx[DAYS]
    after, before = idx[SLOT_NEXT] + slot * cells, idx[SLOT_LAST] + slot * cells
    for cell in range(cells):
        idx[after + cell] = -1
    at = idx[SLOT_NODE] + slot * idx[MOST_VISITS]
    for r in range(idx[ROUTES]):
        g = idx[ROUTE_IDX] + r * ROUTE_INDICES
        day, last = idx[g + DAY], idx[CUSTOMERS]
        idx[idx[SLOT_LENGTH] + slot * idx[ROUTES] + r] = idx[g + LENGTH]
        for k in range(idx[g + LENGTH]):
            c = idx[idx[NODE] + r * idx[CUSTOMERS] + k]
            idx[at] = c
            at += 1
            idx[before + c * idx[DAYS] + day] = last
            idx[after + c * idx[DAYS] + day] = idx[CUSTOMERS]
            if k > 0:
                idx[after + last * idx[DAYS] + day] = c
            last = c
    load, minutes = _excess_load(num, idx), _excess_minutes(num, idx)
    num[idx[SLOT_VALUE] + slot] = num[COST]
    num[idx[SLOT_COST] + 3 * slot] = num[COST] - num[LOAD_WEIGHT] * load - num[TIME_WEIGHT] * minutes
    num[idx[SLOT_COST] + 3 * slot + 1] = load
    num[idx[SLOT_COST] + 3 * slot + 2] = minutes


@compiled
def _difference(idx: Indices, one: int, other: int) -> float:
    """Return the share of a plan's visits that are on another day in the other, or between others there."""
    cells = idx[CUSTOMERS] * idx[DAYS]
    next1, next2 = idx[SLOT_NEXT] + one * cells, idx[SLOT_NEXT] + other * cells
    last1, last2 = idx[SLOT_LAST] + one * cells, idx[SLOT_LAST] + other * cells
    visits, points = 0, 0
    for cell in range(cells):
        after = idx[next1 + cell]
        if after >= 0:
            visits += 2
            if idx[next2 + cell] < 0:
                points += 2
            elif after not in (idx[next2 + cell], idx[last2 + cell]) or idx[last1 + cell] not in (
                idx[next2 + cell],
                idx[last2 + cell],
            ):
                points += 1
    return points / max(visits, 1)


@compiled
def _nearest_mean(num: Numbers, idx: Indices, group: int, slot: int, close: int) -> float:
    """Return the mean difference of a plan from those of its group that differ least."""
    members, count = idx[MEMBERS] + group * idx[SLOTS], idx[MEMBER_COUNT] + group
    nearest = idx[TASK_KEY]
    known = 0
    for k in range(idx[count]):
        other = idx[members + k]
        if other == slot:
            continue
        value = num[idx[APART] + slot * idx[SLOTS] + other]
        if known < close:
            known += 1
        elif value >= num[nearest + known - 1]:
            continue
        j = known - 1
        while j > 0 and num[nearest + j - 1] > value:
            num[nearest + j] = num[nearest + j - 1]
            j -= 1
        num[nearest + j] = value
    total = 0.0
    for k in range(known):
        total += num[nearest + k]
    return total / max(known, 1)


@compiled
def rank(num: Numbers, idx: Indices, group: int, size: Size) -> None:
    """Set the fitness of all plans of a group: rank by cost, and rank by difference with less weight."""
    members, count = idx[MEMBERS] + group * idx[SLOTS], idx[idx[MEMBER_COUNT] + group]
    # FITNESS has the ranks for every slot, followed by room for the differences.
    apart = idx[FITNESS] + idx[SLOTS]
    for k in range(count):
        slot = idx[members + k]
        num[apart + slot] = _nearest_mean(num, idx, group, slot, size.close)
    weight = 1.0 - min(size.elite / max(count, 1), 1.0)
    for k in range(count):
        slot = idx[members + k]
        dearer = nearer = 0
        for j in range(count):
            other = idx[members + j]
            if num[idx[SLOT_VALUE] + other] < num[idx[SLOT_VALUE] + slot]:
                dearer += 1
            if num[apart + other] > num[apart + slot]:
                nearer += 1
        num[idx[FITNESS] + slot] = (dearer + weight * nearer) / max(count - 1, 1)


@compiled
def _is_clone(num: Numbers, idx: Indices, group: int, slot: int) -> bool:
    members = idx[MEMBERS] + group * idx[SLOTS]
    for k in range(idx[idx[MEMBER_COUNT] + group]):
        other = idx[members + k]
        if other != slot and num[idx[APART] + slot * idx[SLOTS] + other] < _CLONE:
            return True
    return False


@compiled
def _remove(idx: Indices, group: int, k: int) -> None:
    """Give up the plan at position ``k`` of a group."""
    members = idx[MEMBERS] + group * idx[SLOTS]
    free = idx[FREE_SLOTS]
    idx[free] += 1
    idx[free + idx[free]] = idx[members + k]
    idx[idx[MEMBER_COUNT] + group] -= 1
    for j in range(k, idx[idx[MEMBER_COUNT] + group]):
        idx[members + j] = idx[members + j + 1]


@compiled
def _select_survivors(num: Numbers, idx: Indices, group: int, size: Size) -> None:
    members, count = idx[MEMBERS] + group * idx[SLOTS], idx[MEMBER_COUNT] + group
    while idx[count] > size.least:
        rank(num, idx, group, size)
        worst, best_value, best = -1, 1e300, -1
        for k in range(idx[count]):
            if num[idx[SLOT_VALUE] + idx[members + k]] < best_value:
                best_value, best = num[idx[SLOT_VALUE] + idx[members + k]], k
        worst_fitness, worst_is_clone = -1.0, False
        for k in range(idx[count]):
            slot = idx[members + k]
            is_clone = _is_clone(num, idx, group, slot)
            worse = num[idx[FITNESS] + slot] > worst_fitness
            if k != best and ((is_clone and not worst_is_clone) or (is_clone == worst_is_clone and worse)):
                worst, worst_fitness, worst_is_clone = k, num[idx[FITNESS] + slot], is_clone
        _remove(idx, group, worst)


@compiled
def add_member(num: Numbers, idx: Indices, size: Size) -> bool:
    """Add the present plan to its group; say whether it keeps all limits."""
    free = idx[FREE_SLOTS]
    slot = idx[free + idx[free]]
    idx[free] -= 1
    _write_slot(num, idx, slot)
    is_feasible = idx[OVERLOADED] == 0 and idx[OVERTIME] == 0
    group = 0 if is_feasible else 1
    members, count = idx[MEMBERS] + group * idx[SLOTS], idx[MEMBER_COUNT] + group
    for k in range(idx[count]):
        other = idx[members + k]
        difference = _difference(idx, slot, other)
        num[idx[APART] + slot * idx[SLOTS] + other] = difference
        num[idx[APART] + other * idx[SLOTS] + slot] = difference
    idx[members + idx[count]] = slot
    idx[count] += 1
    if is_feasible:
        num[BEST_MEMBER] = min(num[BEST_MEMBER], num[COST])
        if num[COST] < num[BEST] - 1e-9:
            keep_best(num, idx)
    if idx[count] > size.most:
        _select_survivors(num, idx, group, size)
    rank(num, idx, group, size)
    return bool(is_feasible)


@compiled
def price_anew(num: Numbers, idx: Indices, size: Size) -> None:
    """Compute the values of the plans that break limits at the present penalties."""
    members = idx[MEMBERS] + idx[SLOTS]
    for k in range(idx[idx[MEMBER_COUNT] + 1]):
        slot = idx[members + k]
        cost = idx[SLOT_COST] + 3 * slot
        value = num[cost] + num[LOAD_WEIGHT] * num[cost + 1] + num[TIME_WEIGHT] * num[cost + 2]
        num[idx[SLOT_VALUE] + slot] = value
    rank(num, idx, 1, size)


@compiled
def choose_parent(num: Numbers, idx: Indices, rng: Random) -> int:
    """Return the fitter of two members drawn at random."""
    kept = idx[idx[MEMBER_COUNT]]
    chosen = -1
    for _draw in range(2):
        k = below(rng, kept + idx[idx[MEMBER_COUNT] + 1])
        slot = idx[idx[MEMBERS] + k] if k < kept else idx[idx[MEMBERS] + idx[SLOTS] + k - kept]
        if chosen < 0 or num[idx[FITNESS] + slot] < num[idx[FITNESS] + chosen]:
            chosen = slot
    return chosen


@compiled
def clear_members(num: Numbers, idx: Indices) -> None:
    """Give up the whole population."""
    for group in range(2):
        while idx[idx[MEMBER_COUNT] + group] > 0:
            _remove(idx, group, idx[idx[MEMBER_COUNT] + group] - 1)
    num[BEST_MEMBER] = 1e300
