"""What a monthly report is asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _, format_month
from core.periods import Period, shift
from core.reports.cycle.meeting import MeetingRequest
from core.reports.market.choices import required_choices
from core.reports.market.request import MarketRequest
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from core.store.database import Store

YEAR = 12
"""Months that shares, targets and distribution look back over, as the pages do from the start."""


@dataclass(frozen=True)
class ReportRequest:
    """Whose month, and how the market is looked at.

    Parameters
    ----------
    month
        First day of the month reported on.
    level
        Level of the regions that are compared, as on the pages.
    start
        First day of the first month looked back over, at most a year.
    category
        Product category; None for all.
    """

    own_company: str
    month: dt.date
    level: str
    start: dt.date
    category: str | None = None
    k: float = 1.7
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        _period = self.period

    @property
    def period(self) -> Period:
        """The months looked back over."""
        return Period(self.start, self.month)

    def market(self, *, level: str | None = None, within: str | None = None) -> MarketRequest:
        """Return the question of the market pages."""
        return MarketRequest(
            self.own_company,
            self.start,
            self.month,
            level or self.level,
            category=self.category,
            within=within,
            k=self.k,
            scope=self.scope,
        )

    def meeting(self, region_id: str | None) -> MeetingRequest:
        """Return the question of the meeting page."""
        return MeetingRequest(
            self.own_company, self.month, region_id, category=self.category, k=self.k, scope=self.scope
        )


@dataclass(frozen=True)
class ReportOptions:
    """What a user may say about a report; None for what the data offer.

    Parameters
    ----------
    start
        First month looked back over; else a year.
    k
        The No.1 multiple.
    """

    month: dt.date | None = None
    start: dt.date | None = None
    level: str | None = None
    own_company: str | None = None
    category: str | None = None
    k: float = 1.7


def report_request(store: Store, options: ReportOptions, scope: Scope = EVERYTHING) -> ReportRequest:
    """Return the request that options mean.

    Raises
    ------
    InputError
        There are no figures at all, or none of the month.
    """
    offered = required_choices(store, scope)
    month = options.month or offered.last_month
    if not offered.first_month <= month <= offered.last_month:
        raise InputError(
            _("There are no figures of {month}.", month=format_month(month)),
            _(
                "The store has {first:%Y-%m} to {last:%Y-%m}.",
                first=offered.first_month,
                last=offered.last_month,
            ),
        )
    return ReportRequest(
        options.own_company or offered.own_company,
        month,
        options.level or offered.default_level,
        options.start or max(shift(month, 1 - YEAR), offered.first_month),
        options.category,
        options.k,
        scope,
    )
