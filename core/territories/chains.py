"""Chains of annealing from several starts, side by side, and the best design of all of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from core.kernels.rng import new_state
from core.territories import anneal
from core.territories.clock import CHAINS
from core.territories.feasibility import infeasible, refuse_impossible, share_out
from core.territories.graph import Graph
from core.territories.proposal import Proposal
from core.territories.request import NOBODY, DesignRequest, Upheaval
from core.territories.shortfall import shortfalls, unreachable
from core.territories.start import first_design, fixed_units, stray
from core.territories.state import (
    ACCEPTED,
    BALANCE_PRICE,
    BALANCED,
    BEST,
    EXCESS,
    LIMIT_PRICE,
    SOFT,
    TOTAL,
    State,
    build,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from core.kernels.jit import Random

# In mean weighted distance of a unit.
_HOT, _WARM, _COLD = 0.3, 0.1, 0.01
# The search begins with annealings from new seeds, then goes on from the best of them. Few units are
# lumpy, and one annealing of them often ends where nothing can move.
_FEWEST_STARTS, _MOST_STARTS, _UNITS_STARTED = 2, 8, 512
_SHORT_SHARE = 0.4
# With more units than this there is time for one start only, which is good already.
_ONE_START = 5000
# What a whole wanted total outside the bounds costs at first, in mean weighted distance of a territory;
# the starts take turns.
_FIRST_PRICES = (2.0, 1.0)
# Shares of balanced designs between which the price of imbalance stays.
_LEAST_BALANCED, _MOST_BALANCED = 0.02, 0.1
_WINDOW = 500
# Outside the bounds by more than this part of a territory each, a design is far from balance.
_FAR = 0.01
# From this share on, and in a search that mends another design from the first, balance gets dearer by this
# factor with each call until a design keeps all rules.
_LATE_SHARE, _LATE_FACTOR = 0.8, 1.5
# The price of imbalance grows to this many times the weighted distance of all units.
_DEAREST = 1e4
# How often, and with how many proposals per unit, a search without a balanced design goes on at the end,
# with balance ever dearer.
_MENDING_ROUNDS, _MENDING_STEPS, _MENDING_FACTOR = 12, 200, 3.0
_MENDING_CALL = 50_000


class Search:
    """Chains of annealing from several starts, and the best design of all of them."""

    def __init__(
        self,
        request: DesignRequest,
        seed: int,
        *,
        soft_balance: bool,
        start: NDArray[np.int64] | None = None,
    ) -> None:
        self.request = request
        self.soft_balance = soft_balance
        self.start = start
        self.whole = Graph.of(len(request.units), request.units.pairs)
        if start is None:
            refuse_impossible(request, self.whole, soft_balance=soft_balance)
        self.seeds = [np.random.default_rng([seed, chain]) for chain in range(CHAINS)]
        self.rng = [new_state(seed * CHAINS + chain) for chain in range(CHAINS)]
        self.stage = -1
        self.states: list[State] = []
        self.scale = 1.0
        self.best: NDArray[np.int64] | None = None
        self.best_cost = np.inf
        self.nearest: tuple[float, NDArray[np.int64]] | None = None

    def stages(self) -> list[tuple[float, float]]:
        """Return end of each stage as a share of the search, and its first temperature."""
        if self.start is not None:
            return [(1.0, 2 * _COLD)]
        if self.request.upheaval is not None:
            return [(1.0, _WARM * (1.0 + self.request.upheaval.price))]
        if len(self.request.units) > _ONE_START:
            return [(1.0, _WARM)]
        starts = min(max(_UNITS_STARTED // len(self.request.units), _FEWEST_STARTS), _MOST_STARTS)
        return [*((_SHORT_SHARE * (n + 1) / starts, _HOT) for n in range(starts)), (1.0, _WARM)]

    def run(self, count: int, now: float, then: float) -> None:
        """Let every chain make ``count`` steps between two shares of the search."""
        stages = self.stages()
        stage = next(n for n, (end, _hot) in enumerate(stages) if now < end)
        if stage != self.stage:
            self._enter(stage, last=stage == len(stages) - 1)
        begin = stages[stage - 1][0] if stage else 0.0
        end, hot = stages[stage]
        temperatures = [
            self.scale * hot * (_COLD / hot) ** min(max((share - begin) / (end - begin), 0.0), 1.0)
            for share in (now, then)
        ]
        with ThreadPoolExecutor(CHAINS) as pool:
            jobs = [
                pool.submit(_call, state, rng, count, temperatures)
                for state, rng in zip(self.states, self.rng, strict=True)
            ]
            for job in jobs:
                job.result()
        late = now >= _LATE_SHARE or self.start is not None
        for state in self.states:
            self._read(state)
            if late and self.best is None and not self.soft_balance:
                self._raise_prices(state, _LATE_FACTOR)

    def _enter(self, stage: int, *, last: bool) -> None:
        self.stage = stage
        if last and self.best is not None:
            for state in self.states:
                state.best[:] = self.best
                state.numbers[BEST] = self.best_cost
                anneal.return_to_best(state)
            return
        self.states = [self._start(random) for random in self.seeds]

    def _start(self, random: np.random.Generator) -> State:
        request, graph = self.request, self.whole
        if self.start is None:
            design = first_design(request, graph, share_out(request, graph), random)
        else:
            design = self.start
        homeless = np.flatnonzero(design == NOBODY)
        if len(homeless):
            raise infeasible([unreachable([request.units.ids[i] for i in homeless])])
        if request.upheaval is not None:
            apart = stray(design, fixed_units(request.upheaval), graph)
            graph = graph.without(apart) if apart.any() else graph
        state = build(request, graph, design)
        anneal.refresh(state)
        total = float(state.numbers[TOTAL])
        self.scale = total / len(request.units)
        dearest = 0.0
        if request.upheaval is not None:
            state.prices[:] *= request.upheaval.price * _scale_today(request, request.upheaval, self.scale)
            dearest = float(state.prices.max())
        # Balance is worth the way of a territory, and the change of all its units.
        price = _FIRST_PRICES[self.stage % len(_FIRST_PRICES)]
        state.numbers[BALANCE_PRICE] = price * (total + len(request.units) * dearest) / request.territories
        state.numbers[LIMIT_PRICE] = 10 * self.scale
        state.counts[SOFT] = int(self.soft_balance)
        anneal.refresh(state)
        self._read(state)
        return state

    def _read(self, state: State) -> None:
        """Take over a chain's best design, and correct its price of imbalance."""
        if state.numbers[BEST] < self.best_cost:
            self.best_cost, self.best = float(state.numbers[BEST]), state.best.copy()
        excess = float(state.numbers[EXCESS])
        if self.best is None and (self.nearest is None or excess < self.nearest[0]):
            self.nearest = (excess, state.territory.copy())
        accepted = int(state.counts[ACCEPTED])
        if accepted >= _WINDOW and not self.soft_balance:
            share = state.counts[BALANCED] / accepted
            if share < _LEAST_BALANCED:
                far = excess > _FAR * self.request.territories
                state.numbers[BALANCE_PRICE] *= 1.1 if share > 0 else 2.0 if far else 1.3
            elif share > _MOST_BALANCED:
                state.numbers[BALANCE_PRICE] *= 0.95
            state.counts[ACCEPTED] = state.counts[BALANCED] = 0

    def cost(self) -> float | None:
        """Return the cost of the best design, None before there is one."""
        return None if self.best is None else self.best_cost

    def nearest_result(self) -> NDArray[np.int64]:
        """Return the best design, or the one that lacks least where none keeps all rules."""
        if not self.states:
            self._enter(0, last=False)
        if self.best is None:
            assert self.nearest is not None
            return self.nearest[1]
        return self.best

    def mend(self, go_on: Callable[[], bool]) -> None:
        """Search on at a low temperature with balance ever dearer, while no design keeps all rules.

        Parameters
        ----------
        go_on
            Asked now and then.
        """
        if not self.states:
            self._enter(0, last=False)
        steps = _MENDING_STEPS * len(self.request.units)
        for _round in range(_MENDING_ROUNDS):
            for state in self.states:
                self._raise_prices(state, _MENDING_FACTOR)
            for done in range(0, steps, _MENDING_CALL):
                if self.best is not None or not go_on():
                    return
                count = min(_MENDING_CALL, steps - done)
                for state, rng in zip(self.states, self.rng, strict=True):
                    _call(state, rng, count, [self.scale * _COLD, self.scale * _COLD])
                    self._read(state)

    def _raise_prices(self, state: State, factor: float) -> None:
        """Make balance and changes above the limit dearer, up to where nothing else counts."""
        if state.numbers[BALANCE_PRICE] < _DEAREST * self.scale * len(self.request.units):
            state.numbers[BALANCE_PRICE] *= factor
            state.numbers[LIMIT_PRICE] *= factor

    def result(self) -> NDArray[np.int64]:
        """Return the best design, or say what the nearest one lacks.

        Raises
        ------
        InfeasibleError
            None keeps all rules.
        """
        design = self.nearest_result()
        if self.best is None:
            raise infeasible(shortfalls(self.request, design))
        return design


def _call(state: State, rng: Random, count: int, temperatures: list[float]) -> None:
    anneal.search(state, rng, count, temperatures[0], temperatures[1])
    # Sums are computed anew now and then, since adding and taking away rounds.
    anneal.refresh(state)


def _scale_today(request: DesignRequest, upheaval: Upheaval, otherwise: float) -> float:
    """Return the mean weighted distance of a unit in today's territories."""
    held = np.flatnonzero(upheaval.today >= 0)
    if not len(held):
        return otherwise
    used, territory = np.unique(upheaval.today[held], return_inverse=True)
    homes = None if request.homes is None else request.homes[used]
    units = request.units.take(held)
    today = DesignRequest(units, len(used), request.balance, homes=homes)
    return Proposal(today, territory).objective / len(held)
