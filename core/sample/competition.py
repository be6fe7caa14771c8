"""Who leads where: every No.1 state, quadrant zone and market structure type, on purpose.

A county gets a profile: the shares of us, five rivals in order of size, and others. The profiles are
built from the conditions of domain.md B.2 and B.3 with room to spare, so that noise in the monthly
figures doesn't move a county out of its class. Where we are strong follows a smooth field, so that
the map shows home ground and far corners instead of a chequerboard.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sample.geography.province import Province
    from core.sample.request import SampleRequest

OTHERS = 6
"""Column of the small companies in an array of companies; 0 is us, 1 to 5 the rivals."""


@dataclass(frozen=True)
class Profile:
    """How a county's market is divided.

    Parameters
    ----------
    count
        How many of the 90 counties have it.
    own
        Our share of all sales, 0 to 1.
    rivals
        Shares of the five rivals, largest first; the rest belongs to others.
    """

    name: str
    count: int
    own: float
    rivals: tuple[float, float, float, float, float]


PROFILES = (
    Profile("monopoly_own", 3, 0.81, (0.07, 0.04, 0.03, 0.02, 0.01)),
    Profile("dominant_own", 6, 0.52, (0.22, 0.10, 0.06, 0.04, 0.03)),
    Profile("two_strong_first", 5, 0.46, (0.36, 0.07, 0.04, 0.03, 0.02)),
    Profile("two_strong_tied", 2, 0.41, (0.41, 0.07, 0.04, 0.03, 0.02)),
    Profile("transitional_first", 5, 0.36, (0.24, 0.12, 0.09, 0.07, 0.05)),
    Profile("two_strong_second", 6, 0.35, (0.47, 0.06, 0.04, 0.03, 0.02)),
    Profile("three_strong_first", 7, 0.32, (0.28, 0.24, 0.06, 0.04, 0.03)),
    Profile("three_strong_second", 6, 0.24, (0.31, 0.27, 0.07, 0.05, 0.03)),
    Profile("three_strong_third", 5, 0.23, (0.33, 0.28, 0.06, 0.04, 0.03)),
    Profile("fragmented_first", 5, 0.21, (0.19, 0.17, 0.14, 0.11, 0.09)),
    Profile("fragmented_low", 8, 0.14, (0.21, 0.19, 0.17, 0.12, 0.09)),
    Profile("transitional_low", 8, 0.12, (0.36, 0.24, 0.10, 0.07, 0.05)),
    Profile("dominant_rival", 9, 0.11, (0.52, 0.18, 0.08, 0.05, 0.03)),
    Profile("two_strong_low", 7, 0.07, (0.44, 0.36, 0.05, 0.04, 0.02)),
    Profile("monopoly_rival", 2, 0.05, (0.81, 0.05, 0.03, 0.02, 0.01)),
    Profile("no_rival_data", 3, 0.22, (0.30, 0.20, 0.12, 0.08, 0.05)),
    Profile("no_own_sales", 3, 0.0, (0.38, 0.30, 0.20, 0.05, 0.03)),
)
HIGH_SHARE = 0.28
_GROWTH = (-0.085, 0.165)
"""Lowest and highest yearly growth of a county's market."""


@dataclass(frozen=True)
class Competition:
    """The division of every county's market.

    Parameters
    ----------
    shares
        Of all sales in the last twelve months, shape (counties, 7).
    drift
        Log change of those shares within a year before normalising, shape (counties, 7).
    growth
        Of the county's market within a year, 0.05 for 5 %.
    """

    profile: NDArray[np.str_]
    shares: NDArray[np.float64]
    drift: NDArray[np.float64]
    growth: NDArray[np.float64]

    def of(self, *names: str) -> NDArray[np.int64]:
        """Return the counties with one of the profiles."""
        return np.flatnonzero(np.isin(self.profile, names))


def compete(request: SampleRequest, province: Province) -> Competition:
    """Divide the markets of all counties."""
    random = request.stream("competition")
    seats = province.seats
    strength = _field(random, seats) - 0.35 * province.urban
    profile = _assign_profiles(random, strength)
    by_name = {p.name: p for p in PROFILES}
    shares = np.zeros((len(seats), 7))
    shares[:, 0] = [by_name[name].own for name in profile]
    sizes = np.array([by_name[name].rivals for name in profile])
    rival_strength = np.column_stack([_field(random, seats) for _rival in range(5)])
    rival_strength += np.array([1.0, 0.5, 0.0, -0.3, -0.6])
    order = np.argsort(-rival_strength, axis=1, kind="stable")
    np.put_along_axis(shares, order + 1, sizes, axis=1)
    shares[:, OTHERS] = 1 - shares.sum(axis=1)
    drift = random.normal(0.0, 0.08, shares.shape)
    return Competition(profile, shares, drift, _growth(random, seats, shares[:, 0] >= HIGH_SHARE))


def _field(
    random: np.random.Generator, points: NDArray[np.float64], noise: float = 0.4
) -> NDArray[np.float64]:
    """Return a smooth random surface at the points, about standard normal, and some noise."""
    total = np.zeros(len(points))
    for _wave in range(12):
        direction = random.normal(0.0, 1 / 85.0, 2)
        total += np.cos(points @ direction + random.uniform(0, 2 * np.pi))
    return np.asarray((total - total.mean()) / total.std() + random.normal(0.0, noise, len(points)))


def _assign_profiles(random: np.random.Generator, strength: NDArray[np.float64]) -> NDArray[np.str_]:
    """Give the profiles in which we are strong to the counties where we are."""
    special = [p for p in PROFILES if p.name in {"no_rival_data", "no_own_sales"}]
    usual = [p for p in PROFILES if p not in special]
    names = np.empty(len(strength), dtype="<U24")
    far = np.argsort(strength, kind="stable")
    weak_half = random.permutation(far[: len(far) // 2])
    taken = 0
    for profile in special:
        names[weak_half[taken : taken + profile.count]] = profile.name
        taken += profile.count
    rest = np.flatnonzero(names == "")
    ranked = rest[np.argsort(-strength[rest], kind="stable")]
    usual.sort(key=lambda p: -p.own)
    names[ranked] = np.repeat([p.name for p in usual], [p.count for p in usual])
    return names


def _growth(
    random: np.random.Generator, points: NDArray[np.float64], high_share: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Spread growth evenly over both the counties with a high and those with a low share of ours."""
    field = _field(random, points, noise=0.9)
    growth = np.empty(len(points))
    for group in (high_share, ~high_share):
        members = np.flatnonzero(group)
        ranked = members[np.argsort(field[members], kind="stable")]
        growth[ranked] = np.linspace(*_GROWTH, len(members))
    return growth
