"""What moved a rep's orders from one cycle to the next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from core.cycle.variance.activity import Activity, activity_bridge
from core.periods import shift
from core.reports.visits.adherence import CYCLE

if TYPE_CHECKING:
    from core.cycle.variance.parts import Bridge
    from core.reports.visits.request import VisitRequest
    from core.store.database import Store

NEW_MONTHS = 3
"""Months from the first sale on in which a customer is new [I]."""


@dataclass(frozen=True)
class ActivityChange:
    """Two cycles and the way from one to the other.

    Parameters
    ----------
    bridge
        None where one of the cycles has no order.
    """

    before: Activity
    after: Activity
    bridge: Bridge | None


def activity_change(
    store: Store, request: VisitRequest, employee_id: str, end_day: dt.date
) -> ActivityChange:
    """Compare the four weeks before a day with the four before them.

    Parameters
    ----------
    end_day
        The day after the last one looked at.
    """
    middle, first_day = end_day - CYCLE, end_day - 2 * CYCLE
    rows = store.read(
        "visits/activity",
        scope=request.scope,
        employee=employee_id,
        own=request.own_company,
        first_day=first_day,
        middle=middle,
        end_day=end_day,
        new_before=shift(middle, -NEW_MONTHS),
        new_after=shift(end_day, -NEW_MONTHS),
    ).to_pylist()
    cycles = {row.pop("cycle"): Activity(**row) for row in rows}
    nothing = Activity(0, 0, 0, Decimal(0))
    before, after = cycles.get(0, nothing), cycles.get(1, nothing)
    return ActivityChange(before, after, activity_bridge(before, after))
