"""The first rows of a sheet, and how their cells look: which columns hold values, which rows names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.exchange.readers.sheet.cells import Kind, kind_of
from core.exchange.readers.sheet.grid import any_in_column, any_in_row, filled
from core.exchange.readers.sheet.vocabulary import period_of

if TYPE_CHECKING:
    from core.exchange.readers.sheet.grid import Grid

_ROWS = 200


class Sample:
    """The rows at the beginning of a sheet, and how their cells look."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.has = grid.has
        self.rows = np.flatnonzero(any_in_row(self.has))[:_ROWS]
        self.used = np.flatnonzero(any_in_column(self.has))
        self.kinds = np.array([[kind_of(c) for c in grid.cells[row]] for row in self.rows], dtype=np.int8)
        if not len(self.rows):
            self.kinds = np.zeros((0, grid.cells.shape[1]), dtype=np.int8)
        self.valued = self._valued()
        lower = grid.cells[self.rows[len(self.rows) // 3 :]]
        periods = [sum(period_of(cell) is not None for cell in column) for column in lower.T]
        self.periodic = 2 * np.array(periods, dtype=int) > filled(lower).sum(axis=0)
        # Titles and footnotes have one cell; the usual row has many.
        counts = [int(count) for count in self.has[self.rows].sum(axis=1) if count > 1]
        self.usual = float(np.median(counts)) if counts else 1.0

    def _valued(self) -> list[int]:
        """Return the columns that hold numbers or dates in the lower half of the rows looked at."""
        lower = self.kinds[(self.kinds != Kind.EMPTY).sum(axis=1) > min(1, len(self.used) - 1)]
        lower = lower[len(lower) // 3 :]
        plain = np.isin(lower, (Kind.NUMBER, Kind.DATE, Kind.BOOL)).sum(axis=0)
        text = (lower == Kind.TEXT).sum(axis=0)
        return [int(column) for column in np.flatnonzero((plain >= text) & (plain > 0))]

    def labels(self, row: int) -> list[object]:
        """Return the cells of a row of the grid that hold something."""
        return [cell for cell in self.grid.cells[row] if cell is not None]

    def is_label_row(self, position: int) -> bool:
        """Tell whether a row holds names only: texts, or periods that go on from cell to cell."""
        kinds = self.kinds[position]
        row = self.grid.cells[self.rows[position]]
        others = np.flatnonzero(np.isin(kinds, (Kind.NUMBER, Kind.DATE, Kind.BOOL)))
        # Below a header of months stand amounts; where months stand below, the row is one of them.
        return not len(others) or (
            not self.periodic[others].any() and _are_periods([row[column] for column in others])
        )

    def is_data(self, position: int) -> bool:
        """Tell whether a row fills the columns of numbers with numbers."""
        kinds = self.kinds[position][self.valued]
        given = kinds != Kind.EMPTY
        plain = np.isin(kinds, (Kind.NUMBER, Kind.DATE, Kind.BOOL))
        count = int(self.has[self.rows[position]].sum())
        if not plain.any() or count < min(max(2, 0.4 * self.usual), len(self.used)):
            return False
        return 2 * int(plain.sum()) >= int(given.sum()) and not self.is_label_row(position)


def _are_periods(cells: list[object]) -> bool:
    """Tell whether cells are periods as a header has them, not values that look like some.

    “2024年” or “3月” can only be a label; 2024 may be an amount, and a date a value: of those a header
    has two or more, one after the other.
    """
    periods = [period_of(cell) for cell in cells]
    if None in periods:
        return False
    if all(isinstance(cell, str) and not cell.isascii() for cell in cells):
        return True
    steps = sorted({12 * (p.year or 0) + (p.month or 0) for p in periods if p is not None})
    apart = np.diff(steps)
    return len(steps) > 1 and len(cells) % len(steps) == 0 and bool((apart == apart[0]).all())
