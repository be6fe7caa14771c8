"""Tasks as rows of the store, and back."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.cycle.tasks.task import Finding, Goal, Task
from core.errors import AppError
from core.i18n import _

CONTENT = (
    "title", "due", "finding_kind", "finding_key", "finding_sentence", "finding_page", "finding_query",
    "region_id", "customer_type", "customer_id", "owner_id", "measure", "target", "baseline", "baseline_day",
    "measure_parameters", "note", "parent_id",
)  # fmt: skip
"""Columns of ``task`` that hold what is to be done."""


@dataclass(frozen=True)
class TaskRecord:
    """A task as it is stored.

    Parameters
    ----------
    state
        What people said, see :mod:`core.cycle.tasks.states`.
    version
        Rises with every change; whoever changes a task says which version the work began from.
    closed_on
        Day of the signature or the drop.
    signed_verdict, signed_value
        What the data said then.
    """

    task_id: str
    task: Task
    state: str
    version: int
    created_at: dt.datetime
    created_by: str
    updated_at: dt.datetime
    updated_by: str
    closed_on: dt.date | None = None
    signed_by: str | None = None
    signed_verdict: str | None = None
    signed_value: float | None = None


class TaskConflictError(AppError):
    """Somebody changed the same task in the meantime; nothing was written.

    Parameters
    ----------
    theirs
        The task as it is now; None where the user may no longer see it.
    """

    def __init__(self, theirs: TaskRecord | None) -> None:
        if theirs is None:
            message = _("There is no such task, or it is out of your regions.")
        else:
            message = _(
                "{actor} changed this task at {time}, after you opened it.",
                actor=theirs.updated_by,
                time=f"{theirs.updated_at:%Y-%m-%d %H:%M}",
            )
        super().__init__(message, _("Look at it as it is now, then do it again."))
        self.theirs = theirs


def values_of(task: Task) -> dict[str, Any]:
    """Return the columns :data:`CONTENT` of a task."""
    goal = task.goal
    return {
        "title": task.title,
        "due": task.due,
        "finding_kind": task.finding.kind,
        "finding_key": task.finding.key,
        "finding_sentence": task.finding.sentence,
        "finding_page": task.finding.page,
        "finding_query": _json(task.finding.query),
        "region_id": task.region_id,
        "customer_type": task.customer_type,
        "customer_id": task.customer_id,
        "owner_id": task.owner_id,
        "measure": goal.measure if goal else None,
        "target": goal.target if goal else None,
        "baseline": goal.baseline if goal else None,
        "baseline_day": goal.baseline_day if goal else None,
        "measure_parameters": _json(goal.parameters) if goal else None,
        "note": task.note,
        "parent_id": task.parent_id,
    }


def record_of(row: Mapping[str, Any]) -> TaskRecord:
    """Return a task from a row of ``task``."""
    finding = Finding(
        row["finding_kind"],
        row["finding_key"],
        row["finding_sentence"],
        row["finding_page"],
        json.loads(row["finding_query"]),
    )
    goal = None
    if row["measure"] is not None:
        goal = Goal(
            row["measure"],
            row["target"],
            row["baseline"],
            row["baseline_day"],
            json.loads(row["measure_parameters"]),
        )
    names = ("title", "due", "region_id", "customer_type", "customer_id", "owner_id", "note", "parent_id")
    task = Task(finding=finding, goal=goal, **{name: row[name] for name in names})
    about = (
        "task_id", "state", "version", "created_at", "created_by", "updated_at", "updated_by", "closed_on",
        "signed_by", "signed_verdict", "signed_value",
    )  # fmt: skip
    return TaskRecord(task=task, **{name: row[name] for name in about})


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    """Return the columns in which two versions of a task differ, as JSON of before and after."""
    names = [name for name in CONTENT if before[name] != after[name]]
    return _json({n: before[n] for n in names}), _json({n: after[n] for n in names})


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(dict(values), ensure_ascii=False, default=str, sort_keys=True)
