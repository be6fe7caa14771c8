"""The picture of a movement between two gradings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core import numbers
from core.customers.analysis.movement import ABSENT, MOVES
from core.i18n import N_, _
from pages._ui.charts.matrix import Cells
from pages._ui.market.facts import Fact

if TYPE_CHECKING:
    from core.customers.analysis.movement import Movement

ABSENT_LABELS = (N_("wasn't there"), N_("isn't there"))


def cells(moved: Movement, before: str, after: str) -> Cells:
    """Return the matrix of a movement, ready to be drawn."""
    matrix = moved.matrix
    total = int(matrix.to_numpy().sum()) or 1
    weights, texts, hovers = [], [], []
    for old in matrix.index:
        counts = [int(matrix.loc[old, new]) for new in matrix.columns]
        empty = [old == new == ABSENT for new in matrix.columns]
        weights.append(tuple(None if no else count / total for no, count in zip(empty, counts, strict=True)))
        texts.append(
            tuple("" if no else numbers.count(count) for no, count in zip(empty, counts, strict=True))
        )
        hovers.append(
            tuple(f"{old} → {new}: {count}" for new, count in zip(matrix.columns, counts, strict=True))
        )
    rows = tuple(_(ABSENT_LABELS[0]) if grade == ABSENT else str(grade) for grade in matrix.index)
    columns = tuple(_(ABSENT_LABELS[1]) if grade == ABSENT else str(grade) for grade in matrix.columns)
    shown = tuple(tuple(text.replace(ABSENT, "–") for text in line) for line in hovers)
    return Cells(rows, columns, tuple(weights), tuple(texts), shown, before, after)


def move_facts(moved: Movement) -> list[Fact]:
    """Return how many made each move."""
    return [
        Fact(
            _(MOVES[move]),
            numbers.count(count),
            explanation=[_("Customers by the change of their class from the earlier to the later period.")],
        )
        for move, count in moved.counts().items()
    ]


def moves_sentence(moved: Movement) -> str:
    """Return the sentence that says how many moved."""
    counts = moved.counts()
    return _(
        "{up} moved up and {down} down, {entered} are new, {left} were lost; {stayed} kept their class.",
        **{move: numbers.count(count) for move, count in counts.items()},
    )
