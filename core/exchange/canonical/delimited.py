"""Headers of CSV files and what their bytes tell; their rows are read by the store."""

from __future__ import annotations

import codecs
import csv
import io
from typing import TYPE_CHECKING

import numpy as np

from core.errors import ImportRefusedError
from core.exchange.readers.limits import LIMITS
from core.i18n import _
from core.store.loading.casts import RARE_BLANKS
from core.visible_text import may_hide

if TYPE_CHECKING:
    from pathlib import Path

_DELIMITERS = ",;\t|"
_HEADER_BYTES = 1 << 16
_CHUNK = 1 << 22
LONGEST_LINE = 2_000_000
"""Bytes."""


def header(path: Path) -> tuple[list[str], str]:
    """Return the column names of a CSV file and its separator.

    Raises
    ------
    ImportRefusedError
        The file is no UTF-8 text.
    """
    with path.open("rb") as file:
        start = file.read(_HEADER_BYTES)
    if start.startswith(b"PK\x03\x04") or b"\x00" in start:
        raise ImportRefusedError(
            _("The file {file} is no text.", file=path.name),
            _("Its ending says CSV. Save it as “CSV UTF-8”, or give it the ending it should have."),
        )
    first_line = start.split(b"\n", 1)[0]
    try:
        text = first_line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefusedError(*encoding_refusal(path)) from error
    if text.count('"') % 2:
        # A line break inside the quotes of a column name.
        text = start.decode("utf-8-sig", errors="replace")
    if not text.strip():
        raise ImportRefusedError(
            _("The first line of {file} is empty.", file=path.name), _("It has to hold the column names.")
        )
    first = text.splitlines()[0]
    delimiter = max(_DELIMITERS, key=first.count)
    names = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    return refuse_wide([name.strip() for name in names], path), delimiter


def is_clean(path: Path, delimiter: str) -> bool:
    """Tell whether no value of a file has a blank at its edge, and none is a pair of quotes.

    One look at the bytes spares the store the trimming of every value, which costs as much as
    reading the file.
    """
    rare = [blank.encode() for blank in RARE_BLANKS if not blank.isascii()]
    mark = delimiter.encode()
    edges = [b" " + mark, mark + b" ", b" \n", b"\n ", b" \r", b' "', b'" ']
    with path.open("rb") as file:
        chunk = file.read(_CHUNK).removeprefix(codecs.BOM_UTF8)
        while chunk:
            # One sign is found ten times as fast as a pair.
            if b"\t" in chunk or (b'"' in chunk and b'""' in chunk):
                return False
            if b" " in chunk and any(edge in chunk for edge in edges):
                return False
            if not chunk.isascii() and any(blank in chunk for blank in rare):
                return False
            # What is looked for may lie across two chunks: the next begins with the end of this.
            following = file.read(_CHUNK)
            chunk = chunk[-2:] + following if following else b""
    return True


def is_visible(path: Path) -> bool:
    """Tell whether a file holds no character that nobody sees.

    A line that no table has, and a quote that isn't closed, are refused on the way: readers of tables pass
    over such a line in silence, and look for the end of a quote in all of the file.

    Raises
    ------
    ImportRefusedError
        A line, or a value in quotes, is longer than :data:`LONGEST_LINE`.
    """
    line, length = 1, 0
    place, quote, row = 0, -1, 1
    visible, before = True, b""
    with path.open("rb") as file:
        while chunk := file.read(LONGEST_LINE // 2):
            # A character may lie across two chunks.
            seen = before + (chunk if place else chunk.removeprefix(codecs.BOM_UTF8))
            visible, before = visible and not may_hide(seen), chunk[-3:]
            mark = b"\n" if b"\n" in chunk else b"\r"
            first = chunk.find(mark)
            if length + (first if first >= 0 else len(chunk)) > LONGEST_LINE:
                raise _endless(path, line)
            if (at := chunk.rfind(b'"')) >= 0:
                quote, row = place + at, line + chunk.count(mark, 0, at)
            elif quote >= 0 and place + len(chunk) - quote > LONGEST_LINE:
                if _opens(path, quote):
                    raise _endless(path, row)
                quote = -1
            line += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == mark[0]))
            length = len(chunk) - 1 - chunk.rfind(mark) if first >= 0 else length + len(chunk)
            place += len(chunk)
    return visible


def _opens(path: Path, quote: int) -> bool:
    """Tell whether a quote begins a value: it stands behind a separator, and before none."""
    ends = _DELIMITERS.encode() + b"\r\n"
    with path.open("rb") as file:
        file.seek(max(0, quote - 1))
        around = file.read(3) if quote else b"\n" + file.read(2)
    return around[:1] in ends and around[2:] not in ends


def _endless(path: Path, line: int) -> ImportRefusedError:
    return ImportRefusedError(
        _(
            "Line {line} of {file} has more than {most} characters.",
            line=line,
            file=path.name,
            most=LONGEST_LINE,
        ),
        _("Look for a quote that isn't closed, or for a file that is no table."),
    )


def encoding_refusal(path: Path) -> tuple[str, str]:
    """Return message and hint for a file that is no UTF-8."""
    message = _("The file {file} is not encoded as UTF-8.", file=path.name)
    try:
        with path.open(encoding="gb18030") as file:
            file.read(_HEADER_BYTES)
    except UnicodeDecodeError:
        return message, _("Save it as “CSV UTF-8” and import it again.")
    return message, _("It looks like GBK. In Excel choose “Save as… CSV UTF-8”, then import it again.")


def refuse_wide(names: list[str], path: Path) -> list[str]:
    """Return column names; too many of them are refused."""
    if len(names) > LIMITS.columns:
        raise ImportRefusedError(
            _("The file {file} has {count} columns.", file=path.name, count=len(names)),
            _("At most {most} are read. Delete those that are not needed.", most=LIMITS.columns),
        )
    return names
