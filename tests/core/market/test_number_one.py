"""The No.1 target: the worked cases of the handbook."""

from collections.abc import Callable

import numpy as np
import pytest

from core.market.model import Markets
from core.market.number_one import (
    FEASIBILITY,
    STATES,
    cushion,
    feasibility,
    state,
    targets,
    water_level,
    years_ahead,
)

MakeMarkets = Callable[..., Markets]
NONE = float("nan")

# own, rivals, others, k: fixed, (2a), least, level, losers, proportional
CASES = {
    "1 first, not secured": (500, [300, 150], 50, 1.7, 510, 503.70, 503.70, 296.30, 1, 504.95),
    "2 second": (250, [400, 200], 150, 1.7, 680, 409.26, 409.26, 240.74, 1, 475.52),
    "3 third": (150, [350, 300], 200, 1.7, 595, NONE, 367.57, 216.22, 2, 411.76),
    "4 tied runners-up": (400, [250, 250], 100, 1.7, 425, NONE, 413.51, 243.24, 2, 414.63),
    "5 tied for first": (300, [300, 200], 200, 1.7, 510, 377.78, 377.78, 222.22, 1, 421.49),
    "6 one rival": (40, [60], 0, 1.7, 102, 62.96, 62.96, 37.04, 1, 62.96),
    "6' one rival, k = 3": (40, [60], 0, 3.0, 180, 75, 75, 25, 1, 75),
    "9 no own sales": (0, [300], 700, 1.7, 510, 188.89, 188.89, 111.11, 1, 337.75),
}


@pytest.mark.parametrize("name", CASES)
def test_worked_cases(make_markets: MakeMarkets, name: str) -> None:
    """Every version of the target is the handbook's figure [B.3]."""
    own, rivals, others, k, fixed, from_rival, least, level, losers, proportional = CASES[name]
    markets = make_markets((own, rivals, others))
    found = targets(markets, k)
    got = [found.fixed, found.from_rival, found.least, found.level, found.losers, found.proportional]
    expected = [fixed, from_rival, least, level, losers, proportional]
    np.testing.assert_allclose(np.concatenate(got), expected, atol=0.0051)


def test_gains_of_the_worked_cases(make_markets: MakeMarkets) -> None:
    """The gains of the first five cases are the handbook's, fixed, least and proportional [B.3]."""
    cases = [CASES[name][:3] for name in list(CASES)[:5]]
    markets = make_markets(*cases)
    found = targets(markets, 1.7)
    np.testing.assert_allclose(found.fixed - markets.own, [10, 430, 445, 25, 210])
    np.testing.assert_allclose(found.least - markets.own, [3.70, 159.26, 217.57, 13.51, 77.78], atol=0.0051)
    np.testing.assert_allclose(
        found.proportional - markets.own, [4.95, 225.52, 261.76, 14.63, 121.49], atol=0.0051
    )


def test_secured_keeps_own_sales_in_every_version(make_markets: MakeMarkets) -> None:
    """Case 7: 600 against 300 is 2.0 times, so the target is 600, the gap 0 and the cushion 90 [B.3]."""
    markets = make_markets((600, [300], 100))
    found = targets(markets, 1.7)
    for version in (found.fixed, found.least, found.proportional, found.from_rival, found.from_others):
        assert version == 600
    fixed, zero_sum = cushion(markets.own, markets.benchmark, 1.7)
    assert fixed == pytest.approx(90)
    assert zero_sum == pytest.approx(90 / 2.7)


def test_without_a_rival_there_is_no_target(make_markets: MakeMarkets) -> None:
    """Case 8: no named rival, or one that sells nothing, gives no target in any version [B.3]."""
    found = targets(make_markets((50, [], 0), (50, [0.0], 20)), 1.7)
    versions = (found.fixed, found.least, found.proportional, found.from_rival, found.from_others)
    assert np.isnan(versions).all()


def test_from_others_needs_others_that_sell_enough(make_markets: MakeMarkets) -> None:
    """(2d) is k r1 where the others can lose the gap, otherwise missing [B.3]."""
    found = targets(make_markets((500, [300, 150], 50), (250, [400, 200], 150)), 1.7)
    np.testing.assert_allclose(found.from_others, [510, np.nan])


def test_unknown_own_sales_leave_only_the_fixed_target(make_markets: MakeMarkets) -> None:
    """K r1 needs no own sales; what is missing to it isn't zero but unknown."""
    found = targets(make_markets((np.nan, [300], 700)), 1.7)
    assert found.fixed == pytest.approx(510)
    assert np.isnan([found.least, found.proportional, found.from_rival, found.from_others]).all()


