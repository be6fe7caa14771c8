"""First designs: territories grown from seeds, or today's territories made whole."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import cKDTree

from core.territories.boxes import part_into_boxes
from core.territories.graph import DEGREE_KM, Graph, unwrap_longitudes
from core.territories.power_cells import power_cells
from core.territories.request import NOBODY, DesignRequest, Upheaval

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Plane:
    """The units on a plane in kilometres, near enough for first designs.

    Parameters
    ----------
    x, y
        Kilometres, shape (n_units,).
    shrink
        Length of a degree of longitude in degrees of latitude.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    shrink: float

    @classmethod
    def of(cls, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Plane:
        """Return the plane of some places."""
        shrink = float(np.cos(np.radians(lat.mean())))
        return cls(unwrap_longitudes(lon) * DEGREE_KM * shrink, lat * DEGREE_KM, shrink)

    def squared_from(self, x: float, y: float) -> NDArray[np.float64]:
        """Return the squared distance of all units from a place."""
        return np.asarray((self.x - x) ** 2 + (self.y - y) ** 2)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return latitude and longitude of a place on the plane."""
        return y / DEGREE_KM, (x / DEGREE_KM / self.shrink + 180) % 360 - 180


def first_design(
    request: DesignRequest, graph: Graph, counts: NDArray[np.int64], random: np.random.Generator
) -> NDArray[np.int64]:
    """Return a design in which every territory is in one piece; it need not be balanced.

    Parameters
    ----------
    request
        What is asked for.
    graph
        Who may hold on to whom.
    counts
        Territories in each component of the graph, by its number.
    random
        Chooses the seeds where nothing else does.
    """
    plane = Plane.of(request.units.lat, request.units.lon)
    territory = np.full(len(request.units), NOBODY, np.int64)
    fixed = np.zeros(len(territory), bool)
    if request.upheaval is not None:
        fixed = fixed_units(request.upheaval)
        territory = main_pieces(request.upheaval.today, fixed, graph, request.units.weight)
    elif request.homes is None and (request.sizes is None or len(counts) == 1):
        territory = _balanced_cells(request, graph, plane, counts, random)
        territory = main_pieces(territory, fixed, graph, request.units.weight)
    _place_seeds(request, graph, plane, (counts, territory, fixed), random)
    # A seed may have torn the territory it was taken from.
    territory = main_pieces(territory, fixed, graph, request.units.weight)
    _grow(request, graph, plane, territory)
    return territory


def _balanced_cells(
    request: DesignRequest,
    graph: Graph,
    plane: Plane,
    counts: NDArray[np.int64],
    random: np.random.Generator,
) -> NDArray[np.int64]:
    """Return cells about as large as the territories wanted; each in one component of the graph."""
    component = graph.components()
    territory = np.full(len(component), NOBODY, np.int64)
    goals, amounts = request.goals(), request.amounts()
    load = (amounts / goals.mean(axis=0)).mean(axis=1)
    weight = np.maximum(request.units.weight, 1e-9 * request.units.weight.mean())
    sizes = (goals / goals.mean(axis=0)).mean(axis=1)
    first = 0
    for number, count in enumerate(counts):
        own = np.flatnonzero(component == number)
        cells = min(int(count), len(own))
        if cells and load[own].sum() > 0:
            places = np.column_stack([plane.x[own], plane.y[own]])
            own_goals = sizes[first : first + cells]
            own_goals = own_goals * (load[own].sum() / own_goals.sum())
            middles = _first_centres(places, weight[own], load[own], cells, random)
            found = power_cells(plane.x[own], plane.y[own], weight[own], load[own], own_goals, middles)
            territory[own] = first + found
        first += int(count)
    return territory


def _first_centres(
    places: NDArray[np.float64],
    weight: NDArray[np.float64],
    load: NDArray[np.float64],
    count: int,
    random: np.random.Generator,
) -> NDArray[np.float64]:
    """Return the middles of boxes with the same load, cut along axes that are turned at random."""
    angle = random.uniform(0.0, np.pi)
    along = places @ np.array([np.cos(angle), np.sin(angle)])
    across = places @ np.array([-np.sin(angle), np.cos(angle)])
    boxes = part_into_boxes(along, across, load + 1e-9 * load.mean(), count)
    whole = np.bincount(boxes, weight)
    middles = np.column_stack([np.bincount(boxes, weight * places[:, d]) / whole for d in (0, 1)])
    # Where a few heavy units leave fewer boxes, the other centres lie at units.
    more = places[random.choice(len(places), count - len(middles), replace=False)]
    return np.concatenate([middles, more])


def fixed_units(upheaval: Upheaval) -> NDArray[np.bool_]:
    """Return the units that may not move: locked, or of a closed territory."""
    locked = np.zeros(len(upheaval.today), bool) if upheaval.locked is None else upheaval.locked
    return (locked | np.isin(upheaval.today, list(upheaval.closed))) & (upheaval.today >= 0)


def main_pieces(
    territory: NDArray[np.int64], fixed: NDArray[np.bool_], graph: Graph, weight: NDArray[np.float64]
) -> NDArray[np.int64]:
    """Return territories reduced to their heaviest piece each; the other units get none unless fixed.

    Parameters
    ----------
    territory
        Of each unit; :data:`NOBODY` for none.
    fixed
        Units that stay, wherever they lie.
    graph
        Who holds on to whom.
    weight
        Of each unit.
    """
    pieces = graph.components(territory)
    heavy = np.bincount(pieces, weight + 1e-12 * weight.mean())
    owner = np.full(len(heavy), NOBODY, np.int64)
    owner[pieces] = territory
    order = np.lexsort((np.arange(len(heavy)), -heavy, owner))
    first = order[np.concatenate([[True], owner[order][1:] != owner[order][:-1]])]
    return np.where(np.isin(pieces, first) | fixed, territory, NOBODY)


def stray(territory: NDArray[np.int64], fixed: NDArray[np.bool_], graph: Graph) -> NDArray[np.bool_]:
    """Return the fixed units that lie apart from the free units, or else the bulk, of their territory."""
    pieces = graph.components(territory)
    apart = np.zeros(len(territory), bool)
    for t in np.unique(territory[fixed]):
        own = np.flatnonzero(territory == t)
        free = pieces[own][~fixed[own]]
        main = free[0] if len(free) else np.bincount(pieces[own]).argmax()
        apart[own[pieces[own] != main]] = True
    return apart & fixed


def _place_seeds(
    request: DesignRequest,
    graph: Graph,
    plane: Plane,
    held: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]],
    random: np.random.Generator,
) -> None:
    """Give every territory without a unit its first one, in place.

    ``held`` are the territories due to each component, the territory of each unit, and the fixed units.
    """
    counts, territory, fixed = held
    component = graph.components()
    firsts = {int(t): int(unit) for t, unit in zip(*np.unique(territory, return_index=True), strict=True)}
    firsts.pop(NOBODY, None)
    missing = counts - np.bincount(component[list(firsts.values())], minlength=len(counts))
    settled = fixed.copy()
    settled[list(firsts.values())] = True
    empty = [t for t in range(request.territories) if t not in firsts]
    gap = _gap_to_taken(plane, territory)
    for t in sorted(empty, key=lambda t: _home(request, t) is None):
        free = ~settled & (missing[component] > 0)
        free = free if free.any() else ~settled
        home = _home(request, t)
        if home is None:
            unit = _far_unit(request, gap, free, random)
        else:
            near = Plane.of(np.append(request.units.lat, home[0]), np.append(request.units.lon, home[1]))
            unit = int(np.where(free, near.squared_from(near.x[-1], near.y[-1])[:-1], np.inf).argmin())
        territory[unit] = t
        gap = np.minimum(gap, plane.squared_from(plane.x[unit], plane.y[unit]))
        settled[unit] = True
        missing[component[unit]] -= 1


def _home(request: DesignRequest, territory: int) -> NDArray[np.float64] | None:
    if request.homes is None or not np.isfinite(request.homes[territory]).all():
        return None
    home: NDArray[np.float64] = request.homes[territory]
    return home


def _gap_to_taken(plane: Plane, territory: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the squared distance of all units to the nearest one that has a territory; infinite for none."""
    taken = np.flatnonzero(territory >= 0)
    if not len(taken):
        return np.full(len(territory), np.inf)
    tree = cKDTree(np.column_stack([plane.x[taken], plane.y[taken]]))
    return np.asarray(tree.query(np.column_stack([plane.x, plane.y]))[0] ** 2)


def _far_unit(
    request: DesignRequest,
    gap: NDArray[np.float64],
    free: NDArray[np.bool_],
    random: np.random.Generator,
) -> int:
    """Draw a unit, those far from the seeds so far the likelier (k-means++, Arthur & Vassilvitskii 2007)."""
    chance = np.where(free, request.units.weight + 1e-12, 0.0)
    if np.isfinite(gap).all():
        chance = chance * (gap + 1e-12)
    return int(random.choice(len(chance), p=chance / chance.sum()))


def _grow(
    request: DesignRequest,
    graph: Graph,
    plane: Plane,
    territory: NDArray[np.int64],
) -> None:
    """Give every unit without a territory to a neighbouring one, the smallest territory first, in place."""
    goals, amounts = request.goals(), request.amounts()
    closed = frozenset() if request.upheaval is None else request.upheaval.closed
    k = request.territories
    filled = np.zeros(k)
    relative = (amounts / goals.mean(axis=0)).mean(axis=1)
    scale = goals.mean() / goals.mean(axis=1)
    held = territory >= 0
    np.add.at(filled, territory[held], relative[held])
    weight = np.bincount(territory[held], minlength=k).astype(np.float64)
    x = np.bincount(territory[held], plane.x[held], k) / np.maximum(weight, 1)
    y = np.bincount(territory[held], plane.y[held], k) / np.maximum(weight, 1)
    edges: list[list[tuple[float, int]]] = [[] for _t in range(k)]

    def offer(unit: int, t: int) -> None:
        for other in graph.neighbours[graph.first[unit] : graph.first[unit + 1]]:
            if territory[other] == NOBODY:
                gap = (plane.x[other] - x[t]) ** 2 + (plane.y[other] - y[t]) ** 2
                heapq.heappush(edges[t], (float(gap), int(other)))

    for settled in np.flatnonzero(held):
        if int(territory[settled]) not in closed:
            offer(int(settled), int(territory[settled]))
    queue = [(filled[t] * scale[t], t) for t in range(k) if edges[t]]
    heapq.heapify(queue)
    while queue:
        _size, t = heapq.heappop(queue)
        while edges[t]:
            unit = heapq.heappop(edges[t])[1]
            if territory[unit] == NOBODY:
                territory[unit] = t
                filled[t] += relative[unit]
                offer(unit, t)
                heapq.heappush(queue, (filled[t] * scale[t], t))
                break
