"""Shops comparable with those of a promotion: alike in place, outlet type, grade and sales before.

Every shop of the promotion is compared in the finest cell that holds enough other shops: first in its own
region, then in the region above, then anywhere. The level of sales always counts, and comes from months that
the comparison itself doesn't use: matched on the months it starts from, shops that were high by chance would
fall back and look like an effect (regression to the mean) [K].
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from core.i18n import N_

STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "region": (
        N_("same region, outlet type, grade and sales level"),
        ("region_id", "outlet_type", "grade", "level"),
    ),
    "parent": (
        N_("same region above, outlet type, grade and sales level"),
        ("parent_id", "outlet_type", "grade", "level"),
    ),
    "kind": (N_("same outlet type, grade and sales level"), ("outlet_type", "grade", "level")),
    "outlet": (N_("same outlet type and sales level"), ("outlet_type", "level")),
    "level": (N_("same sales level"), ("level",)),
}
LEVELS = 5
"""Classes of sales before, of equal numbers of selling shops; one that sold nothing is in the lowest."""
LEAST_CONTROLS = 5
"""Other shops that a cell needs."""


@dataclass(frozen=True)
class Cells:
    """Which shops are compared with which.

    Parameters
    ----------
    promoted
        Cell of each shop of the promotion, shape (n_promoted,); -1 where nothing is comparable.
    controls
        Cell and row of each comparable shop, shape (n_pairs, 2); a shop may stand in several cells.
    steps
        Key of :data:`STEPS` of each cell.
    """

    promoted: np.ndarray
    controls: np.ndarray
    steps: tuple[str, ...]


def match_cells(promoted: pd.DataFrame, others: pd.DataFrame) -> Cells:
    """Find the comparable shops of a promotion.

    Parameters
    ----------
    promoted, others
        One row per shop: region_id, parent_id, outlet_type, grade, early (sales of the months that level is
        taken from) and before (of those the comparison starts from; where the others of a cell sold nothing,
        there is nothing to compare with). An unknown type or grade is comparable with unknown ones.
    """
    level = _levels(np.concatenate([promoted["early"], others["early"]]))
    inside = promoted.assign(level=level[: len(promoted)]).reset_index(drop=True)
    outside = others.assign(level=level[len(promoted) :]).reset_index(drop=True)
    cell = np.full(len(inside), -1)
    pairs: list[np.ndarray] = []
    steps: list[str] = []
    for step, (_label, columns) in STEPS.items():
        left = np.flatnonzero(cell < 0)
        if not len(left):
            break
        codes = _codes(inside.iloc[left], outside, columns)
        ours, theirs = codes[: len(left)], codes[len(left) :]
        size = codes.max() + 1
        sold = [np.bincount(theirs, outside[name], minlength=size) > 0 for name in ("early", "before")]
        enough = np.flatnonzero((np.bincount(theirs, minlength=size) >= LEAST_CONTROLS) & sold[0] & sold[1])
        for code in np.intersect1d(np.unique(ours), enough):
            cell[left[ours == code]] = len(steps)
            rows = np.flatnonzero(theirs == code)
            pairs.append(np.column_stack([np.full(len(rows), len(steps)), rows]))
            steps.append(step)
    controls = np.concatenate(pairs) if pairs else np.empty((0, 2), np.int64)
    return Cells(cell, controls, tuple(steps))


def _levels(sales: np.ndarray) -> np.ndarray:
    """Return the class of each amount, from 0 the smallest; equal amounts are in one class."""
    selling = sales[sales > 0]
    cuts = np.quantile(selling, np.arange(1, LEVELS) / LEVELS) if len(selling) else np.empty(0)
    return np.searchsorted(cuts, sales, side="left")


def _codes(inside: pd.DataFrame, outside: pd.DataFrame, columns: tuple[str, ...]) -> np.ndarray:
    """Return one number for each combination of values, the same in both tables."""
    both = pd.concat([inside[list(columns)], outside[list(columns)]], ignore_index=True)
    return np.asarray(both.groupby(list(columns), dropna=False, sort=False).ngroup(), dtype=np.int64)
