"""The shops: where they stand, what they are, and how much they could sell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.geo.cells import quadkey
from core.geo.coordinates import wgs84_to_gcj02
from core.sample.geography.province import to_degrees
from core.sample.request import MONTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sample.competition import Competition
    from core.sample.geography.settlements import Settlements
    from core.sample.request import SampleRequest

OUTLET_TYPES = ("大卖场", "超市", "便利店", "食杂店", "餐饮店", "批发部", "特通")
_TYPE_SHARE = np.array([0.012, 0.085, 0.22, 0.47, 0.13, 0.045, 0.038])
_TYPE_SIZE = np.array([9.0, 3.2, 1.3, 0.6, 0.8, 3.5, 1.5])
TYPE_AREA = np.array([5200.0, 420.0, 85.0, 45.0, 110.0, 130.0, 60.0])
GRADES = ("A", "B", "C", "D")
STATUSES = ("blank", "listed", "maintain", "consolidate", "improve", "closed")
BLANK, LISTED, CLOSED = 0, 1, 5
_STATUS_OF_HANDLERS = np.array([0.62, 0.18, 0.12, 0.08])
NO_COORDINATES, NO_REGION, DUPLICATED, SHIFTED, GCJ = 0.01, 0.005, 0.002, 0.0015, 0.12
"""Shares of the gaps and errors that real address books have."""


@dataclass(frozen=True)
class Terminals:
    """All shops in the order they are stored: by cell, those without coordinates last.

    Small types on purpose: ten million shops stay below half a gigabyte.

    Parameters
    ----------
    settlement
        Index of the settlement, int16.
    lat, lon
        WGS-84 degrees; NaN where unknown.
    crs_gcj
        The coordinates were surveyed in GCJ-02.
    outlet_type, grade, status
        Indexes of the words; grade -1 is unknown.
    weight
        Size of the shop's demand, relative, float32.
    opened, closed
        First month with sales, and the month after the last one; int8.
    has_region
        False where the address book names no region.
    """

    settlement: NDArray[np.int16]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    crs_gcj: NDArray[np.bool_]
    outlet_type: NDArray[np.int8]
    grade: NDArray[np.int8]
    status: NDArray[np.int8]
    weight: NDArray[np.float32]
    opened: NDArray[np.int8]
    closed: NDArray[np.int8]
    has_region: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.settlement)

    @property
    def handled(self) -> NDArray[np.bool_]:
        """Shops that sell, or sold until they closed, our products."""
        return np.asarray(self.status != BLANK)


def make_terminals(request: SampleRequest, settlements: Settlements, competition: Competition) -> Terminals:
    """Return the shops of a demonstration region."""
    settlement, lat, lon = _locations(request, settlements)
    random = request.stream("terminals")
    count = len(settlement)
    county = settlements.county.astype(np.int8)[settlement]
    outlet_type = _draw(random, _TYPE_SHARE, count)
    weight = random.standard_normal(count, np.float32)
    np.exp(weight * np.float32(0.7), out=weight)
    weight *= _TYPE_SIZE.astype(np.float32)[outlet_type]
    status = _statuses(random, county, competition)
    closed = np.full(count, MONTHS, np.int8)
    gone = status == CLOSED
    closed[gone] = random.integers(0, MONTHS - 1, int(gone.sum()))
    opened = np.zeros(count, np.int8)
    new = (random.random(count, np.float32) < 0.12) & ~gone
    opened[new] = random.integers(1, MONTHS - 4, int(new.sum()))
    return Terminals(
        settlement=settlement,
        lat=lat,
        lon=lon,
        crs_gcj=random.random(count, np.float32) < GCJ,
        outlet_type=outlet_type,
        grade=_grades(random, weight),
        status=status,
        weight=weight,
        opened=opened,
        closed=closed,
        has_region=random.random(count, np.float32) >= NO_REGION,
    )


def _draw(random: np.random.Generator, shares: NDArray[np.float64], count: int) -> NDArray[np.int8]:
    edges = np.cumsum(shares)[:-1].astype(np.float32)
    return np.searchsorted(edges, random.random(count, np.float32), side="right").astype(np.int8)


def _locations(
    request: SampleRequest, settlements: Settlements
) -> tuple[NDArray[np.int16], NDArray[np.float64], NDArray[np.float64]]:
    random = request.stream("locations")
    count = request.terminals
    edges = np.cumsum(settlements.weight)[:-1]
    settlement = np.searchsorted(edges, random.random(count), side="right").astype(np.int16)
    away = settlements.radius[settlement] * random.random(count) ** 0.9
    turn = random.random(count) * (2 * np.pi)
    along, across = away * np.cos(turn), away * np.sin(turn) * settlements.flatness[settlement]
    cosine, sine = np.cos(settlements.angle)[settlement], np.sin(settlements.angle)[settlement]
    x = settlements.centre[:, 0][settlement] + along * cosine - across * sine
    y = settlements.centre[:, 1][settlement] + along * sine + across * cosine
    degrees = np.round(to_degrees(np.column_stack([x, y])), 6)
    lon, lat = degrees.T.copy()
    # Surveyed with a phone's map and entered as if from GPS: some hundred metres off.
    wrong = random.random(count, np.float32) < SHIFTED
    lat[wrong], lon[wrong] = wgs84_to_gcj02(lat[wrong], lon[wrong])
    order = np.argsort(quadkey(lat, lon), kind="stable")
    unknown = random.random(count, np.float32) < NO_COORDINATES
    order = np.concatenate([order[~unknown], order[unknown]])
    lat, lon, settlement = lat[order], lon[order], settlement[order]
    twice = np.flatnonzero(random.random(count, np.float32) < DUPLICATED)
    twice = twice[twice > 0]
    lat[twice], lon[twice] = lat[twice - 1], lon[twice - 1]
    lat[count - int(unknown.sum()) :] = np.nan
    lon[count - int(unknown.sum()) :] = np.nan
    return settlement, lat, lon


def _statuses(
    random: np.random.Generator, county: NDArray[np.int8], competition: Competition
) -> NDArray[np.int8]:
    """Blank shops are many where our share is low, and all where we sell nothing."""
    share = competition.shares[:, 0]
    blank = np.where(share > 0, 0.30 - 0.28 * share, 0.97).astype(np.float32)
    chance = random.random(len(county), np.float32)
    status = 1 + _draw(random, _STATUS_OF_HANDLERS, len(county))
    status[chance > 0.97] = CLOSED
    status[chance < blank[county]] = BLANK
    return status


def _grades(random: np.random.Generator, weight: NDArray[np.float32]) -> NDArray[np.int8]:
    """Grade the shops by size as people judge it: A the first 10 %, B 20 %, C 50 %, D the rest."""
    judged = weight * np.exp(random.standard_normal(len(weight), np.float32) * np.float32(0.25))
    cuts = np.quantile(judged[:1_000_000], [0.90, 0.70, 0.20])
    grade = (judged[:, None] < cuts.astype(np.float32)).sum(axis=1, dtype=np.int8)
    grade[random.random(len(weight), np.float32) < 0.008] = -1
    return np.asarray(grade)
