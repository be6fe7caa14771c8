"""The Spring Festival moves between 21 January and 20 February, and sales before it move along."""

from __future__ import annotations

import datetime as dt

# Lunar New Year's days as published in the Gregorian-lunar conversion tables of the Hong Kong
# Observatory; a test compares them with computed new moons.
NEW_YEAR = {
    2022: dt.date(2022, 2, 1),
    2023: dt.date(2023, 1, 22),
    2024: dt.date(2024, 2, 10),
    2025: dt.date(2025, 1, 29),
    2026: dt.date(2026, 2, 17),
    2027: dt.date(2027, 2, 6),
    2028: dt.date(2028, 1, 26),
}
STOCKING_DAYS = 28
"""Shops and families stock up during four weeks before the day."""
RESTING_DAYS = 15
"""Until the Lantern Festival they live on what they bought."""


def festival_shares(month: dt.date) -> tuple[float, float]:
    """Return how much of the stocking and of the resting weeks falls into a month.

    Parameters
    ----------
    month
        Its first day, in 2022 to 2028.

    Returns
    -------
    tuple of float
        Two shares from 0 to 1; over a year each sums to 1.
    """
    day = NEW_YEAR[month.year]
    stocking = sum(_in_month(day - dt.timedelta(n), month) for n in range(1, STOCKING_DAYS + 1))
    resting = sum(_in_month(day + dt.timedelta(n), month) for n in range(RESTING_DAYS))
    return stocking / STOCKING_DAYS, resting / RESTING_DAYS


def _in_month(day: dt.date, month: dt.date) -> bool:
    return (day.year, day.month) == (month.year, month.month)
