"""What a promotion brought: sales beside those of comparable shops (difference in differences).

In each cell of comparable shops the promoted ones would have changed as the others did, by the factor
``f = sales of the others during / before``. The effect is ``sum of sales during - sum of f x sales before``
over the promoted shops. Its variance is that of the shops around both sums (linearised, one residual per shop
over all its months, so months of a shop may depend on each other), its interval Student's t with the degrees
of freedom of Welch and Satterthwaite [K]. A shop weighs as much as it sells: few large ones leave few degrees
of freedom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from core.cycle.expenses.matching import match_cells
from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    import pandas as pd

    from core.cycle.expenses.matching import Cells

LEAST_SHOPS = 10
"""Shops on either side below which the spread between shops isn't known."""
LEAST_PART = 0.8
"""Part of the promoted shops' sales that must have something to compare with."""


@dataclass(frozen=True)
class Estimate:
    """A relative change against the comparable ones, with its interval.

    Parameters
    ----------
    expected
        Sales that were to be expected, in the unit of the data.
    rate
        Actual ÷ expected - 1.
    low, high
        Bounds of the interval of the rate.
    """

    expected: float
    rate: float
    low: float
    high: float

    @property
    def covers_zero(self) -> bool:
        """Whether no effect at all is within the interval."""
        return self.low <= 0 <= self.high


@dataclass(frozen=True)
class Effect:
    """What a promotion changed.

    Parameters
    ----------
    during
        The change while it ran.
    trend
        The same comparison before it began, where nothing should be: do both sides move alike?
    units, controls
        Promoted and comparable shops (or regions) that count.
    left_out
        Promoted ones that don't: records with gaps, or nothing to compare with.
    steps
        How many promoted shops are compared at each step of the matching; empty for regions.
    """

    during: Estimate
    trend: Estimate
    units: int
    controls: int
    left_out: int
    steps: Mapping[str, int]


@dataclass(frozen=True)
class Refusal:
    """Why nothing can be said, in the language in use; ``code`` for programs."""

    code: str
    sentence: str


def shop_effect(shops: pd.DataFrame, *, confidence: float = 0.95) -> Effect | Refusal:
    """Estimate the effect of a promotion that ran in some shops.

    Parameters
    ----------
    shops
        One row per shop, on its id: is_promoted, region_id, parent_id, outlet_type, grade, and the mean sales
        a month in three spans: early, before, during; NaN where any of its months isn't recorded. Shops that
        had another promotion in these months aren't comparable and don't belong here.
    confidence
        Of the interval, in (0, 1).
    """
    if not 0 < confidence < 1:
        raise InputError(_("The confidence is {value}; expected above 0 and below 1.", value=confidence))
    known = shops[["early", "before", "during"]].notna().all(axis=1)
    promoted = shops[shops["is_promoted"] & known]
    others = shops[~shops["is_promoted"] & known]
    if len(promoted) < LEAST_SHOPS:
        return _too_few(len(promoted), int(shops["is_promoted"].sum()))
    cells = match_cells(promoted, others)
    matched = promoted[cells.promoted >= 0]
    controls = len(np.unique(cells.controls[:, 1]))
    part = matched["before"].sum() / promoted["before"].sum() if promoted["before"].sum() > 0 else 0.0
    if len(matched) < LEAST_SHOPS or controls < LEAST_SHOPS or part < LEAST_PART:
        return Refusal(
            "no_controls",
            _(
                "Only {n} of {all} promoted shops have comparable shops without a promotion.",
                n=len(matched),
                all=len(promoted),
            ),
        )
    during = _compare(matched, others, cells, ("before", "during"), confidence)
    trend = _compare(matched, others, cells, ("early", "before"), confidence)
    if during is None or trend is None:
        return Refusal("no_sales", _("The promoted or the comparable shops sold nothing to start from."))
    steps = [cells.steps[code] for code in cells.promoted[cells.promoted >= 0]]
    left_out = int(shops["is_promoted"].sum()) - len(matched)
    counts = {step: steps.count(step) for step in dict.fromkeys(steps)}
    return Effect(during, trend, len(matched), controls, left_out, counts)


def _too_few(known: int, every: int) -> Refusal:
    return Refusal(
        "few_shops",
        _(
            "{n} of {all} promoted shops have sales recorded in all months; {least} are needed.",
            n=known,
            all=every,
            least=LEAST_SHOPS,
        ),
    )


def _compare(
    matched: pd.DataFrame, others: pd.DataFrame, cells: Cells, spans: tuple[str, str], confidence: float
) -> Estimate | None:
    """Return the change from one span to another against the comparable shops; None without sales before."""
    start, end = (matched[name].to_numpy(np.float64) for name in spans)
    cell = cells.promoted[cells.promoted >= 0]
    place, row = cells.controls.T
    their_start, their_end = (others[name].to_numpy(np.float64)[row] for name in spans)
    count = len(cells.steps)
    base = np.bincount(place, their_start, minlength=count)
    factor = np.bincount(place, their_end, minlength=count) / base
    expected = factor[cell] * start
    total = float(expected.sum())
    if not total > 0:
        return None
    rate = float(end.sum()) / total - 1
    residual = end - (1 + rate) * expected
    mine = len(end) / (len(end) - 1) * float(residual @ residual)
    weight = np.bincount(cell, start, minlength=count) / base
    size = np.bincount(place, minlength=count)
    # In each cell the residuals sum to zero, which takes one degree of freedom.
    pull = weight[place] * np.sqrt(size / (size - 1))[place] * (their_end - factor[place] * their_start)
    by_shop = np.bincount(row, pull, minlength=len(others))
    theirs = (1 + rate) ** 2 * float(by_shop @ by_shop)
    freedom = _freedom(mine, theirs, expected, np.bincount(row, weight[place] * their_start))
    half = float(stdtrit(freedom, (1 + confidence) / 2) * np.sqrt(mine + theirs) / total)
    return Estimate(total, rate, rate - half, rate + half)


def _freedom(mine: float, theirs: float, ours: np.ndarray, others: np.ndarray) -> float:
    """Return the degrees of freedom of a sum of two variances, each of as many shops as weigh alike."""
    if mine + theirs <= 0:
        return 1.0
    parts = ((mine, ours), (theirs, others))
    below = sum(part**2 / max(weights.sum() ** 2 / (weights @ weights) - 1, 1.0) for part, weights in parts)
    return float((mine + theirs) ** 2 / below)
