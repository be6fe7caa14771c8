"""Periods are whole months, compared with the same months a year earlier."""

from __future__ import annotations

import datetime as dt

import pytest

from core.errors import InputError
from core.periods import Period, parse_month, shift

JANUARY = dt.date(2026, 1, 1)


def test_a_period_counts_both_its_ends() -> None:
    """November to February is four months, and the previous ones are the same four a year earlier."""
    period = Period(dt.date(2025, 11, 1), dt.date(2026, 2, 1))
    assert period.months == 4
    assert period.previous == Period(dt.date(2024, 11, 1), dt.date(2025, 2, 1))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (dt.date(2026, 1, 2), dt.date(2026, 2, 1)),  # not a first day
        (dt.date(2026, 1, 1), dt.date(2026, 2, 28)),  # a last day
        (dt.date(2026, 2, 1), dt.date(2026, 1, 1)),  # exchanged
    ],
)
def test_no_other_days_make_a_period(start: dt.date, end: dt.date) -> None:
    """First days in order, or an error that says so."""
    with pytest.raises(InputError):
        Period(start, end)


@pytest.mark.parametrize(
    ("months", "expected"), [(-1, "2025-12-01"), (0, "2026-01-01"), (11, "2026-12-01"), (-13, "2024-12-01")]
)
def test_months_are_counted_across_years(months: int, expected: str) -> None:
    """A month before January is December of the year before."""
    assert shift(JANUARY, months) == dt.date.fromisoformat(expected)


def test_a_month_is_read_from_text() -> None:
    """2026-01 and any day of it mean January; a word is refused with an example."""
    assert parse_month("2026-01") == parse_month("2026-01-15") == JANUARY
    for wrong in ("2026-13", "January", "2026", ""):
        with pytest.raises(InputError, match="YYYY-MM"):
            parse_month(wrong)
