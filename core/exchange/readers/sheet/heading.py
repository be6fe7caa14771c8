"""Finding the header of a sheet under its title, and making one name of every column's levels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from core.exchange.readers.questions import Question
from core.exchange.readers.sheet.cells import Kind, label_of
from core.exchange.readers.sheet.grid import Grid, any_in_column
from core.exchange.readers.sheet.sampling import Sample
from core.exchange.readers.sheet.unit_rows import are_units, is_one_unit
from core.exchange.readers.sheet.vocabulary import (
    is_footnote,
    is_key_value,
    is_known_header,
    is_unit,
    period_of,
    unit_in,
)

if TYPE_CHECKING:
    from core.exchange.readers.options import ReadOptions

_HEAD, _DEEPEST = 40, 6
_FLAGS = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Heading:
    """Where the header is.

    Parameters
    ----------
    top, bottom
        Positions of its first and last row in the grid; ``bottom`` is ``top - 1`` where there is none.
    paths
        The levels of every column's name from the top; empty for a column without one.
    questions
        What is not sure about it.
    strength
        How sure it is, 0 to 1.
    """

    top: int
    bottom: int
    paths: tuple[tuple[str, ...], ...]
    questions: tuple[Question, ...] = ()
    strength: float = 1.0


def find_heading(grid: Grid, options: ReadOptions, sheet: str) -> Heading | None:
    """Find the header.

    Parameters
    ----------
    grid
        The sheet.
    options
        ``header_row`` and ``header_rows`` are answers to what is asked here.
    sheet
        Name of the sheet, for the questions.

    Returns
    -------
    Heading or None
        None when there is nothing that could be a table.
    """
    looked = Sample(grid)
    if not len(looked.rows):
        return None
    if options.header_row is not None:
        return _given(looked, options)
    if len(looked.used) < 2 and len(looked.rows) < 3:
        return None
    bottom, sure = _bottom(looked)
    if bottom is None:
        first = int(looked.rows[_first_full(looked)])
        question = _ask_row(looked, first, "0", sheet)
        return Heading(first, first - 1, _paths(looked, first, first - 1), (question,), 0.3)
    questions: list[Question] = []
    if options.header_rows is not None:
        top = max(bottom - options.header_rows + 1, 0)
    else:
        top, questions = _top(looked, bottom, sheet)
    if not sure:
        questions = [_ask_row(looked, top, str(int(grid.numbers[top])), sheet)]
    return Heading(top, bottom, _paths(looked, top, bottom), tuple(questions), 1.0 if sure else 0.5)


def _given(looked: Sample, options: ReadOptions) -> Heading:
    """Take the header from the answer."""
    if options.header_row == 0:
        first = int(looked.rows[_first_full(looked)])
        return Heading(first, first - 1, _paths(looked, first, first - 1))
    at = np.flatnonzero(looked.grid.numbers >= (options.header_row or 1))
    top = int(at[0]) if len(at) else int(looked.rows[0])
    if options.header_rows is not None:
        bottom = min(top + options.header_rows, len(looked.grid.cells)) - 1
        return Heading(top, bottom, _paths(looked, top, bottom))
    found, _sure = _bottom(looked)
    bottom = found if found is not None and top <= found < top + _DEEPEST else top
    return Heading(top, bottom, _paths(looked, top, bottom))


def _first_full(looked: Sample) -> int:
    """Return the first row that is as full as the others: titles have one or two cells."""
    for position, row in enumerate(looked.rows):
        if looked.has[row].sum() >= 0.6 * looked.usual:
            return position
    return 0


def _bottom(looked: Sample) -> tuple[int | None, bool]:
    """Return the last row of the header, and whether it is sure; None where there seems to be none."""
    if not looked.valued:
        return _bottom_of_texts(looked)
    for first in range(min(_HEAD, len(looked.rows))):
        if looked.is_data(first):
            break
    else:
        return _bottom_of_texts(looked)
    for position in range(first - 1, -1, -1):
        row = looked.rows[position]
        named = looked.has[row][looked.valued] & (looked.kinds[position][looked.valued] != Kind.MISSING)
        full = looked.has[row].sum() >= min(2, len(looked.used)) or is_one_unit(looked, position)
        names = 3 * named.sum() >= len(looked.valued) or _names_columns(looked, position)
        if looked.is_label_row(position) and full and _completes(looked, position):
            known = max(_known_share(looked, position), _known_share(looked, position - 1))
            return int(row), known == 1
        if looked.is_label_row(position) and full and names:
            return _better_above(looked, position)
    return None, False


def _better_above(looked: Sample, position: int) -> tuple[int, bool]:
    """Choose between a row of labels and those above it: a value that can't be read looks like a label."""
    if are_units(looked, int(looked.rows[position])) and position:
        return int(looked.rows[position]), True
    share = _known_share(looked, position)
    full = int(looked.has[looked.rows[position]].sum())
    for above in range(position - 1, max(position - _DEEPEST, -1), -1):
        row = looked.rows[above]
        if not looked.is_label_row(above) or looked.has[row].sum() < max(0.8 * full, 2):
            break
        better = _known_share(looked, above) - share
        if better > 0:
            return int(row), better >= 0.4
    known = share * len(looked.labels(looked.rows[position]))
    return int(looked.rows[position]), bool(full >= 0.5 * len(looked.used) or known >= 2)


