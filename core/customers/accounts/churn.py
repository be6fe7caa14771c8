"""Will a large customer leave? The check 1-2-4, and the silence of the books [1-4]."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import InputError
from core.i18n import N_, _

CHECKLIST: dict[str, tuple[str, str]] = {
    "communication": ("one", N_("One talk: somebody of ours speaks with the customer regularly")),
    "agreed_goals": ("two", N_("Two agreements: our goals and theirs agree")),
    "agreed_actions": ("two", N_("Two agreements: what we do and what they do agree")),
    "product_quality": ("four", N_("Four guarantees: product quality")),
    "service_quality": ("four", N_("Four guarantees: service quality")),
    "smooth_logistics": ("four", N_("Four guarantees: smooth logistics")),
    "best_profit": ("four", N_("Four guarantees: the most profit for the customer")),
}
"""Item -> its group and wording. What the two agreements are about is not in the document [I]."""

LEVELS: dict[str, str] = {
    "high": N_("High"),
    "middle": N_("Middle"),
    "low": N_("Low"),
    "unknown": N_("Unknown"),
}


@dataclass(frozen=True)
class ChurnRule:
    """When silence is a warning [I].

    Parameters
    ----------
    order_days, visit_days
        Days without an order, and without a visit, from which on that is a warning.
    high, middle
        Warnings (unmet items and silences) from which on the risk is high, and middle.
    """

    order_days: int = 45
    visit_days: int = 30
    high: int = 3
    middle: int = 1

    def __post_init__(self) -> None:
        if min(self.order_days, self.visit_days) < 1 or not 1 <= self.middle <= self.high:
            raise InputError(
                _("The limits of the churn check don't fit together."),
                _("Expected days of at least 1, and 1 ≤ middle ≤ high."),
            )


@dataclass(frozen=True)
class ChurnRisk:
    """The result of the check.

    Parameters
    ----------
    level
        Of :data:`LEVELS`; unknown while too little is known to rule out a higher one.
    unmet, open
        Items answered no, and items not answered.
    silent
        ``order`` or ``visit`` where the last one is too long ago or was never.
    order_days, visit_days
        Days since the last one; None where there was none.
    """

    level: str
    unmet: tuple[str, ...]
    open: tuple[str, ...]
    silent: tuple[str, ...]
    order_days: int | None
    visit_days: int | None


def churn_risk(
    answers: Mapping[str, bool | None],
    last_order: dt.date | None,
    last_visit: dt.date | None,
    today: dt.date,
    rule: ChurnRule | None = None,
) -> ChurnRisk:
    """Judge the risk that a customer leaves.

    Parameters
    ----------
    answers
        Item of :data:`CHECKLIST` -> met or not; a missing answer is unknown.
    last_order, last_visit
        The last ones on record; None where there is none.

    Raises
    ------
    InputError
        An answer is for no item of the list.
    """
    rule = rule or ChurnRule()
    strangers = set(answers) - set(CHECKLIST)
    if strangers:
        raise InputError(
            _("“{item}” is no item of the churn check.", item=min(strangers)),
            _("Expected one of {items}.", items=", ".join(CHECKLIST)),
        )
    unmet = tuple(item for item in CHECKLIST if answers.get(item) is False)
    unanswered = tuple(item for item in CHECKLIST if answers.get(item) is None)
    order_days = None if last_order is None else (today - last_order).days
    visit_days = None if last_visit is None else (today - last_visit).days
    limits = (("order", order_days, rule.order_days), ("visit", visit_days, rule.visit_days))
    silent = tuple(name for name, days, limit in limits if days is None or days >= limit)
    warnings = len(unmet) + len(silent)
    if warnings >= rule.high:
        level = "high"
    elif unanswered and warnings + len(unanswered) >= rule.middle:
        level = "middle" if warnings >= rule.middle else "unknown"
    else:
        level = "middle" if warnings >= rule.middle else "low"
    return ChurnRisk(level, unmet, unanswered, silent, order_days, visit_days)
