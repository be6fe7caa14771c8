"""The ids that rows point to have to exist, in the store or in another file of the same import."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import nearest
from core.store.loading.column_checks import examples
from core.store.loading.problems import Problem
from core.store.loading.source_table import Mode
from core.store.sql_text import quoted
from core.tables import BY_NAME, TABLES, Table
from core.tables.boundary import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import duckdb

    from core.store.loading.staging import Stage

_NEAREST_LIMIT = 50_000


def reference_problems(
    cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage], mode: Mode
) -> list[Problem]:
    """Find ids that exist neither in the store nor in the other files.

    Parameters
    ----------
    mode
        With ``replace``, ids of the store that are not in the file don't count.
    """
    problems = []
    for stage in stages:
        for column, target, condition in pointers(stage.table):
            if not stage.has(column):
                continue
            known = known_keys(target, stages, mode)
            value = f"s.{quoted(column)}"
            where = f"{value} IS NOT NULL AND {condition}"
            unknown = f"unknown_{column}"
            different = f"SELECT DISTINCT {value} AS v FROM {stage.name} AS s WHERE {where}"
            if column in stage.different and condition == "TRUE":
                different = f"SELECT DISTINCT t.v FROM {stage.different[column]} AS t WHERE t.v <> ''"
            cursor.execute(
                f"CREATE OR REPLACE TEMP TABLE {unknown} AS SELECT d.v FROM ({different}) AS d"
                f" ANTI JOIN ({known}) AS k ON k.v = d.v"
            )
            if not cursor.execute(f"SELECT COUNT(*) FROM {unknown}").fetchall()[0][0]:
                continue
            kind = Problem(
                "unknown_reference", stage.raw.file, stage.table.name, column, context={"references": target}
            )
            source = (
                f"SELECT {value} AS v, {stage.row} AS r FROM {stage.name} AS s"
                f" SEMI JOIN {unknown} AS u ON u.v = {value} WHERE {where}"
            )
            problems.extend(_with_nearest(cursor, examples(cursor, kind, source), known))
    return problems


def pointers(table: Table) -> Iterator[tuple[str, str, str]]:
    """List the columns of a table that point to another one.

    Yields
    ------
    tuple of str
        Column, table it points to, and the SQL condition (alias ``s``) under which it does: the
        customer of a relation is a dealer or a terminal.
    """
    for column in table.columns:
        if column.references:
            yield column.name, column.references, "TRUE"
    if {"customer_type", "customer_id"} <= set(table.key):
        for target in ("dealer", "terminal"):
            yield "customer_id", target, f"s.customer_type = '{target}'"


def known_keys(table: str, stages: Sequence[Stage], mode: Mode) -> str:
    """Return a query of all keys a table has after the import, as column ``v``."""
    key = quoted(BY_NAME[table].key[0])
    staged = [stage for stage in stages if stage.table.name == table]
    parts = [f"SELECT s.{key} AS v FROM {stage.name} AS s WHERE s.{key} IS NOT NULL" for stage in staged]
    if not (staged and mode is Mode.REPLACE):
        parts.append(f"SELECT t.{key} AS v FROM {table} AS t")
    return " UNION ALL ".join(parts)


def _with_nearest(cursor: duckdb.DuckDBPyConnection, problems: list[Problem], known: str) -> list[Problem]:
    count = cursor.execute(f"SELECT COUNT(*) FROM ({known}) AS k").fetchall()[0][0]
    if count > _NEAREST_LIMIT:
        return [
            replace(p, context={**p.context, "nearest": _same_but_spelling(cursor, p, known)})
            for p in problems
        ]
    allowed = [row[0] for row in cursor.execute(f"SELECT DISTINCT k.v FROM ({known}) AS k").fetchall()]
    return [
        replace(p, context={**p.context, "nearest": nearest(p.value, allowed) if p.value else None})
        for p in problems
    ]


def _same_but_spelling(cursor: duckdb.DuckDBPyConnection, problem: Problem, known: str) -> str | None:
    # Among millions of ids only the usual slips are looked for: case, and zeros a spreadsheet took away.
    if problem.value is None:
        return None
    found: str | None = cursor.execute(
        f"SELECT MIN(k.v) FROM ({known}) AS k WHERE LTRIM(LOWER(k.v), '0') = LTRIM(LOWER($value), '0')",
        {"value": problem.value},
    ).fetchall()[0][0]
    return found


def orphans(cursor: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """Count rows of the store that point to a missing row of one of ``tables``.

    Returns
    -------
    list of tuple
        Table, column, table it points to, number of rows; only where there are some.
    """
    found = []
    for table in (*TABLES, BOUNDARY):
        for column, target, condition in pointers(table):
            if target not in tables:
                continue
            key, value = quoted(BY_NAME[target].key[0]), f"s.{quoted(column)}"
            count = cursor.execute(
                "SELECT COALESCE(SUM(d.n), 0) FROM"
                f" (SELECT {value} AS v, COUNT(*) AS n FROM {table.name} AS s"
                f" WHERE {value} IS NOT NULL AND {condition} GROUP BY ALL) AS d"
                f" ANTI JOIN {target} AS t ON t.{key} = d.v"
            ).fetchall()[0][0]
            if count:
                found.append((table.name, column, target, int(count)))
    return found
