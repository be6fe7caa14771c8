"""Plan a period: a pure function of the problem, the seed and the number of steps."""

from __future__ import annotations

import math
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _
from core.visits.routing import anneal
from core.visits.routing.compilation import is_compiled, warm_up
from core.visits.routing.feasibility import check
from core.visits.routing.ruin import Tuning
from core.visits.routing.search import Clock, Search
from core.visits.routing.solution import Solution, timetable, violations
from core.visits.routing.stages import Stage, stages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.visits.routing.problem import Hours, Problem

# Steps by which the speed of a search is measured, and the most of its time that they may take.
_MEASURED_STEPS = 100
_SEED_STRIDE = 0x9E3779B1
# So often at most a plan that got better is handed out while the search goes on.
_SHOWN_SECONDS = 0.5


@dataclass(frozen=True)
class Progress:
    """How far a search is: ``share`` of its time or steps, and the cost of the best plan, if any."""

    share: float
    cost: float | None
    steps: int
    seconds: float


@dataclass
class _Talk:
    """Tells the caller how far the searches are, and hears from the caller that they are to stop."""

    searches: Sequence[Search]
    began: float
    progress: Callable[[Progress], None] | None
    cancelled: Callable[[], bool] | None
    improved: Callable[[Solution], None] | None = None
    is_stopped: bool = False
    _shown: tuple[float, float] = (-math.inf, math.inf)

    def begin(self, now: float) -> None:
        """Let the time of all searches begin now."""
        self.began = now
        for search in self.searches:
            search.clock.began = now

    def __call__(self) -> bool:
        """Tell and ask; called in the thread of the caller only."""
        if self.progress is not None:
            clocks = [search.clock for search in self.searches]
            # A plan that was best by another measure has no cost by this one.
            costs = [s.cost for s in self.searches if s.cost is not None and s.cost < math.inf]
            self.progress(
                Progress(
                    min(clocks[0].share, 1.0),
                    min(costs, default=None),
                    sum(clock.steps for clock in clocks),
                    time.perf_counter() - self.began,
                )
            )
        if self.improved is not None:
            self._show(self.improved)
        if self.cancelled is not None and self.cancelled():
            self.is_stopped = True
        return self.is_stopped

    def _show(self, improved: Callable[[Solution], None]) -> None:
        """Hand out the best plan of the first search, which rests meanwhile, where it got better."""
        search, now = self.searches[0], time.perf_counter()
        last, cost = self._shown
        if search.cost is not None and search.cost < cost - 1e-6 and now - last >= _SHOWN_SECONDS:
            self._shown = (now, search.cost)
            improved(_solution(search.problem, [search], self.began))


def _exchange(searches: Sequence[Search], done: Stage) -> None:
    """Pass plans between the searches after a stage.

    What was polished joins the populations. What was annealed first does not: they would soon be alike.
    """
    routes = [search.routes() for search in searches]
    costs = [search.cost for search in searches]
    for search, own in zip(searches, costs, strict=True):
        joins = search.can_cross and done.methods[search.role] == "polish"
        for other, cost in zip(routes, costs, strict=True):
            if cost is not None and (joins or own is None or cost < own - 1e-6):
                search.adopt(other, joins=joins)


def _run_stage(searches: Sequence[Search], stage: Stage, talk: _Talk, threads: ThreadPoolExecutor) -> None:
    """Let all searches go through a stage side by side, the first one in this thread."""
    others = [threads.submit(search.run, stage, lambda: talk.is_stopped) for search in searches[1:]]
    try:
        searches[0].run(stage, talk)
    except BaseException:
        talk.is_stopped = True
        raise
    for other in others:
        other.result()


def _steps_per_visit(search: Search, seconds: float | None) -> float:
    """Return how many steps the search will make for each visit of its plan."""
    if seconds is None:
        return (search.clock.steps_wanted or 0) / max(search.visits, 1)
    before = time.perf_counter()
    anneal.search(*search.arrays, Tuning(), _MEASURED_STEPS, search.scale, search.scale)
    speed = _MEASURED_STEPS / max(time.perf_counter() - before, 1e-6)
    return seconds * speed / max(search.visits, 1)


def solve(
    problem: Problem,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    searches: int = 2,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    improved: Callable[[Solution], None] | None = None,
) -> Solution:
    """Choose visit days, reps and the order of the visits together so that travel is least.

    Parameters
    ----------
    problem
        The problem.
    seconds
        Time to search, by the clock; compiling, once per version, does not count.
    iterations
        Steps of each search instead; the result then depends on nothing but problem, seed and ``searches``.
    seed
        Seed of the random numbers.
    searches
        Searches side by side, which exchange plans at the same steps whatever the number of processors.
    progress
        Called after every part of the search.
    cancelled
        Asked after every part; when it says True the best plan so far is returned.
    improved
        Called with the best plan so far, at once and when it got better, at most every half second.

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
    warm_up()
    began = time.perf_counter()
    usable = check(problem)
    side_by_side = [
        Search(problem, usable, seed + k * _SEED_STRIDE, Clock(seconds, iterations, began), role=k % 2)
        for k in range(searches)
    ]
    talk = _Talk(side_by_side, began, progress, cancelled, improved)
    talk()
    first = side_by_side[0]
    if first.can_cross and not is_compiled(crossing=True):
        warm_up(crossing=True)
        # Compiling is no part of the search.
        talk.begin(time.perf_counter())
    with ThreadPoolExecutor(max(searches - 1, 1)) as threads:
        steps = _steps_per_visit(first, seconds)
        for search in side_by_side:
            search.suit(steps)
        for stage in stages(steps, crossing=first.can_cross):
            _run_stage(side_by_side, stage, talk, threads)
            if talk.is_stopped:
                break
            _exchange(side_by_side, stage)
    if seconds is None and not talk.is_stopped and all(search.cost is None for search in side_by_side):
        for search in side_by_side:
            search.insist()
    return _solution(problem, side_by_side, talk.began)


def _solution(problem: Problem, searches: Sequence[Search], began: float) -> Solution:
    """Return the best plan of all searches."""

    def order(search: Search) -> tuple[bool, float]:
        return search.cost is None, search.cost or 0.0

    best = min(searches, key=order)
    made = {(day, position): (stops, starts) for day, position, stops, starts in best.routes()}
    idle: tuple[list[int], Hours] = ([], ())
    routes = tuple(
        timetable(problem, day, position, *made.get((day, position), idle))
        for day, shifts in enumerate(problem.shifts)
        for position, shift in enumerate(shifts)
        if (day, position) in made or shift.always_driven
    )
    return Solution(
        cost=sum(route.distance for route in routes),
        routes=routes,
        violations=violations(problem, routes),
        steps=sum(search.clock.steps for search in searches),
        seconds=time.perf_counter() - began,
    )
