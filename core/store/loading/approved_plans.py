"""What imports and undoing them must leave alone: closed plans, their cells, and what these stand on.

Closed is a plan that was approved or superseded. Its cells stand on regions, products, dealers and reps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.errors import StoreError
from core.i18n import _, ngettext
from core.store.loading.column_checks import examples
from core.store.loading.problems import Problem
from core.store.loading.source_table import Mode
from core.store.sql_text import quoted
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from core.store.loading.staging import Stage

_TABLES = ("target_plan", "target_cell")
_GROUND = {
    "region": "region_id", "product": "product_id", "dealer": "dealer_id", "employee": "employee_id",
}  # fmt: skip
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
    if mode is Mode.REPLACE:
        for name, key in _GROUND.items():
            ground = [stage for stage in stages if stage.table.name == name and stage.has(key)]
            if ground:
                problems.extend(_without_ground(cursor, ground, key))
    return problems


def refuse_undo_of_closed(cursor: duckdb.DuckDBPyConnection, batches: Sequence[int]) -> None:
    """Refuse to undo imports whose rows, or the rows they displaced, belong to a closed plan.

    Parameters
    ----------
    batches
        The imports that are to be undone.
    """
    rows = " UNION ALL ".join(
        f"SELECT t.plan_id FROM {name} AS t WHERE list_contains($batches, t.batch_id)"
        f" UNION ALL SELECT h.plan_id FROM history.{name} AS h WHERE list_contains($batches, h.displaced_by)"
        for name in _TABLES
    )
    found = cursor.execute(
        f"SELECT c.v FROM ({_CLOSED}) AS c SEMI JOIN ({rows}) AS r ON r.plan_id = c.id ORDER BY c.v",
        {"batches": list(batches)},
    ).fetchall()
    if found:
        raise StoreError(
            _("The plan {plan} is approved or superseded; undoing this import would change it.",
              plan=found[0][0]),
            _("Copy the plan on the page of the target breakdown and correct the copy; it takes its place."),
        )  # fmt: skip


def refuse_lost_ground(cursor: duckdb.DuckDBPyConnection) -> None:
    """Refuse a change after which cells of a closed plan stand on rows that are gone."""
    for name, key in _GROUND.items():
        found = cursor.execute(
            f"SELECT c.v, t.{key}, COUNT(*) FROM target_cell AS t JOIN ({_CLOSED}) AS c ON c.id = t.plan_id"
            f" ANTI JOIN {name} AS g ON g.{key} = t.{key}"
            f" WHERE t.{key} IS NOT NULL GROUP BY c.v, t.{key} ORDER BY c.v, t.{key} LIMIT 1"
        ).fetchall()
        for plan, lost, cells in found:
            raise StoreError(
                ngettext(
                    "{table} {key} would be gone, but {n} target of the plan {plan}, approved or superseded,"
                    " stands on it.",
                    "{table} {key} would be gone, but {n} targets of the plan {plan}, approved or superseded,"
                    " stand on it.",
                    int(cells), table=_(BY_NAME[name].label), key=lost, plan=plan,
                ),
                _("Keep it. Correct it by an import that updates it, instead of undoing the one that brought"
                  " it."),
            )  # fmt: skip


def refuse_unsigned(cursor: duckdb.DuckDBPyConnection, batches: Sequence[int]) -> None:
    """Refuse an import that brings a plan as approved, which nobody approved here."""
    found = cursor.execute(
        f"SELECT c.v FROM ({_CLOSED}) AS c JOIN target_plan AS p ON p.plan_id = c.id"
        " ANTI JOIN (SELECT e.plan_id FROM plan_event AS e WHERE e.to_status = 'approved') AS a"
        " ON a.plan_id = c.id WHERE list_contains($batches, p.batch_id) ORDER BY c.v LIMIT 1",
        {"batches": list(batches)},
    ).fetchall()
    if found:
        raise StoreError(
            _(
                "The file says that the plan {plan} is approved, but nobody approved it here.",
                plan=found[0][0],
            ),
            _("Import it as a draft, submit it, and have somebody else approve it."),
        )  # fmt: skip


def _without_ground(cursor: duckdb.DuckDBPyConnection, group: Sequence[Stage], key: str) -> list[Problem]:
    """Find the rows in no file that cells of closed plans stand on."""
    kept = " UNION ALL ".join(f"SELECT {stage.value(key)} AS v FROM {stage.name} AS s" for stage in group)
    found = cursor.execute(
        f"SELECT t.{key}, MIN(c.v), COUNT(*) FROM target_cell AS t JOIN ({_CLOSED}) AS c ON c.id = t.plan_id"
        f" ANTI JOIN ({kept}) AS k ON k.v = t.{key} WHERE t.{key} IS NOT NULL"
        f" GROUP BY t.{key} ORDER BY t.{key}"
    ).fetchall()
    return [
        Problem("plan_stands", group[0].raw.file, group[0].table.name, key, lost, (), int(n), {"other": plan})
        for lost, plan, n in found
    ]


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
