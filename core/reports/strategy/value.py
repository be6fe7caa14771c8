"""What each market is worth (市场价值): size, breadth, strength and hardness as a score-card [S3 p91].

For the report: :func:`market_values` of the market request of the page with the default weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from core.i18n import N_
from core.market.attractiveness import VALUE_CARD, ScoreCard, region_scores, score_parts
from core.reports.market.choices import names_of
from core.reports.market.market import market_report
from core.store.customers.analysis import region_factors

if TYPE_CHECKING:
    from core.reports.market.request import MarketRequest
    from core.store.database import Store

FACTORS: dict[str, str] = {
    "customers": N_("Size: customers"),
    "area": N_("Breadth: area"),
    "purchasing_power": N_("Strength: purchasing power"),
    "fixedness": N_("Hardness: settled customers"),
}


@dataclass(frozen=True)
class ValueWeights:
    """How much each factor counts.

    Parameters
    ----------
    points
        Points from 0 by factor, a key of :data:`FACTORS`; their sum is the whole.
    small_area_is_better
        Whether a large area counts as a cost, not as a field.
    """

    points: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(FACTORS, 25.0))
    small_area_is_better: bool = False

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.points.items())), self.small_area_is_better))

    @property
    def card(self) -> ScoreCard:
        """The score-card with weights that sum to 1; the default one where no point is given."""
        total = sum(self.points.values())
        weights = {key: self.points.get(key, 0.0) / total for key in FACTORS} if total > 0 else None
        less = frozenset({"area"} if self.small_area_is_better else ())
        return ScoreCard(weights or VALUE_CARD.weights, less_is_better=less)


def market_values(store: Store, request: MarketRequest, weights: ValueWeights | None = None) -> pd.DataFrame:
    """Score the regions of a request against each other.

    Returns
    -------
    pandas.DataFrame
        One row per region, the most valuable first: region_id, name; value_score from 0 to 100 (NaN where no
        factor is known), value_rank, value_known (part of the weights whose factor is known), value_missing
        (the lacking factors, joined by commas); customers, area (km²), purchasing_power, fixedness (the last
        recorded up to the end of the period), scaled_<factor>, from 0 to 1 each, and part_<factor>, what it
        adds to the score; capacity, share, state.
    """
    regions = market_report(store, request).regions
    recorded = region_factors(store, request.end, scope=request.scope).reindex(regions["region_id"])
    factors = recorded.reindex(columns=["customers", "purchasing_power", "fixedness"]).astype("float64")
    factors = factors.assign(area=regions["area_km2"].to_numpy("float64"))
    card = (weights or ValueWeights()).card
    scores = region_scores(factors, card)
    parts = score_parts(scores, card)
    table = pd.DataFrame(
        {
            "region_id": regions["region_id"].to_numpy(),
            "name": names_of(regions).to_numpy(),
            "value_score": scores["score"].to_numpy(),
            "value_rank": scores["score"].rank(method="min", ascending=False).astype("Int64").to_numpy(),
            "value_known": scores["known_weight"].to_numpy(),
            "value_missing": scores["missing"].to_numpy(),
            **{key: factors[key].to_numpy() for key in FACTORS},
            **{f"scaled_{key}": scores[f"scaled_{key}"].to_numpy() for key in FACTORS},
            **{name: parts[name].to_numpy() for name in parts},
            **{key: regions[key].to_numpy() for key in ("capacity", "share", "state")},
        }
    )
    return table.sort_values(
        ["value_score", "region_id"], ascending=[False, True], na_position="last"
    ).reset_index(drop=True)
