"""Score-cards of regions."""

import numpy as np
import pandas as pd
import pytest

from core.errors import InputError
from core.market.attractiveness import (
    ENTRY_CARD,
    VALUE_CARD,
    ScoreCard,
    entry_factors,
    ge_cells,
    region_scores,
)
from core.market.options import MarketOptions
from core.market.table import market_table
from tests.core.market.conftest import frames

TWO = ScoreCard({"size": 0.75, "cost": 0.25}, less_is_better=frozenset({"cost"}))


def test_hand_computed_score() -> None:
    """Sizes 0, 5, 10 at 75 % and costs 1, 2, 3 at 25 %, less being better: 25, 50 and 75 points."""
    factors = pd.DataFrame({"size": [0, 5, 10], "cost": [1, 2, 3]}, index=["a", "b", "c"])
    assert region_scores(factors, TWO)["score"].to_dict() == pytest.approx({"a": 25, "b": 50, "c": 75})


def test_percentile_scaling_is_deaf_to_outliers() -> None:
    """By rank, an outlier of a million weighs as much as one of eleven."""
    card = ScoreCard({"size": 1.0}, scaling="percentile")
    far = region_scores(pd.DataFrame({"size": [1, 2, 3, 1e6]}), card)["score"]
    near = region_scores(pd.DataFrame({"size": [1, 2, 3, 11.0]}), card)["score"]
    pd.testing.assert_series_equal(far, near)
    assert far.tolist() == pytest.approx([12.5, 37.5, 62.5, 87.5])


def test_a_missing_factor_is_reweighted_and_flagged() -> None:
    """A region without a cost is scored on its size alone and says so [B.8]."""
    scores = region_scores(pd.DataFrame({"size": [0.0, 5.0, 10.0], "cost": [1.0, np.nan, 3.0]}), TWO)
    assert scores.loc[1, "score"] == pytest.approx(50)
    assert scores.loc[1, "known_weight"] == pytest.approx(0.75)
    assert scores["missing"].tolist() == ["", "cost", ""]


def test_nothing_known_has_no_score() -> None:
    """Without any factor there is no score, not a zero."""
    scores = region_scores(pd.DataFrame(index=["a"]), TWO)
    assert np.isnan(scores.loc["a", "score"])
    assert scores.loc["a", "missing"] == "size,cost"


def test_equal_values_tell_nothing_apart() -> None:
    """A factor that is the same everywhere is in the middle of the scale."""
    scores = region_scores(pd.DataFrame({"size": [3, 3], "cost": [1, 2]}), TWO)
    assert scores["score"].tolist() == pytest.approx([62.5, 37.5])


def test_area_may_be_breadth_or_cost() -> None:
    """Which way the area counts is a choice of the card [S3 p91]."""
    factors = pd.DataFrame({name: [1.0, 1.0] for name in VALUE_CARD.weights} | {"area": [1.0, 2.0]})
    assert region_scores(factors, VALUE_CARD)["score"].diff()[1] == pytest.approx(25)
    cost = ScoreCard(VALUE_CARD.weights, less_is_better=frozenset({"area"}))
    assert region_scores(factors, cost)["score"].diff()[1] == pytest.approx(-25)


def test_entry_score_prefers_the_region_easiest_to_win() -> None:
    """Of two regions, the one nearer to No.1 scores higher, on what the store knows [S0]."""
    sales, size = frames([(30, [25, 20], 25), (10, [60, 20], 10)])
    scores = region_scores(entry_factors(market_table(sales, size, MarketOptions("us"))), ENTRY_CARD)
    assert scores["score"].tolist() == pytest.approx([100, 0])
    assert scores["known_weight"].tolist() == pytest.approx([0.7, 0.7])
    assert (scores["missing"] == "price_advantage,dealer_strength").all()


def test_entry_factors_take_what_people_know() -> None:
    """Recorded judgements join by region, and complete the card."""
    sales, size = frames([(30, [25, 20], 25), (10, [60, 20], 10)])
    known = pd.DataFrame({"price_advantage": [1, 2], "dealer_strength": [1, 2]}, index=["r0", "r1"])
    factors = entry_factors(market_table(sales, size, MarketOptions("us")), known)
    assert region_scores(factors, ENTRY_CARD)["score"].tolist() == pytest.approx([70, 30])


@pytest.mark.parametrize(
    "wrong",
    [
        {"weights": {"a": 0.5, "b": 0.4}},  # sums to 0.9
        {"weights": {"a": 1.5, "b": -0.5}},  # below zero
        {"weights": {"a": 1.0}, "less_is_better": frozenset({"b"})},
        {"weights": {"a": 1.0}, "scaling": "log"},
    ],
)
def test_bad_cards(wrong: dict[str, object]) -> None:
    """Weights must sum to 1 and names must be known [W:25,47]."""
    with pytest.raises(InputError):
        ScoreCard(**wrong)


def test_nine_cells() -> None:
    """Cells 1, 2, 4 invest, 3, 5, 7 select, 6, 8, 9 harvest; on the cut is the better cell [W:23,24]."""
    high, middle, low = 8.0, 5.0, 2.0
    attractive = np.repeat([high, middle, low], 3)
    strong = np.tile([high, middle, low], 3)
    cells = ge_cells(attractive, strong)
    assert cells["cell"].tolist() == list(range(1, 10))
    advice = dict(zip(cells["cell"], cells["advice"], strict=True))
    assert [c for c in advice if advice[c] == "invest"] == [1, 2, 4]
    assert [c for c in advice if advice[c] == "select"] == [3, 5, 7]
    assert ge_cells(np.array([6.7, np.nan]), np.array([6.7, 5.0]))["cell"].tolist() == [1, pd.NA]
