"""The visits that cap a rep's target."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.reports.plan_visits import capacity, visit_caps


def test_a_visit_plan_says_how_many_visits_a_year_has_room_for() -> None:
    """80 stops in 4 weeks are 1,040 a year; without a plan the best month of 70 makes 840; else unknown."""
    table = pd.DataFrame(
        {"stops": [80, np.nan, np.nan], "weeks": [4, np.nan, np.nan], "best_month": [50, 70, np.nan]}
    )
    found = capacity(table)
    assert found.tolist()[:2] == [1040, 840]
    assert np.isnan(found[2])


def test_a_cap_is_sales_a_visit_times_the_visits_of_a_year() -> None:
    """50,000 yuan in 500 visits, room for 600: 60,000. Without visits or sales there is no cap."""
    reps = pd.DataFrame(
        {"rep": ["a", "b", "c", "d"], "target": 1.0, "last_year": [50_000.0, 9.0, np.nan, 5.0]}
    )
    visits = pd.DataFrame(
        {"visits": [500.0, 0.0, 10.0], "capacity": [600.0, 600.0, 10.0]}, index=["a", "b", "c"]
    )
    found = visit_caps(reps, visits)
    assert found["visit_cap"].tolist() == pytest.approx([60_000.0, np.nan, np.nan, np.nan], nan_ok=True)
    assert found["workload"].tolist() == pytest.approx([500.0, np.nan, 10.0, np.nan], nan_ok=True)