def _known_share(looked: Sample, position: int) -> float:
    labels = looked.labels(looked.rows[position])
    return float(np.mean([is_known_header(label) for label in labels]))


def _bottom_of_texts(looked: Sample) -> tuple[int | None, bool]:
    """Find the header of a table of texts only: there the words must tell."""
    if not len(looked.rows):
        return None, False
    first = _first_full(looked)
    if not looked.is_label_row(first):
        return None, False
    if first + 1 >= len(looked.rows):
        # A header and nothing below it.
        known_alone = len(looked.labels(looked.rows[first])) > 1 and _known_share(looked, first) > 0.5
        return (int(looked.rows[first]), True) if known_alone else (None, False)
    last = first
    while last + 2 < min(len(looked.rows), first + _DEEPEST) and _names_columns(looked, last + 1):
        last += 1
    labels = [text for row in looked.rows[first : last + 1] for text in map(str, looked.labels(row))]
    below = _below(looked, first, last)
    known = np.mean([is_known_header(text) for text in labels])
    usual = np.mean([is_known_header(cell) for cell in below]) if below else 0.0
    several = len(labels) > 1 or len(looked.used) == 1
    sure = several and known >= 0.5 and known > usual and (last > first or len(set(labels)) == len(labels))
    return int(looked.rows[last]), bool(sure and not set(labels) & set(map(str, below)))


def _below(looked: Sample, first: int, last: int) -> list[object]:
    """Return the cells below a header, without rows that repeat it."""
    header = [looked.labels(row) for row in looked.rows[first : last + 1]]
    rows = [looked.labels(row) for row in looked.rows[last + 1 :]]
    return [cell for labels in rows if labels not in header for cell in labels]


def _names_columns(looked: Sample, position: int) -> bool:
    """Tell whether a row right below a header goes on with it.

    It names columns only, with words that occur nowhere below, and one of them that the row above
    leaves without a name.
    """
    if position < 1 or position >= len(looked.rows):
        return False
    row, above = looked.rows[position], looked.rows[position - 1]
    labels = set(map(str, looked.labels(row)))
    later = set(map(str, _below(looked, position, position)))
    lacking = looked.has[row] & ~looked.has[above]
    known = row == above + 1 and lacking.any() and all(map(is_known_header, labels))
    return bool(known and len(looked.labels(above)) > 1 and not labels & later)


def _completes(looked: Sample, position: int) -> bool:
    """Tell whether a row names exactly the columns below the groups of the row above.

    区域 | 月份 | 本期 | (empty) and below it (empty) | (empty) | 销售额 | 数量: a group is a name with
    nothing right of it, and the row below names its columns and no others.
    """
    row, above = looked.rows[position], looked.rows[position - 1]
    if position < 1 or row != above + 1 or not looked.is_label_row(position - 1):
        return False
    upper, lower = looked.has[above][looked.used], looked.has[row][looked.used]
    lacking = ~upper
    group = upper & np.append(lacking[1:], False)
    if not lacking.any() or lacking[0] or upper.sum() < 3:
        return False
    labels = set(map(str, looked.labels(row)))
    later = set(map(str, _below(looked, position, position)))
    return bool((lower == (lacking | group)).all() and not labels & later)


def _top(looked: Sample, bottom: int, sheet: str) -> tuple[int, list[Question]]:
    """Go up from the last row of the header while the row above names columns too."""
    top = bottom
    while top > 0 and bottom - top + 1 < _DEEPEST and looked.has[top - 1].any():
        verdict = _is_upper(looked, top - 1, top, bottom)
        if verdict is None:
            context = {"row": int(looked.grid.numbers[top - 1]), "sample": _sample(looked, top - 1)}
            depth = bottom - top + 1
            options = (str(depth), str(depth + 1))
            return top, [Question("header_rows", options, options[0], sheet, context)]
        if not verdict:
            break
        top -= 1
    return top, []


