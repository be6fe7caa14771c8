"""From the rectangle of a sheet to its table: header, rows, and everything that is neither."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import ImportRefusedError
from core.exchange.readers.limits import LIMITS
from core.exchange.readers.outcome import ReaderOutcome
from core.exchange.readers.questions import Note
from core.exchange.readers.reading import SEPARATOR, SheetReading
from core.exchange.readers.sheet.blocks import inherited, next_block, side_by_side
from core.exchange.readers.sheet.captions import caption_rows, later_captions, under_captions, with_captions
from core.exchange.readers.sheet.cells import Kind, kind_of, label_of
from core.exchange.readers.sheet.filling import fill
from core.exchange.readers.sheet.grid import Grid, any_in_column, any_in_row, filled
from core.exchange.readers.sheet.heading import Heading, find_heading
from core.exchange.readers.sheet.totals import Body, find_totals
from core.exchange.readers.sheet.vocabulary import (
    is_footnote,
    is_key_value,
    is_page_number,
    total_word,
    unit_in,
)
from core.exchange.readers.sheet.wide import to_long
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.sheet.grid import Cells

_MOST_FOOTNOTES = 60


def read_grid(
    grid: Grid, file: str, name: str, options: ReadOptions, taken: Collection[str] = ()
) -> list[SheetReading]:
    """Read a sheet; a second table below the first is read by itself.

    Parameters
    ----------
    grid
        The cells.
    file, name
        The file and the sheet.
    options
        Answers of a person.
    taken
        Names of the other sheets of the file.
    """
    options = options.of(name)
    if options.hidden_rows == "drop" or options.hidden_columns == "drop":
        grid = grid.without(
            rows=grid.hidden_rows if options.hidden_rows == "drop" else (),
            columns=grid.hidden_columns if options.hidden_columns == "drop" else (),
        )
    return _read_from(grid, _Place(file, name, options, frozenset(taken)))


@dataclass(frozen=True)
class _Place:
    """Where a table is looked for: file, sheet, answers, names taken, titles of the tables before it."""

    file: str
    name: str
    options: ReadOptions
    taken: frozenset[str] = frozenset()
    outer: tuple[str, ...] = ()

    def next(self, first: SheetReading) -> _Place:
        """Return the place of the next table of the sheet."""
        own = self.options.per_sheet.get(self.next_name(first.name))
        options = own or replace(self.options, header_row=None, header_rows=None)
        options = replace(options, lexicon=self.options.lexicon)
        outer = (*first.title_lines, *self.outer)
        return replace(self, name=self.next_name(first.name), options=options, outer=outer)

    def next_name(self, name: str) -> str:
        """Return what the table behind another one is called: “Sheet1 (2)”, or the next that is free."""
        stem, _space, number = name.rpartition(" (")
        name = f"{stem} ({int(number[:-1]) + 1})" if stem and number[:-1].isdigit() else f"{name} (2)"
        return self.next_name(name) if name in self.taken else name


def _read_from(grid: Grid, place: _Place) -> list[SheetReading]:
    """Read the tables of a sheet from its first row on."""
    if (used := int(any_in_column(grid.has).sum())) > LIMITS.columns:
        raise ImportRefusedError(
            _("The sheet {name} has {count} columns.", name=place.name, count=used),
            _("At most {most} are read. Delete those that are not needed.", most=LIMITS.columns),
        )
    if not any_in_row(grid.has).any():
        return [_no_table(grid, place.file, place.name, "empty")]
    heading = find_heading(grid, place.options, place.name)
    if heading is None or heading.bottom + 1 >= len(grid.cells):
        return [_no_table(grid, place.file, place.name, "cover")]
    beside = side_by_side(grid, heading)
    if beside:
        every = range(grid.cells.shape[1])
        parts = [
            grid.without(columns=[column for column in every if not left <= column <= right])
            for left, right in beside
        ]
        return _read_all(parts, place)
    end = next_block(grid, heading)
    own = grid if end is None else grid.take(range(end))
    captions = caption_rows(own, heading) or later_captions(own, heading, place.options.lexicon)
    if captions:
        below = [] if end is None else [grid.part(end)]
        return _read_all([*under_captions(own, heading, captions), *below], place)
    outcome = ReaderOutcome(place.file, place.name, place.options)
    width = own.cells.shape[1]
    captioned, heading = with_captions(own, heading, place.options.lexicon)
    first = _read_one(captioned, heading, outcome, place.outer)
    if captioned.cells.shape[1] > width:
        # A column that doesn't stand in the file: a large one isn't read by such positions.
        first = replace(first, positions=())
    if end is None or not first.is_table:
        return [first]
    note = Note("extra_table", {"row": int(grid.numbers[end])})
    rest = _read_from(grid.part(end), place.next(first))
    return [replace(first, notes=(*first.notes, note)), *rest]


def _read_all(parts: Iterable[Grid], place: _Place) -> list[SheetReading]:
    """Read parts of a sheet one after the other."""
    sheets: list[SheetReading] = []
    for part in parts:
        # The first of them gives the others nothing but its name.
        own = place
        if sheets:
            name = place.next_name(sheets[-1].name)
            own = replace(place, name=name, options=place.options.of(name))
        sheets += _read_from(part, own)
    return sheets


def _no_table(grid: Grid, file: str, name: str, kind: str) -> SheetReading:
    lines = tuple(label_of(cell) for row in grid.cells[:50] for cell in row if cell is not None)
    note = Note("empty_sheet" if kind == "empty" else "cover_sheet", {"name": name})
    nothing = np.zeros(0, dtype=np.int64)
    return SheetReading(file, name, kind, pd.DataFrame(), nothing, title_lines=lines[:50], notes=(note,))


def _read_one(grid: Grid, heading: Heading, outcome: ReaderOutcome, outer: tuple[str, ...]) -> SheetReading:
    outcome.questions += heading.questions
    titles = _titles(grid, heading.top, outcome)
    start = heading.bottom + 1
    cells, numbers = grid.cells[start:], grid.numbers[start:]
    has = grid.has[start:]
    keep = any_in_row(has)
    blank = int((~keep[: _last(keep) + 1]).sum())
    tail = _last(keep)
    footnotes, last = footnotes_below(cells, keep)
    keep[last + 1 :] = False
    keep &= ~_repeated(grid, heading, cells, outcome)
    columns = _columns(heading, has[keep])
    names = _names(heading, columns)
    rows = np.flatnonzero(keep) + start
    texts = [grid.texts[column] for column in columns]
    body = Body(fill(grid, rows, columns, names, outcome), numbers[keep], names, texts)
    totals = find_totals(body, outcome.options, outcome.sheet)
    outcome.questions += totals.questions
    rest = body.without(totals.rows)
    inner = inherited(titles, outer)
    above = (*titles, *inner, outcome.sheet, outcome.file)
    long = to_long(rest, [heading.paths[column] for column in columns], above, outcome)
    _note_structure(grid, heading, blank, footnotes, outcome)
    hidden_rows, hidden_columns = _hidden(grid, rest, columns, outcome)
    return SheetReading(
        outcome.file,
        outcome.sheet,
        "table" if len(long.table) else "cover",
        long.table,
        rest.numbers[long.origin],
        header_rows=tuple(int(n) for n in grid.numbers[heading.top : heading.bottom + 1]),
        title_lines=titles,
        inherited=inner,
        unit_hint=next((unit for text in (*titles, *footnotes, *inner) if (unit := unit_in(text))), ""),
        set_aside=(*totals.set_aside, *long.set_aside),
        footnotes=footnotes,
        hidden_rows=hidden_rows,
        hidden_columns=hidden_columns,
        blank_rows=blank + len(cells) - 1 - tail,
        likeness=_likeness(heading, rest),
        first_row=int(grid.numbers[start]),
        positions=() if long.changed else tuple(columns),
        questions=tuple(outcome.questions),
        notes=tuple(outcome.notes),
    )


def _last(keep: np.ndarray) -> int:
    at = np.flatnonzero(keep)
    return int(at[-1]) if len(at) else -1


def _titles(grid: Grid, top: int, outcome: ReaderOutcome) -> tuple[str, ...]:
    lines = []
    for row in grid.cells[:top]:
        texts = [label_of(cell) for cell in row if cell is not None]
        lines += [" ".join(texts)] if texts else []
    if lines:
        outcome.note("title", text="; ".join(lines))
    return tuple(lines)


def _columns(heading: Heading, has: np.ndarray) -> list[int]:
    """Return the columns with a name or a value, in order."""
    given = any_in_column(has) if len(has) else np.zeros(len(heading.paths), dtype=bool)
    return [column for column, path in enumerate(heading.paths) if path or given[column]]


def _names(heading: Heading, columns: list[int]) -> list[str]:
    """Return unique names; a column without one is called after its letter."""
    seen: dict[str, int] = {}
    names = []
    for column in columns:
        name = SEPARATOR.join(heading.paths[column]) or f"column {_letter(column)}"
        seen[name.casefold()] = seen.get(name.casefold(), 0) + 1
        count = seen[name.casefold()]
        names.append(f"{name} ({count})" if count > 1 else name)
    return names


def _letter(column: int) -> str:
    text, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _repeated(grid: Grid, heading: Heading, cells: Cells, outcome: ReaderOutcome) -> np.ndarray:
    """Find the rows that repeat header or title, as every page of a printed report does."""
    drop = np.zeros(len(cells), dtype=bool)
    if heading.bottom < heading.top:
        return drop
    above = grid.cells[: heading.bottom + 1]
    wanted = [[label_of(cell) for cell in row] for row in above if filled(row).any()]
    column = next((c for c in range(cells.shape[1]) if any(row[c] for row in wanted)), 0)
    like = {cell for cell in above[:, column] if isinstance(cell, str)}
    like |= set(filter(is_page_number, {text for text in grid.texts[column] if text[0] in "第Pp-"}))
    # A second row of a header is empty where the first one names the column.
    candidates = ~grid.has[heading.bottom + 1 :][: len(cells), column]
    candidates |= np.fromiter(map(like.__contains__, cells[:, column].tolist()), dtype=bool, count=len(cells))
    for row in np.flatnonzero(candidates):
        labels = [label_of(cell) for cell in cells[row]]
        if any(labels):
            line = "".join(labels)
            drop[row] = labels in wanted or (len(line) < 20 and is_page_number(line))
    if drop.any():
        outcome.note("repeated_header", count=int(drop.sum()))
    return drop


def footnotes_below(cells: Cells, keep: np.ndarray) -> tuple[tuple[str, ...], int]:
    """Return the texts below a table, and the position of its last row.

    Parameters
    ----------
    cells
        The rows below the header.
    keep
        Which of them hold anything.
    """
    lines: list[str] = []
    usual = np.flatnonzero(filled(cells[:200]).sum(axis=0)) if len(cells) else np.zeros(0)
    last = _last(keep)
    at = last
    while at >= 0 and last - at < _MOST_FOOTNOTES:
        if keep[at]:
            texts = [label_of(cell) for cell in cells[at] if cell is not None]
            apart = at > 0 and not keep[at - 1]
            if not _is_footer(texts, len(usual), apart=apart or bool(lines), row=cells[at]):
                break
            lines.insert(0, " ".join(texts))
            last_table = at - 1
        at -= 1
    if not lines:
        return (), last
    above = np.flatnonzero(keep[: last_table + 1])
    return tuple(lines), int(above[-1]) if len(above) else -1


def _is_footer(texts: list[str], width: int, *, apart: bool, row: Cells) -> bool:
    if any(total_word(text) for text in texts):
        return False
    numbers = any(kind_of(cell) is Kind.NUMBER for cell in row)
    if len(texts) == 1 and width > 1 and not numbers:
        return is_footnote(texts[0]) or (apart and width > 2) or (len(texts[0]) >= 20 and width > 2)
    pairs = [is_key_value(text) or is_footnote(text) for text in texts]
    return (
        not numbers and width > 2 and (all(pairs) or (is_footnote(texts[0]) and sum(pairs) * 2 >= len(pairs)))
    )


def _note_structure(
    grid: Grid, heading: Heading, blank: int, footnotes: tuple[str, ...], outcome: ReaderOutcome
) -> None:
    depth = heading.bottom - heading.top + 1
    if depth > 1:
        outcome.note("header", count=depth, row=int(grid.numbers[heading.top]))
    if blank:
        outcome.note("blank_rows", count=blank)
    if footnotes:
        outcome.note("footnotes", text="; ".join(footnotes))


def _hidden(
    grid: Grid, body: Body, columns: list[int], outcome: ReaderOutcome
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Return hidden rows and columns of the table; ask whether they belong to it."""
    rows = tuple(sorted(grid.hidden_rows & set(body.numbers.tolist()))) if grid.hidden_rows else ()
    named = zip(body.names, columns, strict=True)
    names = tuple(name for name, column in named if column in grid.hidden_columns)
    if rows and outcome.options.hidden_rows is None:
        outcome.ask("hidden_rows", ("keep", "drop"), "keep", count=len(rows), row=rows[0])
    if names and outcome.options.hidden_columns is None:
        outcome.ask("hidden_columns", ("keep", "drop"), "keep", names=", ".join(names))
    return rows, names


def _likeness(heading: Heading, body: Body) -> float:
    """Judge how much a sheet looks like a table: header, columns, rows, and how full it is."""
    rows, width = body.cells.shape
    if not rows or not width:
        return 0.0
    full = float(filled(body.cells[:500]).mean())
    size = min(rows / 5, 1.0) * min(width / 3, 1.0)
    return float(round(0.4 * heading.strength + 0.3 * full + 0.3 * size, 3))
