"""All of a large text file: which of its rows are data, and what was left out of them.

The rules are those of :mod:`core.exchange.readers.sheet.sheet`, on codes instead of cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.errors import ImportRefusedError
from core.exchange.readers.outcome import ReaderOutcome
from core.exchange.readers.sheet.blocks import next_block
from core.exchange.readers.sheet.cells import Kind, kind_of, label_of
from core.exchange.readers.sheet.filling import LEFTMOST, MOST_FILLED
from core.exchange.readers.sheet.grid import grid_of
from core.exchange.readers.sheet.heading import Heading
from core.exchange.readers.sheet.sheet import footnotes_below
from core.exchange.readers.sheet.totals import find_totals
from core.exchange.readers.sheet.vocabulary import is_additive, is_page_number, total_word
from core.exchange.readers.text.coding import encode
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.questions import Question
    from core.exchange.readers.reading import SetAside, SheetReading
    from core.exchange.readers.sheet.totals import Mask
    from core.exchange.readers.text.bulk import Coded

MOST_TOTALS = 100
"""More total rows than this aren't compared in a large file: each is held against all rows."""
_HEAD, _TAIL, _GAPS, _BLOCK = 200, 200, 200, 6


@dataclass(frozen=True)
class Whole:
    """All rows of a large text file.

    Parameters
    ----------
    coded
        The rows of data.
    set_aside
        Totals taken out.
    questions
        What the sample didn't show.
    """

    coded: Coded
    set_aside: tuple[SetAside, ...]
    questions: tuple[Question, ...]


def refuse_unreadable(sheet: SheetReading) -> None:
    """Refuse what isn't read row by row: columns that become rows, several tables, files in an archive.

    Raises
    ------
    ImportRefusedError
        It is one of these.
    """
    if sheet.layout is not None and sheet.layout.path is None:
        raise ImportRefusedError(
            _("The file {file} in the archive is too large to be taken apart there.", file=sheet.file),
            _("Unpack it and import it by itself."),
        )
    if sheet.layout is None or not sheet.positions:
        raise too_large_to_turn(sheet.file)
    for note in sheet.notes:
        if note.code == "extra_table":
            raise _another_table(sheet.file, int(note.context["row"]))


def too_large_to_turn(file: str) -> ImportRefusedError:
    """Return what is said of a large file whose columns or captions would become cells of every row."""
    return ImportRefusedError(
        _("The file {file} is too large for months, products or captions that become a column.", file=file),
        _("Export it with one row per month and product, or split it into parts of up to 32 MB."),
    )


def _another_table(file: str, row: int) -> ImportRefusedError:
    return ImportRefusedError(
        _("Another table begins in row {row} of {file}.", row=row, file=file),
        _("A large file may hold one table only. Save each in a file of its own."),
    )


def read_all(
    sheet: SheetReading,
    options: ReadOptions,
    folder: Path,
    step: Callable[[float], None] = lambda _done: None,
) -> Whole:
    """Read all rows of a large text file.

    Parameters
    ----------
    sheet
        What its sample told.
    options
        Answers of a person.
    folder
        Where temporary files go.
    step
        Called with the share that is done; whatever it raises stops the work.

    Raises
    ------
    ImportRefusedError
        It can't be read row by row, holds another table, or more than :data:`MOST_TOTALS` totals.
    """
    refuse_unreadable(sheet)
    options = options.of(sheet.name)
    coded = encode(sheet, folder, step)
    given = np.zeros(len(coded), dtype=bool)
    for column in range(len(coded.names)):
        given |= coded.given(column)
    _refuse_second(coded, given, sheet)
    coded.keep(_table_rows(coded, given) & ~_repeated(coded, given, sheet))
    outcome = ReaderOutcome(sheet.file, sheet.name, options)
    _fill_down(coded, outcome)
    totals = find_totals(coded, options, sheet.name)
    if len(totals.set_aside) + len(totals.questions) > MOST_TOTALS:
        raise ImportRefusedError(
            _("The file {file} has more than {most} rows of totals.", file=sheet.file, most=MOST_TOTALS),
            _("Export it without subtotals."),
        )
    coded.keep(~totals.rows)
    return Whole(coded, totals.set_aside, (*outcome.questions, *totals.questions))