def _is_upper(looked: Sample, row: int, top: int, bottom: int) -> bool | None:
    """Tell whether a row above belongs to the header; None when it can't be told."""
    columns = np.flatnonzero(looked.has[row])
    texts = [label_of(looked.grid.cells[row, column]) for column in columns]
    position = int(np.searchsorted(looked.rows, row))
    if not looked.is_label_row(position) and any(period_of(text) is None for text in texts):
        return False
    if _is_remark(texts):
        return False
    if row + 1 == bottom and are_units(looked, bottom):
        return True
    wide = [right - left + 1 for left, right in _spans_of(looked.grid, row)]
    if any(1 < width < len(looked.used) for width in wide) and len(columns) > 1:
        return True
    named = any_in_column(looked.has[top : bottom + 1])
    if len(columns) == 1:
        return _single_upper(looked, int(columns[0]), texts[0], wide, named)
    lacking = any(not named[column] and looked.has[row, column] for column in looked.used)
    names = [tuple(map(label_of, looked.grid.cells[top : bottom + 1, column])) for column in looked.used]
    following = [*columns[1:], looked.used[-1] + 1]
    # Groups of columns: every one spans at least the next column too.
    grouped = all(right - left > 1 for left, right in zip(columns, following, strict=True))
    return True if lacking or grouped or len(set(names)) < len(names) else None


def _is_remark(texts: list[str]) -> bool:
    """Tell whether a row above a header says who, when and in what unit."""
    pairs = [is_key_value(text) for text in texts]
    return (
        any(is_footnote(text) or unit_in(text) == text for text in texts)
        or all(pairs)
        or (any(pairs) and len(texts) < 3)
    )


def _single_upper(looked: Sample, column: int, text: str, wide: list[int], named: _FLAGS) -> bool | None:
    """Judge a row with one cell: a title, or the name above a group of columns."""
    if wide and wide[0] >= max(len(looked.used) - 1, 2) and column == looked.used[0]:
        return False
    if wide and 1 < wide[0] < len(looked.used) and column > looked.used[0]:
        return not unit_in(text)
    if column == looked.used[0]:
        return bool(not named[column] and is_known_header(text) and len(text) <= 6)
    if unit_in(text) or is_key_value(text) or period_of(text) is None:
        return False if unit_in(text) or is_key_value(text) else None
    return True


def _spans_of(grid: Grid, row: int) -> list[tuple[int, int]]:
    return [
        (left, right)
        for top, left, bottom, right in grid.spans or ()
        if top <= row <= bottom and right > left
    ]


def _sample(looked: Sample, row: int) -> str:
    return " | ".join(label_of(cell) for cell in looked.labels(row))[:80]


def _ask_row(looked: Sample, row: int, default: str, sheet: str) -> Question:
    """Ask where the header begins; the first few rows are offered."""
    offered = [str(int(looked.grid.numbers[each])) for each in looked.rows[:8]]
    context = {"row": int(looked.grid.numbers[row]), "sample": _sample(looked, row)}
    options = tuple(dict.fromkeys(["0", *offered, default]))
    return Question("header_row", options, default, sheet, context)


def _paths(looked: Sample, top: int, bottom: int) -> tuple[tuple[str, ...], ...]:
    """Return the levels of every column's name; a name above several columns holds for all of them."""
    width = looked.grid.cells.shape[1]
    levels: list[list[str]] = []
    for row in range(top, bottom + 1):
        names = [label_of(cell) for cell in looked.grid.cells[row]]
        spans = _spans_of(looked.grid, row)
        for left, right in spans:
            names[left : right + 1] = [names[left]] * (right - left + 1)
        if row < bottom and not spans:
            names = _spread(looked, names, row, bottom)
        levels.append(names)
    paths = []
    for column in range(width):
        path: list[str] = []
        for names in levels:
            if path and is_unit(names[column]):
                path[-1] += f"({names[column].strip('()（）')})" if names[column] not in "-—/" else ""
            elif names[column] and (not path or path[-1] != names[column]):
                path.append(names[column])
        paths.append(tuple(path))
    return tuple(paths)


def _spread(looked: Sample, names: list[str], row: int, bottom: int) -> list[str]:
    """Let names reach over the empty cells right of them, as far as a row below names the column."""
    below = any_in_column(looked.has[row + 1 : bottom + 1])
    result, current = list(names), ""
    for column in range(len(names)):
        if names[column]:
            current = names[column] if below[column] else ""
        elif below[column]:
            result[column] = current
        else:
            current = ""
    return result
