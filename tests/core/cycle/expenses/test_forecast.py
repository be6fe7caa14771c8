"""The forecast of a year's expenses."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from core.cycle.expenses.forecast import year_forecast


def _cells(amounts: dict[tuple[int, int], float], kind: str = "promotion") -> pd.DataFrame:
    return pd.DataFrame(
        [("a", kind, dt.date(year, month, 1), amount) for (year, month), amount in amounts.items()],
        columns=["region_id", "kind", "month", "actual"],
    )


YEARS = {
    **{(2024, month): 8.0 for month in range(1, 13)},
    **{(2025, month): 10.0 if month <= 6 else 20.0 for month in range(1, 13)},
    **{(2026, month): 30.0 for month in range(1, 7)},
}


def test_the_year_goes_on_as_last_year_did() -> None:
    """180 in half a year, of which last year had a third: 540 by its end."""
    row = year_forecast(_cells(YEARS), dt.date(2026, 6, 1)).loc["a"]
    assert row["spent"] == 180
    assert row["forecast"] == pytest.approx(540)


def test_the_error_is_that_of_the_same_reckoning_a_year_earlier() -> None:
    """Half of 2025 by the season of 2024 gave 120; the year was 180: a third too little."""
    row = year_forecast(_cells(YEARS), dt.date(2026, 6, 1)).loc["a"]
    assert row["error"] == pytest.approx(120 / 180 - 1)


@pytest.mark.parametrize(
    ("dropped", "until", "reason"),
    [
        ((2026, 3), dt.date(2026, 6, 1), "gap"),
        ((2025, 11), dt.date(2026, 6, 1), "no_last_year"),
        ((2024, 1), dt.date(2026, 2, 1), "short"),
        ((2024, 1), dt.date(2025, 12, 1), "complete"),
    ],
)
def test_nothing_is_forecast_from_gaps(dropped: tuple[int, int], until: dt.date, reason: str) -> None:
    """A missing month leaves a reason instead of a number."""
    known = {k: v for k, v in YEARS.items() if k != dropped and dt.date(*k, 1) <= until}
    row = year_forecast(_cells(known), until).loc["a"]
    assert row["reason"] == reason
    assert pd.isna(row["forecast"])


def test_without_the_year_before_last_the_error_is_unknown() -> None:
    """A forecast stands alone where nothing tells how wrong it was."""
    known = {k: v for k, v in YEARS.items() if k[0] > 2024}
    row = year_forecast(_cells(known), dt.date(2026, 6, 1)).loc["a"]
    assert row["forecast"] == pytest.approx(540)
    assert pd.isna(row["error"])


def test_a_kind_with_a_gap_leaves_no_sum() -> None:
    """The kinds are forecast one by one; one that can't be leaves the region without a forecast."""
    gap = {k: v for k, v in YEARS.items() if k != (2026, 2)}
    cells = pd.concat([_cells(YEARS), _cells(gap, "people")])
    assert year_forecast(cells, dt.date(2026, 6, 1)).loc["a", "reason"] == "gap"


def test_a_kind_given_up_two_years_ago_does_not_count() -> None:
    """Advertising last booked in 2024 isn't missing in 2026."""
    cells = pd.concat([_cells(YEARS), _cells({(2024, 5): 9.0}, "advertising")])
    assert year_forecast(cells, dt.date(2026, 6, 1)).loc["a", "forecast"] == pytest.approx(540)
