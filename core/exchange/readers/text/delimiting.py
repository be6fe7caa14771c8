"""Rows of a text file: what separates the columns, whether quotes enclose values, and the parsing."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.errors import ImportRefusedError
from core.exchange.readers.questions import Question
from core.exchange.readers.sheet.cells import BLANKS, Kind, kind_of
from core.i18n import _

DELIMITERS = (",", "\t", ";", "|", "，", "^")
_MARKS = (",", ";", "|", "，", "^")
_LOOKED_AT = 300
_RELIABLE = 0.9
_SEP = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How a text file is written.

    Parameters
    ----------
    delimiter
        One character.
    quoted
        Whether double quotes enclose values.
    question
        What is not sure about it.
    """

    delimiter: str
    quoted: bool = True
    question: Question | None = None


@dataclass(frozen=True)
class _Judged:
    """A separator: how many rows have the usual width, that width, and how many cells are values."""

    delimiter: str
    quoted: bool
    consistent: float
    width: int
    typed: float


class Records:
    """The rows of a text, and where each ends."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self._lines = io.StringIO(text, newline="")
        self._reader = csv.reader(
            self._counted(),
            delimiter=dialect.delimiter,
            quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
            strict=dialect.quoted,
        )
        self.read = 0
        """Characters read so far: the end of the row last returned."""

    def _counted(self) -> Iterator[str]:
        for line in self._lines:
            self.read += len(line)
            yield line

    def __iter__(self) -> Iterator[list[str]]:
        return iter(self._reader)


def decide(text: str, *, given: str | None = None, whole: bool = True) -> Dialect:
    """Find separator and quoting.

    Parameters
    ----------
    text
        The beginning of the file.
    given
        The answer of a person.
    whole
        Whether it is all of the file; else its last row may be cut off.
    """
    if given is None and (found := _SEP.match(text)):
        given = found[1]
    judged = [
        each for each in (_judge(text, d, whole=whole) for d in ([given] if given else DELIMITERS)) if each
    ]
    if not judged:
        return Dialect(given or ",")
    best = max(judged, key=lambda each: (round(each.consistent, 2), each.typed, each.width))
    rivals = [
        each
        for each in judged
        if each is not best
        and each.consistent >= best.consistent - 0.02
        and abs(each.typed - best.typed) < 0.15
        and best.delimiter in DELIMITERS
    ]
    question = None
    if rivals:
        options = (best.delimiter, *(each.delimiter for each in rivals))
        question = Question("delimiter", options, best.delimiter)
    return Dialect(best.delimiter, best.quoted, question)


def parse(text: str, dialect: Dialect, file: str, *, whole: bool = True) -> list[list[str]]:
    """Return the rows of a text.

    Parameters
    ----------
    text
        The text.
    dialect
        How it is written.
    file
        Its name, for messages.
    whole
        Whether it is all of the file; else the last row, which may be cut off, is left out.

    Raises
    ------
    ImportRefusedError
        A quote isn't closed, or a cell is longer than any that was meant.
    """
    rows: list[list[str]] = []
    records = Records(text, dialect)
    try:
        rows.extend(records)
    except csv.Error as error:
        if not whole and records.read >= len(text) and "limit" not in str(error):
            return rows
        raise refused(error, len(rows) + 1, file) from error
    if not whole and rows and not text.endswith(("\n", "\r")):
        rows.pop()
    return rows


def refused(error: csv.Error, row: int, file: str) -> ImportRefusedError:
    """Return in words why a row can't be taken apart.

    Parameters
    ----------
    error
        What the parser said.
    row, file
        Where.
    """
    if "limit" in str(error):
        return ImportRefusedError(
            _(
                "A cell in row {row} of {file} has more than {most} characters.",
                row=row,
                file=file,
                most=csv.field_size_limit(),
            ),
            _("Look for a quote that isn't closed, or for a file that is no table."),
        )
    return ImportRefusedError(
        _("Row {row} of {file} has a quote that isn't closed or stands inside a value.", row=row, file=file),
        _("Correct the row, or save the file as a workbook."),
    )


def _judge(text: str, delimiter: str, *, whole: bool) -> _Judged | None:
    """Judge a separator by the rows it gives, with and without quotes."""
    if delimiter not in text:
        return None
    found = [each for quoted in (True, False) if (each := _judge_rows(text, delimiter, quoted, whole=whole))]
    if not found:
        return None
    # Without quotes only where that is clearly better: a stray inch sign swallows rows.
    best = found[0] if len(found) == 1 or found[0].consistent >= found[1].consistent else found[1]
    return (
        best if best.quoted or best.consistent >= _RELIABLE or '"' not in text else replace(best, quoted=True)
    )


def _judge_rows(text: str, delimiter: str, quoted: bool, *, whole: bool) -> _Judged | None:
    if not quoted and '"' not in text:
        return None
    rows: list[list[str]] = []
    records = Records(text, Dialect(delimiter, quoted))
    try:
        for row in records:
            rows.append(row)
            if len(rows) == _LOOKED_AT:
                break
    except csv.Error:
        if whole or records.read < len(text):
            return None
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return None
    width = max(widths, key=lambda each: (widths[each], each))
    # A value that begins or ends with a separator was cut at the wrong one.
    torn = sum(
        any(cell.strip(BLANKS)[:1] in _MARKS or cell.strip(BLANKS)[-1:] in _MARKS for cell in row)
        for row in rows
    )
    if 2 * torn > len(rows):
        return None
    cells = [kind_of(cell) for row in rows if len(row) == width for cell in row if cell]
    typed = sum(kind in (Kind.NUMBER, Kind.DATE) for kind in cells) / max(len(cells), 1)
    return _Judged(delimiter, quoted, widths[width] / len(rows), width, typed)
