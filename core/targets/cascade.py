"""Break a target down a tree, build it up from proposals, or blend both [S3 3-16, 3-17].

Going down, each parent's count is shared among its children by largest remainder, so the sum of the
children equals the parent at every level, to the unit. Locks and bounds on any level are first
added up the tree: what a node must take for its descendants, and what it can take at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.targets.fitting.rounding import apportion
from core.targets.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from core.targets.arrays import Floats, Integers
    from core.targets.tree import Tree

# Larger than any plan, and still exact as a binary fraction.
NO_BOUND = 2**52


@dataclass(frozen=True)
class Limits:
    """Whole bounds of all nodes of a tree; equal bounds are a lock.

    Parameters
    ----------
    lower, upper
        One array of counts per level.
    """

    lower: tuple[Integers, ...]
    upper: tuple[Integers, ...]

    @classmethod
    def none(cls, tree: Tree) -> Limits:
        """Return the limits of a tree in which every count from zero up is allowed."""
        sizes = [names.size for names in tree.names]
        return cls(
            tuple(np.zeros(size, np.int64) for size in sizes),
            tuple(np.full(size, NO_BOUND, np.int64) for size in sizes),
        )

    def with_bounds(self, level: int, nodes: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> Limits:
        """Return limits with other bounds for some nodes of one level; equal bounds lock them."""
        lowers = [array.copy() for array in self.lower]
        uppers = [array.copy() for array in self.upper]
        where = np.asarray(nodes, dtype=np.int64)
        lowers[level][where] = np.asarray(lower, dtype=np.int64)
        uppers[level][where] = np.asarray(upper, dtype=np.int64)
        if (lowers[level] < 0).any() or (lowers[level] > uppers[level]).any():
            raise InputError(_("A bound is below zero, or a lower bound is above its upper bound."))
        return Limits(tuple(lowers), tuple(uppers))


def top_down(
    total: int,
    tree: Tree,
    weights: Sequence[Floats],
    *,
    limits: Limits | None = None,
    unit: Unit | None = None,
) -> tuple[Integers, ...]:
    """Share a total down a tree.

    Parameters
    ----------
    total
        Whole units to share.
    weights
        Weights of each level's nodes among their siblings, zero or more.
    limits
        Locks and bounds; none by default.
    unit
        Unit of the counts, for messages.

    Returns
    -------
    tuple of ndarray
        int64 counts of each level's nodes. Children sum to their parent everywhere, bounds hold.

    Raises
    ------
    InfeasibleError
        A lock or a bound contradicts those below or above it; the message names the node and the gap.
    """
    words = unit or Unit()
    if len(weights) != len(tree.levels):
        raise InputError(_("Every level of the breakdown needs its weights."))
    lower, upper = _reachable(tree, weights, limits or Limits.none(tree), words)
    least, most = int(lower[0].sum()), int(upper[0].sum())
    if not least <= total <= most:
        raise InfeasibleError(
            _("Locks and lower bounds sum to {least}, {gap} more than the total of {total}.",
              least=words.text(least), gap=words.text(least - total), total=words.text(total))
            if total < least
            else _("Locks and upper bounds leave {gap} of the total of {total} without a place.",
                   gap=words.text(total - most), total=words.text(total)),
            _("Release a lock, change a bound, or change the total."),
        )  # fmt: skip
    above = np.array([total], dtype=np.int64)
    counts = []
    for level in range(len(tree.levels)):
        above = apportion(
            above, weights[level], groups=tree.parents[level], lower=lower[level], upper=upper[level]
        )
        counts.append(above)
    return tuple(counts)


def _reachable(
    tree: Tree, weights: Sequence[Floats], limits: Limits, unit: Unit
) -> tuple[list[Integers], list[Integers]]:
    """Return the least and the largest count every node can take given all that lies below it."""
    lower: list[Integers] = []
    upper: list[Integers] = []
    for level in range(len(tree.levels) - 1, -1, -1):
        low, high = limits.lower[level], limits.upper[level]
        if lower:
            starts = tree.starts(level + 1)
            needed = np.add.reduceat(lower[-1], starts)
            # In binary fractions, because the sum of many open bounds exceeds int64.
            possible = np.add.reduceat(upper[-1].astype(np.float64), starts)
            possible = np.minimum(possible, NO_BOUND).astype(np.int64)
            _refuse_guessing(tree, level, weights, limits)
            _refuse_contradiction(tree, level, (low, high), (needed, possible), unit)
            low, high = np.maximum(low, needed), np.minimum(high, possible)
        lower.append(low)
        upper.append(np.where(weights[level] > 0, high, low))
    return lower[::-1], upper[::-1]


def _refuse_guessing(tree: Tree, level: int, weights: Sequence[Floats], limits: Limits) -> None:
    """Refuse a node that is to get a share of the total which nothing tells how to share on."""
    below = level + 1
    open_children = limits.upper[below] > limits.lower[below]
    starts = tree.starts(below)
    weight = np.add.reduceat(np.where(open_children, weights[below], 0.0), starts)
    count = np.add.reduceat(open_children.astype(np.int64), starts)
    stuck = (weights[level] > 0) & (count > 0) & (weight == 0) & (limits.upper[level] > 0)
    if stuck.any():
        raise InfeasibleError(
            _("Nothing tells how to share {node} among its parts: all their weights are zero or unknown.",
              node=tree.path(level, int(np.argmax(stuck)))),
            _("Add the even weight on the level {level}.", level=tree.levels[below]),
        )  # fmt: skip


def _refuse_contradiction(
    tree: Tree,
    level: int,
    own: tuple[Integers, Integers],
    below: tuple[Integers, Integers],
    unit: Unit,
) -> None:
    gaps = below[0] - own[1]
    worst = int(np.argmax(gaps))
    if gaps[worst] > 0:
        raise InfeasibleError(
            _("Locks and lower bounds below {node} sum to {sum}, but it is held to {bound}: {gap} too much.",
              node=tree.path(level, worst), sum=unit.text(below[0][worst]), bound=unit.text(own[1][worst]),
              gap=unit.text(gaps[worst])),
            _("Release one of these locks, or the one of the parent."),
        )  # fmt: skip
    gaps = own[0] - below[1]
    worst = int(np.argmax(gaps))
    if gaps[worst] > 0:
        raise InfeasibleError(
            _("{node} is held to {bound}, but its open parts can take {sum} only: {gap} has no place.",
              node=tree.path(level, worst), sum=unit.text(below[1][worst]), bound=unit.text(own[0][worst]),
              gap=unit.text(gaps[worst])),
            _("Release a lock below it, give its parts a weight, or lower it."),
        )  # fmt: skip


def blend(
    total: int,
    tree: Tree,
    plans: tuple[Integers, Integers],
    *,
    share: float = 0.5,
    limits: Limits | None = None,
    unit: Unit | None = None,
) -> tuple[Integers, ...]:
    """Blend a plan from above with one from below and share the total by the blend.

    Parameters
    ----------
    total
        Whole units the blended plan sums to.
    plans
        Leaf counts of the plan from above and of the proposals from below.
    share
        Part of the plan from above, 0 to 1.
    limits
        Locks and bounds; none by default.
    unit
        Unit of the counts, for messages.

    Returns
    -------
    tuple of ndarray
        int64 counts of each level's nodes.

    Raises
    ------
    InputError
        The share is outside 0 to 1.
    """
    if not 0 <= share <= 1:
        raise InputError(_("The share lies between 0 and 1; it is {share}.", share=share))
    above, below = (tree.roll_up(plan) for plan in plans)
    weights = [share * a + (1 - share) * b for a, b in zip(above, below, strict=True)]
    return top_down(total, tree, weights, limits=limits, unit=unit)


def gaps(tree: Tree, level: int, above: Integers, below: Integers) -> pd.DataFrame:
    """Compare a plan from above with the proposals from below on one level.

    Parameters
    ----------
    level
        Level to compare on.
    above, below
        Leaf counts of the plan from above and of the proposals from below.

    Returns
    -------
    DataFrame
        One row per node: ``node`` (its path), ``top_down``, ``bottom_up``, ``gap`` (from above minus
        from below) in units, and ``gap_share`` of the plan from above, NaN where that is zero.
    """
    top, bottom = tree.roll_up(above)[level], tree.roll_up(below)[level]
    gap = top - bottom
    shares = np.divide(gap, top, out=np.full(gap.size, np.nan), where=top != 0)
    return pd.DataFrame(
        {
            "node": [tree.path(level, node) for node in range(gap.size)],
            "top_down": top,
            "bottom_up": bottom,
            "gap": gap,
            "gap_share": shares,
        }
    )
