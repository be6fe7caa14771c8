"""Parts of a difference that add up to it to the fen.

Two formulas carry every decomposition here. Both are Shapley's rule (Shapley 1953): a factor's effect is the
mean of its effects over all orders in which the factors could have changed, so that no factor is served
first. :func:`shapley` is its closed form for a product of two or three factors; for two it is the midpoint
rule, each change times the mean of the other factor. They are computed in fractions and rounded once, by
:func:`to_fen`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

FEN = Decimal("0.01")


@dataclass(frozen=True)
class Effect:
    """One part of a difference.

    Parameters
    ----------
    key
        What it comes from.
    amount
        Yuan, to the fen.
    parent
        The part that it is a part of; empty for one of the whole difference.
    """

    key: str
    amount: Decimal
    parent: str = ""


@dataclass(frozen=True)
class Bridge:
    """The way from one amount to another.

    Parameters
    ----------
    start, end
        Yuan, to the fen.
    effects
        The parts; those without a parent add up to ``end - start``, those of a parent to it, exactly.
    merged
        What could not be told apart, by the part that holds it: codes of the reasons, see ``REASONS`` of the
        modules that make bridges.
    """

    start: Decimal
    end: Decimal
    effects: tuple[Effect, ...]
    merged: Mapping[str, str]

    @property
    def difference(self) -> Decimal:
        """End less start, yuan."""
        return self.end - self.start

    @property
    def leaves(self) -> tuple[Effect, ...]:
        """The finest parts: they add up to the difference."""
        parents = {effect.parent for effect in self.effects}
        return tuple(effect for effect in self.effects if effect.key not in parents)


def shapley(before: Sequence[Fraction], after: Sequence[Fraction]) -> list[Fraction]:
    """Return the effect of each factor on a product of two or three; they sum to its change exactly.

    Parameters
    ----------
    before, after
        The factors in the same order.
    """
    changes = [new - old for old, new in zip(before, after, strict=True)]
    if len(changes) == 2:
        (a, b), (c, d) = before, after
        return [changes[0] * (b + d) / 2, changes[1] * (a + c) / 2]
    effects = []
    for place, change in enumerate(changes):
        x, y = (index for index in range(3) if index != place)
        same = before[x] * before[y] + after[x] * after[y]
        crossed = before[x] * after[y] + after[x] * before[y]
        effects.append(change * (2 * same + crossed) / 6)
    return effects


def to_fen(parts: Sequence[Fraction], total: Decimal) -> list[Decimal]:
    """Round parts to the fen so that they sum to the total.

    Each is rounded down, and the fen that are left go to the parts that lost most, the first of equals first:
    no part differs from its exact value by a fen or more.

    Parameters
    ----------
    parts
        Yuan; they sum to the total, or to what it was before it was itself rounded by this function.
    total
        Yuan, to the fen.
    """
    fen = [part * 100 for part in parts]
    whole = [value.numerator // value.denominator for value in fen]
    left = int(total * 100) - sum(whole)
    order = sorted(range(len(fen)), key=lambda index: (whole[index] - fen[index], index))
    for index in order[:left]:
        whole[index] += 1
    return [Decimal(count) * FEN for count in whole]
