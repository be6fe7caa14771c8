"""Bring a plan into bands on its parts, rule by rule, as far as the rules can be kept together.

Parts are counts that stand for one region and one rep each; a band holds the sum of some parts between two
counts. Sums over regions and sums over reps form a network, so whole bounds have whole solutions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, hstack, vstack

from core.errors import InfeasibleError
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.targets.arrays import Floats, Integers

# A count outside a band that can't be kept weighs this much against one moved.
_OUTSIDE = 1e3
_HALF = 0.5


@dataclass(frozen=True)
class Band:
    """Bounds on the sums of groups of parts.

    Parameters
    ----------
    groups
        Group of each part, 0, 1, ...; -1 for parts without a bound.
    lower, upper
        Whole counts by group; 0 and infinity where there is no bound.
    """

    groups: Integers
    lower: Floats
    upper: Floats

    @property
    def matrix(self) -> csr_array:
        """Which parts each group sums, shape (groups, parts)."""
        inside = np.flatnonzero(self.groups >= 0)
        shape = (len(self.lower), len(self.groups))
        return coo_array((np.ones(inside.size), (self.groups[inside], inside)), shape=shape).tocsr()

    def outside(self, counts: Floats) -> float:
        """Return how many counts lie outside the bounds."""
        sums = self.matrix @ counts
        return float(np.maximum(sums - self.upper, 0).sum() + np.maximum(self.lower - sums, 0).sum())


@dataclass(frozen=True)
class Settled:
    """Counts brought into bands.

    Parameters
    ----------
    counts
        Whole counts of the parts; their sum is what it was.
    outside
        By rule that can't be kept together with those before it: the least counts outside its bands.
    """

    counts: Integers
    outside: dict[str, float]


def bring_into_bands(
    counts: Integers, rules: Mapping[str, Sequence[Band]], *, least: Integers, most: Floats
) -> Settled:
    """Move as few counts as possible between parts, evenly, so that the rules are kept.

    Parameters
    ----------
    counts
        Counts of the parts as proposed.
    rules
        Bands by rule, the most important first: a later rule never costs an earlier one.
    least, most
        What each part keeps in any case, and what it takes at most; infinity where nothing holds it.
    """
    before = counts.astype(np.float64)
    room = (np.maximum(before - least, 0.0), np.maximum(most - before, 0.0))
    kept: list[Band] = []
    lost: list[Band] = []
    outside: dict[str, float] = {}
    for rule, bands in rules.items():
        missed = _Program(before, room, kept, bands).least_outside()
        if missed < _HALF:
            kept += bands
        else:
            lost += bands
            outside[rule] = missed
    return Settled(_Program(before, room, kept, lost).moved(), outside)


class _Program:
    """A linear program over gain and loss of each part, counts outside soft bands, the largest gain."""

    def __init__(
        self, before: Floats, room: tuple[Floats, Floats], hard: Sequence[Band], soft: Sequence[Band]
    ) -> None:
        self.before, self.parts = before, before.size
        self.loss, self.gain = room
        self.slack = sum(len(band.lower) for band in soft)
        rows, limits, place = [self._gains()], [np.zeros(self.parts)], 0
        for band, width in [*((b, 0) for b in hard), *((b, len(b.lower)) for b in soft)]:
            matrix, groups = band.matrix, len(band.lower)
            columns = np.arange(width)
            over = coo_array((-np.ones(width), (columns, place + columns)), shape=(groups, self.slack + 1))
            sums = matrix @ before
            place += width
            for sign, limit in ((1.0, band.upper - sums), (-1.0, sums - band.lower)):
                known = np.isfinite(limit)
                rows.append(hstack([sign * matrix, -sign * matrix, over], format="csr")[known])
                limits.append(limit[known])
        self.rows, self.limits = vstack(rows, format="csr"), np.concatenate(limits)

    def least_outside(self) -> float:
        """Return the least counts outside the soft bands while the hard ones are kept."""
        solution = self._solve((0.0, 1.0, 0.0), self.gain)
        return float(solution[2 * self.parts : -1].sum())

    def moved(self) -> Integers:
        """Return the counts after the least movement whose largest gain of a part is the smallest."""
        whole = max(float(self.before.sum()), 1.0)
        largest = self._solve((0.0, _OUTSIDE, whole), self.gain)[-1]
        most = np.minimum(np.ceil(largest * np.maximum(self.before, 1.0)) + 1, self.gain)
        solution = self._solve((1.0, _OUTSIDE, 0.0), most)
        gain, loss = solution[: self.parts], solution[self.parts : 2 * self.parts]
        return np.rint(self.before + gain - loss).astype(np.int64)

    def _gains(self) -> csr_array:
        """Return the rows that hold every gain to the largest."""
        places = np.arange(self.parts)
        one = coo_array((np.ones(self.parts), (places, places)))
        none = coo_array((self.parts, self.parts + self.slack))
        return hstack([one, none, -csr_array(np.maximum(self.before, 1.0)[:, None])], format="csr")

    def _solve(self, costs: tuple[float, float, float], most_gain: Floats) -> Floats:
        """Return the solution for the costs of a count moved, of one outside, and of the largest gain."""
        sizes = (2 * self.parts, self.slack, 1)
        limits = [(0, most) for most in (*most_gain, *self.loss)] + [(0, np.inf)] * (self.slack + 1)
        balance = np.repeat([1.0, -1.0, 0.0], [self.parts, self.parts, self.slack + 1])[None, :]
        solution = linprog(
            np.repeat(costs, sizes), A_ub=self.rows, b_ub=self.limits, A_eq=balance, b_eq=[0.0],
            bounds=limits, method="highs-ds",
        )  # fmt: skip
        if solution.x is None:
            raise InfeasibleError(
                _("The plan couldn't be brought into its bands: {why}.", why=solution.message)
            )
        return np.asarray(solution.x)
