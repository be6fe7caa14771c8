"""How far a search is, by the clock or in steps, and how long its next call into compiled code is."""

from __future__ import annotations

import time
from dataclasses import dataclass

CHAINS = 2
"""Searches side by side, each in a thread of its own."""
# Length of one call into compiled code; so often progress is told and a cancel is heard. After each all
# sums are computed anew, which takes longer the more units there are.
_CALL_SECONDS, _CALL_SECONDS_PER_UNIT = 0.05, 5e-7
_CALL_STEPS = 50_000
# So much longer a search may take that has not found a design which keeps all rules.
_MORE_SHARE, _MORE_SECONDS = 0.05, 0.5


@dataclass
class Clock:
    """Tells how many steps each chain makes next, from what share of the search to what share."""

    seconds: float | None
    iterations: int | None
    began: float
    steps: int = 0
    _size: int = 2000
    _spent: float = 0.0

    def seconds_run(self) -> float:
        """Return the seconds since the search began."""
        return time.perf_counter() - self.began

    def share(self) -> float:
        """Return the share of the search that is over."""
        if self.iterations is not None:
            return self.steps / self.iterations if self.iterations > 0 else 1.0
        assert self.seconds is not None
        return (time.perf_counter() - self.began) / self.seconds if self.seconds > 0 else 1.0

    def next_call(self, now: float, units: int) -> tuple[int, float]:
        """Return the steps of the next call per chain for so many units, and the share after it."""
        if self.iterations is not None:
            count = max(1, min(_CALL_STEPS, -(-(self.iterations - self.steps) // CHAINS)))
            return count, (self.steps + CHAINS * count) / self.iterations
        assert self.seconds is not None
        length = _CALL_SECONDS + _CALL_SECONDS_PER_UNIT * units
        if self._spent > 0:
            self._size = max(100, min(4 * self._size, int(self._size / self._spent * length)))
        return self._size, min(1.0, now + length / self.seconds)

    def count(self, steps: int, seconds: float) -> None:
        """Count the steps of a call, all chains together, and how long it took."""
        self.steps += steps
        self._spent = seconds

    def may_mend(self) -> bool:
        """Say whether a search that has found nothing may go on a little after its end."""
        if self.seconds is None:
            return True
        return self.seconds_run() < self.seconds * (1 + _MORE_SHARE) + _MORE_SECONDS
