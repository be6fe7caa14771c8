"""What fits where: how large texts and tables stand in their boxes, on slides and on paper; in points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.exchange.slides.text import pieces, plain, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.slides.content import SlideTable

LINE = 1.25
"""Height of a line ÷ size of its letters, of the fonts named."""
# Size of a table's letters and lines of its headings, from the best to the last resort.
SINGLE_LINES = ((12, 1), (11, 1), (10, 1), (11, 2), (10, 2), (9, 2), (9, 3), (8, 2), (8, 3))
READABLE = 7
BROKEN_LINES = (11, 10, 9, 8)
POINT_SIZES = (14, 13, 12, 11, 10, 9, 8)
MARGIN = 4.3
"""Of a cell on its left and right."""
CELL_MARGIN = 1.8
"""Of a cell above and below."""
WIDER = 1.15
"""Room for fonts that are wider than the one named."""
LEAST_ROW, MOST_ROW = 19.4, 26.0
POINT_GAP = 5.0
TINY = 1e-6


def line_count(text: str, size: float, width: float) -> int:
    """Return on how many lines a text stands: a Chinese one breaks anywhere, a Latin one between words."""
    lines, used = 1, 0.0
    for piece in pieces(plain(text)):
        long, bare = text_width(piece, size), text_width(piece.rstrip(), size)
        if used and used + bare > width + TINY:
            lines, used = lines + 1, 0.0
        # What is longer than a line is cut where it ends.
        lines += max(math.ceil((bare - TINY) / max(width, 1.0)) - 1, 0)
        used += long
    return lines


def points_height(points: Sequence[str], size: float, width: float, *, gap: float = POINT_GAP) -> float:
    """Return how high some sentences stand below each other, with a gap between them."""
    lines = sum(line_count(text, size, width) for text in points)
    return lines * size * LINE + max(len(points) - 1, 0) * gap


def points_size(points: Sequence[str], width: float, height: float) -> float:
    """Return the largest size at which sentences fit into a box; the smallest one where none does."""
    sizes = (size for size in POINT_SIZES if points_height(points, size, width) <= height)
    return next(sizes, POINT_SIZES[-1])


@dataclass(frozen=True)
class TableFit:
    """How a table stands in its box.

    Parameters
    ----------
    widths, heights
        Of the columns, and of the rows with the headings first.
    fits
        False where even the smallest letters are too large.
    """

    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    fits: bool

    @property
    def height(self) -> float:
        """Of the whole table."""
        return sum(self.heights)


def table_fit(table: SlideTable, width: float, height: float) -> TableFit:
    """Return the largest size at which all columns and rows fit; the smallest where none does.

    Texts break into lines before letters become small; a number never breaks, as it would be misread.
    """
    fit = None
    for size, lines in SINGLE_LINES[:READABLE]:
        fit = _in_single_lines(table, (size, lines), width, height)
        if fit is not None and fit.fits:
            return fit
    for size in BROKEN_LINES:
        fit = _in_broken_lines(table, size, width, height)
        if fit.fits:
            return fit
    for size, lines in SINGLE_LINES[READABLE:]:
        single = _in_single_lines(table, (size, lines), width, height)
        if single is not None and single.fits:
            return single
    return fit or _in_broken_lines(table, BROKEN_LINES[-1], width, height)


def _in_single_lines(
    table: SlideTable, letters: tuple[int, int], width: float, height: float
) -> TableFit | None:
    needed = [_needed(table, column, *letters) for column in range(len(table.headings))]
    left = width - sum(needed)
    if left < 0:
        return None
    return _with_rows(table, letters[0], [each + left / len(needed) for each in needed], height)


def _in_broken_lines(table: SlideTable, size: float, width: float, height: float) -> TableFit:
    """Let the texts share what the numbers leave, each by the square root of what it would take."""
    needed = [_needed(table, column, size, 2) for column in range(len(table.headings))]
    left = max(width - sum(needed[table.texts :]), 1.0)
    roots = [each**0.5 for each in needed[: table.texts]]
    parts = [min(left * root / sum(roots), each) for root, each in zip(roots, needed, strict=False)]
    wide = [part * left / sum(parts) for part in parts]
    return _with_rows(table, size, [*wide, *needed[table.texts :]], height)


def _needed(table: SlideTable, column: int, size: float, lines: int) -> float:
    """Return the width of a column at a size, its heading on some lines."""
    words = [_width(word, size - 1) for word in table.headings[column].split()] if lines > 1 else []
    heading = max([_width(table.headings[column], size - 1) / lines + (lines - 1) * size, *words])
    return max(heading, *(_width(row[column], size) for row in table.rows)) + 2 * MARGIN


def _with_rows(table: SlideTable, size: float, widths: Sequence[float], height: float) -> TableFit:
    least = [
        max(_cell_height(text, letters, width) for text, width in zip(texts, widths, strict=True))
        for texts, letters in zip(
            (table.headings, *table.rows), (size - 1, *[size] * len(table.rows)), strict=True
        )
    ]
    rows = [max(each, LEAST_ROW) for each in least]
    if sum(rows) > height:
        rows = least
    room = (height - sum(rows)) / len(rows)
    taller = [max(row, min(row + room, MOST_ROW)) for row in rows] if room > 0 else rows
    return TableFit(size, tuple(widths), tuple(taller), sum(rows) <= height + 0.5)


def _cell_height(text: str, size: float, width: float) -> float:
    return line_count(text, size * WIDER, width - 2 * MARGIN) * size * LINE + 2 * CELL_MARGIN


def _width(text: str, size: float) -> float:
    return text_width(plain(text), size) * WIDER
