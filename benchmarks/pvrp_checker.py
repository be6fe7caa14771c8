"""Check a solution of a periodic routing instance; shares no code with the solver.

Use: ``python benchmarks/pvrp_checker.py INSTANCE SOLUTION.json``.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

TOLERANCE = 1e-4


def read_instance(path: Path) -> dict[str, Any]:
    """Return the numbers of an instance file."""
    rows = [line.split() for line in path.read_text().splitlines() if line.strip()]
    vehicles, customers, days = (int(v) for v in rows[0][1:4])
    limits = [(float(r[0]), float(r[1])) for r in rows[1 : 1 + days]]
    sites = {}
    for row in rows[1 + days : 2 + days + customers]:
        number, choices = int(row[0]), int(row[6]) if len(row) > 6 else 0
        sites[number] = {
            "at": (float(row[1]), float(row[2])),
            "minutes": float(row[3]),
            "demand": float(row[4]),
            "combinations": {int(v) for v in row[7 : 7 + choices]},
        }
    return {"vehicles": vehicles, "days": days, "limits": limits, "sites": sites}


def _length(sites: dict[int, Any], stops: list[int]) -> float:
    way = [0, *stops, 0]
    return sum(math.dist(sites[a]["at"], sites[b]["at"]) for a, b in itertools.pairwise(way))


def _check_route(instance: dict[str, Any], route: dict[str, Any], problems: list[str]) -> float:
    sites, stops = instance["sites"], route["stops"]
    name = f"day {route['day']} vehicle {route['vehicle']}"
    if not (1 <= route["day"] <= instance["days"] and 1 <= route["vehicle"] <= instance["vehicles"]):
        problems.append(f"{name}: no such day or vehicle")
        return 0.0
    unknown = [c for c in stops if c == 0 or c not in sites]
    if unknown:
        problems.append(f"{name}: unknown customers {unknown}")
        return 0.0
    longest, most = instance["limits"][route["day"] - 1]
    length = _length(sites, stops)
    load = sum(sites[c]["demand"] for c in stops)
    duration = length + sum(sites[c]["minutes"] for c in stops)
    if most and load > most + TOLERANCE:
        problems.append(f"{name}: load {load} over {most}")
    if longest and duration > longest + TOLERANCE:
        problems.append(f"{name}: duration {duration} over {longest}")
    return length


def check(instance: dict[str, Any], solution: dict[str, Any]) -> tuple[float, list[str]]:
    """Return the recomputed cost and everything that is wrong."""
    problems: list[str] = []
    cost = 0.0
    used: set[tuple[int, int]] = set()
    visits: dict[int, list[int]] = defaultdict(list)
    for route in solution["routes"]:
        key = (route["day"], route["vehicle"])
        if key in used:
            problems.append(f"day {key[0]}: vehicle {key[1]} has two routes")
        used.add(key)
        cost += _check_route(instance, route, problems)
        for c in route["stops"]:
            visits[c].append(route["day"])
    for c, site in instance["sites"].items():
        days = visits.get(c, [])
        # The first day is the most significant of as many bits as there are days.
        mask = sum(1 << (instance["days"] - day) for day in set(days))
        if c == 0:
            continue
        if len(days) != len(set(days)):
            problems.append(f"customer {c}: visited twice on a day")
        if mask not in site["combinations"]:
            problems.append(f"customer {c}: days {sorted(days)} are no allowed combination")
    if abs(cost - solution["cost"]) > TOLERANCE:
        problems.append(f"cost {solution['cost']} stated, {cost} computed")
    return cost, problems


if __name__ == "__main__":
    found, wrong = check(read_instance(Path(sys.argv[1])), json.loads(Path(sys.argv[2]).read_text()))
    print(f"cost {found:.2f}", *(wrong or ["feasible"]), sep="\n")
    sys.exit(1 if wrong else 0)
