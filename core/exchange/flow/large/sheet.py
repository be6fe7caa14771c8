"""A large text file: all of its rows understood without holding them.

What its sample told (table, columns, units, answers) holds for all rows. Every different cell is read once
and every different name matched once; what shows only further down is asked before anything is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from core.errors import ImportRefusedError
from core.exchange.flow.asking import Asked
from core.exchange.flow.issues import Flaw, Oddity
from core.exchange.flow.large.adding import incomplete_in, key_groups, repeated_in, write_sums
from core.exchange.flow.large.decoding import decode
from core.exchange.flow.large.writing import Writer
from core.exchange.flow.names.region_tree import is_tree
from core.exchange.flow.rows.nested import nested_signs
from core.exchange.flow.rows.order_lines import CODE, SUM
from core.exchange.flow.rows.row_kinds import signs_of
from core.exchange.flow.rows.row_table import WrittenRows
from core.exchange.flow.rows.treatments import returns_taken_off, treatments
from core.exchange.flow.sheets.remarks import ragged, remarks
from core.exchange.flow.understanding import confirmed
from core.exchange.readers.joining import changes_numbers, unit_columns
from core.exchange.readers.places import turn_coded
from core.exchange.readers.questions import Note
from core.exchange.readers.sheet.captions import caption_kind
from core.exchange.readers.sheet.vocabulary import period_in
from core.exchange.readers.text.large import read_all, too_large_to_turn
from core.i18n import _
from core.settings import Settings
from core.store.loading.problems import Level
from core.workspace import own_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.exchange.columns.mapping import Mapping as SheetMapping
    from core.exchange.columns.results import Question
    from core.exchange.flow.knowledge import Known
    from core.exchange.flow.sheets.sheet_flow import SheetFlow
    from core.exchange.readers import ReadOptions
    from core.exchange.readers.questions import Question as ReadingQuestion
    from core.exchange.readers.text.bulk import Coded
    from core.exchange.readers.text.large import Whole
    from core.store.progress import Watch

MOST_ASIDE = 10_000
"""With more bad rows than this a large file is refused: nobody works off a million rows by hand."""


@dataclass(frozen=True)
class LargeSheet:
    """All rows of a large text file.

    Parameters
    ----------
    sheet
        What was understood of them.
    whole
        The rows as they stand in the file, for the next time.
    rows
        The rows as the store wants them; None while a question is open.
    """

    sheet: SheetFlow
    whole: Whole
    rows: WrittenRows | None = None


def read_large(
    sheet: SheetFlow, options: ReadOptions, known: Known, watch: Watch, *, before: Whole | None = None
) -> LargeSheet:
    """Read all rows of a large text file.

    Parameters
    ----------
    sheet
        What was understood of its sample; nothing is open.
    options
        How the file is read.
    known
        What the store knows.
    watch
        Progress and cancellation.
    before
        The rows, where they were read before in the same way.

    Raises
    ------
    ImportRefusedError
        The file can't be read row by row.
    """
    mapping = sheet.mapping
    assert mapping is not None
    _refuse_unreadable(sheet, mapping)
    label = _("Reading {file}", file=sheet.reading.file)
    watch.step(0.0, label)
    folder = own_folder(Settings.from_environment().temp)
    reading = watch.part(0.0, 0.6)
    whole = before
    if whole is None:
        whole = read_all(sheet.reading, options, folder, lambda done: reading.step(done, label))
        turn_coded(whole.coded, sheet.reading)
        _refuse_captions(whole.coded, sheet.reading.file, known)
    _refuse_units(whole.coded, sheet.reading.file)
    own = replace(sheet, questions=(), flaws=(), values=None)
    if whole.questions:
        return _asking(own, whole, whole.questions)
    coded = whole.coded
    edit(coded, sheet.answers.edits)
    watch.step(0.6, _("Understanding {file}", file=sheet.reading.file))
    found = decode(sheet, coded, known, MOST_ASIDE + 1)
    told = replace(own, mapping=confirmed(mapping, sheet.answers), matches=found.matches)
    if found.questions:
        return LargeSheet(replace(told, questions=found.questions), whole)
    signs, kinds = signs_of(coded, mapping)
    regions = found.columns.get("region_id")
    if regions is not None and regions.which is not None:
        signs, levelled = nested_signs(regions.values.tolist(), regions.which, signs, mapping, known)
        kinds = (*kinds, *levelled)
    if kinds:
        return _asking(told, whole, kinds)
    writer = Writer(sheet.name, mapping, found.columns, known, signs)
    path = coded.folder / "rows.parquet"
    writing = watch.part(0.8, 1.0)
    writer.write(coded, path, lambda done: writing.step(done, label))
    if writer.questions:
        return _asking(told, whole, writer.questions.values())
    groups = key_groups(found.columns, mapping.table, len(coded), signs)
    if groups is not None and CODE not in mapping.decisions:
        question = repeated_in(groups, coded, path, writer.columns)
        if question is not None:
            return _asking(told, whole, (question,))
    groups = groups if mapping.decisions.get(CODE) == SUM else None
    sums: list[Flaw] = []
    if groups is not None:
        sums = incomplete_in(groups, told, path, writer.columns)
        path = write_sums(groups, path, mapping.table, writer.columns)
    total = replace(told.reading, set_aside=whole.set_aside, rows=len(coded), notes=_notes(told, coded))
    out = frozenset() if signs is None else frozenset(np.flatnonzero(signs == 0).tolist())
    told = replace(told, reading=total, left_out=out)
    flaws = (
        *found.flaws,
        *ragged(told, coded.numbers, coded.over, MOST_ASIDE + 1),
        *writer.flaws,
        *sums,
        *remarks(told),
    )
    rows = WrittenRows(coded, path, mapping.table, writer.columns, groups=groups)
    return LargeSheet(replace(told, flaws=flaws), whole, rows)


def _refuse_unreadable(sheet: SheetFlow, mapping: SheetMapping) -> None:
    """Refuse what isn't understood row by row: lists of regions by their path, running totals."""
    if is_tree(mapping):
        raise ImportRefusedError(
            _("The file {file} is too large for a list of regions with a column per level.", file=sheet.name),
            _("Split it, by province for example."),
        )
    if any(way == "difference" for _target, way in treatments(mapping)) or returns_taken_off(mapping):
        raise ImportRefusedError(
            _("The file {file} is too large for running totals and returns beside sales.", file=sheet.name),
            _("Split it, by region for example."),
        )


