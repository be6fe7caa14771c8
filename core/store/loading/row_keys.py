"""Keys of mapped rows as one whole number each: whether one is there twice, and the rows in their order.

Each part of a key becomes its place among the different values of its column, and the parts stand side by
side in the bits of one number. Sorting such numbers takes a quarter of what the engine takes to sort keys,
and two keys are equal exactly where their numbers are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from core.store.loading.handover import GROUP_ROWS, arrow_array, numpy_array

Numbers = npt.NDArray[np.int64]
MOST_ROWS = 40_000_000
"""Rows that are sorted here, with 24 bytes of memory each; the engine sorts more of them on the disk."""
_BITS = 63
_MOST_TEXT = 1 << 30
"""Bytes of different texts, which Arrow puts into one array."""


@dataclass(frozen=True)
class _Part:
    """A column as whole numbers in the order of its values; a missing value is the largest.

    Parameters
    ----------
    chunks
        Yields the numbers of one chunk of rows after the other.
    values
        Returns the values of numbers.
    """

    name: str
    bits: int
    chunks: Callable[[], Iterator[Numbers]]
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
    if _rise(parts):
        return RowKeys(rise=True, unique=True, ordered=rows.select)
    if rows.num_rows > MOST_ROWS:
        return None
    keys, order = _sorted(np.concatenate(list(_numbers(parts))))
    unique = bool((keys[1:] > keys[:-1]).all())
    return RowKeys(rise=False, unique=unique, ordered=lambda names: _ordered(rows, names, parts, keys, order))


def _numbers(parts: list[_Part]) -> Iterator[Numbers]:
    for chunk in zip(*(part.chunks() for part in parts), strict=True):
        keys = chunk[0]
        for part, numbers in zip(parts[1:], chunk[1:], strict=True):
            keys = (keys << part.bits) | numbers
        yield keys


def _rise(parts: list[_Part]) -> bool:
    last = -1
    for keys in _numbers(parts):
        if len(keys) and (keys[0] <= last or not (keys[1:] > keys[:-1]).all()):
            return False
        last = int(keys[-1]) if len(keys) else last
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

    def chunks() -> Iterator[Numbers]:
        for chunk in column.chunks:
            days = chunk.cast(pa.int32()).fill_null(last + 1)
            yield numpy_array(days).astype(np.int64) - first

    def values(numbers: Numbers) -> pa.Array:
        days = arrow_array((numbers + first).astype(np.int32))
        return _without(days, numbers, missing).cast(column.type)

    return _Part(name, missing.bit_length(), chunks, values)


def _texts(name: str, coded: list[pa.DictionaryArray]) -> _Part:
    """Return texts, of which each chunk has a dictionary of its own."""
    texts = pa.concat_arrays([chunk.dictionary for chunk in coded])
    every = texts.dictionary_encode()
    places = pc.sort_indices(every.dictionary)
    missing = len(places)
    ranks = np.empty(missing, np.int64)
    ranks[numpy_array(places)] = np.arange(missing)
    ranks = ranks[numpy_array(every.indices)]

    def chunks() -> Iterator[Numbers]:
        begin = 0
        for chunk in coded:
            end = begin + len(chunk.dictionary)
            own = np.append(ranks[begin:end], missing)
            yield own[numpy_array(chunk.indices.fill_null(end - begin))]
            begin = end

    def values(numbers: Numbers) -> pa.Array:
        codes = _without(arrow_array(numbers.astype(np.int32)), numbers, missing)
        return pa.DictionaryArray.from_arrays(codes, every.dictionary.take(places))

    return _Part(name, missing.bit_length(), chunks, values)


def _without(values: pa.Array, numbers: Numbers, missing: int) -> pa.Array:
    """Return values without those whose number is that of a missing one."""
    if not len(numbers) or int(numbers.max()) < missing:
        return values
    return pc.if_else(pc.less(arrow_array(numbers), missing), values, pa.scalar(None, values.type))
