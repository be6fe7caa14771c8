"""The last check before loading: the validators of the store on every row, good rows told from bad ones."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from core.exchange.flow.flaws import Flaw
from core.exchange.flow.plausibility import oddities
from core.exchange.importing import ImportOptions, check_files
from core.exchange.sources import Opened
from core.store.checks import every_row
from core.store.problems import Level, Problem
from core.store.raw import Mode, RawTable
from core.tables import BY_NAME

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from core.exchange.flow.files import FileFlow
    from core.exchange.flow.knowledge import Known
    from core.exchange.flow.understanding import SheetFlow
    from core.store.watch import Watch

ROW = "_row"


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
    """

    sheet: SheetFlow
    flaws: tuple[Flaw, ...]
    bad: frozenset[int]

    @property
    def good(self) -> int:
        """How many rows can be loaded."""
        return len(self.sheet.reading.table) - len(self.bad)


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
        return tuple(f for f in self.flaws if f.level is Level.ERROR and not f.positions)

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
    such a row is an error as well.

    Parameters
    ----------
    flow
        The file; while questions are open, the rows they concern count as bad.
    known
        What the store knows.
    watch
        Progress and cancellation.
    """
    sheets = [sheet for sheet in flow.sheets if sheet.values is not None]
    flaws = {sheet.name: list(sheet.flaws) for sheet in sheets}
    bad = {sheet.name: _positions(sheet.flaws) for sheet in sheets}
    options = ImportOptions(mode=_mode(sheets))
    while True:
        raws = {label(flow.path, s): s for s in sheets if len(s.reading.table) > len(bad[s.name])}
        opened = Opened(tuple(_raw(sheet, name, bad[sheet.name]) for name, sheet in raws.items()))
        if not raws:
            break
        with every_row():
            check = check_files(known.store, opened, options, watch)
        found = [_flaw(problem, raws) for problem in check.problems]
        errors = [flaw for flaw in found if flaw.level is Level.ERROR]
        fresh = False
        for flaw in errors:
            flaws[flaw.sheet].append(flaw)
            fresh = fresh or not set(flaw.positions) <= bad[flaw.sheet]
            bad[flaw.sheet] |= set(flaw.positions)
        if not fresh:
            for flaw in found:
                if flaw not in errors:
                    flaws[flaw.sheet].append(flaw)
            break
    done = []
    for sheet in sheets:
        odd = oddities(sheet, bad[sheet.name], known)
        done.append(PreparedSheet(sheet, (*flaws[sheet.name], *odd), frozenset(bad[sheet.name])))
    return Prepared(flow, tuple(done))


def _mode(sheets: Sequence[SheetFlow]) -> Mode:
    modes = {sheet.mapping.mode for sheet in sheets if sheet.mapping}
    return Mode(modes.pop()) if len(modes) == 1 else Mode.UPSERT


def _positions(flaws: Sequence[Flaw]) -> set[int]:
    return {at for flaw in flaws if flaw.level is Level.ERROR for at in flaw.positions}


def _raw(sheet: SheetFlow, name: str, bad: set[int]) -> RawTable:
    return raw_table(sheet, name, bad, list(range(len(sheet.reading.table))))


def raw_table(
    sheet: SheetFlow, name: str, bad: set[int] | frozenset[int], numbers: Sequence[int]
) -> RawTable:
    """Return the good rows of a sheet for the door of the store.

    Parameters
    ----------
    sheet
        What was understood of it.
    name
        What findings call it.
    bad
        Positions of the rows that stay out.
    numbers
        What stands for the number of each row.
    """
    values = sheet.values
    assert values is not None
    kept = [at for at in range(len(values)) if at not in bad]
    data = {str(c): pa.array(_texts(values[c].iloc[kept]), pa.string()) for c in values}
    data[ROW] = pa.array([numbers[at] for at in kept], pa.int64())
    columns = {str(column): str(column) for column in values}
    return RawTable(BY_NAME[sheet.table or ""], name, columns, data=pa.table(data), row_column=ROW)


def _texts(values: pd.Series) -> list[str | None]:
    return [text_of(value) for value in values.tolist()]


def text_of(value: Any) -> str | None:  # noqa: ANN401 - what a cell may hold
    """Return a value as the canonical files write it, None for a missing one."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _flaw(problem: Problem, raws: Mapping[str, SheetFlow]) -> Flaw:
    sheet = raws[problem.file]
    value = problem.value if problem.value is not None else ""
    return Flaw(sheet.name, problem.table, problem.column or "", value, problem.rows, problem)
