"""A sheet as it stands: a rectangle of cells, which of them are merged, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from core.exchange.readers.cells import BLANKS, clean

Cells = np.ndarray[Any, np.dtype[np.object_]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged range; positions in the grid, from 0."""


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
        The texts of every column, as often as they stand there; a part of a grid may have fewer.
    """

    cells: Cells
    numbers: Numbers
    spans: tuple[Span, ...] | None = None
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    texts: tuple[Sequence[str], ...] = ()

    @cached_property
    def has(self) -> Flags:
        """Which cells hold a value."""
        return filled(self.cells)

    def part(self, start: int) -> Grid:
        """Return the rows from a position on."""
        spans = self.spans and tuple(
            (top - start, left, bottom - start, right)
            for top, left, bottom, right in self.spans
            if top >= start
        )
        return replace(self, cells=self.cells[start:], numbers=self.numbers[start:], spans=spans)

    def without(self, *, rows: Iterable[int] = (), columns: Iterable[int] = ()) -> Grid:
        """Return the grid with rows of the file, and columns by position, emptied."""
        cells = self.cells.copy(order="K")
        cells[np.isin(self.numbers, list(rows))] = None
        cells[:, list(columns)] = None
        return replace(self, cells=cells)


def grid_of(rows: Sequence[Sequence[object]], numbers: Sequence[int] | None = None) -> Grid:
    """Make a grid of rows of any length; blanks around texts go, empty texts become None."""
    columns = _turned(rows)
    texts = tuple(map(_clean, columns))
    counted = np.arange(1, len(rows) + 1) if numbers is None else np.asarray(numbers)
    return Grid(columns.T, counted.astype(np.int64), texts=texts)


def _turned(rows: Sequence[Sequence[object]]) -> Cells:
    """Return the cells as columns x rows: nearly all that is asked of a sheet is asked of a column."""
    widths = set(map(len, rows))
    width = max(widths, default=0)
    whole = rows if len(widths) == 1 else ([*row, *[None] * (width - len(row))] for row in rows)
    # Taking all cells in one go and turning them is much cheaper than going column by column.
    cells = np.fromiter(chain.from_iterable(whole), dtype=object, count=len(rows) * width)
    cells[np.equal(cells, "")] = None
    return np.ascontiguousarray(cells.reshape(len(rows), width).T)


def _clean(column: Cells) -> list[str]:
    """Clean a column in place and return its texts."""
    values = column.tolist()
    types = set(map(type, values))
    if int in types:
        column[:] = [clean(value) if type(value) is int else value for value in values]
    if str not in types:
        return []
    texts = values if types == {str} else [value for value in values if type(value) is str]
    together = "".join(texts)
    if not any(blank in together for blank in BLANKS):
        return texts
    # Texts repeat: cleaning each once is much cheaper than every cell.
    odd = {text: clean(text) for text in set(texts) if text != text.strip(BLANKS)}
    if odd:
        column[:] = [odd.get(value, value) if type(value) is str else value for value in column.tolist()]
        texts = [text for value in texts if isinstance(text := odd.get(value, value), str)]
    return texts


def filled(cells: Cells) -> Flags:
    """Return which cells hold a value."""
    found: Flags = np.not_equal(cells, None).astype(bool)  # type: ignore[call-overload]
    return found


def rows_of(cells: Cells, rows: Numbers) -> Cells:
    """Return a copy of some rows; columns lie in one piece as before."""
    if len(rows) and len(rows) == rows[-1] - rows[0] + 1:
        # A table without gaps, the usual one, is copied as one block.
        return cells[rows[0] : rows[-1] + 1].copy(order="K")
    return cells.T.take(rows, axis=1).T


def any_in_row(flags: Flags) -> Flags:
    """Return which rows have a cell that is true."""
    return np.asarray(flags.any(axis=1), dtype=bool)


def any_in_column(flags: Flags) -> Flags:
    """Return which columns have a cell that is true."""
    return np.asarray(flags.any(axis=0), dtype=bool)
