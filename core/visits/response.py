"""What more visits sell: response functions, and visits spent where a minute sells most."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Response:
    """Sales as a function of effort, the ADBUDG form: a + (b − a) xᶜ / (d + xᶜ) [K].

    Parameters
    ----------
    least, most
        Sales with no effort and with endless effort, in any unit.
    shape
        c; above 1 the curve is an S.
    half
        d; larger means that effort works later.
    """

    least: float
    most: float
    shape: float
    half: float

    def __post_init__(self) -> None:
        if not (self.most >= self.least and self.shape > 0 and self.half > 0):
            raise InputError(_("A response needs most ≥ least, and a shape and half effort above 0."))

    def __call__(self, effort: ArrayLike) -> NDArray[np.float64]:
        """Return the sales at an effort (1 is today's)."""
        power = np.power(np.asarray(effort, np.float64), self.shape)
        return self.least + (self.most - self.least) * power / (self.half + power)


def fit(effort: Sequence[float], sales: Sequence[float]) -> Response:
    """Fit the response by least squares to at least four points of effort and sales.

    Raises
    ------
    InputError
        There are fewer points, or as many efforts as sales are not given.
    """
    from scipy.optimize import least_squares

    x, y = np.asarray(effort, np.float64), np.asarray(sales, np.float64)
    if len(x) != len(y) or len(np.unique(x)) < 4:
        raise InputError(_("A response needs sales at four or more different efforts."))
    scale = float(np.abs(y).max()) or 1.0
    found = least_squares(
        lambda p: Response(p[0], p[0] + p[1], p[2], p[3])(x) - y / scale,
        [y.min() / scale, np.ptp(y) / scale, 2.0, 1.0],
        bounds=([-np.inf, 0.0, 0.05, 1e-6], [np.inf, np.inf, 20.0, np.inf]),
        xtol=1e-12,
        ftol=1e-12,
    )
    least, more, shape, half = found.x
    return Response(float(least * scale), float((least + more) * scale), float(shape), float(half))


def allocate(
    sales: Sequence[Sequence[float]], minutes: Sequence[float], budget: float
) -> tuple[list[int], float]:
    """Spend minutes on visits where they sell most.

    Greedy along the upper concave envelope of each customer's sales: a step goes to the customer and
    the level with the highest gain per minute that still fits [W:35].

    Parameters
    ----------
    sales
        Per customer, sales at 0, 1, 2 ... visits.
    minutes
        Minutes of one visit, per customer.
    budget
        Minutes in all.

    Returns
    -------
    list of int
        Visits per customer.
    float
        Their sales.
    """
    levels = [0] * len(sales)
    left = budget
    heap: list[tuple[float, int, int]] = []

    def push(customer: int) -> None:
        curve, at = np.asarray(sales[customer], np.float64), levels[customer]
        if at + 1 < len(curve):
            steps = np.arange(1, len(curve) - at)
            rates = (curve[at + 1 :] - curve[at]) / (steps * minutes[customer])
            best = int(np.argmax(rates))
            if rates[best] > 0:
                heapq.heappush(heap, (-float(rates[best]), customer, at + 1 + best))

    for customer in range(len(sales)):
        push(customer)
    while heap:
        _rate, customer, level = heapq.heappop(heap)
        cost = (level - levels[customer]) * minutes[customer]
        if cost <= left + 1e-9:
            left -= cost
            levels[customer] = level
            push(customer)
    return levels, float(sum(curve[level] for curve, level in zip(sales, levels, strict=True)))
