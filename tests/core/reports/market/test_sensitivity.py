"""When an answer changes, in words."""

from __future__ import annotations

from core.market.options import MarketOptions
from core.market.table import market_table
from core.reports.market.sensitivity import attack_change, changes, state_change, target_change, zone_change
from tests.core.market.conftest import frames

TABLE = market_table(
    *frames([(250, [400, 200], 150), (600, [300], 100)], growth=[0.25, 0.0]), MarketOptions("us")
)
OPEN, SECURED = (dict(TABLE.iloc[n]) | {"rival_name": "Rival", "capacity_source": "mixed"} for n in (0, 1))


def test_the_state_names_amount_and_share() -> None:
    """250 against 400 leaves range once 14.72 less is sold, 5.9 % of it."""
    assert state_change(OPEN).startswith("Out of range once we sell 15 yuan less (5.9%)")


def test_the_zone_names_the_figure_it_hangs_on() -> None:
    """A share of 25 % is 1.1 points below the line of 26.12 %."""
    assert "once Market share changes by +1.1 pts" in zone_change(OPEN)


def test_the_target_names_its_band() -> None:
    """The target moves with the rival's figure; a secured region has none to move."""
    assert "Each percent more at Rival raises the target" in target_change(OPEN)
    assert target_change(SECURED) == ""


def test_only_regions_to_attack_have_a_rank() -> None:
    """The open region is first in the ranking, the secured one isn't in it."""
    assert attack_change(OPEN).startswith("Rank 1 hangs on state and zone first")
    assert attack_change(SECURED) == ""


def test_what_is_unknown_says_nothing() -> None:
    """Without own sales there is no sentence about the state."""
    assert state_change(OPEN | {"state_flip": float("nan")}) == ""


def test_without_sales_the_change_has_no_share() -> None:
    """From nothing sold no change is a percentage."""
    assert "more (—)" in state_change(OPEN | {"own": 0.0, "state_flip": 235.3})


def test_a_relative_share_moves_by_a_multiple() -> None:
    """On the axis of the relative share 0.375 is a multiple of the rival, not 37.5 points."""
    text = zone_change(OPEN | {"zone_flip": 0.375, "zone_flip_by": "share"}, relative=True)
    assert "Relative share changes by +0.38 ×" in text
    assert "Market growth changes by -0.1 pts" in zone_change(
        OPEN | {"zone_flip": -1e-6, "zone_flip_by": "growth"}, relative=True
    )


def test_a_region_says_all_its_changes_once() -> None:
    """The rank contains state and zone; then come the target and what the capacity stands on."""
    rank, target, source = changes(OPEN)
    assert rank == attack_change(OPEN)
    assert target == target_change(OPEN)
    assert source.startswith("The capacity is partly recorded")
    assert changes(SECURED)[:2] == [state_change(SECURED), zone_change(SECURED)]


def test_everything_together_has_no_rank_and_no_zone() -> None:
    """The whole market is its own average: only its state and its target can change."""
    assert changes(OPEN | {"region_id": "*"})[:-1] == [state_change(OPEN), target_change(OPEN)]
