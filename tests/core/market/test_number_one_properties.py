"""What holds for every market, and the closed form against a bisection."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.market.markets import read_markets
from core.market.model import Markets
from core.market.number_one import targets, water_level

MULTIPLES = st.sampled_from([1.1, 1.7, np.sqrt(3), 3.0])
AMOUNT = st.integers(0, 10**9)


@st.composite
def one_market(draw: st.DrawFn) -> Markets:
    """Draw a region with up to eight rivals, in yuan."""
    rivals = draw(st.lists(AMOUNT, min_size=1, max_size=8))
    own, others = draw(AMOUNT), draw(AMOUNT)
    assume(max(rivals) > 0)
    return market(float(own), [float(r) for r in rivals], float(others))


def market(own: float, rivals: list[float], others: float) -> Markets:
    """Return one region."""
    names = ["us", *(f"rival{i}" for i in range(len(rivals))), "others"]
    sales = pd.DataFrame(
        {
            "region_id": "r",
            "company_id": names,
            "is_aggregate": [name == "others" for name in names],
            "amount": [own, *rivals, others],
            "amount_previous": np.nan,
        }
    )
    total = own + sum(rivals) + others
    size = pd.DataFrame({"region_id": ["r"], "capacity": [total], "capacity_previous": [np.nan]})
    return read_markets(sales, size, "us")


@settings(deadline=None, max_examples=60)
@given(one_market(), MULTIPLES)
def test_least_proportional_fixed(markets: Markets, k: float) -> None:
    """The band is ordered, least <= proportional <= fixed, and never below own sales [B.3]."""
    found = targets(markets, k)
    band = np.array([markets.own, found.least, found.proportional, found.fixed])
    assert (np.diff(band, axis=0) >= -1e-9 * band[1:]).all()


@settings(deadline=None, max_examples=60)
@given(one_market(), st.tuples(MULTIPLES, MULTIPLES).map(sorted))
def test_monotone_in_k(markets: Markets, multiples: list[float]) -> None:
    """A larger multiple never means a smaller target."""
    low, high = (targets(markets, k) for k in multiples)
    for version in ("least", "proportional", "fixed"):
        assert (getattr(low, version) <= getattr(high, version) * (1 + 1e-12)).all()


@settings(deadline=None, max_examples=60)
@given(one_market(), MULTIPLES, st.sampled_from([1e-4, 10.0, 1e4]))
def test_scale_invariant(markets: Markets, k: float, scale: float) -> None:
    """In 万元 the targets are the same amounts as in yuan."""
    scaled = market(
        float(markets.own[0] * scale),
        [float(r) for r in markets.rivals[0][markets.rivals[0] > 0] * scale],
        float(markets.others[0] * scale),
    )
    before, after = targets(markets, k), targets(scaled, k)
    for version in ("least", "proportional", "fixed"):
        np.testing.assert_allclose(getattr(after, version), getattr(before, version) * scale, rtol=1e-9)


@settings(deadline=None, max_examples=60)
@given(one_market(), MULTIPLES)
def test_zero_sum_reaches_exactly_k(markets: Markets, k: float) -> None:
    """Whoever loses, the total is conserved and the target is k times the largest rival left."""
    found = targets(markets, k)
    assume(found.losers[0] > 0)
    rivals, others = markets.rivals[0], markets.contestable[0]
    gain = found.proportional[0] - markets.own[0]
    left = rivals * (1 - gain / others)
    assert found.proportional[0] / left.max() == pytest.approx(k)
    lowered = np.minimum(rivals, found.level[0])
    assert found.least[0] / lowered.max() == pytest.approx(k)
    assert found.least[0] + lowered.sum() == pytest.approx(markets.own[0] + rivals.sum())


@settings(deadline=None, max_examples=40)
@given(one_market(), MULTIPLES)
def test_others_are_never_the_benchmark(markets: Markets, k: float) -> None:
    """However large "others" is, the target is a multiple of a named rival."""
    assert markets.benchmark[0] == markets.rivals.max()
    grown = market(float(markets.own[0]), [float(r) for r in markets.rivals[0]], 1e12)
    assert targets(grown, k).fixed == pytest.approx(targets(markets, k).fixed)


def random_markets(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return own sales and ranked rivals of random markets, ties and zeros among them."""
    random = np.random.default_rng(20)
    rivals = random.integers(0, 1000, (count, 12)).astype(float)
    rivals[:, 6:] *= random.random((count, 6)) < 0.3
    rivals[: count // 10, 1] = rivals[: count // 10, 0]
    own = random.integers(0, 1200, count).astype(float)
    return own, -np.sort(-rivals, axis=1)


@pytest.mark.parametrize("k", [1.7, np.sqrt(3), 3.0])
def test_closed_form_equals_bisection(k: float) -> None:
    """On 10,000 random markets the water level is the root that bisection finds."""
    own, ranked = random_markets(10_000)
    low, high = np.zeros(len(own)), own + ranked.sum(axis=1)
    for _ in range(100):
        middle = (low + high) / 2
        enough = own + np.maximum(ranked - middle[:, None], 0).sum(axis=1) >= k * middle
        low, high = np.where(enough, middle, low), np.where(enough, high, middle)
    level, losers = water_level(own, ranked, k)
    unsecured = own < k * ranked[:, 0]
    np.testing.assert_allclose(level[unsecured], low[unsecured], rtol=1e-9, atol=1e-9)
    above_level = (ranked > level[:, None] * (1 + 1e-12)).sum(axis=1)
    assert (losers[unsecured] >= above_level[unsecured]).all()


def test_from_rival_equals_least_where_one_loses() -> None:
    """Where the level touches one rival only, (2a) and (2b) are the same [B.3]."""
    compared = 0
    for own, *rivals in np.random.default_rng(5).integers(1, 500, (50, 4)).astype(float):
        found = targets(market(own, rivals, 100.0), 1.7)
        if found.losers[0] == 1:
            assert found.from_rival == pytest.approx(found.least)
            compared += 1
    assert compared > 10
