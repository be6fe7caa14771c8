"""What else parts zones into territories: gerrychain's optimizer, and two balanced k-means made contiguous.

k-means-constrained is the public package: it bounds the number of zones of a cluster, not their residents,
and is used here as its users would, bounds of ±5 % on the number and a repair after it. The balanced k-means
by transport problems is our own strong opponent: residents are balanced exactly before the repair.

All get the same zones, neighbours, tolerance and seconds; each returns its cheapest design that keeps
all rules, or else the cheapest that doesn't, for the checker to say what is wrong.
"""

from __future__ import annotations

import importlib.util
import math
import random
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from territories_checker import City, check

Solver = Callable[[City, int, float, float, int], "dict[str, int]"]


def available() -> dict[str, Solver]:
    """Return the rivals that are installed, by name."""
    rivals: dict[str, Solver] = {"transport k-means": kmeans}
    if importlib.util.find_spec("k_means_constrained"):
        rivals = {"k-means-constrained": package_kmeans, **rivals}
    if importlib.util.find_spec("gerrychain"):
        rivals = {"gerrychain": gerrychain, **rivals}
    return rivals


def _plane(city: City) -> tuple[np.ndarray, np.ndarray]:
    place = np.array([city.place[zone] for zone in city.ids])
    shrink = math.cos(math.radians(place[:, 0].mean()))
    return place[:, [1, 0]] * [111.195 * shrink, 111.195], np.array([city.weight[z] for z in city.ids])


def _cost(points: np.ndarray, weight: np.ndarray, label: np.ndarray, count: int) -> float:
    whole = np.bincount(label, weight, count)
    middle = np.column_stack([np.bincount(label, weight * points[:, d], count) / whole for d in (0, 1)])
    return float(weight @ np.hypot(*(points - middle[label]).T))


def gerrychain(city: City, count: int, tolerance: float, seconds: float, seed: int) -> dict[str, int]:
    """Minimise the weighted distance by short bursts of ReCom (Cannon et al. 2023) until the time is over."""
    import networkx
    from gerrychain import Graph, Partition, updaters
    from gerrychain.constraints import within_percent_of_ideal_population
    from gerrychain.optimization import SingleMetricOptimizer
    from gerrychain.proposals import recom

    began = time.perf_counter()
    chance = random.Random(seed)
    points, weight = _plane(city)
    number = {zone: n for n, zone in enumerate(city.ids)}
    plain = networkx.Graph()
    for zone in city.ids:
        plain.add_node(number[zone], population=float(weight[number[zone]]), place=number[zone])
    plain.add_edges_from((number[a], number[b]) for a in city.ids for b in city.neighbours[a] if a < b)
    graph = Graph.from_networkx(plain)
    place = {node: graph.node_data(node)["place"] for node in graph.node_indices}

    def labels(partition: Partition) -> np.ndarray:
        found = np.empty(len(weight), np.int64)
        for node, part in partition.assignment.items():
            found[place[node]] = int(part)
        return np.unique(found, return_inverse=True)[1]

    start = Partition.from_random_assignment(
        graph, count, tolerance, "population", {"population": updaters.Tally("population")}, rng=chance
    )
    propose = partial(recom, pop_col="population", pop_target=float(weight.sum()) / count, epsilon=tolerance)
    optimizer = SingleMetricOptimizer(
        propose,
        [within_percent_of_ideal_population(start, tolerance)],
        start,
        lambda partition: _cost(points, weight, labels(partition), count),
        maximize=False,
        rng=chance,
    )
    for _partition in optimizer.short_bursts(10, 10**6):
        if time.perf_counter() - began > seconds:
            break
    best = labels(optimizer.best_part or start)
    return {zone: int(best[n]) for n, zone in enumerate(city.ids)}


Clusters = Callable[[np.ndarray, np.ndarray, int, np.random.Generator, float], np.ndarray]


def kmeans(city: City, count: int, tolerance: float, seconds: float, seed: int) -> dict[str, int]:
    """Repeat balanced k-means by exact transport problems."""
    return _repeat(city, count, tolerance, (seconds, seed), _balanced_means)


def package_kmeans(city: City, count: int, tolerance: float, seconds: float, seed: int) -> dict[str, int]:
    """Repeat the k-means of the package k-means-constrained."""
    from k_means_constrained import KMeansConstrained

    def clusters(
        points: np.ndarray, _weight: np.ndarray, count: int, generator: np.random.Generator, _end: float
    ) -> np.ndarray:
        mean = len(points) / count
        least, most = math.floor(mean * (1 - tolerance)), math.ceil(mean * (1 + tolerance))
        model = KMeansConstrained(
            count, size_min=least, size_max=most, n_init=1, random_state=int(generator.integers(2**31))
        )
        return np.asarray(model.fit_predict(points), np.int64)

    return _repeat(city, count, tolerance, (seconds, seed), clusters)


