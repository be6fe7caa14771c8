"""How far a search is, by the clock or in steps, and how long its next call into compiled code is."""

from __future__ import annotations

import time
from dataclasses import dataclass

CHAINS = 2
"""Searches side by side, each in a thread of its own."""
# Length of one call into compiled code; so often progress is told and a cancel is heard.
_CALL_SECONDS = 0.05
_CALL_STEPS = 50_000


@dataclass
class Clock:
    """Tells how many steps each chain makes next, from what share of the search to what share."""

    seconds: float | None
    iterations: int | None
    began: float
    steps: int = 0
    _size: int = 2000

    def seconds_run(self) -> float:
        """Return the seconds since the search began."""
        return time.perf_counter() - self.began

    def share(self) -> float:
        """Return the share of the search that is over."""
        if self.iterations is not None:
            return self.steps / self.iterations if self.iterations > 0 else 1.0
        assert self.seconds is not None
        return (time.perf_counter() - self.began) / self.seconds if self.seconds > 0 else 1.0

    def next_call(self, now: float) -> tuple[int, float]:
        """Return the steps of the next call per chain, and the share of the search after it."""
        if self.iterations is not None:
            count = max(1, min(_CALL_STEPS, -(-(self.iterations - self.steps) // CHAINS)))
            return count, (self.steps + CHAINS * count) / self.iterations
        assert self.seconds is not None
        spent = time.perf_counter() - self.began
        if self.steps:
            speed = self.steps / CHAINS / max(spent, 1e-9)
            self._size = max(100, min(4 * self._size, int(speed * _CALL_SECONDS)))
        return self._size, min(1.0, now + _CALL_SECONDS / self.seconds)
