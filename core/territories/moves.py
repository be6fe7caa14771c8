"""What moving a unit does to distance, balance and upheaval, and whether territories stay whole."""

from __future__ import annotations

import math

from core.kernels.jit import compiled
from core.territories.graph import DEGREE_KM
from core.territories.state import (
    CHANGED,
    EXCESS,
    LIMIT,
    LIMIT_PRICE,
    MOVED,
    TICK,
    TOTAL,
    UPHEAVAL,
    State,
)

_RADIAN_PER_KM = math.pi / 180 / DEGREE_KM


@compiled
def stays_whole(s: State, unit: int) -> bool:
    """Say whether the unit's territory stays in one piece, and more than nothing, without the unit."""
    own = s.territory[unit]
    missing, start = 0, -1
    for e in range(s.first[unit], s.first[unit + 1]):
        if s.territory[s.neighbours[e]] == own:
            missing += 1
            start = s.neighbours[e]
    if missing < 2:
        return missing == 1
    goal, seen = s.counts[TICK] + 1, s.counts[TICK] + 2
    s.counts[TICK] += 2
    for e in range(s.first[unit], s.first[unit + 1]):
        if s.territory[s.neighbours[e]] == own:
            s.marks[s.neighbours[e]] = goal
    s.marks[unit] = s.marks[start] = seen
    s.queue[0] = start
    missing -= 1
    head, tail = 0, 1
    while head < tail:
        here = s.queue[head]
        head += 1
        for e in range(s.first[here], s.first[here + 1]):
            there = s.neighbours[e]
            if s.territory[there] == own and s.marks[there] != seen:
                if s.marks[there] == goal:
                    missing -= 1
                    if missing == 0:
                        return True
                s.marks[there] = seen
                s.queue[tail] = there
                tail += 1
    return False


@compiled
def touches(s: State, unit: int, territory: int, but: int) -> bool:
    """Say whether a unit has a neighbour in a territory, one unit apart."""
    for e in range(s.first[unit], s.first[unit + 1]):
        if s.territory[s.neighbours[e]] == territory and s.neighbours[e] != but:
            return True
    return False


@compiled
def distance_with(s: State, territory: int, unit: int, sign: float) -> float:
    """Return a territory's weighted distance with a unit more (sign 1), less (-1) or as it is (0)."""
    w = sign * s.weight[unit]
    mass = s.moments[territory, 2] + w
    cx = (s.moments[territory, 0] + w * s.x[unit]) / mass
    cy = (s.moments[territory, 1] + w * s.y[unit]) / mass
    if not math.isnan(s.homes[territory, 0]):
        cx, cy = s.homes[territory, 0], s.homes[territory, 1]
    cosine = math.cos(cy * _RADIAN_PER_KM)
    size = s.size[territory]
    for k in range(size):
        dx = s.member_x[territory, k] - cx
        dy = s.member_y[territory, k] - cy
        s.scratch[k] = s.member_weight[territory, k] * math.sqrt(
            dy * dy + s.member_cosine[territory, k] * cosine * dx * dx
        )
    # Four sums of their own don't wait for each other, and come out the same on every machine.
    a = b = c = d = 0.0
    in_fours = size - size % 4
    for k in range(0, in_fours, 4):
        a += s.scratch[k]
        b += s.scratch[k + 1]
        c += s.scratch[k + 2]
        d += s.scratch[k + 3]
    for k in range(in_fours, size):
        a += s.scratch[k]
    if sign < 0:
        return float((a + b) + (c + d) - s.scratch[s.position[unit]])
    if sign > 0:
        dx, dy = s.x[unit] - cx, s.y[unit] - cy
        a += w * math.sqrt(dy * dy + s.cosine[unit] * cosine * dx * dx)
    return float((a + b) + (c + d))


@compiled
def excess(s: State, territory: int) -> float:
    """Return what of a territory lies outside its bounds, in parts of the wanted totals."""
    total = 0.0
    for m in range(s.totals.shape[1]):
        amount = s.totals[territory, m]
        total += max(s.low[territory, m] - amount, amount - s.high[territory, m], 0.0) / s.goals[territory, m]
    return total


