"""What makes a problem unsolvable, found before the search and told in the words of the field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import InfeasibleError
from core.i18n import _, format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.visits.routing.problem import Problem, Shift

_MOST_LINES = 20
_EPS = 1e-9


def units(problem: Problem) -> list[tuple[int, ...]]:
    """Return who shares all days: the groups kept together, then everybody else alone."""
    groups = [tuple(group) for group in (*problem.simultaneous, *problem.together) if group]
    grouped = {c for group in groups for c in group}
    return groups + [(c,) for c in range(len(problem.customers)) if c not in grouped]


def days_of(mask: int) -> list[int]:
    """Return the days of a combination, 0 for the first day of the period."""
    return [d for d in range(mask.bit_length()) if mask >> d & 1]


def _visit_fault(problem: Problem, c: int, shift: Shift, day: int) -> str | None:
    """Return why this shift can't serve a customer even with no other visit, None when it can."""
    customer, starts = problem.customers[c], problem.starts(c, day)
    if not starts:
        return _("closed, or not open long enough for the visit")
    if customer.vehicles and shift.vehicle not in customer.vehicles:
        return _("its rep does not work")
    if customer.demand > shift.max_load + _EPS:
        return _(
            "needs a load of {need}, the limit is {limit}",
            need=format_number(customer.demand, 1),
            limit=format_number(shift.max_load, 1),
        )
    travel = problem.travel_minutes
    out, back = float(travel[shift.start, customer.place]), float(travel[customer.place, shift.end])
    rest = shift.rest.minutes if shift.rest else 0.0
    needed = out + customer.minutes + back + rest
    if needed > shift.max_minutes + _EPS:
        return _(
            "travel and visit alone take {need} minutes, the day has {limit}",
            need=format_number(needed, 1),
            limit=format_number(shift.max_minutes, 1),
        )
    end = shift.closes - back - customer.minutes
    short = min(max(shift.opens + out, first) - min(last, end) for first, last in starts)
    if short > _EPS:
        return _("opening hours leave {minutes} minutes too little", minutes=format_number(short, 1))
    return None


def _day_fault(problem: Problem, c: int, day: int) -> str | None:
    """Return why nobody can visit a customer on a day, None when somebody can."""
    fault: str | None = _("nobody works")
    for shift in problem.shifts[day]:
        fault = _visit_fault(problem, c, shift, day)
        if fault is None:
            return None
    return fault


def _possible_days(problem: Problem, c: int, wanted: int) -> list[int]:
    """Return the sets of days on which a customer can be visited: one, or one for each rep."""
    if not problem.one_rep:
        return [sum(1 << d for d in days_of(wanted) if _day_fault(problem, c, d) is None)]
    found: dict[int, int] = {}
    for day in days_of(wanted):
        for shift in problem.shifts[day]:
            if _visit_fault(problem, c, shift, day) is None:
                found[shift.vehicle] = found.get(shift.vehicle, 0) | 1 << day
    return list(found.values())


def usable_combinations(problem: Problem) -> list[tuple[int, ...]]:
    """Return per customer the allowed combinations on all of whose days somebody can visit.

    Returns
    -------
    list of tuple of int
        In the order of the customers; an empty tuple where nothing fits.
    """
    usable = []
    for c, customer in enumerate(problem.customers):
        wanted = 0
        for mask in customer.combinations:
            wanted |= mask
        possible = _possible_days(problem, c, wanted)
        masks = dict.fromkeys(customer.combinations)
        usable.append(tuple(m for m in masks if any(m & days == m for days in possible)))
    return usable


def shared_combinations(usable: Sequence[tuple[int, ...]], unit: Sequence[int]) -> tuple[int, ...]:
    """Return the combinations that all members of a unit may have."""
    first, *others = unit
    return tuple(m for m in usable[first] if all(m in usable[c] for c in others))


