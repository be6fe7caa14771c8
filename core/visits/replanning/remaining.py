"""What is left of a period after something has happened: days, visits, who may move."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.visits.locks import Locks, allowed, still_together, with_mates
from core.visits.replanning.restoring import broken_days
from core.visits.rules import VisitRule

if TYPE_CHECKING:
    from core.visits.calendar import Period
    from core.visits.planning import RepPlan, RepTask


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
class Rest:
    """What is left of a period.

    Parameters
    ----------
    task
        The days that are left, with the visits to be made on them.
    locks
        Combination of days of each shop that can stay where it is.
    order
        The same shops, those nearest to an affected one first, without the locked ones.
    broken
        Those of them that are visited on a day which breaks hours as it stands.
    lost
        Shops with a visit on a lost day, one entry per visit, least sales per visit first.
    """

    task: RepTask
    locks: dict[str, int]
    order: tuple[str, ...]
    broken: frozenset[str]
    lost: tuple[str, ...]


def remaining(task: RepTask, current: RepPlan, event: Event, given_up: Sequence[str]) -> Rest:
    """Return what is left, without the visits given up."""
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
    # Where a member has to move, all of its group do.
    groups = still_together(task.together, by_shop)
    affected = with_mates(
        (s for s, visits in by_shop.items() if s in ruled or not set(visits) <= set(days)), groups
    )
    ruled = with_mates(ruled, groups)
    locked = frozenset(with_mates(event.locked, groups))
    stays = _locks(task, future)
    _refuse_locked((affected & locked) | {shop for shop, day in stays.visits if day not in days})
    locks = {shop: period.mask(visits) for shop, visits in by_shop.items() if shop not in affected}
    gone = Counter(given_up)
    counts = {shop: len(visits) - gone[shop] for shop, visits in by_shop.items()}
    shops = task.shops.assign(planned=task.shops["terminal_id"].map(counts).fillna(0).astype(int))
    if event.prospects is not None and len(event.prospects):
        new = set(event.prospects["terminal_id"])
        shops = pd.concat([shops[~shops["terminal_id"].isin(new)], event.prospects], ignore_index=True)
        affected |= new
    rules = {rule.terminal_id: rule for rule in (*task.rules, *event.rules)}
    # An irregular rest has no equal gaps any more: what stays of a shop's visits, stays.
    narrowed = tuple(
        rules.get(shop, VisitRule(shop))
        if shop in ruled or counts.get(shop, 1) < 1
        else _narrowed(
            rules.get(shop, VisitRule(shop)), by_shop.get(shop, []), counts.get(shop, 1), period, stays
        )
        for shop in sorted(affected)
    )
    others = tuple(rule for shop, rule in rules.items() if shop not in affected)
    rest = replace(task, shops=shops, period=period, rules=(*others, *narrowed), together=groups, locks=stays)
    staying = future[future["day"].isin(days) & future["terminal_id"].isin(rest.visited["terminal_id"])]
    spoilt = broken_days(rest, staying)
    broken = staying.loc[staying["day"].isin(spoilt) & staying["terminal_id"].isin(locks), "terminal_id"]
    return Rest(
        rest,
        locks,
        tuple(_nearest_first(rest, affected, set(locks) - locked)),
        frozenset(broken) - locked,
        _lost(task, future[~future["day"].isin(days)]),
    )


def _locks(task: RepTask, future: pd.DataFrame) -> Locks:
    """Return the locks of the visits that the plan has: all of a locked day, those locked of the others."""
    days = task.locks.days
    coming = zip(future["terminal_id"], future["day"], strict=True)
    return Locks(frozenset(v for v in coming if v[1] in days or v in task.locks.visits), days)


def _refuse_locked(stuck: set[str]) -> None:
    if stuck:
        raise InfeasibleError(
            _("These shops are locked on a day that is lost: {names}.", names=", ".join(sorted(stuck))),
            _("Unlock them, or keep the day."),
        )


def _lost(task: RepTask, lost: pd.DataFrame) -> tuple[str, ...]:
    """Return the shops of lost visits, those that sell least per visit first; unknown sales first of all."""
    if "own" not in task.shops:
        return tuple(lost["terminal_id"])
    shops = task.shops.set_index("terminal_id")
    worth = shops["own"].fillna(0.0) / shops["planned"].clip(lower=1)
    order = lost.assign(worth=lost["terminal_id"].map(worth)).sort_values(["worth", "terminal_id"])
    return tuple(map(str, order["terminal_id"]))


def _narrowed(
    rule: VisitRule,
    visits: Sequence[dt.date],
    count: int,
    period: Period,
    locks: Locks,
) -> VisitRule:
    """Return the rule under which a shop's visits on days that remain stay put, and the lost ones move."""
    days = set(period.days)
    stay = tuple(day for day in visits if day in days)
    wanted = replace(rule, fixed=tuple(sorted({*rule.fixed, *stay} & days)), first_by=None)
    for candidate in (
        wanted,
        # A gap that was promised gives way before an agreed visit does.
        replace(wanted, min_gap=1, max_gap=None),
        replace(wanted, min_gap=1, max_gap=None, preferred=frozenset(), fixed=rule.fixed),
    ):
        if allowed(period, count, candidate, locks):
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
