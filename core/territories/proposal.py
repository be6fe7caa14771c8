"""A proposal: who gets which unit, what every territory then has, and what changes hands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.territories.graph import unwrap_longitudes
from core.territories.request import DesignRequest, Upheaval

if TYPE_CHECKING:
    from numpy.typing import NDArray

EARTH_KM = 6371.0088


@dataclass(frozen=True, eq=False)
class Proposal:
    """Territories as proposed.

    Parameters
    ----------
    request
        What was asked for.
    territory
        Territory of each unit, shape (n_units,), from 0.
    steps
        Steps of the search.
    seconds
        How long it took.
    """

    request: DesignRequest
    territory: NDArray[np.int64]
    steps: int = 0
    seconds: float = 0.0

    @property
    def objective(self) -> float:
        """Σ weight × great-circle kilometres from each unit to the centre of its territory."""
        return float(self.distances() @ self.request.units.weight)

    def centers(self) -> NDArray[np.float64]:
        """Return latitude and longitude of each territory: the rep's home, or the weighted centre."""
        return centers(self.request, self.territory)

    def distances(self) -> NDArray[np.float64]:
        """Return the great-circle kilometres from each unit to the centre of its territory."""
        middle = self.centers()[self.territory]
        return great_circle_km(self.request.units.lat, self.request.units.lon, middle[:, 0], middle[:, 1])

    def territories(self) -> pd.DataFrame:
        """Return one row per territory.

        Returns
        -------
        DataFrame
            territory, units, customers, lat, lon (centre), mean_km (by weight); per measure of the units
            its total, and for the balanced ones ``<measure>_ratio``, total ÷ wanted total.
        """
        request, k = self.request, self.request.territories
        middle = self.centers()
        weight = np.bincount(self.territory, request.units.weight, k)
        km = np.bincount(self.territory, request.units.weight * self.distances(), k)
        customers = np.ones(len(self.territory)) if request.upheaval is None else request.upheaval.count()
        table = pd.DataFrame(
            {
                "territory": np.arange(k),
                "units": np.bincount(self.territory, minlength=k),
                "customers": np.bincount(self.territory, customers, k).astype(np.int64),
                "lat": middle[:, 0],
                "lon": middle[:, 1],
                "mean_km": np.divide(km, weight, out=np.full(k, np.nan), where=weight > 0),
            }
        )
        for name, values in request.units.measures.items():
            table[name] = np.bincount(self.territory, values, k)
        for m, rule in enumerate(request.balance):
            table[f"{rule.measure}_ratio"] = table[rule.measure] / request.goals()[:, m]
        return table

    def outside(self) -> pd.DataFrame:
        """Return what lies outside the bounds.

        Returns
        -------
        DataFrame
            territory, measure, ratio (total ÷ wanted total); the farthest off first, empty where all is well.
        """
        table = self.territories()
        rows = [
            (t, rule.measure, ratio)
            for rule in self.request.balance
            for t, ratio in enumerate(table[f"{rule.measure}_ratio"])
            if abs(ratio - 1) > rule.tolerance * (1 + 1e-9)
        ]
        rows.sort(key=lambda row: -abs(row[2] - 1))
        return pd.DataFrame(rows, columns=["territory", "measure", "ratio"])

    def spread(self, measure: str) -> float:
        """Return the highest ÷ the lowest territory of a measure, each in parts of its relative size."""
        totals = np.bincount(self.territory, self.request.units.measure(measure), self.request.territories)
        relative = totals / self.request.relative_sizes()
        return float(relative.max() / relative.min()) if relative.min() > 0 else float("inf")

    def changes(self) -> pd.DataFrame:
        """Return the units that change hands, the heaviest first.

        Returns
        -------
        DataFrame
            unit_id, from (-1 for units without a territory today), to, customers, reluctance and every
            measure of the units, so that the sales that move are named; empty for a design from nothing.
        """
        units, upheaval = self.request.units, self.request.upheaval
        if upheaval is None:
            upheaval = Upheaval(self.territory)
        moved = np.flatnonzero(self.territory != upheaval.today)
        reluctance = upheaval.reluctance if upheaval.reluctance is not None else np.ones(len(units))
        table = pd.DataFrame(
            {
                "unit_id": [units.ids[i] for i in moved],
                "from": upheaval.today[moved],
                "to": self.territory[moved],
                "customers": upheaval.count()[moved],
                "reluctance": reluctance[moved],
                **{name: values[moved] for name, values in units.measures.items()},
            }
        )
        order = np.lexsort((moved, -units.weight[moved]))
        return table.iloc[order].reset_index(drop=True)


def centers(request: DesignRequest, territory: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return latitude and longitude of each territory's home or weighted centre.

    Parameters
    ----------
    request
        What was asked for.
    territory
        Territory of each unit.
    """
    units, k = request.units, request.territories
    weight = np.maximum(units.weight, 1e-9 * units.weight.mean())
    whole = np.bincount(territory, weight, k)
    lon = np.bincount(territory, weight * unwrap_longitudes(units.lon), k) / whole
    middle = np.column_stack([np.bincount(territory, weight * units.lat, k) / whole, (lon + 180) % 360 - 180])
    if request.homes is None:
        return middle
    lives = np.isfinite(request.homes).all(axis=1, keepdims=True)
    return np.where(lives, request.homes, middle)


def great_circle_km(
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    to_lat: NDArray[np.float64],
    to_lon: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return great-circle kilometres between places in degrees; arguments broadcast."""
    a, b = np.radians(lat), np.radians(to_lat)
    half = np.sin((b - a) / 2) ** 2
    half = half + np.cos(a) * np.cos(b) * np.sin(np.radians(to_lon - lon) / 2) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))
