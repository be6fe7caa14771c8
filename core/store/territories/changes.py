"""Applying territories in one step: owners, stand-ins, hand-over records and visits change together.

All of a change happens in one transaction or nothing does. What it displaces is kept with it, so that it
can be undone (:mod:`core.store.territories.undo`).
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from core.errors import InputError
from core.i18n import _, format_number
from core.store.scope import EVERYTHING, Scope
from core.store.visits.plans import PlanHeader, insert_plan

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

FORM = "handover"
MOST_NAMED = 3
TABLES = "terminal, terminal_stand_in, customer_form, visit_rule, visit_plan, territory_change"
"""What applying and undoing change, for the audit log."""
MINE = """(
    $scope IS NULL OR COALESCE(t.region_id IN (
        SELECT c.region_id FROM region_closure AS c
        WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))), FALSE))
"""
_FOREIGN = f"""
    SELECT COUNT(*) FROM moves AS m LEFT JOIN terminal AS t ON t.terminal_id = m.terminal_id
    WHERE t.terminal_id IS NULL OR NOT {MINE}
"""
_OVERTAKEN = """
    SELECT t.name FROM moves AS m INNER JOIN terminal AS t ON t.terminal_id = m.terminal_id
    WHERE t.employee_id IS DISTINCT FROM m.before
    ORDER BY t.terminal_id
"""
_STRANGERS = """
    SELECT DISTINCT m.after FROM moves AS m LEFT JOIN employee AS e ON e.employee_id = m.after
    WHERE e.employee_id IS NULL
    ORDER BY m.after
"""
_KEEP = """
    INSERT INTO territory_move
    SELECT
        $change, m.terminal_id, m.before, m.after, s.employee_id, $change || '-' || m.terminal_id, r.fixed
    FROM moves AS m
    LEFT JOIN terminal_stand_in AS s ON s.terminal_id = m.terminal_id
    LEFT JOIN visit_rule AS r ON r.terminal_id = m.terminal_id
"""
_KEEP_VISITS = """
    INSERT INTO territory_visit
    SELECT $change, h.plan_id, h.terminal_id, h.day FROM handed AS h
"""
_OWNERS = """
    UPDATE terminal SET employee_id = m.after FROM moves AS m WHERE m.terminal_id = terminal.terminal_id
"""
_NO_STAND_INS = """
    DELETE FROM terminal_stand_in WHERE terminal_id IN (SELECT m.terminal_id FROM moves AS m)
"""
_STAND_INS = """
    INSERT INTO terminal_stand_in
    SELECT m.terminal_id, m.before FROM moves AS m WHERE m.before IS NOT NULL
"""
_RECORDS = f"""
    INSERT INTO customer_form
    SELECT
        '{FORM}', 'terminal', m.terminal_id, $change || '-' || m.terminal_id, m.record, 1, $now, $actor
    FROM moves AS m
    WHERE m.record IS NOT NULL
"""
_RULES = """
    INSERT INTO visit_rule (terminal_id)
    SELECT DISTINCT h.terminal_id FROM handed AS h
    WHERE h.terminal_id NOT IN (SELECT r.terminal_id FROM visit_rule AS r)
"""
# Appointments that were agreed before stay; the promised days join them.
_APPOINTMENTS = """
    UPDATE visit_rule SET fixed = d.days
    FROM (
        SELECT x.terminal_id AS terminal_id, STRING_AGG(x.day, ',' ORDER BY x.day) AS days
        FROM (
            SELECT h.terminal_id AS terminal_id, CAST(h.day AS VARCHAR) AS day FROM handed AS h
            UNION
            SELECT r.terminal_id AS terminal_id, UNNEST(STRING_SPLIT(r.fixed, ',')) AS day
            FROM visit_rule AS r
            WHERE COALESCE(r.fixed, '') <> ''
                AND r.terminal_id IN (SELECT h.terminal_id FROM handed AS h)
        ) AS x
        GROUP BY x.terminal_id
    ) AS d
    WHERE d.terminal_id = visit_rule.terminal_id
