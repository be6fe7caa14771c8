"""Other ways to plan a period, for comparison: day by day with PyVRP, the whole with OR-Tools."""

from __future__ import annotations

import itertools
import math
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

Instance = dict[str, Any]
Solution = dict[str, Any]
SCALE = 1000  # both count in whole numbers


def _days(mask: int, days: int) -> list[int]:
    """Return the days of a combination of the file, from 1."""
    return [d for d in range(1, days + 1) if mask >> (days - d) & 1]


def _distances(instance: Instance) -> list[list[int]]:
    """Return the distances rounded up, so that a limit that holds here holds exactly, too."""
    points = [site["at"] for site in instance["sites"].values()]
    return [[math.ceil(SCALE * math.dist(a, b)) for b in points] for a in points]


def _cost(instance: Instance, routes: list[dict[str, Any]]) -> float:
    at = {c: site["at"] for c, site in instance["sites"].items()}
    total = 0.0
    for route in routes:
        way = [0, *route["stops"], 0]
        total += sum(math.dist(at[a], at[b]) for a, b in itertools.pairwise(way))
    return total


def _assign_days(instance: Instance) -> dict[int, list[int]]:
    """Give every customer the combination that keeps the busiest day least busy, in sweep order.

    This is what planning day by day has to begin with: who is visited on which day.
    """
    sites, days = instance["sites"], instance["days"]
    home = sites[0]["at"]
    load = [0.0] * (days + 1)
    chosen = {}
    customers = [c for c in sites if c != 0]
    customers.sort(key=lambda c: math.atan2(sites[c]["at"][1] - home[1], sites[c]["at"][0] - home[0]))
    # The fewest choices first: who comes every day leaves nothing to decide.
    customers.sort(key=lambda c: len(sites[c]["combinations"]))
    for c in customers:
        options = [_days(mask, days) for mask in sorted(sites[c]["combinations"])]
        best = min(options, key=lambda o: (max(load[d] for d in o), sum(load[d] for d in o)))
        for d in best:
            load[d] += sites[c]["demand"]
        chosen[c] = best
    return chosen


def day_by_day(instance: Instance, seconds: float, seed: int) -> Solution | None:
    """Fix the days first, then let PyVRP plan every day with its share of the time."""
    from pyvrp import Model
    from pyvrp.stop import MaxRuntime

    sites, matrix = instance["sites"], _distances(instance)
    chosen = _assign_days(instance)
    routes = []
    for day in range(1, instance["days"] + 1):
        today = [c for c, days in chosen.items() if day in days]
        if not today:
            continue
        longest, most = instance["limits"][day - 1]
        model = Model()
        places = [model.add_location(*sites[c]["at"]) for c in [0, *today]]
        depot = model.add_depot(places[0])
        limits = {"shift_duration": int(longest * SCALE)} if longest else {}
        model.add_vehicle_type(
            instance["vehicles"],
            int(most * SCALE) if most else 2**40,
            start_depot=depot,
            end_depot=depot,
            **limits,
        )
        for place, c in zip(places[1:], today, strict=True):
            model.add_client(
                place,
                delivery=int(sites[c]["demand"] * SCALE),
                service_duration=int(sites[c]["minutes"] * SCALE),
            )
        for a, first in zip(places, [0, *today], strict=True):
            for b, second in zip(places, [0, *today], strict=True):
                model.add_edge(a, b, matrix[first][second], matrix[first][second])
        result = model.solve(MaxRuntime(seconds / instance["days"]), seed=seed, display=False)
        if not result.best.is_feasible():
            return None
        for vehicle, route in enumerate(result.best.routes(), 1):
            stops = [today[visit.idx] for visit in route.schedule() if visit.is_client()]
            routes.append({"day": day, "vehicle": vehicle, "stops": stops})
    return {"cost": _cost(instance, routes), "routes": routes}


