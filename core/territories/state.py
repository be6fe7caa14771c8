"""The state of a search as flat arrays: what is given, the present territories, and the best so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from core.kernels.jit import Indices, Numbers  # noqa: TC001 - NamedTuple reads its annotations
from core.territories.graph import DEGREE_KM, unwrap_longitudes
from core.territories.start import fixed_units

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.territories.graph import Graph
    from core.territories.request import DesignRequest

# Fields of ``State.numbers``.
TOTAL = 0  # weighted distance, weight × km
EXCESS = 1  # what lies outside the bounds, in parts of the wanted totals
UPHEAVAL = 2  # price of the units that changed, weight × km
BALANCE_PRICE = 3  # of one whole wanted total outside the bounds, weight × km
LIMIT_PRICE = 4  # of one customer above the limit of changes, weight × km
BEST = 5  # cost of the best design; infinite before there is one
NUMBERS = 6
# Fields of ``State.counts``.
CHANGED = 0  # customers that changed hands
LIMIT = 1  # most customers that may
TICK = 2  # the last mark of a walk through the graph
BALANCED = 3  # those of the running window that keep all bounds
SOFT = 4  # 1 where the balance is a wish with a price, 0 where only balanced designs count
ACCEPTED = 5  # designs of the running window
MOVED = 6  # entries of ``moved``; more than it holds when it is full
COUNTS = 7


# A territory holds at most this many times as many units as the largest one at the start.
_ROOM = 3


class State(NamedTuple):
    """Arrays of a search; n units, k territories, m balanced measures.

    ``first`` and ``neighbours`` are the graph in rows. ``x`` and ``y`` are longitude and latitude in
    kilometres of the equator, ``cosine`` that of the latitude, so that the distance of two places is
    √(Δy² + cos₁ cos₂ Δx²), the haversine formula for short ways. ``member_*`` repeat the units'
    values territory by territory, so that a sum over a territory reads one piece of memory. ``moved`` lists
    the units that moved since the best design, so that taking over a better one doesn't copy all.
    """

    first: Indices
    neighbours: Indices
    x: Numbers
    y: Numbers
    cosine: Numbers
    weight: Numbers
    amounts: Numbers
    low: Numbers
    high: Numbers
    goals: Numbers
    homes: Numbers
    is_fixed: Indices
    is_closed: Indices
    today: Indices
    customers: Indices
    prices: Numbers
    territory: Indices
    best: Indices
    moved: Indices
    position: Indices
    size: Indices
    members: Indices
    member_x: Numbers
    member_y: Numbers
    member_cosine: Numbers
    member_weight: Numbers
    moments: Numbers
    totals: Numbers
    cost: Numbers
    numbers: Numbers
    counts: Indices
    marks: Indices
    queue: Indices
    scratch: Numbers


def build(request: DesignRequest, graph: Graph, start: NDArray[np.int64]) -> State:
    """Return the state for a request, before anything is searched.

    Parameters
    ----------
    request
        What is asked for.
    graph
        Who may hold on to whom; units that may lie apart have no neighbours in it.
    start
        The territory of each unit.
    """
    units, k, m = request.units, request.territories, len(request.balance)
    n = len(units)
    room = min(n, _ROOM * int(np.bincount(start, minlength=k).max()) + 64)
    low, high = request.bounds()
    lon = unwrap_longitudes(units.lon)
    numbers = np.zeros(NUMBERS)
    numbers[BEST] = np.inf
    today, customers, reluctance, is_fixed, is_closed, counts = _today(request)
    return State(
        first=graph.first,
        neighbours=graph.neighbours,
        x=lon * DEGREE_KM,
        y=units.lat * DEGREE_KM,
        cosine=np.cos(np.radians(units.lat)),
        # A weight of 0 would leave a territory of such units without a centre.
        weight=np.maximum(units.weight, 1e-9 * units.weight.mean()),
        amounts=np.ascontiguousarray(request.amounts()),
        low=low,
        high=high,
        goals=request.goals(),
        homes=_homes(request, float(lon.mean())),
        is_fixed=is_fixed,
        is_closed=is_closed,
        today=today,
        customers=customers,
        prices=reluctance,
        territory=start.astype(np.int64),
        best=start.astype(np.int64),
        moved=np.empty(n, np.int64),
        position=np.empty(n, np.int64),
        size=np.zeros(k, np.int64),
        members=np.empty((k, room), np.int64),
        member_x=np.empty((k, room)),
        member_y=np.empty((k, room)),
        member_cosine=np.empty((k, room)),
        member_weight=np.empty((k, room)),
        moments=np.zeros((k, 3)),
        totals=np.zeros((k, m)),
        cost=np.zeros(k),
        numbers=numbers,
        counts=counts,
        marks=np.zeros(n, np.int64),
        queue=np.empty(n, np.int64),
        scratch=np.empty(room),
    )


def _homes(request: DesignRequest, lon: float) -> Numbers:
    """Return x and y of each territory's home, NaN for none, on the side of the units' longitude."""
    if request.homes is None:
        return np.full((request.territories, 2), np.nan)
    homes = request.homes[:, ::-1].astype(np.float64)
    homes[:, 0] += 360.0 * np.round((lon - homes[:, 0]) / 360.0)
    return np.ascontiguousarray(homes * DEGREE_KM)


def _today(request: DesignRequest) -> tuple[Indices, Indices, Numbers, Indices, Indices, Indices]:
    """Return today's territories, customers, reluctance, fixed units, closed territories and counts."""
    n, upheaval = len(request.units), request.upheaval
    counts, is_closed = np.zeros(COUNTS, np.int64), np.zeros(request.territories, np.int64)
    counts[LIMIT] = np.iinfo(np.int64).max
    if upheaval is None:
        return np.full(n, -1), np.ones(n, np.int64), np.ones(n), np.zeros(n, np.int64), is_closed, counts
    if upheaval.most_changes is not None:
        counts[LIMIT] = upheaval.most_changes
    is_closed[list(upheaval.closed)] = 1
    reluctance = np.ones(n) if upheaval.reluctance is None else upheaval.reluctance.astype(np.float64)
    fixed = fixed_units(upheaval).astype(np.int64)
    return (
        upheaval.today.astype(np.int64),
        upheaval.count().astype(np.int64),
        reluctance,
        fixed,
        is_closed,
        counts,
    )
