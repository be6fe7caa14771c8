"""What a design has to leave as it is, and reps whose territories are to be larger or smaller."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from core.errors import InputError, nearest
from core.i18n import _

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from core.reports.territories.ground import Ground
    from core.territories import Upheaval

NEW = "new"
"""Stands for all reps who have no shops today."""


@dataclass(frozen=True)
class Limits:
    """Exceptions of a design.

    Parameters
    ----------
    locked
        Ids of units that keep their rep.
    closed
        ``employee_id`` of reps who neither give nor take a unit.
    sizes
        Wanted size of a rep's territory by ``employee_id``, or :data:`NEW`; 1 for all others.
    """

    locked: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    sizes: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for rep, size in self.sizes.items():
            if not 0 < size < np.inf:
                raise InputError(_("Expected a size above 0 for {rep}, found {value}.", rep=rep, value=size))

    def keep(self, ground: Ground, upheaval: Upheaval) -> Upheaval:
        """Return the upheaval with the locked units and the closed territories.

        Raises
        ------
        InputError
            There is no such unit or rep.
        """
        locked = np.zeros(len(ground.units), bool)
        locked[_positions(self.locked, ground.units.ids)] = True
        closed = _positions(self.closed, ground.reps["employee_id"].tolist())
        return replace(upheaval, locked=locked if self.locked else None, closed=frozenset(closed))

    def sizes_of(self, ground: Ground, k: int) -> NDArray[np.float64] | None:
        """Return the wanted size of each of k territories; None where all are alike.

        Raises
        ------
        InputError
            There is no such rep.
        """
        if not self.sizes:
            return None
        owners = ground.reps["employee_id"].tolist()
        if NEW in self.sizes and k == len(owners):
            raise InputError(
                _("No rep is new: there are {owners} today.", owners=k),
                _("Ask for more with --reps, or leave out the size of new ones."),
            )
        sizes = np.ones(k)
        sizes[len(owners) :] = self.sizes.get(NEW, 1.0)
        named = [rep for rep in self.sizes if rep != NEW]
        sizes[_positions(named, owners)] = [self.sizes[rep] for rep in named]
        return sizes


def _positions(asked: Sequence[str], known: Sequence[str]) -> list[int]:
    """Return where some ids stand among those there are."""
    place = {name: n for n, name in enumerate(known)}
    for name in asked:
        if name not in place:
            close = nearest(name, known)
            raise InputError(
                _("“{name}” is neither a unit nor a rep of this design.", name=name)
                + (f" ({close}?)" if close else "")
            )
    return [place[name] for name in asked]
