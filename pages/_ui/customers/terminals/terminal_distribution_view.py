"""What the sections of distribution and status look at; read once per question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.i18n import _, format_month
from core.reports.terminals.distribution import (
    DistributionReport,
    DistributionRequest,
    distribution_report,
)
from pages._ui import reads

if TYPE_CHECKING:
    from pages._ui.customers.customer_view import ListView


def report(view: ListView) -> DistributionReport | None:
    """Return the distribution; None while there are no sales. Nobody may change it."""
    if view.filters is None:
        return None
    return report_of(DistributionRequest(view.figures, view.filters.level, view.scope))


def report_of(request: DistributionRequest) -> DistributionReport:
    """Return the distribution of a request; nobody may change it."""
    answer: DistributionReport = reads.large(distribution_report, request)
    return answer


def period(view: ListView) -> str:
    """Return the period in words."""
    return _("{start} to {end}", start=format_month(view.figures.start), end=format_month(view.figures.end))
