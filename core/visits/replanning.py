"""Re-planning what is left of a period with as few changed promises as possible."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.visits.calendar import Period, combinations
from core.visits.planning import RepPlan, RepTask, plan
from core.visits.rules import VisitRule

if TYPE_CHECKING:
    from core.visits.routing import Progress

_RELEASE = (0, 4, 12, 40)
"""How many more shops may move, in turn, when the affected ones alone don't fit."""


@dataclass(frozen=True)
class Event:
    """What has happened.

    Parameters
    ----------
    today
        Nothing before this day moves; visits of this day and later may.
    days_off
        Days on which the rep does not work any more.
    closed
        Shops that are visited no more.
    prospects
        New shops, rows as in ``RepTask.shops``.
    rules
        New rules: appointments of prospects, changed opening hours.
    locked
        Shops whose remaining visits must stay where they are.
    """

    today: dt.date
    days_off: frozenset[dt.date] = frozenset()
    closed: frozenset[str] = frozenset()
    prospects: pd.DataFrame | None = None
    rules: tuple[VisitRule, ...] = ()
    locked: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, eq=False)
class Replan:
    """The result of re-planning.

    Parameters
    ----------
    plan
        The whole period: past days as they were, the rest as re-planned.
    changes
        One row per changed promise: terminal_id, kind (``moved``, ``dropped``, ``added``), before,
        after (dates, NaT where there is none).
    freed
        How many unaffected shops had to be allowed to move; 0 proves that the number of changes is
        the least possible.
    """

    plan: RepPlan
    changes: pd.DataFrame
    freed: int


