"""Who works the market: a director, managers, reps and their territories, and the dealers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from core.sample import arrow
from core.sample.geography import names
from core.sample.geography.province import CITIES, to_degrees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.sample.geography.province import Province
    from core.sample.geography.settlements import Settlements
    from core.sample.request import SampleRequest
    from core.sample.terminals import Terminals

SHOPS_PER_REP = 105
REPS_PER_MANAGER = 10
ROLES = ("director", "manager", "rep")
TIERS = ("large", "medium", "small")


@dataclass(frozen=True)
class Staff:
    """Employees in the order director, managers, reps; numbers start at 1.

    Parameters
    ----------
    table
        The employees as stored.
    manager_of_city
        Employee number of the first manager of each city.
    rep_of_terminal
        Employee number per shop, int32; 0 where nobody is named.
    """

    table: pa.Table
    managers: int
    reps: int
    manager_of_city: NDArray[np.int64]
    rep_of_terminal: NDArray[np.int32]

    @property
    def first_rep(self) -> int:
        """Employee number of the first rep."""
        return self.managers + 2


def make_staff(
    request: SampleRequest, province: Province, settlements: Settlements, terminals: Terminals
) -> Staff:
    """Cut every city's shops, in map order, into territories and name their reps."""
    random = request.stream("staff")
    city = province.city[settlements.county].astype(np.int8)[terminals.settlement]
    per_city = np.bincount(city, minlength=CITIES)
    reps = np.ceil(per_city / SHOPS_PER_REP).astype(np.int64)
    managers = np.maximum(1, np.ceil(reps / REPS_PER_MANAGER).astype(np.int64))
    first_rep = managers.sum() + 2
    starts = first_rep + np.cumsum(reps) - reps
    order = np.argsort(city, kind="stable")
    place = np.arange(len(order)) - np.repeat(np.cumsum(per_city) - per_city, per_city)
    share = np.maximum(np.ceil(per_city / np.maximum(reps, 1)), 1).astype(np.int64)
    by_city = city[order]
    rep = np.empty(len(order), np.int32)
    rep[order] = starts[by_city] + place // share[by_city]
    middle = order[np.searchsorted(rep[order], np.arange(reps.sum()) + first_rep)]
    rep[random.random(len(rep), np.float32) < 0.01] = 0
    manager_of_city = 2 + np.cumsum(managers) - managers
    table = _employee_table(
        random, province, settlements, terminals.settlement[middle], np.repeat(np.arange(CITIES), managers)
    )
    return Staff(table, int(managers.sum()), int(reps.sum()), manager_of_city, rep)


def _employee_table(
    random: np.random.Generator,
    province: Province,
    settlements: Settlements,
    rep_homes: NDArray[np.int16],
    manager_cities: NDArray[np.int64],
) -> pa.Table:
    managers, reps = len(manager_cities), len(rep_homes)
    total = 1 + managers + reps
    seats = np.array([int(np.flatnonzero(province.city == city)[0]) for city in range(CITIES)])
    km = np.vstack([province.seats[:1], province.seats[seats[manager_cities]], settlements.centre[rep_homes]])
    degrees = to_degrees(km + random.normal(0.0, 0.8, km.shape))
    rep_city = province.city[settlements.county[rep_homes]]
    own = (
        np.searchsorted(manager_cities, rep_city)
        + np.arange(reps) % np.bincount(manager_cities, minlength=CITIES)[rep_city]
    )
    regions = [province.province_id, *province.city_ids, *province.county_ids]
    role = np.repeat([0, 1, 2], [1, managers, reps])
    boss = np.concatenate([[0], np.ones(managers, np.int64), own + 2])
    return pa.table(
        {
            "employee_id": arrow.ids("E", np.arange(1, total + 1), 6),
            "name": names.people(random, total),
            "role": arrow.coded(role, ROLES),
            "manager_id": _optional(arrow.ids("E", boss, 6), boss > 0),
            "region_id": arrow.coded(
                np.concatenate([[0], 1 + manager_cities, 1 + CITIES + settlements.county[rep_homes]]), regions
            ),
            "lat": np.round(degrees[:, 1], 6),
            "lon": np.round(degrees[:, 0], 6),
            "work_minutes_per_day": np.full(total, 480.0),
            "active": random.random(total) >= 0.015,
        }
    )


@dataclass(frozen=True)
class Dealers:
    """Dealers, county by county; numbers start at 1.

    Parameters
    ----------
    table, regions
        The dealers and the regions they serve as stored.
    county
        Index of each dealer's county.
    share
        Share of the county's shops each one supplies.
    of_terminal
        Dealer number per shop, int32; 0 where nobody is named.
    """

    table: pa.Table
    regions: pa.Table
    county: NDArray[np.int64]
    share: NDArray[np.float64]
    of_terminal: NDArray[np.int32]


