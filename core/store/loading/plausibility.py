"""Figures of a file beside each other and beside the store: which of them are odd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.store.sql_text import literal, quoted
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.store.database import Store
    from core.store.loading.source_table import RawTable

_PLACE = ("market_id", "region_id", "month")
_STAND_IN = {"market_id": "all"}
"""What a missing part of a key means; else the empty text."""


@dataclass(frozen=True)
class Beside:
    """A figure of a file and the one it is held against.

    Parameters
    ----------
    row
        Number of the row, as the file's ``row_column`` counts it.
    """

    row: int
    figure: float
    other: float


def jumps(store: Store, raw: RawTable, *, times: float, least: float, most: int) -> list[Beside]:
    """Return amounts far from those of the month before, of the file or else of the store.

    Parameters
    ----------
    raw
        Rows without errors of a table with a month and an amount.
    times
        From this multiple on, or its inverse.
    least
        Smaller amounts are passed over, yuan.
    most
        So many of the first rows.
    """
    # Millions of keys are compared by their hash: two in a million million may be mixed up, and only warned.
    key = ", ".join(f"x.{quoted(name)}" for name in raw.table.key if name != "month")
    rows = "SELECT {row} HASH({key}) AS h, x.month, x.amount FROM {of} AS x"
    stored = f"({_stored(raw.table.name)})"
    earlier = "CAST(o.month - INTERVAL 1 MONTH AS DATE)"
    ratio = "(f.amount / f.earlier)"
    return _beside(
        store,
        raw,
        f", keyed AS MATERIALIZED ({rows.format(row='x.r,', key=key, of='own')})"
        " SELECT f.r, f.amount, f.earlier"
        " FROM (SELECT o.r, o.amount, COALESCE(p.amount, t.amount) AS earlier"
        f" FROM keyed AS o LEFT JOIN keyed AS p ON p.month = {earlier} AND p.h = o.h"
        f" LEFT JOIN ({rows.format(row='', key=key, of=stored)}) AS t"
        f" ON t.month = {earlier} AND t.h = o.h) AS f"
        f" WHERE ABS(f.amount) >= {least} AND ABS(f.earlier) >= {least}"
        f" AND ({ratio} >= {times} OR ({ratio} > 0 AND {ratio} <= {1 / times}))"
        f" ORDER BY f.r LIMIT {most}",
    )


def above_capacity(store: Store, raw: RawTable, *, most: int) -> list[Beside]:
    """Return places and months whose companies sell more than the capacity: first row, sales, capacity.

    Parameters
    ----------
    raw
        Rows without errors of ``market_sales`` or ``market_capacity``; the store has the other table.
    most
        So many of the first rows.
    """
    parts = {name: _stored(name) for name in ("market_sales", "market_capacity")}
    columns = ", ".join(f"x.{quoted(name)}" for name in (*raw.table.key, "amount"))
    parts[raw.table.name] = (
        f"SELECT {columns} FROM own AS x UNION ALL SELECT {columns} FROM ({parts[raw.table.name]}) AS x"
        f" ANTI JOIN own AS o ON {_same('x', 'o', raw.table.key)}"
    )
    place = ", ".join(f"s.{name}" for name in _PLACE)
    return _beside(
        store,
        raw,
        f"SELECT MIN(o.r), ANY_VALUE(b.sales), ANY_VALUE(c.amount) FROM own AS o"
        f" INNER JOIN (SELECT {place}, SUM(s.amount) AS sales FROM ({parts['market_sales']}) AS s"
        f" GROUP BY {place}) AS b ON {_same('b', 'o', _PLACE)}"
        f" INNER JOIN ({parts['market_capacity']}) AS c ON {_same('c', 'o', _PLACE)}"
        f" WHERE b.sales > c.amount GROUP BY {', '.join(f'o.{name}' for name in _PLACE)}"
        f" ORDER BY MIN(o.r) LIMIT {most}",
    )


def named(
    store: Store, raw: RawTable, *, most: int, lacking: str = "", within: str = ""
) -> list[tuple[int, str | None, str | None]]:
    """Return number and name of rows, and what they lie in, in order.

    Parameters
    ----------
    most
        So many of the first.
    lacking
        Only rows in which this column is empty.
    within
        The column of what they lie in; None for all without one.
    """
    where = f"WHERE {_text(raw, lacking)} IS NULL" if lacking else ""
    row, name = quoted(raw.row_column or ""), _text(raw, "name")
    place = _text(raw, within) if within else "NULL"
    with store.cursor() as cursor:
        rows = f"SELECT x.{row}, {name}, {place} FROM {raw.relation(cursor, 0)} AS x {where}"
        found = cursor.execute(f"{rows} ORDER BY x.{row} LIMIT {most}").fetchall()
    return [(int(number), text, place) for number, text, place in found]


def _beside(store: Store, raw: RawTable, query: str) -> list[Beside]:
    """Run a query over ``own``, the rows of the file as they compare."""
    columns = [_own(raw, name) for name in raw.table.key]
    row = f"x.{quoted(raw.row_column or '')} AS r"
    amount = f"TRY_CAST({_text(raw, 'amount')} AS DOUBLE) AS amount"
    with store.cursor() as cursor:
        own = f"SELECT {', '.join([row, *columns, amount])} FROM {raw.relation(cursor, 0)} AS x"
        found = cursor.execute(f"WITH own AS ({own}) {query}").fetchall()
    return [Beside(int(number), float(figure), float(other)) for number, figure, other in found]


def _own(raw: RawTable, name: str) -> str:
    if name == "month":
        return f"TRY_CAST({_text(raw, name)} AS DATE) AS month"
    default = literal(_STAND_IN.get(name, ""))
    return f"COALESCE({_text(raw, name)}, {default}) AS {quoted(name)}"


def _text(raw: RawTable, name: str) -> str:
    return f"x.{quoted(raw.columns[name])}" if name in raw.columns else "CAST(NULL AS VARCHAR)"


def _stored(table: str) -> str:
    """Return a query of what the store has, as it compares."""
    columns = [
        f"t.{quoted(name)}"
        if name == "month"
        else f"COALESCE(t.{quoted(name)}, {literal(_STAND_IN.get(name, ''))}) AS {quoted(name)}"
        for name in BY_NAME[table].key
    ]
    return f"SELECT {', '.join(columns)}, CAST(t.amount AS DOUBLE) AS amount FROM {table} AS t"


def _same(left: str, right: str, names: Sequence[str]) -> str:
    return " AND ".join(f"{left}.{quoted(name)} = {right}.{quoted(name)}" for name in names)
