"""The first plan of a search: everybody is put in, one after the other, and prices are set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.kernels.rng import new_state
from core.visits.routing import anneal, layout, plan
from core.visits.routing.arrays import Arrays, build, field
from core.visits.routing.feasibility import days_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.visits.routing.problem import Problem

# What a minute outside the balance band costs, in minutes of travel.
_BALANCE_PRICE = 3.0
# What a minute of overtime or lateness costs at first, in minutes of travel; the search corrects it.
_FIRST_TIME_PRICE = 1.0
# The band is a little narrower than asked for, since the mean still moves after the last centring.
_BAND = 0.9


def first_plan(problem: Problem, usable: Sequence[tuple[int, ...]], seed: int) -> tuple[Arrays, float]:
    """Return the arrays with the first plan, and the mean cost of a visit, the scale of the temperature."""
    arrays = _insert_all(problem, usable, seed, mean_minutes=None)
    if problem.balance is not None:
        # Only a first plan tells how long a day is; the second fills its days to that and no further.
        # Days that were filled to the limit and levelled afterwards keep districts torn apart.
        mean = float(field(arrays, layout.MINUTES).mean())
        arrays = _insert_all(problem, usable, seed, mean_minutes=mean)
        center_balance(problem, arrays)
    visits = sum(len(days_of(masks[0])) for masks in usable)
    scale = float(field(arrays, layout.DISTANCE).sum()) / max(visits, len(problem.customers))
    return arrays, scale or 1e-9


def _insert_all(
    problem: Problem, usable: Sequence[tuple[int, ...]], seed: int, *, mean_minutes: float | None
) -> Arrays:
    """Insert all customers one by one, into days near a mean length where one is given."""
    arrays = build(problem, usable, new_state(seed))
    typical = float(problem.distance.sum()) / max(problem.distance.size, 1) or 1.0
    demand = max((c.demand for c in problem.customers), default=0.0) or 1.0
    arrays.num[layout.LOAD_WEIGHT] = 5.0 * typical / demand
    minute = (float(problem.distance.sum()) / (float(problem.travel_minutes.sum()) or 1.0)) or 1.0
    arrays.num[layout.TIME_WEIGHT] = _FIRST_TIME_PRICE * minute
    if problem.balance is not None:
        arrays.num[layout.BALANCE_WEIGHT] = _BALANCE_PRICE * minute
    if problem.balance is not None and mean_minutes is not None:
        field(arrays, layout.SOFT_LOW)[:] = 0.0
        field(arrays, layout.SOFT_HIGH)[:] = mean_minutes * (1 + _BAND * problem.balance)
    anneal.start(*arrays, 0.0)
    return arrays


def center_balance(problem: Problem, arrays: Arrays) -> None:
    """Put the balance band around the mean minutes of the present routes, where days are to be balanced."""
    if problem.balance is None:
        return
    mean = float(field(arrays, layout.MINUTES).mean())
    reach = _BAND * problem.balance
    field(arrays, layout.SOFT_LOW)[:] = mean * (1 - reach)
    field(arrays, layout.SOFT_HIGH)[:] = mean * (1 + reach)
    plan.refresh(arrays.num, arrays.idx)
    # The best plan so far was best by another band.
    arrays.num[layout.BEST] = np.inf
