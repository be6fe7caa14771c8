"""Check a plan of visits against its problem; shares no code with the solver.

A plan is read as what people would do: from the departure on, minute by minute along each route. Everything
is taken from the problem as it was stated (places, combinations, windows, hours, breaks, nights), nothing
from what the solver says it kept.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.visits.routing import Problem, Route, Solution

CLOSE = 1e-4


def broken_rules(problem: Problem, solution: Solution) -> list[str]:
    """Return every rule that a plan breaks, in words; none where it can be carried out as it stands."""
    said = [line for route in solution.routes for line in _route(problem, route)]
    driven = {(route.day, route.shift) for route in solution.routes}
    for day, shifts in enumerate(problem.shifts):
        for number, shift in enumerate(shifts):
            if shift.always_driven and (day, number) not in driven:
                said.append(f"day {day}: rep {shift.vehicle} does not get to where the night is spent")
    said += _visits(problem, solution)
    distance = sum(_distance(problem, route) for route in solution.routes)
    if abs(distance - solution.cost) > CLOSE * max(1.0, distance):
        said.append(f"the ways sum to {distance}, the plan says {solution.cost}")
    return said


def _distance(problem: Problem, route: Route) -> float:
    shift = problem.shifts[route.day][route.shift]
    total, here = 0.0, shift.start
    for c in route.stops:
        there = problem.customers[c].place
        total, here = total + float(problem.distance[here][there]), there
    return total + float(problem.distance[here][shift.end])


def _route(problem: Problem, route: Route) -> list[str]:
    """Follow one rep through one day."""
    shift = problem.shifts[route.day][route.shift]
    where = f"day {route.day}, rep {shift.vehicle}"
    way = problem.distance if problem.minutes is None else problem.minutes
    said = []
    if route.departs < shift.opens - CLOSE or route.returns > shift.closes + CLOSE:
        said.append(f"{where}: works from {route.departs} to {route.returns}, outside the hours")
    if route.returns - route.departs > shift.max_minutes + CLOSE:
        said.append(f"{where}: the day has {route.returns - route.departs} minutes")
    if sum(problem.customers[c].demand for c in route.stops) > shift.max_load + CLOSE:
        said.append(f"{where}: the load is too high")
    # Blocks of time that may not overlap: visits in their order, and the break wherever it stands.
    free, here, rest = route.departs, shift.start, route.rest_begins
    if shift.rest is not None and (
        rest is None or not shift.rest.earliest - CLOSE <= rest <= shift.rest.latest + CLOSE
    ):
        said.append(f"{where}: the break begins at {rest}")
    for c, begins in zip(route.stops, route.begins, strict=True):
        customer = problem.customers[c]
        free += _pause(shift, rest, free, begins) + float(way[here][customer.place])
        if begins < free - CLOSE:
            said.append(f"{where}: {customer.name} begins at {begins}, nobody is there before {free}")
        ends = begins + customer.minutes
        hours = customer.opening and customer.opening[route.day if len(customer.opening) > 1 else 0]
        if customer.opening and not any(a - CLOSE <= begins and ends <= b + CLOSE for a, b in hours):
            said.append(f"{where}: {customer.name} is visited from {begins} to {ends}, open {hours}")
        if customer.vehicles and shift.vehicle not in customer.vehicles:
            said.append(f"{where}: {customer.name} is another rep's")
        if shift.rest is not None and rest is not None and begins + CLOSE < rest < ends - CLOSE:
            said.append(f"{where}: the break falls into the visit of {customer.name}")
        free, here = ends, customer.place
    free += _pause(shift, rest, free, float("inf")) + float(way[here][shift.end])
    if route.returns < free - CLOSE:
        said.append(f"{where}: back at {route.returns}, nobody can be before {free}")
    return said


def _pause(shift: object, rest: float | None, after: float, before: float) -> float:
    """Return the minutes from the end of a block to the end of the break, where it stands before the next."""
    if shift.rest is None or rest is None or not after - CLOSE <= rest < before - CLOSE:
        return 0.0
    return max(rest - after, 0.0) + float(shift.rest.minutes)


def _visits(problem: Problem, solution: Solution) -> list[str]:
    """Look at all visits of each customer together."""
    said = []
    when: dict[int, dict[int, float]] = defaultdict(dict)
    reps: dict[int, set[int]] = defaultdict(set)
    for route in solution.routes:
        for c, begins in zip(route.stops, route.begins, strict=True):
            if route.day in when[c]:
                said.append(f"{problem.customers[c].name} is visited twice on day {route.day}")
            when[c][route.day] = begins
            reps[c].add(problem.shifts[route.day][route.shift].vehicle)
    for c, customer in enumerate(problem.customers):
        days = sum(2**day for day in when[c])
        if days not in customer.combinations:
            said.append(f"{customer.name} is visited on the days {sorted(when[c])}, which is not allowed")
        if problem.one_rep and len(reps[c]) > 1:
            said.append(f"{customer.name} is visited by the reps {sorted(reps[c])}")
    said += [
        f"customers {group} are not visited on the same days"
        for group in (*problem.together, *problem.simultaneous)
        if any(when[c].keys() != when[group[0]].keys() for c in group)
    ]
    for group in problem.simultaneous:
        for day, begins in when[group[0]].items():
            if any(abs(when[c].get(day, begins) - begins) > CLOSE for c in group):
                said.append(f"customers {group} do not begin together on day {day}")
    return said
