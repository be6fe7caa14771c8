"""Read and write the exchange format of periodic routing instances (Cordeau, Gendreau, Laporte 1997).

Line 1 is ``type vehicles customers days``; then a line ``longest-route load`` per day (0 = no limit);
then the depot and one line per customer: number, x, y, minutes, demand, frequency, number of
combinations, combinations. A combination is a number whose binary form is the days, the first day
being the most significant of as many bits as there are days.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import ImportRefusedError
from core.i18n import _
from core.visits.routing.problem import MAX_DAYS, Customer, Problem, Shift

if TYPE_CHECKING:
    from pathlib import Path

    from core.visits.routing.solution import Solution

_PERIODIC = 1


@dataclass(frozen=True)
class _Line:
    number: int
    fields: list[str]

    def refuse(self, reason: str) -> ImportRefusedError:
        return ImportRefusedError(
            _("Line {line}: {reason}", line=self.number, reason=reason),
            _("See the description of the format in docs/methods/routing.md."),
        )

    def need(self, count: int, what: str) -> None:
        if len(self.fields) < count:
            raise self.refuse(_("expected {what}, found {count} values.", what=what, count=len(self.fields)))

    def real(self, k: int, name: str, *, least: float = -math.inf) -> float:
        try:
            value = float(self.fields[k])
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and value >= least):
            raise self.refuse(self._expected(name, self.fields[k], least))
        return value

    def whole(self, k: int, name: str, *, least: int) -> int:
        value = self.real(k, name, least=least)
        if value != int(value):
            raise self.refuse(
                _("{name} must be a whole number, found {value}.", name=name, value=self.fields[k])
            )
        return int(value)

    @staticmethod
    def _expected(name: str, value: str, least: float) -> str:
        if least > -math.inf:
            return _(
                "{name} must be a number of at least {least}, found {value}.",
                name=name,
                least=int(least),
                value=value,
            )
        return _("{name} must be a number, found {value}.", name=name, value=value)


def _reverse(mask: int, days: int) -> int:
    """Turn a combination with the first day in the highest bit into one with it in the lowest, or back."""
    return int(f"{mask:0{days}b}"[::-1], 2)


def _combinations(line: _Line, days: int) -> tuple[int, ...]:
    frequency = line.whole(5, _("the visit frequency"), least=0)
    count = line.whole(6, _("the number of combinations"), least=0)
    found = len(line.fields) - 7
    if found != count:
        raise line.refuse(_("expected {count} combinations, found {found}.", count=count, found=found))
    if count == 0:
        raise line.refuse(_("the customer has no combination of visit days."))
    masks = [line.whole(7 + k, _("a combination"), least=1) for k in range(count)]
    for mask in masks:
        if mask >= 1 << days:
            raise line.refuse(
                _(
                    "combination {mask} has a day beyond the {days} days; the largest is {largest}.",
                    mask=mask,
                    days=days,
                    largest=(1 << days) - 1,
                )
            )
        # One published instance has a customer with frequency 0 and combinations; the combinations count.
        if frequency and mask.bit_count() != frequency:
            raise line.refuse(
                _(
                    "combination {mask} has {found} days but the visit frequency is {frequency}.",
                    mask=mask,
                    found=mask.bit_count(),
                    frequency=frequency,
                )
            )
    return tuple(_reverse(mask, days) for mask in masks)


def _shifts(lines: list[_Line], vehicles: int) -> tuple[tuple[Shift, ...], ...]:
    days = []
    for line in lines:
        line.need(2, _("the longest route and the load of a day"))
        longest = line.real(0, _("the longest route"), least=0) or math.inf
        load = line.real(1, _("the load"), least=0) or math.inf
        days.append(tuple(Shift(v + 1, 0, 0, max_load=load, max_minutes=longest) for v in range(vehicles)))
    return tuple(days)


def parse(text: str) -> Problem:
    """Return the problem in the text of an instance.

    Parameters
    ----------
    text
        Content of the file.

    Returns
    -------
    Problem
        Customers in the order of the file; distances Euclidean and unrounded, minutes the same.

    Raises
    ------
    ImportRefusedError
        At the first line that is wrong, with its number and what was expected.
    """
    lines = [_Line(k, row.split()) for k, row in enumerate(text.splitlines(), 1) if row.strip()]
    if not lines:
        raise ImportRefusedError(_("The file is empty."))
    head = lines[0]
    head.need(4, _("type, vehicles, customers and days"))
    kind = head.whole(0, _("the type"), least=0)
    if kind != _PERIODIC:
        raise head.refuse(_("the type is {kind}; only type 1, periodic routing, can be read.", kind=kind))
    vehicles = head.whole(1, _("the number of vehicles"), least=1)
    count = head.whole(2, _("the number of customers"), least=1)
    days = head.whole(3, _("the number of days"), least=1)
    if days > MAX_DAYS:
        raise head.refuse(_("{days} days; at most {most} can be planned.", days=days, most=MAX_DAYS))
    expected = 2 + days + count
    if len(lines) != expected:
        raise lines[-1].refuse(
            _(
                "expected {expected} lines for {days} days and {count} customers, found {found}.",
                expected=expected,
                days=days,
                count=count,
                found=len(lines),
            )
        )
    return _problem(lines[1 + days :], _shifts(lines[1 : 1 + days], vehicles), days)


def _problem(rows: list[_Line], shifts: tuple[tuple[Shift, ...], ...], days: int) -> Problem:
    xy = np.zeros((len(rows), 2))
    customers = []
    for k, line in enumerate(rows):
        line.need(3 if k == 0 else 7, _("number, x, y, minutes, demand, frequency and combinations"))
        if line.whole(0, _("the number"), least=0) != k:
            raise line.refuse(
                _("expected number {expected}, found {found}.", expected=k, found=line.fields[0])
            )
        xy[k] = line.real(1, "x"), line.real(2, "y")
        if k > 0:
            minutes = line.real(3, _("the visit minutes"), least=0)
            demand = line.real(4, _("the demand"), least=0)
            customers.append(Customer(str(k), k, _combinations(line, days), minutes, demand))
    distance = np.hypot(*(xy[:, None, :] - xy[None, :, :]).transpose(2, 0, 1))
    return Problem(tuple(customers), shifts, distance)


def read(path: Path) -> Problem:
    """Return the problem in an instance file.

    Raises
    ------
    ImportRefusedError
        When the file can't be read or a line is wrong.
    """
    try:
        return parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ImportRefusedError(
            _("{path} can't be read: {reason}.", path=path, reason=error.strerror or error),
            _("Give the path of an existing instance file."),
        ) from error
    except UnicodeDecodeError as error:
        raise ImportRefusedError(_("{path} is no text file.", path=path)) from error


def as_json(problem: Problem, solution: Solution) -> dict[str, Any]:
    """Return the solution as it is exchanged; days, vehicles and customers count from 1."""
    return {
        "cost": solution.cost,
        "routes": [
            {
                "day": route.day + 1,
                "vehicle": problem.shifts[route.day][route.shift].vehicle,
                "stops": [c + 1 for c in route.stops],
            }
            for route in solution.routes
        ],
    }
