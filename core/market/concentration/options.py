"""What a concentration plan may spend, and how visits are supposed to work."""

from __future__ import annotations

import math
from dataclasses import dataclass

from core.errors import InputError
from core.i18n import _
from core.market.options import WIDE_AREA

WINDOW_QUARTERS = 8
"""The square rule speaks of the visits of two years [W:30]; a win is counted as long as they count."""


@dataclass(frozen=True)
class ConcentrationOptions:
    """Strength for the period and the assumptions about its effect.

    Parameters
    ----------
    reps
        Reps in all, those who hold what we have included.
    quarters
        Length of the period, 1 to 8.
    budget
        Advertising and promotion for the new sales of all attacks, yuan; None for no limit.
    k
        The No.1 multiple.
    rival_growth
        How much the benchmark rival grows in a year (0.05 for 5 %).
    response
        How strongly visits work: the ratio to the rival goes with the visits to the power 2 x response; 1 is
        the square rule [W:30].
    intensity
        Visits of a quarter under attack as a multiple of today's, at most [I].
    thin_to
        Part of its visits that a region keeps where strength is taken away, 0 to 1; 1 takes none away [I].
    attractiveness_weight
        0: values are plain yuan. 0.2: a region scored 100 counts 20 % more, one scored 0 counts 20 % less.
    """

    reps: float
    quarters: int = 4
    budget: float | None = None
    k: float = WIDE_AREA
    rival_growth: float = 0.0
    response: float = 1.0
    intensity: float = 3.0
    thin_to: float = 0.5
    attractiveness_weight: float = 0.0

    def __post_init__(self) -> None:
        limits = {
            "reps": (0.0, math.inf),
            "quarters": (1, WINDOW_QUARTERS),
            "budget": (0.0, math.inf),
            "k": (1.0, math.inf),
            "rival_growth": (-0.99, 10.0),
            "response": (0.05, 20.0),
            "intensity": (1.01, 20.0),
            "thin_to": (0.0, 1.0),
            "attractiveness_weight": (0.0, 1.0),
        }
        for name, (least, most) in limits.items():
            value = getattr(self, name)
            if value is None and name == "budget":
                continue
            if not (math.isfinite(value) and least <= value <= most):
                raise InputError(
                    _("The option {name} is {value}; it must be from {least} to {most}.", name=name,
                      value=value, least=least, most="∞" if math.isinf(most) else most)
                )  # fmt: skip
        if self.quarters != int(self.quarters):
            raise InputError(
                _("The period has {quarters} quarters; expected a whole number.", quarters=self.quarters)
            )