def changed_promises(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the visits whose day differs between two plans, paired in order of time.

    Parameters
    ----------
    before, after
        Stops of the plans: terminal_id, day.
    """
    rows = []
    old = before.groupby("terminal_id")["day"].agg(set).to_dict()
    new = after.groupby("terminal_id")["day"].agg(set).to_dict()
    for shop in sorted(old.keys() | new.keys()):
        was, now = old.get(shop, set()), new.get(shop, set())
        gone, come = sorted(was - now), sorted(now - was)
        for n in range(max(len(gone), len(come))):
            b, a = gone[n] if n < len(gone) else None, come[n] if n < len(come) else None
            rows.append((shop, "moved" if a and b else "dropped" if b else "added", b, a))
    return pd.DataFrame(rows, columns=["terminal_id", "kind", "before", "after"])


def replan(
    task: RepTask,
    current: RepPlan,
    event: Event,
    *,
    seconds: float | None = None,
    iterations: int | None = None,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Replan:
    """Plan what is left again; past and locked visits stay.

    First only the shops that the event touches may move. Where that does not fit, their nearest
    neighbours may move too, a few at a time, and the fewer the better.

    Raises
    ------
    InfeasibleError
        Even with many shops moving there is no plan; says why.
    InputError
        Nothing of the period is left, or an event names an unknown shop.
    """
    rest, locks, affected = _remaining(task, current, event)
    if not len(rest.visited):
        raise InputError(_("Nothing is left to plan after {day}.", day=event.today))
    order = _nearest_first(rest, affected, set(locks) - event.locked)
    failure: InfeasibleError | None = None
    # With the affected alone the search is short; more time is for the steps that follow.
    for freed in _RELEASE:
        free = set(order[:freed])
        if freed > len(order) and failure is not None:
            free = set(order)
        kept = tuple((shop, mask) for shop, mask in sorted(locks.items()) if shop not in free)
        try:
            part = plan(
                replace(rest, kept=kept),
                seconds=seconds,
                iterations=iterations,
                progress=progress,
                cancelled=cancelled,
            )
        except InfeasibleError as error:
            failure = error
            continue
        return _joined(task, current, event, part, len(free))
    assert failure is not None
    raise failure


def _remaining(task: RepTask, current: RepPlan, event: Event) -> tuple[RepTask, dict[str, int], set[str]]:
    """Return the task that is left, the combinations that can stay, and the shops that must move."""
    days = tuple(d for d in task.period.days if d >= event.today and d not in event.days_off)
    if not days:
        raise InputError(_("Nothing is left to plan after {day}.", day=event.today))
    known = set(task.shops["terminal_id"])
    unknown = sorted((event.closed | event.locked) - known)
    if unknown:
        raise InputError(_("The plan has no shop {names}.", names=", ".join(unknown)))
    period = replace(task.period, days=days)
    future = current.stops[
        (current.stops["day"] >= event.today) & ~current.stops["terminal_id"].isin(event.closed)
    ]
    by_shop = {str(shop): list(rows) for shop, rows in future.groupby("terminal_id")["day"]}
    ruled = {rule.terminal_id for rule in event.rules}
    affected = {s for s, visits in by_shop.items() if s in ruled or not set(visits) <= set(days)}
    stuck = sorted(affected & event.locked)
    if stuck:
        raise InfeasibleError(
            _("These shops are locked on a day that is lost: {names}.", names=", ".join(stuck)),
            _("Unlock them, or keep the day."),
        )
    locks = {shop: period.mask(visits) for shop, visits in by_shop.items() if shop not in affected}
    shops = task.shops.assign(planned=task.shops["terminal_id"].map({s: len(v) for s, v in by_shop.items()}))
    shops = shops.assign(planned=shops["planned"].fillna(0).astype(int))
    if event.prospects is not None and len(event.prospects):
        shops = pd.concat([shops, event.prospects], ignore_index=True)
        affected |= set(event.prospects["terminal_id"])
    rules = {rule.terminal_id: rule for rule in (*task.rules, *event.rules)}
    # An irregular rest has no equal gaps any more: what stays of a shop's visits, stays.
    narrowed = tuple(
        _narrowed(rules.get(shop, VisitRule(shop)), by_shop.get(shop, []), days, event, period)
        for shop in sorted(affected)
    )
    others = tuple(rule for shop, rule in rules.items() if shop not in affected)
    return replace(task, shops=shops, period=period, rules=(*others, *narrowed)), locks, affected


def _narrowed(
    rule: VisitRule,
    visits: Sequence[dt.date],
    days: Sequence[dt.date],
    event: Event,
    period: Period,
) -> VisitRule:
    """Return the rule under which a shop's visits on days that remain stay put, and the lost ones move."""
    if any(r.terminal_id == rule.terminal_id for r in event.rules):
        return rule
    stay = tuple(day for day in visits if day in days)
    wanted = replace(rule, fixed=tuple(sorted({*rule.fixed, *stay} & set(days))), first_by=None)
    count = max(len(visits), 1)
    for candidate in (
        wanted,
        # A gap that was promised gives way before an agreed visit does.
        replace(wanted, min_gap=1, max_gap=None),
        replace(wanted, min_gap=1, max_gap=None, preferred=frozenset(), fixed=rule.fixed),
    ):
        if combinations(period, count, candidate):
            return candidate
    return wanted


def _nearest_first(rest: RepTask, affected: set[str], movable: set[str]) -> list[str]:
    """Return the shops that may move too, those nearest to an affected one first."""
    shops = rest.visited
    mine = shops[shops["terminal_id"].isin(affected)]
    others = shops[shops["terminal_id"].isin(movable)]
    if not len(others):
        return []
    if not len(mine):
        return list(map(str, others["terminal_id"]))
    km = rest.travel.km(
        others["lat"].to_numpy()[:, None],
        others["lon"].to_numpy()[:, None],
        mine["lat"].to_numpy(),
        mine["lon"].to_numpy(),
    ).min(axis=1)
    return list(map(str, others["terminal_id"].iloc[np.argsort(km, kind="stable")]))


def _joined(task: RepTask, current: RepPlan, event: Event, part: RepPlan, freed: int) -> Replan:
    """Put past days and the re-planned rest together."""
    stops = pd.concat([current.stops[current.stops["day"] < event.today], part.stops], ignore_index=True)
    fresh = part.days.set_index("day")
    old = current.days[current.days["day"] < event.today].set_index("day")
    days = pd.concat([old, fresh]).reindex(task.period.days)
    days[["visits", "visit_minutes", "travel_minutes", "minutes", "km"]] = days[
        ["visits", "visit_minutes", "travel_minutes", "minutes", "km"]
    ].fillna(0)
    whole = replace(
        part,
        stops=stops,
        days=days.astype({"visits": int}).rename_axis("day").reset_index(),
        steps=part.steps,
    )
    return Replan(whole, changed_promises(current.stops, stops), freed)