@pytest.mark.parametrize(
    ("own", "rival", "k", "expected"),
    [
        (510, 300, 1.7, "secured"),  # exactly k
        (900, 300, 3.0, "secured"),  # exactly 3 times
        (100 * np.sqrt(3), 100, np.sqrt(3), "secured"),
        (509.99, 300, 1.7, "leading_in_range"),
        (50, 30, 1.7, "leading_in_range"),  # "5 to 3" is in range
        (300, 300, 1.7, "tied"),
        (30, 50, 1.7, "chasing_in_range"),
        (100, 170, 1.7, "chasing_in_range"),  # exactly 1/k
        (100, 300, 3.0, "chasing_in_range"),  # exactly 3.0 times is in range
        (100, 170.01, 1.7, "out_of_range"),
        (100, 300.01, 3.0, "out_of_range"),
        (0, 300, 1.7, "no_own_sales"),
        (-5, 300, 1.7, "no_own_sales"),
        (300, NONE, 1.7, "no_rival_data"),
        (0, NONE, 1.7, "no_rival_data"),
        (NONE, 300, 1.7, "own_unknown"),
    ],
)
def test_states(own: float, rival: float, k: float, expected: str) -> None:
    """The state follows the ratio, with the boundaries of [W:8,12,14] and F."""
    code = state(np.array([own], dtype=float), np.array([rival], dtype=float), k)
    assert STATES[int(code[0])] == expected


def test_feasibility(make_markets: MakeMarkets) -> None:
    """The fixed target fits only while target and leader together are within the sales [B.3]."""
    markets = make_markets(
        (500, [300, 150], 50),
        (250, [400, 200], 150),
        (250, [400], 0),
        (600, [300], 100),
        (50, [], 0),
        capacity=[1000, 1000, 1200, 1000, 100],
    )
    codes = feasibility(markets, targets(markets, 1.7).fixed, 1.7)
    assert [FEASIBILITY[c] for c in codes] == [
        "fits_in_market",
        "needs_growth_or_leader",
        "needs_unidentified",
        "secured",
        "no_target",
    ]


def test_a_leader_above_3704_percent_makes_it_infeasible(make_markets: MakeMarkets) -> None:
    """At k = 1.7 the leader's share may be at most 1 / 2.7 = 37.04 % [B.3]."""
    markets = make_markets((100, [370.3], 529.7), (100, [370.4], 529.6))
    codes = feasibility(markets, targets(markets, 1.7).fixed, 1.7)
    assert [FEASIBILITY[c] for c in codes] == ["fits_in_market", "needs_growth_or_leader"]


def test_cushion_is_of_leaders_only() -> None:
    """A leader in range has a negative cushion, a follower none."""
    fixed, zero_sum = cushion(np.array([500.0, 250.0]), np.array([300.0, 400.0]), 1.7)
    np.testing.assert_allclose(fixed, [-10, np.nan])
    np.testing.assert_allclose(zero_sum, [-10 / 2.7, np.nan])


def test_years_ahead() -> None:
    """250 against 400 growing 5 % takes 787.2 in three years, 46.6 % a year [B.3]."""
    target, growth = years_ahead(np.array([250.0]), np.array([400.0]), 1.7, years=3, rival_growth=0.05)
    assert target[0] == pytest.approx(787.2, abs=0.05)
    assert growth[0] == pytest.approx(0.466, abs=5e-4)


def test_years_ahead_at_the_edges() -> None:
    """Without own sales no growth rate exists; one already beyond the target needs none."""
    target, growth = years_ahead(
        np.array([0.0, 900.0, 100.0]), np.array([300.0, 300.0, np.nan]), 1.7, years=2, rival_growth=0.0
    )
    np.testing.assert_allclose(target, [510, 900, np.nan])
    np.testing.assert_allclose(growth, [np.nan, 0, np.nan])


@pytest.mark.parametrize(("k", "percent"), [(1.7, 62.96), (np.sqrt(3), 63.40), (3, 75)])
def test_two_company_shares(make_markets: MakeMarkets, k: float, percent: float) -> None:
    """In a market of two, the target is a share of k / (1 + k) [B.3]."""
    found = targets(make_markets((1, [99], 0)), k)
    assert found.least == pytest.approx(percent, abs=0.005)
    assert found.proportional == pytest.approx(percent, abs=0.005)


def test_water_level_without_rivals() -> None:
    """A market without any rival column has no level."""
    level, losers = water_level(np.array([5.0]), np.zeros((1, 0)), 1.7)
    assert np.isnan([level, losers]).all()
