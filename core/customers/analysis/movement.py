"""Who moved between two gradings: a migration matrix that adds up [B.5]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.customers.analysis.abc import GRADES
from core.errors import InputError
from core.i18n import N_, _
from core.market.arrays import places_of, text_column

if TYPE_CHECKING:
    from collections.abc import Sequence

ABSENT = "absent"
MOVES: dict[str, str] = {
    "entered": N_("New"),
    "up": N_("Up"),
    "stayed": N_("Same grade"),
    "down": N_("Down"),
    "left": N_("Lost"),
}


@dataclass(frozen=True, eq=False)
class Movement:
    """How customers moved.

    Parameters
    ----------
    matrix
        Counts; rows are the grades before, columns the grades after, ``absent`` the last of both.
    moves
        By customer, of :data:`MOVES`.
    """

    matrix: pd.DataFrame
    moves: pd.Series

    def counts(self) -> dict[str, int]:
        """Return how many made each move; together they are all customers of either period."""
        found = self.moves.value_counts()
        return {move: int(found.get(move, 0)) for move in MOVES}


def movement(before: pd.Series, after: pd.Series, *, grades: Sequence[str] = GRADES) -> Movement:
    """Compare two gradings of the same kind.

    Parameters
    ----------
    before, after
        Grade by customer; a customer without a grade, or not on the index, was not there.
    grades
        The grades, the best first.

    Returns
    -------
    Movement
        Row sums of the matrix are the grading before, column sums the one after. A customer with a grade in
        neither is in no cell.

    Raises
    ------
    InputError
        A grade is none of ``grades``, or a customer stands twice in one grading.
    """
    places = [*grades, ABSENT]
    for part in (before, after):
        _check(part, places)
    everybody = before.index
    if not before.index.equals(after.index):
        everybody = before.index.union(after.index)
        before, after = before.reindex(everybody), after.reindex(everybody)
    absent = len(grades)
    old, new = (places_of(grades, places, missing=absent) for grades in (before, after))
    there = (old != absent) | (new != absent)
    old, new = old[there], new[there]
    counts = np.bincount(old * len(places) + new, minlength=len(places) ** 2)
    matrix = pd.DataFrame(
        counts.reshape(len(places), len(places)),
        pd.Index(places, name="before"),
        pd.Index(places, name="after"),
    )
    conditions = {"entered": old == absent, "left": new == absent, "up": new < old, "down": new > old}
    names = [*conditions, "stayed"]
    picked = np.select(list(conditions.values()), range(len(conditions)), default=len(conditions))
    return Movement(matrix, pd.Series(text_column(picked, names), index=everybody[there]))


def _check(grades: pd.Series, places: Sequence[str]) -> None:
    strangers = sorted(set(grades.dropna().unique()) - set(places))
    if strangers:
        raise InputError(
            _("“{grade}” is no grade.", grade=strangers[0]),
            _("Expected one of {grades}.", grades=", ".join(places[:-1])),
        )
    if not grades.index.is_unique:
        twice = grades.index[grades.index.duplicated()][0]
        raise InputError(_("{customer} is graded twice.", customer=twice))
