"""The stages of a search."""

from __future__ import annotations

import itertools
import math

import pytest

from core.visits.routing.stages import (
    COLD,
    ENOUGH_STEPS,
    HOT,
    MANY_STEPS,
    MATURING_STEPS,
    WARM,
    Stage,
    heat,
    stages,
)


@pytest.mark.parametrize("crossing", [False, True])
@pytest.mark.parametrize("steps", [1, ENOUGH_STEPS, MATURING_STEPS, 10_000, 1_000_000])
def test_stages_follow_each_other_from_begin_to_end(steps, crossing):
    """The first stage begins at 0, each begins where the last one ended, and the last ends at 1."""
    made = list(stages(steps, crossing=crossing))
    assert made[0].begin == 0.0
    assert made[-1].end == 1.0
    for one, following in itertools.pairwise(made):
        assert one.begin < one.end
        assert following.begin == pytest.approx(one.end)


def test_a_short_search_anneals_once():
    """With few steps for each visit there is one annealing, and it begins warm, not hot."""
    (only,) = stages(10, crossing=True)
    assert only.methods == ("anneal", "anneal")
    assert only.temperature(0.0) == pytest.approx(WARM)
    assert only.temperature(1.0) == pytest.approx(COLD)
    assert heat(MANY_STEPS) == pytest.approx(HOT)


def test_without_crossing_nothing_evolves():
    """A problem that the moves of the population do not understand is annealed and polished only."""
    assert {m for s in stages(50_000, crossing=False) for m in s.methods} == {"anneal", "polish"}


def test_a_stage_keeps_its_temperature_beyond_its_end():
    """A share beyond a stage has the stage's last temperature."""
    stage = Stage(("polish", "polish"), 0.2, 0.4, 0.1, 0.02)
    assert stage.temperature(0.3) == pytest.approx(math.sqrt(0.1 * 0.02))
    assert stage.temperature(0.9) == pytest.approx(0.02)


def test_the_second_search_only_breeds_where_there_is_time():
    """In a search long enough the second search begins with the population, else with annealing."""
    assert next(stages(MATURING_STEPS, crossing=True)).methods == ("anneal", "evolve")
    assert next(stages(MATURING_STEPS - 1, crossing=True)).methods == ("anneal", "anneal")
