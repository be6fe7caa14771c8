"""What appending and replacing must not do: meet keys that exist, delete rows that others point to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.store.loading.column_checks import examples
from core.store.loading.foreign_keys import pointers
from core.store.loading.problems import Problem
from core.store.sql_text import quoted
from core.tables import TABLES, Table
from core.tables.boundary import BOUNDARY

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from core.store.loading.staging import Stage


def existing_keys(cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage]) -> list[Problem]:
    """Find rows to append whose key is in the store already."""
    problems = []
    for stage in stages:
        table = stage.table
        values = [stage.value(name) for name in table.key]
        pairs = zip(table.key, values, strict=True)
        same = " AND ".join(f"t.{quoted(name)} IS NOT DISTINCT FROM {value}" for name, value in pairs)
        text = " || ' / ' || ".join(f"COALESCE(CAST({value} AS VARCHAR), '')" for value in values)
        source = (
            f"SELECT {text} AS v, {stage.row} AS r FROM {stage.name} AS s"
            f" SEMI JOIN {table.name} AS t ON {same}"
        )
        kind = Problem("exists", stage.raw.file, table.name, ", ".join(table.key))
        problems.extend(examples(cursor, kind, source))
    return problems


def deletions(
    cursor: duckdb.DuckDBPyConnection, group: Sequence[Stage], stages: Sequence[Stage]
) -> list[Problem]:
    """Find what a replacement would delete although it is needed.

    Parameters
    ----------
    group
        The files that replace one table.
    stages
        All files of the import; tables among them are replaced too, and checked by their own rows.

    Returns
    -------
    list of Problem
        Stored rows of other tables that would point to nothing, or that the table would be empty.
    """
    if not any(stage.rows for stage in group):
        return [Problem("nothing_to_replace", group[0].raw.file, group[0].table.name)]
    replaced = {stage.table.name for stage in stages}
    problems = []
    for user in (*TABLES, BOUNDARY):
        for column, target, condition in pointers(user):
            if target == group[0].table.name and user.name not in replaced:
                problems.extend(_users(cursor, group, user, column, condition))
    return problems


def _users(
    cursor: duckdb.DuckDBPyConnection, group: Sequence[Stage], user: Table, column: str, condition: str
) -> list[Problem]:
    table = group[0].table
    key, value = quoted(table.key[0]), f"s.{quoted(column)}"
    kept = " UNION ALL ".join(f"SELECT s.{key} AS v FROM {stage.name} AS s" for stage in group)
    used = (
        f"SELECT {value} AS v, COUNT(*) AS n FROM {user.name} AS s"
        f" WHERE {value} IS NOT NULL AND {condition} GROUP BY ALL"
    )
    ids, count = cursor.execute(
        f"SELECT MIN(u.v, 5), SUM(u.n) FROM ({used}) AS u ANTI JOIN ({kept}) AS k ON k.v = u.v"
    ).fetchall()[0]
    if not count:
        return []
    context = {"user": user.name, "user_column": column}
    file = group[0].raw.file
    return [Problem("still_used", file, table.name, table.key[0], ", ".join(ids), (), int(count), context)]
