"""When an answer changes, in words."""

from __future__ import annotations

from core.market.options import MarketOptions
from core.market.table import market_table
from core.reports.market.sensitivity import attack_change, state_change, target_change, zone_change
from tests.core.market.conftest import frames

TABLE = market_table(
    *frames([(250, [400, 200], 150), (600, [300], 100)], growth=[0.25, 0.0]), MarketOptions("us")
)
OPEN, SECURED = (dict(TABLE.iloc[n]) | {"rival_name": "Rival"} for n in (0, 1))


def test_the_state_names_amount_and_share() -> None:
    """250 against 400 leaves range once 14.72 less is sold, 5.9 % of it."""
    assert state_change(OPEN).startswith("Out of range once we sell 0.0 k yuan less (5.9%)")


def test_the_zone_names_the_figure_it_hangs_on() -> None:
    """A share of 25 % is 1.1 points below the line of 26.12 %."""
    assert "once Market share changes by +1.1 pts" in zone_change(OPEN)


def test_the_target_names_its_band() -> None:
    """The target moves with the rival's figure; a secured region has none to move."""
    assert "Each percent more at Rival raises the target" in target_change(OPEN)
    assert target_change(SECURED) == ""


def test_only_regions_to_attack_have_a_rank() -> None:
    """The open region is first in the ranking, the secured one isn't in it."""
    assert attack_change(OPEN).startswith("Rank 1 holds")
    assert attack_change(SECURED) == ""


def test_what_is_unknown_says_nothing() -> None:
    """Without own sales there is no sentence about the state."""
    assert state_change(OPEN | {"state_flip": float("nan")}) == ""
