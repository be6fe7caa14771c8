"""The GE matrix of customers and of regions: attractiveness x our strength, nine cells [S4 4-11, W:23,24,25].

Both axes are weighted scores from 1 to 10. Weights and factors are a proposal [I].
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from core.i18n import N_
from core.market.attractiveness import GE_CUTS, ScoreCard, ge_cells, region_scores

ADVICE: dict[str, str] = {"invest": N_("Invest"), "select": N_("Select"), "harvest": N_("Harvest")}
CUSTOMER_ATTRACTIVENESS = ScoreCard(
    {"demand": 0.4, "demand_growth": 0.3, "margin_rate": 0.3}, scaling="percentile"
)
CUSTOMER_STRENGTH = ScoreCard(
    {"account_share": 0.5, "growth": 0.2, "attitude": 0.15, "months_active": 0.15}, scaling="percentile"
)
REGION_ATTRACTIVENESS = ScoreCard(
    {"capacity": 0.4, "growth": 0.3, "purchasing_power": 0.2, "customers": 0.1}, scaling="percentile"
)
REGION_STRENGTH = ScoreCard(
    {"share": 0.4, "ratio": 0.3, "price_advantage": 0.15, "dealer_strength": 0.15}, scaling="percentile"
)
FACTORS: dict[str, str] = {
    "demand": N_("Demand"),
    "demand_growth": N_("Growth of the demand"),
    "margin_rate": N_("Margin rate"),
    "account_share": N_("Our share in the account"),
    "growth": N_("Growth"),
    "attitude": N_("Attitude"),
    "months_active": N_("Months with sales"),
    "capacity": N_("Market capacity"),
    "purchasing_power": N_("Purchasing power"),
    "customers": N_("Consumers"),
    "share": N_("Share"),
    "ratio": N_("Relative share"),
    "price_advantage": N_("Price advantage"),
    "dealer_strength": N_("Dealer strength"),
}


def ge_matrix(
    factors: pd.DataFrame,
    attractiveness: ScoreCard,
    strength: ScoreCard,
    *,
    cuts: tuple[float, float] = GE_CUTS,
) -> pd.DataFrame:
    """Place customers or regions in the matrix.

    Parameters
    ----------
    factors
        One row each, a column per factor; NaN or no column is missing.
    cuts
        Where low, middle and high part, on the scale from 1 to 10; a score on a cut is above it.

    Returns
    -------
    pandas.DataFrame
        On the same index: attractiveness and strength in [1, 10], each with ``_known`` (part of its weights)
        and ``_missing`` (factors); cell 1 to 9, advice. Missing where an axis has no known factor.
    """
    axes = {}
    for name, card in (("attractiveness", attractiveness), ("strength", strength)):
        scores = region_scores(factors, card)
        axes[name] = 1 + 9 * scores["score"] / 100
        axes[f"{name}_known"] = scores["known_weight"]
        axes[f"{name}_missing"] = scores["missing"]
    table = pd.DataFrame(axes, index=factors.index)
    cells = ge_cells(
        table["attractiveness"].to_numpy(np.float64), table["strength"].to_numpy(np.float64), cuts=cuts
    )
    return table.assign(cell=cells["cell"].to_numpy(), advice=cells["advice"].to_numpy(object))


def cell_counts(matrix: pd.DataFrame) -> pd.Series:
    """Return how many stand in each cell 1 to 9, and in 0 those that can't be placed; together all."""
    cell = matrix["cell"].astype("Float64").fillna(0).astype("int64")
    return cell.value_counts().reindex(range(10), fill_value=0)
