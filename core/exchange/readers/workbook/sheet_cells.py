"""How far the cells of a sheet reach, found in its XML without looking at them one by one."""

from __future__ import annotations

from typing import Any

import numpy as np

_Bytes = np.ndarray[Any, np.dtype[np.uint8]]
_Places = np.ndarray[Any, np.dtype[np.intp]]
_CELL, _PREFIXED = b"<c", b":c"
_START = b'<c r="'
_STARTS = [int.from_bytes(first + _START[1:], "little") for first in (b"<", b":")]
_WINDOW, _LETTERS, _DIGITS, _ALPHABET = 24, 3, 8, 26
_AFTER_NAME = ord(">")
"""What ends the name of an element lies up to here; letters lie above, and <cols> is no cell."""


class Pairs:
    """A piece of XML as pairs of neighbouring bytes: two bytes are found at once, wherever they begin.

    Parameters
    ----------
    data
        The piece; it ends before a tag.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._padded = b"".join((b" ", data, b" " * _WINDOW))
        # Numbers of two bytes stand at even places; one byte further on the others do.
        self._views = [np.frombuffer(text[: len(text) & ~1], "<u2") for text in (data, self._padded)]

    def any(self, pair: bytes) -> bool:
        """Tell whether two bytes occur."""
        return any(bool((view == _number(pair)).any()) for view in self._views)

    def places(self, *pairs: bytes) -> _Places:
        """Return where one of some pairs begins, in no particular order."""
        numbers = list(map(_number, pairs))
        hits = [np.logical_or.reduce([view == number for number in numbers]) for view in self._views]
        return np.concatenate([2 * np.flatnonzero(each) - shift for shift, each in enumerate(hits)])

    def windows(self, places: _Places) -> _Bytes:
        """Return the bytes from some places on, one row each."""
        every = np.ndarray((len(self.data),), f"V{_WINDOW}", self._padded, offset=1, strides=(1,))
        return every[places].view(np.uint8).reshape(-1, _WINDOW)


def _number(pair: bytes) -> int:
    return int.from_bytes(pair, "little")


def reach_of(pairs: Pairs) -> tuple[int, int] | None:
    """Return the lowest row and the rightmost column of all cells, from 1; 0 where there are none.

    Returns
    -------
    tuple of int or None
        None when a cell doesn't begin with its place, as all common programs write it: it has to be
        looked at by itself.
    """
    cells = pairs.windows(pairs.places(_CELL, _PREFIXED))
    longer = cells[:, 2] > _AFTER_NAME
    if longer.any():
        cells = cells[~longer]
    starts = cells.view("<u8")[:, 0] & np.uint64((1 << 8 * len(_START)) - 1)
    if not np.isin(starts, _STARTS).all():
        return None
    return _reach(cells[:, len(_START) :])


def _reach(references: _Bytes) -> tuple[int, int] | None:
    """Read references like AB12; None when one is written in another way."""
    height = width = 0
    columns = np.zeros(len(references), dtype=np.int32)
    for count in range(_LETTERS + 1):
        letters = references[:, count] - np.uint8(ord("A"))
        more = letters < _ALPHABET
        if count == 0 and not more.all():
            return None
        if not more.all():
            rows = _highest(references if not more.any() else references[~more], count)
            if rows is None:
                return None
            height, width = max(height, rows), max(width, int(columns[~more].max()))
            references, letters, columns = references[more], letters[more], columns[more]
        if not len(references):
            return height, width
        columns = _ALPHABET * columns + letters + 1
    return None


def _highest(references: _Bytes, start: int) -> int | None:
    """Return the highest of the numbers from a place on; None when one has no digit, or too many."""
    numbers = np.zeros(len(references), dtype=np.int32)
    given = np.ones(len(references), dtype=bool)
    for place in range(_DIGITS):
        digits = references[:, start + place] - np.uint8(ord("0"))
        given &= digits < 10
        if not given.all() and place == 0:
            return None
        if not given.any():
            return int(numbers.max())
        numbers = np.where(given, 10 * numbers + digits, numbers)
    return None
