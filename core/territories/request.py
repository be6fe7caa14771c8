"""What a design is asked for: how many territories, balanced by what, and what may not change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _
from core.territories.units import Units, name_some

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOBODY = -1
"""The territory of a unit that belongs to none today."""


@dataclass(frozen=True)
class Balance:
    """A measure that is to be alike in all territories.

    Parameters
    ----------
    measure
        Name of a measure of the units.
    tolerance
        Every territory's total has to lie within (1 ± tolerance) × its wanted size; above 0, below 1.
    label
        What messages call the measure; its name where empty.
    """

    measure: str
    tolerance: float = 0.05
    label: str = ""

    @property
    def name(self) -> str:
        """What messages call the measure."""
        return self.label or self.measure

    def __post_init__(self) -> None:
        if not 0 < self.tolerance < 1:
            raise InputError(
                _("Expected a tolerance above 0 and below 1, found {value}.", value=self.tolerance)
            )


@dataclass(frozen=True, eq=False)
class Upheaval:
    """Today's territories, and what changing them costs.

    Parameters
    ----------
    today
        Today's territory of each unit, shape (n_units,); :data:`NOBODY` for none.
    locked
        Units that stay where they are, shape (n_units,) of bool. One that lies apart from its territory
        today may stay apart.
    closed
        Territories that neither give nor take a unit.
    customers
        Customers in each unit, shape (n_units,); None counts one per unit.
    most_changes
        How many customers may change hands; None for any number.
    reluctance
        How reluctantly each unit is moved, shape (n_units,): 1 as a rule, more for A customers.
    price
        What moving a unit of reluctance 1 costs, in mean weighted distance of a unit today: at 1 a move
        has to save as much as a mean unit's whole way to its centre.
    """

    today: NDArray[np.int64]
    locked: NDArray[np.bool_] | None = None
    closed: frozenset[int] = frozenset()
    customers: NDArray[np.int64] | None = None
    most_changes: int | None = None
    reluctance: NDArray[np.float64] | None = None
    price: float = 0.0

    def __post_init__(self) -> None:
        if self.most_changes is not None and self.most_changes < 0:
            raise InputError(
                _("Expected at least 0 customers that may change, found {n}.", n=self.most_changes)
            )
        if not (np.isfinite(self.price) and self.price >= 0):
            raise InputError(_("Expected a price of at least 0, found {value}.", value=self.price))

    def count(self) -> NDArray[np.int64]:
        """Return the customers of each unit."""
        return np.ones(len(self.today), np.int64) if self.customers is None else self.customers

    def take(self, positions: NDArray[np.int64]) -> Upheaval:
        """Return the same for some of the units, in a new order."""
        return replace(
            self,
            today=self.today[positions],
            locked=None if self.locked is None else self.locked[positions],
            customers=None if self.customers is None else self.customers[positions],
            reluctance=None if self.reluctance is None else self.reluctance[positions],
        )


@dataclass(frozen=True, eq=False)
class DesignRequest:
    """A design as asked for.

    Parameters
    ----------
    units
        What is parted.
    territories
        How many territories, numbered from 0.
    balance
        At least one measure; all of them have to hold.
    sizes
        Wanted size of each territory relative to the others, shape (n_territories,): 0.7 for a new rep
        who gets 70 %. None for all alike.
    homes
        Latitude and longitude of each territory's rep, shape (n_territories, 2); distance is measured
        from there. NaN where the territory's weighted centre counts.
    upheaval
        Today's territories; None for a design from nothing.
    names
        What messages call the territories, such as their reps; None for their numbers.
    """

    units: Units
    territories: int
    balance: tuple[Balance, ...]
    sizes: NDArray[np.float64] | None = None
    homes: NDArray[np.float64] | None = None
    upheaval: Upheaval | None = None
    names: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        n, k = len(self.units), self.territories
        if not 1 <= k <= n:
            raise InputError(_("Expected 1 to {n} territories for {n} units, found {k}.", n=n, k=k))
        if not self.balance:
            raise InputError(_("Expected at least one measure to balance."))
        for rule in self.balance:
            if not self.units.measure(rule.measure).sum() > 0:
                raise InputError(_("“{name}” is 0 in every unit.", name=rule.measure))
        if self.sizes is not None and not (self.sizes.shape == (k,) and (self.sizes > 0).all()):
            raise InputError(_("Expected a size above 0 for each of the {k} territories.", k=k))
        if self.homes is not None and self.homes.shape != (k, 2):
            raise InputError(_("Expected latitude and longitude for each of the {k} territories.", k=k))
        if self.names is not None and len(self.names) != k:
            raise InputError(_("Expected a name for each of the {k} territories.", k=k))
        if self.upheaval is not None:
            self._check_upheaval(self.upheaval)

    def _check_upheaval(self, upheaval: Upheaval) -> None:
        today, units = upheaval.today, self.units
        for values in (today, upheaval.locked, upheaval.customers, upheaval.reluctance):
            if values is not None and values.shape != (len(units),):
                raise InputError(_("Expected one value of today's territories per unit."))
        if today.min() < NOBODY or today.max() >= self.territories:
            raise InputError(_("Expected today's territories from 0 to {last}.", last=self.territories - 1))
        if upheaval.locked is not None and (stray := np.flatnonzero(upheaval.locked & (today < 0))).size:
            raise InputError(
                _(
                    "A unit without a territory can't be locked: {ids}.",
                    ids=name_some([units.ids[i] for i in stray]),
                )
            )

    def name(self, territory: int) -> str:
        """Return what messages call a territory."""
        return str(territory) if self.names is None else self.names[territory]

    def relative_sizes(self) -> NDArray[np.float64]:
        """Return each territory's wanted part of the whole; they sum to 1."""
        sizes = np.ones(self.territories) if self.sizes is None else self.sizes
        return np.asarray(sizes / sizes.sum())

    def amounts(self) -> NDArray[np.float64]:
        """Return the balanced measures, shape (n_units, n_measures)."""
        return np.column_stack([self.units.measure(rule.measure) for rule in self.balance])

    def goals(self) -> NDArray[np.float64]:
        """Return the wanted total of each territory and measure, shape (n_territories, n_measures)."""
        return np.asarray(np.outer(self.relative_sizes(), self.amounts().sum(axis=0)))

    def bounds(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the least and the highest total of each territory and measure."""
        tolerance = np.array([rule.tolerance for rule in self.balance])
        return self.goals() * (1 - tolerance), self.goals() * (1 + tolerance)

    def take(self, positions: NDArray[np.int64]) -> DesignRequest:
        """Return the request for some of the units, in a new order."""
        upheaval = None if self.upheaval is None else self.upheaval.take(positions)
        return replace(self, units=self.units.take(positions), upheaval=upheaval)
