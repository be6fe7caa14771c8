"""How long it takes from shop to shop: straight line × detour ÷ speed of the area."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

EARTH_KM = 6371.0088
SPEEDS = {"centre": 15.0, "urban": 20.0, "town": 35.0, "rural": 40.0}
"""km/h by electric scooter or car, by urban class [K]."""


@dataclass(frozen=True)
class Travel:
    """How fast one gets about.

    Parameters
    ----------
    detour
        Length of the way ÷ straight line.
    speed_kmh
        Speed where the area's class is unknown.
    speed_by_class
        km/h by urban class of the region.
    local_km, road_kmh
        What of a way is longer than ``local_km`` is driven at ``road_kmh``, on main roads.
    """

    detour: float = 1.3
    speed_kmh: float = 25.0
    speed_by_class: Mapping[str, float] = field(default_factory=lambda: dict(SPEEDS))
    local_km: float = 10.0
    road_kmh: float = 60.0

    def __post_init__(self) -> None:
        if not self.detour >= 1:
            raise InputError(_("Expected a detour factor of at least 1, found {value}.", value=self.detour))
        if not all(speed > 0 for speed in (self.speed_kmh, self.road_kmh, *self.speed_by_class.values())):
            raise InputError(_("Expected speeds above 0 km/h."))

    def km(
        self,
        lat: NDArray[np.float64],
        lon: NDArray[np.float64],
        to_lat: NDArray[np.float64] | float,
        to_lon: NDArray[np.float64] | float,
    ) -> NDArray[np.float64]:
        """Return the length of the ways in km: haversine × detour; arguments broadcast."""
        a, b = np.radians(lat), np.radians(to_lat)
        half = np.sin((b - a) / 2) ** 2
        half = half + np.cos(a) * np.cos(b) * np.sin((np.radians(to_lon) - np.radians(lon)) / 2) ** 2
        return np.asarray(2 * EARTH_KM * self.detour * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))))

    def speeds(self, classes: pd.Series | None) -> NDArray[np.float64]:
        """Return the speed at each place; one value of ``speed_kmh`` where no class is given."""
        if classes is None:
            return np.array([self.speed_kmh])
        return np.asarray(classes.map(self.speed_by_class).astype("float64").fillna(self.speed_kmh))

    def matrices(
        self, lat: NDArray[np.float64], lon: NDArray[np.float64], speeds: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return km and minutes from every place to every other.

        Parameters
        ----------
        lat, lon
            Degrees, WGS-84.
        speeds
            km/h at each place; a way is as fast as the mean of its two ends.
        """
        km = self.km(lat[:, None], lon[:, None], lat[None, :], lon[None, :])
        return km, self.minutes(km, (speeds[:, None] + speeds[None, :]) / 2)

    def minutes(self, km: NDArray[np.float64], speed: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """Return how long ways take, at a local speed (km/h) first and on main roads for the rest."""
        local = np.minimum(km, self.local_km)
        fast = np.maximum(np.asarray(speed), self.road_kmh)
        return np.asarray((local / speed + (km - local) / fast) * 60)
