"""Feedback of customers: who reported the month in time, and whether changes were answered."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from core.customers.accounts.feedback import feedback
from core.errors import InputError

MONTH = dt.date(2026, 12, 1)
COLUMNS = ("customer_id", "told_on", "kind", "month", "sell_out", "stock", "movement", "answered_on")
ROWS = [
    ("a", dt.date(2027, 1, 5), "report", MONTH, 10, 5, None, None),
    ("a", dt.date(2027, 1, 9), "report", MONTH, 10, 5, "慢", None),
    ("b", dt.date(2027, 1, 6), "report", MONTH, 10, None, "快", None),
    ("x", dt.date(2027, 1, 1), "report", MONTH, 10, 5, "快", None),
    ("c", dt.date(2026, 12, 31), "change", None, None, None, None, dt.date(2027, 1, 2)),
    ("c", dt.date(2026, 12, 1), "change", None, None, None, None, None),
    ("c", dt.date(2027, 1, 1), "change", None, None, None, None, None),
]


def test_reports_count_by_the_due_day():
    """The 5th is in time and the 6th late; only what was told in time counts; strangers don't."""
    found = feedback(pd.DataFrame(ROWS, columns=COLUMNS), {"a", "b", "c"}, MONTH)
    assert found.due == dt.date(2027, 1, 5)
    assert (found.customers, found.on_time, found.late, found.missing) == (3, 1, 1, 1)
    assert found.parts == {"sell_out": 1, "stock": 1, "movement": 0}
    assert found.share(found.on_time) == pytest.approx(1 / 3)


def test_changes_of_the_month_are_answered_or_not():
    """Two were told in the month, one was answered after two days."""
    found = feedback(pd.DataFrame(ROWS, columns=COLUMNS), {"c"}, MONTH)
    assert (found.changes, found.answered, found.answer_days) == (2, 1, 2)


def test_nobody_expected_has_no_rate():
    """Without anybody expected there is no share, and a due day is one every month has."""
    nothing = pd.DataFrame([], columns=COLUMNS)
    found = feedback(nothing, set(), MONTH)
    assert found.share(found.on_time) is None
    assert found.answer_days is None
    with pytest.raises(InputError, match="29"):
        feedback(nothing, set(), MONTH, 29)
