"""A file from reading to understanding."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.canonical import boundaries
from core.exchange.canonical.sources import open_files
from core.exchange.columns import mapping as mappings
from core.exchange.flow.answers import FileAnswers, SheetAnswers
from core.exchange.flow.nested_sheets import nested_between
from core.exchange.flow.reusing import kept_reading
from core.exchange.flow.rows.nested import CODE as NESTED
from core.exchange.flow.sheets.sheet_groups import with_sheet_names, without_summaries
from core.exchange.flow.sheets.together import understood_together
from core.exchange.flow.understanding import Saved, filled_columns, understand
from core.exchange.readers import LIMITS, Limits, ReadOptions, read_file
from core.exchange.readers.hidden import with_visible_text
from core.exchange.readers.joining import with_joined
from core.exchange.readers.places import with_coordinates
from core.exchange.readers.text.large import Whole, refuse_unreadable
from core.i18n import _
from core.sandbox import read_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.exchange.columns.mapping import Mapping
    from core.exchange.flow.asking import Asked
    from core.exchange.flow.knowledge import Known
    from core.exchange.flow.sheets.sheet_flow import SheetFlow
    from core.exchange.readers import Reading, SheetReading
    from core.store.database import Store


@dataclass(frozen=True)
class FileFlow:
    """What was understood of a file.

    Parameters
    ----------
    path
        The file.
    reading
        What is in it.
    options
        How it was read.
    answers
        What the user said.
    sheets
        Its tables, the likeliest first; those that stay out are not among them.
    whole
        All rows of a large text file, once they were read.
    """

    path: Path
    reading: Reading
    options: ReadOptions
    answers: FileAnswers
    sheets: tuple[SheetFlow, ...]
    whole: Whole | None = field(default=None, compare=False)

    @property
    def questions(self) -> tuple[Asked, ...]:
        """Everything that is open; what sheets of one shape ask alike is asked once."""
        shapes = {sheet.name: mappings.fingerprint(sheet.headers) for sheet in self.sheets}
        found: dict[tuple[object, ...], Asked] = {}
        for question in (question for sheet in self.sheets for question in _first(sheet.questions)):
            alone = question.code in _OF_ONE_SHEET
            key = (question.sheet if alone else shapes.get(question.sheet, ""), *question.sameness)
            first = found.setdefault(key, question)
            if first.sheet != question.sheet:
                found[key] = replace(first, also=(*first.also, question.sheet))
        return tuple(found.values())


def _hangs_on_others(sheet: SheetFlow) -> bool:
    return any(code == NESTED for code, _column in sheet.answers.choices) or any(
        question.code == NESTED for question in sheet.questions
    )


def _first(questions: Sequence[Asked]) -> Sequence[Asked]:
    """Return what is to be asked now.

    Of a sheet that may stay out only whether it does; of figures that nobody has named only what they are.
    """
    unnamed = [each for each in questions if each.code == _NAMELESS and each.step == "reading"]
    return [each for each in questions if each.code in _WHETHER] or unnamed or questions


_OF_ONE_SHEET = frozenset(("hidden_sheet", "summary_sheet", "missing"))
"""Codes of questions whose answer differs from sheet to sheet."""
_NAMELESS = "measure"
_WHETHER = frozenset(("hidden_sheet", "summary_sheet"))
"""Codes of questions whose answer may leave the sheet out."""
_OUTLINES = (".geojson", ".json", ".jsonl", ".topojson", ".shp", ".zip")
_READY = frozenset(("example_row", "no_rows"))


def is_canonical(path: Path) -> bool:
    """Tell whether a file is one of the templates, every header and every name in place."""
    if path.suffix.lower() == ".parquet":
        return True
    if path.suffix.lower() in {".geojson", ".json"}:
        return boundaries.is_own(path)
    opened = open_files([path])
    return bool(opened.raws) and all(problem.code in _READY for problem in opened.problems)


def holds_outlines(path: Path) -> bool:
    """Tell whether a file holds outlines whose regions and coordinate system have to be told."""
    if not path.is_file() or path.suffix.lower() not in _OUTLINES:
        return False
    if path.suffix.lower() in {".geojson", ".json"} and boundaries.is_own(path):
        return False
    reading = read_apart(path.name, read_file, path.absolute())
    return any(sheet.outlines is not None for sheet in reading.sheets)


def mapping_folder(store: Store) -> Path:
    """Return the folder of saved mappings, beside the store."""
    return store.path.parent / f"{store.path.stem}.mappings"


def open_file(
    path: Path,
    known: Known,
    answers: FileAnswers | None = None,
    *,
    given: Mapping | None = None,
    before: FileFlow | None = None,
    limits: Limits | None = None,
) -> FileFlow:
    """Read a file and say what each of its sheets is.

    Parameters
    ----------
    path
        The file.
    known
        What the store knows.
    answers
        What the user said so far.
    given
        The mapping to use; without it a saved one of the same shape, else what the sheet looks like.
    before
        The file as it was understood with other answers: it isn't read again where that makes no
        difference.
    limits
        From which size on a text file is read row by row, among others.

    Raises
    ------
    ImportRefusedError
        It can't be read, holds no table, or is too large to be held and can't be read row by row.
    """
    answers = answers or FileAnswers()
    saved = Saved(mapping_folder(known.store), given)
    if before is not None and before.answers.reading == answers.reading:
        reading, options = before.reading, before.options
        whole = None if _withdrawn(before, answers) else before.whole
    else:
        told = replace(answers.reading, lexicon=known.lexicon)
        reading, options = _read(path, told, saved, limits or LIMITS)
        whole = None
    tables = [sheet for sheet in reading.tables if not answers.of(sheet.name).skip]
    tables = without_summaries(tables, options)
    tables = with_sheet_names(tables, lambda sheet: filled_columns(sheet, known, saved), known.lexicon)
    if not reading.tables:
        raise ImportRefusedError(
            _("No table was found in {file}.", file=path.name), _("A header and a row are the least.")
        )
    if given is not None:
        tables = _fitting(tables, given) or tables
    for sheet in tables:
        if not sheet.complete:
            refuse_unreadable(sheet)
    done = {sheet.name: sheet for sheet in before.sheets} if before is not None else {}
    sheets = []
    for sheet in tables:
        own = answers.of(sheet.name)
        kept = done.get(sheet.name)
        same = kept is not None and before is not None and before.reading is reading and kept.answers == own
        # What counts of a region hangs on the other sheets too.
        same = same and kept is not None and not _hangs_on_others(kept)
        sheets.append(kept if same and kept else _understood(sheet, own, known, saved, options))
    read = {sheet.name: sheet for sheet in tables}

    def again(flow: SheetFlow, more: Known) -> SheetFlow:
        return _understood(read[flow.name], flow.answers, more, saved, options)

    together = nested_between(understood_together(sheets, known, again), known)
    return FileFlow(path, reading, options, answers, together, whole)


def _withdrawn(before: FileFlow, answers: FileAnswers) -> bool:
    """Tell whether a correction was taken back: the rows that are kept of a large file hold it."""
    return any(s.answers.edits.keys() - answers.of(s.name).edits.keys() for s in before.sheets)


def _understood(
    sheet: SheetReading, answers: SheetAnswers, known: Known, saved: Saved, options: ReadOptions
) -> SheetFlow:
    if sheet.complete:
        return understand(sheet, answers, known, saved, options=options)
    # A sample doesn't know the rows of the file; corrected cells wait until all of them are read.
    flow = understand(sheet, replace(answers, edits={}), known, saved, options=options)
    return replace(flow, answers=answers)


def _fitting(tables: list[SheetReading], given: Mapping) -> list[SheetReading]:
    """Return the sheets that have every column the mapping takes."""
    needed = {mappings.shape(column.header) for column in given.columns if column.target is not None}
    return [t for t in tables if needed <= {mappings.shape(str(name)) for name in t.table.columns}]


def _read(path: Path, told: ReadOptions, saved: Saved, limits: Limits) -> tuple[Reading, ReadOptions]:
    """Read a file as the user said, else as a saved mapping of its shape says."""
    if saved.given is not None and told == ReadOptions():
        told = replace(kept_reading(saved.given), lexicon=told.lexicon)
    reading = _placed(read_apart(path.name, read_file, path.absolute(), options=told, limits=limits))
    if told != ReadOptions() or not reading.tables:
        return reading, told
    found = mappings.find(saved.folder, [str(name) for name in reading.tables[0].table.columns])
    if found is None or found.changes.any:
        return reading, told
    options = replace(kept_reading(found.mapping), lexicon=told.lexicon)
    if options == told:
        return reading, told
    whole = replace(options, sheets=())
    reading = read_apart(path.name, read_file, path.absolute(), options=whole, limits=limits)
    return _placed(reading), options


def _placed(reading: Reading) -> Reading:
    """Return what was read with every value whole in its column: coordinates, months with years, units.

    Characters that nobody sees are left out before.
    """
    sheets = map(with_visible_text, reading.sheets)
    return replace(reading, sheets=tuple(with_joined(with_coordinates(sheet)) for sheet in sheets))
