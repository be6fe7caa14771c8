"""The generations: parents are crossed, the child is improved and joins the population."""

from __future__ import annotations

from core.kernels.jit import Indices, Numbers, Random, compiled, entry, pointer
from core.kernels.rng import uniform
from core.visits.routing.genetic.crossover import complete, cross, draw_plan
from core.visits.routing.genetic.local_search import improve
from core.visits.routing.genetic.population import (
    Size,
    add_member,
    choose_parent,
    clear_members,
    price_anew,
)
from core.visits.routing.layout import (
    BARREN,
    BEST_MEMBER,
    BORN,
    BORN_LOAD,
    BORN_TIME,
    DRAWN,
    LOAD_WEIGHT,
    OVERLOADED,
    OVERTIME,
    TIME_WEIGHT,
)
from core.visits.routing.plan import refresh

# Every so many children the penalties follow the share of those that keep the limits.
_CHILDREN_PER_WEIGHT = 50
_FEWEST, _MOST = 0.25, 0.4
_LEAST_WEIGHT, _LARGEST_WEIGHT = 1e-4, 1e6
# Share of the children breaking a limit that are improved again with dear penalties, and how dear.
_REPAIRED = 0.5
_REPAIR = 10.0
# Children without a new best plan after which the population is drawn anew.
_PATIENCE = 4000


@compiled
def _factor(kept: int, born: int) -> float:
    share = kept / born
    if share < _FEWEST:
        return 1.2
    return 0.85 if share > _MOST else 1.0


@compiled
def _weigh(num: Numbers, idx: Indices, size: Size) -> None:
    for weight, kept in ((LOAD_WEIGHT, BORN_LOAD), (TIME_WEIGHT, BORN_TIME)):
        changed = num[weight] * _factor(idx[kept], idx[BORN])
        num[weight] = min(max(changed, _LEAST_WEIGHT), _LARGEST_WEIGHT)
        idx[kept] = 0
    idx[BORN] = 0
    price_anew(num, idx, size)


@compiled
def _repair(num: Numbers, idx: Indices, rng: Random, size: Size) -> None:
    """Improve the present plan with dear penalties; it joins the population if it keeps all limits then."""
    num[LOAD_WEIGHT] *= _REPAIR
    num[TIME_WEIGHT] *= _REPAIR
    refresh(num, idx)
    improve(num, idx, rng)
    num[LOAD_WEIGHT] /= _REPAIR
    num[TIME_WEIGHT] /= _REPAIR
    refresh(num, idx)
    if idx[OVERLOADED] == 0 and idx[OVERTIME] == 0:
        add_member(num, idx, size)


@compiled
def _add_child(num: Numbers, idx: Indices, rng: Random, size: Size) -> None:
    improve(num, idx, rng)
    best = num[BEST_MEMBER]
    idx[BORN] += 1
    idx[BORN_LOAD] += idx[OVERLOADED] == 0
    idx[BORN_TIME] += idx[OVERTIME] == 0
    is_feasible = add_member(num, idx, size)
    if not is_feasible and uniform(rng) < _REPAIRED:
        _repair(num, idx, rng, size)
    idx[BARREN] = 0 if num[BEST_MEMBER] < best - 1e-9 else idx[BARREN] + 1
    if idx[BORN] >= _CHILDREN_PER_WEIGHT:
        _weigh(num, idx, size)


@entry
def evolve(num: Numbers, idx: Indices, rng: Random, size: Size, children: int) -> None:
    """Bear so many children; with 0 let the present plan join the population, improved."""
    num, idx, rng = pointer(num), pointer(idx), pointer(rng)
    if children == 0:
        refresh(num, idx)
        _add_child(num, idx, rng, size)
    for _child in range(children):
        if idx[DRAWN] < size.first:
            idx[DRAWN] += 1
            draw_plan(num, idx, rng)
        else:
            mother = choose_parent(num, idx, rng)
            father = choose_parent(num, idx, rng)
            for _draw in range(10):
                if father != mother:
                    break
                father = choose_parent(num, idx, rng)
            cross(num, idx, rng, mother, father)
            complete(num, idx, rng)
        _add_child(num, idx, rng, size)
        if idx[BARREN] > _PATIENCE:
            idx[BARREN] = idx[DRAWN] = 0
            clear_members(num, idx)
