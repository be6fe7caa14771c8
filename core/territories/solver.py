"""Design territories: a pure function of the request, the seed and the number of steps."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _
from core.kernels.jit import cache_folder
from core.kernels.rng import new_state
from core.territories import anneal
from core.territories.boxes import part_into_boxes
from core.territories.chains import Search
from core.territories.clock import CHAINS, Clock
from core.territories.coarse import MOST_UNITS, cell_counts, coarsen
from core.territories.feasibility import refuse_impossible
from core.territories.graph import Graph
from core.territories.power_cells import power_cells
from core.territories.proposal import Proposal
from core.territories.request import Balance, DesignRequest
from core.territories.state import build
from core.territories.units import Units

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


# Share of the search for groups of units, where there are too many units to begin with.
_COARSE_SHARE = 0.6
# Share of the search, where balance is a wish, in which the last of what lies outside the bounds is mended.
_BOUNDS_SHARE = 0.15


@dataclass(frozen=True)
class Progress:
    """How far a search is: ``share`` of its time or steps, and the weighted distance so far, if balanced."""

    share: float
    cost: float | None
    steps: int
    seconds: float


def is_compiled() -> bool:
    """Say whether the machine code of this version is loaded or on disk."""
    folder = cache_folder(Path(__file__).resolve().parent)
    return _is_loaded() or (folder is not None and any(folder.rglob("anneal.search-*.nbc")))


def _is_loaded() -> bool:
    return bool(getattr(anneal.search, "signatures", True))


def warm_up(tell: Callable[[str], None] | None = None) -> None:
    """Load the machine code, or compile it once, before somebody waits for a design.

    Parameters
    ----------
    tell
        Called with a message when compiling is needed, which takes about half a minute.
    """
    if _is_loaded():
        return
    if tell is not None and not is_compiled():
        tell(_("Preparing the territory planner; needed once per version, it takes about half a minute."))
    one = np.ones(2)
    units = Units(("a", "b"), one, np.arange(2.0), one, {"": one}, np.array([[0, 1]]))
    request = DesignRequest(units, 1, (Balance("", 0.5),))
    state = build(request, Graph.of(2, units.pairs), np.zeros(2, np.int64))
    anneal.refresh(state)
    anneal.return_to_best(state)
    part_into_boxes(one, one, one, 1)
    power_cells(one, one, one, one, one[:1], np.zeros((1, 2)))
    # Last, because its file on disk is the sign that everything is compiled.
    anneal.search(state, new_state(0), 1, 1.0, 1.0)


def solve(
    request: DesignRequest,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    seed: int = 0,
    soft_balance: bool = False,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Proposal:
    """Propose territories: contiguous, within all bounds, and as near to their centres as is found.

    Parameters
    ----------
    request
        What is asked for.
    seconds, iterations
        How long to search, by the clock or in steps; with steps the same request, in any order of its
        units, gives the same proposal.
    seed
        Of the random numbers.
    soft_balance
        Whether the balance is a wish: where no design within the bounds is found, what lies outside is as
        little as the limit of changes allows, and doesn't refuse the proposal.
    progress, cancelled
        Told and asked while searching; a cancel keeps the best design so far.

    Raises
    ------
    InfeasibleError
        No design keeps all rules, or none was found: which rule is in the way, and what would fit.
    """
    if (seconds is None) == (iterations is None):
        raise InputError(_("Expected either seconds or iterations."))
    began = time.perf_counter()
    order = np.array(sorted(range(len(request.units)), key=request.units.ids.__getitem__), np.int64)
    ordered = request.take(order)
    run = _Run(Clock(seconds, iterations, began), progress, cancelled)
    whole = 1.0 - _BOUNDS_SHARE * soft_balance
    if len(order) > MOST_UNITS:
        search = _solve_large(ordered, run, seed, whole, soft_balance=soft_balance)
    else:
        search = Search(ordered, seed, soft_balance=soft_balance)
        run.until(whole, search)
    search.mend(run.may_mend)
    design = search.result()
    territory = np.empty(len(order), np.int64)
    territory[order] = _into_bounds(ordered, run, seed, design) if soft_balance else design
    return Proposal(request, territory, run.clock.steps, time.perf_counter() - began)


def _into_bounds(
    request: DesignRequest, run: _Run, seed: int, design: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return a design near another one that keeps all bounds; where none is found, that one."""
    search = Search(request, seed, soft_balance=False, start=design)
    run.until(1.0, search)
    return design if search.best is None else search.best


def _solve_large(request: DesignRequest, run: _Run, seed: int, whole: float, *, soft_balance: bool) -> Search:
    """Part groups of units first, then mend the borders unit by unit."""
    graph = Graph.of(len(request.units), request.units.pairs)
    refuse_impossible(request, graph, soft_balance=soft_balance)
    start: NDArray[np.int64] | None = None
    levels = cell_counts(request)
    for number, cells in enumerate(levels, 1):
        groups, group = coarsen(request, graph, cells)
        place = np.unique(group, return_index=True)[1]
        coarse = Search(
            groups, seed, soft_balance=soft_balance, start=None if start is None else start[place]
        )
        run.until(_COARSE_SHARE * whole * number / len(levels), coarse)
        # Groups may be too lumpy for the bounds; single units mend that.
        start = coarse.nearest_result()[group]
    fine = Search(request, seed, soft_balance=soft_balance, start=start)
    run.until(whole, fine)
    return fine


@dataclass(frozen=True, eq=False)
class _Run:
    """The clock of a search, and who is told and asked while it runs."""

    clock: Clock
    progress: Callable[[Progress], None] | None
    cancelled: Callable[[], bool] | None

    def may_mend(self) -> bool:
        """Say whether a search without a design that keeps all rules may go on."""
        return self.clock.may_mend() and not (self.cancelled is not None and self.cancelled())

    def until(self, end: float, search: Search) -> None:
        """Let a search run until a share of the time or the steps is over."""
        begin = min(self.clock.share(), end)
        while (now := self.clock.share()) < end and not (self.cancelled is not None and self.cancelled()):
            count, then = self.clock.next_call(now, len(search.request.units))
            now, part = ((share - begin) / (end - begin) for share in (now, min(then, end)))
            began = time.perf_counter()
            search.run(count, now, part)
            self.clock.count(CHAINS * count, time.perf_counter() - began)
            if self.progress is not None:
                self.progress(
                    Progress(min(then, 1.0), search.cost(), self.clock.steps, self.clock.seconds_run())
                )
