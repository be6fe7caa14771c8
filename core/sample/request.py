"""What is asked of the generator, and how much history a size of store carries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEFAULT_TERMINALS = 6_000
DEFAULT_SEED = 20261
MAX_TERMINALS = 20_000_000
MONTHS = 36
LAST_MONTH = dt.date(2026, 10, 1)
LARGE = 50_000
"""Above this number of terminals the facts per terminal are reduced, see :class:`SampleRequest`."""


@dataclass(frozen=True)
class SampleRequest:
    """Size and seed of a demonstration region; the same pair always gives the same data.

    Up to ``LARGE`` terminals every shop has our total of 36 months, our products and the estimated
    sales of rivals of 24 months, and all visits of the last three months. Above it every shop has the
    totals (ours and rivals') of the latest quarter and of the same quarter a year earlier, and its last
    visit: what the map measures.

    Parameters
    ----------
    terminals
        Number of shops, 1 to 20 million.
    """

    terminals: int = DEFAULT_TERMINALS
    seed: int = DEFAULT_SEED

    def __post_init__(self) -> None:
        if not 1 <= self.terminals <= MAX_TERMINALS:
            raise InputError(
                _(
                    "Expected 1 to {most} terminals, got {found}.",
                    most=MAX_TERMINALS,
                    found=self.terminals,
                )
            )
        if self.seed < 0:
            raise InputError(_("Expected a seed from 0, got {found}.", found=self.seed))

    @property
    def is_large(self) -> bool:
        """Whether the facts per terminal are reduced."""
        return self.terminals > LARGE

    @property
    def total_months(self) -> tuple[int, ...]:
        """Indexes of the months with our total per shop."""
        return _QUARTERS if self.is_large else tuple(range(MONTHS))

    @property
    def detail_months(self) -> tuple[int, ...]:
        """Indexes of the months with rivals' sales per shop (and our products in a small store)."""
        return _QUARTERS if self.is_large else tuple(range(MONTHS - 24, MONTHS))

    @property
    def market_scale(self) -> float:
        """How many times the base market: shops beyond 60,000 bring their own customers."""
        return max(1.0, self.terminals / 60_000)

    def stream(self, *names: str | int) -> np.random.Generator:
        """Return the random numbers of one part of the data.

        Parts don't share a stream, so that a change in one leaves the others as they are.
        """
        words = [word for name in names for word in str(name).encode()]
        return np.random.Generator(np.random.SFC64(np.random.SeedSequence([self.seed, *words])))


_QUARTERS = (*range(MONTHS - 15, MONTHS - 12), *range(MONTHS - 3, MONTHS))


def months() -> list[dt.date]:
    """Return the first days of the 36 months, in order."""
    last = LAST_MONTH.year * 12 + LAST_MONTH.month - 1
    return [dt.date(m // 12, m % 12 + 1, 1) for m in range(last - MONTHS + 1, last + 1)]


def month_days() -> NDArray[np.int32]:
    """Return the 36 months as days since 1970, as Arrow stores a date."""
    epoch = dt.date(1970, 1, 1)
    return np.array([(month - epoch).days for month in months()], np.int32)
