"""Keys of mapped rows as one whole number each: whether one is there twice, and the rows in their order.

Each part of a key becomes its place among the different values of its column, and the parts stand side by
side in the bits of one number. Sorting such numbers takes a quarter of what the engine takes to sort keys,
and two keys are equal exactly where their numbers are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from core.settings import Settings
from core.store.loading.handover import GROUP_ROWS, arrow_array, numpy_array

Numbers = npt.NDArray[np.int64]
MOST_ROWS = 40_000_000
"""Rows that are sorted here, with 24 bytes of memory each; the engine sorts more of them on the disk."""
_BITS = 63
_NO_ROWS = (-1, -1)
_MOST_TEXT = 1 << 30
"""Bytes of different texts, which Arrow puts into one array."""


@dataclass(frozen=True)
class _Part:
    """A column as whole numbers in the order of its values; a missing value is the largest.

    Parameters
    ----------
    chunk
        Returns the numbers of a chunk of rows.
    values
        Returns the values of numbers.
    """

    name: str
    bits: int
    chunk: Callable[[int], Numbers]
    values: Callable[[Numbers], pa.Array]


@dataclass(frozen=True)
class RowKeys:
    """The keys of rows.

    Parameters
    ----------
    rise
        Whether each row has a larger key than the row before.
    unique
        Whether no key is there twice.
    ordered
        Returns the rows in the order of their keys, given the names of their columns.
    """

    rise: bool
    unique: bool
    ordered: Callable[[Sequence[str]], pa.Table]


def row_keys(rows: pa.Table, columns: Sequence[str]) -> RowKeys | None:
    """Return the keys of rows; None where they can't be numbered, or are too many for the memory.

    Parameters
    ----------
    columns
        The parts of the key in their order: texts and days.
    """
    found = [_part(name, rows.column(name)) for name in columns]
    parts = [part for part in found if part is not None]
    if len(parts) < len(found) or sum(part.bits for part in parts) > _BITS:
        return None
    chunks = rows.column(columns[0]).num_chunks
    if _rise(parts, chunks):
        return RowKeys(rise=True, unique=True, ordered=rows.select)
    if rows.num_rows > MOST_ROWS:
        return None
    keys, order = _sorted(np.concatenate([_numbers(parts, at) for at in range(chunks)]))
    unique = bool((keys[1:] > keys[:-1]).all())
    return RowKeys(rise=False, unique=unique, ordered=lambda names: _ordered(rows, names, parts, keys, order))


def _numbers(parts: list[_Part], at: int) -> Numbers:
    keys = parts[0].chunk(at)
    for part in parts[1:]:
        keys = (keys << part.bits) | part.chunk(at)
    return keys


def _rise(parts: list[_Part], chunks: int) -> bool:
    def bounds(at: int) -> tuple[int, int] | None:
        keys = _numbers(parts, at)
        if not len(keys):
            return _NO_ROWS
        return (int(keys[0]), int(keys[-1])) if (keys[1:] > keys[:-1]).all() else None

    last = -1
    with ThreadPoolExecutor(Settings.from_environment().threads) as pool:
        for found in pool.map(bounds, range(chunks)):
            if found is None or (found is not _NO_ROWS and found[0] <= last):
                pool.shutdown(cancel_futures=True)
                return False
            last = max(last, found[1])
    return True


def _sorted(keys: Numbers) -> tuple[Numbers, npt.NDArray[np.integer]]:
    """Return keys in their order, and the row of each."""
    bits = len(keys).bit_length()
    if int(keys.max()).bit_length() + bits > _BITS:
        order = np.argsort(keys)
        return keys[order], order
    # Sorting numbers that carry their row takes half of what sorting rows by their numbers takes.
    keys <<= bits
    keys |= np.arange(len(keys))
    keys.sort()
    order = (keys & ((1 << bits) - 1)).astype(np.uint32)
    keys >>= bits
    return keys, order


def _ordered(
    rows: pa.Table,
    names: Sequence[str],
    parts: list[_Part],
    keys: Numbers,
    order: npt.NDArray[np.integer],
) -> pa.Table:
    below, columns = 0, {}
    for part in reversed(parts):
        columns[part.name] = part.values((keys >> below) & ((1 << part.bits) - 1))
        below += part.bits
    places = arrow_array(order)
    for name in names:
        if name not in columns:
            columns[name] = rows.column(name).combine_chunks().take(places)
    table = pa.table({name: columns[name] for name in names})
    return pa.Table.from_batches(table.to_batches(2 * GROUP_ROWS), table.schema)


def _part(name: str, column: pa.ChunkedArray) -> _Part | None:
    if pa.types.is_date32(column.type):
        return _days(name, column)
    if pa.types.is_dictionary(column.type):
        coded = column.chunks
    elif pa.types.is_string(column.type):
        coded = [chunk.dictionary_encode() for chunk in column.chunks]
    else:
        return None
    size = sum(chunk.dictionary.nbytes for chunk in coded)
    return _texts(name, coded) if size <= _MOST_TEXT else None


def _days(name: str, column: pa.ChunkedArray) -> _Part:
    first, last = (bound.cast(pa.int32()).as_py() or 0 for bound in pc.min_max(column).values())
    missing = last - first + 1

    def chunk(at: int) -> Numbers:
        days = column.chunk(at).cast(pa.int32()).fill_null(last + 1)
        return numpy_array(days).astype(np.int64) - first

    def values(numbers: Numbers) -> pa.Array:
        days = arrow_array((numbers + first).astype(np.int32))
        return _without(days, numbers, missing).cast(column.type)

    return _Part(name, missing.bit_length(), chunk, values)


def _texts(name: str, coded: list[pa.DictionaryArray]) -> _Part:
    """Return texts, of which each chunk has a dictionary of its own."""
    texts = pa.concat_arrays([chunk.dictionary for chunk in coded])
    every = texts.dictionary_encode()
    places = pc.sort_indices(every.dictionary)
    missing = len(places)
    ranks = np.empty(missing, np.int64)
    ranks[numpy_array(places)] = np.arange(missing)
    ranks = ranks[numpy_array(every.indices)]

    begins = np.cumsum([0, *(len(chunk.dictionary) for chunk in coded)])

    def chunk(at: int) -> Numbers:
        own = np.append(ranks[begins[at] : begins[at + 1]], missing)
        numbers: Numbers = own[numpy_array(coded[at].indices.fill_null(len(own) - 1))]
        return numbers

    def values(numbers: Numbers) -> pa.Array:
        codes = _without(arrow_array(numbers.astype(np.int32)), numbers, missing)
        return pa.DictionaryArray.from_arrays(codes, every.dictionary.take(places))

    return _Part(name, missing.bit_length(), chunk, values)


def _without(values: pa.Array, numbers: Numbers, missing: int) -> pa.Array:
    """Return values without those whose number is that of a missing one."""
    if not len(numbers) or int(numbers.max()) < missing:
        return values
    return pc.if_else(pc.less(arrow_array(numbers), missing), values, pa.scalar(None, values.type))
