"""Load against capacity before any route is made: reps needed, what to cut, what is at stake."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.visits.travel import Travel

TOUR = 0.7124
"""A tour through n points spread over an area A is 0.7124 √(nA) long [K: Beardwood, Halton, Hammersley]."""


def area_km2(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> float:
    """Return the area of the hull of some places (WGS-84 degrees); 0 for fewer than three."""
    from scipy.spatial import ConvexHull, QhullError

    if len(lat) < 3:
        return 0.0
    x = lon * 111.32 * math.cos(math.radians(float(lat.mean())))
    try:
        return float(ConvexHull(np.column_stack([x, lat * 110.57])).volume)
    except QhullError:  # all on one line
        return 0.0


@dataclass(frozen=True)
class Workload:
    """Load and capacity of one rep over a period, in minutes.

    Parameters
    ----------
    visits
        Number of visits.
    visit_minutes
        Time in the shops.
    travel_minutes
        Estimated time on the way.
    capacity
        Working minutes.
    weeks
        Length of the period.
    """

    visits: int
    visit_minutes: float
    travel_minutes: float
    capacity: float
    weeks: int

    @property
    def minutes(self) -> float:
        """The whole load."""
        return self.visit_minutes + self.travel_minutes

    @property
    def share(self) -> float:
        """Load ÷ capacity."""
        return self.minutes / self.capacity if self.capacity else math.inf

    @property
    def over(self) -> float:
        """Minutes that don't fit."""
        return max(0.0, self.minutes - self.capacity)

    @property
    def missing_reps(self) -> float:
        """How many more reps the load would need."""
        return self.over / self.capacity if self.capacity else math.inf


def workload(
    shops: pd.DataFrame,
    *,
    weeks: int,
    days: int,
    minutes_a_day: float,
    home: tuple[float, float],
    travel: Travel,
) -> Workload:
    """Return the load of one rep, the way estimated from area and number of shops.

    Per visit 0.7124 √(area ÷ shops), and every day the way to the middle of the shops and back.

    Parameters
    ----------
    shops
        lat, lon, planned (visits in the period) and minutes; shops without visits don't count.
    weeks, days
        Length of the period and its working days.
    minutes_a_day
        Working minutes.
    home
        Latitude and longitude where the day starts and ends.
    travel
        How fast one gets about.
    """
    visited = shops[shops["planned"] > 0]
    placed = visited.dropna(subset=["lat", "lon"])
    count = int(visited["planned"].sum())
    on_the_way = 0.0
    if len(placed):
        lat, lon = placed["lat"].to_numpy(np.float64), placed["lon"].to_numpy(np.float64)
        between = TOUR * math.sqrt(area_km2(lat, lon) / len(placed))
        there = float(travel.km(np.array([home[0]]), np.array([home[1]]), lat.mean(), lon.mean())[0])
        speed = float(travel.speeds(placed.get("urban_class")).mean())
        steps = travel.minutes(np.array([travel.detour * between, there]), speed)
        on_the_way = float(steps[0] * int(placed["planned"].sum()) + steps[1] * 2 * min(days, count))
    return Workload(
        visits=count,
        visit_minutes=float((visited["planned"] * visited["minutes"]).sum()),
        travel_minutes=on_the_way,
        capacity=days * minutes_a_day,
        weeks=weeks,
    )


def out_of_reach(
    shops: pd.DataFrame, *, minutes_a_day: float, home: tuple[float, float], travel: Travel
) -> pd.Series:
    """Say which shops no working day reaches: the way there and back and the visit are longer.

    Parameters
    ----------
    shops
        lat, lon, minutes, planned; shops without a place are not judged.
    minutes_a_day
        Working minutes.
    home
        Latitude and longitude where the day starts and ends.
    travel
        How fast one gets about.
    """
    visited = shops.loc[(shops["planned"] > 0) & shops["lat"].notna() & shops["lon"].notna()]
    speeds = travel.speeds(visited.get("urban_class"))
    km = travel.km(
        visited["lat"].to_numpy(np.float64), visited["lon"].to_numpy(np.float64), np.array([home[0]]), home[1]
    )
    mean = float(speeds.mean()) if len(speeds) else travel.speed_kmh
    needed = 2 * travel.minutes(km, (speeds + mean) / 2) + visited["minutes"].to_numpy(np.float64)
    far = pd.Series(False, index=shops.index)
    far.loc[visited.index] = needed > minutes_a_day
    return far


def cuts(shops: pd.DataFrame, over: float, travel_per_visit: float = 0.0) -> pd.DataFrame:
    """Return the visits to give up so that the rest fits, those that sell least per minute first.

    Parameters
    ----------
    shops
        terminal_id, planned, minutes, own (yuan a month, NaN unknown), basis; visits set by hand
        (basis ``override``) are not cut.
    over
        Minutes that don't fit.
    travel_per_visit
        Minutes on the way that a visit given up saves.

    Returns
    -------
    DataFrame
        terminal_id, planned, cut (visits given up), kept, at_stake (yuan a month: the sales of the
        shop times the share of its visits given up; NaN where its sales are unknown).
    """
    rows = []
    order = shops.assign(
        worth=shops["own"].fillna(0.0)
        / (shops["planned"].clip(lower=1) * (shops["minutes"] + travel_per_visit))
    ).sort_values(["worth", "terminal_id"])
    for shop in order[(order["planned"] > 0) & (order["basis"] != "override")].itertuples():
        if over <= 1e-9:
            break
        saved = float(shop.minutes) + travel_per_visit
        cut = min(int(shop.planned), math.ceil(over / saved - 1e-9))
        over -= cut * saved
        rows.append(
            (shop.terminal_id, int(shop.planned), cut, int(shop.planned) - cut, shop.own * cut / shop.planned)
        )
    return pd.DataFrame(rows, columns=["terminal_id", "planned", "cut", "kept", "at_stake"])
