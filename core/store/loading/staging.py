"""Reading a file into a temporary table with the types of the store, in one pass."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import duckdb

from core.errors import ImportRefusedError
from core.i18n import _
from core.store.loading.casts import Source, Typed, given_name, typed
from core.store.loading.problems import Problem
from core.store.sql_text import literal, quoted
from core.tables import SQL_TYPES, Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from core.store.loading.row_keys import RowKeys
    from core.store.loading.source_table import RawTable

_REJECTED = {
    "MISSING COLUMNS": "ragged",
    "TOO MANY COLUMNS": "ragged",
    "INVALID ENCODING": "encoding",
}
_NUMERIC = {Kind.NUMBER, Kind.MONEY, Kind.INTEGER}


@dataclass(frozen=True)
class Flag:
    """A bit of the stage's ``_flags`` column: which check of which column it stands for."""

    bit: int
    column: str
    code: str


@dataclass(frozen=True)
class Stage:
    """A file with the types of the store.

    Parameters
    ----------
    name
        A temporary table, or a view of what another process read: the columns present in the file, and
        ``_flags``.
    flags
        The meaning of the bits of ``_flags``.
    row
        SQL of the row number in the file; the alias of the table must be ``s``.
    lost
        Bit of a flag -> its problems, where only who read the file could tell them.
    different
        Column -> relation of its different texts (``v``; '' for none), where the file was read as such.
    keys
        The keys of its rows, where the order of the table brings equal ones side by side.
    """

    raw: RawTable
    name: str
    flags: tuple[Flag, ...]
    rows: int
    row: str
    lost: Mapping[int, list[Problem]] = field(default_factory=dict)
    different: Mapping[str, str] = field(default_factory=dict)
    keys: RowKeys | None = None

    @property
    def table(self) -> Table:
        """The table of the store it is meant for."""
        return self.raw.table

    def has(self, column: str) -> bool:
        """Tell whether the file has a column."""
        return column in self.raw.columns

    def value(self, column: str) -> str:
        """Return the SQL of a column's value, its default where the file doesn't have it."""
        if self.has(column):
            return f"s.{quoted(column)}"
        return default(self.table.column(column))


def default(column: Column) -> str:
    """Return the SQL of what an absent value of a column means."""
    kind = SQL_TYPES[column.kind]
    if column.default is None:
        return f"CAST(NULL AS {kind})"
    return f"CAST({literal(str(column.default))} AS {kind})"


def stage(cursor: duckdb.DuckDBPyConnection, raw: RawTable, number: int) -> tuple[Stage, list[Problem]]:
    """Read a file into the temporary table ``stage_<number>``.

    Parameters
    ----------
    number
        Tells several files of one import apart.

    Returns
    -------
    Stage
        The temporary table.
    list of Problem
        Lines that have too few or too many values, or are no UTF-8.
    """
    name = f"stage_{number}"
    try:
        select, flags = select_typed(cursor, raw, number)
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select}")
    except (duckdb.IOException, duckdb.InvalidInputException, duckdb.SerializationException) as error:
        raise ImportRefusedError(
            _("The file {file} can't be read.", file=raw.file), str(error).splitlines()[0]
        ) from error
    rows, first = _one(cursor, f"SELECT COUNT(*), MIN(s.rowid) FROM {name} AS s")
    row = f"s.{quoted('_row')}" if raw.row_column else f"(s.rowid - {first or 0} + 2)"
    return Stage(raw, name, flags, rows, row), rejected(cursor, raw, number)


def _types(cursor: duckdb.DuckDBPyConnection, raw: RawTable, relation: str) -> dict[str, str]:
    if raw.delimiter is not None:
        return dict.fromkeys(raw.header, "VARCHAR")
    described = cursor.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    return {row[0]: str(row[1]) for row in described}


def select_typed(
    cursor: duckdb.DuckDBPyConnection, raw: RawTable, number: int = 0
) -> tuple[str, tuple[Flag, ...]]:
    """Return the query of a stage and the meaning of its flags."""
    relation = raw.relation(cursor, number)
    return typed_query(raw, relation, _types(cursor, raw, relation))


