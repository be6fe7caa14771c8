"""Which region to enter first (切入点) [S0]: the entry score of a report's regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.market.attractiveness import ENTRY_CARD, entry_factors, region_scores
from core.store.customers.analysis import region_factors

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.market.request import MarketRequest
    from core.store.database import Store

RECORDED = ("price_advantage", "dealer_strength")


def with_entry_scores(store: Store, request: MarketRequest, regions: pd.DataFrame) -> pd.DataFrame:
    """Return the market table with entry_score, entry_known, entry_missing, and the factors behind them.

    Price advantage and dealer strength are the last ones recorded up to the end of the period.
    """
    recorded = region_factors(store, request.end, scope=request.scope).reindex(regions["region_id"])
    recorded = recorded.reindex(columns=list(RECORDED)).astype("float64")
    scores = region_scores(entry_factors(regions, recorded), ENTRY_CARD)
    columns = {
        "entry_score": scores["score"],
        "entry_known": scores["known_weight"],
        "entry_missing": scores["missing"],
        **{f"entry_{name}": scores[f"scaled_{name}"] for name in ENTRY_CARD.weights},
        **{name: recorded[name] for name in RECORDED},
    }
    return regions.assign(**{name: values.array for name, values in columns.items()})
