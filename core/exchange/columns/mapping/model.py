"""What was understood of a kind of file, and by which headers it is known again next month."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.errors import InputError, nearest
from core.exchange.canonical.headers import fold
from core.exchange.columns.parsing.units import UNITS
from core.i18n import _
from core.tables import BY_NAME

_MONTH = re.compile(r"(?:(?:19|20)\d\d[年./-]?)?(?:1[0-2]|0?[1-9])月(?:份)?|(?:19|20)\d\d(?:年度?)?")


@dataclass(frozen=True)
class MappedColumn:
    """What one column of a kind of file holds.

    Parameters
    ----------
    header
        Its header.
    target
        The column of the store; None when it stays out.
    unit
        Code of its unit, see :data:`core.exchange.columns.parsing.units.UNITS`.
    resolve
        The table whose names stand here where the store wants an ID.
    within
        Headers of the columns that say where the region lies, widest first.
    decisions
        Code of a question -> the answer.
    """

    header: str
    target: str | None = None
    unit: str | None = None
    resolve: str | None = None
    within: tuple[str, ...] = ()
    decisions: Pairs[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.unit is not None and self.unit not in UNITS:
            raise InputError(
                _("The unit “{unit}” is unknown.", unit=self.unit),
                _("Nearest: {nearest}.", nearest=nearest(self.unit, UNITS) or "–"),
            )


@dataclass(frozen=True)
class OpenQuestion:
    """A question that was open when a mapping was written; while it has no answer nothing is imported.

    Parameters
    ----------
    code, column
        What is asked, and about what.
    text
        The question as it was put, for the reader of the file.
    choices
        Possible answers; empty where any text is one.
    answer
        One of them; empty while nobody answered.
    """

    code: str
    column: str
    text: str = ""
    choices: tuple[str, ...] = ()
    answer: str = ""

    def __post_init__(self) -> None:
        if self.answer and len(self.choices) > 1 and self.answer not in self.choices:
            raise InputError(
                _("“{value}” is no answer to “{question}”.", value=self.answer, question=self.text),
                _("Allowed are {allowed}.", allowed=", ".join(self.choices)),
            )


@dataclass(frozen=True)
class Mapping:
    """How files of one shape are read.

    Parameters
    ----------
    table
        The table of the store.
    columns
        In the order of the sheet.
    reading
        Options of the reader (sheet, header row, encoding ...): text, numbers, truth, lists of them.
    constants
        Column of the store -> one value for all rows.
    names
        Table -> name in the file -> ID the user confirmed.
    mode
        ``upsert``, ``replace`` or ``append``.
    decisions
        Code of a question about the sheet as a whole -> the answer: ``identifier``, ``swapped``.
    questions
        What was open when the mapping was written, with the answers of its reader.
    """

    table: str
    columns: tuple[MappedColumn, ...]
    reading: Pairs[str, Any] = field(default_factory=dict)
    constants: Pairs[str, str] = field(default_factory=dict)
    names: Pairs[str, Pairs[str, str]] = field(default_factory=dict)
    mode: str = "upsert"
    decisions: Pairs[str, str] = field(default_factory=dict)
    questions: tuple[OpenQuestion, ...] = ()

    def __post_init__(self) -> None:
        if self.table not in BY_NAME:
            raise InputError(
                _("There is no table “{name}”.", name=self.table),
                _("Nearest: {nearest}.", nearest=nearest(self.table, BY_NAME) or "–"),
            )
        known = [column.name for column in BY_NAME[self.table].columns]
        targets = [column.target for column in self.columns if column.target is not None]
        for name in (*targets, *self.constants):
            if name not in known:
                raise InputError(
                    _("The table {table} has no column “{name}”.", table=self.table, name=name),
                    _("Nearest: {nearest}.", nearest=nearest(name, known) or "–"),
                )
        twice = next((name for name in targets if targets.count(name) > 1), None)
        if twice:
            raise InputError(
                _("Two columns of the file fill “{name}”.", name=twice), _("Leave one of them out.")
            )

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers the mapping was made for."""
        return tuple(column.header for column in self.columns)

    @property
    def fingerprint(self) -> str:
        """The shape of the files it is for."""
        return fingerprint(self.headers)

    @property
    def open(self) -> frozenset[tuple[str, str]]:
        """Code and column of the questions that were open when the mapping was written."""
        return frozenset((question.code, question.column) for question in self.questions)

    def source(self, target: str) -> MappedColumn | None:
        """Return the column that fills a column of the store."""
        return next((column for column in self.columns if column.target == target), None)


def shape(header: str) -> str:
    """Return what stays of a header from month to month: no case, blanks, widths, year and month."""
    return _MONTH.sub("#", fold(header))


def fingerprint(headers: Sequence[str]) -> str:
    """Return the fingerprint of a file shape; the order of the columns doesn't matter.

    Months that stand side by side count once: next month has one more of them.
    """
    text = "\n".join(sorted({shape(header) for header in headers if header.strip()}))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Changes:
    """How the headers of a file differ from those a mapping was made for."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything differs."""
        return bool(self.added or self.removed)

    @property
    def words(self) -> str:
        """What changed, in the current language."""
        parts = []
        if self.added:
            parts.append(_("New columns: {names}.", names=_(", ").join(self.added)))
        if self.removed:
            parts.append(_("Columns that are gone: {names}.", names=_(", ").join(self.removed)))
        return " ".join(parts)


@dataclass(frozen=True)
class SavedMapping:
    """A saved mapping for a file, and how the file has changed since."""

    mapping: Mapping
    path: Path
    changes: Changes = Changes()


def changes(mapping: Mapping, headers: Sequence[str]) -> Changes:
    """Return how headers differ from those of a mapping; months and years don't count."""
    old = {shape(header): header for header in mapping.headers if header.strip()}
    new = {shape(header): header for header in headers if header.strip()}
    return Changes(
        tuple(header for key, header in new.items() if key not in old),
        tuple(header for key, header in old.items() if key not in new),
    )
