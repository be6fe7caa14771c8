"""The search: ruin, recreate, accept or undo, with limits as penalties that adapt themselves."""

from __future__ import annotations

import math

from core.kernels.jit import Indices, Numbers, Random, compiled, entry, pointer
from core.kernels.rng import below, uniform
from core.visits.routing.layout import (
    BEST,
    COST,
    IS_FREE,
    KEPT_LOAD,
    KEPT_TIME,
    LOAD_WEIGHT,
    OVERLOADED,
    OVERTIME,
    TASKS,
    TIME_WEIGHT,
    UNITS,
    WINDOW,
)
from core.visits.routing.plan import keep_best, refresh
from core.visits.routing.recreate import BY_DEMAND, ORDERS, recreate
from core.visits.routing.ruin import Tuning, add_task, ruin
from core.visits.routing.undo import change, forget, undo

_LEAST_WEIGHT = 1e-4


@compiled
def _factor(kept: int, steps: int) -> float:
    """Raise a penalty when too few plans kept its limit, lower it when most did."""
    if kept < 0.3 * steps:
        return 1.25
    return 0.85 if kept > 0.6 * steps else 1.0


@compiled
def _weigh(num: Numbers, idx: Indices) -> None:
    load_factor, time_factor = _factor(idx[KEPT_LOAD], idx[WINDOW]), _factor(idx[KEPT_TIME], idx[WINDOW])
    idx[KEPT_LOAD] = idx[KEPT_TIME] = idx[WINDOW] = 0
    # A penalty that nobody pays falls no further than to where it can rise again in time.
    num[LOAD_WEIGHT] = max(num[LOAD_WEIGHT] * load_factor, _LEAST_WEIGHT)
    num[TIME_WEIGHT] = max(num[TIME_WEIGHT] * time_factor, _LEAST_WEIGHT)
    if load_factor != 1.0 or time_factor != 1.0:
        refresh(num, idx)


@entry
def start(num: Numbers, idx: Indices, rng: Random, blink: float) -> None:
    """Build the first plan: every unit is a task, those with the most visits first."""
    num, idx, rng = pointer(num), pointer(idx), pointer(rng)
    idx[TASKS] = 0
    for unit in range(idx[UNITS]):
        add_task(idx, unit, -1)
        idx[idx[IS_FREE] + unit] = 1
    refresh(num, idx)
    recreate(num, idx, rng, blink, BY_DEMAND)
    forget(idx)
    refresh(num, idx)
    num[BEST] = 1e300
    if idx[OVERLOADED] == 0 and idx[OVERTIME] == 0:
        keep_best(num, idx)


@entry
def search(
    num: Numbers, idx: Indices, rng: Random, tuning: Tuning, steps: int, hot: float, cold: float
) -> None:
    """Run ``steps`` steps of simulated annealing while the temperature falls from hot to cold."""
    num, idx, rng = pointer(num), pointer(idx), pointer(rng)
    temperature = hot
    factor = (cold / hot) ** (1.0 / steps)
    for _step in range(steps):
        ruin(num, idx, rng, tuning)
        recreate(num, idx, rng, tuning.blink, below(rng, ORDERS))
        dearer = change(num, idx)
        if dearer < -temperature * math.log(1.0 - uniform(rng)):
            num[COST] += dearer
            forget(idx)
            kept = idx[OVERLOADED] == 0 and idx[OVERTIME] == 0
            if kept and num[COST] < num[BEST] - 1e-9:
                keep_best(num, idx)
        else:
            undo(num, idx)
        temperature *= factor
        if idx[OVERLOADED] == 0:
            idx[KEPT_LOAD] += 1
        if idx[OVERTIME] == 0:
            idx[KEPT_TIME] += 1
        idx[WINDOW] += 1
        if idx[WINDOW] >= tuning.patience:
            _weigh(num, idx)
