"""Score-cards of regions: where to enter first (切入点) and what a market is worth [S0, S3 p91] [B.8].

``score = sum(weight x scaled factor)``, the weights sum to 1, every factor is scaled to [0, 1] with 1 the
better end. A region that lacks a factor is scored on the others, reweighted, and says so.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from core.errors import InputError, nearest
from core.i18n import _
from core.market.arrays import Floats, divide, listed_names

SCALINGS = ("min_max", "percentile")
GE_CUTS = (3.3, 6.7)
GE_ADVICE = ("invest", "select", "harvest")
# Rows by attractiveness, columns by strength: before the falling diagonal, on it, behind it.
_GE_CLASS = np.array([[0, 0, 1], [0, 1, 2], [1, 2, 2]])


@dataclass(frozen=True)
class ScoreCard:
    """Which factors count, how much, and in which direction.

    Parameters
    ----------
    weights
        Weight of each factor; they sum to 1.
    less_is_better
        Factors of which a smaller value is better, such as the gain still needed.
    scaling
        ``min_max``: the worst region is 0, the best 1. ``percentile``: by rank, deaf to outliers.
    """

    weights: Mapping[str, float]
    less_is_better: frozenset[str] = field(default_factory=frozenset)
    scaling: str = "min_max"

    def __post_init__(self) -> None:
        total = math.fsum(self.weights.values())
        if any(weight < 0 for weight in self.weights.values()) or not math.isclose(total, 1, abs_tol=1e-9):
            raise InputError(
                _("The weights of a score-card sum to {total}; they must sum to 1.", total=round(total, 6)),
                _("No weight may be below 0. Divide each weight by the sum of all."),
            )
        strangers = sorted(self.less_is_better - set(self.weights))
        if strangers:
            raise InputError(
                _("The score-card has no factor {factor}.", factor=strangers[0]),
                _("Did you mean {suggestion}?", suggestion=nearest(strangers[0], self.weights))
                if nearest(strangers[0], self.weights)
                else "",
            )
        if self.scaling not in SCALINGS:
            raise InputError(
                _("Unknown value {value} for {name}.", value=self.scaling, name="scaling"),
                _("Choose one of: {allowed}.", allowed=", ".join(SCALINGS)),
            )


# 切入点选择 [S0]: we are relatively strong; it is easy to become first; our strength is easy to use. The
# weights are a proposal [I]: the document gives none.
ENTRY_CARD = ScoreCard(
    {"relative_share": 0.30, "needed_gain": 0.40, "price_advantage": 0.15, "dealer_strength": 0.15},
    less_is_better=frozenset({"needed_gain"}),
)
# 评定市场价值的因素 [S3 p91]: size, breadth, strength and hardness of the market. Equal weights [I].
VALUE_CARD = ScoreCard({"customers": 0.25, "area": 0.25, "purchasing_power": 0.25, "fixedness": 0.25})


def region_scores(factors: pd.DataFrame, card: ScoreCard) -> pd.DataFrame:
    """Score regions against each other.

    Parameters
    ----------
    factors
        One row per region, a column per factor in any unit; NaN, or no column at all, is missing.
    card
        Factors, weights and scaling.

    Returns
    -------
    pandas.DataFrame
        On the index of ``factors``: ``score`` in [0, 100], ``known_weight`` in [0, 1], the part of the
        weights whose factor is known, ``missing``, the lacking factors joined by commas, and a column
        ``scaled_<factor>`` in [0, 1] each. The score is NaN where no factor is known.
    """
    weights = np.array(list(card.weights.values()))
    scaled = np.stack(
        [
            _scaled(factors[name].to_numpy(np.float64, na_value=np.nan), name in card.less_is_better, card)
            if name in factors.columns
            else np.full(len(factors), np.nan)
            for name in card.weights
        ],
        axis=1,
    )
    known = ~np.isnan(scaled)
    known_weight = known @ weights
    weighted: Floats = np.where(known, scaled, 0.0) @ weights
    result = pd.DataFrame(
        {
            "score": 100 * divide(weighted, known_weight),
            "known_weight": known_weight,
            "missing": listed_names(~known, list(card.weights)),
        },
        index=factors.index,
    )
    for position, name in enumerate(card.weights):
        result[f"scaled_{name}"] = scaled[:, position]
    return result


def score_parts(scores: pd.DataFrame, card: ScoreCard) -> pd.DataFrame:
    """Return what each factor adds to the score; the parts sum to it.

    Parameters
    ----------
    scores
        What :func:`region_scores` returned for the card.

    Returns
    -------
    pandas.DataFrame
        A column ``part_<factor>`` each, in points of the score; NaN where the factor isn't known.
    """
    known = scores["known_weight"].to_numpy(np.float64)
    return pd.DataFrame(
        {
            f"part_{name}": 100 * divide(weight * scores[f"scaled_{name}"].to_numpy(np.float64), known)
            for name, weight in card.weights.items()
        },
        index=scores.index,
    )


def entry_factors(table: pd.DataFrame, region_factors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the factors of the entry-region score, one row per region of the market table.

    Parameters
    ----------
    table
        The market table: the relative share is its ratio, the gain its least gain / capacity.
    region_factors
        On region_id, what only people know: price_advantage, dealer_strength.

    Returns
    -------
    pandas.DataFrame
        Index region_id.
    """
    factors = pd.DataFrame(
        {
            "relative_share": table["ratio"].to_numpy(np.float64),
            "needed_gain": table["needed_gain"].to_numpy(np.float64),
        },
        index=pd.Index(table["region_id"]),
    )
    return factors if region_factors is None else factors.join(region_factors)


def ge_cells(
    attractiveness: Floats, strength: Floats, *, cuts: tuple[float, float] = GE_CUTS
) -> pd.DataFrame:
    """Return the cell of the 3 x 3 matrix of attractiveness and strength [W:23,24].

    Parameters
    ----------
    attractiveness, strength
        Shape (n,), on the scale of ``cuts``: from 1 to 10 by default, which is cut at 3.3 and 6.7.

    Returns
    -------
    pandas.DataFrame
        ``cell`` 1 to 9, by rows from the most attractive and in each from the strongest, and ``advice``:
        1, 2, 4 invest; 3, 5, 7 select; 6, 8, 9 harvest. Missing where either is.
    """
    row = np.searchsorted(np.array([-cuts[1], -cuts[0]]), -attractiveness, side="left")
    column = np.searchsorted(np.array([-cuts[1], -cuts[0]]), -strength, side="left")
    known = ~np.isnan(attractiveness + strength)
    cell = np.where(known, 3.0 * row + column + 1, np.nan)
    advice = np.array([*GE_ADVICE, None], dtype=object)[np.where(known, _GE_CLASS[row, column], -1)]
    return pd.DataFrame({"cell": pd.array(cell, dtype="Int64"), "advice": pd.array(advice, dtype="str")})


def _scaled(values: Floats, less_is_better: bool, card: ScoreCard) -> Floats:
    """Scale to [0, 1]; values that are all equal tell nothing apart and are 0.5."""
    known = values[~np.isnan(values)]
    scaled: Floats
    if len(known) == 0:
        return np.full(len(values), np.nan)
    if card.scaling == "percentile":
        ranks = pd.Series(values).rank(method="average").to_numpy(np.float64)
        scaled = (ranks - 0.5) / len(known)
    elif known.max() > known.min():
        scaled = (values - known.min()) / (known.max() - known.min())
    else:
        scaled = np.where(np.isnan(values), np.nan, 0.5)
    return 1 - scaled if less_is_better else scaled
