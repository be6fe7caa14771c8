"""What a market report is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.market.options import MarketOptions, check_choice
from core.periods import Period
from core.store.scope import EVERYTHING, Scope

ABSENT_OWN = ("zero", "unknown")


@dataclass(frozen=True)
class MarketRequest:
    """Whose market, when, where, and where the lines are drawn.

    Parameters
    ----------
    own_company
        ``company_id`` of the company that asks.
    start, end
        First days of the first and the last month, both included; compared with the same months a year
        earlier.
    level
        Code of the level of regions: one row each.
    category
        Product category; None for all.
    market_id
        Which market's recorded figures count; ``all`` with a category means the market of that category.
    within
        Only what lies in this region; None for everything in the scope.
    absent_own
        What a region without a row of ours means: ``zero`` or ``unknown`` sales; None for what the store says
        of the market, see :mod:`core.reports.market.absence`.
    """

    own_company: str
    start: dt.date
    end: dt.date
    level: str
    category: str | None = None
    market_id: str = "all"
    within: str | None = None
    k: float = 1.7
    growth_cut: str | float = "weighted_average"
    share_cut: str | float = "lower_limit"
    tolerance: float = 0.01
    years: int = 3
    rival_growth: float = 0.0
    absent_own: str | None = None
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        # Both check their own fields and say what is wrong with them.
        _ = self.period, self.options
        if self.absent_own is not None:
            check_choice("absent_own", self.absent_own, ABSENT_OWN)

    @property
    def period(self) -> Period:
        """The months asked for."""
        return Period(self.start, self.end)

    @property
    def options(self) -> MarketOptions:
        """The lines, for the formulas."""
        return MarketOptions(
            self.own_company,
            k=self.k,
            growth_cut=self.growth_cut,
            share_cut=self.share_cut,
            tolerance=self.tolerance,
            years=self.years,
            rival_growth=self.rival_growth,
        )