"""


@dataclass(frozen=True, eq=False)
class TerritoryChange:
    """Terminals that get another owner.

    Parameters
    ----------
    name
        What people call the step.
    effective_from
        From this day on, planned visits follow.
    moves
        One row per terminal: terminal_id, before (employee_id, missing for nobody), after (employee_id),
        record (the hand-over record as JSON).
    visits
        Planned visits that follow: plan_id, terminal_id, day.
    plans
        The plans without them, to be saved as new versions: header and stops.
    scope
        What the user may see.
    """

    name: str
    effective_from: dt.date
    moves: pd.DataFrame
    visits: pd.DataFrame
    plans: Sequence[tuple[PlanHeader, pd.DataFrame]] = ()
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        if not len(self.moves):
            raise InputError(_("No customer changes hands."), _("Accept at least one change."))
        if not self.moves["terminal_id"].is_unique:
            raise InputError(_("A customer changes hands twice."))
        if not self.name.strip():
            raise InputError(_("The change has no name."), _("Say what it is called."))


def apply(store: Store, change: TerritoryChange, *, actor: str = "local") -> str:
    """Give every terminal its new owner, and everything that goes with it, in one transaction.

    The owner before becomes the stand-in, a hand-over record is made, and the days promised in visit plans
    become appointments that the new owner's plan has to keep.

    Returns
    -------
    str
        The id of the change.

    Raises
    ------
    InputError
        Somebody gave a terminal another owner since, the user may not change it, or a new owner isn't
        there.
    """
    change_id = secrets.token_hex(6)
    inputs = store.data_version

    def work(cursor: duckdb.DuckDBPyConnection) -> str:
        cursor.register("moves", _arrow(change.moves[["terminal_id", "before", "after", "record"]]))
        cursor.register("handed", _visits(change.visits))
        try:
            _check(cursor, change)
            now = {"change": change_id, "now": dt.datetime.now(), "actor": actor}
            _record(cursor, change, now)
            _move(cursor, now)
            for header, stops in change.plans:
                plan_id = insert_plan(cursor, header, stops, inputs=inputs, actor=actor)
                cursor.execute(
                    "INSERT INTO territory_plan VALUES ($change, $plan)",
                    {"change": change_id, "plan": plan_id},
                )
        finally:
            cursor.unregister("moves")
            cursor.unregister("handed")
        return change_id

    details = {"entity": TABLES, "entity_key": change_id, "after": change.name}
    return store.write("apply_territories", work, actor=actor, details=details)


def _check(cursor: duckdb.DuckDBPyConnection, change: TerritoryChange) -> None:
    refuse_foreign(cursor, _FOREIGN, {"scope": change.scope.parameter})
    overtaken = cursor.execute(_OVERTAKEN).fetchall()
    if overtaken:
        raise InputError(
            _(
                "{n} customers got another owner in the meantime: {names}.",
                n=format_number(len(overtaken)),
                names=", ".join(str(row[0]) for row in overtaken[:MOST_NAMED]),
            ),
            _("Look at the proposal again; nothing was changed."),
        )
    strangers = cursor.execute(_STRANGERS).fetchall()
    if strangers:
        raise InputError(_("There is no employee {id}.", id=strangers[0][0]))


def _record(cursor: duckdb.DuckDBPyConnection, change: TerritoryChange, now: dict[str, object]) -> None:
    """Keep what the change displaces."""
    cursor.execute(
        "INSERT INTO territory_change VALUES ($change, $name, $day, $customers, $now, $actor, NULL, NULL)",
        {**now, "name": change.name, "day": change.effective_from, "customers": len(change.moves)},
    )
    cursor.execute(_KEEP, {"change": now["change"]})
    cursor.execute(_KEEP_VISITS, {"change": now["change"]})


def _move(cursor: duckdb.DuckDBPyConnection, now: dict[str, object]) -> None:
    for text in (_OWNERS, _NO_STAND_INS, _STAND_INS):
        cursor.execute(text)
    cursor.execute(_RECORDS, now)
    cursor.execute(_RULES)
    cursor.execute(_APPOINTMENTS)


def refuse_foreign(cursor: duckdb.DuckDBPyConnection, text: str, values: dict[str, object]) -> None:
    """Refuse terminals that aren't there or outside the user's regions; the query counts them."""
    if count(cursor, text, values):
        raise InputError(_("Some of these customers are not yours to change."))


def count(cursor: duckdb.DuckDBPyConnection, text: str, values: dict[str, object]) -> int:
    """Return the one number of a query."""
    return int(cursor.execute(text, values).fetchall()[0][0])


def _arrow(table: pd.DataFrame) -> pa.Table:
    return pa.table({name: pa.array(_texts(table[name]), pa.string()) for name in table.columns})


def _visits(table: pd.DataFrame) -> pa.Table:
    return pa.table(
        {
            "plan_id": pa.array(_texts(table["plan_id"]), pa.string()),
            "terminal_id": pa.array(_texts(table["terminal_id"]), pa.string()),
            "day": pa.array(table["day"].to_list(), pa.date32()),
        }
    )


def _texts(values: pd.Series) -> list[str | None]:
    return [None if pd.isna(value) else str(value) for value in values]
