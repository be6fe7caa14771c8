"""Tasks as a page and a report show them: with their standing, late or not, and counted."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.cycle.tasks.measurement import MANUAL, Measurement, measure
from core.cycle.tasks.states import ACHIEVED, CLOSED, STANDINGS, is_late, standing_of
from core.periods import shift
from core.reports.cycle.tasks.readings import read_measures
from core.reports.market.choices import names_of
from core.store.caching.memo import share
from core.store.cycle.tasks.records import task_table
from core.store.cycle.tasks.rows import TaskRecord, record_of
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.database import Store

COLUMNS = (
    "task_id", "title", "standing", "is_late", "due", "created_on", "closed_on", "finding_kind",
    "finding_key", "finding_sentence", "finding_page", "finding_query", "region_id", "region",
    "customer_type", "customer_id", "customer", "owner_id", "owner", "manager_id", "manager", "measure",
    "target", "baseline", "verdict", "value", "as_of", "reached_on", "signed_by", "parent_id", "version",
    "note",
)  # fmt: skip


@dataclass(frozen=True)
class TaskRequest:
    """Whose tasks, seen on which day.

    Parameters
    ----------
    today
        Decides what is late; see :func:`core.reports.cycle.today.reference_day`.
    region_id
        Only tasks of this region and below; None for all that the user may see.
    month
        First day of a month: only tasks that were made by its end and not closed before it began.
    owner_id
        Only tasks of this employee.
    customer
        Only tasks about this customer: its type and its id.
    only
        Only tasks with these ids.
    """

    today: dt.date
    region_id: str | None = None
    month: dt.date | None = None
    owner_id: str | None = None
    customer: tuple[str, str] | None = None
    only: tuple[str, ...] | None = None
    scope: Scope = EVERYTHING


@dataclass(frozen=True)
class TaskReport:
    """The answer to a :class:`TaskRequest`.

    Parameters
    ----------
    tasks
        One row per task, the earliest due first: ``COLUMNS``. ``standing`` is a key of
        :data:`core.cycle.tasks.states.STANDINGS`; ``region`` where it is, ``value`` and ``verdict`` what the
        data say (at the signature where it was signed), ``closed_on`` the day of signature, drop or reaching.
    records
        The same tasks as they are stored, by task_id.
    """

    request: TaskRequest
    tasks: pd.DataFrame
    records: dict[str, TaskRecord]

    @property
    def open(self) -> pd.DataFrame:
        """Tasks that nobody and nothing closed."""
        return self.tasks[~self.tasks["standing"].isin(CLOSED)]

    @property
    def late(self) -> pd.DataFrame:
        """Tasks whose day is over and that nobody says are done."""
        return self.tasks[self.tasks["is_late"]]

    @property
    def due_this_week(self) -> pd.DataFrame:
        """Open tasks not late that are due by Sunday."""
        sunday = self.request.today + dt.timedelta(6 - self.request.today.weekday())
        rows = self.open
        return rows[~rows["is_late"] & rows["standing"].ne("awaiting") & (rows["due"] <= sunday)]

    def achieved(self, month: dt.date) -> pd.DataFrame:
        """Return the tasks that were signed or reached in a month."""
        rows = self.tasks[self.tasks["standing"].isin(ACHIEVED)]
        days = rows["closed_on"]
        return rows[(days >= month.replace(day=1)) & (days < shift(month.replace(day=1), 1))]

    def counts(self, by: str) -> pd.DataFrame:
        """Count tasks by a column.

        Parameters
        ----------
        by
            ``standing``, ``owner`` or ``region``.

        Returns
        -------
        pandas.DataFrame
            The column (in the order of the board for ``standing``, else most open ones first; None where
            nobody or nothing is named), open, late, awaiting, achieved, dropped and tasks.
        """
        rows = self.tasks.assign(
            open=~self.tasks["standing"].isin(CLOSED),
            late=self.tasks["is_late"],
            awaiting=self.tasks["standing"].eq("awaiting"),
            achieved=self.tasks["standing"].isin(ACHIEVED),
            dropped=self.tasks["standing"].eq("dropped"),
            tasks=True,
        )
        names = ["open", "late", "awaiting", "achieved", "dropped", "tasks"]
        table = rows.groupby(by, dropna=False, observed=True)[names].sum().astype(int).reset_index()
        if by == "standing":
            order = {name: place for place, name in enumerate(STANDINGS)}
            return table.sort_values(by, key=lambda s: s.map(order)).reset_index(drop=True)
        return table.sort_values(["open", "late", by], ascending=[False, False, True], ignore_index=True)


def tasks_of(store: Store, request: TaskRequest) -> TaskReport:
    """Return the tasks of a request with what the data say about each of them."""
    rows = task_table(store, within=request.region_id, scope=request.scope).to_pylist()
    rows = [row for row in rows if _is_asked(row, request)]
    records = [record_of(row) for row in rows]
    levels = {row["region_id"]: row["region_level"] for row in rows if row["region_id"] == row["place_id"]}
    measured = measure_all(store, records, levels, request.scope)
    shown = names_of(pd.DataFrame(rows, columns=["region", "region_en"]).rename(
        columns={"region": "name", "region_en": "name_en"}
    ))  # fmt: skip
    lines = [
        _line(row, record, measured[record.task_id], request.today)
        for row, record in zip(rows, records, strict=True)
    ]
    table = pd.DataFrame(lines, columns=list(COLUMNS)).assign(region=shown.to_numpy(object))
    # Missing is None in every column, not NaN in one and None in the next.
    table = table.astype(object).where(table.notna(), None).astype({"is_late": bool})
    table = table[_lived(table, request.month)].reset_index(drop=True)
    kept = set(table["task_id"])
    return TaskReport(request, table, {r.task_id: r for r in records if r.task_id in kept})


def measure_all(
    store: Store, records: Sequence[TaskRecord], levels: dict[str, str], scope: Scope
) -> dict[str, Measurement]:
    """Return what the data say about each task, by task_id; what was signed or dropped isn't asked again."""
    asked = [r for r in records if r.state not in {"signed", "dropped"} and r.task.goal is not None]
    # Some are measured up to today; levels are the regions' own.
    key = ("task readings", tuple(r.task_id for r in asked), scope, dt.date.today())
    readings = share(store, key, lambda: read_measures(store, asked, levels, scope))
    answers = {r.task_id: MANUAL for r in records}
    for record in records:
        if record.state == "signed" and record.signed_verdict is not None:
            answers[record.task_id] = Measurement(
                record.signed_verdict, record.signed_value, record.closed_on
            )
    for record in asked:
        if (goal := record.task.goal) is not None:
            found = readings.get(record.task_id, [])
            answers[record.task_id] = measure(goal.measure, goal.target, found, after=goal.baseline_day)
    return answers


