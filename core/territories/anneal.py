"""Simulated annealing over border units: one moves to a neighbouring territory, or two change places."""

from __future__ import annotations

import math

from core.kernels.jit import Random, compiled, entry
from core.kernels.rng import below, uniform
from core.territories.moves import (
    customers_change,
    distance_with,
    excess_change,
    limit_change,
    move,
    recount,
    stays_whole,
    touches,
    upheaval_change,
)
from core.territories.state import (
    ACCEPTED,
    BALANCE_PRICE,
    BALANCED,
    BEST,
    CHANGED,
    EXCESS,
    LIMIT,
    MOVED,
    SOFT,
    TOTAL,
    UPHEAVAL,
    State,
)

# Rounding of sums may leave a territory this far outside its bounds, in parts of its wanted total.
_ROUNDING = 1e-10
# A move whose worse balance costs more than the temperature allows and this many of the unit's
# kilometres could save is not looked at any closer.
_HOPELESS = 1.0
_TRIES = 8


@compiled
def _settle(s: State, own: int, to: int, change: tuple[float, float, float, int]) -> None:
    """Count a step that was accepted: distances of the two territories, excess, customers changed."""
    own_distance, to_distance, excess, customers = change
    s.numbers[TOTAL] += own_distance + to_distance - s.cost[own] - s.cost[to]
    s.cost[own], s.cost[to] = own_distance, to_distance
    s.numbers[EXCESS] += excess
    s.counts[CHANGED] += customers


@compiled
def _move_one(s: State, unit: int, to: int, allowed: float) -> bool:
    """Move a unit if it makes the design dearer by less than allowed."""
    own = s.territory[unit]
    excess = excess_change(s, unit, -1, to)
    upheaval = upheaval_change(s, unit, to)
    customers = customers_change(s, unit, to)
    price = s.numbers[BALANCE_PRICE] * excess + upheaval + limit_change(s, customers)
    # No unit saves more than the way between the two centres.
    reach = _HOPELESS * s.weight[unit] * _between(s, own, to)
    if price - reach > allowed or not stays_whole(s, unit):
        return False
    own_distance = distance_with(s, own, unit, -1.0)
    to_distance = distance_with(s, to, unit, 1.0)
    if own_distance + to_distance - s.cost[own] - s.cost[to] + price >= allowed:
        return False
    move(s, unit, to)
    s.numbers[UPHEAVAL] += upheaval
    _settle(s, own, to, (own_distance, to_distance, excess, customers))
    return True


@compiled
def _between(s: State, a: int, b: int) -> float:
    """Return twice the kilometres between the centres of two territories, with moved centres to spare."""
    dx = s.moments[a, 0] / s.moments[a, 2] - s.moments[b, 0] / s.moments[b, 2]
    dy = s.moments[a, 1] / s.moments[a, 2] - s.moments[b, 1] / s.moments[b, 2]
    return 2.0 * math.sqrt(dx * dx + dy * dy)


@compiled
def _partner(s: State, rng: Random, unit: int, to: int) -> int:
    """Draw a unit of another territory that touches the unit's own; -1 when a few draws give none."""
    for _attempt in range(_TRIES):
        other = int(s.members[to, below(rng, s.size[to])])
        if s.is_fixed[other] == 0 and touches(s, other, s.territory[unit], unit):
            return other
    return -1


@compiled
def _change_places(s: State, unit: int, other: int, allowed: float) -> bool:
    """Let two units of neighbouring territories change places if that costs less than allowed."""
    own, to = s.territory[unit], s.territory[other]
    excess = excess_change(s, unit, other, to)
    upheaval = upheaval_change(s, unit, to) + upheaval_change(s, other, own)
    customers = customers_change(s, unit, to) + customers_change(s, other, own)
    price = s.numbers[BALANCE_PRICE] * excess + upheaval + limit_change(s, customers)
    reach = _HOPELESS * (s.weight[unit] + s.weight[other]) * _between(s, own, to)
    if price - reach > allowed or not stays_whole(s, unit):
        return False
    move(s, unit, to)
    if not (touches(s, other, own, -1) and stays_whole(s, other)):
        move(s, unit, own)
        return False
    move(s, other, own)
    own_distance = distance_with(s, own, 0, 0.0)
    to_distance = distance_with(s, to, 0, 0.0)
    if own_distance + to_distance - s.cost[own] - s.cost[to] + price >= allowed:
        move(s, other, to)
        move(s, unit, own)
        return False
    s.numbers[UPHEAVAL] += upheaval
    _settle(s, own, to, (own_distance, to_distance, excess, customers))
    return True


@compiled
def _keep_best(s: State) -> None:
    """Keep the present design if it keeps all bounds and is the cheapest so far."""
    if s.counts[CHANGED] > s.counts[LIMIT]:
        return
    cost = s.numbers[TOTAL] + s.numbers[UPHEAVAL]
    if s.counts[SOFT] == 1:
        cost += s.numbers[BALANCE_PRICE] * s.numbers[EXCESS]
    elif s.numbers[EXCESS] > _ROUNDING:
        return
    s.counts[BALANCED] += 1
    if cost < s.numbers[BEST] - 1e-9 * abs(s.numbers[BEST]) or not math.isfinite(s.numbers[BEST]):
        s.numbers[BEST] = cost
        if s.counts[MOVED] > len(s.moved):
            s.best[:] = s.territory
        else:
            for place in range(s.counts[MOVED]):
                s.best[s.moved[place]] = s.territory[s.moved[place]]
        s.counts[MOVED] = 0


@entry
def refresh(s: State) -> None:
    """Compute all sums anew, and see whether the present design is the best."""
    recount(s)
    _keep_best(s)


@entry
def return_to_best(s: State) -> None:
    """Make the best design the present one, if there is one."""
    if math.isfinite(s.numbers[BEST]):
        s.territory[:] = s.best
        s.counts[MOVED] = 0
    recount(s)


@entry
def search(s: State, rng: Random, steps: int, hot: float, cold: float) -> None:
    """Propose ``steps`` moves while the temperature falls from hot to cold, in weight × km."""
    temperature = hot
    factor = (cold / hot) ** (1.0 / steps)
    for _step in range(steps):
        temperature *= factor
        unit = below(rng, len(s.x))
        degree = s.first[unit + 1] - s.first[unit]
        if s.is_fixed[unit] == 1 or degree == 0:
            continue
        to = s.territory[s.neighbours[s.first[unit] + below(rng, degree)]]
        if to == s.territory[unit] or s.is_closed[to] == 1 or s.size[to] == s.members.shape[1]:
            continue
        allowed = -temperature * math.log(1.0 - uniform(rng))
        accepted = False
        if uniform(rng) < 0.5:
            accepted = _move_one(s, unit, to, allowed)
        else:
            other = _partner(s, rng, unit, to)
            if other >= 0:
                accepted = _change_places(s, unit, other, allowed)
        if accepted:
            s.counts[ACCEPTED] += 1
            _keep_best(s)
