"""Turn a problem into the arrays of the kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from core.visits.routing import layout as at
from core.visits.routing.feasibility import days_of, shared_combinations, units
from core.visits.routing.genetic.population import Size

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.kernels.jit import Indices, Numbers, Random
    from core.visits.routing.problem import Hours, Problem, Shift

# The kernels do arithmetic on limits, which infinity would turn into NaN.
_ALWAYS = 1e9
_NEIGHBOURS = 100


def _ragged(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Return the rows in one array and where each begins."""
    first = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int32)
    return first, np.array([x for row in rows for x in row], dtype=np.int32)


def _finite(values: Sequence[float]) -> Numbers:
    return np.clip(np.array(values, dtype=np.float64), -_ALWAYS, _ALWAYS)


def _windows(problem: Problem, *, windowed: bool) -> tuple[Any, Any]:
    """Return earliest and latest starts of all windows, and where those of a customer and day begin."""
    if not windowed:
        return np.zeros((0, 2)), np.zeros(1, np.int32)
    meets = {c for group in problem.simultaneous for c in group}
    spans: list[Hours] = []
    for c, customer in enumerate(problem.customers):
        for day in range(problem.days):
            found = problem.starts(c, day) if c in meets else customer.starts(day)
            # On a day without any window no combination places a visit.
            spans.append(found or ((-_ALWAYS, _ALWAYS),))
    first = np.concatenate([[0], np.cumsum([len(found) for found in spans])]).astype(np.int32)
    return np.clip([span for found in spans for span in found], -_ALWAYS, _ALWAYS), first


def _may_serve(problem: Problem, shifts: Sequence[Shift]) -> Indices:
    if not any(c.vehicles for c in problem.customers):
        return np.zeros((0, 0), np.uint8)
    width = max(s.vehicle for s in shifts) + 1
    allowed = [[not c.vehicles or v in c.vehicles for v in range(width)] for c in problem.customers]
    return np.array(allowed, dtype=np.uint8)


class Arrays(NamedTuple):
    """The two arrays of ``layout`` and the state of the random numbers."""

    num: Numbers
    idx: Indices
    rng: Random


class _Packer:
    """Lay sections one behind the other and note in the head where each begins."""

    def __init__(self) -> None:
        self.head = np.zeros(at.HEAD, np.int32)
        self.numbers: list[Any] = [np.zeros(at.NUM_HEAD)]
        self.indices: list[Any] = [self.head]
        self.filled = {"numbers": at.NUM_HEAD, "indices": at.HEAD}

    def add(self, section: int, values: Numbers | Indices) -> None:
        """Append one section; its kind decides on the array."""
        flat = np.asarray(values)
        kind = "numbers" if flat.dtype.kind == "f" else "indices"
        self.head[section] = self.filled[kind]
        self.filled[kind] += flat.size
        getattr(self, kind).append(flat.ravel().astype(np.float64 if kind == "numbers" else np.int32))

    def arrays(self, rng: Random) -> Arrays:
        """Return everything in its place."""
        num = np.concatenate(self.numbers)
        num[[at.BEST, at.BEST_MEMBER]] = 1e300
        return Arrays(num, np.concatenate(self.indices), rng)


def _add_travel(pack: _Packer, problem: Problem, places: list[int]) -> None:
    n = len(problem.customers)
    to = np.asarray(problem.distance, np.float64)[np.ix_(places, places)]
    travel = np.asarray(problem.travel_minutes, np.float64)[np.ix_(places, places)]
    for forth, back, matrix in ((at.TO, at.FRO, to), (at.MINUTES_TO, at.MINUTES_FRO, travel)):
        pack.add(forth, matrix)
        # One copy serves both directions where they are the same; a small matrix stays in the cache.
        if np.array_equal(matrix, matrix.T):
            pack.head[back] = pack.head[forth]
        else:
            pack.add(back, matrix.T)
    both = to[:n, :n] + to[:n, :n].T
    np.fill_diagonal(both, -1.0)
    near = np.argsort(both, axis=1, kind="stable")[:, :_NEIGHBOURS]
    pack.head[at.NEIGHBOURS] = near.shape[1]
    pack.add(at.NEAR, near)


def _add_customers(pack: _Packer, problem: Problem, shifts: Sequence[Shift], *, windowed: bool) -> None:
    pack.add(at.SERVICE, np.array([c.minutes for c in problem.customers], np.float64))
    pack.add(at.DEMAND, np.array([c.demand for c in problem.customers], np.float64))
    windows, first = _windows(problem, windowed=windowed)
    pack.head[at.SEVERAL] = len(windows) >= len(first)
    pack.add(at.OPENS, windows[first[:-1], 0])
    pack.add(at.CLOSES, windows[first[:-1], 1])
    pack.add(at.WINDOWS, windows)
    pack.add(at.WINDOW_FIRST, first)
    allowed = _may_serve(problem, shifts)
    pack.head[at.VEHICLES] = allowed.shape[1]
    pack.add(at.MAY_SERVE, allowed)