def _is_asked(row: dict[str, Any], request: TaskRequest) -> bool:
    customer = row["customer_type"], row["customer_id"]
    return (
        (request.owner_id is None or row["owner_id"] == request.owner_id)
        and (request.customer is None or customer == request.customer)
        and (request.only is None or row["task_id"] in request.only)
    )


def _line(row: dict[str, Any], record: TaskRecord, measured: Measurement, today: dt.date) -> dict[str, Any]:
    standing = standing_of(record.state, measured.verdict)
    return {
        **{name: row.get(name) for name in COLUMNS},
        "standing": standing,
        "is_late": is_late(standing, record.task.due, today),
        "created_on": record.created_at.date(),
        "closed_on": record.closed_on or measured.reached_on,
        "finding_query": json.loads(row["finding_query"]),
        "region_id": row["place_id"],
        "verdict": measured.verdict,
        "value": measured.value,
        "as_of": measured.as_of,
        "reached_on": measured.reached_on,
    }


def _lived(table: pd.DataFrame, month: dt.date | None) -> pd.Series:
    """Tell which tasks were made by the end of a month and not closed before it."""
    if month is None or table.empty:
        return pd.Series(True, index=table.index)
    begin, end = month.replace(day=1), shift(month.replace(day=1), 1)
    open_then = [day is None or day >= begin for day in table["closed_on"]]
    return (table["created_on"] < end) & pd.Series(open_then, index=table.index)
