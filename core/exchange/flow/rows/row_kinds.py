"""Rows that subtract or don't count: returns, reversals, cancelled and void documents, gifts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from core.exchange.columns.parsing.cells import shown
from core.exchange.columns.results import Question
from core.exchange.flow.rows.row_words import ADD, LEAVE_OUT, SUBTRACT, groups_in, kinds_in
from core.i18n import format_number

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from core.exchange.columns.mapping import Mapping
    from core.exchange.readers.text.bulk import Coded

Signs = np.ndarray[Any, np.dtype[np.int8]]
CODE = "row_kind"
_MOST_TEXTS = 1_000
_SPOKEN = frozenset(("note", "status", "effective"))
"""Columns of the store whose words may speak of the row all the same."""
FIGURES = ("amount", "quantity", "sell_in_amount", "sell_out_amount")


@dataclass(frozen=True)
class RowKind:
    """Rows of one kind.

    Parameters
    ----------
    header, value
        The column that says it, and what it says.
    way
        What becomes of their figures by the words: ``add``, ``subtract``, ``leave_out``; None where
        the words don't tell.
    rows
        Positions in the sheet.
    """

    header: str
    value: str
    way: str | None
    rows: tuple[int, ...]

    @property
    def key(self) -> str:
        """Column and value, as questions and decisions name them."""
        return f"{self.header}={self.value}"


def row_kinds(table: pd.DataFrame, taken: Collection[str] = ()) -> list[RowKind]:
    """Return the kinds of rows of a sheet that don't plainly add.

    Parameters
    ----------
    table
        The raw rows.
    taken
        Headers of columns that fill one of the store: what stands there is a value, not a kind.
    """
    found = []
    for header in (name for name in map(str, table.columns) if name not in taken):
        cells = table[header].tolist()
        texts = list(dict.fromkeys(shown(cell) for cell in cells if cell is not None))
        groups = groups_in(header, texts)
        for group in dict.fromkeys(groups.values()):
            rows = tuple(
                at for at, cell in enumerate(cells) if cell is not None and groups.get(shown(cell)) == group
            )
            found.append(RowKind(header, f"{group[0]}…", group[1], rows))
        if len(texts) > _MOST_TEXTS:
            continue
        for text, way in kinds_in(header, texts).items():
            rows = tuple(at for at, cell in enumerate(cells) if cell is not None and shown(cell) == text)
            if way != ADD:
                found.append(RowKind(header, text, way, rows))
    return found


def filled(mapping: Mapping) -> frozenset[str]:
    """Return the headers of a mapping's columns that fill one of the store, status and remarks not."""
    return frozenset(c.header for c in mapping.columns if c.target is not None and c.target not in _SPOKEN)


def decision(mapping: Mapping, key: str) -> str | None:
    """Return what was said of rows of a kind, by column and value."""
    return mapping.decisions.get(f"{CODE} {key}")


def signs_of(coded: Coded, mapping: Mapping) -> tuple[Signs | None, tuple[Question, ...]]:
    """Return 1, -1 or 0 (it doesn't count) for every row of a large sheet, and the kinds to be asked about.

    Returns
    -------
    numpy.ndarray or None
        (n_rows,); None where all rows simply count.
    tuple of Question
        Kinds nobody decided on.
    """
    signs = np.ones(len(coded), dtype=np.int8)
    questions = []
    taken = filled(mapping)
    for column, header in enumerate(coded.names):
        if header in taken:
            continue
        cells = coded.cells[column]
        given = [cell for cell in cells if cell is not None]
        groups = groups_in(header, given)
        kinds = kinds_in(header, given) | {f"{text}…": way for text, way in groups.values()}
        for text, way in kinds.items():
            own = [at for at, cell in enumerate(cells) if cell in groups and f"{groups[cell][0]}…" == text]
            rows = np.isin(coded.codes[column], own or [cells.index(text)])
            answer = ADD if way == ADD else decision(mapping, f"{header}={text}")
            if answer is None:
                context = {"label": header, "value": text, "rows": int(rows.sum()), "total": "–"}
                key = f"{header}={text}"
                questions.append(Question(CODE, key, (ADD, SUBTRACT, LEAVE_OUT), way, (text,), context))
            elif answer != ADD:
                signs[rows] = -1 if answer == SUBTRACT else 0
    return (None if (signs == 1).all() else signs), tuple(questions)


def subtracted(values: pd.DataFrame, signs: Signs) -> pd.DataFrame:
    """Return values whose figures are negative in the rows of sign -1."""
    for name in FIGURES:
        if name in values:
            pairs = zip(values[name], signs.tolist(), strict=True)
            figures = [-abs(figure) if sign < 0 and figure is not None else figure for figure, sign in pairs]
            values = values.assign(**{name: pd.Series(figures, index=values.index, dtype=object)})
    return values


@dataclass(frozen=True)
class Signed:
    """Values with the signs of their rows.

    Parameters
    ----------
    values
        The figures of rows that subtract are negative.
    left_out
        Positions of rows that don't count.
    questions
        Kinds of rows that have to be asked about.
    """

    values: pd.DataFrame
    left_out: frozenset[int] = frozenset()
    questions: tuple[Question, ...] = ()


def signed(table: pd.DataFrame, values: pd.DataFrame, mapping: Mapping) -> Signed:
    """Give the figures of a sheet the signs of their rows; ask about kinds nobody decided on.

    Rows that subtract and whose figures are negative already are left as they are.

    Parameters
    ----------
    table
        The raw rows.
    values
        What they mean.
    mapping
        How they are read, with the decisions.
    """
    figures = [name for name in FIGURES if name in values]
    if not figures:
        return Signed(values)
    signs = np.ones(len(values), dtype=np.int8)
    questions = []
    columns = {name: values[name].tolist() for name in figures}
    for kind in row_kinds(table, filled(mapping)):
        numbers = [columns[name][at] for name in figures for at in kind.rows if columns[name][at] is not None]
        if kind.way == SUBTRACT and numbers and all(number <= 0 for number in numbers):
            continue
        way = decision(mapping, kind.key)
        if way is None:
            questions.append(_question(kind, columns[figures[0]]))
        elif way != ADD:
            signs[list(kind.rows)] = np.minimum(signs[list(kind.rows)], 0 if way == LEAVE_OUT else 1)
            signs[list(kind.rows)] *= -1 if way == SUBTRACT else 1
    left_out = frozenset(np.flatnonzero(signs == 0).tolist())
    return Signed(subtracted(values, signs), left_out, tuple(questions))


def _question(kind: RowKind, figures: Sequence[object]) -> Question:
    total = sum((number for at in kind.rows if (number := figures[at]) is not None), 0)  # type: ignore[misc]
    context = {
        "label": kind.header,
        "value": kind.value,
        "rows": len(kind.rows),
        "total": format_number(total, 2),
    }
    return Question(CODE, kind.key, (ADD, SUBTRACT, LEAVE_OUT), kind.way, (kind.value,), context)
