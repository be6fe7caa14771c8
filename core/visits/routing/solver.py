"""Plan a period: a pure function of the problem, the seed and the number of steps."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _
from core.kernels.jit import Numbers, cache_folder
from core.kernels.rng import new_state
from core.visits.routing import anneal, layout
from core.visits.routing.arrays import Arrays, build
from core.visits.routing.cooling import WARM, Cooling
from core.visits.routing.feasibility import check, days_of
from core.visits.routing.problem import Customer, Problem, Shift
from core.visits.routing.ruin import Tuning
from core.visits.routing.solution import Solution, timetable, violations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# Length of one call into compiled code; so often progress is told and a cancel is heard.
_CALL_SECONDS = 0.05
_CALL_STEPS = 500
# Share of the time after which the speed of the search is known.
_MEASURED = 0.02
# Sums are computed anew now and then, since adding and taking away rounds.
_CALLS_PER_REFRESH = 200
# What a minute outside the balance band costs, in minutes of travel.
_BALANCE_PRICE = 3.0
# What a minute of overtime or lateness costs at first, in minutes of travel; the search corrects it.
_FIRST_TIME_PRICE = 1.0
# The band is a little narrower than asked for, since the mean still moves after the last centring.
_BAND = 0.9
# Share of the search until which the balance band follows the mean. It has to follow closely: a route
# that may not get shorter than the band's lower end keeps the mean, and so the band, up.
_CENTRED_UNTIL = 0.85


@dataclass(frozen=True)
class Progress:
    """How far a search is: ``share`` of its time or steps, and the cost of the best plan, if any."""

    share: float
    cost: float | None
    steps: int
    seconds: float


def _is_loaded() -> bool:
    return bool(getattr(anneal.search, "signatures", True))


def is_compiled() -> bool:
    """Say whether the machine code of this version is loaded or on disk."""
    folder = cache_folder(Path(__file__).resolve().parent)
    return _is_loaded() or (folder is not None and any(folder.rglob("anneal.search-*.nbc")))


def warm_up(tell: Callable[[str], None] | None = None) -> None:
    """Load the machine code, or compile it once, before somebody waits for a plan.

    Parameters
    ----------
    tell
        Called with a message when compiling is needed, which takes about half a minute.
    """
    if _is_loaded():
        return
    if tell is not None and not is_compiled():
        tell(_("Preparing the route planner; this is needed once per version and takes about half a minute."))
    place = np.zeros((2, 2))
    problem = Problem((Customer("", 1, (1,)),), ((Shift(1, 0, 0),),), place)
    arrays = build(problem, check(problem), new_state(0))
    anneal.start(*arrays, 0.0)
    anneal.return_to_best(arrays.num, arrays.idx)
    anneal.refresh(arrays.num, arrays.idx)
    # Last, because its file on disk is the sign that everything is compiled.
    anneal.search(*arrays, Tuning(), 1, 1.0, 1.0)


def _field(arrays: Arrays, field: int) -> Numbers:
    first = int(arrays.idx[layout.ROUTE_NUM])
    routes = int(arrays.idx[layout.ROUTES])
    records = arrays.num[first : first + routes * layout.ROUTE_NUMBERS]
    return records.reshape(routes, -1)[:, field]


def _prepare(problem: Problem, seed: int) -> tuple[Arrays, float]:
    """Build the first plan; return it with the mean cost of a visit, the scale of the temperature."""
    usable = check(problem)
    arrays = _first_plan(problem, usable, seed, mean_minutes=None)
    if problem.balance is not None:
        # Only a first plan tells how long a day is; the second fills its days to that and no further.
        # Days that were filled to the limit and levelled afterwards keep districts torn apart.
        mean = float(_field(arrays, layout.MINUTES).mean())
        arrays = _first_plan(problem, usable, seed, mean_minutes=mean)
        _center_balance(problem, arrays)
    visits = sum(len(days_of(masks[0])) for masks in usable)
    scale = float(_field(arrays, layout.DISTANCE).sum()) / max(visits, len(problem.customers))
    return arrays, scale or 1e-9


def _first_plan(
    problem: Problem, usable: list[tuple[int, ...]], seed: int, *, mean_minutes: float | None
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
        _field(arrays, layout.SOFT_LOW)[:] = 0.0
        _field(arrays, layout.SOFT_HIGH)[:] = mean_minutes * (1 + _BAND * problem.balance)
    anneal.start(*arrays, 0.0)
    return arrays


def _center_balance(problem: Problem, arrays: Arrays) -> None:
    """Put the balance band around the mean minutes of the present routes."""
    if problem.balance is None:
        return
    mean = float(_field(arrays, layout.MINUTES).mean())
    reach = _BAND * problem.balance
    _field(arrays, layout.SOFT_LOW)[:] = mean * (1 - reach)
    _field(arrays, layout.SOFT_HIGH)[:] = mean * (1 + reach)
    anneal.refresh(arrays.num, arrays.idx)
    # The best plan so far was best by another band.
    arrays.num[layout.BEST] = np.inf


def _read(problem: Problem, arrays: Arrays) -> list[tuple[int, int, list[int]]]:
    """Return day, shift and stops of each used route, of the best plan or else of the present one."""
    idx = arrays.idx
    n, routes = int(idx[layout.CUSTOMERS]), int(idx[layout.ROUTES])
    found = bool(idx[layout.FOUND])
    node = int(idx[layout.BEST_NODE if found else layout.NODE])
    length = layout.BEST_LENGTH if found else layout.LENGTH
    records = idx[int(idx[layout.ROUTE_IDX]) :][: routes * layout.ROUTE_INDICES].reshape(routes, -1)
    positions = [(d, k) for d, shifts in enumerate(problem.shifts) for k in range(len(shifts))]
    plan = []
    for r, (day, position) in enumerate(positions):
        stops = idx[node + r * n : node + r * n + int(records[r, length])]
        if len(stops):
            plan.append((day, position, [int(c) for c in stops]))
    return plan


@dataclass
class _Clock:
    """Tells how many steps to make next, from what share of the search to what share."""

    seconds: float | None
    steps_wanted: int | None
    began: float
    visits: int
    steps: int = 0
    calls_made: int = 0
    cooling: Cooling | None = None
    phase: int = 0

    def temperature(self, now: float, share: float) -> float:
        """Return the temperature at a share of the search, within the annealing that runs now."""
        return WARM if self.cooling is None else self.cooling.temperature(share, self.cooling.phase(now))

    def entered_last_phase(self, now: float) -> bool:
        """Say whether the long annealing begins here, after short ones; choose the cooling when it is due."""
        if self.cooling is None:
            if self.steps_wanted is not None:
                self.cooling = Cooling.for_steps(self.steps_wanted / self.visits)
            elif now > _MEASURED:
                self.cooling = Cooling.for_steps(self.steps / now / self.visits)
            else:
                return False
        before, self.phase = self.phase, self.cooling.phase(now)
        return before < self.phase == self.cooling.starts

    def share(self) -> float:
        if self.steps_wanted is not None:
            return self.steps / self.steps_wanted if self.steps_wanted else 1.0
        assert self.seconds is not None
        return (time.perf_counter() - self.began) / self.seconds if self.seconds > 0 else 1.0

    def calls(self) -> Iterator[tuple[int, float, float]]:
        """Yield steps, share now and share afterwards until the search is over."""
        size = _CALL_STEPS if self.steps_wanted is not None else 50
        while (now := self.share()) < 1.0:
            if self.steps_wanted is not None:
                count = min(size, self.steps_wanted - self.steps)
                yield count, now, (self.steps + count) / self.steps_wanted
            else:
                count, before = size, time.perf_counter()
                yield count, now, min(1.0, now + _CALL_SECONDS / (self.seconds or 1.0))
                spent = max(time.perf_counter() - before, 1e-6)
                left = self.began + (self.seconds or 0.0) - time.perf_counter()
                size = max(1, int(count * min(_CALL_SECONDS, max(left, 0.0)) / spent))


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Solution:
    """Choose visit days, reps and the order of the visits together so that travel is least.

    Parameters
    ----------
    problem
        The problem.
    seconds
        Time to search, by the clock; compiling, once per version, does not count.
    iterations
        Steps to search instead; the result then depends on nothing but problem and seed.
    seed
        Seed of the random numbers.
    progress
        Called after every part of the search.
    cancelled
        Asked after every part; when it says True the best plan so far is returned.

    Returns
    -------
    Solution
        The best plan without violation; when none was found, the last one with its violations.

    Raises
    ------
    InfeasibleError
        When it is certain before the search that no plan can keep all rules.
    """
    if (seconds is None) == (iterations is None):
        raise InputError(_("Expected either a number of seconds or a number of steps."))
    if min(seconds or 0.0, iterations or 0) < 0:
        raise InputError(_("Expected a time or number of steps of at least 0."))
    if not is_compiled():
        warm_up()
    began = time.perf_counter()
    tuning = Tuning()
    arrays, scale = _prepare(problem, seed)
    clock = _Clock(seconds, iterations, began, int(arrays.idx[layout.VISITS]))
    for steps, now, then in clock.calls():
        if clock.entered_last_phase(now):
            anneal.return_to_best(arrays.num, arrays.idx)
        hot, cold = (scale * clock.temperature(now, share) for share in (now, then))
        anneal.search(*arrays, tuning, steps, hot, cold)
        clock.steps += steps
        clock.calls_made += 1
        if clock.calls_made % _CALLS_PER_REFRESH == 0:
            anneal.refresh(arrays.num, arrays.idx)
        if then < _CENTRED_UNTIL:
            _center_balance(problem, arrays)
        if progress is not None:
            best = float(arrays.num[layout.BEST]) if arrays.idx[layout.FOUND] else None
            progress(Progress(clock.share(), best, clock.steps, time.perf_counter() - began))
        if cancelled is not None and cancelled():
            break
    routes = tuple(
        timetable(problem, day, position, stops) for day, position, stops in _read(problem, arrays)
    )
    return Solution(
        cost=sum(route.distance for route in routes),
        routes=routes,
        violations=violations(problem, routes),
        steps=clock.steps,
        seconds=time.perf_counter() - began,
    )
