"""Merged cells and names written once for several rows: the value holds for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from core.exchange.readers.sheet.cells import Kind, kind_of
from core.exchange.readers.sheet.grid import rows_of
from core.exchange.readers.sheet.vocabulary import is_additive, total_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.readers.outcome import ReaderOutcome
    from core.exchange.readers.sheet.grid import Cells, Grid

MOST_FILLED = 0.7
LEFTMOST = 3
_Rows = np.ndarray[Any, np.dtype[np.int64]]


def fill(
    grid: Grid, rows: _Rows, columns: Sequence[int], names: Sequence[str], outcome: ReaderOutcome
) -> Cells:
    """Return the cells of a table with merged cells filled in; those of the sheet stay as they are.

    A number merged over several rows may be one amount for all of them: it is asked about, and stands
    in the first row meanwhile.

    Parameters
    ----------
    grid
        The sheet.
    rows, columns
        Positions in the grid of the rows and columns of the table.
    names
        Names of the columns.
    outcome
        Takes the questions and notes.
    """
    cells = rows_of(grid.cells, rows)
    if len(columns) < cells.shape[1]:
        cells = cells.T[list(columns)].T
    if grid.spans:
        cells = cells.copy(order="K")
    merged = _fill_spans(grid, cells, rows, columns, names, outcome)
    return _fill_down(cells, merged, names, outcome)


def _fill_spans(
    grid: Grid,
    cells: Cells,
    rows: _Rows,
    columns: Sequence[int],
    names: Sequence[str],
    outcome: ReaderOutcome,
) -> set[int]:
    """Fill ranges merged downwards; return the columns that have one."""
    at = {column: position for position, column in enumerate(columns)}
    filled_in: dict[int, int] = {}
    asked: dict[int, int] = {}
    for top, left, bottom, _right in grid.spans or ():
        first, last = np.searchsorted(rows, (top, bottom + 1))
        column = at.get(left)
        # Where the top of the range is outside the table it belongs to the header.
        if bottom <= top or column is None or last - first < 2 or rows[first] != top:
            continue
        value = cells[first, column]
        if value is None:
            continue
        if kind_of(value) is Kind.NUMBER and is_additive(names[column]):
            asked.setdefault(column, int(grid.numbers[top]))
            if outcome.options.merged_values != "repeat":
                continue
        filled_in[column] = filled_in.get(column, 0) + int(last - first - 1)
        cells[first:last, column] = value
    for column, count in filled_in.items():
        outcome.note("filled_down", column=names[column], count=count)
    if outcome.options.merged_values is None:
        for column, row in asked.items():
            outcome.ask("merged_values", ("first", "repeat"), "first", column=names[column], row=row)
    return {*filled_in, *asked}


def _fill_down(cells: Cells, merged: set[int], names: Sequence[str], outcome: ReaderOutcome) -> Cells:
    """Fill names that are written once for the rows below, and ask whether that is meant."""
    for column in range(min(LEFTMOST, cells.shape[1] - 1)):
        if column in merged:
            continue
        values = cells[:, column].tolist()
        # A row of numbers only is a total rather than one more row of the name above.
        lacking = [row for row, v in enumerate(values) if v is None and _has_name(cells[row], names)]
        share = 1 - len(lacking) / max(len(values), 1)
        texts = [value for value in values[:300] if value is not None]
        if not lacking or values[0] is None or share > MOST_FILLED or share == 0:
            break
        if sum(kind_of(value) is Kind.TEXT for value in texts) * 2 < len(texts):
            break
        above = _from_above(cells, column, names)
        if outcome.options.fill_down != "leave":
            cells = cells.copy(order="K")
            cells[list(above), column] = list(above.values())
        if outcome.options.fill_down is None:
            outcome.ask("fill_down", ("fill", "leave"), "fill", column=names[column], count=len(above))
        elif outcome.options.fill_down == "fill":
            outcome.note("filled_down", column=names[column], count=len(above))
    return cells


def _from_above(cells: Cells, column: int, names: Sequence[str]) -> dict[int, object]:
    """Return what the empty cells of a column take from above, by row."""
    above: dict[int, object] = {}
    current = None
    for row, value in enumerate(cells[:, column].tolist()):
        if value is not None:
            # The name of a total holds for its own row only.
            current = None if total_word(value) else value
        elif current is not None and _has_name(cells[row], names):
            above[row] = current
    return above


def _has_name(row: Cells, names: Sequence[str]) -> bool:
    """Tell whether a row holds more than amounts: a text, a day, or a number that is a code."""
    return any(
        kind_of(cell) in (Kind.TEXT, Kind.DATE) or (cell is not None and not is_additive(name))
        for cell, name in zip(row, names, strict=True)
    )
