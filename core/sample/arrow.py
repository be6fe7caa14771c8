"""Arrow columns straight from numpy, without a Python object per row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def money(cents: NDArray[np.int64], known: NDArray[np.bool_] | None = None) -> pa.Array:
    """Return amounts in yuan with two decimals from whole cents; unknown ones are missing."""
    values = np.ascontiguousarray(cents, np.int64)
    validity = None if known is None else pa.py_buffer(np.packbits(known, bitorder="little"))
    return pa.Array.from_buffers(pa.decimal64(18, 2), len(values), [validity, pa.py_buffer(values)])


def ids(letter: str, numbers: NDArray[np.int64], width: int) -> pa.Array:
    """Return ids such as ``T000042`` from numbers."""
    rest = np.asarray(numbers, np.int64)
    size = 1 + width
    text = np.empty((len(rest), size), np.uint8)
    text[:, 0] = ord(letter)
    for place in range(width, 0, -1):
        text[:, place] = rest % 10 + ord("0")
        rest = rest // 10
    offsets = np.arange(len(text) + 1, dtype=np.int64) * size
    return pa.Array.from_buffers(
        pa.large_string(), len(text), [None, pa.py_buffer(offsets), pa.py_buffer(text)]
    )


def coded(codes: NDArray[np.integer], words: Sequence[str]) -> pa.Array:
    """Return the words of codes; a code below zero is missing."""
    kind = np.int8 if len(words) < 128 else np.int32
    indices = pa.array(np.asarray(codes, kind), mask=np.asarray(codes) < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(words), pa.string()))


def numbers(values: NDArray[np.float64]) -> pa.Array:
    """Return numbers; NaN is missing."""
    return pa.array(values, pa.float64(), mask=np.isnan(values))


def days(values: NDArray[np.integer]) -> pa.Array:
    """Return dates from days since 1970."""
    return pa.array(np.asarray(values, np.int32), pa.int32()).cast(pa.date32())


def moments(minutes: NDArray[np.integer], known: NDArray[np.bool_] | None = None) -> pa.Array:
    """Return points in time from minutes since 1970."""
    mask = None if known is None else ~known
    seconds = np.asarray(minutes, np.int64) * 60
    return pa.array(seconds, pa.int64(), mask=mask).cast(pa.timestamp("s"))
