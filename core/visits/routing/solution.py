"""A plan as it is handed out: routes with clock times, its cost, and every hard rule it breaks."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from core.i18n import _, format_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.visits.routing.problem import Hours, Problem, Shift, Window

_EPS = 1e-6


@dataclass(frozen=True)
class Route:
    """One rep on one day.

    Parameters
    ----------
    day
        Day of the period, 0 for the first.
    shift
        Position of the shift among those of the day.
    stops
        Customers (positions in ``Problem.customers``) in the order of the visits.
    distance
        In the unit of the problem's distances.
    load
        Sum of the demands.
    departs, returns
        Minutes after midnight.
    begins
        When each visit begins.
    late
        Minutes by which each visit and the break, in their order, and last the return, are too late.
    rest_begins
        When the break begins, None without a break.
    """

    day: int
    shift: int
    stops: tuple[int, ...]
    distance: float
    load: float
    departs: float
    returns: float
    begins: tuple[float, ...]
    late: tuple[float, ...]
    rest_begins: float | None = None

    @property
    def minutes(self) -> float:
        """Length of the working day, waiting and break included."""
        return self.returns - self.departs


@dataclass(frozen=True)
class Violation:
    """A hard rule that a plan breaks; ``amount`` is in minutes, or in units of load for "load"."""

    rule: str
    day: int
    vehicle: int
    amount: float
    customer: str = ""

    def __str__(self) -> str:
        """Say it in the language in use."""
        values = {"day": self.day + 1, "rep": self.vehicle, "amount": format_number(self.amount, 1)}
        if self.rule == "load":
            return _("Day {day}, rep {rep}: load {amount} over the limit.", **values)
        if self.rule == "minutes":
            return _("Day {day}, rep {rep}: {amount} minutes longer than allowed.", **values)
        if self.rule == "return":
            return _("Day {day}, rep {rep}: back {amount} minutes too late.", **values)
        if self.rule == "break":
            return _("Day {day}, rep {rep}: break {amount} minutes too late.", **values)
        return _(
            "Day {day}, rep {rep}: {name} reached {amount} minutes too late.", name=self.customer, **values
        )


@dataclass(frozen=True)
class Solution:
    """The best plan found.

    Parameters
    ----------
    cost
        Total distance.
    routes
        All routes with visits, by day and shift.
    violations
        Broken hard rules; empty in a plan that can be carried out.
    steps
        Steps of the search that were made.
    seconds
        Time that the search took.
    """

    cost: float
    routes: tuple[Route, ...]
    violations: tuple[Violation, ...]
    steps: int
    seconds: float

    @property
    def feasible(self) -> bool:
        """Whether every hard rule holds."""
        return not self.violations


@dataclass(frozen=True)
class _Job:
    place: int
    minutes: float
    window: Window
    customer: int | None


def _jobs(
    problem: Problem, shift: Shift, stops: Sequence[int], starts: Hours, rest_at: int | None
) -> list[_Job]:
    jobs = []
    place = shift.start
    for k, c in enumerate([*stops, None]):
        if shift.rest and rest_at == k:
            jobs.append(_Job(place, shift.rest.minutes, (shift.rest.earliest, shift.rest.latest), None))
        if c is not None:
            customer = problem.customers[c]
            jobs.append(_Job(customer.place, customer.minutes, starts[k], c))
            place = customer.place
    return jobs


class _Way(NamedTuple):
    """A way through the windows of the first stops: its piece of the day, and the windows taken."""

    minutes: float
    late: float
    earliest: float
    latest: float
    taken: Hours

    def then(self, minutes: float, start: Window, travel: float, *, rest: bool = False) -> _Way:
        """Return the way with one more stop; the formula is that of ``schedule.join``."""
        span = self.minutes - self.late + travel
        wait = max(start[0] - span - self.latest, 0.0)
        late = max(self.earliest + span - start[1], 0.0)
        return _Way(
            self.minutes + minutes + travel + wait,
            self.late + late,
            max(start[0] - span, self.earliest) - wait,
            min(start[1] - span, self.latest) + late,
            self.taken if rest else (*self.taken, start),
        )

    def beats(self, other: _Way) -> bool:
        """Tell whether nothing that follows can be better after the other way."""
        done = self.earliest + self.minutes - self.late
        return (
            self.late <= other.late
            and self.minutes <= other.minutes
            and done <= other.earliest + other.minutes - other.late
            and self.latest >= other.latest
        )


def _windows(problem: Problem, shift: Shift, day: int, stops: Sequence[int], rest_at: int | None) -> Hours:
    """Return the windows in which the stops make the day least late and shortest.

    All ways through the windows are followed that no other one beats.
    """
    offered = [problem.starts(c, day) or ((0.0, 0.0),) for c in stops]
    if all(len(spans) == 1 for spans in offered):
        return tuple(spans[0] for spans in offered)
    ways = [_Way(0.0, 0.0, shift.opens, shift.closes, ())]
    place = shift.start
    for k, c in enumerate([*stops, None]):
        if shift.rest and rest_at == k:
            span = (shift.rest.earliest, shift.rest.latest)
            ways = [way.then(shift.rest.minutes, span, 0.0, rest=True) for way in ways]
        following = shift.end if c is None else problem.customers[c].place
        travel = float(problem.travel_minutes[place, following])
        if c is None:
            ways = [way.then(0.0, (shift.opens, shift.closes), travel, rest=True) for way in ways]
        else:
            minutes = problem.customers[c].minutes
            ways = _unbeaten([way.then(minutes, span, travel) for way in ways for span in offered[k]])
        place = following
    return min(ways, key=lambda way: (round(way.late, 6), way.minutes)).taken


def _unbeaten(ways: Sequence[_Way]) -> list[_Way]:
    kept: list[_Way] = []
    for way in ways:
        if not any(other.beats(way) for other in kept):
            kept = [other for other in kept if not way.beats(other)]
            kept.append(way)
    return kept


def _walk(
    problem: Problem, shift: Shift, jobs: Sequence[_Job], departs: float
) -> tuple[list[float], float, float]:
    """Return when each job begins, when the rep is back, and by how much the departure can usefully wait.

    The last is the forward time slack of Savelsbergh (1992), ORSA Journal on Computing 4: a later
    departure shortens the day until all waiting is gone or a window would be missed.
    """
    now, place, waited, slack = departs, shift.start, 0.0, float("inf")
    begins = []
    for job in jobs:
        arrival = now + float(problem.travel_minutes[place, job.place])
        begin = max(arrival, job.window[0])
        waited += begin - arrival
        slack = min(slack, waited + job.window[1] - begin)
        begins.append(begin)
        now, place = begin + job.minutes, job.place
    back = now + float(problem.travel_minutes[place, shift.end])
    return begins, back, max(0.0, min(slack, waited))


def _timed(
    problem: Problem, day: int, position: int, stops: Sequence[int], starts: Hours, rest_at: int | None
) -> Route:
    """Return the route with the break after ``rest_at`` stops."""
    shift = problem.shifts[day][position]
    chosen = starts or _windows(problem, shift, day, stops, rest_at)
    jobs = _jobs(problem, shift, stops, chosen, rest_at)
    _begins, _back, slack = _walk(problem, shift, jobs, shift.opens)
    begins, back, _slack = _walk(problem, shift, jobs, shift.opens + slack)
    late = [max(0.0, begin - job.window[1]) for job, begin in zip(jobs, begins, strict=True)]
    places = [shift.start, *(problem.customers[c].place for c in stops), shift.end]
    return Route(
        day=day,
        shift=position,
        stops=tuple(stops),
        distance=sum(float(problem.distance[a, b]) for a, b in itertools.pairwise(places)),
        load=sum(problem.customers[c].demand for c in stops),
        departs=shift.opens + slack,
        returns=back,
        begins=tuple(b for b, job in zip(begins, jobs, strict=True) if job.customer is not None),
        late=(*late, max(0.0, back - shift.closes)),
        rest_begins=None if rest_at is None else begins[rest_at],
    )


def timetable(problem: Problem, day: int, position: int, stops: Sequence[int], starts: Hours = ()) -> Route:
    """Return a route with its clock times; the break stands where the day gets shortest and least late.

    Parameters
    ----------
    problem
        The problem.
    day
        Day of the period, 0 for the first.
    position
        Position of the shift among those of the day.
    stops
        Customers in the order of the visits.
    starts
        The span in which each visit may begin; by default the windows that suit best.
    """
    shift = problem.shifts[day][position]
    options = [
        _timed(problem, day, position, stops, starts, rest_at)
        for rest_at in (range(len(stops) + 1) if shift.rest else [None])
    ]
    return min(options, key=lambda route: (round(sum(route.late), 6), route.minutes))


def _route_violations(problem: Problem, route: Route) -> list[Violation]:
    shift = problem.shifts[route.day][route.shift]
    found = []

    def note(rule: str, amount: float, customer: str = "") -> None:
        if amount > _EPS:
            found.append(Violation(rule, route.day, shift.vehicle, amount, customer))

    note("load", route.load - shift.max_load)
    note("minutes", route.minutes - shift.max_minutes)
    note("return", route.late[-1])
    late = list(route.late[:-1])
    if route.rest_begins is not None:
        at = sum(begin < route.rest_begins for begin in route.begins)
        note("break", late.pop(at))
    for c, amount in zip(route.stops, late, strict=True):
        note("window", amount, problem.customers[c].name)
    return found


def violations(problem: Problem, routes: Sequence[Route]) -> tuple[Violation, ...]:
    """Return every hard rule that the routes break: loads, minutes, hours, breaks."""
    return tuple(v for route in routes for v in _route_violations(problem, route))