def _repeat(
    city: City, count: int, tolerance: float, effort: tuple[float, int], clusters: Clusters
) -> dict[str, int]:
    """Cluster from new seeds until the time is over, repair each to contiguity and balance, keep the best."""
    began = time.perf_counter()
    seconds, seed = effort
    generator = np.random.default_rng(seed)
    points, weight = _plane(city)
    number = {zone: n for n, zone in enumerate(city.ids)}
    neighbours = [sorted(number[other] for other in city.neighbours[zone]) for zone in city.ids]
    best: tuple[bool, float, np.ndarray] | None = None
    while best is None or time.perf_counter() - began < seconds:
        label = clusters(points, weight, count, generator, began + seconds)
        label = _repair(points, weight, label, neighbours, count, tolerance)
        territory = {zone: int(label[n]) for n, zone in enumerate(city.ids)}
        cost, wrong = check(city, territory, count, tolerance)
        if best is None or (bool(wrong), cost) < best[:2]:
            best = (bool(wrong), cost, label)
    return {zone: int(best[2][n]) for n, zone in enumerate(city.ids)}


def _balanced_means(
    points: np.ndarray, weight: np.ndarray, count: int, generator: np.random.Generator, end: float
) -> np.ndarray:
    """Alternate the cheapest balanced assignment (a transport problem, HiGHS) and the centres."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_matrix, vstack

    n = len(weight)
    middle = points[generator.choice(n, 1, p=weight / weight.sum())]
    while len(middle) < count:
        gap = ((points[:, None] - middle) ** 2).sum(axis=2).min(axis=1) * weight
        middle = np.vstack([middle, points[generator.choice(n, p=gap / gap.sum())]])
    rows, columns = np.repeat(np.arange(n), count), np.tile(np.arange(count), n)
    cells = np.arange(n * count)
    once = csr_matrix((np.ones(n * count), (rows, cells)))
    even = csr_matrix((np.repeat(weight, count), (columns, cells)))
    sides = np.concatenate([np.ones(n), np.full(count, weight.sum() / count)])
    label = np.zeros(n, np.int64)
    for _round in range(30):
        squared = ((points[:, None] - middle) ** 2).sum(axis=2) * weight[:, None]
        found = linprog(squared.ravel(), A_eq=vstack([once, even])[:-1], b_eq=sides[:-1], method="highs")
        new = found.x.reshape(n, count).argmax(axis=1)
        if (new == label).all() or time.perf_counter() > end:
            break
        label = new
        whole = np.bincount(label, weight, count)
        middle = np.column_stack([np.bincount(label, weight * points[:, d], count) / whole for d in (0, 1)])
    return label


def _repair(
    points: np.ndarray,
    weight: np.ndarray,
    label: np.ndarray,
    neighbours: list[list[int]],
    count: int,
    tolerance: float,
) -> np.ndarray:
    """Give pieces that lie apart to neighbours, then shift border zones to even out, cheapest first."""
    label = _join_pieces(label, weight, neighbours, count)
    mean = weight.sum() / count
    for _step in range(20 * len(weight)):
        load = np.bincount(label, weight, count)
        off = np.maximum(load - mean * (1 + tolerance), 0) + np.maximum(mean * (1 - tolerance) - load, 0)
        if not off.any():
            break
        whole = np.bincount(label, weight, count)
        middle = np.column_stack([np.bincount(label, weight * points[:, d], count) / whole for d in (0, 1)])
        best = None
        for n in range(len(weight)):
            a = label[n]
            for b in {label[m] for m in neighbours[n]} - {a}:
                after = [load[a] - weight[n], load[b] + weight[n]]
                gain = (
                    off[a]
                    + off[b]
                    - sum(max(x - mean * (1 + tolerance), mean * (1 - tolerance) - x, 0) for x in after)
                )
                if gain <= 1e-9 and not (off[a] > 0 and load[a] > load[b] + weight[n]):
                    continue
                dearer = weight[n] * (np.hypot(*(points[n] - middle[b])) - np.hypot(*(points[n] - middle[a])))
                score = dearer - max(gain, 0.0) * 100
                if (best is None or score < best[0]) and _stays(label, neighbours, n):
                    best = (score, n, b)
        if best is None:
            break
        label[best[1]] = best[2]
    return label


def _stays(label: np.ndarray, neighbours: list[list[int]], zone: int) -> bool:
    """Say whether the zone's territory stays in one piece without it."""
    near = [m for m in neighbours[zone] if label[m] == label[zone]]
    if not near:
        return False
    reached, edge = {zone, near[0]}, [near[0]]
    while edge:
        for m in neighbours[edge.pop()]:
            if m not in reached and label[m] == label[zone]:
                reached.add(m)
                edge.append(m)
    return all(m in reached for m in near)


def _join_pieces(
    label: np.ndarray, weight: np.ndarray, neighbours: list[list[int]], count: int
) -> np.ndarray:
    """Leave every territory its heaviest piece; zones of the others go to neighbours, one by one."""
    label = label.copy()
    for territory in range(count):
        left = set(np.flatnonzero(label == territory).tolist())
        pieces = []
        while left:
            piece, edge = set(), [left.pop()]
            while edge:
                here = edge.pop()
                piece.add(here)
                fresh = set(neighbours[here]) & left
                left -= fresh
                edge.extend(fresh)
            pieces.append(piece)
        pieces.sort(key=lambda piece: -sum(weight[n] for n in piece))
        for piece in pieces[1:]:
            label[list(piece)] = -1
    while (label < 0).any():
        for n in np.flatnonzero(label < 0):
            near = [label[m] for m in neighbours[n] if label[m] >= 0]
            if near:
                load = np.bincount(label[label >= 0], weight[label >= 0], count)
                label[n] = min(near, key=lambda t: load[t])
    return label
