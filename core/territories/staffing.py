"""How many territories, where their reps should live, and managers' areas above them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.territories.proposal import Proposal, great_circle_km
from core.territories.request import Balance, DesignRequest
from core.territories.start import Plane
from core.territories.units import Units, totals

if TYPE_CHECKING:
    from numpy.typing import NDArray


def least_number(units: Units, measure: str, capacity: float) -> int:
    """Return the fewest territories whose mean total is within a rep's capacity (Talley [W:33]).

    Parameters
    ----------
    measure
        Such as workload.
    capacity
        What one rep can do, in the measure's unit.
    """
    return max(1, math.ceil(_load(units, measure, capacity) - 1e-9))


def compare_numbers(
    request: DesignRequest,
    numbers: Sequence[int],
    measure: str,
    capacity: float,
    search: Callable[[DesignRequest], Proposal],
) -> tuple[pd.DataFrame, Proposal | None]:
    """Return what each number of territories means, and the design of the best: the smallest that fits.

    Parameters
    ----------
    request
        The units and the balance, which is narrowed where the capacity asks for it; sizes, homes and
        today's territories don't count.
    numbers
        Numbers of territories to compare.
    measure, capacity
        What one rep can do.
    search
        Solves the request for one number.

    Returns
    -------
    DataFrame
        territories, load (mean ÷ capacity), highest_load, mean_km (by weight), fits (no territory above
        the capacity); highest load and km are NaN where no balanced design was found.
    Proposal
        None where no number fits.
    """
    rows = []
    best: Proposal | None = None
    for number in sorted(numbers):
        load = _load(request.units, measure, capacity) / number
        try:
            proposal = search(
                DesignRequest(request.units, number, _within(request.balance, measure, 1 / load - 1))
            )
        except InfeasibleError:
            rows.append((number, load, np.nan, np.nan, False))
            continue
        highest = float(proposal.territories()[measure].max()) / capacity
        km = proposal.objective / float(request.units.weight.sum())
        fits = highest <= 1 + 1e-9
        rows.append((number, load, highest, km, fits))
        best = proposal if fits and best is None else best
    return pd.DataFrame(rows, columns=["territories", "load", "highest_load", "mean_km", "fits"]), best


def _within(balance: tuple[Balance, ...], measure: str, room: float) -> tuple[Balance, ...]:
    """Return the balance that also keeps a measure within the capacity, where the mean leaves room.

    Parameters
    ----------
    room
        How far the capacity is above the mean, in parts of the mean.
    """
    if room <= 0:
        return balance
    # A tolerance of 1 and more would bound nothing below.
    most = min(room, 0.999)
    if measure not in {rule.measure for rule in balance}:
        return (*balance, Balance(measure, most))
    return tuple(
        replace(rule, tolerance=min(rule.tolerance, most)) if rule.measure == measure else rule
        for rule in balance
    )


def _load(units: Units, measure: str, capacity: float) -> float:
    """Return how many reps' capacity a measure of all units takes."""
    if not (math.isfinite(capacity) and capacity > 0):
        raise InputError(_("Expected a capacity above 0, found {value}.", value=capacity))
    return float(units.measure(measure).sum()) / capacity


def best_homes(proposal: Proposal) -> pd.DataFrame:
    """Return where the rep of each territory should live: nearest to all units, by weight.

    The place with the least Σ weight × km is the geometric median, found by Weiszfeld's method
    (Weiszfeld 1937, Tôhoku Math. J. 43).

    Returns
    -------
    DataFrame
        territory, lat, lon, unit_id (the nearest unit), mean_km from there, centre_km from the home or
        centre that the proposal counts with.
    """
    units = proposal.request.units
    present = proposal.distances()
    rows = []
    for t in range(proposal.request.territories):
        own = np.flatnonzero(proposal.territory == t)
        weight = np.maximum(units.weight[own], 1e-9 * units.weight.mean())
        lat, lon = geometric_median(units.lat[own], units.lon[own], weight)
        km = great_circle_km(units.lat[own], units.lon[own], np.array(lat), np.array(lon))
        rows.append(
            (
                t,
                lat,
                lon,
                units.ids[int(own[km.argmin()])],
                float(km @ weight / weight.sum()),
                float(present[own] @ weight / weight.sum()),
            )
        )
    return pd.DataFrame(rows, columns=["territory", "lat", "lon", "unit_id", "mean_km", "centre_km"])


def geometric_median(
    lat: NDArray[np.float64], lon: NDArray[np.float64], weight: NDArray[np.float64], steps: int = 200
) -> tuple[float, float]:
    """Return the place with the least weighted sum of distances to some places, in degrees."""
    plane = Plane.of(lat, lon)
    x, y = float(plane.x @ weight / weight.sum()), float(plane.y @ weight / weight.sum())
    for _step in range(steps):
        # A metre keeps the pull of a place that one stands on finite.
        pull = weight / np.maximum(np.sqrt(plane.squared_from(x, y)), 1e-3)
        x, y = float(plane.x @ pull / pull.sum()), float(plane.y @ pull / pull.sum())
    return plane.place(x, y)


def areas_request(proposal: Proposal, areas: int, balance: tuple[Balance, ...]) -> DesignRequest:
    """Return the request that parts territories among managers; neighbours are territories that touch.

    Parameters
    ----------
    proposal
        The territories of the level below.
    areas
        How many managers.
    balance
        Measures of the units, as for territories.
    """
    request, table = proposal.request, proposal.territories()
    pairs = np.sort(proposal.territory[request.units.pairs.reshape(-1, 2)], axis=1)
    pairs = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    weight = totals(proposal.territory, request.units.weight, request.territories)
    units = Units(
        tuple(f"{t:06d}" for t in range(request.territories)),
        table["lat"].to_numpy(np.float64),
        table["lon"].to_numpy(np.float64),
        weight,
        {name: table[name].to_numpy(np.float64) for name in request.units.measures},
        pairs.reshape(-1, 2),
    )
    return DesignRequest(units, areas, balance)
