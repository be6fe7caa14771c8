"""What a planner holds fast: visits that stay on their day, days nobody joins, customers kept together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _
from core.visits.calendar import Period, combinations, why_none
from core.visits.rules import VisitRule

if TYPE_CHECKING:
    import pandas as pd

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Locks:
    """Visits and days that stay as they are.

    Parameters
    ----------
    visits
        Terminal and day of every visit that stays.
    days
        Days that nobody joins: whoever has no locked visit there is not visited then.
    """

    visits: frozenset[tuple[str, dt.date]] = frozenset()
    days: frozenset[dt.date] = frozenset()

    def of(self, members: Iterable[str], period: Period) -> tuple[dt.date, ...]:
        """Return the days of a period on which some terminals have a locked visit."""
        wanted = set(members)
        return tuple(sorted({day for shop, day in self.visits if shop in wanted} & set(period.days)))

    def ordered(self) -> tuple[list[tuple[str, dt.date]], list[dt.date]]:
        """Return the same in an order that doesn't change from run to run."""
        return sorted(self.visits), sorted(self.days)


def joint(rules: Sequence[VisitRule]) -> VisitRule:
    """Return the rule that keeps the days of all rules, for terminals visited on the same days.

    Raises
    ------
    InputError
        The least gap of one is above the greatest of another, or their market days differ.
    """
    least = [rule.min_gap for rule in rules if rule.min_gap is not None]
    most = [rule.max_gap for rule in rules if rule.max_gap is not None]
    first = [rule.first_by for rule in rules if rule.first_by is not None]
    begin = [rule.not_before for rule in rules if rule.not_before is not None]
    markets = {rule.market for rule in rules if rule.market is not None}
    if len(markets) > 1:
        raise InputError(_("their market days differ: {days}.", days=_(", ").join(sorted(map(str, markets)))))
    return VisitRule(
        _(", ").join(rule.terminal_id for rule in rules),
        preferred=frozenset().union(*(rule.preferred for rule in rules)),
        forbidden=frozenset().union(*(rule.forbidden for rule in rules)),
        min_gap=max(least, default=None),
        max_gap=min(most, default=None),
        fixed=tuple(sorted({day for rule in rules for day in rule.fixed})),
        first_by=min(first, default=None),
        not_before=max(begin, default=None),
        market=next(iter(markets), None),
    )


def allowed(
    period: Period, visits: int, rule: VisitRule, locks: Locks, members: Sequence[str] = ()
) -> tuple[int, ...]:
    """Return the combinations of days in which locked visits stay and no locked day is joined.

    Where all visits are locked, their days are the only combination, whatever the rule says: a promise
    was made. Where some are, the rule holds for the others, and gaps give way before a lock does.

    Parameters
    ----------
    period, visits, rule
        As for :func:`core.visits.calendar.combinations`.
    locks
        What stays.
    members
        Whose locked visits count; by default the rule's terminal.
    """
    locked = locks.of(members or (rule.terminal_id,), period)
    if len(locked) >= visits:
        return (period.mask(locked),) if len(locked) == visits else ()
    within = replace(period, days=tuple(d for d in period.days if d in locked or d not in locks.days))
    if set(rule.fixed) & set(period.days) - set(within.days):
        return ()
    wanted = replace(rule, fixed=tuple(sorted({*rule.fixed, *locked})))
    for candidate in (wanted, replace(wanted, min_gap=1, max_gap=None)) if locked else (wanted,):
        found = combinations(within, visits, candidate)
        if found:
            return tuple(period.mask(within.dates(mask)) for mask in found)
    return ()


def why_none_allowed(
    period: Period, visits: int, rule: VisitRule, locks: Locks, members: Sequence[str] = ()
) -> str:
    """Say which lock or rule leaves no combination, and what would make it fit."""
    locked = locks.of(members or (rule.terminal_id,), period)
    if len(locked) > visits:
        return _(
            "{locked} locked days are more than the {visits} visits planned;"
            " unlock some or raise the frequency.",
            locked=len(locked),
            visits=visits,
        )
    joined = sorted(set(rule.fixed) & set(period.days) & locks.days - set(locked))
    if joined:
        return _(
            "the appointment on {day} falls on a locked day; unlock the day or move the appointment.",
            day=joined[0],
        )
    if combinations(period, visits, rule):
        return _(
            "the locked days leave no days that keep the rules; unlock some: {days}.",
            days=_(", ").join(f"{day:%m-%d}" for day in sorted({*locked, *locks.days} & set(period.days))),
        )
    return why_none(period, visits, rule)


def in_force(shops: pd.DataFrame, together: Groups) -> Groups:
    """Return the groups as far as their members are visited: terminal_id and planned of ``shops`` count."""
    visited = set(shops.loc[shops["planned"] > 0, "terminal_id"])
    groups = (tuple(shop for shop in group if shop in visited) for group in together)
    return tuple(group for group in groups if len(group) > 1)


def raised(shops: pd.DataFrame, together: Groups, locks: Locks, period: Period) -> pd.Series:
    """Return the planned visits, no fewer than are locked for the shop or for those it is kept together with.

    Of a group with one frequency, all get as many as one of them: what a period makes of half a visit depends
    on the last visit of each.

    Parameters
    ----------
    shops
        terminal_id, visits (in four weeks), planned; shops without planned visits get none.
    together, locks, period
        What holds.
    """
    mates = {shop: group for group in in_force(shops, together) for shop in group}
    frequency, plans = (
        dict(zip(shops["terminal_id"], shops[name], strict=True)) for name in ("visits", "planned")
    )

    def least(shop: str, planned: int) -> int:
        group = list(mates.get(shop, (shop,)))
        alike = len({frequency[mate] for mate in group}) == 1
        most = max(int(plans[mate]) for mate in group) if alike else planned
        return max(most, len(locks.of(group, period)))

    counts = [
        least(shop, planned) if planned else 0
        for shop, planned in zip(shops["terminal_id"], shops["planned"], strict=True)
    ]
    return shops["planned"].mask(shops["planned"] > 0, counts)


def still_together(together: Groups, days: dict[str, list[dt.date]]) -> Groups:
    """Return the groups as far as their members share their days now; one split by hand is none any more.

    Parameters
    ----------
    together
        The groups.
    days
        Days of the visits by terminal; who has none is left out.
    """
    present = (tuple(shop for shop in group if shop in days) for group in together)
    return tuple(
        group for group in present if len(group) > 1 and len({frozenset(days[shop]) for shop in group}) == 1
    )


def with_mates(shops: Iterable[str], together: Groups) -> set[str]:
    """Return terminals and those they are kept together with."""
    wanted = set(shops)
    return wanted.union(*(group for group in together if wanted & set(group)))