def _refuse_captions(coded: Coded, file: str, known: Known) -> None:
    """Refuse a file where a name or a month alone in its row says whose the rows below it are."""
    counts = np.zeros(len(coded), dtype=np.int32)
    for column in range(len(coded.names)):
        counts += coded.given(column)
    for row in np.flatnonzero((counts[:-1] == 1) & (counts[1:] > 1))[:MOST_ASIDE].tolist():
        text = next(cell for cell in coded.take(np.array([row]))[0] if cell is not None)
        if caption_kind(text, coded.names, known.lexicon) or (period_in(text) and len(coded.names) > 2):
            raise too_large_to_turn(file)


def _refuse_units(coded: Coded, file: str) -> None:
    """Refuse a file where a column says the units of numbers beside it, and not yuan throughout."""
    for header in unit_columns(coded.names):
        if changes_numbers(coded.cells[coded.names.index(header)], coded.names):
            raise ImportRefusedError(
                _(
                    "The file {file} is too large for a column of units, “{column}”.",
                    file=file,
                    column=header,
                ),
                _("Split it by unit, and write the unit into the header, for example 销售额(万元)."),
            )


def _notes(sheet: SheetFlow, coded: Coded) -> tuple[Note, ...]:
    """Return what was noticed about the sample, and of all rows the characters that were left out."""
    notes = tuple(note for note in sheet.reading.notes if note.code != "hidden")
    return (*notes, Note("hidden_cells", {"count": coded.hidden})) if coded.hidden else notes


def _asking(sheet: SheetFlow, whole: Whole, questions: Iterable[Question | ReadingQuestion]) -> LargeSheet:
    """Return a sheet that waits for answers."""
    return LargeSheet(replace(sheet, questions=tuple(Asked(sheet.name, each) for each in questions)), whole)


def edit(coded: Coded, edits: Mapping[tuple[int, str], object]) -> None:
    """Put corrected cells in their places.

    Parameters
    ----------
    coded
        The rows.
    edits
        (row of the file, header) -> the cell.
    """
    for (number, header), cell in edits.items():
        at = int(np.searchsorted(coded.numbers, number))
        if header not in coded.names or at == len(coded) or coded.numbers[at] != number:
            continue
        column = coded.names.index(header)
        cells = coded.cells[column]
        text = None if cell is None else str(cell)
        if cells[coded.codes[column][at]] != text:
            coded.codes[column][at] = 0 if text is None else len(cells)
            cells += [] if text is None else [text]


def too_many(sheet: SheetFlow) -> Flaw:
    """Return what is said of a file with more bad rows than may be set aside."""
    oddity = Oddity("too_many_bad", Level.ERROR, {"most": f"{MOST_ASIDE:,}"})
    return Flaw(sheet.name, sheet.table or "", "", "", (), oddity)


def excerpt(
    sheet: SheetFlow, flaws: Iterable[Flaw], bad: Iterable[int], rows: WrittenRows
) -> tuple[SheetFlow, tuple[Flaw, ...], frozenset[int], WrittenRows]:
    """Return a sheet that holds only the rows something was found about, and the findings about these.

    Parameters
    ----------
    sheet, flaws, bad
        The sheet, what was found about it, and the positions of its bad rows.
    rows
        All rows.
    """
    flaws, out = tuple(flaws), set(bad)
    listed = np.array(sorted(out.union(*(flaw.positions for flaw in flaws))), dtype=np.intp)
    place = {position: at for at, position in enumerate(listed.tolist())}
    coded = rows.coded
    table = pd.DataFrame(coded.take(listed), columns=pd.Index(coded.names, dtype=object), dtype=object)
    reading = replace(sheet.reading, table=table, row_numbers=coded.numbers[listed])
    moved = tuple(replace(f, positions=tuple(place[at] for at in f.positions)) for f in flaws)
    own = replace(sheet, reading=reading)
    return own, moved, frozenset(place[at] for at in out), replace(rows, listed=listed)
