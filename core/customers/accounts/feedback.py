"""Do customers tell us what we need, in time? Feedback and monthly reports [S1 1-2]."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import N_, _
from core.periods import shift

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

DUE_DAY = 5
"""Day of the next month by which a month is reported [I]; the document says “every month, in time”."""
PARTS: dict[str, str] = {
    "sell_out": N_("Sell-out"),
    "stock": N_("Stock"),
    "movement": N_("Movement of goods"),
}


@dataclass(frozen=True)
class Feedback:
    """How well customers keep us informed about a month.

    Parameters
    ----------
    customers
        Who is expected to report.
    on_time, late
        Customers whose first report of the month came by the due day, and after it.
    parts
        Customers who told each of :data:`PARTS` by the due day.
    changes, answered
        Notices of changes told in the month, and how many of them were answered.
    answer_days
        Mean days from a notice to its answer; None where none was answered.
    """

    customers: int
    on_time: int
    late: int
    parts: dict[str, int]
    changes: int
    answered: int
    answer_days: float | None
    due: dt.date

    @property
    def missing(self) -> int:
        """Customers without a report of the month."""
        return self.customers - self.on_time - self.late

    def share(self, count: int) -> float | None:
        """Return a number of customers as a share of those expected; None where none are."""
        return count / self.customers if self.customers else None


def feedback(
    records: pd.DataFrame, expected: Collection[str], month: dt.date, due_day: int = DUE_DAY
) -> Feedback:
    """Judge the feedback about one month.

    Parameters
    ----------
    records
        customer_id, told_on, kind (``report``, ``change``, ...), month (first day), sell_out, stock,
        movement, answered_on; None where empty.
    expected
        Customers who are expected to report. Reports of others don't count; their notices do.
    month
        First day of the month reported.
    due_day
        Day of the month after it by which the report is in time, 1 to 28.

    Raises
    ------
    InputError
        The due day is outside 1 to 28.
    """
    if not 1 <= due_day <= 28:
        raise InputError(_("The due day is {day}.", day=due_day), _("Expected 1 to 28."))
    due = shift(month, 1).replace(day=due_day)
    reports = records[(records["kind"] == "report") & (records["month"] == month)]
    reports = reports[reports["customer_id"].isin(list(expected))]
    first = reports.groupby("customer_id")["told_on"].min()
    timely = reports[reports["told_on"].map(lambda day: day <= due).astype(bool)]
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    told = records["told_on"].map(lambda day: month <= day <= last).astype(bool)
    changes = records[(records["kind"] == "change") & told]
    answered = changes[changes["answered_on"].notna()]
    days = [(row.answered_on - row.told_on).days for row in answered.itertuples()]
    return Feedback(
        customers=len(set(expected)),
        on_time=int(sum(day <= due for day in first)),
        late=int(sum(day > due for day in first)),
        parts={part: timely.loc[timely[part].notna(), "customer_id"].nunique() for part in PARTS},
        changes=len(changes),
        answered=len(answered),
        answer_days=sum(days) / len(days) if days else None,
        due=due,
    )
