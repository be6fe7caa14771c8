"""Put shops back on the days they had, where the day still has room: fewer changed promises."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from core.visits.planning import RepPlan, RepTask, ends, evaluate, unruled
from core.visits.routing.solution import timetable, violations

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

Days = dict["dt.date", list[str]]


def broken_days(task: RepTask, stops: pd.DataFrame) -> set[dt.date]:
    """Return the days whose route, as it stands, breaks hours or is too long.

    Parameters
    ----------
    task
        The rep.
    stops
        terminal_id and day, in the order of the visits.
    """
    fits = _fitting(task)
    return {day for day, rows in stops.groupby("day") if not fits(day, list(rows["terminal_id"]))}


def put_back(task: RepTask, found: RepPlan, before: pd.DataFrame, shops: Collection[str]) -> RepPlan:
    """Return the plan with as many shops as possible on the days they had before.

    One after the other, each at the place of its old day where it costs least time, until no more fits;
    the days of the others don't change.

    Parameters
    ----------
    task
        The rep, with the days that are left.
    found
        The plan.
    before
        The stops that were promised: terminal_id, day.
    shops
        Who may be put back.
    """
    days = {day: list(rows["terminal_id"]) for day, rows in found.stops.groupby("day")}
    before = before[before["terminal_id"].isin(shops) & before["day"].isin(task.period.days)]
    promised = before.groupby("terminal_id")["day"].agg(set)
    waiting = sorted(set(promised.index) & set(found.stops["terminal_id"]))
    fits, way = _fitting(task), _way(task)
    restored = True
    while restored:
        restored = False
        for shop in list(waiting):
            now = {day for day, stops in days.items() if shop in stops}
            if now == promised[shop]:
                waiting.remove(shop)
                continue
            moved = _moved(days, shop, now - promised[shop], promised[shop] - now, way, fits)
            if moved is not None:
                days.update(moved)
                waiting.remove(shop)
                restored = True
    return evaluate(task, sorted(days.items()))


def _fitting(task: RepTask) -> Callable[[dt.date, list[str]], bool]:
    """Return what tells whether a day with some stops keeps hours and length."""
    asked = unruled(task)
    number = {shop: n for n, shop in enumerate(task.visited["terminal_id"])}

    def fits(day: dt.date, stops: list[str]) -> bool:
        route = timetable(asked, task.period.days.index(day), 0, [number[s] for s in stops])
        return not violations(asked, [route])

    return fits


def _way(task: RepTask) -> Callable[[dt.date, str | None, str | None], float]:
    """Return the minutes from shop to shop on a day; None is where the day starts, or ends."""
    minutes = unruled(task).travel_minutes
    number: dict[str | None, int] = {shop: n for n, shop in enumerate(task.visited["terminal_id"], 1)}
    at = dict(zip(task.period.days, ends(task), strict=True))
    return lambda day, a, b: float(minutes[number.get(a, at[day][0]), number.get(b, at[day][1])])


def _moved(
    days: Days,
    shop: str,
    leave: set[dt.date],
    join: set[dt.date],
    way: Callable[[dt.date, str | None, str | None], float],
    fits: Callable[[dt.date, list[str]], bool],
) -> Days | None:
    """Return the days that change when a shop goes back, None where one of them has no room."""
    changed: Days = {day: [stop for stop in days[day] if stop != shop] for day in leave}
    for day in sorted(join):
        stops = days.get(day, [])
        legs = list(itertools.pairwise([None, *stops, None]))
        detours = [way(day, a, shop) + way(day, shop, b) - way(day, a, b) for a, b in legs]
        for place in sorted(range(len(legs)), key=detours.__getitem__):
            tried = [*stops[:place], shop, *stops[place:]]
            if fits(day, tried):
                changed[day] = tried
                break
        else:
            return None
    return changed
