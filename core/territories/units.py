"""Basic units: the shops or regions that are parted into territories, where they lie, what they weigh."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.errors import InputError
from core.i18n import _, ngettext

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_NAMED = 5
"""Units named in a message; the others are counted."""


def name_some(ids: Sequence[str]) -> str:
    """Return the first few of some ids, and how many more there are."""
    listed = ", ".join(ids[:MOST_NAMED])
    more = len(ids) - MOST_NAMED
    return listed if more <= 0 else ngettext("{ids} and {n} more", "{ids} and {n} more", more, ids=listed)


def totals(group: NDArray[np.int64], values: NDArray[Any], count: int) -> NDArray[np.float64]:
    """Return the sum of some values in each of ``count`` groups, numbered from 0."""
    return np.bincount(group, values, count).astype(np.float64)


@dataclass(frozen=True, eq=False)
class Units:
    """The units of a design.

    Parameters
    ----------
    ids
        Different for every unit.
    lat, lon
        Degrees, WGS-84.
    weight
        What a kilometre to the centre of the territory counts for, such as visit minutes; at least 0.
    measures
        What territories may be balanced by, by name: one number of at least 0 per unit. Missing values
        are refused, since a missing workload is not a workload of 0.
    pairs
        Neighbours as positions, shape (n_pairs, 2); each pair once, in any order.
    """

    ids: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    weight: NDArray[np.float64]
    measures: Mapping[str, NDArray[np.float64]]
    pairs: NDArray[np.int64]

    def __post_init__(self) -> None:
        if not self.ids:
            raise InputError(_("There is no unit to part into territories."))
        twice = sorted(unit for unit, count in Counter(self.ids).items() if count > 1)
        if twice:
            raise InputError(_("Some units are there more than once: {ids}.", ids=name_some(twice)))
        for label, values in (
            (_("latitude"), self.lat),
            (_("longitude"), self.lon),
            (_("weight"), self.weight),
            *self.measures.items(),
        ):
            self._refuse_missing(label, values)
        self._refuse_negative(_("weight"), self.weight)
        for name, values in self.measures.items():
            self._refuse_negative(name, values)
        if not self.weight.sum() > 0:
            raise InputError(_("The weight is 0 in every unit."))
        if self.pairs.size and not (
            self.pairs.ndim == 2
            and self.pairs.shape[1] == 2
            and self.pairs.min() >= 0
            and self.pairs.max() < len(self.ids)
        ):
            raise InputError(_("Expected pairs of positions of units."))

    def _refuse_missing(self, label: str, values: NDArray[np.float64]) -> None:
        if values.shape != (len(self.ids),):
            raise InputError(_("Expected one {label} per unit.", label=label))
        missing = np.flatnonzero(~np.isfinite(values))
        if len(missing):
            raise InputError(
                ngettext(
                    "{n} unit has no {label}: {ids}.",
                    "{n} units have no {label}: {ids}.",
                    len(missing),
                    label=label,
                    ids=name_some([self.ids[i] for i in missing]),
                ),
                _("Give the value, 0 where it is really 0, or leave the unit out."),
            )

    def _refuse_negative(self, label: str, values: NDArray[np.float64]) -> None:
        negative = np.flatnonzero(values < 0)
        if len(negative):
            raise InputError(
                ngettext(
                    "{n} unit has a {label} below 0: {ids}.",
                    "{n} units have a {label} below 0: {ids}.",
                    len(negative),
                    label=label,
                    ids=name_some([self.ids[i] for i in negative]),
                )
            )

    def __len__(self) -> int:
        return len(self.ids)

    def measure(self, name: str) -> NDArray[np.float64]:
        """Return a measure by name; an unknown one is refused with those there are."""
        if name not in self.measures:
            raise InputError(
                _("The units have no measure “{name}”.", name=name),
                _("Choose one of {keys}.", keys=", ".join(self.measures)),
            )
        return self.measures[name]

    def take(self, positions: NDArray[np.int64]) -> Units:
        """Return some of the units, in a new order, with the pairs among them.

        Parameters
        ----------
        positions
            Each at most once.
        """
        place = np.full(len(self), -1, np.int64)
        place[positions] = np.arange(len(positions))
        pairs = place[self.pairs.reshape(-1, 2)]
        return Units(
            tuple(self.ids[i] for i in positions),
            self.lat[positions],
            self.lon[positions],
            self.weight[positions],
            {name: values[positions] for name, values in self.measures.items()},
            np.sort(pairs[(pairs >= 0).all(axis=1)], axis=1),
        )
