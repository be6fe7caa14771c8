"""Rules about whole rows and whole tables: cycles, one own company, order of times, located shops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.store.loading.approved_plans import closed_plan_problems
from core.store.loading.column_checks import examples
from core.store.loading.problems import Problem
from core.store.loading.source_table import Mode
from core.store.market.regions import cycles
from core.store.sql_text import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from core.store.loading.staging import Stage

# Table, columns that must be in the file, code, column to name, condition (alias s), value shown.
_ROW_RULES = (
    ("visit", ("start_at", "end_at"), "end_before_start", "end_at", "s.end_at < s.start_at", "s.end_at"),
    (
        "dealer_region",
        ("from_month", "to_month"),
        "end_before_start",
        "to_month",
        "s.to_month < s.from_month",
        "s.to_month",
    ),
    ("terminal", (), "no_region", "region_id", "s.region_id IS NULL", "NULL"),
    ("terminal", (), "no_coordinates", "lat", "s.lat IS NULL AND s.lon IS NULL", "NULL"),
    *(
        (
            table,
            ("lat", "lon"),
            "half_coordinates",
            "lat",
            "(s.lat IS NULL) <> (s.lon IS NULL)",
            "COALESCE(s.lat, s.lon)",
        )
        for table in ("region", "employee", "dealer", "terminal")
    ),
    *(
        (table, ("lat", "lon"), "zero_coordinates", "lat", "s.lat = 0 AND s.lon = 0", "NULL")
        for table in ("region", "employee", "dealer", "terminal")
    ),
)
_TREES = (
    ("region", "parent_id"),
    ("employee", "manager_id"),
    ("dealer", "parent_dealer_id"),
    ("target_plan", "base_plan_id"),
)


def rule_problems(cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage], mode: Mode) -> list[Problem]:
    """Check the rules that look at more than one value.

    Parameters
    ----------
    mode
        With ``replace``, rows of the store that are not in the files don't count.
    """
    problems = []
    for stage in stages:
        problems.extend(_row_problems(cursor, stage))
    for table, parent in _TREES:
        staged = [stage for stage in stages if stage.table.name == table and stage.has(parent)]
        if staged:
            problems.extend(_tree_problems(cursor, staged, parent, mode))
    companies = [stage for stage in stages if stage.table.name == "company" and stage.has("is_self")]
    if companies:
        problems.extend(_own_company_problems(cursor, companies, mode))
    problems.extend(closed_plan_problems(cursor, stages, mode))
    return problems


def _row_problems(cursor: duckdb.DuckDBPyConnection, stage: Stage) -> list[Problem]:
    problems = []
    for table, needed, code, column, condition, shown in _ROW_RULES:
        if table != stage.table.name or not all(stage.has(name) for name in needed):
            continue
        if not needed and not stage.has(column):
            # A column that isn't in the file keeps its stored value, so nothing is known to be missing.
            continue
        kind = Problem(code, stage.raw.file, table, column)
        source = (
            f"SELECT CAST({shown} AS VARCHAR) AS v, {stage.row} AS r FROM {stage.name} AS s WHERE {condition}"
        )
        problems.extend(examples(cursor, kind, source))
    return problems


def _after(stages: Sequence[Stage], column: str, mode: Mode) -> str:
    """Return a query of key and one column as they will be after the import, with the row number."""
    table = stages[0].table
    key = quoted(table.key[0])
    staged = " UNION ALL ".join(
        f"SELECT s.{key} AS k, {stage.value(column)} AS v, {stage.row} AS r FROM {stage.name} AS s"
        for stage in stages
    )
    if mode is Mode.REPLACE:
        return staged
    return (
        f"{staged} UNION ALL SELECT t.{key} AS k, t.{quoted(column)} AS v, NULL AS r FROM {table.name} AS t"
        f" ANTI JOIN ({staged}) AS n ON n.k = t.{key}"
    )


def _tree_problems(
    cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage], parent: str, mode: Mode
) -> list[Problem]:
    table, file = stages[0].table.name, stages[0].raw.file
    rows = cursor.execute(f"SELECT a.k, a.v, a.r FROM ({_after(stages, parent, mode)}) AS a").fetchall()
    parents = {key: value for key, value, _row in rows if key is not None}
    numbers = {key: row for key, _value, row in rows}
    problems = [
        Problem(
            "cycle",
            file,
            table,
            parent,
            " → ".join((*cycle, cycle[0])),
            tuple(int(numbers[key]) for key in cycle if numbers.get(key))[:5],
            len(cycle),
        )
        for cycle in cycles(parents)
    ]
    roots = [key for key, value in parents.items() if value is None]
    if table == "region" and len(roots) > 1:
        context = {"roots": ", ".join(sorted(roots)[:5])}
        problems.append(Problem("several_roots", file, table, parent, None, (), len(roots), context))
    return problems


def _own_company_problems(
    cursor: duckdb.DuckDBPyConnection, stages: Sequence[Stage], mode: Mode
) -> list[Problem]:
    own = cursor.execute(
        f"SELECT a.k, a.r FROM ({_after(stages, 'is_self', mode)}) AS a WHERE a.v ORDER BY a.r, a.k"
    ).fetchall()
    if len(own) < 2:
        return []
    rows = tuple(int(row) for _key, row in own if row is not None)
    names = ", ".join(str(key) for key, _row in own[:5])
    return [Problem("several_self", stages[0].raw.file, "company", "is_self", names, rows[:5], len(own))]