def make_dealers(
    request: SampleRequest,
    province: Province,
    settlements: Settlements,
    terminals: Terminals,
    staff: Staff,
) -> Dealers:
    """Return the dealers and which shops they supply."""
    random = request.stream("dealers")
    counties = len(province.city)
    each = random.integers(1, 4, counties) + province.urban + request.terminals // (2_000 * counties)
    county = np.repeat(np.arange(counties), each)
    first = np.cumsum(each) - each
    # A settlement belongs to one dealer, so that neighbouring shops share theirs.
    pick = random.random(len(settlements.county))
    dealer = first[settlements.county] + np.floor(pick * each[settlements.county]).astype(np.int64)
    of_terminal = (dealer + 1).astype(np.int32)[terminals.settlement]
    unknown = np.where(terminals.handled, 0.012, 0.6).astype(np.float32)
    of_terminal[random.random(len(of_terminal), np.float32) < unknown] = 0
    supplied = np.bincount(dealer, settlements.weight, minlength=len(county))
    share = supplied / np.maximum(np.bincount(county, supplied)[county], 1e-12)
    table = _dealer_table(random, province, county, share, staff)
    return Dealers(table, _dealer_regions(random, province, county), county, share, of_terminal)


def _dealer_table(
    random: np.random.Generator,
    province: Province,
    county: NDArray[np.int64],
    share: NDArray[np.float64],
    staff: Staff,
) -> pa.Table:
    count = len(county)
    first = np.searchsorted(county, county)
    second_level = (np.arange(count) > first) & (random.random(count) < 0.45)
    size = share * province.population[county]
    tier = np.searchsorted(-np.quantile(size, [0.85, 0.5]), -size)
    degrees = to_degrees(province.seats[county] + random.normal(0.0, 2.0, (count, 2)))
    words = random.integers(len(names.DEALER_WORDS), size=count)
    title = [
        f"{province.county_names[c][0][:2]}{names.DEALER_WORDS[w]}商贸"
        for c, w in zip(county, words, strict=True)
    ]
    owner = staff.manager_of_city[province.city[county]]
    owner = np.where((tier == 0) & (random.random(count) < 0.7), 1, owner)
    orphan = random.random(count) < 0.04
    spare = staff.first_rep + random.integers(0, staff.reps, count)
    return pa.table(
        {
            "dealer_id": arrow.ids("D", np.arange(1, count + 1), 5),
            "name": title,
            "tier": arrow.coded(tier, TIERS),
            "region_id": arrow.coded(county, province.county_ids),
            "lat": np.round(degrees[:, 1], 6),
            "lon": np.round(degrees[:, 0], 6),
            "crs": ["WGS-84"] * count,
            "level": arrow.coded(second_level.astype(int), ("first", "second")),
            "parent_dealer_id": _optional(arrow.ids("D", first + 1, 5), second_level),
            "attitude": np.round(np.clip(random.normal(6.6, 1.9, count), 0, 10), 1),
            "capability": np.round(np.clip(random.normal(6.0, 2.0, count), 0, 10), 1),
            "accepts_training": random.random(count) < 0.75,
            "owner_employee_id": _optional(arrow.ids("E", owner, 6), ~orphan),
            "backup_employee_id": _optional(arrow.ids("E", spare, 6), random.random(count) < 0.7),
            "credit_limit": arrow.money((np.round(size / size.mean() * 8) * 5_000_000).astype(np.int64)),
            "payment_days": random.choice([0.0, 15.0, 30.0, 45.0, 60.0], count),
        }
    )


def _dealer_regions(random: np.random.Generator, province: Province, county: NDArray[np.int64]) -> pa.Table:
    count = len(county)
    alone = np.bincount(county)[county] == 1
    start = random.integers(0, 5, count)
    return pa.table(
        {
            "dealer_id": arrow.ids("D", np.arange(1, count + 1), 5),
            "region_id": arrow.coded(county, province.county_ids),
            "from_month": arrow.days(np.array([18262, 18628, 18993, 19358, 19723])[start]),
            "to_month": pa.nulls(count, pa.date32()),
            # Two exclusive agreements in one region are a conflict to find.
            "exclusive": alone | (random.random(count) < 0.06),
        }
    )


def _optional(values: pa.Array, known: NDArray[np.bool_]) -> pa.Array:
    return pc.if_else(pa.array(known), values, pa.scalar(None, values.type))
