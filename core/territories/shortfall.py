"""What the nearest design lacks where none that keeps all rules was found, and what would fit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from core.i18n import _, format_percent
from core.territories.feasibility import Obstacle, obstacles
from core.territories.graph import Graph
from core.territories.proposal import Proposal
from core.territories.units import name_some

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from core.territories.request import DesignRequest


# Where so much of the limit of changes is used, it is what keeps the territories from balance.
_AT_LIMIT = 0.98
MOST_DIGITS = 6
"""Decimals of a percentage that lies outside the tolerance by a hair."""


def say_outside(ratio: float, tolerance: float) -> str:
    """Return total ÷ wanted total in percent, with as many decimals as show that it lies outside.

    >>> say_outside(1.0512, 0.045), say_outside(1.04504, 0.045)
    ('105.1%', '104.504%')
    """
    for digits in range(1, MOST_DIGITS):
        if abs(round(ratio, digits + 2) - 1) > tolerance * (1 + 1e-9):
            return format_percent(ratio, digits)
    return format_percent(ratio, MOST_DIGITS)


def unreachable(ids: list[str]) -> Obstacle:
    """Return the obstacle of units that no territory can get to."""
    return Obstacle(
        _("No territory reaches these units over neighbouring units: {ids}.", ids=name_some(ids)),
        _("Add pairs that join them to a territory, or leave them out."),
    )


def explain(proposal: Proposal) -> list[Obstacle]:
    """Return why a proposal misses its bounds: what no design could keep, else what this one lacks."""
    request = proposal.request
    if not len(proposal.outside()):
        return []
    proven = obstacles(request, Graph.of(len(request.units), request.units.pairs))
    return proven or shortfalls(request, proposal.territory)


def shortfalls(request: DesignRequest, territory: NDArray[np.int64]) -> list[Obstacle]:
    """Name what the nearest design lacks, and the tolerances with which it would be one."""
    upheaval, found = request.upheaval, []
    ratios = Proposal(request, territory).territories()
    for rule in request.balance:
        ratio = ratios[f"{rule.measure}_ratio"]
        worst = int((ratio - 1).abs().argmax())
        off = abs(ratio[worst] - 1)
        if off > rule.tolerance * (1 + 1e-9):
            found.append(
                Obstacle(
                    _(
                        "No design within ±{tolerance} of {name} was found: in the nearest one, territory "
                        "{territory} has {ratio} of its wanted total.",
                        tolerance=format_percent(rule.tolerance),
                        name=rule.name,
                        territory=request.name(worst),
                        ratio=say_outside(float(ratio[worst]), rule.tolerance),
                    ),
                    _(
                        "A tolerance of {tolerance} fits; or search longer, ask for fewer territories, or "
                        "allow more to change.",
                        tolerance=format_percent(math.ceil(off * 1000) / 1000),
                    ),
                )
            )
    if upheaval is not None and upheaval.most_changes is not None:
        moved = int(upheaval.count()[(territory != upheaval.today) & (upheaval.today >= 0)].sum())
        if moved > _AT_LIMIT * upheaval.most_changes or not found:
            found.append(
                Obstacle(
                    _(
                        "{moved} customers change hands in the nearest design; at most {most} may.",
                        moved=moved,
                        most=upheaval.most_changes,
                    ),
                    _("Let more customers change hands, or tolerate more."),
                )
            )
    return found
