"""Ruin: strings of neighbouring visits leave their routes (Christiaens & Vanden Berghe 2020).

Transportation Science 54, section 4. What is new for a period: strings are cut from one day or
from several, and a customer that loses a visit either returns on the same day, or gives up all
visits so that its combination of days is chosen anew.
"""

from __future__ import annotations

from typing import NamedTuple

from core.kernels.jit import Indices, Numbers, Random, compiled
from core.kernels.rng import below, uniform
from core.visits.routing.layout import (
    AT,
    CHOICE_FIRST,
    CUSTOMERS,
    DAY,
    DAYS,
    IS_FREE,
    IS_RUINED,
    LENGTH,
    MEETS,
    NEAR,
    NEIGHBOURS,
    NODE,
    REPS,
    ROUTE_IDX,
    ROUTE_INDICES,
    ROUTES,
    STRING,
    TASK_CUSTOMER,
    TASK_DAY,
    TASKS,
    TOUCHED,
    TOUCHED_LIST,
    UNION_DAYS,
    UNION_FIRST,
    UNIT_FIRST,
    UNIT_MEMBERS,
    UNIT_OF,
    VISITS,
)
from core.visits.routing.route import settle, take_out


class Tuning(NamedTuple):
    """Parameters of the search; the names of the paper are in brackets."""

    removed: float = 10.0  # mean number of visits removed in a step [c-bar]
    longest: float = 10.0  # longest string [L-max]
    split: float = 0.5  # share of strings that keep a part in their middle [alpha]
    grow: float = 0.01  # chance that the kept part grows by one more [beta]
    blink: float = 0.01  # chance that the best place in a route is overlooked [blink rate]
    one_day: float = 0.5  # share of steps that stay on one day
    free: float = 0.7  # share of customers whose combination is chosen anew
    patience: int = 1000  # steps after which the penalties follow the share of plans that keep the limits


@compiled
def add_task(idx: Indices, c: int, day: int) -> None:
    """Note that a visit of customer ``c`` on ``day`` is due, or with day -1 all visits of unit ``c``."""
    idx[idx[TASK_CUSTOMER] + idx[TASKS]] = c
    idx[idx[TASK_DAY] + idx[TASKS]] = day
    idx[TASKS] += 1


@compiled
def position_in(idx: Indices, r: int, c: int) -> int:
    """Return the position of a customer in a route."""
    nodes = idx[NODE] + r * idx[CUSTOMERS]
    k = 0
    while idx[nodes + k] != c:
        k += 1
    return k


@compiled
def release(num: Numbers, idx: Indices, unit: int) -> None:
    """Take out every remaining visit of a unit."""
    for m in range(idx[idx[UNIT_FIRST] + unit], idx[idx[UNIT_FIRST] + unit + 1]):
        c = idx[idx[UNIT_MEMBERS] + m]
        for k in range(idx[idx[UNION_FIRST] + unit], idx[idx[UNION_FIRST] + unit + 1]):
            r = idx[idx[AT] + c * idx[DAYS] + idx[idx[UNION_DAYS] + k]]
            if r >= 0:
                take_out(num, idx, r, position_in(idx, r, c))


@compiled
def _drop(num: Numbers, idx: Indices, rng: Random, r: int, c: int, tuning: Tuning) -> None:
    """Remove one visit and note how its customer is to come back."""
    unit = idx[idx[UNIT_OF] + c]
    take_out(num, idx, r, position_in(idx, r, c))
    choices = idx[idx[CHOICE_FIRST] + unit + 1] - idx[idx[CHOICE_FIRST] + unit]
    is_open = choices > 1 or idx[REPS] > 0 or idx[idx[MEETS] + unit] == 1
    if is_open and uniform(rng) < tuning.free:
        release(num, idx, unit)
        idx[idx[IS_FREE] + unit] = 1
        add_task(idx, unit, -1)
    else:
        add_task(idx, c, idx[idx[ROUTE_IDX] + r * ROUTE_INDICES + DAY])


