"""Text files: the whole of a small one, beginning and end of a large one."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import ImportRefusedError
from core.exchange.readers.limits import LIMITS
from core.exchange.readers.questions import Note, Question
from core.exchange.readers.reading import Layout, SheetReading
from core.exchange.readers.sheet.cells import BLANKS
from core.exchange.readers.sheet.grid import grid_of
from core.exchange.readers.sheet.sheet import read_grid
from core.exchange.readers.text import delimiting, encodings
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.readers.options import ReadOptions
    from core.exchange.readers.text.encodings import Encoding

_HEAD, _TAIL, _MIDDLE = 1 << 19, 1 << 17, 1 << 14
_PIECES = 16
_NOTHING = ' \t\r\n,;|"\ufeff'
_WIDEST = 1 << 14
"""Columns of a workbook."""
_PARTED = re.compile(r"[-¥￥]?\d{1,3},\d{3}(?:\.\d+)?")


def read_text(data: bytes, path: Path | None, file: str, options: ReadOptions) -> list[SheetReading]:
    """Read a text file that is small enough to hold.

    Parameters
    ----------
    data
        The bytes of the file.
    path
        Where it is, for the layout; None when it is not on disk.
    file
        Its name.
    options
        Answers of a person.
    """
    encoding = encodings.decide([data], file, given=options.encoding)
    text, cut = _decoded(data[encoding.mark :], encoding, file, whole=True)
    _refuse_hollow(text, file)
    dialect = delimiting.decide(text, given=options.delimiter)
    rows = delimiting.parse(text, dialect, file)
    notes = (Note("cut_off"),) if cut else ()
    layout = Layout(path, _codec(encoding), encoding.mark, dialect.delimiter, dialect.quoted)
    return _read(rows, layout, file, options, (encoding, dialect, notes))


def sample_text(path: Path, file: str, options: ReadOptions) -> list[SheetReading]:
    """Read beginning and end of a large text file.

    Parameters
    ----------
    path, file, options
        As for :func:`read_text`.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(min(_HEAD, size // 2))
        pieces = [head]
        for number in range(1, _PIECES):
            stream.seek(size * number // _PIECES & ~1)
            pieces.append(stream.read(_MIDDLE))
        stream.seek((size - min(_TAIL, size // 4)) & ~1)
        tail = stream.read()
    if not any(mark in head for mark in (b"\n", b"\r")):
        raise ImportRefusedError(
            _("The first line of {file} has no end within {size} bytes.", file=file, size=_HEAD),
            _("It is no table. Export it again with one row per line."),
        )
    encoding = encodings.decide([*pieces, tail], file, given=options.encoding)
    text, _open = _decoded(head[encoding.mark :], encoding, file, whole=False)
    dialect = delimiting.decide(text, given=options.delimiter, whole=False)
    rows = delimiting.parse(text, dialect, file, whole=False)
    below, cut = _tail(tail, (encoding, dialect), file)
    rows += below
    layout = Layout(path, _codec(encoding), encoding.mark, dialect.delimiter, dialect.quoted)
    notes = (Note("sample"), *((Note("cut_off"),) if cut else ()))
    found = _read(rows, layout, file, options, (encoding, dialect, notes))
    return [_sampled(sheet) for sheet in found]


def _refuse_hollow(text: str, file: str) -> None:
    """Refuse nothing but blanks and separators, and a header of very many cells, before they become cells."""
    if not text.strip(_NOTHING):
        raise ImportRefusedError(
            _("No table was found in {file}.", file=file), _("A header and a row are the least.")
        )
    first = text[:_HEAD].split("\n", 1)[0].rstrip(_NOTHING)
    if (width := max(map(first.count, ",;\t|")) + 1) > _WIDEST:
        # Which of the separators it is takes longer to find out the more there are.
        raise _too_wide(1, width, file)


def _too_wide(row: int, width: int, file: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("Row {row} of {file} has {columns} columns.", row=row, file=file, columns=width),
        _("All rows together would have too many cells. Correct the row, or split the file."),
    )


def _sampled(sheet: SheetReading) -> SheetReading:
    """Leave out of a sample what only all rows can tell: which rows are sums, and how many lack a name."""
    asked = tuple(question for question in sheet.questions if question.code not in ("totals", "fill_down"))
    return replace(sheet, complete=False, set_aside=(), over=frozenset(), questions=asked)


def _decoded(data: bytes, encoding: Encoding, file: str, *, whole: bool) -> tuple[str, bool]:
    """Decode bytes; a character cut off at the end is left out, and told of a whole file."""
    decoder = codecs.getincrementaldecoder(encoding.name)("strict")
    try:
        text = decoder.decode(data, final=False)
    except UnicodeDecodeError as error:
        raise encodings.wrong_line(data[: error.start].count(b"\n") + 1, file, encoding.name) from error
    if "\x00" in text:
        raise encodings.nul_byte(text[: text.index("\x00")].count("\n") + 1, file)
    return text, whole and bool(decoder.getstate()[0])


def _codec(encoding: Encoding) -> str:
    """Return the name of an encoding behind its mark."""
    return "utf-8" if encoding.name == "utf-8-sig" else encoding.name


def _tail(tail: bytes, form: tuple[Encoding, delimiting.Dialect], file: str) -> tuple[list[list[str]], bool]:
    """Return the rows at the end of the file, where totals and footnotes stand, and whether it is cut off."""
    encoding, dialect = form
    newline = "\n".encode(_codec(encoding))
    first = tail.find(newline)
    while first >= 0 and first % len(newline):
        first = tail.find(newline, first + 1)
    if first < 0:
        return [], False
    text, cut = _decoded(tail[first + len(newline) :], encoding, file, whole=True)
    try:
        return delimiting.parse(text, dialect, file), cut
    except ImportRefusedError:
        # The piece may begin inside quotes; reading all rows will tell.
        return [], cut


def _of_one_width(rows: list[list[str]], file: str) -> list[list[str]]:
    """Return rows whose rectangle can be held: a line of nothing but separators makes none wider.

    Raises
    ------
    ImportRefusedError
        A row is so long that the others, filled up to it, can't be held.
    """
    width = max(map(len, rows), default=0)
    if len(rows) * width <= LIMITS.cells and width <= _WIDEST:
        return rows
    rows = [row[: next((at for at in range(len(row), 0, -1) if row[at - 1].strip()), 0)] for row in rows]
    width = max(map(len, rows))
    if len(rows) * width > LIMITS.cells or width > _WIDEST:
        raise _too_wide(next(number for number, row in enumerate(rows, 1) if len(row) == width), width, file)
    return rows


def _read(
    rows: list[list[str]],
    layout: Layout,
    file: str,
    options: ReadOptions,
    form: tuple[Encoding, delimiting.Dialect, tuple[Note, ...]],
) -> list[SheetReading]:
    encoding, dialect, notes = form
    stem = Path(file).stem
    grid = grid_of(_of_one_width(rows, file))
    if rows and len(rows[0]) and str(rows[0][0]).lower().startswith("sep="):
        grid.cells[0] = None
    questions = tuple(
        replace(each, sheet="")
        for each, answer in (
            (encoding.question, options.encoding),
            (dialect.question, options.delimiter),
        )
        if isinstance(each, Question) and answer is None
    )
    if encoding.name not in ("utf-8", "utf-8-sig"):
        notes = (*notes, Note("encoding", {"encoding": encoding.name}))
    sheets = read_grid(grid, file, stem, options)
    over = _over(rows, sheets[0])
    if over:
        # What stands behind the header's last column makes no column of its own.
        grid = grid_of([row[: over[n]] if n in over else row for n, row in enumerate(rows, 1)])
        sheets = read_grid(grid, file, stem, options)
    first = replace(
        sheets[0],
        over=frozenset(over),
        layout=layout if sheets[0].is_table else None,
        questions=(*questions, *sheets[0].questions),
        notes=(*notes, *sheets[0].notes),
    )
    return [first, *sheets[1:]]


def _over(rows: list[list[str]], sheet: SheetReading) -> dict[int, int]:
    """Return the rows with more cells than the header, and how many it has.

    Where most have more there is a column without a name, unless commas between thousands part numbers.
    """
    if not sheet.header_rows or not sheet.positions:
        return {}
    width = max(len(rows[number - 1]) for number in sheet.header_rows)
    own = [int(number) for number in sheet.row_numbers]
    found = [n for n in own if any(cell.strip(BLANKS) for cell in rows[n - 1][width:])]
    few = len(found) * 2 < len(own)
    return dict.fromkeys(found, width) if few or all(_is_parted(rows[n - 1]) for n in found) else {}


def _is_parted(row: list[str]) -> bool:
    """Tell whether two cells of a row may be one number whose thousands a comma sets apart: 1,052."""
    return any(map(_PARTED.fullmatch, (f"{left.strip()},{right.strip()}" for left, right in pairwise(row))))
