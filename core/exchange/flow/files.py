"""A file from reading to understanding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange import mapping as mappings
from core.exchange.flow.answers import FileAnswers
from core.exchange.flow.reusing import kept_reading
from core.exchange.flow.together import understood_together
from core.exchange.flow.understanding import Saved, SheetFlow, understand
from core.exchange.readers import ReadOptions, read_file
from core.exchange.sources import open_files
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.flow.asking import Asked
    from core.exchange.flow.knowledge import Known
    from core.exchange.mapping import Mapping
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
    """

    path: Path
    reading: Reading
    options: ReadOptions
    answers: FileAnswers
    sheets: tuple[SheetFlow, ...]

    @property
    def questions(self) -> tuple[Asked, ...]:
        """Everything that is open."""
        return tuple(question for sheet in self.sheets for question in sheet.questions)


READ = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".zip")
"""Endings of files that can be guided."""
_READY = frozenset(("example_row", "no_rows"))


def is_canonical(path: Path) -> bool:
    """Tell whether a file is one of the templates, every header and every name in place."""
    if path.suffix.lower() in {".parquet", ".geojson", ".json"}:
        return True
    opened = open_files([path])
    return bool(opened.raws) and all(problem.code in _READY for problem in opened.problems)


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

    Raises
    ------
    ImportRefusedError
        It can't be read, holds no table, or is too large to be held in memory.
    """
    answers = answers or FileAnswers()
    saved = Saved(mapping_folder(known.store), given)
    if before is not None and before.answers.reading == answers.reading:
        reading, options = before.reading, before.options
    else:
        reading, options = _read(path, answers.reading, saved)
    tables = [sheet for sheet in reading.tables if not answers.of(sheet.name).skip]
    if not reading.tables:
        raise ImportRefusedError(
            _("No table was found in {file}.", file=path.name), _("A header and a row are the least.")
        )
    if given is not None:
        tables = _fitting(tables, given) or tables
    large = next((sheet for sheet in tables if not sheet.complete), None)
    if large is not None:
        raise ImportRefusedError(
            _("The file {file} is too large to be taken apart here.", file=path.name),
            _("Give it the headers of the templates: then it streams into the store at any size."),
        )
    done = {sheet.name: sheet for sheet in before.sheets} if before is not None else {}
    sheets = []
    for sheet in tables:
        own = answers.of(sheet.name)
        kept = done.get(sheet.name)
        same = kept is not None and before is not None and before.reading is reading and kept.answers == own
        sheets.append(kept if same and kept else understand(sheet, own, known, saved, options=options))
    whole = {sheet.name: sheet for sheet in tables}

    def again(flow: SheetFlow, more: Known) -> SheetFlow:
        return understand(whole[flow.name], flow.answers, more, saved, options=options)

    return FileFlow(path, reading, options, answers, understood_together(sheets, known, again))


def _fitting(tables: list[SheetReading], given: Mapping) -> list[SheetReading]:
    """Return the sheets that have every column the mapping takes."""
    needed = {mappings.shape(column.header) for column in given.columns if column.target is not None}
    return [t for t in tables if needed <= {mappings.shape(str(name)) for name in t.table.columns}]


def _read(path: Path, told: ReadOptions, saved: Saved) -> tuple[Reading, ReadOptions]:
    """Read a file as the user said, else as a saved mapping of its shape says."""
    if saved.given is not None and told == ReadOptions():
        told = kept_reading(saved.given)
    reading = read_file(path, options=told)
    if told != ReadOptions() or not reading.tables:
        return reading, told
    found = mappings.find(saved.folder, [str(name) for name in reading.tables[0].table.columns])
    options = kept_reading(found.mapping) if found is not None and not found.changes.any else told
    if options == told:
        return reading, told
    return read_file(path, options=replace(options, sheets=())), options
