"""A large text file piece by piece, each ending with a line, and the rows of a piece."""

from __future__ import annotations

import codecs
import csv
import io
import re
from itertools import chain
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from core.errors import ImportRefusedError
from core.exchange.readers.text.delimiting import refused
from core.exchange.readers.text.encodings import nul_byte, wrong_line
from core.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from core.exchange.readers.reading import Layout

_BLOCK = 1 << 23
_LINE = re.compile(r"[^\r\n]*")
_LONGEST = 1 << 24
"""Characters of a line; more are no line of a table."""
_WIDEST = 1 << 14
"""Columns of a workbook; a line of more is taken apart row by row."""


def pieces(layout: Layout, file: str, step: Callable[[float], None]) -> Iterator[str]:
    """Return a text file piece by piece; memory doesn't grow with it.

    Parameters
    ----------
    layout
        How the file is written.
    file
        Its name, for messages.
    step
        Called with the share that is done; whatever it raises stops the work.

    Raises
    ------
    ImportRefusedError
        A line isn't in the encoding of the layout, has a NUL byte, or no end.
    """
    assert layout.path is not None
    decoder = codecs.getincrementaldecoder(layout.encoding)("strict")
    size = layout.path.stat().st_size
    lines, carried = 0, ""
    with layout.path.open("rb") as source:
        source.seek(layout.mark)
        while True:
            block = source.read(_BLOCK)
            try:
                text = decoder.decode(block, final=False)
            except UnicodeDecodeError as error:
                line = lines + block[: error.start].count(b"\n") + 1
                raise wrong_line(line, file, layout.encoding) from error
            if "\x00" in text:
                raise nul_byte(lines + text[: text.index("\x00")].count("\n") + 1, file)
            lines += text.count("\n")
            text = carried + text
            # What stands behind the last line end goes on in the next block.
            end = (text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1) if block else len(text)
            carried = text[end:]
            if len(carried) > _LONGEST:
                raise _endless(lines + 1, file)
            yield text[:end]
            if not block:
                return
            step(source.tell() / size)


def is_unquoted(layout: Layout) -> bool:
    """Tell whether a line of the file is a row: no quote may hide a line end or a separator."""
    assert layout.path is not None
    if not layout.delimiter.isascii():
        return False
    with layout.path.open("rb") as source:
        return not layout.quoted or not any(b'"' in block for block in iter(lambda: source.read(_BLOCK), b""))


def rows_of(texts: Iterable[str], layout: Layout, file: str, start: int = 1) -> Iterator[list[str]]:
    """Return the rows of pieces of a text file.

    Parameters
    ----------
    texts
        The pieces, one after the other.
    layout
        How the file is written.
    file, start
        Its name, and the number of the first row, for messages.

    Raises
    ------
    ImportRefusedError
        A quote isn't closed, or a cell is longer than any that was meant.
    """
    lines = chain.from_iterable(io.StringIO(text, newline="") for text in texts)
    reader = csv.reader(
        lines,
        delimiter=layout.delimiter,
        quoting=csv.QUOTE_MINIMAL if layout.quoted else csv.QUOTE_NONE,
        strict=layout.quoted,
    )
    row = start - 1
    try:
        for row, cells in enumerate(reader, start):  # noqa: B007 - which row is told when the next is wrong
            yield cells
    except csv.Error as error:
        raise refused(error, row + 1, file) from error


def table_of(text: str, delimiter: str) -> pa.Table | None:
    """Return lines without quotes as columns of different cells, several times faster than row by row.

    Parameters
    ----------
    text
        The lines.
    delimiter
        One character.

    Returns
    -------
    pyarrow.Table or None
        Dictionary columns, an empty line as empty cells; None where lines have not all as many cells, or
        one is longer than any that was meant: these are taken apart row by row.
    """
    first = _LINE.match(text)
    width = first[0].count(delimiter) + 1 if first else 1
    if width > _WIDEST:
        return None
    names = [str(at) for at in range(width)]
    data = text.encode()
    kind = pa.dictionary(pa.int32(), pa.string())
    try:
        table = arrow_csv.read_csv(
            pa.py_buffer(data),
            arrow_csv.ReadOptions(column_names=names, block_size=len(data) + 1),
            arrow_csv.ParseOptions(delimiter=delimiter, quote_char=False, ignore_empty_lines=False),
            arrow_csv.ConvertOptions(check_utf8=False, column_types=dict.fromkeys(names, kind)),
        )
    except pa.ArrowInvalid:
        return None
    longest = (pc.max(pc.utf8_length(column.combine_chunks().dictionary)).as_py() for column in table.columns)
    return table if all((length or 0) <= csv.field_size_limit() for length in longest) else None


def _endless(line: int, file: str) -> ImportRefusedError:
    return ImportRefusedError(
        _("Line {line} of {file} has more than {most} characters.", line=line, file=file, most=_LONGEST),
        _("It is no table. Export it again with one row per line."),
    )
