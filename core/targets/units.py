"""The unit a plan is rounded to: 元, 百元, 万元 or 箱. All sums are made on whole counts of it.

Whole numbers add up exactly, so a total that ties once ties at every level and after every edit.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import N_, _, format_number

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from core.targets.arrays import Floats, Integers

# An amount this close to a whole count, in units, is that count: it is what binary fractions leave over.
WHOLE = 1e-4
# Above this count a binary fraction can no longer tell neighbouring counts apart safely.
LARGEST_COUNT = 2**50


@dataclass(frozen=True)
class Unit:
    """What one count of the plan is worth.

    Parameters
    ----------
    size
        Worth of one count in the measure of the amounts (yuan, 万元, cases), above zero.
    name
        What the amounts are called in messages, such as yuan (元) or cases (箱); translated where shown.
    """

    size: Decimal = Decimal(1)
    name: str = N_("yuan")

    def __post_init__(self) -> None:
        if not (self.size.is_finite() and self.size > 0):
            raise InputError(_("The unit must be above zero; {size} was given.", size=self.size))

    def counts(self, amounts: ArrayLike) -> Integers:
        """Turn amounts into whole counts of the unit.

        Parameters
        ----------
        amounts
            Amounts in the measure of the unit, any shape.

        Returns
        -------
        ndarray
            int64, the same shape.

        Raises
        ------
        InputError
            An amount is missing, too large, or no whole multiple of the unit.
        """
        values = np.asarray(amounts, dtype=np.float64)
        exact = self.fractions(values)
        if not np.isfinite(exact).all():
            raise InputError(_("An amount is missing; a missing amount is not zero."))
        if (np.abs(exact) > LARGEST_COUNT).any():
            raise InputError(_("An amount is too large for the unit {size}.", size=self.size))
        counts = np.rint(exact)
        wrong = np.abs(exact - counts) > WHOLE
        if wrong.any():
            first = np.unravel_index(int(np.argmax(wrong)), wrong.shape)
            raise InputError(
                _("{value} is not a whole multiple of {size} {name}.", value=values[first], size=self.size,
                  name=self.name),
                _("The nearest one is {nearest}.", nearest=Decimal(int(counts[first])) * self.size),
            )  # fmt: skip
        return counts.astype(np.int64)

    def fractions(self, amounts: ArrayLike) -> Floats:
        """Return amounts in units, not rounded; weights and seeds need no whole counts."""
        numerator, denominator = self.size.as_integer_ratio()
        values = np.asarray(amounts, dtype=np.float64)
        return np.asarray(values * denominator / numerator, dtype=np.float64)

    def amounts(self, counts: ArrayLike) -> Floats:
        """Turn counts of the unit back into amounts."""
        numerator, denominator = self.size.as_integer_ratio()
        return np.asarray(np.asarray(counts, dtype=np.float64) * numerator / denominator, dtype=np.float64)

    def text(self, count: float) -> str:
        """Write a count as an amount with its name, ``120,000 元``."""
        digits = max(0, -int(self.size.normalize().as_tuple().exponent))
        amount = Decimal(round(count)) * self.size
        return f"{format_number(amount, digits)} {_(self.name)}"
