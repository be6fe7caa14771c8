"""What no search could mend, said before one begins: which unit, which rule, what would make it fit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from core.errors import InfeasibleError
from core.i18n import _, format_number, format_percent, ngettext
from core.territories.start import Plane
from core.territories.units import name_some

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.territories.graph import Graph
    from core.territories.request import DesignRequest


@dataclass(frozen=True)
class Obstacle:
    """One reason why no design can keep all rules.

    Parameters
    ----------
    reason
        Which units or territories and which rule.
    remedy
        What would make it fit.
    """

    reason: str
    remedy: str


def infeasible(obstacles: list[Obstacle]) -> InfeasibleError:
    """Return the error that names some obstacles and their remedies."""
    remedies = list(dict.fromkeys(obstacle.remedy for obstacle in obstacles))
    return InfeasibleError("\n".join(o.reason for o in obstacles[:5]), "\n".join(remedies[:5]))


def refuse_impossible(request: DesignRequest, graph: Graph, *, soft_balance: bool) -> None:
    """Raise what can be said before searching; where balance is a wish, only what no design at all can keep.

    Raises
    ------
    InfeasibleError
        There is no design that keeps all rules.
    """
    said = _lone_components(request, graph) if soft_balance else obstacles(request, graph)
    if said:
        raise infeasible(said)


def obstacles(request: DesignRequest, graph: Graph) -> list[Obstacle]:
    """Return everything that can be said before searching; an empty list promises nothing."""
    return [
        *_heavy_units(request),
        *_closed_territories(request),
        *_overfull_locks(request),
        *_lone_components(request, graph),
    ]


def _heavy_units(request: DesignRequest) -> list[Obstacle]:
    """Name the units that alone are more than the largest territory may have."""
    listed = []
    high = request.bounds()[1].max(axis=0)
    for m, rule in enumerate(request.balance):
        amounts = request.amounts()[:, m]
        heavy = np.flatnonzero(amounts > high[m] * (1 + 1e-12))
        if not len(heavy):
            continue
        largest = int(heavy[amounts[heavy].argmax()])
        share = amounts[largest] / amounts.sum()
        part = request.relative_sizes().max()
        most = int((1 + rule.tolerance) / share) if request.sizes is None else 0
        listed.append(
            Obstacle(
                _(
                    "{unit} alone has {share} of all {name}; a territory may have at most {most}.",
                    unit=request.units.ids[largest],
                    share=format_percent(share),
                    name=rule.name,
                    most=format_percent(part * (1 + rule.tolerance)),
                ),
                ngettext(
                    "At most {n} territory would fit, or a tolerance of {tolerance}, or smaller units.",
                    "At most {n} territories would fit, or a tolerance of {tolerance}, or smaller units.",
                    most,
                    tolerance=format_percent(math.ceil((share / part - 1) * 1000) / 1000),
                )
                if most
                else _("Divide the unit, or give its territory a larger size."),
            )
        )
    return listed


def _closed_territories(request: DesignRequest) -> list[Obstacle]:
    """Name the closed territories whose units don't fit their own bounds."""
    if request.upheaval is None:
        return []
    low, high = request.bounds()
    listed = []
    for t in sorted(request.upheaval.closed):
        for m, rule in enumerate(request.balance):
            amount = request.amounts()[request.upheaval.today == t, m].sum()
            if not low[t, m] * (1 - 1e-12) <= amount <= high[t, m] * (1 + 1e-12):
                listed.append(
                    Obstacle(
                        _(
                            "Territory {territory} may not change but has {share} of its wanted {name}.",
                            territory=request.name(t),
                            share=format_percent(amount / request.goals()[t, m]),
                            name=rule.name,
                        ),
                        _("Let it change, or give it a size that fits what it has."),
                    )
                )
    return listed


