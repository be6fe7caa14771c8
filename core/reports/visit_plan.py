"""Plan one rep, or many side by side: read from the store, plan, save."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import AppError, CancelledError, InfeasibleError, InputError
from core.i18n import _, current_language, use_language
from core.reports.visit_request import VisitRequest, rep_tasks, rep_work
from core.store import visits as store_visits
from core.visits.planning import RepPlan, RepTask, evaluate, plan
from core.visits.routing import Progress, warm_up

if TYPE_CHECKING:
    from core.store.database import Store

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one rep.

    Parameters
    ----------
    employee_id
        The rep.
    plan_id
        Id of the saved plan; None where there is none.
    plan
        The plan; None where it was not possible.
    reused
        Whether it had been planned before from the same inputs.
    error
        Why there is no plan, in words.
    """

    employee_id: str
    plan_id: str | None
    plan: RepPlan | None
    reused: bool = False
    error: str = ""


@dataclass(frozen=True)
class Effort:
    """How long to search, and with how many processes.

    Parameters
    ----------
    seconds, iterations
        Per rep, by the clock or in steps.
    workers
        Processes; 1 plans in this one. 0 means one per processor.
    """

    seconds: float | None = 10.0
    iterations: int | None = None
    workers: int = 1

    @property
    def processes(self) -> int:
        """How many processes that is."""
        return (
            self.workers or len(os.sched_getaffinity(0))
            if hasattr(os, "sched_getaffinity")
            else self.workers or 1
        )


def save(
    store: Store,
    request: VisitRequest,
    found: RepPlan,
    *,
    base: str | None = None,
    changes: int = 0,
    actor: str = "local",
) -> str:
    """Save a plan and return its id.

    Parameters
    ----------
    store
        The store.
    request
        What it was asked for.
    found
        The plan.
    base, changes
        The plan it changes, and the number of changed visits.
    actor
        Who saved it.
    """
    header = store_visits.PlanHeader(
        found.employee_id,
        request.start,
        request.weeks,
        found.travel_minutes,
        found.km,
        found.fingerprint,
        request.parameters(),
        base,
        changes,
    )
    return store_visits.save_plan(store, header, found.stops, actor=actor)


def as_planned(task: RepTask, stops: pd.DataFrame) -> RepTask:
    """Return the task with the visits that a plan has; the norms may give others by now."""
    counts = stops.groupby("terminal_id").size()
    planned = task.shops["terminal_id"].map(counts).fillna(0).astype(int)
    return replace(task, shops=task.shops.assign(planned=planned))


def saved_plan(store: Store, task: RepTask, plan_id: str, request: VisitRequest) -> tuple[RepTask, RepPlan]:
    """Return a saved plan with its clock times, and the task it fulfils.

    Visits of shops that are no longer the rep's are left out.
    """
    stops = store_visits.plan_stops(store, plan_id, request.scope)
    placed = task.shops.loc[task.shops["lat"].notna() & task.shops["lon"].notna(), "terminal_id"]
    stops = stops[stops["terminal_id"].isin(placed) & stops["day"].isin(task.period.days)]
    fulfilled = as_planned(task, stops)
    routes = [(day, list(rows["terminal_id"])) for day, rows in stops.groupby("day")]
    return fulfilled, evaluate(fulfilled, routes)


def shown_plan(
    store: Store, request: VisitRequest, employee_id: str, plan_id: str
) -> tuple[RepTask, RepPlan]:
    """Return a saved plan of a rep and the task it fulfils."""
    return saved_plan(store, rep_work(store, request, employee_id).task, plan_id, request)


