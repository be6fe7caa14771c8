"""A table of any size as codes: every different cell is held once, a row is one number per column."""

from __future__ import annotations

import shutil
import weakref
from typing import TYPE_CHECKING, Any

import numpy as np

from core.exchange.readers.sheet.cells import label_of, number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from core.exchange.readers.sheet.grid import Cells, Numbers
    from core.exchange.readers.sheet.totals import Mask, Places, Values

Codes = np.ndarray[Any, np.dtype[np.int32]]


class Coded:
    """The rows below a header as codes, kept in a temporary folder that goes with it.

    Parameters
    ----------
    names
        Name of every column.
    cells
        The different cells of every column by their code; code 0 is the empty cell.
    codes
        Code of every row, by column.
    numbers
        Rows of the file.
    above
        The rows above, as they stand in the file.
    over
        Rows of the file that hold more cells than the header has names.
    hidden
        How many different cells held characters that nobody sees.
    folder
        Where the codes are; removed with the object.
    """

    def __init__(
        self,
        names: Sequence[str],
        cells: list[list[str | None]],
        codes: list[Codes],
        numbers: Numbers,
        folder: Path,
    ) -> None:
        self.names = tuple(names)
        self.cells = cells
        self.codes = codes
        self.numbers = numbers
        self.folder = folder
        self.above: list[list[str]] = []
        self.over: frozenset[int] = frozenset()
        self.hidden = 0
        self._columns: dict[int, Values] = {}
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)

    def __len__(self) -> int:
        return len(self.numbers)

    def texts(self, column: int) -> Sequence[str]:
        """Return the different texts of a column."""
        return self.cells[column][1:]  # type: ignore[return-value]

    def column(self, column: int) -> Values:
        """Return a column as numbers, not a number where it holds none."""
        if column not in self._columns:
            found = [number_of(cell) for cell in self.cells[column]]
            numbers = np.array([np.nan if number is None else number for number in found])
            self._columns[column] = numbers[self.codes[column]]
        return self._columns[column]

    def take(self, rows: Places) -> Cells:
        """Return the cells of some rows."""
        found = np.full((len(rows), len(self.names)), None, dtype=object)
        for column, codes in enumerate(self.codes):
            found[:, column] = [self.cells[column][code] for code in codes[rows]]
        return found

    def given(self, column: int) -> Mask:
        """Return which rows have a value in a column."""
        return np.asarray(self.codes[column] != 0)

    def holding(self, column: int, texts: Collection[str]) -> list[tuple[int, str]]:
        """Return the rows that hold one of some texts, in order, and the text."""
        rows = np.flatnonzero(self.marked(column, lambda cell: cell in texts))
        return [(int(row), str(self.cells[column][self.codes[column][row]])) for row in rows]

    def reading(self, column: int, label: str) -> Mask:
        """Return which rows read as a label in a column."""
        return self.marked(column, lambda cell: cell[:1] == label[:1] and label_of(cell) == label)

    def marked(self, column: int, test: Callable[[str], bool]) -> Mask:
        """Return which rows hold a text in a column that passes a test; each text is tested once."""
        passed = [code for code, cell in enumerate(self.cells[column]) if cell is not None and test(cell)]
        if not passed:
            return np.zeros(len(self), dtype=bool)
        flags = np.zeros(len(self.cells[column]), dtype=bool)
        flags[passed] = True
        return np.asarray(flags[self.codes[column]])

    def keep(self, rows: Mask) -> None:
        """Leave out all other rows."""
        self._columns.clear()
        if rows.all():
            return
        for at, codes in enumerate(self.codes):
            kept = codes[rows]
            codes[: len(kept)] = kept
            self.codes[at] = codes[: len(kept)]
        self.numbers = self.numbers[rows]
