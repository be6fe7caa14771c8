"""The last check before loading: the validators of the store on every row, good rows told from bad ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.exchange.canonical.importing import ImportOptions, check_files
from core.exchange.canonical.sources import Opened
from core.exchange.flow.check.plausibility import oddities
from core.exchange.flow.issues import Flaw
from core.exchange.flow.large.sheet import MOST_ASIDE, excerpt, read_large, too_many
from core.exchange.flow.rows.row_table import POSITION, HeldRows
from core.exchange.flow.sheets.together import explained
from core.store.loading.column_checks import every_row
from core.store.loading.problems import Level, Problem
from core.store.loading.source_table import Mode
from core.store.progress import Watch

if TYPE_CHECKING:
    from pathlib import Path

    from core.exchange.flow.files import FileFlow
    from core.exchange.flow.knowledge import Known
    from core.exchange.flow.rows.row_table import Rows
    from core.exchange.flow.sheets.sheet_flow import SheetFlow
    from core.store.loading.source_table import RawTable


@dataclass(frozen=True)
class PreparedSheet:
    """A sheet after the check.

    Parameters
    ----------
    sheet
        What was understood of it.
    flaws
        Everything wrong or odd.
    bad
        Positions of the rows that can't be loaded.
    rows
        All its rows.
    """

    sheet: SheetFlow
    flaws: tuple[Flaw, ...]
    bad: frozenset[int]
    rows: Rows

    @property
    def good(self) -> int:
        """How many rows can be loaded."""
        return len(self.rows) - len(self.bad) - len(self.sheet.left_out)


@dataclass(frozen=True)
class Prepared:
    """A file after the check.

    Parameters
    ----------
    flow
        What was understood of it.
    sheets
        Its sheets.
    """

    flow: FileFlow
    sheets: tuple[PreparedSheet, ...]

    @property
    def flaws(self) -> tuple[Flaw, ...]:
        """Everything wrong or odd."""
        return tuple(flaw for sheet in self.sheets for flaw in sheet.flaws)

    @property
    def refusals(self) -> tuple[Flaw, ...]:
        """Errors of whole sheets: with one nothing of the file can be loaded."""
        return tuple(f for f in self.flaws if f.level is Level.ERROR and not f.rows)

    @property
    def good(self) -> int:
        """How many rows can be loaded."""
        return sum(sheet.good for sheet in self.sheets)

    @property
    def bad(self) -> int:
        """How many rows would be set aside."""
        return sum(len(sheet.bad) for sheet in self.sheets)

    @property
    def mode(self) -> Mode:
        """How the rows go in."""
        modes = {s.sheet.mapping.mode for s in self.sheets if s.sheet.mapping}
        return Mode(modes.pop()) if len(modes) == 1 else Mode.UPSERT

    @property
    def ready(self) -> bool:
        """Whether the file can be loaded."""
        return not (self.flow.questions or self.refusals) and bool(self.good or self.bad)


def label(path: Path, sheet: SheetFlow) -> str:
    """Return what findings and batches call a sheet."""
    return path.name if sheet.name == path.stem else f"{path.name} [{sheet.name}]"


def prepare(flow: FileFlow, known: Known, watch: Watch | None = None) -> Prepared:
    """Check what was understood of a file against the store; write nothing.

    A row with an error is taken out and the rest checked again, until no error is left: what pointed to
    such a row is an error as well. Of a large text file all rows are read here; what only shows further
    down is then a question of the flow returned.

    Parameters
    ----------
    flow
        The file; while questions are open, the rows they concern count as bad.
    known
        What the store knows.
    watch
        Progress and cancellation.
    """
    watch = watch or Watch()
    large = next((sheet for sheet in flow.sheets if not sheet.reading.complete), None)
    if large is not None:
        return _prepare_large(flow, large, known, watch)
    sheets = [sheet for sheet in flow.sheets if sheet.values is not None]
    rows = {sheet.name: HeldRows(sheet) for sheet in sheets}
    checked = _Check(flow, sheets, rows, known)
    checked.run(watch)
    return Prepared(flow, tuple(PreparedSheet(*checked.result(sheet), rows[sheet.name]) for sheet in sheets))


def _prepare_large(flow: FileFlow, sheet: SheetFlow, known: Known, watch: Watch) -> Prepared:
    """Read, and check, all rows of a large text file."""
    if flow.questions or sheet.mapping is None:
        return Prepared(flow, ())
    read = read_large(sheet, flow.options, known, watch.part(0.0, 0.6), before=flow.whole)
    flow = replace(flow, sheets=(read.sheet,), whole=read.whole)
    if read.rows is None:
        return Prepared(flow, ())
    checked = _Check(flow, [read.sheet], {sheet.name: read.rows}, known, MOST_ASIDE)
    checked.run(watch.part(0.6, 1.0))
    own, flaws, bad = checked.result(read.sheet)
    own, flaws, bad, rows = excerpt(own, flaws, bad, read.rows)
    return Prepared(replace(flow, sheets=(own,)), (PreparedSheet(own, flaws, bad, rows),))


class _Check:
    """The check of all sheets of a file together.

    Parameters
    ----------
    flow
        The file.
    sheets, rows
        Its sheets, and the rows of each.
    known
        What the store knows.
    most
        With more bad rows the check ends; None for any number.
    """

    def __init__(
        self,
        flow: FileFlow,
        sheets: Sequence[SheetFlow],
        rows: Mapping[str, Rows],
        known: Known,
        most: int | None = None,
    ) -> None:
        self._flow, self._sheets, self._rows, self._known, self._most = flow, sheets, rows, known, most
        self._flaws = {sheet.name: list(sheet.flaws) for sheet in sheets}
        self._bad = {
            s.name: set(rows[s.name].with_their_like(_positions(s.flaws) - s.left_out)) for s in sheets
        }

    def run(self, watch: Watch) -> None:
        """Take out the rows with errors, again and again until none is left."""
        options = ImportOptions(mode=_mode(self._sheets))
        fresh = True
        while fresh and not self._full():
            raws = {
                label(self._flow.path, s): s
                for s in self._sheets
                if len(self._rows[s.name]) > len(self._bad[s.name]) + len(s.left_out)
            }
            opened = Opened(tuple(self._raw(sheet, name) for name, sheet in raws.items()))
            if not raws:
                break
            with every_row(None if self._most is None else self._most + 1):
                check = check_files(self._known.store, opened, options, watch)
            found = [_flaw(problem, raws) for problem in check.problems]
            fresh = self._take_out([flaw for flaw in found if flaw.level is Level.ERROR])
            if not fresh:
                for flaw in found:
                    if flaw.level is not Level.ERROR:
                        self._flaws[flaw.sheet].append(flaw)
        self._add_oddities()

    def _take_out(self, errors: Sequence[Flaw]) -> bool:
        """Take out the rows of errors; tell whether any of them was still in."""
        fresh = False
        for flaw in errors:
            self._flaws[flaw.sheet].append(flaw)
            rows = self._rows[flaw.sheet].with_their_like(flaw.positions)
            fresh = fresh or not rows <= self._bad[flaw.sheet]
            self._bad[flaw.sheet] |= rows
        return fresh

    def _full(self) -> bool:
        """Tell whether more rows are bad than may be set aside, and say so."""
        for sheet in self._sheets if self._most is not None else ():
            rows = max(len(self._bad[sheet.name]), *(f.rows for f in self._errors(sheet)), 0)
            if rows > (self._most or 0):
                self._flaws[sheet.name].append(too_many(sheet))
                return True
        return False

    def _errors(self, sheet: SheetFlow) -> list[Flaw]:
        return [flaw for flaw in self._flaws[sheet.name] if flaw.level is Level.ERROR]

    def _raw(self, sheet: SheetFlow, name: str) -> RawTable:
        return self._rows[sheet.name].raw(name, self._bad[sheet.name], POSITION)

    def _add_oddities(self) -> None:
        for sheet in self._sheets:
            rows = self._rows[sheet.name]
            if len(rows) > len(self._bad[sheet.name]) + len(sheet.left_out) and not any(
                not f.rows for f in self._errors(sheet)
            ):
                raw = self._raw(sheet, sheet.name)
                self._flaws[sheet.name] += oddities(sheet.name, raw, rows.number, self._known.store)

    def result(self, sheet: SheetFlow) -> tuple[SheetFlow, tuple[Flaw, ...], frozenset[int]]:
        """Return a sheet, what was found about it, and the positions of its bad rows."""
        flaws = explained(self._flaws[sheet.name], self._sheets, self._bad)
        return sheet, flaws, frozenset(self._bad[sheet.name])


def _mode(sheets: Sequence[SheetFlow]) -> Mode:
    modes = {sheet.mapping.mode for sheet in sheets if sheet.mapping}
    return Mode(modes.pop()) if len(modes) == 1 else Mode.UPSERT


def _positions(flaws: Sequence[Flaw]) -> set[int]:
    return {at for flaw in flaws if flaw.level is Level.ERROR for at in flaw.positions}


def _flaw(problem: Problem, raws: Mapping[str, SheetFlow]) -> Flaw:
    sheet = raws[problem.file]
    value = problem.value if problem.value is not None else ""
    column = problem.column or ""
    return Flaw(sheet.name, problem.table, column, value, problem.rows, problem, _count(problem))


def _count(problem: Problem) -> int:
    """Return how many rows a problem has; one of the file as a whole has none."""
    return problem.occurrences if problem.rows or problem.context.get("rest") else 0
