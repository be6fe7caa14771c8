"""A sheet as it stands: a rectangle of cells, which of them are merged, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from typing import Any

import numpy as np

from core.exchange.readers.sheet.cells import BLANKS, clean
from core.exchange.readers.sheet.vocabulary import may_name_totals

Cells = np.ndarray[Any, np.dtype[np.object_]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range; positions in the grid, from 0."""


_BLOCK = 1_000


class Texts(list[str]):
    """The texts of a column, as often as they stand there.

    Attributes
    ----------
    may_name_totals
        Whether any of them may.
    """

    may_name_totals = False

    def add(self, texts: Sequence[str], together: str) -> None:
        """Add some, which are also given as one text."""
        self.extend(texts)
        self.may_name_totals = self.may_name_totals or may_name_totals(together)


@dataclass(frozen=True)
class Grid:
    """Cells of a sheet.

    Parameters
    ----------
    cells
        Rows x columns of Python values, None where empty.
    numbers
        Row of the file of every row, from 1.
    spans
        Merged ranges; None when the format doesn't tell.
    hidden_rows
        Rows of the file, from 1.
    hidden_columns
        Positions, from 0.
    texts
        The texts of every column; a part of a grid may have fewer.
    known
        Which cells hold a value; None where that is found out when it is asked.
    """

    cells: Cells
    numbers: Numbers
    spans: tuple[Span, ...] | None = None
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    texts: tuple[Texts, ...] = ()
    known: Flags | None = None

    @cached_property
    def has(self) -> Flags:
        """Which cells hold a value."""
        return filled(self.cells) if self.known is None else self.known

    def part(self, start: int) -> Grid:
        """Return the rows from a position on."""
        spans = self.spans and tuple(
            (top - start, left, bottom - start, right)
            for top, left, bottom, right in self.spans
            if top >= start
        )
        cells, numbers, known = self.cells[start:], self.numbers[start:], self.has[start:]
        return replace(self, cells=cells, numbers=numbers, spans=spans, known=known)

    def take(self, rows: Sequence[int]) -> Grid:
        """Return some rows in a given order; ranges merged over several of them hold where all are taken."""
        order = np.asarray(rows, dtype=np.int64)
        if len(order) and (np.diff(order) == 1).all() and order[0] == 0:
            stop = len(order)
            spans = self.spans and tuple(span for span in self.spans if span[2] < stop)
            return replace(
                self, cells=self.cells[:stop], numbers=self.numbers[:stop], spans=spans, known=self.has[:stop]
            )
        place = {int(row): at for at, row in enumerate(order)}
        moved = tuple(
            (place[top], left, place[bottom], right)
            for top, left, bottom, right in self.spans or ()
            if all(place.get(row, -1) == place.get(top, -2) + row - top for row in range(top, bottom + 1))
        )
        spans = None if self.spans is None else moved
        cells = self.cells.T.take(order, axis=1).T
        return replace(self, cells=cells, numbers=self.numbers[order], spans=spans, known=self.has[order])

    def without(self, *, rows: Iterable[int] = (), columns: Iterable[int] = ()) -> Grid:
        """Return the grid with rows of the file, and columns by position, emptied."""
        cells = self.cells.copy(order="K")
        cells[np.isin(self.numbers, list(rows))] = None
        cells[:, list(columns)] = None
        return replace(self, cells=cells, known=None)


def grid_of(rows: Sequence[Sequence[object]], numbers: Sequence[int] | None = None) -> Grid:
    """Make a grid of rows of any length; blanks around texts go, empty texts become None."""
    width = max(map(len, rows), default=0)
    padded = ([*row, *[None] * (width - len(row))] for row in rows)
    grid = grid_of_many(padded, len(rows), width)
    counted = grid.numbers if numbers is None else np.asarray(numbers, dtype=np.int64)
    # The cells of a small table may still be changed by who asked for it.
    return replace(grid, numbers=counted, known=None)


def grid_of_many(rows: Iterable[Sequence[object]], height: int, width: int) -> Grid:
    """Make a grid of rows of equal width that come one by one."""
    cells = np.full((width, height), None, dtype=object)
    has = np.ones((width, height), dtype=bool)
    texts = tuple(Texts() for _column in range(width))
    coming = iter(rows)
    # A few rows at a time are looked at while the processor has them at hand: a sheet has millions of
    # cells. Columns lie in one piece, because nearly all that is asked of a sheet is asked of a column.
    for start in range(0, height, _BLOCK):
        here = slice(start, start + _BLOCK)
        block = _turned(list(islice(coming, _BLOCK)), width)
        for position, column in enumerate(block):
            if _clean(column, texts[position]):
                has[position, here] = filled(column)
        cells[:, here] = block
    numbers = np.arange(1, height + 1, dtype=np.int64)
    return Grid(cells.T, numbers, texts=texts, known=has.T)


def _turned(rows: Sequence[Sequence[object]], width: int) -> Cells:
    """Return rows as columns x rows; empty texts become None."""
    cells = np.fromiter(chain.from_iterable(rows), dtype=object, count=len(rows) * width)
    cells[np.equal(cells, "")] = None
    return np.ascontiguousarray(cells.reshape(len(rows), width).T)


def _clean(column: Cells, known: Texts) -> bool:
    """Clean a column in place, add its texts to those known of it, and tell whether it has gaps."""
    values = column.tolist()
    types = set(map(type, values))
    if int in types:
        column[:] = [clean(value) if type(value) is int else value for value in values]
    if str not in types:
        return type(None) in types
    texts = values if types == {str} else [value for value in values if type(value) is str]
    together = "".join(texts)
    odd: dict[str, object] = {}
    if any(blank in together for blank in BLANKS):
        # Texts repeat: cleaning each once is cheaper than every cell.
        odd = {text: clean(text) for text in set(texts) if text != text.strip(BLANKS)}
    if odd:
        column[:] = [odd.get(value, value) if type(value) is str else value for value in column.tolist()]
        texts = [text for value in texts if isinstance(text := odd.get(value, value), str)]
    known.add(texts, together)
    return type(None) in types or None in odd.values()


def filled(cells: Cells) -> Flags:
    """Return which cells hold a value."""
    found: Flags = np.not_equal(cells, None).astype(bool)  # type: ignore[call-overload]
    return found


def rows_of(cells: Cells, rows: Numbers) -> Cells:
    """Return some rows: a view where they follow each other, as they do in most tables, else a copy."""
    if len(rows) and len(rows) == rows[-1] - rows[0] + 1:
        return cells[rows[0] : rows[-1] + 1]
    return cells.T.take(rows, axis=1).T


def any_in_row(flags: Flags) -> Flags:
    """Return which rows have a cell that is true."""
    return np.asarray(flags.any(axis=1), dtype=bool)


def any_in_column(flags: Flags) -> Flags:
    """Return which columns have a cell that is true."""
    return np.asarray(flags.any(axis=0), dtype=bool)
