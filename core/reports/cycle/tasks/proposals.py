"""From a finding to a task with one click: sensible defaults, and no second task of the same finding."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.cycle.tasks.task import Finding, Goal, Task
from core.periods import shift
from core.reports.cycle.tasks.listing import TaskRequest, tasks_of
from core.reports.cycle.today import reference_day
from core.reports.market.choices import choices
from core.store.cycle.tasks import defaults, records
from core.store.scope import EVERYTHING, Scope
from core.store.visits.plans import last_visit_day

if TYPE_CHECKING:
    from core.store.cycle.tasks.rows import TaskRecord
    from core.store.database import Store

Pairs = tuple[tuple[str, str], ...]
DAYS = {"overdue_visit": 7, "unvisited": 14, "missing_data": 14, "customer": 14, "rival_move": 14}
"""Days until a task is due, by kind of finding."""
USUAL_DAYS = 28
BY_VISITS = ("visits", "unvisited", "shops_visited")


@dataclass(frozen=True)
class Proposal:
    """A task as a finding suggests it; hashable, so that a page can hand it to a button.

    Parameters
    ----------
    kind, key, sentence, page, query
        The finding, see :class:`core.cycle.tasks.task.Finding`.
    title
        What is to be done.
    customer
        Its type and its id.
    owner_id
        Who does it; None for who answers for the shops, the dealer or the region.
    measure, target, baseline, parameters
        The goal, see :class:`core.cycle.tasks.task.Goal`; without a measure a manager signs.
    days
        Until it is due; None for what is usual for the kind.
    """

    kind: str
    key: str
    sentence: str
    title: str
    page: str = ""
    query: Pairs = ()
    region_id: str | None = None
    customer: tuple[str, str] | None = None
    owner_id: str | None = None
    measure: str | None = None
    target: float = 0.0
    baseline: float | None = None
    parameters: Pairs = ()
    days: int | None = None

    @property
    def shops(self) -> tuple[str, ...]:
        """The terminals it is about."""
        listed = tuple(filter(None, dict(self.parameters).get("shops", "").split(",")))
        return (self.customer[1],) if self.customer and self.customer[0] == "terminal" else listed


@dataclass(frozen=True)
class OpenTask:
    """The open task of a finding, as a button tells of it."""

    task_id: str
    title: str
    standing: str
    owner: str | None
    due: dt.date
    is_late: bool


def open_task(store: Store, kind: str, key: str, scope: Scope = EVERYTHING) -> OpenTask | None:
    """Return the task of a finding that neither people nor data closed; None where there is none."""
    ids = defaults.open_task_ids(store, kind, key, scope=scope)
    if not ids:
        return None
    rows = tasks_of(store, TaskRequest(reference_day(store, scope), only=tuple(ids), scope=scope)).open
    if rows.empty:
        return None
    row = rows.iloc[0]
    late = bool(row["is_late"])
    return OpenTask(row["task_id"], row["title"], row["standing"], row["owner"], row["due"], late)


def propose(store: Store, proposal: Proposal, scope: Scope = EVERYTHING) -> Task:
    """Return the task of a proposal: its owner, due day and the day up to which the data are known."""
    today = reference_day(store, scope)
    kind, customer_id = proposal.customer or (None, None)
    region_id = proposal.region_id or (
        defaults.common_region(store, proposal.shops) if proposal.shops else None
    )
    owner = proposal.owner_id or defaults.responsible(
        store,
        region_id=region_id,
        shops=proposal.shops,
        dealer_id=customer_id if kind == "dealer" else None,
    )
    goal = None
    if proposal.measure is not None:
        goal = Goal(
            proposal.measure,
            proposal.target,
            proposal.baseline,
            _known_until(store, proposal.measure, today, scope),
            dict(proposal.parameters),
        )
    finding = Finding(proposal.kind, proposal.key, proposal.sentence, proposal.page, dict(proposal.query))
    return Task(
        proposal.title,
        working_day(today + dt.timedelta(proposal.days or DAYS.get(proposal.kind, USUAL_DAYS))),
        finding,
        region_id=region_id,
        customer_type=kind,
        customer_id=customer_id,
        owner_id=owner,
        goal=goal,
    )


def make(
    store: Store, proposal: Proposal, *, actor: str = "local", scope: Scope = EVERYTHING
) -> tuple[TaskRecord, bool]:
    """Make the task of a proposal, or return the open one of the same finding, and whether it is new."""
    existing = open_task(store, proposal.kind, proposal.key, scope)
    closed = set(defaults.open_task_ids(store, proposal.kind, proposal.key, scope=scope))
    closed -= {existing.task_id} if existing else set()
    return records.create(store, propose(store, proposal, scope), actor=actor, beside=closed, scope=scope)


def working_day(day: dt.date) -> dt.date:
    """Return the day, or the Friday before where it lies on a weekend."""
    return day - dt.timedelta(max(0, day.weekday() - 4))


def _known_until(store: Store, measure: str, today: dt.date, scope: Scope) -> dt.date:
    """Return the last day of the data that the measure looks at."""
    if measure in BY_VISITS:
        return last_visit_day(store, scope) or today - dt.timedelta(1)
    offered = choices(store, scope)
    if offered is None:
        return today - dt.timedelta(1)
    return shift(offered.last_month, 1) - dt.timedelta(1)
