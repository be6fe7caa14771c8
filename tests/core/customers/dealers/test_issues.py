"""The issue log of channel management."""

import datetime as dt

import numpy as np
import pandas as pd

from core.customers.dealers.issues import CATEGORIES, aged, by_category, overall_rates, service_rates

TODAY = dt.date(2026, 10, 31)


def issue(category, days, closed_after=None):
    """Return an issue opened some days ago and closed so many days later."""
    opened = TODAY - dt.timedelta(days)
    closed = None if closed_after is None else opened + dt.timedelta(closed_after)
    return {"category": category, "opened": opened, "closed": closed}


def test_ages_at_the_limits() -> None:
    """7, 30 and 90 days still belong to the younger group."""
    table = aged(pd.DataFrame([issue("supply", d) for d in (0, 7, 8, 30, 31, 90, 91)]), TODAY)
    assert table["age"].tolist() == ["week", "week", "month", "month", "quarter", "quarter", "older"]
    assert table["open"].all()


def test_open_and_closed() -> None:
    """A closed issue lasted from opening to closing; one closed in the future is still open."""
    table = aged(pd.DataFrame([issue("supply", 40, 5), issue("supply", 10, 20)]), TODAY)
    assert table[["open", "days"]].to_numpy().tolist() == [[False, 5], [True, 10]]


def test_six_categories_tie() -> None:
    """All six categories are listed; open ones add up over the ages, closing times are means."""
    rows = [issue("supply", 3), issue("supply", 50), issue("ordering", 9, 4), issue("ordering", 9, 6)]
    table = by_category(aged(pd.DataFrame(rows), TODAY)).set_index("category")
    assert list(table.index) == list(CATEGORIES)
    assert table.loc["supply", ["total", "open", "week", "quarter"]].tolist() == [2, 2, 1, 1]
    assert table.loc["ordering", ["total", "open", "days_to_close"]].tolist() == [2, 0, 5]
    assert np.isnan(table.loc["supply", "days_to_close"])
    assert table["total"].sum() == len(rows)


def test_nothing_logged() -> None:
    """An empty log has six empty categories."""
    empty = pd.DataFrame({"category": [], "opened": [], "closed": []})
    assert by_category(aged(empty, TODAY))["total"].tolist() == [0] * 6


def test_service_rates() -> None:
    """Delivered of ordered, wrong of all orders, overdue of receivable; nothing ordered has no rate."""
    table = service_rates(
        pd.DataFrame(
            {
                "ordered": [200.0, 0],
                "delivered": [190.0, 0],
                "orders": [20, 0],
                "wrong_orders": [1, 0],
                "receivable": [50.0, np.nan],
                "overdue": [10.0, np.nan],
            }
        )
    )
    assert table.loc[0, ["fill_rate", "error_rate", "overdue_rate"]].tolist() == [0.95, 0.05, 0.2]
    assert table.loc[1, ["fill_rate", "error_rate", "overdue_rate"]].isna().all()


def test_rates_together_are_of_sums() -> None:
    """190 and 20 delivered of 200 and 100 ordered are 70 %; a record with a gap counts in no sum."""
    records = pd.DataFrame(
        {
            "ordered": [200.0, 100, 500],
            "delivered": [190.0, 20, np.nan],
            "orders": [np.nan] * 3,
            "wrong_orders": [1, 2, 3],
            "receivable": [0.0, 0, 0],
            "overdue": [0.0, 0, 0],
        }
    )
    found = overall_rates(records)
    assert found["fill_rate"] == 0.7
    assert np.isnan(found["error_rate"])
    assert np.isnan(found["overdue_rate"])
