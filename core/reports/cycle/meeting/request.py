"""What a monthly review is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.periods import Period
from core.store.caching.sales_window import SalesWindow
from core.store.scope import EVERYTHING, Scope


@dataclass(frozen=True)
class MeetingRequest:
    """Whose month, where.

    Parameters
    ----------
    own_company
        ``company_id`` of the company that meets.
    month
        First day of the month; compared with the same month a year earlier.
    region
        The region with all that lies in it; None for everything in the scope.
    category
        Product category; None for all.
    market_id
        Which market's recorded figures count, see :class:`core.reports.market.request.MarketRequest`.
    today
        Decides which tasks are late; None for :func:`core.reports.cycle.today.reference_day`.
    """

    own_company: str
    month: dt.date
    region: str | None = None
    category: str | None = None
    market_id: str = "all"
    k: float = 1.7
    today: dt.date | None = None
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        # It checks that the month is one, and says what is wrong with it.
        _ = self.period

    @property
    def period(self) -> Period:
        """The month asked for."""
        return Period(self.month, self.month)

    @property
    def window(self) -> SalesWindow:
        """The month, for the sums of the shops."""
        return SalesWindow(self.own_company, self.month, self.month, self.category)
