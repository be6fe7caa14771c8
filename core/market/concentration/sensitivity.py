"""What the plan turns on: the price of a rep and of a decision, and which decisions hold either way."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from core.errors import InfeasibleError
from core.market.arrays import Flags, text_column
from core.market.concentration.choice import Choice, choose
from core.market.concentration.plan import DECISIONS, ConcentrationPlan, decisions
from core.market.concentration.regions import Regions

WEAKER, STRONGER = 0.5, 2.0
"""How strongly visits might work after all, as a multiple of what the plan assumes."""


@dataclass(frozen=True)
class Sensitivity:
    """Which decisions hold when visits work half or twice as strongly.

    Parameters
    ----------
    weaker, stronger
        Decision of each region then; missing where the strength couldn't hold what must be held.
    firm
        Where all three agree.
    """

    weaker: object
    stronger: object
    firm: Flags


def price_of_rep(plan: ConcentrationPlan, *, reps: float = 1.0) -> float:
    """Return what some more reps are worth: the value of the plan made anew with them less its own, yuan."""
    return _choose(plan, reps=plan.question.options.reps + reps).value - plan.value


def price_of_attack(plan: ConcentrationPlan, position: int) -> float:
    """Return how much the plan loses with this region's attack decided the other way, yuan.

    Solved anew with the region barred where it is attacked, and forced where it isn't.

    Raises
    ------
    InfeasibleError
        It isn't attacked, and strength or budget don't suffice for it.
    """
    taken = bool((plan.choice.attacks.region == position).any())
    other = choose(
        plan.question,
        elsewhere=plan.elsewhere,
        forced=None if taken else position,
        barred=position if taken else None,
    )
    return plan.value - other.value


def sensitivity(plan: ConcentrationPlan) -> Sensitivity:
    """Plan anew with a response half and twice as strong, everything else as it is."""
    response = plan.question.options.response
    codes = decisions(plan.question, plan.choice)
    others = []
    for multiple in (WEAKER, STRONGER):
        try:
            choice = _choose(plan, response=response * multiple)
        except InfeasibleError:
            others.append(np.full(len(codes), -1))
        else:
            others.append(decisions(plan.question, choice))
    firm = np.all([other == codes for other in others], axis=0)
    return Sensitivity(text_column(others[0], DECISIONS), text_column(others[1], DECISIONS), firm)


def _choose(plan: ConcentrationPlan, **changes: float) -> Choice:
    options = replace(plan.question.options, **changes)  # type: ignore[arg-type]
    return choose(Regions(plan.question.table, options), elsewhere=plan.elsewhere)
