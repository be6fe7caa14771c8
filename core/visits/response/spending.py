"""Minutes spent on visits where they earn most: greedy along each shop's concave envelope [W:35]."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.visits.response.curves import Response

LEVELS = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Visits in four weeks that can be spaced evenly."""
LEAST_VISITS = 1.0
"""Every active customer is visited once in four weeks, unless its norm is less [0-3: 未访问客户为零]."""


@dataclass(frozen=True, eq=False)
class Choices:
    """What one customer may get.

    Parameters
    ----------
    visits
        Allowed numbers of visits, rising; the first is what it gets at least.
    gains
        What is earned with each, in any unit.
    minutes
        Minutes of one visit.
    """

    visits: Sequence[float]
    gains: Sequence[float]
    minutes: float


def spend_minutes(customers: Sequence[Choices], budget: float) -> list[int]:
    """Spend minutes on visits where each earns most.

    A step goes to the customer and the level with the highest gain per minute that still fits. The least
    levels are kept even where they need more than the budget.

    Parameters
    ----------
    budget
        Minutes in all.

    Returns
    -------
    list of int
        Position of the chosen level per customer.
    """
    chosen = [0] * len(customers)
    left = budget - sum(customer.visits[0] * customer.minutes for customer in customers)
    heap: list[tuple[float, int, int, int]] = []

    def push(place: int) -> None:
        """Offer the steepest step from where a customer is that still fits."""
        customer, at = customers[place], chosen[place]
        steps = [
            ((customer.gains[to] - customer.gains[at]) / cost, to)
            for to in range(at + 1, len(customer.visits))
            if (cost := (customer.visits[to] - customer.visits[at]) * customer.minutes) <= left + 1e-9
        ]
        rate, to = max(steps, default=(0.0, at))
        if rate > 0:
            heapq.heappush(heap, (-rate, place, at, to))

    for place in range(len(customers)):
        push(place)
    while heap:
        _rate, place, at, to = heapq.heappop(heap)
        cost = (customers[place].visits[to] - customers[place].visits[at]) * customers[place].minutes
        if cost <= left + 1e-9:
            left -= cost
            chosen[place] = to
        # Where it no longer fits, a smaller step may.
        push(place)
    return chosen


def spread_visits(shops: pd.DataFrame, curves: Mapping[str, Response]) -> pd.DataFrame:
    """Return what each shop should get with the minutes spent today, and what that earns.

    Parameters
    ----------
    shops
        terminal_id, grade, visits (in four weeks, today), minutes (a visit), margin (yuan a month).
    curves
        Response by grade; effort 1 is today's visits. Shops of other grades, without visits or without a
        known margin above zero stay as they are and their minutes with them.

    Returns
    -------
    DataFrame
        ``shops`` with free (whether it takes part), proposed (visits) and gained (yuan of margin a month
        against today).
    """
    free = shops["grade"].isin(list(curves)) & (shops["visits"] > 0) & (shops["margin"] > 0)
    rows = shops[free].to_dict("records")
    offers = []
    for row in rows:
        least = min(LEAST_VISITS, row["visits"])
        visits = sorted({*(level for level in LEVELS if level >= least), float(row["visits"])})
        curve = curves[row["grade"]]
        now = float(curve(1.0))
        sales = curve(np.array(visits) / row["visits"]) / now if now > 0 else np.ones(len(visits))
        offers.append(Choices(visits, (row["margin"] * sales).tolist(), row["minutes"]))
    chosen = spend_minutes(offers, sum(row["visits"] * row["minutes"] for row in rows))
    proposed, gained = shops["visits"].astype(float).copy(), pd.Series(0.0, index=shops.index)
    proposed[free] = [offer.visits[level] for offer, level in zip(offers, chosen, strict=True)]
    gained[free] = [
        offer.gains[level] - row["margin"] for offer, level, row in zip(offers, chosen, rows, strict=True)
    ]
    if gained.sum() <= 0:
        # The greedy is no proof of the best: what earns no more than today is no proposal.
        proposed, gained = shops["visits"].astype(float), gained * 0.0
    return shops.assign(free=free, proposed=proposed, gained=gained)
