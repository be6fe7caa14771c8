"""The reports that a month's slides are made from: the same that the pages ask for, each asked once."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from core.exchange.slides.content import Caption
from core.i18n import _, format_month
from core.periods import shift
from core.reports.customers.table import CustomerRequest
from core.reports.cycle.meeting import MonthReview, month_review
from core.reports.market.choices import choices
from core.reports.market.completeness import completeness
from core.reports.market.display.rows import MarketRows, market_rows
from core.reports.overview.overview import Overview, last_cycle, overview
from core.reports.strategy.principles import PrincipleReport, principle_report
from core.reports.strategy.value import market_values
from core.reports.terminals.distribution import DistributionReport, DistributionRequest, distribution_report
from core.reports.visits.response import GradeResponse, grade_responses
from core.store.market import overview as read
from core.store.preferences import DEMONSTRATION, preferences

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.monthly.request import ReportRequest
    from core.reports.monthly.subject import Subject
    from core.store.database import Store


class Basis:
    """What the parts of one or of many reports of a month are made from.

    Reports of many regions share it: what is known of all regions of a level is asked once.

    Parameters
    ----------
    store
        The open store.
    request
        The month.
    """

    def __init__(self, store: Store, request: ReportRequest) -> None:
        self.store, self.request = store, request
        self._rows: dict[str, MarketRows] = {}
        self._distribution: dict[str, DistributionReport] = {}
        self._visited: dict[str, pd.DataFrame | None] = {}
        self._principles: dict[str, PrincipleReport] = {}
        self._values: dict[str, pd.DataFrame] = {}
        self._review: tuple[str | None, MonthReview] | None = None

    def rows(self, level: str = "") -> MarketRows:
        """Return the market rows of a level; of the level that is compared where none is named."""
        level = level or self.request.level
        if level not in self._rows:
            self._rows[level] = market_rows(self.store, self.request.market(level=level))
        return self._rows[level]

    def row(self, subject: Subject) -> dict[str, object]:
        """Return the market row of a subject."""
        return self.rows(subject.level).row(subject.region_id)

    def distribution(self, level: str = "") -> DistributionReport:
        """Return the distribution by region of a level."""
        level = level or self.request.level
        if level not in self._distribution:
            asked = DistributionRequest(self.customers.figures, level, self.request.scope)
            self._distribution[level] = distribution_report(self.store, asked)
        return self._distribution[level]

    def principles(self, level: str = "") -> PrincipleReport:
        """Return the five principles of the regions of a level."""
        level = level or self.request.level
        if level not in self._principles:
            self._principles[level] = principle_report(self.store, self.request.market(level=level))
        return self._principles[level]

    def values(self, level: str = "") -> pd.DataFrame:
        """Return what the markets of a level are worth, by region."""
        level = level or self.request.level
        if level not in self._values:
            table = market_values(self.store, self.request.market(level=level))
            self._values[level] = table.set_index("region_id")
        return self._values[level]

    def review(self, subject: Subject) -> MonthReview:
        """Return the review of the month; the last one asked for is kept."""
        if self._review is None or self._review[0] != subject.region_id:
            asked = self.request.meeting(subject.region_id)
            self._review = subject.region_id, month_review(self.store, asked)
        return self._review[1]

    def visited(self, subject: Subject) -> pd.Series | None:
        """Return customers and unvisited of a region in the last cycle; None where no visit is recorded."""
        level = subject.level
        if level not in self._visited:
            asked = self.request.market(level=level)
            cycle = last_cycle(self.store, asked)
            ids = self.rows(level).regions["region_id"].to_list()
            self._visited[level] = (
                None
                if cycle is None
                else read.customers(
                    self.store, ids, cycle[0], cycle[1] + dt.timedelta(days=1), scope=asked.scope
                ).set_index("region_id")
            )
        table = self._visited[level]
        return (
            table.loc[subject.region_id] if table is not None and subject.region_id in table.index else None
        )

    @cached_property
    def overview(self) -> Overview:
        """The overview of the level that is compared."""
        return overview(self.store, self.request.market())

    @cached_property
    def responses(self) -> tuple[GradeResponse, ...]:
        """What more visits sell in the shops of each grade."""
        asked = self.request
        return grade_responses(self.store, asked.own_company, shift(asked.month, 1), scope=asked.scope)

    @cached_property
    def customers(self) -> CustomerRequest:
        """The question of the pages on dealers."""
        asked = self.request
        return CustomerRequest(
            asked.own_company, asked.start, asked.month, category=asked.category, scope=asked.scope
        )

    def completeness(self, level: str = "") -> pd.DataFrame:
        """Return how complete the data of each region of a level are."""
        return completeness(self.store, self.rows(level).report)

    @cached_property
    def company(self) -> str:
        """Name of the own company."""
        offered = choices(self.store, self.request.scope)
        names = offered.companies if offered is not None else {}
        return names.get(self.request.own_company, self.request.own_company)

    @cached_property
    def source(self) -> str:
        """Where the figures come from."""
        if preferences(self.store).get(DEMONSTRATION) == "yes":
            return _("Demonstration data, invented · own company: {company}", company=self.company)
        return _("Source: own store · own company: {company}", company=self.company)

    def caption(self, title: str, page: str, *, month_only: bool = False) -> Caption:
        """Return what a slide says about itself.

        Parameters
        ----------
        page
            Title of the page with the same figures.
        month_only
            Whether its figures are the month's alone.
        """
        asked = self.request
        last = format_month(asked.month)
        months = (
            last
            if month_only or asked.start == asked.month
            else _("{start} to {end}", start=format_month(asked.start), end=last)
        )
        parts = (title, months, asked.category or _("All categories"))
        where = _("Page: {page}", page=page)
        return Caption(" · ".join(parts), f"{self.source} · {where}")
