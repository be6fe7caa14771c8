"""Several tables on one sheet: below each other, under a caption with a month of its own, or side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from core.exchange.readers.sheet.cells import Kind, kind_of, label_of
from core.exchange.readers.sheet.grid import Grid, any_in_column, any_in_row, filled
from core.exchange.readers.sheet.vocabulary import (
    is_footnote,
    is_key_value,
    is_known_header,
    is_page_number,
    period_in,
    period_of,
    unit_in,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.readers.sheet.grid import Cells
    from core.exchange.readers.sheet.heading import Heading

_OF_NUMBERS = "0123456789.,+- "
_GAPS, _LINES = 200, 6
_LEAST_COLUMNS = 2


def next_block(grid: Grid, heading: Heading) -> int | None:
    """Return the position where another table begins below the first one; None where none does.

    A header that is repeated as on every printed page begins none, unless a title stands above it that
    the first one hasn't.

    Parameters
    ----------
    grid
        The sheet.
    heading
        Of its first table.
    """
    header = [labels_of(row) for row in grid.cells[heading.top : heading.bottom + 1]]
    titles = {label for row in grid.cells[: heading.top] for label in labels_of(row) if label}
    numeric = _numeric_columns(grid, heading)
    for row in sorted({*_after_gaps(grid, heading), *_labels_among_numbers(grid, heading, numeric)}):
        if not is_header_like([cell for cell in grid.cells[row] if cell is not None]):
            continue
        first = _beginning(grid, heading, row, numeric)
        if first == heading.bottom + 1:
            continue
        if labels_of(grid.cells[row]) in header:
            lines = [label for at in range(first, row) for label in labels_of(grid.cells[at]) if label]
            new = set(lines) - titles - {label for labels in header for label in labels}
            if any(not is_page_number(line) and not is_footnote(line) for line in new):
                return first
        elif first < row and all(map(is_known_header, _texts(grid.cells[row]))):
            # A title and names of columns, in places where the rows above have texts too.
            return first
        elif _differs(grid, heading, first, grid.cells[row]):
            return first
    return None


def side_by_side(grid: Grid, heading: Heading) -> list[tuple[int, int]]:
    """Return first and last column of tables that stand beside each other; empty where there is one only."""
    names = [path[-1] if path else "" for path in heading.paths]
    groups = _groups(grid, heading, names)
    if len(groups) < 2:
        return []
    for left, right in groups:
        own = [name for name in names[left : right + 1] if name]
        if len(own) < _LEAST_COLUMNS or sum(map(is_known_header, own)) * 2 <= len(own):
            return []
    first = {name for name in names[groups[0][0] : groups[0][1] + 1] if name}
    for left, right in groups[1:]:
        again = first & set(names[left : right + 1])
        titled = heading.top > 0 and filled(grid.cells[: heading.top, left : right + 1]).any()
        if not again and not titled:
            return []
    return groups


def _groups(grid: Grid, heading: Heading, names: Sequence[str]) -> list[tuple[int, int]]:
    """Return groups of columns with empty ones between them, or whose names come again in the same order."""
    used = any_in_column(grid.has[heading.top :])
    groups: list[tuple[int, int]] = []
    for column in np.flatnonzero(used):
        if groups and groups[-1][1] == column - 1:
            groups[-1] = (groups[-1][0], int(column))
        else:
            groups.append((int(column), int(column)))
    if len(groups) == 1:
        left, right = groups[0]
        own = list(names[left : right + 1])
        for width in range(_LEAST_COLUMNS, len(own) // 2 + 1):
            if len(own) % width == 0 and all(own) and own == own[:width] * (len(own) // width):
                return [(at, at + width - 1) for at in range(left, right + 1, width)]
    return groups


def inherited(own: Sequence[str], outer: Sequence[str]) -> tuple[str, ...]:
    """Return the lines above the first table of a sheet that hold for another one as well.

    A period or a unit of its own counts instead of the one that stands above the first table.
    """
    dated = any(period_in(line) for line in own)
    counted = any(unit_in(line) for line in own)
    return tuple(
        line for line in outer if not (dated and period_in(line)) and not (counted and unit_in(line))
    )


def _texts(row: Cells) -> list[str]:
    return [label_of(cell) for cell in row if cell is not None]


def labels_of(row: Cells) -> list[str]:
    """Return the cells of a row as labels."""
    return [label_of(cell) for cell in row]


def _numeric_columns(grid: Grid, heading: Heading) -> list[int]:
    """Return the columns below a header that hold numbers for the most part."""
    start = heading.bottom + 1
    cells = grid.cells[start : start + 40]
    found = []
    for column in range(cells.shape[1]):
        kinds = [kind_of(cell) for cell in cells[:, column]]
        numbers = kinds.count(Kind.NUMBER)
        if numbers and numbers >= kinds.count(Kind.TEXT):
            found.append(column)
    return found


def _after_gaps(grid: Grid, heading: Heading) -> list[int]:
    """Return the first rows of every part of the sheet that stands behind an empty row."""
    start = heading.bottom + 1
    has = any_in_row(grid.has)
    gaps = np.flatnonzero(~has[start:-1] & has[start + 1 :]) + start + 1
    found = []
    for first in gaps[:_GAPS]:
        stop = int(first)
        while stop < len(has) and has[stop] and stop < first + _LINES:
            found.append(stop)
            stop += 1
    return found


def _labels_among_numbers(grid: Grid, heading: Heading, numeric: Sequence[int]) -> list[int]:
    """Return the rows that have names of columns where the rows above and below have numbers."""
    start = heading.bottom + 1
    found: set[int] = set()
    for column in numeric:
        texts = set(grid.texts[column]) if grid.texts else set()
        # A number is no name of a column, but for years and months.
        labels = {text for text in texts if text.strip(_OF_NUMBERS) or text[:2] in {"19", "20"}}
        labels = {text for text in labels if is_known_header(text)}
        labels = {text for text in labels if kind_of(text) is Kind.TEXT or period_of(text) is not None}
        if labels:
            cells = grid.cells[start:, column].tolist()
            found.update(at + start for at, cell in enumerate(cells) if type(cell) is str and cell in labels)
    return sorted(found)


def _beginning(grid: Grid, heading: Heading, row: int, numeric: Sequence[int]) -> int:
    """Return where the table of a header row begins: with the titles above it, behind the rows before."""
    first = row
    while first - 1 > heading.bottom and not _is_data(grid, first - 1, numeric):
        first -= 1
    while first < row and not _is_title(grid.cells[first]):
        first += 1
    return first


def _is_data(grid: Grid, row: int, numeric: Sequence[int]) -> bool:
    cells = grid.cells[row]
    if numeric:
        return any(kind_of(cells[column]) is Kind.NUMBER for column in numeric)
    return bool(grid.has[row].sum() > 1) or not grid.has[row].any()


def _is_title(row: Cells) -> bool:
    texts = [label_of(cell) for cell in row if cell is not None]
    return bool(texts) and not any(is_footnote(text) or is_page_number(text) for text in texts)


def is_header_like(labels: list[object]) -> bool:
    """Tell whether cells are names of columns: known words, and periods only as a row of several."""
    texts = [label for label in labels if isinstance(label, str) and kind_of(label) is Kind.TEXT]
    periods = {period_of(label) for label in labels if kind_of(label) is Kind.DATE}
    dates = sum(kind_of(label) is Kind.DATE for label in labels)
    known = sum(map(is_known_header, texts))
    if len(texts) + dates < max(len(labels), _LEAST_COLUMNS) or any(map(is_key_value, texts)):
        return False
    return known * 2 > len(texts) and (not dates or (len(periods) > 1 and None not in periods))


def _differs(grid: Grid, heading: Heading, first: int, row: Cells) -> bool:
    """Tell whether a row has texts where the rows above have numbers, or a name they don't have."""
    above = grid.cells[heading.bottom + 1 : first][:100]
    for column in np.flatnonzero(filled(row)):
        kinds = [kind_of(cell) for cell in above[:, column]]
        if kind_of(row[column]) is Kind.TEXT and kinds.count(Kind.NUMBER) + kinds.count(
            Kind.DATE
        ) > kinds.count(Kind.TEXT):
            return True
        if not any(kinds) and not heading.paths[column]:
            return True
    return False
