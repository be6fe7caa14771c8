"""Rows of a table with one text that says something of the rows below: a month, a region, a company."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.exchange.readers.sheet.blocks import is_header_like, labels_of
from core.exchange.readers.sheet.cells import label_of
from core.exchange.readers.sheet.entities import kind_of_label
from core.exchange.readers.sheet.grid import Grid, Texts, any_in_row
from core.exchange.readers.sheet.melting import COLUMNS
from core.exchange.readers.sheet.vocabulary import (
    dimension_in,
    is_footnote,
    is_page_number,
    period_in,
    total_word,
    unit_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.exchange.readers.sheet.heading import Heading

_LEAST_COLUMNS, _LONGEST = 2, 40
_HEADERS = {
    "region": re.compile(
        r"区(?!间)|省|(?<!门)市(?!场|值)|县|镇|region|area|province|city|county|territory", re.IGNORECASE
    ),
    "employee": re.compile(r"员|业代|姓名|负责人|经理|代表|employee|rep|staff|manager", re.IGNORECASE),
}
"""Headers of columns that hold regions or people themselves."""


def caption_rows(grid: Grid, heading: Heading) -> list[int]:
    """Return the rows below a header that hold one text naming a period or a unit, and nothing else.

    2月 alone in a row, or merged over the table, says the month of the rows below it, 单位：万元 their unit.
    """
    if sum(map(bool, heading.paths)) <= _LEAST_COLUMNS:
        return []
    above = {label for row in grid.cells[: heading.bottom + 1] for label in labels_of(row)}
    header = [labels_of(row) for row in grid.cells[heading.top : heading.bottom + 1]]
    counts = grid.has[heading.bottom + 1 :].sum(axis=1)
    found = []
    for row in np.flatnonzero(counts == 1) + heading.bottom + 1:
        cell = next(cell for cell in grid.cells[row] if cell is not None)
        text = label_of(cell)
        # A title that is repeated on every page is none, nor is one above a header of its own.
        if not isinstance(cell, str) or text in above or is_footnote(text) or is_page_number(text):
            continue
        below = any_in_row(grid.has[row + 1 :])
        after = row + 1 + int(below.argmax()) if below.any() else 0
        telling = len(text) <= 40 and bool(period_in(text) or unit_in(text))
        if telling and after and labels_of(grid.cells[after]) not in header:
            following = [cell for cell in grid.cells[after] if cell is not None]
            found += [int(row)] if len(following) > 1 and not is_header_like(following) else []
    return found


def under_captions(grid: Grid, heading: Heading, captions: Sequence[int]) -> Iterator[Grid]:
    """Yield a table per caption: what stands above the header, the caption, the header, the rows below."""
    ends = [*captions[1:], len(grid.cells)]
    header = list(range(heading.top, heading.bottom + 1))
    if any_in_row(grid.has[heading.bottom + 1 : captions[0]]).any():
        yield grid.take([*range(captions[0])])
    for row, end in zip(captions, ends, strict=True):
        yield grid.take([*range(heading.top), row, *header, *range(row + 1, end)])


def with_captions(grid: Grid, heading: Heading, lexicon: Mapping[str, str]) -> tuple[Grid, Heading]:
    """Return a table whose captions name regions, companies, products or people with a column of these names.

    The first row is a caption: no row is left without a name.

    Parameters
    ----------
    grid
        The table with what stands above it.
    heading
        Its header.
    lexicon
        Known name -> what it names.
    """
    kind, captions = _captions(grid, heading, lexicon)
    if not kind or _first(grid, heading) not in captions:
        return grid, heading
    return _with_column(grid, heading, COLUMNS[kind], captions)


def later_captions(grid: Grid, heading: Heading, lexicon: Mapping[str, str]) -> list[int]:
    """Return the rows that name what the rows below belong to, where other rows stand above the first."""
    kind, captions = _captions(grid, heading, lexicon)
    return sorted(captions) if kind and _first(grid, heading) not in captions else []


def caption_kind(text: str, headers: Sequence[str], lexicon: Mapping[str, str]) -> str:
    """Return what a text alone in its row names for the rows below it; empty where it says nothing.

    A caption is a known name above rows that have no column for names of its kind.
    """
    kind = kind_of_label(text.rstrip(":："), lexicon) if total_word(text) is None else ""
    if kind not in COLUMNS or len(text) > _LONGEST:
        return ""
    own = _HEADERS.get(kind)
    has_column = any(own.search(label) if own else dimension_in(label) == kind for label in headers)
    return "" if has_column else kind


def _first(grid: Grid, heading: Heading) -> int:
    """Return the first row below a header that holds anything."""
    start = heading.bottom + 1
    rows = any_in_row(grid.has[start:])
    return start + int(rows.argmax())


def _captions(grid: Grid, heading: Heading, lexicon: Mapping[str, str]) -> tuple[str, dict[int, str]]:
    """Return what captions name, and the names by their rows; all of one kind, or none."""
    start = heading.bottom + 1
    if not lexicon or heading.bottom < heading.top or sum(map(bool, heading.paths)) < _LEAST_COLUMNS:
        return "", {}
    headers = [level for path in heading.paths for level in path]
    counts = grid.has[start:].sum(axis=1)
    used = np.flatnonzero(counts)
    # A name below all rows is a signature.
    alone = [row for row, below in itertools.pairwise(used) if counts[row] == 1 < counts[below]]
    found: dict[int, str] = {}
    kinds = set()
    for row in (int(row) + start for row in alone):
        cell = next(cell for cell in grid.cells[row] if cell is not None)
        kind = caption_kind(cell, headers, lexicon) if isinstance(cell, str) else ""
        if kind:
            found[row] = cell.rstrip(":：")
            kinds.add(kind)
    return (kinds.pop(), found) if len(kinds) == 1 else ("", {})


def _with_column(
    grid: Grid, heading: Heading, header: str, captions: Mapping[int, str]
) -> tuple[Grid, Heading]:
    """Put the names of captions before the rows below them; single texts (footnotes) get none."""
    rows = [row for row in range(len(grid.cells)) if row not in captions]
    labels: list[str | None] = []
    latest: str | None = None
    own = labels_of(grid.cells[heading.bottom])
    several = grid.has.sum(axis=1) > 1
    for row in range(len(grid.cells)):
        latest = captions.get(row, latest)
        if row in captions:
            continue
        again = row == heading.bottom or (several[row] and labels_of(grid.cells[row]) == own)
        labels.append(header if again else latest if several[row] else None)
    rest = grid.take(rows)
    columns = np.full((rest.cells.shape[1] + 1, len(rows)), None, dtype=object)
    columns[0], columns[1:] = labels, rest.cells.T
    texts = Texts()
    texts.add([label for label in labels if label], "")
    moved = replace(
        rest,
        cells=columns.T,
        spans=rest.spans
        and tuple((top, left + 1, bottom, right + 1) for top, left, bottom, right in rest.spans),
        hidden_columns=frozenset(column + 1 for column in rest.hidden_columns),
        texts=(texts, *rest.texts),
        known=None,
    )
    return moved, replace(heading, paths=((header,), *heading.paths))
