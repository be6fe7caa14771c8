"""On which days a customer may be visited: every allowed combination of days of a period."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.i18n import _
from core.visits.rules import VisitRule

MOST = 400
"""At most so many irregular combinations are offered per customer, the most even first."""
_LOOK = 4000
_TRIES = 40_000


@dataclass(frozen=True)
class Period:
    """The days of a plan.

    Parameters
    ----------
    start
        First calendar day.
    weeks
        Length; the period ends ``7 × weeks`` days later.
    days
        Its working days, ascending; bit i of a combination is ``days[i]``.
    """

    start: dt.date
    weeks: int
    days: tuple[dt.date, ...]

    def mask(self, days: Sequence[dt.date]) -> int:
        """Return the bits of some of its days."""
        return sum(1 << self.days.index(day) for day in set(days))

    def dates(self, mask: int) -> list[dt.date]:
        """Return the days of a combination."""
        return [day for n, day in enumerate(self.days) if mask >> n & 1]


def _regular(period: Period, visits: int) -> Iterator[tuple[dt.date, ...]]:
    """Yield day sets with equal gaps: the same weekdays, weeks spread evenly."""
    weekdays = sorted({day.weekday() for day in period.days})
    each, more = divmod(visits, period.weeks)
    counts = {tuple(_spread(period.weeks, more, phase)) for phase in range(max(period.weeks, 1))}
    offset = {n: period.start + dt.timedelta(7 * n) for n in range(period.weeks)}
    for extra in sorted(counts):
        sizes = [each + (n in extra) for n in range(period.weeks)]
        for wide in _weekday_sets(weekdays, max(sizes)):
            for narrow in _weekday_sets(list(wide), min(sizes)) if min(sizes) < max(sizes) else [wide]:
                yield tuple(
                    sorted(
                        offset[n] + dt.timedelta((w - period.start.weekday()) % 7)
                        for n, size in enumerate(sizes)
                        for w in (wide if size == max(sizes) else narrow)
                    )
                )


def _spread(weeks: int, picked: int, phase: int) -> list[int]:
    """Return ``picked`` of the weeks, evenly apart, starting with a shift."""
    return sorted({((k * weeks) // picked + phase) % weeks for k in range(picked)}) if picked else []


def _weekday_sets(weekdays: Sequence[int], size: int) -> list[tuple[int, ...]]:
    """Return the sets of weekdays that are furthest apart in a week."""
    if size == 0:
        return [()]
    sets = list(itertools.combinations(weekdays, size))

    def least_gap(chosen: tuple[int, ...]) -> int:
        gaps = [b - a for a, b in itertools.pairwise(chosen)]
        return min([*gaps, chosen[0] + 7 - chosen[-1]])

    best = max(map(least_gap, sets), default=0)
    return [chosen for chosen in sets if least_gap(chosen) == best]


def _irregular(period: Period, visits: int, rule: VisitRule) -> list[tuple[dt.date, ...]]:
    """Return day sets with unequal gaps, the most even first, for rules that no regular set keeps."""
    ideal = 7 * period.weeks / visits
    low = rule.min_gap if rule.min_gap is not None else max(1, int(ideal / 2))
    high = rule.max_gap if rule.max_gap is not None else 7 * period.weeks
    usable = [day for day in period.days if rule.allows(day)]
    found: list[tuple[float, tuple[dt.date, ...]]] = []
    tries = itertools.count()
    fixed = {day for day in rule.fixed if day in period.days}

    def grow(chosen: tuple[dt.date, ...], uneven: float) -> None:
        if len(found) >= _LOOK or next(tries) >= _TRIES:
            return
        if len(chosen) == visits:
            if fixed <= set(chosen):
                found.append((uneven, chosen))
            return
        steps = []
        for day in usable:
            gap = (day - chosen[-1]).days if chosen else 0
            if chosen and not low <= gap <= high:
                continue
            if any((not chosen or chosen[-1] < agreed) and agreed < day for agreed in fixed):
                continue
            steps.append((abs(gap - ideal) if chosen else 0.0, day))
        for cost, day in sorted(steps):
            grow((*chosen, day), uneven + cost)

    grow((), 0.0)
    return [chosen for _uneven, chosen in sorted(found)[:MOST]]


def _keeps(chosen: tuple[dt.date, ...], period: Period, rule: VisitRule) -> bool:
    days = set(chosen)
    gaps = [(b - a).days for a, b in itertools.pairwise(chosen)]
    return (
        days <= set(period.days)
        and len(days) == len(chosen)
        and all(map(rule.allows, days))
        and {day for day in rule.fixed if period.days[0] <= day <= period.days[-1]} <= days
        and (rule.first_by is None or chosen[0] <= rule.first_by)
        and (rule.min_gap is None or all(gap >= rule.min_gap for gap in gaps))
        and (rule.max_gap is None or all(gap <= rule.max_gap for gap in gaps))
    )


def combinations(period: Period, visits: int, rule: VisitRule | None = None) -> tuple[int, ...]:
    """Return all allowed combinations of visit days as bit masks.

    Equal gaps on fixed weekdays where that is possible; else the most even sets that keep the rule.
    Preferred weekdays are kept where any combination does.

    Parameters
    ----------
    period
        The days.
    visits
        Visits in the period, at least 1.
    rule
        What holds for the customer.

    Returns
    -------
    tuple of int
        Empty where nothing is allowed; :func:`why_none` says why.
    """
    rule = rule or VisitRule("")
    sets = (
        [chosen for chosen in _regular(period, visits) if _keeps(chosen, period, rule)]
        if (visits <= len(period.days))
        else []
    )
    if not sets:
        sets = [chosen for chosen in _irregular(period, visits, rule) if _keeps(chosen, period, rule)]
    liked = [chosen for chosen in sets if all(day.weekday() in rule.preferred for day in chosen)]
    return tuple(
        dict.fromkeys(period.mask(chosen) for chosen in (liked if rule.preferred and liked else sets))
    )


def _too_few_days(period: Period, visits: int, rule: VisitRule) -> str:
    """Say which rule leaves fewer days than visits; nothing where there are enough."""
    usable = [day for day in period.days if rule.allows(day)]
    on_time = [day for day in period.days if rule.not_before is None or day >= rule.not_before]
    if visits > len(on_time) and rule.not_before is not None:
        return _(
            "{visits} visits need as many days, from {day} on there are {days};"
            " visit less often or allow an earlier day.",
            visits=visits,
            day=rule.not_before,
            days=len(on_time),
        )
    if rule.market is not None and visits > len(usable):
        return _(
            "{visits} visits need as many days, with the market days ({market}) there are {days};"
            " visit less often or on other days too.",
            visits=visits,
            market=rule.market,
            days=len(usable),
        )
    if visits > len(usable):
        return _(
            "{visits} visits need as many days, only {days} are allowed;"
            " visit less often or allow more weekdays.",
            visits=visits,
            days=len(usable),
        )
    return ""


def why_none(period: Period, visits: int, rule: VisitRule) -> str:
    """Say which rule leaves no combination, and what would make it fit."""
    few = _too_few_days(period, visits, rule)
    if few:
        return few
    usable = [day for day in period.days if rule.allows(day)]
    inside = [day for day in rule.fixed if period.days[0] <= day <= period.days[-1]]
    off = [day for day in inside if day not in usable]
    if off:
        return _("the appointment on {day} is no day of work; move it.", day=off[0])
    if len(inside) > visits:
        return _(
            "{fixed} appointments are more than the {visits} visits planned; raise the frequency.",
            fixed=len(inside),
            visits=visits,
        )
    if rule.first_by is not None and (not usable or rule.first_by < usable[0]):
        return _(
            "the first visit is due on {day}, before the first day allowed; allow it later.",
            day=rule.first_by,
        )
    return _(
        "{visits} visits don't fit with gaps of {least} to {most} days; widen the gaps.",
        visits=visits,
        least=rule.min_gap if rule.min_gap is not None else 1,
        most=rule.max_gap if rule.max_gap is not None else "∞",
    )
