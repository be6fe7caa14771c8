"""What an import must leave alone: plans that were approved or superseded, and their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.store.checks import examples
from core.store.problems import Problem
from core.store.raw import Mode, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from core.store.staging import Stage

_TABLES = ("target_plan", "target_cell")
_CLOSED = (
    "SELECT p.plan_id AS id, p.plan_id || ' (' || p.name || ')' AS v FROM target_plan AS p"
    " WHERE p.status IN ('approved', 'superseded')"
)


def closed_plan_problems(
    cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage], mode: Mode
) -> list[Problem]:
    """Find rows that would change, add to or delete from a plan that is closed.

    Parameters
    ----------
    cursor
        Where the stages are.
    stages
        All files of the import; rows that say what the store says already are no change.
    mode
        With ``replace``, rows that are in no file would be deleted.
    """
    problems = []
    for name in _TABLES:
        group = [stage for stage in stages if stage.table.name == name and stage.has("plan_id")]
        for stage in group:
            kind = Problem("plan_closed", stage.raw.file, name, "plan_id")
            problems.extend(examples(cursor, kind, _changed(stage, mode)))
        if group and mode is Mode.REPLACE:
            problems.extend(_deleted(cursor, group))
    return problems


def _changed(stage: Stage, mode: Mode) -> str:
    """Return the query of plan and row number of the rows that differ from every stored one."""
    names = [column.name for column in stage.table.columns if mode is Mode.REPLACE or stage.has(column.name)]
    same = " AND ".join(
        f"t.{quoted(name)} IS NOT DISTINCT FROM {stage.value(name)}"
        for name in dict.fromkeys((*stage.table.key, *names))
    )
    return (
        f"SELECT c.v AS v, {stage.row} AS r FROM {stage.name} AS s"
        f" JOIN ({_CLOSED}) AS c ON c.id = s.plan_id ANTI JOIN {stage.table.name} AS t ON {same}"
    )


def _deleted(cursor: duckdb.DuckDBPyConnection, group: Sequence[Stage]) -> list[Problem]:
    """Find the stored rows of closed plans whose key is in no file."""
    table = group[0].table
    keys = " UNION ALL ".join(
        f"SELECT {', '.join(f'{stage.value(k)} AS {quoted(k)}' for k in table.key)} FROM {stage.name} AS s"
        for stage in group
    )
    same = " AND ".join(f"t.{quoted(k)} IS NOT DISTINCT FROM k.{quoted(k)}" for k in table.key)
    found = cursor.execute(
        f"SELECT c.v, COUNT(*) FROM {table.name} AS t JOIN ({_CLOSED}) AS c ON c.id = t.plan_id"
        f" ANTI JOIN ({keys}) AS k ON {same} GROUP BY c.v ORDER BY c.v"
    ).fetchall()
    return [
        Problem("plan_closed", group[0].raw.file, table.name, "plan_id", plan, (), int(count))
        for plan, count in found
    ]
