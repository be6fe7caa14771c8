"""What territories are designed on: shops or regions, whose they are today, and what parts them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError
from core.i18n import _, ngettext
from core.reports.territories.regions import region_units
from core.territories import NOBODY, Upheaval
from core.territories.adjacency import without_barriers

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from core.reports.territories.units import ShopUnits
    from core.store.database import Store
    from core.territories import Units


@dataclass(frozen=True, eq=False)
class Ground:
    """Units with their reps of today.

    Parameters
    ----------
    units
        Shops or regions.
    today
        Territory of each unit today, ``NOBODY`` for none.
    customers
        Shops in each unit; None for one each.
    reluctance
        How reluctantly each unit changes hands.
    reps
        One row per territory of today: employee_id, name, lat, lon of the home (NaN unknown).
    notes
        What isn't among the units or isn't known, in words.
    shops
        The shops that the units hold.
    unit_of_shop
        Position of the unit of each shop, -1 for none.
    """

    units: Units
    today: NDArray[np.int64]
    customers: NDArray[np.int64] | None
    reluctance: NDArray[np.float64]
    reps: pd.DataFrame
    notes: tuple[str, ...]
    shops: ShopUnits
    unit_of_shop: NDArray[np.int64]

    def owners_today(self) -> NDArray[np.int64]:
        """Return the territory of each shop today; one of nobody counts with the nearest rep."""
        return fill_today(self.shops.units, self.shops.today, len(self.reps))

    def owners(self, territory: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the territory of each shop from that of each unit; a shop in no unit stays whose it is."""
        return np.where(self.unit_of_shop >= 0, territory[self.unit_of_shop], self.owners_today())

    def upheaval(self, most_changes: int | None = None, price: float = 0.0) -> Upheaval:
        """Return today's territories and what changing them may cost."""
        return Upheaval(
            self.today,
            customers=self.customers,
            most_changes=most_changes,
            reluctance=self.reluctance,
            price=price,
        )

    def part(self, barriers: NDArray[np.int64]) -> Ground:
        """Return the ground with some pairs of units no longer neighbours.

        Parameters
        ----------
        barriers
            Positions of units, shape (n, 2).
        """
        pairs = without_barriers(self.units.pairs, barriers)
        idle = len(np.unique(np.sort(barriers, axis=1), axis=0)) - (len(self.units.pairs) - len(pairs))
        note = ngettext(
            "{n} pair of the barriers is not a pair of neighbours: it parts nothing.",
            "{n} pairs of the barriers are not pairs of neighbours: they part nothing.",
            idle,
        )
        notes = (*self.notes, *([note] if idle else []))
        return replace(self, units=replace(self.units, pairs=pairs), notes=notes)

    def give_to_nearest(self) -> Ground:
        """Return the ground with every unit of nobody at the rep whose units' middle is nearest.

        Raises
        ------
        InputError
            A rep has no unit today.
        """
        idle = np.setdiff1d(np.arange(len(self.reps)), self.today)
        if len(idle):
            raise InputError(
                _("These reps have most of the work in no region: {ids}.",
                  ids=", ".join(self.reps["employee_id"].iloc[idle])),
                _("Choose a lower level, or design from shops."),
            )  # fmt: skip
        nobodys = int((self.today == NOBODY).sum())
        note = ngettext(
            "{n} unit of nobody counts today with the rep whose units are nearest.",
            "{n} units of nobody count today with the rep whose units are nearest.",
            nobodys,
        )
        today = fill_today(self.units, self.today, len(self.reps))
        return replace(self, today=today, notes=(*self.notes, *([note] if nobodys else [])))


def ground_of(store: Store, shops: ShopUnits, level: str | None) -> Ground:
    """Return the shops, or the regions of a level with their shops.

    Raises
    ------
    InputError
        There is no such level.
    """
    if not level:
        each = np.arange(len(shops.units))
        return Ground(shops.units, shops.today, None, shops.reluctance, shops.reps, shops.notes, shops, each)
    regions = region_units(store, shops, level)
    counts = regions.shops
    return Ground(
        regions.units,
        regions.today,
        counts,
        counts.astype(float),
        shops.reps,
        regions.notes,
        shops,
        regions.unit_of_shop,
    )


def fill_today(units: Units, today: NDArray[np.int64], reps: int) -> NDArray[np.int64]:
    """Return today's territories; units of nobody count with the rep whose units' middle is nearest.

    Parameters
    ----------
    units
        With their places.
    today
        Territory of each unit; every rep has at least one.
    reps
        How many reps there are.
    """
    filled = today.copy()
    lost = today == NOBODY
    if not lost.any():
        return filled
    lat, lon = units.lat, units.lon
    owned = np.flatnonzero(~lost)
    counts = np.bincount(today[owned], minlength=reps)
    middle = [np.bincount(today[owned], values[owned], reps) / counts for values in (lat, lon)]
    narrow = np.cos(np.radians(lat.mean()))
    up, along = lat[lost, None] - middle[0], (lon[lost, None] - middle[1]) * narrow
    filled[lost] = np.argmin(up**2 + along**2, axis=1)
    return filled
