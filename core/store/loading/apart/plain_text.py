"""Reading plain text files in pieces on all processors, each different text once.

A file is plain where none of its values is in quotes and every line has all columns. Its lines can be told
apart without reading what stands before them, and Arrow reads them as the engine does, in a third of the
time: numbers at once, texts as the different ones and which row has which. The engine then converts and
judges by its own queries what Arrow has not; any other file is left to the engine altogether.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv

from core.store.loading.apart.text_pieces import NotPlainError, Piece, pieces
from core.store.loading.handover import arrow_array, numpy_array
from core.store.loading.staging import typed_query
from core.tables import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future

    import duckdb

    from core.store.loading.source_table import RawTable

Bits = npt.NDArray[np.int64]
_TEXT = pa.string()
_CODED = pa.dictionary(pa.int32(), _TEXT)
_EMPTY = pa.Array.from_buffers(_TEXT, 1, [None, pa.py_buffer(bytes(8)), pa.py_buffer(b"")])[0]
_NUMBERS = {
    Kind.MONEY: (pa.decimal128(18, 2), "DECIMAL(18,2)"),
    Kind.NUMBER: (pa.float64(), "DOUBLE"),
    Kind.INTEGER: (pa.float64(), "DOUBLE"),
}
"""How Arrow reads a number, and what the engine calls it."""


def read_plain(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, threads: int
) -> Iterator[pa.RecordBatch]:
    """Yield the typed rows of a text file in their order, as ``staging.select_typed`` would return them.

    Parameters
    ----------
    connection
        An engine with one thread; every piece is read with a cursor of its own.

    Raises
    ------
    NotPlainError
        Somewhere in the file, perhaps after many rows: nothing of what came before counts.
    """
    assert raw.path is not None
    if len(raw.header) < 2:
        # An empty line may be a row.
        raise NotPlainError
    plans = _plan(raw, raw), _plan(replace(raw, clean=True, visible=True), raw)
    waiting: deque[Future[pa.RecordBatch]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for piece in pieces(raw.path):
                waiting.append(pool.submit(_typed_rows, connection, raw, plans, piece))
                if len(waiting) > threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


@dataclass(frozen=True)
class _Query:
    """How columns are converted and judged together.

    Parameters
    ----------
    sources
        Column of the store -> column of the file.
    text, typed
        The query for cells that are texts, and for numbers that Arrow has read.
    is_told_by_extremes
        Whether all numbers are right as they are where the latter finds nothing in the smallest, the largest
        and a missing one: no number between them may be wrong, and none is converted.
    bits
        Of each column: its lowest bit in this query, a mask of as many bits as it has, and its lowest bit
        among those of the file.
    """

    sources: dict[str, str]
    text: str
    typed: str
    is_told_by_extremes: bool
    bits: tuple[tuple[int, int, int], ...]

    def spread(self, flags: Bits) -> Bits | None:
        """Return the bits of rows as those of the file; None where no row has any."""
        if not flags.any():
            return None
        spread = np.zeros_like(flags)
        for own, mask, place in self.bits:
            spread |= ((flags >> own) & mask) << place
        return spread


@dataclass(frozen=True)
class _Plan:
    """The columns of a file: numbers are read together, texts one by one.

    Parameters
    ----------
    types
        Column of the file -> how Arrow reads it at best.
    memo
        Column of the store -> what was judged last; texts of a few kinds are the same in every piece.
    sound
        Column of the file -> the numbers so far in which nothing was found.
    """

    numbers: _Query
    texts: tuple[_Query, ...]
    types: dict[str, pa.DataType]
    memo: dict[str, _Judged] = field(default_factory=dict)
    sound: dict[str, _Range] = field(default_factory=dict)


@dataclass(frozen=True)
class _Judged:
    """Different texts, and behind them the empty one, as values of the store with their bits."""

    texts: pa.Array
    values: pa.Array
    bits: Bits | None


def _plan(raw: RawTable, whole: RawTable) -> _Plan:
    """Return how to read pieces of a file.

    Parameters
    ----------
    raw
        What is known of the values of these pieces.
    whole
        What is known of the whole file, whose flags may be more.
    """
    kinds = {name: raw.table.column(name).kind for name in raw.columns}
    places: dict[str, int] = {}
    place = 0
    for name, source in raw.columns.items():
        _sql, flags = typed_query(replace(whole, columns={name: source}), "cells", {source: "VARCHAR"})
        places[name] = place
        place += len(flags)
    numbers = [name for name in raw.columns if kinds[name] in _NUMBERS]
    return _Plan(
        _query(raw, numbers, places),
        tuple(_query(raw, [name], places) for name in raw.columns if name not in numbers),
        {source: _NUMBERS[kinds[n]][0] if n in numbers else _CODED for n, source in raw.columns.items()},
    )


def _query(raw: RawTable, names: list[str], places: dict[str, int]) -> _Query:
    sources = {name: raw.columns[name] for name in names}
    part = replace(raw, columns=sources)
    text, flags = typed_query(part, "cells", dict.fromkeys(sources.values(), "VARCHAR"))
    types = {s: _NUMBERS.get(raw.table.column(n).kind, ("", "VARCHAR"))[1] for n, s in sources.items()}
    typed, same = typed_query(part, "cells", types)
    if flags != same:
        # What is checked must not depend on who read the number.
        raise NotPlainError
    columns = [raw.table.column(name) for name in names]
    between = all(c.kind is not Kind.INTEGER and c.default is None and not c.known for c in columns)
    bits, own = [], 0
    for name in names:
        count = sum(flag.column == name for flag in flags)
        bits.append((own, (1 << count) - 1, places[name]))
        own += count
    return _Query(sources, text, typed, between, tuple(bits))


@dataclass(frozen=True)
class _Range:
    """The smallest and the largest number of a column, and whether one is missing; both are where all are."""

    least: pa.Scalar
    most: pa.Scalar
    has_missing: bool

    @classmethod
    def of(cls, values: pa.ChunkedArray) -> _Range | None:
        """Return the range of numbers; None where one is none."""
        if pa.types.is_floating(values.type) and pc.any(pc.is_nan(values)).as_py():
            return None
        least, most = pc.min_max(values).values()
        return cls(least, most, values.null_count > 0)

    def joined(self, other: _Range | None) -> _Range:
        """Return the range of these numbers and those of another."""
        both = [self] if other is None else [self, other]
        known = [each for each in both if each.least.is_valid] or [self]
        least = min((each.least for each in known), key=lambda bound: bound.as_py())
        most = max((each.most for each in known), key=lambda bound: bound.as_py())
        return _Range(least, most, any(each.has_missing for each in both))

    def cells(self) -> pa.Array:
        """Return its bounds, and a missing number where one is."""
        bounds = [pa.repeat(bound, 1) for bound in (self.least, self.most)]
        return pa.concat_arrays([*bounds, pa.nulls(1, self.least.type) if self.has_missing else bounds[0]])


def _typed_rows(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, plans: tuple[_Plan, _Plan], piece: Piece
) -> pa.RecordBatch:
    piece.refuse_other()
    assert raw.delimiter is not None
    plan = plans[piece.is_tidy(raw.delimiter)]
    cells = _parsed(raw, plan, piece)
    piece.refuse_other_ends(cells.num_rows)
    flags = np.zeros(cells.num_rows, dtype=np.int64)
    arrays: dict[str, pa.Array] = {}
    with connection.cursor() as cursor:
        read = [_numbers(cursor, plan, cells)] if plan.numbers.sources else []
        read += [_different(cursor, query, cells, plan.memo) for query in plan.texts]
    for columns, bits in read:
        arrays |= columns
        if bits is not None:
            flags |= bits
    ordered = {name: arrays[name] for name in raw.columns}
    return pa.record_batch({**ordered, "_flags": arrow_array(flags)})


def _parsed(raw: RawTable, plan: _Plan, piece: Piece) -> pa.Table:
    """Return the cells of a piece: numbers as such where all are plain ones, texts as codes."""
    numbers = plan.numbers.sources.values()
    as_text = {**plan.types, **dict.fromkeys(numbers, _TEXT)}
    # With an exponent “1.234e3” has no decimals; how many were written decides whether it was rounded.
    body = piece.data.find(b"\n") if piece.is_first else 0
    exponents = any(piece.data.find(sign, body) >= 0 for sign in (b"e", b"E"))
    try:
        return _parse(raw, as_text if exponents else plan.types, piece)
    except pa.ArrowInvalid:
        pass
    try:
        return _parse(raw, as_text, piece)
    except pa.ArrowInvalid as error:
        raise NotPlainError from error


def _parse(raw: RawTable, kinds: dict[str, pa.DataType], piece: Piece) -> pa.Table:
    assert raw.delimiter is not None
    return pcsv.read_csv(
        pa.BufferReader(pa.py_buffer(memoryview(piece.data)[: piece.end])),
        pcsv.ReadOptions(
            use_threads=False,
            block_size=len(piece.data) + 1,
            column_names=list(raw.header),
            skip_rows=1 if piece.is_first else 0,
        ),
        pcsv.ParseOptions(delimiter=raw.delimiter, quote_char=False),
        pcsv.ConvertOptions(
            column_types=kinds,
            include_columns=list(kinds),
            null_values=[""],
            strings_can_be_null=True,
            check_utf8=False,
        ),
    ).combine_chunks()


def _numbers(
    cursor: duckdb.DuckDBPyConnection, plan: _Plan, cells: pa.Table
) -> tuple[dict[str, pa.Array], Bits | None]:
    query = plan.numbers
    given = cells.select(list(query.sources.values()))
    if _TEXT in given.schema.types:
        return _judged(cursor, query, query.text, given)
    if query.is_told_by_extremes and _are_sound(cursor, plan, given):
        return {name: given.column(source).combine_chunks() for name, source in query.sources.items()}, None
    return _judged(cursor, query, query.typed, given)


def _are_sound(cursor: duckdb.DuckDBPyConnection, plan: _Plan, given: pa.Table) -> bool:
    joined = {}
    for name, values in zip(given.column_names, given.columns, strict=True):
        found = _Range.of(values)
        if found is None:
            return False
        joined[name] = found.joined(plan.sound.get(name))
    if joined == plan.sound:
        return True
    extremes = pa.table({name: found.cells() for name, found in joined.items()})
    if _judged(cursor, plan.numbers, plan.numbers.typed, extremes)[1] is not None:
        return False
    # Another thread may do so as well: each range is sound by itself.
    plan.sound.update(joined)
    return True


def _different(
    cursor: duckdb.DuckDBPyConnection, query: _Query, cells: pa.Table, memo: dict[str, _Judged]
) -> tuple[dict[str, pa.Array], Bits | None]:
    """Convert and judge each different text once, and the empty one behind them."""
    ((name, source),) = query.sources.items()
    coded = cells.column(source).combine_chunks()
    texts, codes = coded.dictionary, coded.indices
    if codes.null_count:
        codes = pc.coalesce(codes, arrow_array(np.full(1, len(texts), np.int32))[0])
    judged = memo.get(name)
    if judged is None or not judged.texts.equals(texts):
        given = pa.table([pa.concat_arrays([texts, pa.nulls(1, _TEXT)])], [source])
        columns, flags = _judged(cursor, query, query.text, given)
        judged = memo[name] = _Judged(texts, columns[name], flags)
    values, bits = judged.values, judged.bits
    if bits is not None:
        bits = bits.take(numpy_array(codes))
    if values.type != _TEXT:
        return {name: values.take(codes)}, bits
    if coded.null_count or values.null_count > 1:
        codes = pc.if_else(values.is_valid().take(codes), codes, pa.nulls(len(codes), codes.type))
    return {name: pa.DictionaryArray.from_arrays(codes, pc.coalesce(values, _EMPTY))}, bits


def _judged(
    cursor: duckdb.DuckDBPyConnection, query: _Query, sql: str, given: pa.Table
) -> tuple[dict[str, pa.Array], Bits | None]:
    cursor.register("cells", given)
    judged = cursor.sql(sql).to_arrow_table()
    arrays = {name: judged.column(name).combine_chunks() for name in query.sources}
    return arrays, query.spread(numpy_array(judged.column("_flags").combine_chunks()))
