"""What the recorded visits and sales say about the response, or why they say nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.i18n import N_
from core.visits.response.curves import Response, fit

LEAST_SHOPS = 30
"""Shops whose mean counts; neighbouring numbers of visits are put together until there are so many [I]."""
LEAST_LEVELS = 4
"""Different numbers of visits that a curve with four unknowns needs."""
SIGNIFICANCE = 0.01
"""Chance of such a curve from shops whose sales have nothing to do with their visits, at most [I]."""
REASONS: dict[str, str] = {
    "levels": N_("Too few shops or numbers of visits."),
    "flat": N_("No clear relation."),
}


@dataclass(frozen=True, eq=False)
class ResponseEvidence:
    """What the data say about the shops of one grade.

    Parameters
    ----------
    shops
        Shops looked at.
    today
        Their mean number of visits: effort 1.
    points
        visits (mean), effort, shops, share (mean of own ÷ all sales in the shop), by number of visits.
    curve
        In-store share by effort; None where the data can't tell.
    chance
        The chance of as good a curve by accident (F test against no reaction); NaN without a curve.
    reason
        A key of :data:`REASONS` where there is no curve, else empty.
    """

    shops: int
    today: float
    points: pd.DataFrame
    curve: Response | None
    chance: float
    reason: str


def response_evidence(levels: pd.DataFrame) -> ResponseEvidence:
    """Return what the shops of one grade tell about visits and their share.

    Larger shops are visited more often and sell more whoever visits them; the share of our sales in the
    shop takes its size out. What else goes with visits (better reps, older customers) stays in.

    Parameters
    ----------
    levels
        visits (of the window), shops, share_sum and share_squares (Σ and Σ² of own ÷ all sales).
    """
    from scipy.stats import f as f_distribution

    shops = int(levels["shops"].sum())
    today = float((levels["visits"] * levels["shops"]).sum() / shops) if shops else 0.0
    enough = _with_enough_shops(levels)
    share = enough["share_sum"] / enough["shops"]
    points = pd.DataFrame(
        {
            "visits": enough["visits"],
            "effort": enough["visits"] / today if today else np.nan,
            "shops": enough["shops"],
            "share": share,
        }
    ).reset_index(drop=True)
    if len(points) < LEAST_LEVELS or not today:
        return ResponseEvidence(shops, today, points, None, np.nan, "levels")
    curve = fit(points["effort"].tolist(), points["share"].tolist(), weights=points["shops"].tolist())
    number = int(enough["shops"].sum())
    mean = float(enough["share_sum"].sum() / number)
    total = float(enough["share_squares"].sum() - number * mean**2)
    miss = np.asarray(points["share"] - curve(points["effort"].to_numpy()))
    within = float((enough["share_squares"] - enough["shops"] * share**2).sum())
    left = within + float((points["shops"] * miss**2).sum())
    freedom = number - 4
    ratio = max(total - left, 0.0) / 3 / (left / freedom) if left > 0 else np.inf
    chance = float(f_distribution.sf(ratio, 3, freedom))
    if chance > SIGNIFICANCE:
        return ResponseEvidence(shops, today, points, None, chance, "flat")
    return ResponseEvidence(shops, today, points, curve, chance, "")


def _with_enough_shops(levels: pd.DataFrame) -> pd.DataFrame:
    """Return neighbouring numbers of visits put together; what is left over at the top joins the last."""
    ordered = levels.sort_values("visits")
    group, number, shops = [], 0, 0
    for count in ordered["shops"]:
        group.append(number)
        shops += count
        if shops >= LEAST_SHOPS:
            number, shops = number + 1, 0
    last = max(number - 1, 0)
    sums = ordered.assign(visits=ordered["visits"] * ordered["shops"], group=np.minimum(group, last))
    table = sums.groupby("group")[["visits", "shops", "share_sum", "share_squares"]].sum()
    table = table[table["shops"] >= LEAST_SHOPS]
    return table.assign(visits=table["visits"] / table["shops"]).reset_index(drop=True)
