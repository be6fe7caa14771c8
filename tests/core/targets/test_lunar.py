"""The day of the lunar new year."""

from __future__ import annotations

import datetime as dt

import pytest

from core.errors import InputError
from core.targets.lunar import FIRST_YEAR, LAST_YEAR, lunar_new_year


@pytest.mark.parametrize(
    "day",
    ["1950-02-17", "1979-01-28", "1985-02-20", "2000-02-05", "2020-01-25", "2021-02-12", "2022-02-01",
     "2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06", "2028-01-26",
     "2033-01-31", "2034-02-19"],
)  # fmt: skip
def test_known_days(day: str) -> None:
    """Published dates, among them 1985's (the latest possible) and 2034's after the leap eleventh month."""
    date = dt.date.fromisoformat(day)
    assert lunar_new_year(date.year) == date


def test_every_day_is_a_new_moon_in_the_window() -> None:
    """Each lies from 21 January to 20 February, 12 or 13 lunations after the last, near a mean new moon."""
    epoch = dt.datetime(2000, 1, 6, 18, 14) + dt.timedelta(hours=8)  # new moon, Beijing time
    month = 29.530588853
    last = None
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        day = lunar_new_year(year)
        assert dt.date(year, 1, 21) <= day <= dt.date(year, 2, 20)
        age = (dt.datetime.combine(day, dt.time(12)) - epoch).total_seconds() / 86400 / month
        assert abs(age - round(age)) * month < 1.1
        if last is not None:
            assert (day - last).days in {353, 354, 355, 383, 384, 385}
        last = day


def test_years_outside_the_table_are_refused() -> None:
    """The table ends; it does not guess."""
    with pytest.raises(InputError, match="2100 was asked for"):
        lunar_new_year(2100)
