"""The tree a target is broken down along: product, region, dealer or rep, month, in any order.

Nodes of a level are sorted by their parent, then by name, so children of one parent are neighbours
and the result does not depend on the order of the input rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import InputError, nearest
from core.i18n import _
from core.targets.weights import Factor, Gather, Mix, mix

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.targets.arrays import Floats, Integers


@dataclass(frozen=True)
class Tree:
    """The nodes of every level below the grand total.

    Parameters
    ----------
    levels
        Names of the levels, from the top.
    parents
        For each level the position of every node's parent in the level above, ascending.
    names
        For each level the name of every node.
    leaf
        For each input row its node on the last level.
    """

    levels: tuple[str, ...]
    parents: tuple[Integers, ...]
    names: tuple[np.ndarray, ...]
    leaf: Integers

    @classmethod
    def from_frame(cls, frame: pd.DataFrame, levels: Sequence[str]) -> Tree:
        """Build the tree of a table with one row per leaf.

        Parameters
        ----------
        frame
            One row per leaf with one column per level.
        levels
            The columns in the order of the breakdown; a deep region tree is several columns.

        Returns
        -------
        Tree
            The nodes that occur.

        Raises
        ------
        InputError
            A column or a name is missing, or two rows are the same leaf.
        """
        if frame.empty or not levels:
            raise InputError(_("There is nothing to break the target down to."))
        node = np.zeros(len(frame), np.int64)
        parents: list[Integers] = []
        names: list[np.ndarray] = []
        for level in levels:
            if level not in frame:
                raise InputError(_("The column {column} is missing.", column=level))
            codes, uniques = pd.factorize(frame[level], sort=True)
            if (codes < 0).any():
                raise InputError(
                    _("Row {row} has no {level}; every leaf needs one.", row=int(np.argmax(codes < 0)) + 1,
                      level=level)
                )  # fmt: skip
            pairs, node = np.unique(node * len(uniques) + codes, return_inverse=True)
            parents.append(pairs // len(uniques))
            names.append(np.asarray(uniques)[pairs % len(uniques)])
        if names[-1].size < len(frame):
            twice = frame.loc[frame.duplicated(list(levels)), list(levels)].iloc[0]
            raise InputError(_("Two rows are the same leaf: {leaf}.", leaf=" / ".join(map(str, twice))))
        return cls(tuple(levels), tuple(parents), tuple(names), node)

    def path(self, level: int, node: int) -> str:
        """Return the full name of a node, ``Phones / East / Li``."""
        parts = []
        for depth in range(level, -1, -1):
            parts.append(str(self.names[depth][node]))
            node = int(self.parents[depth][node])
        return " / ".join(reversed(parts))

    def find(self, path: Sequence[object]) -> tuple[int, int]:
        """Return level and position of the node with the given names from the top.

        Parameters
        ----------
        path
            One name per level, down to the level wanted.

        Returns
        -------
        tuple of int
            Level and position.

        Raises
        ------
        InputError
            There is no such node; the nearest name is offered.
        """
        if not 0 < len(path) <= len(self.levels):
            raise InputError(
                _("A path has one name for each of up to {count} levels.", count=len(self.levels))
            )
        node = 0
        for level, name in enumerate(path):
            children = np.flatnonzero(self.parents[level] == node)
            match = children[self.names[level][children] == name]
            if not match.size:
                close = nearest(name, self.names[level][children])
                raise InputError(
                    _("There is no {level} {name} here.", level=self.levels[level], name=name),
                    "" if close is None else _("Did you mean {name}?", name=close),
                )
            node = int(match[0])
        return len(path) - 1, node

    def starts(self, level: int) -> Integers:
        """Return the position of every parent's first child on a level."""
        return np.asarray(np.flatnonzero(np.diff(self.parents[level], prepend=-1)), dtype=np.int64)

    def roll_up(self, leaves: Integers) -> tuple[Integers, ...]:
        """Add whole counts of the leaves up to every level.

        Parameters
        ----------
        leaves
            Counts of the last level's nodes.

        Returns
        -------
        tuple of ndarray
            Counts of the nodes of each level, from the top.
        """
        sums = [leaves]
        for level in range(len(self.levels) - 1, 0, -1):
            sums.append(np.add.reduceat(sums[-1], self.starts(level)))
        return tuple(reversed(sums))

    def gathered(self, level: int, rows: Floats, gather: Gather) -> Floats:
        """Return a factor of the nodes on a level from its values on the input rows.

        Parameters
        ----------
        rows
            Values of the input rows, NaN where unknown.
        gather
            Whether values add up or are averaged.

        Returns
        -------
        ndarray
            Sum or mean of the known values below each node; NaN where none is known.
        """
        values = np.empty(self.leaf.size)
        values[self.leaf] = np.asarray(rows, dtype=np.float64)
        known = np.isfinite(values)
        count = known.astype(np.float64)
        total = np.where(known, values, 0.0)
        for depth in range(len(self.levels) - 1, level, -1):
            total = np.add.reduceat(total, self.starts(depth))
            count = np.add.reduceat(count, self.starts(depth))
        divisor = count if gather is Gather.MEAN else np.minimum(count, 1.0)
        return np.asarray(np.divide(total, divisor, out=np.full(total.size, np.nan), where=count > 0))

    def weights(self, level: int, rows: Mapping[str, Floats], factors: Sequence[Factor]) -> Mix:
        """Mix factors into the weights of a level's nodes among their siblings.

        Parameters
        ----------
        rows
            Values of each factor on the input rows, NaN where unknown.

        Returns
        -------
        Mix
            Weights of the level's nodes, and where data was missing or negative.
        """
        values = {f.name: self.gathered(level, rows[f.name], f.gather) for f in factors if f.name in rows}
        return mix(values, factors, self.parents[level])
