"""What the bytes of a text file tell before its rows are read: blanks to trim, hidden signs, long lines."""

from __future__ import annotations

import codecs
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from core.errors import ImportRefusedError
from core.i18n import _
from core.store.loading.casts import RARE_BLANKS
from core.visible_text import may_hide

if TYPE_CHECKING:
    from pathlib import Path

    from core.store.loading.source_table import RawTable

DELIMITERS = ",;\t|"
LONGEST_LINE = 2_000_000
"""Bytes."""
_CHUNK = 1 << 22
_RARE = [blank.encode() for blank in RARE_BLANKS if not blank.isascii()]


def scanned(raw: RawTable) -> RawTable:
    """Return a text file with what its bytes tell about all of its values.

    One look at the bytes spares the engine the trimming of every value, which costs as much as
    reading the file.

    Raises
    ------
    ImportRefusedError
        A line, or a value in quotes, is longer than :data:`LONGEST_LINE`.
    """
    if raw.path is None or raw.delimiter is None:
        return raw
    visible = _is_visible(raw.path, raw.file)
    return replace(raw, clean=_is_clean(raw.path, raw.delimiter), visible=visible)


def is_trimmed(data: bytes, delimiter: str) -> bool:
    """Tell whether no value of whole lines has a blank at its edge, and none is a pair of quotes."""
    mark = delimiter.encode()
    # One sign is found ten times as fast as a pair.
    if b"\t" in data or (b'"' in data and b'""' in data):
        return False
    edges = [b" " + mark, mark + b" ", b" \n", b"\n ", b" \r", b' "', b'" ']
    if b" " in data and any(edge in data for edge in edges):
        return False
    return data.isascii() or not any(blank in data for blank in _RARE)


def _is_clean(path: Path, delimiter: str) -> bool:
    with path.open("rb") as file:
        chunk = file.read(_CHUNK).removeprefix(codecs.BOM_UTF8)
        while chunk:
            if not is_trimmed(chunk, delimiter):
                return False
            # What is looked for may lie across two chunks: the next begins with the end of this.
            following = file.read(_CHUNK)
            chunk = chunk[-2:] + following if following else b""
    return True


def _is_visible(path: Path, name: str) -> bool:
    """Tell whether a file holds no character that nobody sees.

    A line that no table has, and a quote that isn't closed, are refused on the way: readers of tables pass
    over such a line in silence, and look for the end of a quote in all of the file.
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
                raise _endless(name, line)
            if (at := chunk.rfind(b'"')) >= 0:
                quote, row = place + at, line + chunk.count(mark, 0, at)
            elif quote >= 0 and place + len(chunk) - quote > LONGEST_LINE:
                if _opens(path, quote):
                    raise _endless(name, row)
                quote = -1
            line += int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == mark[0]))
            length = len(chunk) - 1 - chunk.rfind(mark) if first >= 0 else length + len(chunk)
            place += len(chunk)
    return visible


def _opens(path: Path, quote: int) -> bool:
    """Tell whether a quote begins a value: it stands behind a separator, and before none."""
    ends = DELIMITERS.encode() + b"\r\n"
    with path.open("rb") as file:
        file.seek(max(0, quote - 1))
        around = file.read(3) if quote else b"\n" + file.read(2)
    return around[:1] in ends and around[2:] not in ends


def _endless(name: str, line: int) -> ImportRefusedError:
    return ImportRefusedError(
        _(
            "Line {line} of {file} has more than {most} characters.",
            line=line,
            file=name,
            most=LONGEST_LINE,
        ),
        _("Look for a quote that isn't closed, or for a file that is no table."),
    )
