"""Lunar New Year's days against computed new moons."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from core.sample.lunar import NEW_YEAR, festival_shares

BEIJING = dt.timedelta(hours=8)


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


@pytest.mark.parametrize("year", sorted(NEW_YEAR))
def test_new_years_day_is_the_first_new_moon_from_21_january(year: int) -> None:
    """The first new moon there, in Beijing's time zone: 2023 has a second one on 20 February."""
    near = round((year - 2000) * 12.3685)
    moons = {(new_moon(near + offset) + BEIJING).date() for offset in range(-1, 4)}
    first, last = dt.date(year, 1, 21), dt.date(year, 2, 20)
    assert min(day for day in moons if first <= day <= last) == NEW_YEAR[year]


def test_the_stocking_weeks_move_between_january_and_february() -> None:
    """In 2025 (29 January) the weeks lie in January, in 2026 (17 February) mostly in February."""
    assert festival_shares(dt.date(2025, 1, 1))[0] == pytest.approx(1.0)
    assert festival_shares(dt.date(2026, 1, 1))[0] == pytest.approx(12 / 28)
    assert festival_shares(dt.date(2026, 2, 1))[0] == pytest.approx(16 / 28)


@pytest.mark.parametrize("year", sorted(NEW_YEAR))
def test_a_year_holds_the_weeks_once(year: int) -> None:
    """Both shares sum to one over the months around the day."""
    near = [dt.date(year, month, 1) for month in range(1, 4)]
    stocking, resting = (sum(s) for s in zip(*map(festival_shares, near), strict=True))
    assert stocking <= 1
    assert resting == pytest.approx(1.0)