def _overfull_locks(request: DesignRequest) -> list[Obstacle]:
    """Name the territories whose locked units alone are more than they may have."""
    upheaval = request.upheaval
    if upheaval is None or upheaval.locked is None:
        return []
    high = request.bounds()[1]
    listed = []
    for t in range(request.territories):
        own = upheaval.locked & (upheaval.today == t)
        for m, rule in enumerate(request.balance):
            amount = request.amounts()[own, m].sum()
            if t not in upheaval.closed and amount > high[t, m] * (1 + 1e-12):
                listed.append(
                    Obstacle(
                        _(
                            "The locked units of territory {territory} have {share} of its wanted {name}.",
                            territory=request.name(t),
                            share=format_percent(amount / request.goals()[t, m]),
                            name=rule.name,
                        ),
                        _("Unlock some of them, or give the territory a larger size."),
                    )
                )
    return listed


def _spans(
    request: DesignRequest, component: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many territories of equal size fit into each component at least and at most."""
    low, high = (bound.max(axis=0) for bound in request.bounds())
    amounts = request.amounts()
    whole = np.column_stack([np.bincount(component, amounts[:, m]) for m in range(amounts.shape[1])])
    least = np.ceil(whole / high - 1e-9).max(axis=1)
    most = np.minimum(np.floor(whole / low + 1e-9).min(axis=1), np.bincount(component))
    return least.astype(np.int64), most.astype(np.int64)


def share_out(request: DesignRequest, graph: Graph) -> NDArray[np.int64]:
    """Return how many territories each component of the graph gets, as near its share as the bounds allow.

    Components between which no path leads can't share a territory.
    """
    component = graph.components()
    amounts = request.amounts()
    share = (amounts / amounts.sum(axis=0)).mean(axis=1)
    wanted = np.bincount(component, share) * request.territories
    least, most = (
        _spans(request, component)
        if request.sizes is None
        else (np.zeros(len(wanted), np.int64), np.bincount(component))
    )
    counts = np.clip(np.rint(wanted).astype(np.int64), least, most)
    while counts.sum() != request.territories:
        step = 1 if counts.sum() < request.territories else -1
        room = counts < most if step > 0 else counts > least
        if not room.any():
            break
        counts[int(np.where(room, (wanted - counts) * step, -np.inf).argmax())] += step
    return counts


def _lone_components(request: DesignRequest, graph: Graph) -> list[Obstacle]:
    """Name the groups of units that hang together with no others and can't be whole territories."""
    if request.upheaval is not None or request.sizes is not None:
        return []
    component = graph.components()
    least, most = _spans(request, component)
    impossible = np.flatnonzero(least > most)
    if len(least) > 1 and len(impossible):
        return [_lone(request, component, int(c)) for c in impossible[:3]]
    if least.sum() > request.territories or most.sum() < request.territories:
        return [
            Obstacle(
                _(
                    "The units hang together in {parts} groups, which make {least} to {most} territories "
                    "within the tolerance, not {wanted}.",
                    parts=len(least),
                    least=int(least.sum()),
                    most=int(most.sum()),
                    wanted=request.territories,
                ),
                _("Ask for such a number of territories, tolerate more, or add pairs that join the groups."),
            )
        ]
    return []


def _lone(request: DesignRequest, component: NDArray[np.int64], number: int) -> Obstacle:
    inside = np.flatnonzero(component == number)
    outside = np.flatnonzero(component != number)
    amounts, goals = request.amounts(), request.goals().mean(axis=0)
    m = int((amounts[inside].sum(axis=0) / goals).argmin())
    part = amounts[inside, m].sum() / goals[m]
    plane = Plane.of(request.units.lat, request.units.lon)
    tree = cKDTree(np.column_stack([plane.x[outside], plane.y[outside]]))
    gaps, nearest = tree.query(np.column_stack([plane.x[inside], plane.y[inside]]))
    at = int(gaps.argmin())
    ids = request.units.ids
    return Obstacle(
        ngettext(
            "{n} unit hangs together with no other ({ids}); its {name} makes {part} territories.",
            "{n} units hang together with no others ({ids}); their {name} makes {part} territories.",
            len(inside),
            ids=name_some([ids[i] for i in inside]),
            name=request.balance[m].name,
            part=format_number(part, 2),
        ),
        _(
            "Add the pair {a} and {b}, {km} km apart, tolerate more, or leave the units out.",
            a=ids[inside[at]],
            b=ids[outside[nearest[at]]],
            km=format_number(float(gaps[at]), 1),
        ),
    )