@compiled
def _cut(num: Numbers, idx: Indices, rng: Random, r: int, c: int, longest: float, tuning: Tuning) -> None:
    """Remove a string of visits around customer ``c`` from its route, in one or two pieces."""
    g = idx[ROUTE_IDX] + r * ROUTE_INDICES
    stops = idx[g + LENGTH]
    count = min(1 + int(uniform(rng) * min(float(stops), longest)), stops)
    kept = 0
    if 1 < count < stops and uniform(rng) < tuning.split:
        kept = 1
        while count + kept < stops and uniform(rng) < tuning.grow:
            kept += 1
    span = count + kept
    place = position_in(idx, r, c)
    lowest = max(0, place - span + 1)
    highest = min(place, stops - span)
    first = lowest + below(rng, highest - lowest + 1)
    hole = 1 + below(rng, count - 1) if kept > 0 else span
    for k in range(span):
        idx[idx[STRING] + k] = idx[idx[NODE] + r * idx[CUSTOMERS] + first + k]
    for k in range(span):
        victim = idx[idx[STRING] + k]
        # A customer of the string may have left already, with the unit that it shares its days with.
        present = idx[idx[AT] + victim * idx[DAYS] + idx[g + DAY]] == r
        if present and not hole <= k < hole + kept:
            _drop(num, idx, rng, r, victim, tuning)


@compiled
def _some_day(idx: Indices, rng: Random, c: int) -> int:
    """Draw a day on which ``c`` is visited now, or -1."""
    unit = idx[idx[UNIT_OF] + c]
    found, seen = -1, 0
    for k in range(idx[idx[UNION_FIRST] + unit], idx[idx[UNION_FIRST] + unit + 1]):
        day = idx[idx[UNION_DAYS] + k]
        if idx[idx[AT] + c * idx[DAYS] + day] >= 0:
            seen += 1
            if seen == 1 or below(rng, seen) == 0:
                found = day
    return found


@compiled
def _mean_length(idx: Indices) -> float:
    """Return the mean number of stops of the routes in use; mark all routes as not ruined."""
    used = 0
    for r in range(idx[ROUTES]):
        g = idx[ROUTE_IDX] + r * ROUTE_INDICES
        idx[g + IS_RUINED] = 0
        if idx[g + LENGTH] > 0:
            used += 1
    return float(idx[VISITS]) / max(used, 1)


@compiled
def _cut_strings(num: Numbers, idx: Indices, rng: Random, seed: int, tuning: Tuning) -> None:
    """Cut strings around the neighbours of ``seed``, on one day or on any."""
    longest = min(tuning.longest, _mean_length(idx))
    strings = 1 + int(uniform(rng) * (4.0 * tuning.removed / (1.0 + longest) - 1.0))
    only = -1
    if uniform(rng) < tuning.one_day:
        only = _some_day(idx, rng, seed)
    for k in range(idx[NEIGHBOURS]):
        c = idx[idx[NEAR] + seed * idx[NEIGHBOURS] + k]
        day = only if only >= 0 else _some_day(idx, rng, c)
        r = idx[idx[AT] + c * idx[DAYS] + day] if day >= 0 else -1
        if r < 0:
            continue
        g = idx[ROUTE_IDX] + r * ROUTE_INDICES
        if idx[g + IS_RUINED] == 0:
            idx[g + IS_RUINED] = 1
            _cut(num, idx, rng, r, c, longest, tuning)
            strings -= 1
            if strings <= 0:
                break


@compiled
def ruin(num: Numbers, idx: Indices, rng: Random, tuning: Tuning) -> None:
    """Take visits near a random customer out of their routes; tasks say who has to be put back."""
    idx[TASKS] = 0
    seed = below(rng, idx[CUSTOMERS])
    _cut_strings(num, idx, rng, seed, tuning)
    for k in range(idx[TOUCHED]):
        settle(num, idx, idx[idx[TOUCHED_LIST] + k])
