"""The return on a promotion: what its effect is worth against what it cost, with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.i18n import N_

if TYPE_CHECKING:
    from core.cycle.expenses.effect import Effect

VERDICTS: dict[str, str] = {
    "paid": N_("Paid back"),
    "open": N_("Not certain"),
    "lost": N_("Didn't pay back"),
    "no_cost": N_("Cost or margin unknown"),
    "refused": N_("Can't be told"),
}
TRENDS: dict[str, str] = {"alike": N_("Alike before"), "apart": N_("Apart before")}


@dataclass(frozen=True)
class Return:
    """What a promotion brought and cost, yuan; NaN unknown.

    Parameters
    ----------
    lift, lift_low, lift_high
        Additional sales while it ran.
    cost_counted
        The cost of the shops (or regions) that count: cost x counted ÷ promoted, as if each cost the same.
    gain, gain_low, gain_high
        lift x margin rate - cost_counted.
    rate, rate_low, rate_high
        gain ÷ cost_counted.
    verdict
        A key of :data:`VERDICTS`: ``paid`` and ``lost`` where the whole interval of the gain lies on one side
        of zero.
    trend
        A key of :data:`TRENDS`: whether both sides moved alike before it began.
    """

    lift: float
    lift_low: float
    lift_high: float
    cost_counted: float
    gain: float
    gain_low: float
    gain_high: float
    rate: float
    rate_low: float
    rate_high: float
    verdict: str
    trend: str


def promotion_return(effect: Effect, *, months: int, margin_rate: float, cost: float) -> Return:
    """Value an effect.

    Parameters
    ----------
    effect
        Of mean sales a month.
    months
        How many months the promotion touched.
    margin_rate
        Margin ÷ sales of what was sold; NaN unknown.
    cost
        Yuan; NaN unknown.
    """
    during = effect.during
    lifts = [months * during.expected * bound for bound in (during.rate, during.low, during.high)]
    counted = cost * effect.units / (effect.units + effect.left_out)
    gain, *bounds = (lift * margin_rate - counted for lift in lifts)
    # A product sold below its cost loses the more, the more is sold.
    low, high = sorted(bounds)
    rate, rate_low, rate_high = (each / counted if counted > 0 else np.nan for each in (gain, low, high))
    if np.isnan(gain):
        verdict = "no_cost"
    elif low > 0:
        verdict = "paid"
    else:
        verdict = "lost" if high < 0 else "open"
    trend = "alike" if effect.trend.covers_zero else "apart"
    return Return(
        lifts[0], lifts[1], lifts[2], counted, gain, low, high, rate, rate_low, rate_high, verdict, trend
    )
