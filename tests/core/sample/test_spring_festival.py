"""How the Spring Festival moves the weeks before it between January and February."""

from __future__ import annotations

import datetime as dt

import pytest

from core.sample.spring_festival import festival_shares


def test_the_stocking_weeks_move_between_january_and_february() -> None:
    """In 2025 (29 January) the weeks lie in January, in 2026 (17 February) mostly in February."""
    assert festival_shares(dt.date(2025, 1, 1))[0] == pytest.approx(1.0)
    assert festival_shares(dt.date(2026, 1, 1))[0] == pytest.approx(12 / 28)
    assert festival_shares(dt.date(2026, 2, 1))[0] == pytest.approx(16 / 28)


@pytest.mark.parametrize("year", range(2022, 2029))
def test_a_year_holds_the_weeks_once(year: int) -> None:
    """Both shares sum to one over the months around the day."""
    near = [dt.date(year, month, 1) for month in range(1, 4)]
    stocking, resting = (sum(s) for s in zip(*map(festival_shares, near), strict=True))
    assert stocking <= 1
    assert resting == pytest.approx(1.0)
