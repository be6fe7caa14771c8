"""The machine code of the searches: whether it is there, and making it before somebody waits for a plan."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.i18n import _
from core.kernels.jit import cache_folder
from core.kernels.rng import new_state
from core.visits.routing import anneal, evolution, plan
from core.visits.routing.arrays import build
from core.visits.routing.feasibility import check
from core.visits.routing.genetic.population import Size
from core.visits.routing.problem import Customer, Problem, Shift
from core.visits.routing.ruin import Tuning

if TYPE_CHECKING:
    from collections.abc import Callable


def is_compiled(*, crossing: bool = False) -> bool:
    """Say whether the machine code of this version is loaded or on disk.

    Parameters
    ----------
    crossing
        Ask for the population too, which breeds plans where :attr:`Search.can_cross` holds.
    """
    if _is_loaded(crossing=crossing):
        return True
    folder = cache_folder(Path(__file__).resolve().parent)
    name = "evolution.evolve-*.nbc" if crossing else "anneal.search-*.nbc"
    return folder is not None and any(folder.rglob(name))


def _is_loaded(*, crossing: bool) -> bool:
    return bool(getattr(evolution.evolve if crossing else anneal.search, "signatures", True))


def warm_up(tell: Callable[[str], None] | None = None, *, crossing: bool = False) -> None:
    """Load the machine code, or compile it once, before somebody waits for a plan.

    Parameters
    ----------
    tell
        Called with a message when compiling is needed.
    crossing
        Make the population too: twice as long again, and only some problems need it.
    """
    if _is_loaded(crossing=crossing):
        return
    if tell is not None and not is_compiled(crossing=crossing):
        tell(_("Preparing the route planner; needed once per version, it takes up to a minute."))
    problem = Problem((Customer("", 1, (1,)),), ((Shift(1, 0, 0),),), np.zeros((2, 2)))
    arrays = build(problem, check(problem), new_state(0))
    anneal.start(*arrays, 0.0)
    plan.return_to_best(arrays.num, arrays.idx)
    plan.note_present(arrays.num, arrays.idx)
    plan.refresh(arrays.num, arrays.idx)
    # Last of each part, because its file on disk is the sign that the part is compiled.
    anneal.search(*arrays, Tuning(), 1, 1.0, 1.0)
    if crossing:
        evolution.evolve(*arrays, Size(), 1)
