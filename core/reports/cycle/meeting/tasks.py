"""The tasks that a meeting about a month looks at."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.periods import shift
from core.reports.cycle.tasks.listing import TaskReport, TaskRequest, tasks_of
from core.reports.cycle.today import reference_day

if TYPE_CHECKING:
    from core.reports.cycle.meeting.request import MeetingRequest
    from core.store.database import Store


def month_tasks(store: Store, request: MeetingRequest) -> TaskReport:
    """Return the tasks of the region that a meeting about a month looks at, as they stand today.

    Those that weren't closed before the month began, and were made by the end of the month after it, in which
    it is met about, or about this month.
    """
    today = request.today or reference_day(store, request.scope)
    every = tasks_of(store, TaskRequest(today, request.region, scope=request.scope))
    met_by, month = shift(request.month, 2), f"{request.month:%Y-%m}"
    alive = [
        (row.closed_on is None or row.closed_on >= request.month)
        and (row.created_on < met_by or row.finding_query.get("month") == month)
        for row in every.tasks.itertuples()
    ]
    tasks = every.tasks[np.array(alive, dtype=bool)].reset_index(drop=True)
    return replace(every, tasks=tasks, records={key: every.records[key] for key in tasks["task_id"]})
