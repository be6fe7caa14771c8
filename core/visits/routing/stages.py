"""The stages of a search: when it anneals, at which temperatures, and when the population evolves.

Which regions belong to which days is settled while it is hot or by crossing plans; polishing, annealing
from the best plan at a low temperature, settles the rest. A search too short for that anneals once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

# Temperatures in mean cost of a visit of the first plan. A search of fewer steps than MANY_STEPS for
# each visit begins cooler, since it would not get over the disorder that heat makes.
HOT = 1.0
WARM = 0.3
COLD = 0.03
MANY_STEPS = 900
# A polishing begins cool enough not to lose what the plan is worth; the last one is cooler still.
POLISH_HOT, LAST_HOT, POLISH_COLD = 0.2, 0.1, 0.02
# Steps per visit in the whole search from which polishing pays, and from which a population matures.
ENOUGH_STEPS, MATURING_STEPS = 300, 2400
# Steps per visit that the first annealing needs, and a cycle of polishing and crossing.
FIRST_STEPS, CYCLE_STEPS = 600, 700
# Shares of the search: bounds of the first annealing, when a population is mature, the last polishing;
# share of a cycle that crossing gets.
LEAST_FIRST, MOST_FIRST, MATURE, LAST = 0.15, 0.4, 0.45, 0.15
CROSSING = 0.35
MOST_CYCLES = 8

Method = Literal["anneal", "polish", "evolve"]


@dataclass(frozen=True)
class Stage:
    """A part of the search.

    Parameters
    ----------
    methods
        What the first search does, and what the second does. "anneal" goes on from the present plan,
        "polish" from the best one, "evolve" breeds the population.
    begin, end
        Shares of the search.
    hot, cold
        Temperature at the begin and the end, in mean cost of a visit, where it anneals.
    """

    methods: tuple[Method, Method]
    begin: float
    end: float
    hot: float = 0.0
    cold: float = 0.0

    def temperature(self, share: float) -> float:
        """Return the temperature at a share of the whole search; beyond the stage it stays."""
        done = (share - self.begin) / (self.end - self.begin)
        return float(self.hot * (self.cold / self.hot) ** min(max(done, 0.0), 1.0))


def heat(steps_per_visit: float) -> float:
    """Return the first temperature of an annealing of so many steps for each visit."""
    return min(HOT, max(WARM, float(HOT * (steps_per_visit / MANY_STEPS) ** 0.4)))


def stages(steps_per_visit: float, *, crossing: bool) -> Iterator[Stage]:
    """Yield the stages of a search of so many steps for each visit of the plan.

    Where there is time for it, the second search only breeds until its population is mature: some
    problems are solved best by this, others by annealing, and nobody can tell them apart beforehand.

    Parameters
    ----------
    steps_per_visit
        Steps of the whole search.
    crossing
        Whether a population can evolve: the moves understand the problem.
    """
    if steps_per_visit < ENOUGH_STEPS:
        yield Stage(("anneal", "anneal"), 0.0, 1.0, heat(steps_per_visit), COLD)
        return
    first = min(max(FIRST_STEPS / steps_per_visit, LEAST_FIRST), MOST_FIRST)
    matures = crossing and steps_per_visit >= MATURING_STEPS
    second: Method = "evolve" if matures else "anneal"
    yield Stage(("anneal", second), 0.0, first, heat(first * steps_per_visit), COLD)
    if matures:
        yield Stage(("polish", "evolve"), first, MATURE, POLISH_HOT, POLISH_COLD)
        first = MATURE
    rest = 1.0 - LAST - first
    cycles = min(max(round(rest * steps_per_visit / CYCLE_STEPS), 1), MOST_CYCLES)
    for cycle in range(cycles):
        begin, end = first + rest * cycle / cycles, first + rest * (cycle + 1) / cycles
        middle = end - CROSSING * (end - begin) if crossing else end
        yield Stage(("polish", "polish"), begin, middle, POLISH_HOT, POLISH_COLD)
        if crossing:
            yield Stage(("evolve", "evolve"), middle, end)
    yield Stage(("polish", "polish"), 1.0 - LAST, 1.0, LAST_HOT, POLISH_COLD)
