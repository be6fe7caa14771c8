"""Response functions: sales as a function of visits, fitted to points or judged by a manager."""

from __future__ import annotations

import math
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


def fit(
    effort: Sequence[float], sales: Sequence[float], *, weights: Sequence[float] | None = None
) -> Response:
    """Fit the response by least squares to at least four points of effort and sales.

    Parameters
    ----------
    weights
        How much each point counts; alike unless given.

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
    heavy = np.ones(len(x)) if weights is None else np.sqrt(np.asarray(weights, np.float64))
    found = least_squares(
        lambda p: heavy * (Response(p[0], p[0] + p[1], p[2], p[3])(x) - y / scale),
        [y.min() / scale, np.ptp(y) / scale, 2.0, 1.0],
        bounds=([-np.inf, 0.0, 0.05, 1e-6], [np.inf, np.inf, 20.0, np.inf]),
        xtol=1e-12,
        ftol=1e-12,
    )
    least, more, shape, half = found.x
    return Response(float(least * scale), float((least + more) * scale), float(shape), float(half))


@dataclass(frozen=True)
class Judgement:
    """What a manager thinks a group of shops would sell, where 100 is what it sells with today's visits.

    Parameters
    ----------
    none, half, more, endless
        Sales without any visit, with half the visits, with half as many again, and however many there are.
        They rise, and 100 lies between half and more: four of the five questions of CALLPLAN [W:35].
    """

    none: float
    half: float
    more: float
    endless: float

    def __post_init__(self) -> None:
        if not 0 <= self.none < self.half < 100 < self.more < self.endless:
            raise InputError(
                _(
                    "Expected 0 ≤ no visits < half < 100 < half more < endless, found {none}, {half}, {more},"
                    " {endless}.",
                    none=f"{self.none:g}",
                    half=f"{self.half:g}",
                    more=f"{self.more:g}",
                    endless=f"{self.endless:g}",
                ),
                _("100 is what the shops sell with today's visits."),
            )

    def curve(self) -> Response:
        """Return the response through no visits, today and endless exactly, near half and half more.

        Each of the two gives a shape c; their mean is taken. :meth:`misfit` says by how much both are missed.
        """
        half = (self.endless - 100) / (100 - self.none)
        shapes = [
            math.log(half * (sales - self.none) / (self.endless - sales)) / math.log(effort)
            for effort, sales in ((0.5, self.half), (1.5, self.more))
        ]
        return Response(self.none, self.endless, max(sum(shapes) / 2, 0.05), half)

    def misfit(self) -> float:
        """Return the larger distance of the curve from what was said for half and half more, in points."""
        curve = self.curve()
        return max(abs(float(curve(0.5)) - self.half), abs(float(curve(1.5)) - self.more))