@compiled
def excess_change(s: State, unit: int, other: int, to: int) -> float:
    """Return by how much the excess changes when a unit moves, and another one (or -1) the other way."""
    own = s.territory[unit]
    change = 0.0
    for m in range(s.totals.shape[1]):
        shift = s.amounts[unit, m] - (s.amounts[other, m] if other >= 0 else 0.0)
        for sign, territory in ((-1.0, own), (1.0, to)):
            before = s.totals[territory, m]
            after = before + sign * shift
            low, high = s.low[territory, m], s.high[territory, m]
            now = max(low - after, after - high, 0.0) - max(low - before, before - high, 0.0)
            change += now / s.goals[territory, m]
    return change


@compiled
def upheaval_change(s: State, unit: int, to: int) -> float:
    """Return what moving a unit adds to the price of the changed units."""
    if s.today[unit] < 0:
        return 0.0
    return float(s.prices[unit] * ((to != s.today[unit]) - (s.territory[unit] != s.today[unit])))


@compiled
def customers_change(s: State, unit: int, to: int) -> int:
    """Return how many more customers have changed hands after moving a unit."""
    if s.today[unit] < 0:
        return 0
    return int(s.customers[unit] * ((to != s.today[unit]) - (s.territory[unit] != s.today[unit])))


@compiled
def limit_change(s: State, customers: int) -> float:
    """Return what that many more changed customers add to the price of those above the limit."""
    before = max(s.counts[CHANGED] - s.counts[LIMIT], 0)
    after = max(s.counts[CHANGED] + customers - s.counts[LIMIT], 0)
    return float(s.numbers[LIMIT_PRICE] * (after - before))


@compiled
def _enter(s: State, unit: int, territory: int) -> None:
    p = s.size[territory]
    s.members[territory, p] = unit
    s.member_x[territory, p], s.member_y[territory, p] = s.x[unit], s.y[unit]
    s.member_cosine[territory, p], s.member_weight[territory, p] = s.cosine[unit], s.weight[unit]
    s.position[unit] = p
    s.size[territory] = p + 1
    s.territory[unit] = territory
    _count(s, unit, territory, 1.0)


@compiled
def _count(s: State, unit: int, territory: int, sign: float) -> None:
    w = sign * s.weight[unit]
    s.moments[territory, 0] += w * s.x[unit]
    s.moments[territory, 1] += w * s.y[unit]
    s.moments[territory, 2] += w
    for m in range(s.totals.shape[1]):
        s.totals[territory, m] += sign * s.amounts[unit, m]


@compiled
def move(s: State, unit: int, to: int) -> None:
    """Move a unit; the sums follow, the territories' distances don't."""
    own, hole = s.territory[unit], s.position[unit]
    last = s.size[own] - 1
    moved = s.members[own, last]
    s.members[own, hole] = moved
    s.member_x[own, hole], s.member_y[own, hole] = s.x[moved], s.y[moved]
    s.member_cosine[own, hole], s.member_weight[own, hole] = s.cosine[moved], s.weight[moved]
    s.position[moved] = hole
    s.size[own] = last
    _count(s, unit, own, -1.0)
    _enter(s, unit, to)
    if s.counts[MOVED] < len(s.moved):
        s.moved[s.counts[MOVED]] = unit
    s.counts[MOVED] += 1


@compiled
def recount(s: State) -> None:
    """Compute all sums anew from the units' territories, which also ends the drift of rounding."""
    s.size[:] = 0
    s.moments[:] = 0.0
    s.totals[:] = 0.0
    s.numbers[TOTAL] = s.numbers[EXCESS] = s.numbers[UPHEAVAL] = 0.0
    s.counts[CHANGED] = 0
    for unit in range(len(s.x)):
        _enter(s, unit, s.territory[unit])
        if s.today[unit] >= 0 and s.today[unit] != s.territory[unit]:
            s.numbers[UPHEAVAL] += s.prices[unit]
            s.counts[CHANGED] += s.customers[unit]
    for t in range(len(s.size)):
        s.cost[t] = distance_with(s, t, 0, 0.0)
        s.numbers[TOTAL] += s.cost[t]
        s.numbers[EXCESS] += excess(s, t)
