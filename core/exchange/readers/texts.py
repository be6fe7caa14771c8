"""Text files: the whole of a small one, beginning and end of a large one."""

from __future__ import annotations

import codecs
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from core.errors import ImportRefusedError
from core.exchange.readers import delimiting, encodings
from core.exchange.readers.grid import Grid, grid_of
from core.exchange.readers.questions import Note, Question
from core.exchange.readers.reading import Layout, SheetReading
from core.exchange.readers.sheets import read_grid
from core.exchange.readers.vocabulary import total_word
from core.i18n import _

if TYPE_CHECKING:
    from core.exchange.readers.encodings import Encoding
    from core.exchange.readers.options import ReadOptions

_HEAD, _TAIL, _MIDDLE = 1 << 19, 1 << 17, 1 << 14
_PIECES = 16


@dataclass(frozen=True)
class _Text:
    """The rows of a text file, or of its beginning and its end.

    Parameters
    ----------
    rows
        The rows.
    starts, ends
        The bytes of every row.
    whole
        Whether they are all rows of the file.
    """

    rows: list[list[str]]
    starts: list[int]
    ends: list[int]
    whole: bool


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
    dialect = delimiting.decide(text, given=options.delimiter)
    rows, ends = delimiting.parse(text, dialect, file)
    offsets = _offsets(text, ends, encoding)
    found = _Text(rows, [encoding.mark, *offsets[:-1]], offsets, whole=True)
    notes = (Note("cut_off"),) if cut else ()
    return _read(found, path, file, options, (encoding, dialect, notes))


