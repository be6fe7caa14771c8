"""Whole lines of a plain text file, as many as one processor reads at once."""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.store.loading.apart.text_signs import LONGEST_LINE, is_trimmed
from core.store.loading.handover import GROUP_ROWS
from core.visible_text import may_hide

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = 8 << 20
"""Bytes that are read at once by each processor."""
LARGEST_PIECE = 4 * PIECE
"""Where so many rows as the store keeps together need more."""


class NotPlainError(Exception):
    """The file has quotes, lines of another width, or bytes that are no UTF-8."""


@dataclass(frozen=True)
class Piece:
    """Whole lines of a file.

    Parameters
    ----------
    data, end
        Bytes, and where the last line ends; what follows belongs to the next piece.
    feeds
        How many line feeds there are until there.
    is_first
        Whether the first line is the header.
    returns
        Whether lines end with a carriage return as well.
    """

    data: bytes
    end: int
    feeds: int
    is_first: bool
    returns: bool

    def is_tidy(self, delimiter: str) -> bool:
        """Tell whether nothing in it has to be trimmed or may be hidden."""
        data = self.data.removeprefix(codecs.BOM_UTF8) if self.is_first else self.data
        return not may_hide(data) and is_trimmed(data, delimiter)

    def refuse_other(self) -> None:
        """Refuse bytes that mean something else than they show.

        Raises
        ------
        NotPlainError
            There are quotes, NUL bytes, carriage returns within lines, or bytes that are no UTF-8.
        """
        if any(self.data.find(sign, 0, self.end) >= 0 for sign in (b'"', b"\0")):
            raise NotPlainError
        if not self.returns and self.data.find(b"\r", 0, self.end) >= 0:
            raise NotPlainError
        if not self.data.isascii():
            try:
                str(memoryview(self.data)[: self.end], "utf-8")
            except UnicodeDecodeError as error:
                raise NotPlainError from error

    def refuse_other_ends(self, rows: int) -> None:
        """Refuse empty lines, which Arrow passes over, and lines that end otherwise than the first."""
        lines = rows + self.is_first - (not self.data.endswith(b"\n", 0, self.end))
        signs = (b"\r\n", b"\r") if self.returns else ()
        if self.feeds != lines or any(self.data.count(sign, 0, self.end) != lines for sign in signs):
            raise NotPlainError


def pieces(path: Path) -> Iterator[Piece]:
    """Yield the lines of a file; where so many fit, as many as the store keeps together."""
    with path.open("rb") as file:
        is_first, returns, size = True, False, PIECE
        while data := file.read(size):
            ends = np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n"))
            end, feeds = len(data), len(ends)
            if int(np.diff(ends, prepend=0, append=end).max()) > LONGEST_LINE:
                raise NotPlainError
            if len(data) == size:
                rows = feeds - is_first
                if rows < GROUP_ROWS and size < LARGEST_PIECE:
                    size *= 2
                    file.seek(-len(data), os.SEEK_CUR)
                    continue
                if not feeds:
                    raise NotPlainError
                feeds -= rows % GROUP_ROWS if rows > GROUP_ROWS else 0
                end = int(ends[feeds - 1]) + 1
            if is_first:
                returns = data[: data.find(b"\n")].endswith(b"\r")
            # The beginning of the next line is read again with its end.
            file.seek(end - len(data), os.SEEK_CUR)
            yield Piece(data, end, feeds, is_first, returns)
            is_first = False
