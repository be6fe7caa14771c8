"""The problem in the words of the field: customers, the shifts of the reps, the days of the period."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_DAYS = 60
MEETING_STEP = 15.0
"""Visits that several reps make together begin at whole steps of so many minutes after midnight."""
Window = tuple[float, float]
Hours = tuple[Window, ...]


def _require(holds: bool, message: str) -> None:
    if not holds:
        raise InputError(message)


@dataclass(frozen=True)
class Customer:
    """One shop and what its visits need.

    Parameters
    ----------
    name
        How messages call the shop.
    place
        Its row and column in the travel matrices.
    combinations
        The allowed sets of visit days, each as a bit mask: bit 0 is the first day. Locks, gaps,
        forbidden weekdays and fixed appointments are all said by what is listed here.
    minutes
        Length of one visit.
    demand
        What one visit takes of the rep's load limit.
    opening
        Empty when a visit may start at any time; else the windows (opens, closes) of a day in minutes
        after midnight, once for all days or for each day; none on days when the shop is closed. A visit
        must start and end inside one window.
    vehicles
        The numbers of the reps who may visit; empty means all.
    """

    name: str
    place: int
    combinations: tuple[int, ...]
    minutes: float = 0.0
    demand: float = 0.0
    opening: tuple[Hours, ...] = ()
    vehicles: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        _require(
            math.isfinite(self.minutes) and self.minutes >= 0,
            _(
                "Expected visit minutes of at least 0 for {name}, found {value}.",
                name=self.name,
                value=self.minutes,
            ),
        )
        _require(
            math.isfinite(self.demand) and self.demand >= 0,
            _(
                "Expected a demand of at least 0 for {name}, found {value}.",
                name=self.name,
                value=self.demand,
            ),
        )
        for hours in self.opening:
            for window in hours:
                _require(
                    window[0] <= window[1],
                    _(
                        "Opening hours of {name} end before they begin: {value}.",
                        name=self.name,
                        value=window,
                    ),
                )

    def windows(self, day: int) -> Hours:
        """Return the opening hours of a day, none when the shop is closed."""
        if not self.opening:
            return ((-math.inf, math.inf),)
        return self.opening[day if len(self.opening) > 1 else 0]

    def starts(self, day: int) -> Hours:
        """Return the spans in which a visit may begin: earliest and latest start of each."""
        spans = ((opens, closes - self.minutes) for opens, closes in self.windows(day))
        return tuple(span for span in spans if span[0] <= span[1])


@dataclass(frozen=True)
class Break:
    """A pause that begins between ``earliest`` and ``latest`` (minutes after midnight)."""

    earliest: float
    latest: float
    minutes: float

    def __post_init__(self) -> None:
        _require(
            0 < self.minutes < math.inf and self.earliest <= self.latest,
            _("Expected a break of more than 0 minutes whose earliest start is not after its latest."),
        )


@dataclass(frozen=True)
class Shift:
    """One rep (or vehicle) on one day, who can make one route.

    Parameters
    ----------
    vehicle
        The rep's number, from 1.
    start, end
        Places where the route starts and ends.
    max_load
        Most demand a route may serve.
    max_minutes
        Longest working day, from departure to return, waiting and break included.
    opens, closes
        Earliest departure and latest return, in minutes after midnight.
    rest
        The break, if there is one.
    always_driven
        Whether the way from start to end is driven on a day without visits as well, as to a night away.
    """

    vehicle: int
    start: int
    end: int
    max_load: float = math.inf
    max_minutes: float = math.inf
    opens: float = 0.0
    closes: float = math.inf
    rest: Break | None = None
    always_driven: bool = False

    def __post_init__(self) -> None:
        _require(
            self.max_load >= 0 and self.max_minutes >= 0 and 0 <= self.opens <= self.closes,
            _(
                "Expected limits of at least 0 and hours that end after they begin for rep {rep}.",
                rep=self.vehicle,
            ),
        )


@dataclass(frozen=True, eq=False)
class Problem:
    """Who is to be visited in a period, on which days at most, by whom.

    Parameters
    ----------
    customers
        All customers of the plan.
    shifts
        Per day of the period, the shifts of that day; an empty tuple is a day off.
    distance
        Square matrix of what the plan minimises, in any unit.
    minutes
        Square matrix of travel minutes; None when the distances are minutes.
    together
        Groups of customers (by position in ``customers``) that must share all their days.
    simultaneous
        Groups of customers that share all their days and begin at the same time, at whole steps of
        :data:`MEETING_STEP` minutes: a shop that several reps visit together is one customer for each.
    one_rep
        Whether all visits of a customer are made by the same rep.
    balance
        Tolerated deviation of a route's minutes from their mean, 0.15 for ± 15 %; None when days
        may differ. It is a wish, not a limit.
    """

    customers: tuple[Customer, ...]
    shifts: tuple[tuple[Shift, ...], ...]
    distance: NDArray[np.float64]
    minutes: NDArray[np.float64] | None = None
    together: tuple[tuple[int, ...], ...] = ()
    simultaneous: tuple[tuple[int, ...], ...] = ()
    one_rep: bool = False
    balance: float | None = None

    def __post_init__(self) -> None:
        days = len(self.shifts)
        _require(
            1 <= days <= MAX_DAYS,
            _("Expected 1 to {most} days, found {found}.", most=MAX_DAYS, found=days),
        )
        _require(len(self.customers) > 0, _("There is no customer to plan."))
        _require(self.balance is None or self.balance > 0, _("Expected a balance tolerance above 0."))
        for matrix in (self.distance, self.minutes):
            if matrix is not None:
                self._check_matrix(matrix)
        for customer in self.customers:
            self._check_customer(customer, days)
        for group in (*self.together, *self.simultaneous):
            _require(
                all(0 <= c < len(self.customers) for c in group),
                _("A group names a customer that is not in the plan."),
            )
        members = [c for group in (*self.together, *self.simultaneous) for c in group]
        _require(
            not self.one_rep or all(len({s.vehicle for s in day}) == len(day) for day in self.shifts),
            _("Where all visits of a shop are one rep's, a rep has one shift a day."),
        )
        _require(
            len(members) == len(set(members)), _("A customer belongs to two groups that are kept together.")
        )

    def _check_matrix(self, matrix: NDArray[np.float64]) -> None:
        places = [c.place for c in self.customers]
        places += [p for shifts in self.shifts for s in shifts for p in (s.start, s.end)]
        _require(
            matrix.ndim == 2 and matrix.shape[0] == matrix.shape[1] > max(places) and min(places) >= 0,
            _("Expected a square travel matrix that has a row for every place."),
        )
        _require(
            bool(np.isfinite(matrix).all() and (matrix >= 0).all()),
            _("The travel matrix has a missing or negative value."),
        )

    @staticmethod
    def _check_customer(customer: Customer, days: int) -> None:
        _require(
            all(0 < mask < 1 << days for mask in customer.combinations),
            _(
                "A combination of visit days of {name} is empty or lies outside the {days} days.",
                name=customer.name,
                days=days,
            ),
        )
        _require(
            len(customer.opening) in (0, 1, days),
            _(
                "Expected opening hours of {name} once or for each of the {days} days.",
                name=customer.name,
                days=days,
            ),
        )

    def starts(self, customer: int, day: int) -> Hours:
        """Return the spans in which a visit may begin on a day: earliest and latest start of each.

        Where reps meet, each span is one moment, the same for all who meet.
        """
        group = next((group for group in self.simultaneous if customer in group), None)
        if group is None:
            return self.customers[customer].starts(day)
        spans = [self.customers[member].starts(day) for member in group]
        first = min((shift.opens for shift in self.shifts[day]), default=0.0)
        last = min(max((shift.closes for shift in self.shifts[day]), default=0.0), 1440.0)
        steps = range(math.ceil(first / MEETING_STEP), math.floor(last / MEETING_STEP) + 1)
        moments = [MEETING_STEP * step for step in steps]
        return tuple((at, at) for at in moments if all(any(a <= at <= b for a, b in each) for each in spans))

    @property
    def days(self) -> int:
        """Number of days of the period."""
        return len(self.shifts)

    @property
    def travel_minutes(self) -> NDArray[np.float64]:
        """The matrix of travel minutes."""
        return self.distance if self.minutes is None else self.minutes
