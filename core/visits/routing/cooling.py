"""The temperature over a search: several short annealings, then a long one from the best of them.

Which regions belong to which days is settled while it is hot, and a single annealing may settle it
badly; the best of a few short ones seldom does. A search too short for that anneals once.
"""

from __future__ import annotations

from dataclasses import dataclass

# In mean cost of a visit. A search of fewer steps than MANY_STEPS for each visit begins cooler, since
# it would not get over the disorder that heat makes.
HOT = 1.0
WARM = 0.3
COLD = 0.03
# Share of the search that each of the short annealings takes.
SHORT = 0.1
MANY_STEPS = 900
# Steps per visit in the whole search from which short annealings pay.
ENOUGH_STEPS = 2000


@dataclass(frozen=True)
class Cooling:
    """A search of ``starts`` short annealings and a long one, the first of them from ``hot``."""

    starts: int
    hot: float

    @classmethod
    def for_steps(cls, steps_per_visit: float) -> Cooling:
        """Return the cooling for a search of so many steps for each visit of the plan."""
        hot = min(HOT, max(WARM, HOT * (steps_per_visit / MANY_STEPS) ** 0.4))
        return cls(4 if steps_per_visit >= ENOUGH_STEPS else 0, hot)

    def phase(self, share: float) -> int:
        """Return the number of the annealing that runs at a share of the search; the last is the long one."""
        return min(int(share / SHORT), self.starts)

    def temperature(self, share: float, phase: int) -> float:
        """Return the temperature at a share of the search, in mean cost of a visit."""
        first = phase * SHORT
        last = 1.0 if phase == self.starts else first + SHORT
        hot = WARM if 0 < phase == self.starts else self.hot
        done = min(max((share - first) / (last - first), 0.0), 1.0)
        return float(hot * (COLD / hot) ** done)
