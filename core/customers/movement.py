"""Who moved between two gradings: a migration matrix that adds up [B.5]."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.customers.abc import GRADES
from core.errors import InputError
from core.i18n import N_, _

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
    everybody = before.index.union(after.index)
    old = before.reindex(everybody).astype(object).where(lambda s: s.notna(), ABSENT)
    new = after.reindex(everybody).astype(object).where(lambda s: s.notna(), ABSENT)
    there = (old != ABSENT) | (new != ABSENT)
    old, new = old[there], new[there]
    matrix = pd.crosstab(
        pd.Categorical(old, places), pd.Categorical(new, places), dropna=False, rownames=[""], colnames=[""]
    ).reindex(index=places, columns=places, fill_value=0)
    matrix.index, matrix.columns = pd.Index(places, name="before"), pd.Index(places, name="after")
    rank = {grade: place for place, grade in enumerate(places)}
    step = new.map(rank).to_numpy(np.int64) - old.map(rank).to_numpy(np.int64)
    conditions = {
        "entered": (old == ABSENT).to_numpy(bool),
        "left": (new == ABSENT).to_numpy(bool),
        "up": step < 0,
        "down": step > 0,
    }
    moves = np.select(list(conditions.values()), list(conditions), default="stayed")
    return Movement(matrix, pd.Series(moves, index=old.index, dtype=object))


def _check(grades: pd.Series, places: Sequence[str]) -> None:
    strangers = sorted(set(grades.dropna()) - set(places))
    if strangers:
        raise InputError(
            _("“{grade}” is no grade.", grade=strangers[0]),
            _("Expected one of {grades}.", grades=", ".join(places[:-1])),
        )
    if not grades.index.is_unique:
        twice = grades.index[grades.index.duplicated()][0]
        raise InputError(_("{customer} is graded twice.", customer=twice))
