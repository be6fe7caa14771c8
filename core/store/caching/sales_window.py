"""The sales window that roll-ups by terminal or customer are made for."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class SalesWindow:
    """Whose sales, when, of what: the request of every roll-up by terminal or customer.

    Parameters
    ----------
    own_company
        Whose share it is.
    start, end
        First days of the first and the last month of the period, both included.
    category
        Product category; None for all.
    """

    own_company: str
    start: dt.date
    end: dt.date
    category: str | None = None

    @property
    def previous(self) -> tuple[dt.date, dt.date]:
        """The same months a year earlier."""
        return self.start.replace(year=self.start.year - 1), self.end.replace(year=self.end.year - 1)

    @property
    def as_of(self) -> dt.date:
        """The last day of the period; visits are counted up to it."""
        return self.end.replace(day=calendar.monthrange(self.end.year, self.end.month)[1])

    def parameters(self) -> dict[str, object]:
        """Return the values of a query's parameters."""
        previous_start, previous_end = self.previous
        return {
            "own": self.own_company,
            "start": self.start,
            "end": self.end,
            "previous_start": previous_start,
            "previous_end": previous_end,
            "as_of": self.as_of,
            "category": self.category,
        }