def typed_query(raw: RawTable, relation: str, types: Mapping[str, str]) -> tuple[str, tuple[Flag, ...]]:
    """Return the query that reads the columns of a relation, and the meaning of its flags.

    Parameters
    ----------
    types
        Column of the relation -> its type.
    """
    given, read, values = [], [], []
    conditions: list[str] = []
    flags: list[Flag] = []
    for name, source in raw.columns.items():
        column = raw.table.column(name)
        sql = typed(column, Source(quoted(source), types[source], raw.clean, raw.visible))
        given.append(f"{sql.given} AS {given_name(column)}")
        read.append(f"{given_name(column)}, {sql.read} AS {quoted(name)}")
        value = sql.value if column.default is None else f"COALESCE({sql.value}, {default(column)})"
        values.append(f"{value} AS {quoted(name)}")
        for code, condition in _conditions(column, sql):
            conditions.append(condition)
            flags.append(Flag(1 << len(flags), name, code))
    values.append(f"CAST({_flags(conditions, flags)} AS BIGINT) AS _flags")
    if raw.row_column:
        row = quoted(raw.row_column)
        given.append(f"CAST({row} AS BIGINT) AS _row")
        read.append("_row")
        values.append("_row")
    inner = f"SELECT {', '.join(given)} FROM {relation}"
    return f"SELECT {', '.join(values)} FROM (SELECT {', '.join(read)} FROM ({inner}))", tuple(flags)


def _flags(conditions: Sequence[str], flags: Sequence[Flag]) -> str:
    """Return the SQL of all bits of a row.

    Nearly all rows have none. Whether any holds is told by looking at each condition only where those before
    it don't hold; adding up the bits of every row costs twenty times as much.
    """
    if not flags:
        return "0"
    bits = (
        f"CASE WHEN {condition} THEN {flag.bit} ELSE 0 END"
        for condition, flag in zip(conditions, flags, strict=True)
    )
    return f"CASE WHEN {' OR '.join(f'({c})' for c in conditions)} THEN {' + '.join(bits)} ELSE 0 END"


def latest_month() -> dt.date:
    """Return the last month that a figure of what has happened may be of; clocks may be wrong by a year."""
    today = dt.date.today()
    return today.replace(year=today.year + 1, day=1)


def _conditions(column: Column, sql: Typed) -> Iterator[tuple[str, str]]:
    """List the checks of one value: code, and the SQL that is true where it fails."""
    name = quoted(column.name)
    for code in ("unreadable", "not_first_day", "rounded"):
        condition = getattr(sql, code)
        if condition is not None:
            yield code, condition
    if column.required:
        unreadable = f" AND NOT COALESCE({sql.unreadable}, FALSE)" if sql.unreadable else ""
        yield "missing", f"{name} IS NULL{unreadable}"
    if column.kind in _NUMERIC:
        bounds = [f"{name} < {column.minimum}"] if column.minimum is not None else []
        bounds += [f"{name} > {column.maximum}"] if column.maximum is not None else []
        # Infinity is unreadable, and so is not out of range as well.
        finite = "" if column.kind is Kind.MONEY else f"ISFINITE({name}) AND "
        if bounds:
            yield ("unusual" if column.soft_range else "out_of_range"), f"{finite}({' OR '.join(bounds)})"
    if column.kind is Kind.MONTH and column.past:
        yield "future", f"{name} > DATE '{latest_month()}'"
    if column.known:
        codes = ", ".join(literal(code) for code in column.known)
        yield "unknown_code", f"{name} NOT IN ({codes})"
    if sql.hidden is not None:
        # The last: without it the others keep their places, see plain_text.
        yield "hidden", sql.hidden


def rejected(cursor: duckdb.DuckDBPyConnection, raw: RawTable, number: int) -> list[Problem]:
    """Return the lines of a text file that aren't rows."""
    if raw.delimiter is None:
        return []
    lines = cursor.execute(
        f"SELECT r.error_type, COUNT(DISTINCT r.line), MIN(r.line, 5), MIN(TRIM(r.csv_line, ' \r\n'))"
        f" FROM rejects_{number} AS r GROUP BY r.error_type ORDER BY r.error_type"
    ).fetchall()
    return [
        Problem(
            _REJECTED.get(kind, "malformed"),
            raw.file,
            raw.table.name,
            value=None if text is None else str(text)[:200],
            rows=tuple(rows),
            occurrences=int(count),
            context={"expected": len(raw.header), "kind": kind},
        )
        for kind, count, rows, text in lines
    ]


def _one(cursor: duckdb.DuckDBPyConnection, text: str) -> tuple[int, ...]:
    # fetchone leaves the result open, and an open result keeps the cursor.
    return tuple(cursor.execute(text).fetchall()[0])
