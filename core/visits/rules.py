"""What holds for single customers and for the working day of a rep."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _
from core.visits.hours import Hours, checked

if TYPE_CHECKING:
    from core.visits.market_days import MarketDays


@dataclass(frozen=True)
class VisitRule:
    """What differs from the norm for one customer, and why.

    Parameters
    ----------
    terminal_id
        The customer.
    visits
        Visits per four weeks instead of the norm's; needs a reason.
    reason
        Why it differs.
    minutes
        Length of a visit instead of the norm's.
    preferred, forbidden
        Weekdays, 0 for Monday. A preference gives way where nothing fits; a ban never does.
    hours
        Opening hours: windows of a day in minutes after midnight; none for any time.
    min_gap, max_gap
        Fewest and most calendar days from one visit to the next.
    fixed
        Agreed appointments: days on which a visit must be made.
    times
        When the visit of an appointment begins, in minutes after midnight, where that was agreed too.
    first_by
        The first visit is no later than this day.
    not_before
        The first visit is no earlier than this day.
    market
        Market days, on which alone visits are made or which they avoid.
    employee_id
        The rep who must visit.
    companion
        Another rep who comes along on every visit.
    """

    terminal_id: str
    visits: float | None = None
    reason: str = ""
    minutes: float | None = None
    preferred: frozenset[int] = frozenset()
    forbidden: frozenset[int] = frozenset()
    hours: Hours = ()
    min_gap: int | None = None
    max_gap: int | None = None
    fixed: tuple[dt.date, ...] = ()
    times: tuple[tuple[dt.date, float], ...] = ()
    first_by: dt.date | None = None
    not_before: dt.date | None = None
    market: MarketDays | None = None
    employee_id: str | None = None
    companion: str | None = None

    def __post_init__(self) -> None:
        name = self.terminal_id
        if self.visits is not None and not self.reason.strip():
            raise InputError(
                _("The frequency of {name} differs from the norm without a reason.", name=name),
                _("Write why, so that others can judge it."),
            )
        if self.visits is not None and not 0 <= self.visits <= 28:
            raise InputError(
                _("Expected 0 to {most} visits in four weeks, found {value}.", most=28, value=self.visits)
            )
        if not (self.preferred | self.forbidden) <= set(range(7)):
            raise InputError(_("Weekdays of {name} must be 0 (Monday) to 6 (Sunday).", name=name))
        if self.min_gap is not None and self.max_gap is not None and self.min_gap > self.max_gap:
            raise InputError(
                _(
                    "The least gap of {name}, {least} days, is above its greatest, {most} days.",
                    name=name,
                    least=self.min_gap,
                    most=self.max_gap,
                )
            )
        if any(gap is not None and gap < 1 for gap in (self.min_gap, self.max_gap)):
            raise InputError(_("Gaps of {name} must be at least 1 day.", name=name))
        if self.minutes is not None and not 1 <= self.minutes <= 480:
            raise InputError(
                _(
                    "Expected 1 to {most} minutes for a visit of {name}, found {value}.",
                    most=480,
                    name=name,
                    value=self.minutes,
                )
            )
        try:
            checked(self.hours)
        except InputError as error:
            raise InputError(f"{name}: {error.message}") from error
        if any(day not in self.fixed for day, _at in self.times):
            raise InputError(_("An hour was agreed with {name}, but no appointment on that day.", name=name))
        if self.first_by is not None and self.not_before is not None and self.first_by < self.not_before:
            raise InputError(
                _(
                    "The first visit of {name} is due by {by} and not before {day}.",
                    name=name,
                    by=self.first_by,
                    day=self.not_before,
                )
            )
        if self.companion is not None and self.companion == self.employee_id:
            raise InputError(_("{name} is to be visited by one rep twice.", name=name))

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs from the norm."""
        return self == VisitRule(self.terminal_id, reason=self.reason)

    def allows(self, day: dt.date) -> bool:
        """Tell whether a visit may be made on a day, as far as weekday, market and first day go."""
        return (
            day.weekday() not in self.forbidden
            and (self.not_before is None or day >= self.not_before)
            and (self.market is None or self.market.allows(day))
        )


@dataclass(frozen=True)
class WorkDay:
    """The working day of a rep, in minutes (after midnight for times).

    Parameters
    ----------
    starts
        Leaves home or the office.
    minutes
        Working minutes, the break not counted.
    rest_minutes
        Length of the break, 0 for none.
    rest_earliest, rest_latest
        When the break begins.
    weekdays
        On which weekdays there is work, 0 for Monday.
    """

    starts: float = 510.0
    minutes: float = 480.0
    rest_minutes: float = 60.0
    rest_earliest: float = 690.0
    rest_latest: float = 780.0
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)

    def __post_init__(self) -> None:
        if not 0 <= self.starts < 1440 or not 0 < self.minutes <= 1440 or self.rest_minutes < 0:
            raise InputError(
                _("A working day needs a start within the day and more than 0 minutes of work."),
                _("Found: start {start}, {minutes} minutes.", start=self.starts, minutes=self.minutes),
            )
        if not self.weekdays or not set(self.weekdays) <= set(range(7)):
            raise InputError(_("Choose at least one working weekday, 0 (Monday) to 6 (Sunday)."))

    @property
    def ends(self) -> float:
        """When the day ends, the break included."""
        return self.starts + self.minutes + self.rest_minutes


def working_days(
    start: dt.date,
    weeks: int,
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4),
    off: frozenset[dt.date] = frozenset(),
) -> tuple[dt.date, ...]:
    """Return the working days of a period.

    Parameters
    ----------
    start
        Its first day; the period lasts whole weeks from there.
    weeks
        1 to 12.
    weekdays
        On which weekdays there is work.
    off
        Holidays and leave.

    Raises
    ------
    InputError
        The number of weeks is another one, no day is left, or there are more than 60.
    """
    if not 1 <= weeks <= 12:
        raise InputError(_("Expected 1 to 12 weeks, found {value}.", value=weeks))
    days = tuple(
        day
        for n in range(7 * weeks)
        if (day := start + dt.timedelta(n)).weekday() in weekdays and day not in off
    )
    if not days:
        raise InputError(_("The period has no working day."), _("Take fewer days off, or more weeks."))
    if len(days) > 60:
        raise InputError(
            _("{days} working days are more than one plan can hold, 60.", days=len(days)),
            _("Plan fewer weeks, or fewer weekdays."),
        )
    return days
