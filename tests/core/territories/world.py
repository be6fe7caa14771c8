"""Small worlds of units on a grid, and what every proposal has to keep."""

from __future__ import annotations

import itertools

import numpy as np

from core.territories import Balance, DesignRequest, Units
from core.territories.graph import Graph


def grid(rows, columns, amounts=None, *, gap=0.1, lat=30.0):
    """Return units in a grid near a latitude; neighbours share a side."""
    places = list(itertools.product(range(rows), range(columns)))
    digits = len(str(max(rows, columns) - 1))
    number = {place: n for n, place in enumerate(places)}
    pairs = [
        (number[r, c], number[r + dr, c + dc])
        for r, c in places
        for dr, dc in ((0, 1), (1, 0))
        if (r + dr, c + dc) in number
    ]
    amounts = np.ones(len(places)) if amounts is None else np.asarray(amounts, float)
    return Units(
        tuple(f"u{r:0{digits}}{c:0{digits}}" for r, c in places),
        np.array([lat + gap * r for r, _c in places]),
        np.array([110.0 + gap * c for _r, c in places]),
        amounts,
        {"workload": amounts},
        np.array(pairs, np.int64).reshape(-1, 2),
    )


def request(units, territories, tolerance=0.05, **options):
    """Return a request balanced by workload."""
    return DesignRequest(units, territories, (Balance("workload", tolerance),), **options)


def whole(units, territory, apart=()):
    """Say whether every territory is in one piece, some units apart."""
    kept = np.setdiff1d(np.arange(len(units)), np.asarray(apart, np.int64))
    some = units.take(kept)
    pieces = Graph.of(len(some), some.pairs).components(territory[kept])
    return len(set(pieces)) == len(set(territory[kept].tolist()))


def in_bounds(asked, territory):
    """Say whether every territory keeps the bounds of every measure."""
    low, high = asked.bounds()
    for m, rule in enumerate(asked.balance):
        totals = np.bincount(territory, asked.units.measure(rule.measure), asked.territories)
        if (totals < low[:, m] - 1e-9).any() or (totals > high[:, m] + 1e-9).any():
            return False
    return True
