"""Periods: whole months, compared with the same months a year earlier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from core.errors import InputError
from core.i18n import _


@dataclass(frozen=True)
class Period:
    """Some consecutive months.

    Parameters
    ----------
    start, end
        First days of the first and of the last month, both included.
    """

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.start.day != 1 or self.end.day != 1:
            raise InputError(
                _("The period {start} to {end} doesn't start at first days.", start=self.start, end=self.end),
                _("Name months by their first day, 2026-01-01 for January."),
            )
        if self.end < self.start:
            raise InputError(
                _("The period ends ({end}) before it starts ({start}).", start=self.start, end=self.end),
                _("Exchange the two months."),
            )

    @property
    def months(self) -> int:
        """Number of months."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    @property
    def previous(self) -> Period:
        """The same months a year earlier."""
        return Period(self.start.replace(year=self.start.year - 1), self.end.replace(year=self.end.year - 1))

    @property
    def parameters(self) -> dict[str, dt.date]:
        """First and last month of it and of the one before, by the names that queries have for them."""
        before = self.previous
        return {
            "start": self.start,
            "end": self.end,
            "previous_start": before.start,
            "previous_end": before.end,
        }


def shift(month: dt.date, months: int) -> dt.date:
    """Return the first day of the month that lies some months later (earlier if below zero)."""
    position = month.year * 12 + month.month - 1 + months
    return dt.date(position // 12, position % 12 + 1, 1)


def parse_month(text: str) -> dt.date:
    """Read ``YYYY-MM`` (or a full date) as the first day of its month.

    Raises
    ------
    InputError
        The text is no month.
    """
    try:
        return dt.date.fromisoformat(text if len(text) > 7 else f"{text}-01").replace(day=1)
    except ValueError as error:
        raise InputError(
            _("“{text}” is no month.", text=text), _("Write YYYY-MM, for example 2026-01.")
        ) from error


def parse_day(text: str) -> dt.date:
    """Read ``YYYY-MM-DD`` as a day.

    Raises
    ------
    InputError
        The text is no day.
    """
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            _("“{text}” is no day.", text=text), _("Write YYYY-MM-DD, for example 2026-01-31.")
        ) from error
