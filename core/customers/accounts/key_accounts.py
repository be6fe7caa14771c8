"""Key accounts: kind, stage, opportunity, policies, steps [1-3, 1-5, 1-6, 3-29]."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from core.errors import InputError
from core.i18n import N_, _

TYPES: dict[str, str] = {
    "ordinary": N_("Ordinary account"),
    "partner": N_("Partner account"),
    "strategic": N_("Strategic account"),
}
STAGES: dict[str, str] = {
    "research": N_("Research"),
    "needs": N_("Needs"),
    "growth": N_("Expansion"),
    "upkeep": N_("Upkeep"),
}
FACTORS: dict[str, str] = {
    "size": N_("Scope and size"),
    "relations": N_("Foundation of the relationship"),
    "timing": N_("Time of the decision"),
    "their_resources": N_("What the customer commands"),
    "our_resources": N_("What we command"),
}
POLICIES: dict[str, str] = {
    "supply_first": N_("Large accounts get their goods first"),
    "all_factors": N_("Every lever of selling is put to work"),
    "new_products_first": N_("New products are tried at large accounts first"),
    "support_promotions": N_("Their events and promotions are followed and supported"),
}
"""The four of the ten policies that the document shows."""

STEPS: dict[str, str] = {
    "classify": N_("Classify"),
    "analyse": N_("Analyse"),
    "buying": N_("Buying habits and process"),
    "influences": N_("What influences the purchase"),
    "transactions": N_("Record of transactions"),
    "competition": N_("SWOT and competition"),
    "forecast": N_("Forecast of costs and sales"),
    "offer": N_("What we offer"),
}
PARTNER_FUNCTIONS, STRATEGIC_FUNCTIONS = 2, 5
"""Functions we know somebody in, from which on an account is partner, and strategic [I]."""


def account_type(functions: Collection[str]) -> str | None:
    """Infer the kind of account from how broad the contacts are [1-5].

    Parameters
    ----------
    functions
        Functions of the people we know there; the same one counts once, empty ones don't count.

    Returns
    -------
    str or None
        Of :data:`TYPES`; None where nobody is known.
    """
    known = len({function.strip() for function in functions if function.strip()})
    if known >= STRATEGIC_FUNCTIONS:
        return "strategic"
    if known >= PARTNER_FUNCTIONS:
        return "partner"
    return "ordinary" if known else None


@dataclass(frozen=True)
class OpportunityWeights:
    """What each factor counts; the weights sum to 100."""

    weights: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(FACTORS, 20.0))

    def __post_init__(self) -> None:
        if set(self.weights) != set(FACTORS) or min(self.weights.values()) < 0:
            raise InputError(
                _("The weights of the opportunity are incomplete."),
                _("Expected a weight of at least 0 for each of {names}.", names=", ".join(FACTORS)),
            )
        if abs(sum(self.weights.values()) - 100) > 1e-9:
            raise InputError(
                _("The weights of the opportunity sum to {sum}.", sum=sum(self.weights.values())),
                _("Expected 100."),
            )


@dataclass(frozen=True)
class Opportunity:
    """How good an opportunity is.

    Parameters
    ----------
    score
        0 to 100 over the factors that are known; None where none is.
    known
        Share of the weights that is known, 0 to 1.
    points
        Factor -> what it adds to the score; they sum to it.
    """

    score: float | None
    known: float
    points: Mapping[str, float]


def opportunity(scores: Mapping[str, float | None], weights: OpportunityWeights | None = None) -> Opportunity:
    """Score an opportunity by its five factors [3-29].

    Parameters
    ----------
    scores
        Factor -> 0 to 10; missing ones are left out and the other weights grow in proportion.
    weights
        The weights; equal by default [I].

    Raises
    ------
    InputError
        A factor is unknown or a score is outside 0 to 10.
    """
    weights = weights or OpportunityWeights()
    for name, value in scores.items():
        if name not in FACTORS:
            raise InputError(
                _("“{name}” is no factor of an opportunity.", name=name),
                _("Expected one of {names}.", names=", ".join(FACTORS)),
            )
        if value is not None and not 0 <= value <= 10:
            raise InputError(
                _("The score of “{name}” is {value}.", name=_(FACTORS[name]), value=value),
                _("Expected 0 to 10."),
            )
    given = {name: value for name, value in scores.items() if value is not None}
    weight = sum(weights.weights[name] for name in given)
    if weight == 0:
        return Opportunity(None, 0.0, {})
    points = {name: weights.weights[name] / weight * value * 10 for name, value in given.items()}
    return Opportunity(sum(points.values()), weight / 100, points)
