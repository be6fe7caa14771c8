"""What was understood of a kind of file, kept as a small text file and found again next month."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomli_w

from core.errors import InputError, nearest
from core.exchange.columns.units import UNITS
from core.exchange.headers import fold
from core.i18n import _
from core.tables import BY_NAME

VERSION = 1
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
        Code of its unit, see :data:`core.exchange.columns.units.UNITS`.
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
    """

    table: str
    columns: tuple[MappedColumn, ...]
    reading: Pairs[str, Any] = field(default_factory=dict)
    constants: Pairs[str, str] = field(default_factory=dict)
    names: Pairs[str, Pairs[str, str]] = field(default_factory=dict)
    mode: str = "upsert"

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
