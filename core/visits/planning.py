"""The plan of one rep for a period: a pure function of the rep's shops, rules and days."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InfeasibleError, InputError
from core.i18n import _, ngettext
from core.visits.day_choices import day_choices
from core.visits.explaining import broken, shortened, too_much, why_never
from core.visits.hours import DAY_MINUTES
from core.visits.routing import Break, Customer, Problem, Progress, Shift, Solution, solve
from core.visits.rules import VisitRule, WorkDay
from core.visits.tasks import DAY_COLUMNS, HOME, OFFICE, STOP_COLUMNS, RepPlan, RepTask

if TYPE_CHECKING:
    import datetime as dt

    from numpy.typing import NDArray

    from core.visits.hours import Hours

__all__ = ["RepPlan", "RepTask", "evaluate", "late", "places", "plan", "problem", "unruled"]


def places(task: RepTask) -> tuple[np.ndarray, np.ndarray]:
    """Return km and minutes between home (0), the visited shops (1 ...), the office, the nights away."""
    shops = task.visited
    extra = _other_places(task)
    lat, lon = (
        np.concatenate([[task.home[n]], shops[name].to_numpy(np.float64), [at[n] for at in extra.values()]])
        for n, name in enumerate(("lat", "lon"))
    )
    speeds = task.travel.speeds(shops.get("urban_class"))
    speeds = np.resize(speeds, len(shops)) if len(speeds) == 1 else speeds
    home = speeds.mean() if len(speeds) else task.travel.speed_kmh
    km, minutes = task.travel.matrices(lat, lon, np.concatenate([[home], speeds, [home] * len(extra)]))
    if task.ways is None:
        return km, minutes
    number = {place: n for n, place in enumerate(task.ways.ids)}
    at = np.array([number.get(place, -1) for place in (HOME, *shops["terminal_id"], *extra)])
    known = (at[:, None] >= 0) & (at[None, :] >= 0)
    cut = np.ix_(at, at)
    return (
        np.where(known & np.isfinite(task.ways.km[cut]), task.ways.km[cut], km),
        np.where(known & np.isfinite(task.ways.minutes[cut]), task.ways.minutes[cut], minutes),
    )


def _other_places(task: RepTask) -> dict[str, tuple[float, float]]:
    """Return the places besides home and the visited shops: the office, and where nights are spent."""
    found: dict[str, tuple[float, float]] = {} if task.office is None else {OFFICE: task.office}
    shops = task.shops.set_index("terminal_id")
    for terminal in sorted(set(task.nights_of().values())):
        found[terminal] = (float(shops.at[terminal, "lat"]), float(shops.at[terminal, "lon"]))
    return found


def ends(task: RepTask) -> list[tuple[int, int]]:
    """Return the places, as rows of :func:`places`, where each day starts and ends."""
    number = {name: n for n, name in enumerate(_other_places(task), 1 + len(task.visited))}
    nights, found, start = task.nights_of(), [], 0
    for day in task.period.days:
        end = number[nights[day]] if day in nights else number.get(OFFICE, 0)
        found.append((start, end))
        start = end if day in nights else 0
    return found


def problem(task: RepTask, *, checked: bool = True) -> Problem:
    """Put the task into the words of the solver.

    Parameters
    ----------
    task
        The rep, the shops, the days.
    checked
        Whether shops that can't be visited at all are refused.

    Raises
    ------
    InfeasibleError
        Some shops have no allowed combination of days; all are named, each with its rule.
    """
    shops = task.visited
    if not len(shops):
        raise InputError(
            _("{name} has no shop to visit.", name=task.name),
            _("Give the rep shops with coordinates and a frequency above 0."),
        )
    rules = {rule.terminal_id: rule for rule in task.rules}
    choices = day_choices(task)
    _km, minutes = places(task)
    day_ends = ends(task)
    customers, faults = [], []
    for place, shop in enumerate(shops.itertuples(), 1):
        rule = rules.get(shop.terminal_id, VisitRule(shop.terminal_id))
        allowed = choices.masks[shop.terminal_id]
        opening = _opening(task, float(shop.minutes), rule)
        near = _nearest_ends(day_ends, minutes, place)
        why = (
            why_never(shop.minutes, *near, _least_room(opening), task.work)
            if allowed
            else choices.faults.get(shop.terminal_id)
        )
        if why is not None:
            faults.append(f"{shop.name}: {why}")
        customers.append(Customer(str(shop.name), place, allowed, float(shop.minutes), opening=opening))
    if faults and checked:
        said = ngettext(
            "{n} shop of {name} can't be planned.",
            "{n} shops of {name} can't be planned.",
            len(faults),
            name=task.name,
        )
        raise InfeasibleError(
            "  \n".join([said, *shortened(faults)]), _("Change the rules named, or the working days.")
        )
    number = {shop: n for n, shop in enumerate(shops["terminal_id"])}
    return Problem(
        tuple(customers),
        tuple((_shift(task.work, start, end),) for start, end in day_ends),
        minutes,
        together=tuple(tuple(number[shop] for shop in group) for group in choices.groups),
        balance=task.balance,
    )


def _opening(task: RepTask, minutes: float, rule: VisitRule) -> tuple[Hours, ...]:
    """Return the hours once for all days, or day by day where an hour was agreed."""
    agreed = {day: at for day, at in rule.times if day in task.period.days}
    if not agreed:
        return (rule.hours,) if rule.hours else ()
    always = rule.hours or ((0.0, DAY_MINUTES),)
    return tuple(
        ((agreed[day], agreed[day] + minutes),) if day in agreed else always for day in task.period.days
    )


def _nearest_ends(
    day_ends: Sequence[tuple[int, int]], minutes: NDArray[np.float64], place: int
) -> tuple[float, float]:
    """Return the shortest way to a shop from where some day starts, and back to where it ends."""
    both = [(float(minutes[start, place]), float(minutes[place, end])) for start, end in day_ends]
    return min(both, key=sum)


def _least_room(opening: Sequence[Hours]) -> Hours:
    """Return the hours of the day that has least of them."""
    return min(opening, key=lambda hours: sum(b - a for a, b in hours), default=())


def _shift(work: WorkDay, start: int, end: int) -> Shift:
    """Return a working day; who ends it elsewhere than where it starts gets there without visits too."""
    rest = Break(work.rest_earliest, work.rest_latest, work.rest_minutes) if work.rest_minutes else None
    return Shift(
        1,
        start,
        end,
        max_minutes=work.minutes + work.rest_minutes,
        opens=work.starts,
        closes=work.ends,
        rest=rest,
        always_driven=start != end,
    )


def plan(
    task: RepTask,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    searches: int = 1,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    improved: Callable[[RepPlan], None] | None = None,
) -> RepPlan:
    """Plan one rep's period: visit days and the order within each day together.

    Parameters
    ----------
    task
        The rep, the shops, the days.
    seconds, iterations
        How long to search, by the clock or in steps; with steps the same task gives the same plan.
    searches
        Searches side by side, each of which takes a processor.
    progress, cancelled
        Told and asked while searching; a cancel keeps the best plan so far.
    improved
        Told the best plan so far, soon after the start and whenever it got better.

    Raises
    ------
    InfeasibleError
        No plan keeps all rules: what collides, and what would make it fit.
    """
    asked = problem(task)
    way = asked.travel_minutes[: 1 + len(task.visited), : 1 + len(task.visited)]
    excess = too_much(task.visited, way, len(task.period.days), task.work)
    if excess is not None:
        raise InfeasibleError(f"{task.name}: {excess}", _advice())
    try:
        found = solve(
            asked,
            seconds=seconds,
            iterations=iterations,
            seed=task.seed(),
            searches=searches,
            progress=progress,
            cancelled=cancelled,
            improved=None if improved is None else lambda best: improved(_read(task, asked, best)),
        )
    except InfeasibleError as error:
        raise InfeasibleError(f"{task.name}: {error.message}", error.hint or _advice()) from error
    if not found.feasible:
        said = _("{name}: no plan that keeps all rules was found. The best one breaks:", name=task.name)
        raise InfeasibleError("  \n".join([said, *broken(found.violations, task.period)]), _advice())
    return _read(task, asked, found)


def _advice() -> str:
    return _(
        "Search longer, cut visits as the workload proposes, lengthen the day, or give shops to another rep."
    )


def _read(task: RepTask, asked: Problem, found: Solution) -> RepPlan:
    shops = task.visited
    km, minutes = places(task)
    ids = shops["terminal_id"].tolist()
    stops, days = [], {}
    for route in found.routes:
        day, shift = task.period.days[route.day], asked.shifts[route.day][route.shift]
        way = [shift.start, *(asked.customers[c].place for c in route.stops), shift.end]
        legs = list(itertools.pairwise(way))
        for position, (customer, begins, (a, b)) in enumerate(
            zip(route.stops, route.begins, legs, strict=False), 1
        ):
            stops.append(
                (
                    day,
                    position,
                    ids[customer],
                    begins,
                    asked.customers[customer].minutes,
                    minutes[a, b],
                    km[a, b],
                )
            )
        days[day] = (
            day,
            len(route.stops),
            route.departs,
            route.returns,
            sum(asked.customers[c].minutes for c in route.stops),
            float(sum(minutes[a, b] for a, b in legs)),
            # A break is no load.
            route.minutes - (task.work.rest_minutes if route.rest_begins is not None else 0.0),
            float(sum(km[a, b] for a, b in legs)),
        )
    nothing = (0, np.nan, np.nan, 0.0, 0.0, 0.0, 0.0)
    rows = [days.get(day, (day, *nothing)) for day in task.period.days]
    table = pd.DataFrame(sorted(stops, key=lambda s: s[:2]), columns=list(STOP_COLUMNS))
    return RepPlan(
        task.employee_id,
        task.name,
        table,
        pd.DataFrame(rows, columns=list(DAY_COLUMNS)),
        task.unplaced,
        found.steps,
        task.fingerprint(),
        task.notice,
    )


def evaluate(task: RepTask, assigned: Sequence[tuple[dt.date, Sequence[str]]]) -> RepPlan:
    """Return the plan that a given order of shops per day means, with its clock times.

    Used to show the effect of a moved visit before anything is searched again. Rules that the given
    order breaks are not mended; compare with :func:`problem` to find them.

    Parameters
    ----------
    task
        The rep.
    assigned
        Per day, the shops in the order of the visits.
    """
    from core.visits.routing.solution import timetable

    number = {shop: n for n, shop in enumerate(task.visited["terminal_id"])}
    asked = unruled(task)
    made = {task.period.days.index(day): [number[s] for s in shops] for day, shops in assigned if shops}
    routes = tuple(
        timetable(asked, day, 0, made.get(day, []))
        for day, (shift,) in enumerate(asked.shifts)
        if day in made or shift.always_driven
    )
    return _read(task, asked, Solution(sum(r.distance for r in routes), routes, (), 0, 0.0))


def late(task: RepTask, plan: RepPlan) -> list[str]:
    """Return, in words, the hours and working minutes that a plan breaks."""
    from core.visits.routing.solution import timetable, violations

    number = {shop: n for n, shop in enumerate(task.visited["terminal_id"])}
    asked = unruled(task)
    routes = [
        timetable(asked, task.period.days.index(day), 0, [number[s] for s in rows["terminal_id"]])
        for day, rows in plan.stops.groupby("day")
    ]
    return broken(violations(asked, routes), task.period)


def unruled(task: RepTask) -> Problem:
    """Return the problem in which every shop may be visited on any day: only hours and minutes count."""
    everything = (1 << len(task.period.days)) - 1
    free = replace(task, kept=tuple((shop, everything) for shop in task.visited["terminal_id"]), together=())
    return problem(free, checked=False)