def sample_text(path: Path, file: str, options: ReadOptions) -> list[SheetReading]:
    """Read beginning and end of a large text file.

    Parameters
    ----------
    path, file, options
        As for :func:`read_text`.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        pieces = [head]
        for number in range(1, _PIECES):
            stream.seek(size * number // _PIECES & ~1)
            pieces.append(stream.read(_MIDDLE))
        stream.seek((size - _TAIL) & ~1)
        tail = stream.read()
    if not any(mark in head for mark in (b"\n", b"\r")):
        raise ImportRefusedError(
            _("The first line of {file} has no end within {size} bytes.", file=file, size=_HEAD),
            _("It is no table. Export it again with one row per line."),
        )
    encoding = encodings.decide([*pieces, tail], file, given=options.encoding)
    text, _cut = _decoded(head[encoding.mark :], encoding, file, whole=False)
    dialect = delimiting.decide(text, given=options.delimiter, whole=False)
    rows, ends = delimiting.parse(text, dialect, file, whole=False)
    offsets = _offsets(text, ends, encoding)
    found = _Text(rows, [encoding.mark, *offsets[:-1]], offsets, whole=False)
    found = _with_tail(found, tail, size, (encoding, dialect), file)
    return _read(found, path, file, options, (encoding, dialect, (Note("sample"),)))


def _decoded(data: bytes, encoding: Encoding, file: str, *, whole: bool) -> tuple[str, bool]:
    """Decode bytes; a character cut off at the end is left out, and told of a whole file."""
    decoder = codecs.getincrementaldecoder(encoding.name)("strict")
    try:
        text = decoder.decode(data, final=False)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise ImportRefusedError(
            _(
                "Line {line} of {file} is not encoded as {encoding}.",
                line=line,
                file=file,
                encoding=encoding.name,
            ),
            _("Choose another encoding, or save the file as “CSV UTF-8”."),
        ) from error
    if "\x00" in text:
        raise ImportRefusedError(
            _(
                "The file {file} has a NUL byte in line {line}.",
                file=file,
                line=text[: text.index("\x00")].count("\n") + 1,
            ),
            _("It is no plain text, or it is damaged. Export it again as “CSV UTF-8”."),
        )
    return text, whole and bool(decoder.getstate()[0])


def _offsets(text: str, ends: list[int], encoding: Encoding) -> list[int]:
    """Return where rows end in bytes, from where they end in characters."""
    found, at, before = [], encoding.mark, 0
    name = "utf-8" if encoding.name == "utf-8-sig" else encoding.name
    for end in ends:
        piece = text[before:end]
        at += len(piece) if piece.isascii() and not name.startswith("utf-") else len(piece.encode(name))
        found.append(at)
        before = end
    return found


def _with_tail(
    head: _Text, tail: bytes, size: int, form: tuple[Encoding, delimiting.Dialect], file: str
) -> _Text:
    """Add the rows at the end of the file: totals and footnotes stand there."""
    encoding, dialect = form
    newline = "\n".encode("utf-8" if encoding.name == "utf-8-sig" else encoding.name)
    first = tail.find(newline)
    while first >= 0 and first % len(newline):
        first = tail.find(newline, first + 1)
    if first < 0:
        return head
    tail = tail[first + len(newline) :]
    text, _cut = _decoded(tail, encoding, file, whole=False)
    try:
        rows, ends = delimiting.parse(text, dialect, file)
    except ImportRefusedError:
        # The piece may begin inside quotes; the bulk path reads the rows in full and will tell.
        return head
    base = size - len(tail)
    offsets = [base + at - encoding.mark for at in _offsets(text, ends, encoding)]
    starts = [base, *offsets[:-1]]
    return _Text(head.rows + rows, head.starts + starts, head.ends + offsets, whole=False)


def _read(
    found: _Text,
    path: Path | None,
    file: str,
    options: ReadOptions,
    form: tuple[Encoding, delimiting.Dialect, tuple[Note, ...]],
) -> list[SheetReading]:
    encoding, dialect, notes = form
    stem = Path(file).stem
    grid = grid_of(found.rows)
    if found.rows and len(found.rows[0]) and str(found.rows[0][0]).lower().startswith("sep="):
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
    first = sheets[0]
    layout = _layout(found, grid, first, (encoding, dialect), path)
    if questions or len(sheets) > 1:
        layout = replace(layout, streams=False)
    first = replace(
        first,
        layout=layout if first.is_table else None,
        complete=found.whole,
        questions=(*questions, *first.questions),
        notes=(*notes, *first.notes),
        set_aside=first.set_aside
        if found.whole
        else tuple(replace(s, comparisons=()) for s in first.set_aside),
    )
    return [first, *(replace(sheet, complete=found.whole) for sheet in sheets[1:])]


def _layout(
    found: _Text,
    grid: Grid,
    sheet: SheetReading,
    form: tuple[Encoding, delimiting.Dialect],
    path: Path | None,
) -> Layout:
    """Say how the bulk path reads the file."""
    encoding, dialect = form
    width = grid.cells.shape[1]
    kept = sheet.row_numbers
    changed = any(note.code in {"long", "filled_down"} for note in sheet.notes)
    first = int(kept.min()) if len(kept) else 1
    last = int(kept.max()) if len(kept) else 0
    plain = len(sheet.table.columns) == width and not changed
    return Layout(
        path,
        encoding.name,
        dialect.delimiter,
        dialect.quoted,
        tuple(map(str, sheet.table.columns)),
        first,
        found.starts[first - 1] if last else 0,
        found.ends[last - 1] if last else 0,
        _dropped(grid, kept, first, last),
        streams=plain and not sheet.questions and sheet.is_table and _bare(grid, sheet),
    )


def _bare(grid: Grid, sheet: SheetReading) -> bool:
    """Tell whether all columns of the file are columns of the table."""
    return len(sheet.table.columns) == int(grid.cells.shape[1])


def _dropped(grid: Grid, kept: np.ndarray, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """Return the texts by which the rows inside the table that are no data can be told."""
    inside = np.setdiff1d(np.arange(first, last + 1), kept)
    texts: dict[int, set[str]] = {}
    for number in inside:
        row = grid.cells[number - 1]
        words = [(c, v) for c, v in enumerate(row) if isinstance(v, str)]
        found = next(((c, v) for c, v in words if total_word(v)), words[0] if words else None)
        if found:
            texts.setdefault(found[0], set()).add(found[1])
    return {column: tuple(sorted(found)) for column, found in texts.items()}
