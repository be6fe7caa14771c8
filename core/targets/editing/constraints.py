"""Limits on parts of a plan: at least, at most, or exactly so much, whatever lies below moves.

A part is a region, a rep, a product, a month or where they cross; limits on different parts may overlap. The
cells that lie in the same limits move together. How much each such group takes is a whole-number program
(HiGHS): the fewest units are moved, larger groups before smaller ones; inside a group the cells share in
proportion to what they hold. Locked cells never move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from core.errors import InfeasibleError, InputError
from core.i18n import _
from core.targets.fitting.rounding import apportion

if TYPE_CHECKING:
    from core.targets.arrays import Booleans, Floats, Integers
    from core.targets.units import Unit

REGION, MONTH = "region", "month"
# So much dearer is it to miss what was just typed than to miss a limit: the limits are what is named.
_FIRM = 1000.0


@dataclass(frozen=True)
class Constraint:
    """A limit that is saved with a plan.

    Parameters
    ----------
    where
        What it is on: pairs of dimension (``region``, ``owner_id``, ``item``, ``category``, ``month``) and
        key, months as ``2027-03``; empty for the whole plan.
    lower, upper
        Whole units it has at least and at most; None for no limit. Equal ones lock the total.
    """

    where: tuple[tuple[str, str], ...]
    lower: int | None = None
    upper: int | None = None

    def __post_init__(self) -> None:
        low, high = self.lower or 0, self.upper
        if low < 0 or (high is not None and high < low):
            raise InputError(_("A bound is below zero, or a lower bound is above its upper bound."))

    @property
    def exact(self) -> bool:
        """Whether the total is locked."""
        return self.lower is not None and self.lower == self.upper

    def members(self, facts: pd.DataFrame) -> Booleans:
        """Return which cells it is on.

        Parameters
        ----------
        facts
            One row per cell: region_id and the regions above it (``region_`` and a number), owner_id, item,
            category, month.
        """
        inside = np.ones(len(facts), np.bool_)
        for dimension, key in self.where:
            if dimension == REGION:
                columns = [name for name in facts if str(name).startswith("region_")]
                inside &= (facts[columns] == key).to_numpy(bool).any(axis=1)
            elif dimension == MONTH:
                inside &= (facts[MONTH] == pd.Timestamp(f"{key}-01")).to_numpy(bool)
            else:
                inside &= (facts[dimension] == key).to_numpy(bool)
        return inside


def as_values(holds: Sequence[Constraint]) -> list[Any]:
    """Return limits as plain values, to be saved among the parameters of a plan."""
    return [[[list(pair) for pair in hold.where], hold.lower, hold.upper] for hold in holds]


def from_values(values: Sequence[Any]) -> tuple[Constraint, ...]:
    """Read back what :func:`as_values` returned."""
    return tuple(
        Constraint(tuple((str(d), str(key)) for d, key in where), lower, upper)
        for where, lower, upper in values
    )


def with_constraint(holds: Sequence[Constraint], new: Constraint) -> tuple[Constraint, ...]:
    """Return limits with another one in place of that on the same part; without bounds it is taken away."""
    others = tuple(hold for hold in holds if hold.where != new.where)
    return others if new.lower is None and new.upper is None else (*others, new)


@dataclass(frozen=True)
class CellConstraint:
    """A limit on the cells of one version.

    Parameters
    ----------
    lower, upper
        Whole units; None for no limit.
    name
        What it is on, for messages.
    firm
        Whether it is what the planner just asked for, rather than a limit that stands.
    """

    cells: Booleans
    lower: int | None
    upper: int | None
    name: str
    firm: bool = False

    def missed(self, counts: Integers) -> int:
        """Return by how many units the cells miss it: above zero too much, below zero too little."""
        total = int(counts[self.cells].sum())
        if self.upper is not None and total > self.upper:
            return total - self.upper
        return min(total - (self.lower or 0), 0)

    def text(self, unit: Unit) -> str:
        """Say what it asks for, ``East: at most 120,000 yuan``."""
        if self.lower == self.upper and self.lower is not None:
            return _("{name}: exactly {count}", name=self.name, count=unit.text(self.lower))
        if self.lower is None or (self.upper is not None and self.lower == 0):
            return _("{name}: at most {count}", name=self.name, count=unit.text(self.upper or 0))
        if self.upper is None:
            return _("{name}: at least {count}", name=self.name, count=unit.text(self.lower))
        return _("{name}: {low} to {high}", name=self.name, low=unit.text(self.lower),
                 high=unit.text(self.upper))  # fmt: skip


def cell_constraints(
    holds: Sequence[Constraint], facts: pd.DataFrame, names: Mapping[Constraint, str]
) -> list[CellConstraint]:
    """Return saved limits as limits on the cells of one version."""
    return [CellConstraint(hold.members(facts), hold.lower, hold.upper, names[hold]) for hold in holds]


def broken_constraints(cells: pd.DataFrame, bounds: Sequence[CellConstraint]) -> list[CellConstraint]:
    """Return the limits that a version misses."""
    counts = cells["count"].to_numpy(np.int64)
    return [bound for bound in bounds if bound.missed(counts)]


def settle(
    cells: pd.DataFrame, bounds: Sequence[CellConstraint], unit: Unit, *, movable: Booleans | None = None
) -> pd.DataFrame:
    """Bring a version within its limits.

    Parameters
    ----------
    cells
        count and locked.
    bounds
        The limits, among them the totals that stay.
    unit
        Unit of the counts, for messages.
    movable
        Cells that may move, locked ones excepted; all by default.

    Returns
    -------
    DataFrame
        The version itself where it keeps all limits; else one that does, to the unit.

    Raises
    ------
    InfeasibleError
        The limits contradict the locks, the totals or each other; the message names them and the gap.
    """
    if not broken_constraints(cells, bounds):
        return cells
    counts, locked = cells["count"].to_numpy(np.int64), cells["locked"].to_numpy(bool)
    open_cells = np.flatnonzero(~locked if movable is None else ~locked & movable)
    inside = np.array([bound.cells for bound in bounds])
    fixed = np.ones(counts.size, np.bool_)
    fixed[open_cells] = False
    held = np.array([int(counts[row & fixed].sum()) for row in inside], dtype=np.int64)
    low = np.array([b.lower or 0 for b in bounds], dtype=np.float64) - held
    high = np.array([np.inf if b.upper is None else b.upper for b in bounds], dtype=np.float64) - held
    marks, groups = np.unique(np.packbits(inside[:, open_cells], axis=0), axis=1, return_inverse=True)
    groups = groups.ravel()
    size = marks.shape[1]
    sums = np.zeros(size, np.int64)
    np.add.at(sums, groups, counts[open_cells])
    first = np.zeros(size, np.int64)
    first[groups[::-1]] = open_cells[::-1]
    change = _fewest(sums, inside[:, first].astype(np.float64), low, high)
    if change is None:
        raise _explained(sums, inside[:, first].astype(np.float64), (low, high), bounds, unit)
    touched = np.flatnonzero(change[groups])
    used, parts = np.unique(groups[touched], return_inverse=True)
    before = counts[open_cells[touched]]
    weights = np.where(sums[groups[touched]] > 0, before, 1).astype(np.float64)
    result = counts.copy()
    result[open_cells[touched]] = apportion((sums + change)[used], weights, groups=parts)
    return cells.assign(count=result)


def _fewest(sums: Integers, inside: Floats, low: Floats, high: Floats) -> Integers | None:
    """Return what each group gains, so that the fewest units move; None where the limits can't be kept."""
    size = sums.size
    if not size:
        return None
    # Up and down apart; moving a unit of a larger group is the cheaper of two equal moves.
    cost = np.tile(2.0 - sums / max(int(sums.sum()), 1), 2)
    room = Bounds(np.zeros(2 * size), np.concatenate([np.full(size, np.inf), sums]))
    now = inside @ sums
    limits = LinearConstraint(np.hstack([inside, -inside]), low - now, high - now)
    found = milp(cost, integrality=np.ones(2 * size), bounds=room, constraints=limits)
    if found.x is None:
        return None
    moves = np.rint(found.x).astype(np.int64)
    return np.asarray(moves[:size] - moves[size:])


def _explained(
    sums: Integers,
    inside: Floats,
    limits: tuple[Floats, Floats],
    bounds: Sequence[CellConstraint],
    unit: Unit,
) -> InfeasibleError:
    """Return the refusal: the limits that have to give way, and by how much at least."""
    size, count = sums.size, len(bounds)
    prices = np.array([_FIRM if bound.firm else 1.0 for bound in bounds])
    slack = np.eye(count)
    table = np.hstack([inside, slack, -slack])
    found = milp(
        np.concatenate([np.zeros(size), prices, prices]),
        bounds=Bounds(0, np.inf),
        constraints=LinearConstraint(table, limits[0], limits[1]),
    )
    short, over = found.x[size : size + count], found.x[size + count :]
    missed = np.rint(short + over).astype(np.int64)
    named = [f"{bounds[i].text(unit)} ({unit.text(int(missed[i]))})" for i in np.flatnonzero(missed).tolist()]
    return InfeasibleError(
        _("These limits can't be kept; in brackets by how much they are missed: {limits}.",
          limits=_("; ").join(named)),
        _("Change a limit, release a lock, or choose which totals stay."),
    )  # fmt: skip
