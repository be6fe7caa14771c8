"""The least cost of a tiny problem by trying everything: days, reps, orders, breaks, departures.

Times are tried on a grid: with ways, windows, hours and visits in whole steps the best departure is on it.
"""

from __future__ import annotations

import itertools
import math

STEP = 15.0


def least_cost(problem):
    """Return the least cost of all plans that keep every rule, infinite where there is none."""
    customers = range(len(problem.customers))
    units = [tuple(g) for g in (*problem.together, *problem.simultaneous)]
    units += [(c,) for c in customers if not any(c in unit for unit in units)]
    choices = [
        [
            m
            for m in problem.customers[unit[0]].combinations
            if all(m in problem.customers[c].combinations for c in unit)
        ]
        for unit in units
    ]
    routes = {}
    best = math.inf
    for masks in itertools.product(*choices):
        days = {c: mask for unit, mask in zip(units, masks, strict=True) for c in unit}
        best = min(best, _cheapest(problem, days, routes))
    return best


def _cheapest(problem, days, routes):
    """Return the least cost for given days: who visits whom is tried in every way."""
    visits = [(c, day) for c, mask in days.items() for day in range(problem.days) if mask >> day & 1]
    if problem.one_rep:
        reps = sorted({s.vehicle for shifts in problem.shifts for s in shifts})
        owners = itertools.product(*([r for r in reps if _may(problem, c, r)] for c in days))
        plans = ({(c, d): dict(zip(days, owner, strict=True))[c] for c, d in visits} for owner in owners)
    else:
        each = [[s.vehicle for s in problem.shifts[day] if _may(problem, c, s.vehicle)] for c, day in visits]
        plans = (dict(zip(visits, chosen, strict=True)) for chosen in itertools.product(*each))
    best = math.inf
    for plan in plans:
        best = min(best, sum(_day(problem, day, plan, routes) for day in range(problem.days)))
    return best


def _may(problem, c, rep):
    allowed = problem.customers[c].vehicles
    return not allowed or rep in allowed


def _day(problem, day, plan, routes):
    """Return the least cost of one day; those who meet begin at the best common moment."""
    mine = {s.vehicle: [] for s in problem.shifts[day]}
    for (c, d), rep in plan.items():
        if d == day:
            if rep not in mine:
                return math.inf
            mine[rep].append(c)
    here = {c for (c, d) in plan if d == day}
    meeting = [g for g in problem.simultaneous if len(g) > 1 and here.issuperset(g)]
    best = math.inf
    for moments in itertools.product(*([STEP * k for k in range(32, 73)] for _ in meeting)):
        at = {c: moment for group, moment in zip(meeting, moments, strict=True) for c in group}
        total = 0.0
        for shift in problem.shifts[day]:
            fixed = tuple((c, at[c]) for c in mine[shift.vehicle] if c in at)
            key = (day, shift.vehicle, tuple(sorted(mine[shift.vehicle])), fixed)
            if key not in routes:
                routes[key] = _route(problem, day, shift, mine[shift.vehicle], dict(fixed))
            total += routes[key]
            if total >= best:
                break
        best = min(best, total)
    return best


def _route(problem, day, shift, stops, fixed):
    if not stops and not shift.always_driven:
        return 0.0
    if sum(problem.customers[c].demand for c in stops) > shift.max_load:
        return math.inf
    best = math.inf
    for order in itertools.permutations(stops):
        way = [shift.start, *(problem.customers[c].place for c in order), shift.end]
        cost = sum(problem.distance[a, b] for a, b in itertools.pairwise(way))
        if cost < best and _possible(problem, day, shift, order, fixed):
            best = cost
    return best


def _possible(problem, day, shift, order, fixed):
    """Tell whether some departure and some place of the break keep all hours."""
    last = min(shift.closes, 1440.0)
    departures = [shift.opens + STEP * k for k in range(int((last - shift.opens) / STEP) + 1)]
    pauses = range(len(order) + 1) if shift.rest else [None]
    return any(
        _back(problem, day, shift, order, fixed, departs, pause)
        <= min(shift.closes, departs + shift.max_minutes)
        for departs in departures
        for pause in pauses
    )


def _back(problem, day, shift, order, fixed, departs, pause):
    """Return when the rep is back who does everything as early as possible, infinite where a rule breaks."""
    way = problem.travel_minutes
    now, place = departs, shift.start
    for k in range(len(order) + 1):
        if pause == k:
            now = max(now, shift.rest.earliest)
            if now > shift.rest.latest:
                return math.inf
            now += shift.rest.minutes
        if k == len(order):
            break
        customer = problem.customers[order[k]]
        now, place = now + way[place, customer.place], customer.place
        if order[k] in fixed:
            if now > fixed[order[k]]:
                return math.inf
            now = fixed[order[k]]
        hours = customer.opening and customer.opening[day if len(customer.opening) > 1 else 0]
        if customer.opening:
            starts = [max(now, a) for a, b in hours if max(now, a) + customer.minutes <= b]
            if not starts or (order[k] in fixed and min(starts) > now):
                return math.inf
            now = min(starts)
        now += customer.minutes
    return now + way[place, shift.end]
