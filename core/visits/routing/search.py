"""One logical search: its arrays, its random numbers, its clock, and the stages it goes through."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.visits.routing import anneal, evolution, layout, plan
from core.visits.routing.first_plan import center_balance, first_plan
from core.visits.routing.genetic.population import Size, size_for
from core.visits.routing.ruin import Tuning
from core.visits.routing.stages import COLD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from core.visits.routing.problem import Hours, Problem
    from core.visits.routing.stages import Stage

# Length of one call into compiled code; so often progress is told and a cancel is heard.
_CALL_SECONDS = 0.05
_CALL_STEPS = 500
# Sums are computed anew now and then, since adding and taking away rounds.
_CALLS_PER_REFRESH = 200
# Share of the search until which the balance band follows the mean. It has to follow closely: a route
# that may not get shorter than the band's lower end keeps the mean, and so the band, up.
_CENTRED_UNTIL = 0.85
# Steps that a child of the population counts for, per visit of the plan; it takes about as long.
_STEPS_PER_CHILD = 0.6

# Share of a search after which the penalties are looked at, and the fewest steps.
_SHARE_PER_WEIGHT = 0.02
_LEAST_PATIENCE = 100
# Insisting on a plan that keeps all limits: rounds, steps of each, and how much dearer limits get.
_ROUNDS, _ROUND_STEPS, _DEARER = 20, 1000, 2.0


class PlannedRoute(NamedTuple):
    """Day, shift and stops of a route; where visits can have several windows, the one that each uses."""

    day: int
    position: int
    stops: list[int]
    starts: Hours


PlanRoutes = list[PlannedRoute]


@dataclass
class Clock:
    """How much of a search is over, by the clock or by its steps."""

    seconds: float | None
    steps_wanted: int | None
    began: float
    steps: int = 0

    @property
    def share(self) -> float:
        """Share of the search that is over, at least 1 at the end."""
        if self.steps_wanted is not None:
            return self.steps / self.steps_wanted if self.steps_wanted else 1.0
        assert self.seconds is not None
        return (time.perf_counter() - self.began) / self.seconds if self.seconds > 0 else 1.0

    def calls(self, end: float, cost: int) -> Iterator[tuple[int, float]]:
        """Yield how many steps, or children of ``cost`` steps, to make next, and the share afterwards.

        Who makes them adds them to ``steps``. Ends when the share of the search reaches ``end``.
        """
        count = 1 if cost > 1 else 50
        while (now := self.share) < end:
            if self.steps_wanted is not None:
                left = round(end * self.steps_wanted) - self.steps
                count = -(-min(_CALL_STEPS, left) // cost)
                if count <= 0:
                    return
                yield count, (self.steps + count * cost) / self.steps_wanted
            else:
                assert self.seconds is not None
                before = time.perf_counter()
                yield count, min(end, now + _CALL_SECONDS / self.seconds)
                spent = max(time.perf_counter() - before, 1e-6)
                left_seconds = self.began + end * self.seconds - time.perf_counter()
                count = max(1, int(count * min(_CALL_SECONDS, max(left_seconds, 0.0)) / spent))


@dataclass
class Search:
    """A search with a random state of its own.

    Parameters
    ----------
    problem, usable
        The problem, and what ``feasibility.check`` returned for it.
    seed
        Seed of the random numbers.
    clock
        Time or steps of this search.
    role
        Which of the two methods of a stage it applies.
    """

    problem: Problem
    usable: Sequence[tuple[int, ...]]
    seed: int
    clock: Clock
    role: int = 0
    _weights: dict[bool, np.ndarray] = field(default_factory=dict)
    _is_breeding: bool = False
    _calls: int = 0

    def __post_init__(self) -> None:
        self.arrays, self.scale = first_plan(self.problem, self.usable, self.seed)
        self.visits = int(self.arrays.idx[layout.VISITS])
        self._size, self._tuning = Size(), Tuning()

    def suit(self, steps_per_visit: float) -> None:
        """Choose the parameters for a search of so many steps for each visit."""
        self._size = size_for(steps_per_visit)
        patience = int(steps_per_visit * self.visits * _SHARE_PER_WEIGHT)
        self._tuning = Tuning(patience=min(max(patience, _LEAST_PATIENCE), Tuning().patience))

    def insist(self) -> None:
        """Search on, cold and with limits that get dearer and dearer, until a plan keeps them all."""
        for _round in range(_ROUNDS):
            if self.arrays.idx[layout.FOUND]:
                return
            self.arrays.num[[layout.LOAD_WEIGHT, layout.TIME_WEIGHT]] *= _DEARER
            plan.refresh(self.arrays.num, self.arrays.idx)
            heat = self.scale * COLD
            anneal.search(*self.arrays, self._tuning, _ROUND_STEPS, heat, heat)
            self.clock.steps += _ROUND_STEPS

    @property
    def cost(self) -> float | None:
        """Cost of the best plan, None before there is one that keeps all limits."""
        return float(self.arrays.num[layout.BEST]) if self.arrays.idx[layout.FOUND] else None

    @property
    def can_cross(self) -> bool:
        """Whether the moves of the population understand the problem."""
        return bool(self.arrays.idx[layout.PLAIN]) and self.problem.balance is None

    def run(self, stage: Stage, is_stopped: Callable[[], bool]) -> None:
        """Go through a stage; ``is_stopped`` is asked after every call into compiled code."""
        method = stage.methods[self.role]
        if method == "polish":
            plan.return_to_best(self.arrays.num, self.arrays.idx)
        self._price(breeding=method == "evolve")
        cost = max(1, int(_STEPS_PER_CHILD * self.visits)) if self._is_breeding else 1
        now = self.clock.share
        for count, then in self.clock.calls(stage.end, cost):
            if self._is_breeding:
                evolution.evolve(*self.arrays, self._size, count)
            else:
                hot, cold = (self.scale * stage.temperature(share) for share in (now, then))
                anneal.search(*self.arrays, self._tuning, count, hot, cold)
            now = then
            self.clock.steps += count * cost
            self._calls += 1
            if self._calls % _CALLS_PER_REFRESH == 0:
                plan.refresh(self.arrays.num, self.arrays.idx)
            if then < _CENTRED_UNTIL:
                center_balance(self.problem, self.arrays)
            if is_stopped():
                return

    def _price(self, *, breeding: bool) -> None:
        """Set the penalties of annealing or of breeding, which adapt themselves separately."""
        if breeding == self._is_breeding:
            return
        places = [layout.LOAD_WEIGHT, layout.TIME_WEIGHT]
        present = self.arrays.num[places]
        self.arrays.num[places] = self._weights.get(breeding, present)
        self._weights[self._is_breeding] = present
        self._is_breeding = breeding
        plan.refresh(self.arrays.num, self.arrays.idx)

    def routes(self) -> PlanRoutes:
        """Return each used route, of the best plan or else of the present one."""
        idx, num, days = self.arrays.idx, self.arrays.num, self.problem.days
        n, count = int(idx[layout.CUSTOMERS]), int(idx[layout.ROUTES])
        found = bool(idx[layout.FOUND])
        node = int(idx[layout.BEST_NODE if found else layout.NODE])
        length = layout.BEST_LENGTH if found else layout.LENGTH
        opens, closes = int(idx[layout.OPENS]), int(idx[layout.CLOSES])
        if found:
            opens = int(idx[layout.BEST_WINDOW])
            closes = opens + n * days
        records = idx[int(idx[layout.ROUTE_IDX]) :][: count * layout.ROUTE_INDICES].reshape(count, -1)
        positions = [(d, k) for d, shifts in enumerate(self.problem.shifts) for k in range(len(shifts))]
        made = []
        for r, (day, position) in enumerate(positions):
            stops = idx[node + r * n : node + r * n + int(records[r, length])]
            cells = stops * days + day if idx[layout.SEVERAL] else stops[:0]
            starts = zip(num[opens + cells].tolist(), num[closes + cells].tolist(), strict=True)
            if len(stops):
                made.append(PlannedRoute(day, position, stops.tolist(), tuple(starts)))
        return made

    def adopt(self, routes: PlanRoutes, *, joins: bool) -> None:
        """Make a plan the present one, and the best where it is better; it may join the population."""
        idx, days = self.arrays.idx, self.problem.days
        n, count = int(idx[layout.CUSTOMERS]), int(idx[layout.ROUTES])
        first = np.cumsum([0, *map(len, self.problem.shifts)])
        records = idx[int(idx[layout.ROUTE_IDX]) :][: count * layout.ROUTE_INDICES].reshape(count, -1)
        records[:, layout.LENGTH] = 0
        node, at = int(idx[layout.NODE]), int(idx[layout.AT])
        idx[at : at + n * days] = -1
        for day, position, stops, starts in routes:
            r = int(first[day]) + position
            for c, (opens, closes) in zip(stops, starts, strict=False):
                self.arrays.num[idx[layout.OPENS] + c * days + day] = opens
                self.arrays.num[idx[layout.CLOSES] + c * days + day] = closes
            records[r, layout.LENGTH] = len(stops)
            idx[node + r * n : node + r * n + len(stops)] = stops
            for c in stops:
                idx[at + c * days + day] = r
                idx[idx[layout.REP] + c] = records[r, layout.VEHICLE]
        if joins:
            self._price(breeding=True)
            evolution.evolve(*self.arrays, self._size, 0)
        plan.note_present(self.arrays.num, self.arrays.idx)