def plan_first(
    tasks: Sequence[RepTask],
    effort: Effort,
    *,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RepPlan:
    """Plan the first of some tasks that can be planned.

    Raises
    ------
    InfeasibleError
        None can; says why of the last.
    """
    for number, task in enumerate(tasks, 1):
        try:
            return plan(
                task,
                seconds=effort.seconds,
                iterations=effort.iterations,
                progress=progress,
                cancelled=cancelled,
            )
        except InfeasibleError:
            if number == len(tasks):
                raise
    raise InputError(_("There is nothing to plan."))


def _in_process(tasks: Sequence[RepTask], effort: Effort, language: str) -> RepPlan | str:
    """Plan one rep in a process of its own; an error comes back as its words."""
    use_language(language)
    try:
        return plan_first(tasks, effort)
    except AppError as error:
        return str(error)


def plan_many(
    store: Store,
    request: VisitRequest,
    employee_ids: Sequence[str],
    effort: Effort,
    *,
    again: bool = False,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Outcome]:
    """Plan reps side by side, save each plan when it is made, and yield what became of it.

    A rep who has a saved plan from the same inputs is not planned again, so that an interrupted run
    goes on where it stopped. Never more tasks than twice the processes are in memory.

    Parameters
    ----------
    store
        The store.
    request
        What to plan.
    employee_ids
        The reps.
    effort
        Time and processes.
    again
        Plan anew even where the inputs are the same.
    cancelled
        Asked between reps; plans made so far stay.

    Raises
    ------
    CancelledError
        It was cancelled.
    """
    warm_up()
    saved = {} if again else _saved(store, request)
    waiting = _tasks(store, request, employee_ids, saved)
    if effort.processes == 1:
        runs: Iterator[tuple[str, RepPlan | str | Outcome]] = (
            (name, item if isinstance(item, Outcome) else _in_process(item, effort, current_language()))
            for name, item in waiting
        )
    else:
        runs = _side_by_side(waiting, effort)
    for employee_id, result in runs:
        if cancelled():
            raise CancelledError(_("Planning was stopped; the plans made so far are saved."))
        if isinstance(result, Outcome):
            yield result
        elif isinstance(result, str):
            yield Outcome(employee_id, None, None, error=result)
        else:
            yield Outcome(employee_id, save(store, request, result), result)


def _saved(store: Store, request: VisitRequest) -> dict[tuple[str, str], str]:
    rows = store_visits.plans(store, scope=request.scope)
    rows = rows[rows["base_plan_id"].isna()].sort_values("version")
    return {(row.employee_id, row.fingerprint): row.plan_id for row in rows.itertuples()}


def _tasks(
    store: Store, request: VisitRequest, employee_ids: Sequence[str], saved: dict[tuple[str, str], str]
) -> Iterator[tuple[str, tuple[RepTask, ...] | Outcome]]:
    for employee_id in employee_ids:
        try:
            tasks = rep_tasks(store, request, employee_id)
        except AppError as error:
            yield employee_id, Outcome(employee_id, None, None, error=str(error))
            continue
        known = [(saved[key], task) for task in tasks if (key := (employee_id, task.fingerprint())) in saved]
        if not known:
            yield employee_id, tasks
            continue
        plan_id, task = known[0]
        yield (
            employee_id,
            Outcome(employee_id, plan_id, saved_plan(store, task, plan_id, request)[1], reused=True),
        )


def _side_by_side(
    waiting: Iterator[tuple[str, tuple[RepTask, ...] | Outcome]], effort: Effort
) -> Iterator[tuple[str, RepPlan | str | Outcome]]:
    """Run tasks in processes; what needs no planning is passed on at once."""
    # A forked process would share the open store and the threads of the page.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(effort.processes, mp_context=context) as pool:
        running: dict[Future[RepPlan | str], str] = {}
        for employee_id, item in waiting:
            if isinstance(item, Outcome):
                yield employee_id, item
                continue
            running[pool.submit(_in_process, item, effort, current_language())] = employee_id
            if len(running) >= 2 * effort.processes:
                yield from _finished(running)
        while running:
            yield from _finished(running)


def _finished(running: dict[Future[RepPlan | str], str]) -> Iterator[tuple[str, RepPlan | str]]:
    done, _rest = wait(running, return_when=FIRST_COMPLETED)
    for future in done:
        yield running.pop(future), future.result()


def clock(minutes: float) -> str:
    """Return minutes after midnight as ``09:30``."""
    whole = round(minutes)
    return f"{whole // 60 % 24:02d}:{whole % 60:02d}"


def visit_rows(found: RepPlan, shops: pd.DataFrame) -> pd.DataFrame:
    """Return the visits of a plan with the shops' names, for tables and files.

    Parameters
    ----------
    found
        The plan.
    shops
        terminal_id, name, address, grade, outlet_type.

    Returns
    -------
    DataFrame
        employee_id, employee, day, weekday (Mon ...), position, terminal_id, name, grade, outlet_type,
        address, begins, ends (``09:30``), minutes, travel_minutes, km.
    """
    stops = found.stops.merge(
        shops[["terminal_id", "name", "address", "grade", "outlet_type"]], how="left", on="terminal_id"
    )
    return pd.DataFrame(
        {
            "employee_id": found.employee_id,
            "employee": found.name,
            "day": stops["day"],
            "weekday": [WEEKDAYS[day.weekday()] for day in stops["day"]],
            "position": stops["position"],
            "terminal_id": stops["terminal_id"],
            "name": stops["name"],
            "grade": stops["grade"],
            "outlet_type": stops["outlet_type"],
            "address": stops["address"],
            "begins": stops["begins"].map(clock),
            "ends": (stops["begins"] + stops["minutes"]).map(clock),
            "minutes": stops["minutes"].round(1),
            "travel_minutes": stops["travel_minutes"].round(1),
            "km": stops["km"].round(2),
        }
    )
