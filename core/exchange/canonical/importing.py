"""Checking files and loading them: what the command line and the data page call."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.errors import ImportRefusedError
from core.exchange.canonical.findings import ordered, table_of
from core.exchange.canonical.messages import words
from core.exchange.canonical.sources import Opened, open_files, open_tables
from core.i18n import _, ngettext
from core.store.loading import load as store_importing
from core.store.loading.load import Acceptance, Batch, Examination
from core.store.loading.problems import Level, Problem, has_errors
from core.store.loading.source_table import Mode
from core.store.progress import Watch

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

Source = Sequence[Path | str] | Mapping[str, Any] | Opened


@dataclass(frozen=True)
class ImportOptions:
    """How files are imported.

    Parameters
    ----------
    table
        The table all files are for; None to go by the names of files and sheets.
    mode
        ``upsert``: new keys are inserted, rows that differ are updated, a column that the file
        doesn't have keeps its stored value. ``replace``: afterwards the table holds exactly the rows
        of the files. ``append``: a key that exists is an error.
    actor
        Who imports, for the log.
    """

    table: str | None = None
    mode: Mode = Mode.UPSERT
    actor: str = "local"

    def __post_init__(self) -> None:
        object.__setattr__(self, "mode", Mode(self.mode))


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    Parameters
    ----------
    problems
        Everything found, errors first.
    rows
        File, table and number of rows of everything that could be read.
    """

    problems: tuple[Problem, ...]
    rows: tuple[tuple[str, str, int], ...]

    @property
    def ok(self) -> bool:
        """Whether the files can be imported."""
        return not has_errors(self.problems)

    @property
    def errors(self) -> int:
        """How many values or rows are wrong."""
        return sum(p.occurrences for p in self.problems if p.level is Level.ERROR)

    @property
    def warnings(self) -> int:
        """How many values or rows are odd and kept."""
        return sum(p.occurrences for p in self.problems if p.level is Level.WARNING)

    @property
    def findings(self) -> pd.DataFrame:
        """The findings in words, one line each; see :func:`core.exchange.canonical.findings.table_of`."""
        return table_of(self.problems)


@dataclass(frozen=True)
class ImportResult:
    """What an import did.

    Parameters
    ----------
    batches, check
        What each file did, and what was odd about the files.
    is_summed
        Whether the derived tables are made; they are not where somebody stopped while they were.
    """

    batches: tuple[Batch, ...]
    check: CheckResult
    is_summed: bool = True

    @property
    def changed(self) -> bool:
        """Whether any row was inserted, updated or deleted."""
        return any(batch.changes for batch in self.batches)


def unsummed_sentence() -> str:
    """Return what to say of an import that was stopped while the derived tables were made."""
    return _("Everything is loaded; summing up was stopped. The next page does it and takes longer for it.")


class FindingsError(ImportRefusedError):
    """Files have errors; nothing of them was written. ``check`` holds all findings."""

    def __init__(self, check: CheckResult) -> None:
        first = next(problem for problem in check.problems if problem.level is Level.ERROR)
        super().__init__(
            ngettext(
                "Nothing was imported: {n} error was found.",
                "Nothing was imported: {n} errors were found.",
                check.errors,
            ),
            " ".join(words(first)),
        )
        self.check = check


def check_files(
    store: Store, source: Source, options: ImportOptions | None = None, watch: Watch | None = None
) -> CheckResult:
    """Check files or tables against the store and each other; write nothing.

    Parameters
    ----------
    store
        The open store.
    source
        Paths of CSV, Parquet, XLSX or GeoJSON files; tables in memory (pyarrow or pandas) by the
        name of their table; or what was opened already.
    options
        Table and mode.
    watch
        Progress and cancellation.
    """
    options = options or ImportOptions()
    opened = _opened(source, options)
    result = Examination((), ())
    if opened.raws:
        result = store_importing.examine(store, opened.raws, options.mode, watch or Watch())
    return _check_result(opened, result)


def load(
    store: Store,
    source: Source,
    options: ImportOptions | None = None,
    watch: Watch | None = None,
    *,
    also: Callable[[Any, Sequence[int]], object] | None = None,
) -> ImportResult:
    """Check files or tables, then write all of them in one transaction or nothing.

    Parameters
    ----------
    store, source, options, watch
        As for :func:`check_files`.
    also
        What is written in the same transaction, see :func:`core.store.loading.load.load`.

    Raises
    ------
    FindingsError
        There are errors; its ``check`` holds all findings.
    CancelledError
        The work was stopped before the rows were in; nothing was changed.
    """
    options = options or ImportOptions()
    opened = _opened(source, options)
    if (not opened.raws and also is None) or has_errors(opened.problems):
        check = check_files(store, source, options, watch)
        if not check.ok:
            raise FindingsError(check)
        return ImportResult((), check)
    checks: list[CheckResult] = []
    watch = watch or Watch()
    with ThreadPoolExecutor(max_workers=1) as pool:
        # Fingerprints need one core and no lock, so they run beside the reading.
        prints = {name: pool.submit(fingerprint, path) for name, path in opened.paths.items()}

        def accept(examination: Examination) -> Acceptance:
            check = _check_result(opened, examination)
            if not check.ok:
                raise FindingsError(check)
            checks.append(check)
            messages = [(problem, words(problem)[0]) for problem in check.problems]
            return Acceptance(messages, lambda file: _result(prints.get(file)))

        batches = store_importing.load(
            store,
            opened.raws,
            options.mode,
            watch,
            accept=accept,
            also=also,
            actor=options.actor,
        )
    return ImportResult(tuple(batches), checks[0], is_summed=not watch.cancelled)


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _result(future: Future[str] | None) -> str:
    return future.result() if future is not None else ""


def _opened(source: Source, options: ImportOptions) -> Opened:
    if isinstance(source, Opened):
        return source
    if isinstance(source, Mapping):
        return open_tables(source)
    return open_files(source, table=options.table)


def _check_result(opened: Opened, examination: Examination) -> CheckResult:
    found = (*opened.problems, *examination.problems)
    wrong = {problem.file for problem in found if problem.level is Level.ERROR}
    empty = tuple(
        Problem("no_rows", file, table)
        for file, table, rows in examination.rows
        if rows == 0 and file not in wrong
    )
    return CheckResult(ordered((*found, *empty)), examination.rows)
