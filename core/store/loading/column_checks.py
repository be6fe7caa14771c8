"""Checks of staged values: each one a set operation, its rows looked up only when it finds something."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import TYPE_CHECKING

from core.store.loading.problems import Problem
from core.store.sql_text import quoted
from core.visible_text import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from core.store.loading.source_table import RawTable
    from core.store.loading.staging import Flag, Stage
    from core.tables import Column

EXAMPLES = 20
"""Lines kept of each kind of problem; the rest is one line with their number."""
_ROWS = 5
_EVERY = 1 << 40
_every: ContextVar[int | None] = ContextVar("every_row", default=None)
LOST = frozenset({"unreadable", "not_first_day", "rounded", "hidden"})
"""Checks whose value isn't in the stage as it stands in the file."""


@contextmanager
def every_row(most: int | None = None) -> Iterator[None]:
    """Have problems name every row they concern, for whoever sets those rows aside.

    Parameters
    ----------
    most
        So many values of each kind, and rows of each value, are enough; None for all.
    """
    token = _every.set(_EVERY if most is None else most)
    try:
        yield
    finally:
        _every.reset(token)


def rows_named() -> int | None:
    """Return what :func:`every_row` set, to be set in another process; None outside of it."""
    return _every.get()


def value_problems(cursor: duckdb.DuckDBPyConnection, stage: Stage, number: int) -> list[Problem]:
    """Find values that are missing, unreadable, out of range or unknown.

    Parameters
    ----------
    number
        Its number, to read the file again for values that got lost in reading.
    """
    found = cursor.execute(f"SELECT COALESCE(BIT_OR(s._flags), 0) FROM {stage.name} AS s").fetchall()[0][0]
    raised = [flag for flag in stage.flags if flag.bit & found]
    problems: list[Problem] = []
    for flag in raised:
        if flag.bit in stage.lost:
            problems.extend(stage.lost[flag.bit])
            continue
        condition = f"s._flags & {flag.bit} <> 0"
        kind = problem_of(stage.raw, flag)
        if flag.code in LOST:
            source = _lost(cursor, stage, number, flag.column, condition)
        else:
            source = _kept(stage, flag.column, condition)
        problems.extend(examples(cursor, kind, source))
    return problems


def problem_of(raw: RawTable, flag: Flag) -> Problem:
    """Return what a flag says, without value and rows."""
    column = raw.table.column(flag.column)
    return Problem(flag.code, raw.file, raw.table.name, flag.column, context=_context(column))


def _context(column: Column) -> dict[str, object]:
    return {
        "kind": column.kind,
        "minimum": column.minimum,
        "maximum": column.maximum,
        "allowed": tuple(column.known),
        "known": column.known,
    }


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


def examples(cursor: duckdb.DuckDBPyConnection, kind: Problem, source: str) -> list[Problem]:
    """Group the rows of one kind of problem by value.

    Parameters
    ----------
    kind
        The problem without value and rows.
    source
        A query with the columns ``v`` (value as text) and ``r`` (row number).

    Returns
    -------
    list of Problem
        At most :data:`EXAMPLES` lines in the order of the file and one for the rest; all of them inside
        :func:`every_row`. Their occurrences add up to all rows of this kind.
    """
    every = _every.get()
    listed = "LIST(x.r ORDER BY x.r)" if every == _EVERY else f"MIN(x.r, {every or _ROWS})"
    lines_kept = every or EXAMPLES
    found = cursor.execute(
        f"SELECT x.v, {listed}, COUNT(*), SUM(COUNT(*)) OVER () FROM ({source}) AS x"
        f" GROUP BY x.v ORDER BY MIN(x.r) LIMIT {lines_kept}"
    ).fetchall()
    lines = [
        replace(
            kind,
            # What turns text around would do so in the finding as well.
            value=value if value is None else escaped(value),
            rows=tuple(int(r) for r in rows),
            occurrences=int(count),
        )
        for value, rows, count, _all in found
    ]
    rest = (int(found[0][3]) if found else 0) - sum(line.occurrences for line in lines)
    if rest:
        lines.append(replace(kind, occurrences=rest, context={**kind.context, "rest": True}))
    return lines


def duplicate_problems(cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage]) -> list[Problem]:
    """Find keys that occur more than once in the files for one table."""
    if len(stages) == 1 and stages[0].keys is not None:
        return [] if stages[0].keys.unique else _equal_keys(cursor, stages)
    key = stages[0].table.key
    hashes = " UNION ALL ".join(
        f"SELECT HASH({', '.join(stage.value(name) for name in key)}) AS h FROM {stage.name} AS s"
        for stage in stages
    )
    # Sorted hashes of which no two neighbours are equal: no two keys are equal. Only otherwise the
    # keys themselves are compared, which costs several times as much.
    suspects = cursor.execute(
        "SELECT COUNT(*) FROM (SELECT o.h = LAG(o.h) OVER () AS same FROM"
        f" (SELECT k.h FROM ({hashes}) AS k ORDER BY k.h) AS o) AS p WHERE p.same"
    ).fetchall()[0][0]
    if not suspects:
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
