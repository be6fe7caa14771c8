"""Plan one rep, or many side by side: read from the store, plan, save."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pandas as pd

from core.errors import AppError, CancelledError
from core.i18n import _
from core.known_words import known_word
from core.reports.visits.rep_work import rep_tasks, rep_work
from core.store.scope import EVERYTHING, Scope
from core.store.visits import plans as store_visits
from core.visits.hours import clock
from core.visits.planning import RepPlan, RepTask, evaluate
from core.visits.routing import warm_up
from core.visits.runner import Effort, Ran, Tell, run

if TYPE_CHECKING:
    from core.reports.visits.request import VisitRequest
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


def plan_many(
    store: Store,
    request: VisitRequest,
    employee_ids: Sequence[str],
    effort: Effort,
    *,
    again: bool = False,
    tell: Tell | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    runner: Callable[..., Iterator[Ran]] = run,
) -> Iterator[Outcome]:
    """Plan reps side by side, save each plan when it is made, and yield what became of it.

    A rep who has a saved plan from the same inputs is not planned again, so that an interrupted run
    goes on where it stopped. The store is read and written here only; what plans gets tasks.

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
    tell
        Told a rep and how far its search is, a few times a second.
    cancelled
        Asked all the time; plans made so far stay, those being made are given up.
    runner
        What plans: processes of this machine, or another with the parameters of
        :func:`core.visits.runner.run`.

    Raises
    ------
    CancelledError
        It was cancelled.
    """
    warm_up(crossing=request.balance is None)
    saved = {} if again else _saved(store, request)
    settled: dict[str, Outcome] = {}
    tasks = _tasks(store, request, employee_ids, saved, settled)
    for ran in runner(tasks, effort, tell=tell, cancelled=cancelled):
        if ran.key in settled:
            yield settled.pop(ran.key)
            continue
        plan_id = None if ran.plan is None else save(store, request, ran.plan)
        yield Outcome(ran.key, plan_id, ran.plan, error=ran.error)
    if cancelled():
        raise CancelledError(_("Planning was stopped; the plans made so far are saved."))


def _saved(store: Store, request: VisitRequest) -> dict[tuple[str, str], str]:
    rows = store_visits.plans(store, scope=request.scope)
    rows = rows[rows["base_plan_id"].isna()].sort_values("version")
    return {(row.employee_id, row.fingerprint): row.plan_id for row in rows.itertuples()}


def _tasks(
    store: Store,
    request: VisitRequest,
    employee_ids: Sequence[str],
    saved: dict[tuple[str, str], str],
    settled: dict[str, Outcome],
) -> Iterator[tuple[str, tuple[RepTask, ...]]]:
    """Yield each rep's tasks; none for those who are settled without planning."""
    for employee_id in employee_ids:
        try:
            tasks = rep_tasks(store, request, employee_id)
        except AppError as error:
            settled[employee_id] = Outcome(employee_id, None, None, error=str(error))
            yield employee_id, ()
            continue
        known = [(saved[key], task) for task in tasks if (key := (employee_id, task.fingerprint())) in saved]
        if known:
            plan_id, task = known[0]
            found = saved_plan(store, task, plan_id, request)[1]
            settled[employee_id] = Outcome(employee_id, plan_id, found, reused=True)
        yield employee_id, () if known else tasks


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
    return _listed(stops.assign(employee_id=found.employee_id, employee=found.name))


def _listed(stops: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "employee_id": stops["employee_id"],
            "employee": stops["employee"],
            "day": stops["day"],
            "weekday": [WEEKDAYS[day.weekday()] for day in stops["day"]],
            "position": stops["position"],
            "terminal_id": stops["terminal_id"],
            "name": stops["name"],
            "grade": stops["grade"],
            "outlet_type": stops["outlet_type"].map(known_word),
            "address": stops["address"],
            "begins": stops["begins"].map(clock),
            "ends": (stops["begins"] + stops["minutes"]).map(clock),
            "minutes": stops["minutes"].round(1),
            "travel_minutes": stops["travel_minutes"].round(1),
            "km": stops["km"].round(2),
        }
    )


def visit_list(store: Store, plan_ids: Sequence[str], scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the visits of some saved plans in the order of the plans; columns as :func:`visit_rows`.

    Parameters
    ----------
    store
        The store.
    plan_ids
        Which plans.
    scope
        The regions the user may see.
    """
    return _listed(store_visits.planned_visits(store, plan_ids, scope))


def missing_visits(shops: pd.DataFrame, cut: pd.DataFrame, stops: pd.DataFrame) -> pd.DataFrame:
    """Return the shops that get fewer visits in a plan than their norms ask for.

    Parameters
    ----------
    shops
        terminal_id, name, grade, planned: after cuts.
    cut
        terminal_id, cut: the visits cut before planning.
    stops
        The visits of the plan: terminal_id.

    Returns
    -------
    DataFrame
        terminal_id, name, grade, wanted, planned (in the plan), missing; most missing first.
    """
    given_up = shops["terminal_id"].map(cut.set_index("terminal_id")["cut"]).fillna(0).astype(int)
    made = shops["terminal_id"].map(stops.groupby("terminal_id").size()).fillna(0).astype(int)
    wanted = shops["planned"] + given_up
    table = shops[["terminal_id", "name", "grade"]].assign(
        wanted=wanted, planned=made, missing=(wanted - made).clip(lower=0)
    )
    return table[table["missing"] > 0].sort_values(["missing", "terminal_id"], ascending=[False, True])
