"""Move one visit by hand, with what it costs and what it breaks."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _, format_number
from core.visits.planning import RepPlan, RepTask, ends, evaluate, late, places
from core.visits.rules import VisitRule

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Moved:
    """The plan after a move.

    Parameters
    ----------
    plan
        The whole plan.
    travel_minutes
        By how much the time on the way grows.
    broken
        Rules that do not hold any more, in words; the planner decides.
    """

    plan: RepPlan
    travel_minutes: float
    broken: tuple[str, ...]


def detours(task: RepTask, current: RepPlan, terminal_id: str, before: dt.date) -> dict[dt.date, float]:
    """Return by how many minutes on the way the plan grows when a visit moves, for every day it may move to.

    Days on which the shop is visited already are left out; hours and rules are not looked at, see
    :func:`move`.

    Parameters
    ----------
    task
        The rep.
    current
        The plan.
    terminal_id, before
        Which visit.
    """
    routes = {day: list(rows["terminal_id"]) for day, rows in current.stops.groupby("day")}
    number = {shop: n for n, shop in enumerate(task.visited["terminal_id"], 1)}
    _km, way = places(task)
    me = number[terminal_id]
    at_ends = dict(zip(task.period.days, ends(task), strict=True))
    own = _with_ends(at_ends[before], [number[shop] for shop in routes[before]])
    at = 1 + routes[before].index(terminal_id)
    saved = way[own[at - 1], me] + way[me, own[at + 1]] - way[own[at - 1], own[at + 1]]
    free = [day for day in task.period.days if terminal_id not in routes.get(day, [])]
    return {
        day: float(
            min(_added(way, me, _with_ends(at_ends[day], [number[s] for s in routes.get(day, [])]))) - saved
        )
        for day in free
    }


def _with_ends(at: tuple[int, int], stops: Sequence[int]) -> list[int]:
    """Return the stops of a day between where it starts and ends."""
    return [at[0], *stops, at[1]]


def _added(way: NDArray[np.float64], me: int, whole: Sequence[int]) -> list[float]:
    """Return what a visit at each place of a route, ends included, adds to its minutes."""
    return [float(way[a, me] + way[me, b] - way[a, b]) for a, b in itertools.pairwise(whole)]


def move(task: RepTask, current: RepPlan, terminal_id: str, before: dt.date, after: dt.date) -> Moved:
    """Move a visit to another day, to the place in that day's route where it costs least.

    Parameters
    ----------
    task
        The rep.
    current
        The plan.
    terminal_id
        The shop.
    before, after
        From which day to which.

    Raises
    ------
    InputError
        There is no such visit, the shop is visited that day already, or it is no working day.
    """
    routes = {day: list(rows["terminal_id"]) for day, rows in current.stops.groupby("day")}
    if terminal_id not in routes.get(before, []):
        raise InputError(_("{name} has no visit on {day}.", name=terminal_id, day=before))
    if after not in task.period.days:
        raise InputError(_("{day} is no working day of the plan.", day=after))
    if terminal_id in routes.get(after, []):
        raise InputError(_("{name} is visited on {day} already.", name=terminal_id, day=after))
    _refuse_locked(task, terminal_id, before, after)
    number = {shop: n for n, shop in enumerate(task.visited["terminal_id"], 1)}
    _km, way = places(task)
    routes[before].remove(terminal_id)
    target = routes.setdefault(after, [])
    at = ends(task)[task.period.days.index(after)]
    cost = _added(way, number[terminal_id], _with_ends(at, [number[s] for s in target]))
    target.insert(min(range(len(cost)), key=cost.__getitem__), terminal_id)
    found = evaluate(task, sorted(routes.items()))
    broken = [
        *_rule_breaks(task, found, terminal_id),
        *_parted(task, found, terminal_id),
        *sorted(set(late(task, found)) - set(late(task, current))),
    ]
    return Moved(found, found.travel_minutes - current.travel_minutes, tuple(broken))


def _refuse_locked(task: RepTask, terminal_id: str, before: dt.date, after: dt.date) -> None:
    locks = task.locks
    for day in (before, after):
        if day in locks.days:
            raise InputError(
                _("{day} is locked: nobody leaves or joins it.", day=day), _("Unlock the day first.")
            )
    if (terminal_id, before) in locks.visits:
        raise InputError(
            _("The visit of {name} on {day} is locked.", name=terminal_id, day=before),
            _("Unlock the visit first."),
        )


def _parted(task: RepTask, plan: RepPlan, terminal_id: str) -> list[str]:
    """Say with whom the shop does not share its days any more."""
    days = {str(shop): set(rows) for shop, rows in plan.stops.groupby("terminal_id")["day"]}
    names = dict(zip(task.shops["terminal_id"], task.shops["name"], strict=True))
    parted = [
        names[mate]
        for group in task.together
        if terminal_id in group
        for mate in group
        if mate in days and days[mate] != days[terminal_id]
    ]
    if not parted:
        return []
    return [_("No longer on the same days as {names}.", names=_(", ").join(parted))]


def _rule_breaks(task: RepTask, plan: RepPlan, terminal_id: str) -> list[str]:
    rule = next((r for r in task.rules if r.terminal_id == terminal_id), VisitRule(terminal_id))
    days = sorted(plan.stops.loc[plan.stops["terminal_id"] == terminal_id, "day"])
    gaps = [(b - a).days for a, b in itertools.pairwise(days)]
    found = []
    if any(day.weekday() in rule.forbidden for day in days):
        found.append(_("The weekday is forbidden for this customer."))
    if rule.market is not None and not all(map(rule.market.allows, days)):
        found.append(_("The market days ({days}) are not kept.", days=rule.market))
    if rule.not_before is not None and days[0] < rule.not_before:
        found.append(_("The first visit is before {day}.", day=rule.not_before))
    if set(rule.fixed) & set(task.period.days) - set(days):
        found.append(_("An agreed appointment is not kept."))
    if rule.first_by is not None and days[0] > rule.first_by:
        found.append(_("The first visit is later than {day}.", day=rule.first_by))
    ideal = 7 * task.period.weeks / len(days)
    low = rule.min_gap if rule.min_gap is not None else ideal / 2
    high = rule.max_gap if rule.max_gap is not None else ideal * 1.5
    if any(not low <= gap <= high for gap in gaps):
        shown = _(", ").join(format_number(gap) for gap in gaps)
        found.append(
            _(
                "The visits are {gaps} days apart; {ideal} would be even.",
                gaps=shown,
                ideal=format_number(ideal),
            )
        )
    return found