def _add_units(pack: _Packer, problem: Problem, usable: Sequence[tuple[int, ...]]) -> int:
    """Add the units and their combinations; return the size of the largest."""
    groups = units(problem)
    choices = [[days_of(m) for m in shared_combinations(usable, group)] for group in groups]
    unit_of = np.zeros(len(problem.customers), np.int32)
    for u, group in enumerate(groups):
        unit_of[list(group)] = u
    pack.head[at.UNITS] = len(groups)
    pack.add(at.UNIT_OF, unit_of)
    meeting = {group for group in problem.simultaneous if len(group) > 1}
    pack.add(at.MEETS, np.array([group in meeting for group in groups], np.int32))
    for first, content, rows in (
        (at.UNIT_FIRST, at.UNIT_MEMBERS, groups),
        (at.CHOICE_DAY_FIRST, at.CHOICE_DAYS, [days for c in choices for days in c]),
        (at.UNION_FIRST, at.UNION_DAYS, [sorted({d for days in c for d in days}) for c in choices]),
    ):
        starts, values = _ragged(rows)
        pack.add(first, starts)
        pack.add(content, values)
    pack.add(at.CHOICE_FIRST, np.cumsum([0, *map(len, choices)]))
    return max(map(len, groups))


def _add_routes(pack: _Packer, problem: Problem, node: dict[int, int]) -> None:
    shifts = [s for day in problem.shifts for s in day]
    day_of = [d for d, day in enumerate(problem.shifts) for _ in day]
    numbers = np.zeros((len(shifts), at.ROUTE_NUMBERS))
    indices = np.zeros((len(shifts), at.ROUTE_INDICES), np.int32)
    rests = [s.rest for s in shifts]
    numbers[:, at.MAX_LOAD] = _finite([s.max_load for s in shifts])
    numbers[:, at.MAX_MINUTES] = _finite([s.max_minutes for s in shifts])
    numbers[:, at.SHIFT_OPENS] = _finite([s.opens for s in shifts])
    numbers[:, at.SHIFT_CLOSES] = _finite([s.closes for s in shifts])
    numbers[:, at.BREAK_MINUTES] = [r.minutes if r else 0.0 for r in rests]
    numbers[:, at.BREAK_OPENS] = _finite([r.earliest if r else 0.0 for r in rests])
    numbers[:, at.BREAK_CLOSES] = _finite([r.latest if r else 0.0 for r in rests])
    # Without a wish for balance the band is everything.
    numbers[:, at.SOFT_LOW], numbers[:, at.SOFT_HIGH] = -_ALWAYS, _ALWAYS
    numbers[:, at.IDLE] = [problem.distance[s.start, s.end] if s.always_driven else 0.0 for s in shifts]
    indices[:, at.DAY] = day_of
    indices[:, at.VEHICLE] = [s.vehicle for s in shifts]
    indices[:, at.START] = [node[s.start] for s in shifts]
    indices[:, at.END] = [node[s.end] for s in shifts]
    indices[:, at.BREAK_AT] = -1
    pack.add(at.ROUTE_NUM, numbers)
    pack.add(at.ROUTE_IDX, indices)
    pack.add(at.DAY_FIRST, np.searchsorted(day_of, np.arange(problem.days + 1)))
    reps = max(s.vehicle for s in shifts) + 1 if problem.one_rep else 0
    route_of = np.full((problem.days, reps), -1, np.int32)
    if reps:
        route_of[day_of, [s.vehicle for s in shifts]] = np.arange(len(shifts))
    pack.head[at.REPS] = reps
    pack.add(at.REP_ROUTE, route_of)


