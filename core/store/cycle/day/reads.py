"""What a day is read from: plan, visits, arrivals, shops, time, words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

_DAY = dt.timedelta(days=1)


def planned(
    store: Store, first: dt.date, end: dt.date, employee_id: str | None = None, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return employee_id, day, terminal_id, name, position, begins (minute of the day) of planned visits."""
    return _frame(store, "planned", first, end, scope, employee=employee_id)


def visits(
    store: Store, first: dt.date, end: dt.date, employee_id: str | None = None, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return the visits of some days with shelf and review (JSON); version missing for imported ones."""
    return _frame(store, "visits", first, end, scope, employee=employee_id)


def check_ins(
    store: Store, first: dt.date, end: dt.date, employee_id: str | None = None, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return visit_id, employee_id, terminal_id, name, arrived_at of arrivals without a visit."""
    return _frame(store, "check_ins", first, end, scope, employee=employee_id)


def photos(store: Store, day: dt.date, employee_id: str, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return visit_id and sha256 of the photos of a rep's day."""
    return _frame(store, "photos", day, day + _DAY, scope, employee=employee_id)


def shops(store: Store, day: dt.date, employee_id: str, *, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return a rep's shops, with those planned for or visited on the day.

    Returns
    -------
    DataFrame
        terminal_id, name, address, grade, status, last_visit (before the day), next_on and next_content
        of the last talk before the day.
    """
    return store.read(
        "cycle/day_shops", scope=scope, employee=employee_id, day=day, end_day=day + _DAY
    ).to_pandas()


def time_and_reports(
    store: Store, first: dt.date, end: dt.date, *, scope: Scope = EVERYTHING
) -> pd.DataFrame:
    """Return employee_id, day, minutes, effective, handed_in_at, remark, tomorrow of some days."""
    return _frame(store, "time", first, end, scope)


def words(store: Store) -> dict[str, list[str]]:
    """Return the purposes and results that the log names, by kind, the most frequent first."""
    found: dict[str, list[str]] = {"purpose": [], "result": []}
    for row in store.read("cycle/day_words").to_pylist():
        found[row["kind"]].append(row["word"])
    return found


def last_day(store: Store) -> dt.date | None:
    """Return the last day handed in, else the last with a visit; None where there is neither."""
    day: dt.date | None = store.read("cycle/day_last").to_pylist()[0]["day"]
    return day


def _frame(
    store: Store, name: str, first: dt.date, end: dt.date, scope: Scope, **others: object
) -> pd.DataFrame:
    return store.read(f"cycle/day_{name}", scope=scope, first_day=first, end_day=end, **others).to_pandas()
