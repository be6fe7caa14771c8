"""What the visits of reps say about their targets."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from core.reports.plans.visit_capacity import visit_facts


def facts(visits: list[tuple], sales: list[tuple]) -> pd.DataFrame:
    """Return the facts from visits by rep and month, and last year's sales by rep and month."""
    table = pd.DataFrame(visits, columns=["employee_id", "month", "visits", "stops", "weeks"])
    table["month"] = pd.to_datetime(table["month"])
    leaves = pd.DataFrame(sales, columns=["owner_id", "month", "last_year"])
    return visit_facts(table, leaves.assign(month=pd.to_datetime(leaves["month"])))


SALES = [("a", "2027-01-01", 5_000.0), ("a", "2027-02-01", 7_000.0), ("a", "2027-03-01", 99_000.0)]


def test_a_cap_is_sales_a_visit_times_the_visits_of_a_year() -> None:
    """12,000 yuan in the 120 visits of two months are 100 a visit; the best month of 70 makes 840 visits.

    March has sales and no visit on record: it says nothing about a visit.
    """
    found = facts([("a", "2026-01-01", 50, None, None), ("a", "2026-02-01", 70, None, None)], SALES).loc["a"]
    assert found["capacity"] == 840
    assert found["visit_cap"] == pytest.approx(84_000)
    assert found["workload"] == pytest.approx(720)


def test_a_visit_plan_says_how_many_visits_a_year_has_room_for() -> None:
    """80 stops in 4 weeks are 1,040 a year, whatever the best month was."""
    found = facts([("a", "2026-01-01", 50, 80, 4)], SALES).loc["a"]
    assert found["capacity"] == 1_040
    assert found["visit_cap"] == pytest.approx(5_000 / 50 * 1_040)


def test_without_visits_or_sales_there_is_no_cap() -> None:
    """A plan without a visit has room but no sales a visit; a rep without sales has no cap either."""
    found = facts([("a", None, None, 80, 4), ("b", "2026-01-01", 9, None, None)], SALES)
    assert found["capacity"].tolist() == [1_040, 108]
    assert found["visit_cap"].isna().all()
    assert np.isnan(found.loc["a", "workload"])


def test_nobody_has_visits() -> None:
    """A plan for dealers has no rep, and no figure is made up."""
    assert facts([], SALES).empty