def _add_workspace(pack: _Packer, n: int, days: int, routes: int, largest: int) -> None:
    plan = routes * (n + 1) * 4 if pack.head[at.WINDOWED] else 0
    moves = 1 if pack.head[at.PLAIN] else 0
    several, reps = int(pack.head[at.SEVERAL]), max(int(pack.head[at.REPS]), 1)
    slots, visits, most = (int(pack.head[k]) for k in (at.SLOTS, at.MOST_VISITS, at.MOST_ROUTES))
    for section, size in (
        (at.ARC, routes * (n + 1)),
        (at.OLD_ARC, routes * (n + 1)),
        (at.VERSION, routes),
        (at.OLD_VERSION, routes),
        (at.KNOWN, n * routes * 3),
        (at.TASK_KEY, max(n * days, slots, most)),
        (at.DAY_VALUE, largest * reps * days),
        (at.OLD_WINDOW, several * routes * n * 2),
        (at.BEST_WINDOW, several * 2 * n * days),
        (at.BEFORE, plan),
        (at.AFTER, plan),
        (at.OLD_BEFORE, plan),
        (at.OLD_AFTER, plan),
        (at.LOAD_UPTO, moves * routes * (n + 1)),
        (at.MINUTES_UPTO, moves * routes * (n + 1)),
        (at.TESTED, moves * n * days),
        (at.PAIR_TESTED, moves * routes * most),
        (at.INDEXED, routes),
        (at.INSERTION, moves * n * routes * 4),
        (at.SLOT_COST, slots * 3),
        (at.SLOT_VALUE, slots),
        (at.FITNESS, 2 * slots),
        (at.APART, slots * slots),
    ):
        pack.add(section, np.zeros(size))
    for section, size in (
        (at.NODE, routes * n),
        (at.OLD_NODE, routes * n),
        (at.BEST_NODE, routes * n),
        (at.TOUCHED_LIST, routes),
        (at.TASK_CUSTOMER, n * days),
        (at.TASK_DAY, n * days),
        (at.IS_FREE, n),
        (at.STRING, n),
        (at.KNOWN_PLACE, n * routes * 2),
        (at.TOUR, moves * routes * (n + 2)),
        (at.PLACE, moves * n * days),
        (at.INSERTION_PLACE, moves * n * routes * 3),
        (at.BUFFER, 2 * n),
        (at.ORDER, max(n, 2 * most)),
        (at.MEMBERS, 2 * slots),
        (at.MEMBER_COUNT, 2),
        (at.SLOT_NODE, slots * visits),
        (at.SLOT_LENGTH, slots * routes),
        (at.SLOT_NEXT, slots * n * days),
        (at.SLOT_LAST, slots * n * days),
        (at.DAY_ROUTE, largest * reps * days),
        (at.DAY_PLACE, largest * reps * days),
    ):
        pack.add(section, np.zeros(size, np.int32))
    pack.add(at.REP, np.full(n, -1, np.int32))
    pack.add(at.AT, np.full(n * days, -1, np.int32))
    pack.add(at.FREE_SLOTS, np.array([slots, *range(slots)], np.int32))


def build(problem: Problem, usable: Sequence[tuple[int, ...]], rng: Random) -> Arrays:
    """Return the arrays of a problem.

    Parameters
    ----------
    problem
        The problem.
    usable
        What ``feasibility.check`` returned for it.
    rng
        State of the random numbers.
    """
    customers = problem.customers
    shifts = [s for day in problem.shifts for s in day]
    ends = sorted({p for s in shifts for p in (s.start, s.end)})
    places = [c.place for c in customers] + ends
    windowed = (
        problem.minutes is not None
        or any(c.opening for c in customers)
        or problem.simultaneous
        or any(s.rest or s.opens > 0 or s.closes < _ALWAYS for s in shifts)
    )
    limited = any(s.max_minutes < _ALWAYS for s in shifts)
    pack = _Packer()
    pack.head[at.CUSTOMERS] = len(customers)
    pack.head[at.NODES] = len(places)
    pack.head[at.DAYS] = problem.days
    pack.head[at.ROUTES] = len(shifts)
    pack.head[at.WINDOWED] = bool(windowed)
    pack.head[at.TIMED] = bool(windowed) or limited or problem.balance is not None
    pack.head[at.MOST_VISITS] = sum(max(m.bit_count() for m in masks) for masks in usable)
    pack.head[at.MOST_ROUTES] = max(map(len, problem.shifts))
    _add_travel(pack, problem, places)
    _add_customers(pack, problem, shifts, windowed=bool(windowed))
    is_symmetric = pack.head[at.TO] == pack.head[at.FRO]
    # The moves count the way from start to end of a route without visits, which nobody drives.
    is_round = all(problem.distance[s.start, s.end] == 0 for s in shifts)
    is_free = not pack.head[at.VEHICLES] and not problem.one_rep
    pack.head[at.PLAIN] = is_symmetric and is_round and not windowed and is_free
    pack.head[at.SLOTS] = 2 * (Size().most + 2) if pack.head[at.PLAIN] else 0
    largest = _add_units(pack, problem, usable)
    _add_routes(pack, problem, {p: len(customers) + i for i, p in enumerate(ends)})
    _add_workspace(pack, len(customers), problem.days, len(shifts), largest)
    return pack.arrays(rng)


def field(arrays: Arrays, name: int) -> Numbers:
    """Return a field of the records of all routes, to read or to change."""
    first, routes = int(arrays.idx[at.ROUTE_NUM]), int(arrays.idx[at.ROUTES])
    records = arrays.num[first : first + routes * at.ROUTE_NUMBERS]
    return records.reshape(routes, -1)[:, name]
