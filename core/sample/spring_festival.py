"""The Spring Festival moves between 21 January and 20 February, and sales before it move along."""

from __future__ import annotations

import datetime as dt

from core.targets.season.lunar import lunar_new_year

STOCKING_DAYS = 28
"""Shops and families stock up during four weeks before the day."""
RESTING_DAYS = 15
"""Until the Lantern Festival they live on what they bought."""


def festival_shares(month: dt.date) -> tuple[float, float]:
    """Return how much of the stocking and of the resting weeks falls into a month.

    Parameters
    ----------
    month
        Its first day, in 1950 to 2099.

    Returns
    -------
    tuple of float
        Two shares from 0 to 1; over a year each sums to 1.
    """
    day = lunar_new_year(month.year)
    stocking = sum(_in_month(day - dt.timedelta(n), month) for n in range(1, STOCKING_DAYS + 1))
    resting = sum(_in_month(day + dt.timedelta(n), month) for n in range(RESTING_DAYS))
    return stocking / STOCKING_DAYS, resting / RESTING_DAYS


def _in_month(day: dt.date, month: dt.date) -> bool:
    return (day.year, day.month) == (month.year, month.month)
