"""The day of the lunar new year."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from core.errors import InputError
from core.targets.season.lunar import FIRST_YEAR, LAST_YEAR, lunar_new_year


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


def new_moon(lunation: int) -> dt.datetime:
    """Return a new moon to about a minute, Meeus, Astronomical Algorithms, chapter 49, main terms."""
    t = lunation / 1236.85
    jde = 2451550.09766 + 29.530588861 * lunation + 0.00015437 * t * t
    e = 1 - 0.002516 * t
    sun = math.radians(2.5534 + 29.10535670 * lunation)
    moon = math.radians(201.5643 + 385.81693528 * lunation + 0.0107582 * t * t)
    node = math.radians(160.7108 + 390.67050284 * lunation)
    jde += -0.40720 * math.sin(moon) + 0.17241 * e * math.sin(sun) + 0.01608 * math.sin(2 * moon)
    jde += 0.01039 * math.sin(2 * node) + 0.00739 * e * math.sin(moon - sun)
    jde += -0.00514 * e * math.sin(moon + sun) + 0.00208 * e * e * math.sin(2 * sun)
    return dt.datetime(2000, 1, 1, 12) + dt.timedelta(days=jde - 2451545.0) - dt.timedelta(seconds=70)


def test_every_day_is_a_computed_new_moon_in_the_window() -> None:
    """From 1950 to 2099 each lies from 21 January to 20 February, on a new moon in Beijing's time zone."""
    wrong = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        near = round((year - 2000) * 12.3685)
        beijing = dt.timedelta(hours=8)
        moons = {(new_moon(near + offset) + beijing).date() for offset in range(-1, 4)}
        day = lunar_new_year(year)
        if not (dt.date(year, 1, 21) <= day <= dt.date(year, 2, 20) and day in moons):
            wrong.append(day)
    assert wrong == []


def test_years_outside_the_table_are_refused() -> None:
    """The table ends; it does not guess."""
    with pytest.raises(InputError, match="2100 was asked for"):
        lunar_new_year(2100)
