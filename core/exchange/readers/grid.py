"""A sheet as it stands: a rectangle of cells, which of them are merged, and what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
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
        The different texts of every column; a part of a grid may have fewer.
    """

    cells: Cells
    numbers: Numbers
    spans: tuple[Span, ...] | None = None
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    texts: tuple[frozenset[str], ...] = ()

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
        cells = self.cells.copy()
        cells[np.isin(self.numbers, list(rows))] = None
        cells[:, list(columns)] = None
        return replace(self, cells=cells)


def grid_of(rows: Sequence[Sequence[object]], numbers: Sequence[int] | None = None) -> Grid:
    """Make a grid of rows of any length; blanks around texts go, empty texts become None."""
    widths = set(map(len, rows))
    width = max(widths, default=0)
    cells = np.full((len(rows), width), None, dtype=object)
    if len(widths) == 1:
        if width:
            cells[:] = rows
    else:
        for position, row in enumerate(rows):
            cells[position, : len(row)] = row
    texts = tuple(_clean(cells[:, column]) for column in range(width))
    counted = np.arange(1, len(rows) + 1) if numbers is None else np.asarray(numbers)
    return Grid(cells, counted.astype(np.int64), texts=texts)


def _clean(column: Cells) -> frozenset[str]:
    """Clean a column in place and return its different texts."""
    values = column.tolist()
    types = set(map(type, values))
    if int in types:
        values = [clean(value) if type(value) is int else value for value in values]
        column[:] = values
    if str not in types:
        return frozenset()
    # Texts repeat: cleaning each once is much cheaper than every cell.
    texts = set(values) if types == {str} else {value for value in values if type(value) is str}
    odd = {text: clean(text) for text in texts if not text or text != text.strip(BLANKS)}
    if odd:
        column[:] = [odd.get(value, value) if type(value) is str else value for value in values]
        texts = {text for text in texts if text not in odd} | {new for new in odd.values() if new}
    return frozenset(texts)


def filled(cells: Cells) -> Flags:
    """Return which cells hold a value."""
    found: Flags = np.not_equal(cells, None).astype(bool)  # type: ignore[call-overload]
    return found


def any_in_row(flags: Flags) -> Flags:
    """Return which rows have a cell that is true."""
    return np.asarray(flags.any(axis=1), dtype=bool)


def any_in_column(flags: Flags) -> Flags:
    """Return which columns have a cell that is true."""
    return np.asarray(flags.any(axis=0), dtype=bool)
