"""The core-customer test [S0]: network, capability, present and future contribution.

A core customer commands a sales network, is able to run it, and matters to our sales now and in future. All
four must hold; the score only orders those that pass. How each is scored isn't in the document [I].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.errors import InputError
from core.i18n import N_, _

PARTS: dict[str, str] = {
    "network": N_("Sales network"),
    "capability": N_("Capability"),
    "present": N_("Present contribution"),
    "future": N_("Future contribution"),
}
VERDICTS: dict[str, str] = {
    "core": N_("Core customer"),
    "not_core": N_("Not a core customer"),
    "unknown": N_("Not enough known"),
}
NEUTRAL = 5.0


@dataclass(frozen=True)
class CoreRule:
    """When a customer is a core customer.

    Parameters
    ----------
    pass_marks
        Least score of each part, in the order of :data:`PARTS`, 0 to 10; equality passes.
    weights
        Of the four parts in the score.
    growth_span
        A customer growing by this much more than all together has a future score of 10.
    """

    pass_marks: tuple[float, float, float, float] = (5.0, 5.0, 5.0, 4.0)
    weights: tuple[float, float, float, float] = (25.0, 25.0, 30.0, 20.0)
    growth_span: float = 0.20

    def __post_init__(self) -> None:
        if not all(0 <= mark <= 10 for mark in self.pass_marks):
            raise InputError(_("The pass marks are {marks}; expected 0 to 10.", marks=self.pass_marks))
        if min(self.weights) < 0 or sum(self.weights) <= 0 or not self.growth_span > 0:
            raise InputError(
                _("The weights are {weights}, the span {span}.", weights=self.weights, span=self.growth_span),
                _("Expected weights of zero or more with a sum above zero, and a positive span."),
            )


def percentile_score(values: pd.Series) -> pd.Series:
    """Return 10 × the part of the others that are below, equal ones counting half; NaN stays unknown.

    A value of zero or below scores 0: having nothing is no place in the middle. Alone, a value scores 10.
    """
    known = values.notna()
    number = int(known.sum())
    rank = values.rank(method="average")
    score = (rank - 1) / (number - 1) * 10 if number > 1 else rank * 10.0
    return score.mask(known & (values <= 0), 0.0).astype("float64")


def future_score(growth: pd.Series, overall: float, rule: CoreRule | None = None) -> pd.Series:
    """Return 5 for growing like all together, 10 and 0 for ``growth_span`` above and below; NaN unknown."""
    span = (rule or CoreRule()).growth_span
    return (NEUTRAL + (growth - overall) / span * NEUTRAL).clip(0, 10).astype("float64")


def core_test(parts: pd.DataFrame, rule: CoreRule | None = None) -> pd.DataFrame:
    """Return the verdict by customer.

    Parameters
    ----------
    parts
        network, capability, present, future: scores 0 to 10, NaN unknown.
    rule
        Pass marks and weights.

    Returns
    -------
    pandas.DataFrame
        score (weighted mean, 0 to 10; NaN unless all four are known), failed (parts below their mark,
        joined by commas), missing (unknown parts, likewise), verdict (of :data:`VERDICTS`): one part below
        its mark decides against, even while others are unknown.
    """
    limits = rule or CoreRule()
    names = list(PARTS)
    values = parts[names].to_numpy(np.float64, na_value=np.nan)
    weights = np.array(limits.weights)
    failed, missing = values < np.array(limits.pass_marks), np.isnan(values)
    verdict = np.select([failed.any(axis=1), missing.any(axis=1)], ["not_core", "unknown"], default="core")
    return pd.DataFrame(
        {
            "score": (values * weights).sum(axis=1) / weights.sum(),
            "failed": [",".join(np.array(names)[row]) for row in failed],
            "missing": [",".join(np.array(names)[row]) for row in missing],
            "verdict": verdict,
        },
        index=parts.index,
    )
