"""Checks of staged values: each one a set operation, its rows looked up only when it finds something."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.store.problems import Problem
from core.store.raw import quoted
from core.store.staging import Stage
from core.tables import Column, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

EXAMPLES = 20
"""Lines kept of each kind of problem; the rest is one line with their number."""
_ROWS = 5
_NUMERIC = {Kind.NUMBER, Kind.MONEY, Kind.INTEGER}


def value_problems(cursor: duckdb.DuckDBPyConnection, stage: Stage, number: int) -> list[Problem]:
    """Find values that are missing, unreadable, out of range or unknown.

    Parameters
    ----------
    cursor
        Where the stage is.
    stage
        The staged file.
    number
        Its number, to read the file again for values that got lost in reading.
    """
    conditions = list(_conditions(stage))
    if not conditions or not stage.rows:
        return []
    counts = ", ".join(f"COUNT(*) FILTER (WHERE {sql})" for _code, _column, sql, _context in conditions)
    row = cursor.execute(f"SELECT {counts} FROM {stage.name} AS s").fetchone()
    problems: list[Problem] = []
    for (code, column, sql, context), count in zip(conditions, row or (), strict=True):
        if count:
            lost = code in {"unreadable", "not_first_day", "rounded"}
            kind = Problem(code, stage.raw.file, stage.table.name, column, context=context)
            source = _lost(cursor, stage, number, column, sql) if lost else _kept(stage, column, sql)
            problems.extend(examples(cursor, kind, source, int(count)))
    return problems


def _conditions(stage: Stage) -> Iterator[tuple[str, str, str, dict[str, object]]]:
    for flag in stage.flags:
        context: dict[str, object] = {"kind": stage.table.column(flag.column).kind}
        yield flag.code, flag.column, f"s._flags & {flag.bit} <> 0", context
    for name in stage.raw.columns:
        yield from _column_conditions(stage, stage.table.column(name))


def _column_conditions(stage: Stage, column: Column) -> Iterator[tuple[str, str, str, dict[str, object]]]:
    value = f"s.{quoted(column.name)}"
    if column.required:
        lost = [flag.bit for flag in stage.flags if flag.column == column.name and flag.code == "unreadable"]
        not_lost = f" AND s._flags & {lost[0]} = 0" if lost else ""
        yield "missing", column.name, f"{value} IS NULL{not_lost}", {}
    if column.kind in _NUMERIC and (column.minimum is not None or column.maximum is not None):
        bounds = []
        if column.minimum is not None:
            bounds.append(f"{value} < {column.minimum}")
        if column.maximum is not None:
            bounds.append(f"{value} > {column.maximum}")
        limits: dict[str, object] = {"minimum": column.minimum, "maximum": column.maximum}
        yield ("unusual" if column.soft_range else "out_of_range"), column.name, " OR ".join(bounds), limits
    if column.known:
        codes = ", ".join("'" + code.replace("'", "''") + "'" for code in column.known)
        context: dict[str, object] = {"allowed": tuple(column.known), "known": column.known}
        yield "unknown_code", column.name, f"{value} NOT IN ({codes})", context


def _kept(stage: Stage, column: str, condition: str) -> str:
    value = f"CAST(s.{quoted(column)} AS VARCHAR)"
    return f"SELECT {value} AS v, {stage.row} AS r FROM {stage.name} AS s WHERE {condition}"


def _lost(cursor: duckdb.DuckDBPyConnection, stage: Stage, number: int, column: str, condition: str) -> str:
    relation = stage.raw.relation(cursor, number + 1000)
    row = quoted(stage.raw.row_column) if stage.raw.row_column else "ROW_NUMBER() OVER () + 1"
    value = quoted(stage.raw.columns[column])
    return (
        f"SELECT CAST(f.v AS VARCHAR) AS v, f.r AS r"
        f" FROM (SELECT {value} AS v, {row} AS r FROM {relation}) AS f"
        f" JOIN (SELECT {stage.row} AS r FROM {stage.name} AS s WHERE {condition}) AS b ON b.r = f.r"
    )


def examples(
    cursor: duckdb.DuckDBPyConnection, kind: Problem, source: str, total: int | None = None
) -> list[Problem]:
    """Group the rows of one kind of problem by value.

    Parameters
    ----------
    cursor
        Where the query runs.
    kind
        The problem without value and rows.
    source
        A query with the columns ``v`` (value as text) and ``r`` (row number).
    total
        How many rows it has, where that is known.

    Returns
    -------
    list of Problem
        At most :data:`EXAMPLES` lines in the order of the file and one for the rest. Their
        occurrences add up to all rows of this kind.
    """
    found = cursor.execute(
        f"SELECT x.v, MIN(x.r, {_ROWS}), COUNT(*), SUM(COUNT(*)) OVER () FROM ({source}) AS x"
        f" GROUP BY x.v ORDER BY MIN(x.r) LIMIT {EXAMPLES}"
    ).fetchall()
    lines = [
        replace(kind, value=value, rows=tuple(int(r) for r in rows), occurrences=int(count))
        for value, rows, count, _all in found
    ]
    total = total if total is not None else int(found[0][3]) if found else 0
    rest = total - sum(line.occurrences for line in lines)
    if rest:
        lines.append(replace(kind, occurrences=rest, context={**kind.context, "rest": True}))
    return lines


def duplicate_problems(cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage]) -> list[Problem]:
    """Find keys that occur more than once in the files for one table.

    Parameters
    ----------
    cursor
        Where the stages are.
    stages
        All files for one table.
    """
    key = stages[0].table.key
    hashes = " UNION ALL ".join(
        f"SELECT HASH({', '.join(stage.value(name) for name in key)}) AS h FROM {stage.name} AS s"
        for stage in stages
    )
    # As many different hashes as rows: no two keys are the same. Only otherwise the keys themselves
    # are compared, which costs several times as much.
    rows, different = cursor.execute(f"SELECT COUNT(*), COUNT(DISTINCT k.h) FROM ({hashes}) AS k").fetchall()[
        0
    ]
    if rows == different:
        return []
    return _equal_keys(cursor, stages)


def _equal_keys(cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage]) -> list[Problem]:
    table = stages[0].table
    names = ", ".join(f"k.{quoted(name)}" for name in table.key)
    parts = " UNION ALL ".join(
        "SELECT "
        + ", ".join(f"{stage.value(name)} AS {quoted(name)}" for name in table.key)
        + f", {stage.row} AS r, {number} AS f FROM {stage.name} AS s"
        for number, stage in enumerate(stages)
    )
    needed = " AND ".join(
        f"k.{quoted(name)} IS NOT NULL" for name in table.key if table.column(name).required
    )
    text = " || ' / ' || ".join(f"COALESCE(CAST(k.{quoted(name)} AS VARCHAR), '')" for name in table.key)
    keys = (
        f"SELECT {text} AS v, k.r AS r, k.f AS f FROM ({parts}) AS k WHERE {needed or 'TRUE'}"
        f" QUALIFY COUNT(*) OVER (PARTITION BY {names}) > 1"
    )
    problems = []
    for number, stage in enumerate(stages):
        kind = Problem("duplicate_key", stage.raw.file, table.name, ", ".join(table.key))
        source = f"SELECT q.v AS v, q.r AS r FROM ({keys}) AS q WHERE q.f = {number}"
        problems.extend(examples(cursor, kind, source))
    return problems
