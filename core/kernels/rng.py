"""Random numbers of the search: one 64-bit state per solve, the same on every machine and thread."""

from __future__ import annotations

import numpy as np

from core.kernels.jit import Random, compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_TO_UNIT = 1.0 / 9007199254740992.0


def new_state(seed: int) -> Random:
    """Return the generator's state for a seed, an array of one number."""
    return np.array([(seed * 0x2545F4914F6CDD1D + 0x9E3779B97F4A7C15) % 2**64], dtype=np.uint64)


@compiled
def uniform(state: Random) -> float:
    """Draw a number in [0, 1) by SplitMix64 and advance the state."""
    state[0] += _GOLDEN
    z = state[0]
    z = (z ^ (z >> np.uint64(30))) * _MIX_1
    z = (z ^ (z >> np.uint64(27))) * _MIX_2
    z = z ^ (z >> np.uint64(31))
    return float(z >> np.uint64(11)) * _TO_UNIT


@compiled
def below(state: Random, bound: int) -> int:
    """Draw a whole number in [0, bound)."""
    return int(uniform(state) * bound)