class _Whole:
    """The period in OR-Tools: a node per visit, a vehicle per route, a table of combinations."""

    def __init__(self, instance: Instance, chosen: dict[int, list[int]], *, fixed: bool) -> None:
        from ortools.constraint_solver import pywrapcp

        self.instance, self.days, self.vehicles = instance, instance["days"], instance["vehicles"]
        self.visits = [0] + [c for c, days in chosen.items() for _ in days]
        self.manager = pywrapcp.RoutingIndexManager(len(self.visits), self.vehicles * self.days, 0)
        self.routing = pywrapcp.RoutingModel(self.manager)
        self.customer = [
            self.visits[self.manager.IndexToNode(i)] for i in range(self.manager.GetNumberOfIndices())
        ]
        self._limits()
        node = 1
        for c, days in chosen.items():
            self._combinations(c, days, range(node, node + len(days)), fixed=fixed)
            node += len(days)

    def _limits(self) -> None:
        sites, matrix, customer = self.instance["sites"], _distances(self.instance), self.customer
        routing = self.routing
        travel = routing.RegisterTransitCallback(lambda a, b: matrix[customer[a]][customer[b]])
        routing.SetArcCostEvaluatorOfAllVehicles(travel)
        demand = routing.RegisterUnaryTransitCallback(lambda a: int(SCALE * sites[customer[a]]["demand"]))
        work = routing.RegisterTransitCallback(
            lambda a, b: matrix[customer[a]][customer[b]] + int(SCALE * sites[customer[a]]["minutes"])
        )
        limits = [self.instance["limits"][v // self.vehicles] for v in range(self.vehicles * self.days)]
        loads = [int(SCALE * most) if most else 2**40 for _, most in limits]
        routing.AddDimensionWithVehicleCapacity(demand, 0, loads, True, "load")
        if any(longest for longest, _ in limits):
            minutes = [int(SCALE * longest) if longest else 2**40 for longest, _ in limits]
            routing.AddDimensionWithVehicleCapacity(work, 0, minutes, True, "work")

    def _combinations(self, c: int, days: list[int], nodes: range, *, fixed: bool) -> None:
        masks = self.instance["sites"][c]["combinations"]
        options = [days] if fixed else [_days(mask, self.days) for mask in sorted(masks)]
        solver, of_day = (
            self.routing.solver(),
            [v // self.vehicles + 1 for v in range(self.vehicles * self.days)],
        )
        found = []
        for k, node in enumerate(nodes):
            vehicle = self.routing.VehicleVar(self.manager.NodeToIndex(node))
            possible = sorted({option[k] for option in options})
            vehicle.SetValues(
                [v for d in possible for v in range((d - 1) * self.vehicles, d * self.vehicles)]
            )
            found.append(solver.Element(of_day, vehicle).Var())
        if len(options) > 1 and len(nodes) > 1:
            solver.Add(solver.AllowedAssignments(found, options))

    def solve(self, seconds: float, start: list[list[int]] | None) -> list[list[int]] | None:
        """Return the nodes of every route."""
        from ortools.constraint_solver import pywrapcp, routing_enums_pb2

        options = pywrapcp.DefaultRoutingSearchParameters()
        options.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
        options.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        options.time_limit.FromMilliseconds(max(1, int(1000 * seconds)))
        if start is None:
            found = self.routing.SolveWithParameters(options)
        else:
            self.routing.CloseModelWithParameters(options)
            first = self.routing.ReadAssignmentFromRoutes(start, True)
            found = self.routing.SolveFromAssignmentWithParameters(first, options)
        if found is None:
            return None
        routes = []
        for v in range(self.manager.GetNumberOfVehicles()):
            index, nodes = found.Value(self.routing.NextVar(self.routing.Start(v))), []
            while not self.routing.IsEnd(index):
                nodes.append(self.manager.IndexToNode(index))
                index = found.Value(self.routing.NextVar(index))
            routes.append(nodes)
        return routes


def whole_period(instance: Instance, seconds: float, _seed: int) -> Solution | None:
    """Let OR-Tools fix the days for a fifth of the time, then move everything for the rest."""
    chosen = _assign_days(instance)
    first = _Whole(instance, chosen, fixed=True).solve(seconds / 5, None)
    whole = _Whole(instance, chosen, fixed=False)
    found = whole.solve(4 * seconds / 5, first) or first
    if found is None:
        return None
    routes = []
    for v, nodes in enumerate(found):
        day, vehicle = divmod(v, instance["vehicles"])
        if nodes:
            routes.append({"day": day + 1, "vehicle": vehicle + 1, "stops": [whole.visits[k] for k in nodes]})
    return {"cost": _cost(instance, routes), "routes": routes}


def available() -> dict[str, Callable[[Instance, float, int], Solution | None]]:
    """Return the comparisons whose package is installed."""
    every = {"pyvrp": ("PyVRP day by day", day_by_day), "ortools": ("OR-Tools", whole_period)}
    return {name: run for package, (name, run) in every.items() if find_spec(package)}