def _refuse_second(coded: Coded, given: Mask, sheet: SheetReading) -> None:
    """Refuse a file with another table behind an empty row."""
    gaps = np.flatnonzero(~given[:-1] & given[1:]) + 1
    # The titles above the header count too: a page may repeat them.
    rows = [[row[at] if at < len(row) else "" for at in sheet.positions] for row in coded.above]
    body = coded.take(np.arange(min(_HEAD // 2, len(coded)))).tolist()
    numbers = [*range(1, len(rows) + 1), *coded.numbers[: len(body)].tolist()]
    paths = tuple((name,) for name in coded.names)
    heading = Heading(len(rows) - len(sheet.header_rows), len(rows) - 1, paths)
    for first in gaps[:_GAPS].tolist():
        stop = next((at for at in range(first, min(first + _BLOCK, len(given))) if not given[at]), None)
        block = np.arange(first, stop if stop is not None else min(first + _BLOCK, len(given)))
        cells = [*rows, *body, [None] * len(paths), *coded.take(block).tolist()]
        own = [*numbers, int(coded.numbers[first]) - 1, *coded.numbers[block].tolist()]
        if next_block(grid_of(cells, own), heading) is not None:
            raise _another_table(sheet.file, int(coded.numbers[first]))


def _table_rows(coded: Coded, given: Mask) -> Mask:
    """Return which rows are neither empty nor below the table."""
    keep = given.copy()
    # Below the table may be any number of empty rows.
    end = len(given) - int(given[::-1].argmax()) if given.any() else 0
    tail = max(end - _TAIL, _HEAD)
    rows = np.append(np.arange(min(_HEAD, end)), np.arange(tail, max(end, tail)))
    lines, _last = footnotes_below(coded.take(rows), given[rows])
    if lines:
        keep[np.flatnonzero(given)[-len(lines) :]] = False
    return keep


def _repeated(coded: Coded, given: Mask, sheet: SheetReading) -> Mask:
    """Return which rows repeat header or title, as every page of a printed report does."""
    drop = np.zeros(len(coded), dtype=bool)
    if not sheet.header_rows:
        return drop
    order = sorted(range(len(coded.names)), key=lambda column: len(coded.cells[column]))
    for cells in coded.above:
        labels = [label_of(cells[at]) if at < len(cells) else "" for at in sheet.positions]
        if not any(labels):
            continue
        same = given.copy()
        for column in order:
            same &= coded.reading(column, labels[column]) if labels[column] else ~coded.given(column)
            if not same.any():
                break
        drop |= same
    for column in order:
        pages = coded.marked(column, _is_page)
        for row in np.flatnonzero(pages).tolist():
            drop[row] |= all(codes[row] == 0 for at, codes in enumerate(coded.codes) if at != column)
    return drop


def _is_page(text: str) -> bool:
    return text[0] in "第Pp-" and len(text) < 20 and is_page_number(text)


def _fill_down(coded: Coded, outcome: ReaderOutcome) -> None:
    """Fill names that are written once for the rows below, and ask whether that is meant."""
    for column in range(min(LEFTMOST, len(coded.names) - 1)):
        empty = ~coded.given(column)
        # A quick look spares most files the second one.
        if not len(coded) or 1 - empty.mean() > MOST_FILLED or empty[0]:
            return
        lacking = empty & _named(coded)
        share = 1 - lacking.mean()
        texts = [cell for cell in coded.take(np.arange(min(300, len(coded))))[:, column] if cell is not None]
        words = sum(kind_of(text) is Kind.TEXT for text in texts)
        if not lacking.any() or share > MOST_FILLED or share == 0 or words * 2 < len(texts):
            return
        # The name of a total holds for its own row only.
        total = coded.marked(column, lambda cell: total_word(cell) is not None)
        latest = np.maximum.accumulate(np.where(empty, 0, np.arange(len(coded))))
        lacking &= ~total[latest]
        if outcome.options.fill_down != "leave":
            codes = coded.codes[column]
            codes[lacking] = codes[latest[lacking]]
        if outcome.options.fill_down is None:
            count = int(lacking.sum())
            outcome.ask("fill_down", ("fill", "leave"), "fill", column=coded.names[column], count=count)


def _named(coded: Coded) -> Mask:
    """Return which rows hold more than amounts: a text, a day, or a number that is a code."""
    named = np.zeros(len(coded), dtype=bool)
    for column, name in enumerate(coded.names):
        if is_additive(name):
            named |= coded.marked(column, lambda cell: kind_of(cell) in (Kind.TEXT, Kind.DATE))
        else:
            named |= coded.given(column)
    return named
