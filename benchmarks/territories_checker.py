"""Check territories from the files alone: every zone once, in one piece, in balance; and what they cost.

Shares no code with the product: plain Python from the GeoJSON to the objective.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from pathlib import Path

from shapely.geometry import shape

EARTH_KM = 6371.0088


@dataclass(frozen=True)
class City:
    """Zones, their residents, centroids (lat, lon) and neighbours."""

    ids: list[str]
    weight: dict[str, float]
    place: dict[str, tuple[float, float]]
    neighbours: dict[str, set[str]]


def read_city(folder: Path) -> City:
    """Read zones and published neighbours of a city."""
    features = json.loads((folder / "zones.geojson").read_text(encoding="utf-8"))["features"]
    ids, weight, place = [], {}, {}
    for feature in features:
        zone = feature["properties"]["region_id"]
        middle = shape(feature["geometry"]).centroid
        ids.append(zone)
        weight[zone] = float(feature["properties"]["population"])
        place[zone] = (middle.y, middle.x)
    neighbours: dict[str, set[str]] = {zone: set() for zone in ids}
    with (folder / "adjacent.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            neighbours[row["a"]].add(row["b"])
            neighbours[row["b"]].add(row["a"])
    return City(ids, weight, place, neighbours)


def great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the kilometres between two places by the haversine formula."""
    lat_a, lat_b = math.radians(a[0]), math.radians(b[0])
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin(math.radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def check(city: City, territory: dict[str, int], count: int, tolerance: float) -> tuple[float, list[str]]:
    """Return the objective and everything that is wrong."""
    wrong = [f"{zone} has no territory" for zone in city.ids if zone not in territory]
    wrong += [f"{zone} is no zone" for zone in territory if zone not in city.weight]
    if wrong:
        return math.inf, wrong
    members: dict[int, list[str]] = {}
    for zone in city.ids:
        members.setdefault(territory[zone], []).append(zone)
    if set(members) != set(range(count)):
        wrong.append(f"{len(members)} territories instead of {count}")
    mean = sum(city.weight.values()) / count
    total = 0.0
    for number, zones in sorted(members.items()):
        load = sum(city.weight[zone] for zone in zones)
        if not mean * (1 - tolerance) - 1e-6 <= load <= mean * (1 + tolerance) + 1e-6:
            wrong.append(f"territory {number} has {load / mean:.1%} of the mean")
        reached, edge = {zones[0]}, [zones[0]]
        inside = set(zones)
        while edge:
            fresh = city.neighbours[edge.pop()] & inside - reached
            reached |= fresh
            edge.extend(fresh)
        if len(reached) < len(zones):
            wrong.append(f"territory {number} is in pieces")
        middle = (
            sum(city.weight[z] * city.place[z][0] for z in zones) / load,
            sum(city.weight[z] * city.place[z][1] for z in zones) / load,
        )
        total += sum(city.weight[z] * great_circle(city.place[z], middle) for z in zones)
    return total, wrong
