"""Budget and expenses of a region and month, and whether the two can be compared."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.i18n import _
from core.reports.cycle.expenses import budget_actual
from core.reports.market.note import Note

if TYPE_CHECKING:
    import pandas as pd

    from core.reports.cycle.meeting.request import MeetingRequest
    from core.store.database import Store


@dataclass(frozen=True)
class MonthMoney:
    """Yuan of a month, all kinds together; NaN where none is recorded.

    Parameters
    ----------
    is_comparable
        Whether every kind that has a budget has expenses, and the other way round: only then does the
        difference say something.
    """

    budget: float
    actual: float
    previous: float
    is_comparable: bool
    notes: tuple[Note, ...]


def month_money(store: Store, request: MeetingRequest) -> MonthMoney:
    """Return budget and expenses of a month, and the expenses of the same month a year earlier."""
    before = request.period.previous.start
    now = budget_actual(store, request.region, request.month, request.month, scope=request.scope)
    past = budget_actual(store, request.region, before, before, scope=request.scope)
    budget, actual = _sum(now["budget"]), _sum(now["actual"])
    lonely = now["budget"].notna() != now["actual"].notna()
    comparable = not lonely.any()
    notes = []
    if not (comparable or math.isnan(budget) or math.isnan(actual)):
        text = _(
            "Some kinds of expense have only a budget or only a booking this month: budget and expenses "
            "aren't compared."
        )
        notes.append(Note("expense_not_compared", "warning", text))
    return MonthMoney(budget, actual, _sum(past["actual"]), comparable, tuple(notes))


def _sum(values: pd.Series) -> float:
    return float(values.astype("float64").sum(min_count=1))
