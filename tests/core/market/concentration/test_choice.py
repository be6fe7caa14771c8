"""The exact choice against every combination tried, and what holds for every market."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from core.errors import InfeasibleError, InputError
from core.market.concentration.candidates import attacks, thinning
from core.market.concentration.choice import choose
from core.market.concentration.options import ConcentrationOptions
from core.market.concentration.quadrant_order import choose_by_quadrant
from core.market.concentration.regions import Regions
from tests.core.market.concentration.oracle import best_value, frame, random_market

MARKETS = 1_000
# Where strength can't be taken from: it leads, so that only attacks are left to choose.
LEADER = {"state": "leading_in_range", "ratio": 1.36, "own": 136.0, "gap": 34.0}


def test_worked_example() -> None:
    """From 1.36 to 1.7 takes 8 x 0.118 rep-quarters and wins 34 x 20 % for 7 quarters: 11.9."""
    regions = Regions(frame([LEADER]), ConcentrationOptions(2.0))
    found = choose(regions)
    assert found.attacks.start.tolist() == [0]
    assert found.attacks.load[0] == pytest.approx([8 * (np.sqrt(1.25) - 1), 0, 0, 0])
    assert found.value == pytest.approx(34 * 0.2 * 7 / 4)


def test_equals_every_combination_tried() -> None:
    """On 1,000 random markets of up to 12 regions the plan is worth what the best of all plans is."""
    random, compared, possible = np.random.default_rng(15), 0, 0
    while compared < MARKETS:
        table, options, elsewhere = random_market(random)
        best = best_value(table, options, elsewhere)
        if best is None:
            continue
        compared += 1
        if np.isnan(best):
            with pytest.raises(InfeasibleError):
                choose(Regions(table, options), elsewhere=elsewhere)
            continue
        possible += 1
        value = choose(Regions(table, options), elsewhere=elsewhere).value
        assert value == pytest.approx(best, rel=1e-6, abs=1e-6)
    assert possible > MARKETS / 2


@pytest.mark.parametrize("seed", range(20))
def test_strength_and_money_suffice_and_nothing_is_done_twice(seed: int) -> None:
    """No quarter has more reps at work than there are, money suffices, no attacked region is thinned out."""
    table, options, elsewhere = random_market(np.random.default_rng(seed))
    regions = Regions(table, dataclasses.replace(options, reps=options.reps + 1))
    found = choose(regions, elsewhere=elsewhere)
    assert (found.load(regions, elsewhere) <= regions.options.reps + 1e-6).all()
    assert found.attacks.money.sum() <= (np.inf if options.budget is None else options.budget + 1e-6)
    thinned = found.thinning.region[found.part.any(axis=1)]
    chosen = [*found.attacks.region, *thinned]
    assert len(chosen) == len(set(chosen))
    assert not table["state"].iloc[thinned].isin(["secured", "leading_in_range"]).any()


@pytest.mark.parametrize("seed", range(10))
def test_more_reps_never_win_less_and_order_doesn_t_matter(seed: int) -> None:
    """One more rep is worth 0 or more, and shuffled regions give the same value."""
    table, options, elsewhere = random_market(np.random.default_rng(100 + seed))
    options = dataclasses.replace(options, reps=options.reps + 1)
    value = choose(Regions(table, options), elsewhere=elsewhere).value
    shuffled = table.sample(frac=1, random_state=seed)
    assert choose(Regions(shuffled, options), elsewhere=elsewhere).value == pytest.approx(value, rel=1e-9)
    more = dataclasses.replace(options, reps=options.reps + 1)
    assert choose(Regions(table, more), elsewhere=elsewhere).value >= value - 1e-9


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_quadrants_keeps_the_limits_and_never_wins_more(seed: int) -> None:
    """The plan of the document's order is possible with the same strength, and at most as good."""
    table, options, elsewhere = random_market(np.random.default_rng(200 + seed))
    regions = Regions(table, dataclasses.replace(options, reps=options.reps + 1))
    found = choose_by_quadrant(regions, elsewhere=elsewhere)
    assert found is not None
    assert (found.load(regions, elsewhere) <= regions.options.reps + 1e-6).all()
    assert found.value <= choose(regions, elsewhere=elsewhere).value + 1e-6


def test_the_first_quadrant_is_attacked_first() -> None:
    """Where the strength suffices for one of two equal regions, the order takes that of the first zone."""
    regions = Regions(
        frame([{**LEADER, "attack_order": 3.0}, {**LEADER, "attack_order": 1.0}]),
        ConcentrationOptions(2 + 8 * (np.sqrt(1.25) - 1), quarters=1),
    )
    found = choose_by_quadrant(regions)
    assert found is not None
    assert found.attacks.region.tolist() == [1]


def test_a_region_almost_never_visited_is_not_won_for_free() -> None:
    """With 1 visit to 50 shops, an attack is counted as if each shop were visited once a quarter."""
    rare, usual = (
        Regions(frame([{"visits": v, "reps": v / 100}]), ConcentrationOptions(9)) for v in (1.0, 50.0)
    )
    assert attacks(rare).load[0] == pytest.approx(attacks(usual).load[0])


def test_thinning_several_quarters_costs_at_most_what_is_counted() -> None:
    """The loss of four thin quarters together is at most four times that of one."""
    regions = Regions(frame([{"state": "out_of_range", "ratio": 0.4, "own": 40.0}]), ConcentrationOptions(9))
    counted = 4 * thinning(regions).loss[0]
    true = 40.0 * (1 - (1 - 4 * 0.5 / 8) ** 2) * 0.2 * 2
    assert true < counted < 1.2 * true


def test_nothing_is_thinned_out_without_need() -> None:
    """A region that sells nothing costs nothing to neglect, and keeps its visits while nobody needs them."""
    idle = {"state": "no_own_sales", "ratio": 0.0, "own": 0.0}
    found = choose(Regions(frame([idle, LEADER]), ConcentrationOptions(5)))
    assert not found.part.any()


def test_too_few_reps_are_refused_with_the_number_needed() -> None:
    """One leader that takes a rep can't be held by half of one."""
    with pytest.raises(InfeasibleError, match=r"1\.0"):
        choose(Regions(frame([LEADER]), ConcentrationOptions(0.5)))


def test_a_budget_without_recorded_expenses_is_refused() -> None:
    """Money can't be limited where nobody knows what is spent."""
    with pytest.raises(InputError):
        Regions(frame([{"spending_rate": np.nan}]), ConcentrationOptions(5, budget=1.0))


def test_no_regions_win_nothing() -> None:
    """An empty market has the value 0."""
    assert choose(Regions(frame([LEADER]).iloc[:0], ConcentrationOptions(5))).value == 0


def test_a_table_without_a_column_is_refused() -> None:
    """The column that lacks is named."""
    with pytest.raises(InputError, match="visits"):
        Regions(pd.DataFrame(frame([LEADER]).drop(columns="visits")), ConcentrationOptions(5))
