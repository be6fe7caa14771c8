"""What a promotion of whole regions brought: their growth beside that of the other regions.

Where a region was chosen, not shops, what happens to all its shops alike (weather, a rival's move) can't be
told from the promotion; so the regions are what is counted, not their shops. The effect is the mean log
growth of the promoted regions less that of the others; its interval is Student's t with the spread between
regions, pooled [K: Donald and Lang 2007]. One promoted region is enough, if there are enough others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from core.cycle.expenses.effect import Effect, Estimate, Refusal
from core.i18n import _

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

LEAST_REGIONS = 8
"""Regions without a promotion below which the spread between regions isn't known."""
LEAST_REGION_SHOPS = 10
"""Shops a region needs; the growth of fewer says little about the region."""
_SPANS = ["early", "before", "during"]


def region_effect(shops: pd.DataFrame, *, confidence: float = 0.95) -> Effect | Refusal:
    """Estimate the effect of a promotion that ran in all shops of one or more regions.

    Parameters
    ----------
    shops
        As for :func:`core.cycle.expenses.effect.shop_effect`, and unit_id: the region of the level of the
        promotion that the shop lies in.
    confidence
        Of the interval, in (0, 1).
    """
    known = shops[shops[_SPANS].notna().all(axis=1)].groupby("unit_id")
    regions = known[_SPANS].sum().assign(promoted=known["is_promoted"].max().astype(bool), shops=known.size())
    regions = regions[(regions["shops"] >= LEAST_REGION_SHOPS) & (regions[_SPANS] > 0).all(axis=1)]
    promoted, others = regions[regions["promoted"]], regions[~regions["promoted"]]
    every = shops.loc[shops["is_promoted"], "unit_id"].nunique()
    if promoted.empty:
        return Refusal(
            "few_shops",
            _(
                "No promoted region has {least} shops with sales recorded in all months.",
                least=LEAST_REGION_SHOPS,
            ),
        )
    if len(others) < LEAST_REGIONS:
        return Refusal(
            "few_regions",
            _(
                "{n} other regions have enough shops recorded and no promotion; {least} are needed.",
                n=len(others),
                least=LEAST_REGIONS,
            ),
        )
    during = _compare(promoted, others, ("before", "during"), confidence)
    trend = _compare(promoted, others, ("early", "before"), confidence)
    return Effect(during, trend, len(promoted), len(others), every - len(promoted), {})


def _compare(
    promoted: pd.DataFrame, others: pd.DataFrame, spans: tuple[str, str], confidence: float
) -> Estimate:
    ours, theirs = _growth(promoted, spans), _growth(others, spans)
    freedom = len(ours) + len(theirs) - 2
    spread = np.sqrt((((ours - ours.mean()) ** 2).sum() + ((theirs - theirs.mean()) ** 2).sum()) / freedom)
    effect = float(ours.mean() - theirs.mean())
    half = float(stdtrit(freedom, (1 + confidence) / 2)) * spread * np.sqrt(1 / len(ours) + 1 / len(theirs))
    expected = float(promoted[spans[1]].sum()) / np.exp(effect)
    return Estimate(expected, *(float(np.expm1(value)) for value in (effect, effect - half, effect + half)))


def _growth(regions: pd.DataFrame, spans: tuple[str, str]) -> NDArray[np.float64]:
    return np.log(np.asarray(regions[spans[1]] / regions[spans[0]], dtype=np.float64))