def _customer_findings(problem: Problem, usable: Sequence[tuple[int, ...]]) -> list[str]:
    findings = []
    for c, (customer, masks) in enumerate(zip(problem.customers, usable, strict=True)):
        if masks:
            continue
        if not customer.combinations:
            findings.append(_("{name}: no allowed combination of visit days.", name=customer.name))
            continue
        days = sorted({d for m in customer.combinations for d in days_of(m)})
        faults = {d: fault for d in days if (fault := _day_fault(problem, c, d)) is not None}
        listed = "; ".join(_("day {day}: {fault}", day=d + 1, fault=f) for d, f in list(faults.items())[:5])
        findings.append(
            _(
                "{name}: no combination of visit days is possible ({faults}).",
                name=customer.name,
                faults=listed,
            )
        )
    for unit in units(problem):
        if len(unit) > 1 and all(usable[c] for c in unit) and not shared_combinations(usable, unit):
            names = ", ".join(problem.customers[c].name for c in unit)
            findings.append(
                _("{names}: they are to be kept together but share no allowed combination.", names=names)
            )
    return findings


def _over(label: str, load: float, room: float, *, minutes: bool) -> list[str]:
    """Return the finding that ``load`` exceeds ``room``, if it does."""
    if load <= room + 1e-6:
        return []
    values = {
        "label": label,
        "need": format_number(load, 1),
        "room": format_number(room, 1),
        "missing": format_number(load - room, 1),
    }
    if minutes:
        return [
            _(
                "{label}: visits alone take {need} minutes of {room}; {missing} minutes are missing.",
                **values,
            )
        ]
    return [
        _(
            "{label}: the visits need a load of {need} of {room}; {missing} are missing.",
            **values,
        )
    ]


def _capacity_findings(problem: Problem, usable: Sequence[tuple[int, ...]]) -> list[str]:
    """Compare what must be done, in the whole period and on each day, with what the shifts can do."""
    least = [min(len(days_of(m)) for m in masks) for masks in usable]
    customers = problem.customers
    every = [s for day in problem.shifts for s in day]
    findings = _over(
        _("Whole period"),
        sum(f * c.demand for f, c in zip(least, customers, strict=True)),
        sum(s.max_load for s in every),
        minutes=False,
    )
    findings += _over(
        _("Whole period"),
        sum(f * c.minutes for f, c in zip(least, customers, strict=True)),
        sum(_work_minutes(s) for s in every),
        minutes=True,
    )
    for day, shifts in enumerate(problem.shifts):
        forced = [c for c, masks in zip(customers, usable, strict=True) if all(m >> day & 1 for m in masks)]
        label = _(
            "Day {day}, with the {count} visits that can't be on another day", day=day + 1, count=len(forced)
        )
        findings += _over(
            label, sum(c.demand for c in forced), sum(s.max_load for s in shifts), minutes=False
        )
        findings += _over(
            label, sum(c.minutes for c in forced), sum(_work_minutes(s) for s in shifts), minutes=True
        )
    return findings


def _work_minutes(shift: Shift) -> float:
    rest = shift.rest.minutes if shift.rest else 0.0
    return min(shift.max_minutes, shift.closes - shift.opens) - rest


def infeasible(findings: Iterable[str], hint: str) -> InfeasibleError:
    """Return the error that lists the findings, the first ones when there are many."""
    lines = list(findings)
    shown = lines[:_MOST_LINES]
    if len(lines) > len(shown):
        shown.append(_("… and {count} more.", count=len(lines) - len(shown)))
    return InfeasibleError("\n".join([_("No plan can keep all rules:"), *shown]), hint)


def check(problem: Problem) -> list[tuple[int, ...]]:
    """Return the usable combinations of every customer.

    Raises
    ------
    InfeasibleError
        When it is certain that no plan exists; it names all customers and days concerned.
    """
    usable = usable_combinations(problem)
    findings = _customer_findings(problem, usable)
    if findings:
        raise infeasible(
            findings, _("Allow other days, widen opening or working hours, or raise the limit named.")
        )
    findings = _capacity_findings(problem, usable)
    if findings:
        raise infeasible(findings, _("Visit less often, allow more days, or add reps."))
    return usable
