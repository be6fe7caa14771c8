"""Undoing a change of territories: everything goes back that nobody changed again since."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from core.errors import InputError
from core.i18n import _
from core.store.scope import EVERYTHING, Scope
from core.store.territories.changes import FORM, MINE, TABLES, count, refuse_foreign

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

_STANDING = """
    SELECT COUNT(*) FROM territory_change AS c WHERE c.change_id = $change AND c.undone_at IS NULL
"""
_FOREIGN = f"""
    SELECT COUNT(*) FROM territory_move AS m INNER JOIN terminal AS t ON t.terminal_id = m.terminal_id
    WHERE m.change_id = $change AND NOT {MINE}
"""
_ALL = "SELECT COUNT(*) FROM territory_move AS m WHERE m.change_id = $change"
_GOING_BACK = """
    CREATE OR REPLACE TEMP TABLE going_back AS
    SELECT m.*
    FROM territory_move AS m
    INNER JOIN terminal AS t ON t.terminal_id = m.terminal_id
    WHERE m.change_id = $change AND t.employee_id = m.owner_after
"""
_OWNERS = """
    UPDATE terminal SET employee_id = g.owner_before FROM going_back AS g
    WHERE g.terminal_id = terminal.terminal_id
"""
_NO_STAND_INS = """
    DELETE FROM terminal_stand_in WHERE terminal_id IN (SELECT g.terminal_id FROM going_back AS g)
"""
_STAND_INS = """
    INSERT INTO terminal_stand_in
    SELECT g.terminal_id, g.stand_in_before FROM going_back AS g WHERE g.stand_in_before IS NOT NULL
"""
# A record that somebody filled in since has a later version, and stays.
_MADE = f"form = '{FORM}' AND version = 1 AND record_id IN (SELECT g.record_id FROM going_back AS g)"
_RECORD_HISTORY = f"""
    INSERT INTO customer_form_history
    SELECT f.*, 'removed', $now, $actor FROM customer_form AS f WHERE {_MADE}
"""
_RECORDS = f"DELETE FROM customer_form WHERE {_MADE}"
_VISITED = """(
    SELECT v.terminal_id FROM territory_visit AS v
    INNER JOIN going_back AS g ON g.change_id = v.change_id AND g.terminal_id = v.terminal_id)
"""
# Only the days that the change added go; appointments agreed before or since stay.
_APPOINTMENTS = f"""
    UPDATE visit_rule SET fixed = (
        SELECT STRING_AGG(d.day, ',' ORDER BY d.day)
        FROM (SELECT UNNEST(STRING_SPLIT(visit_rule.fixed, ',')) AS day) AS d
        WHERE d.day NOT IN (
            SELECT CAST(v.day AS VARCHAR) FROM territory_visit AS v
            INNER JOIN going_back AS g ON g.change_id = v.change_id AND g.terminal_id = v.terminal_id
            WHERE v.terminal_id = visit_rule.terminal_id
                AND NOT CONTAINS(COALESCE(g.fixed_before, ''), CAST(v.day AS VARCHAR))))
    WHERE terminal_id IN {_VISITED}
"""
_EMPTY_RULES = f"""
    DELETE FROM visit_rule
    WHERE terminal_id IN {_VISITED}
        AND COALESCE(fixed, reason, preferred, forbidden, employee_id, hours, market, companion) IS NULL
        AND COALESCE(visits, minutes) IS NULL
        AND COALESCE(min_gap, max_gap) IS NULL
        AND COALESCE(first_by, not_before) IS NULL
"""
# The plans that the change made, where nobody made another one from them since.
_UNUSED = """(
    SELECT p.plan_id FROM territory_plan AS m INNER JOIN visit_plan AS p ON p.plan_id = m.plan_id
    WHERE m.change_id = $change AND NOT EXISTS (
        SELECT 1 FROM visit_plan AS later
        WHERE later.employee_id = p.employee_id
            AND later.start_day = p.start_day
            AND later.version > p.version))
"""
_STOPS = f"DELETE FROM visit_plan_stop WHERE plan_id IN {_UNUSED}"
_PLANS = f"DELETE FROM visit_plan WHERE plan_id IN {_UNUSED}"
_UNDONE = """
    UPDATE territory_change SET undone_at = $now, undone_by = $actor WHERE change_id = $change
"""


def undo(store: Store, change_id: str, *, actor: str = "local", scope: Scope = EVERYTHING) -> tuple[int, int]:
    """Give the terminals of a change back, in one transaction.

    Hand-over records that somebody worked on since stay, and so do appointments agreed since, and plans made
    since.

    Returns
    -------
    tuple of int
        How many terminals went back, and how many keep the owner that somebody gave them since.

    Raises
    ------
    InputError
        There is no such change, it was undone, or some of its terminals aren't the user's.
    """
    change: dict[str, object] = {"change": change_id}
    now = {"now": dt.datetime.now(), "actor": actor}

    def work(cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
        if not count(cursor, _STANDING, change):
            raise InputError(_("The change of territories is not there any more, or was undone."))
        refuse_foreign(cursor, _FOREIGN, {**change, "scope": scope.parameter})
        everything = count(cursor, _ALL, change)
        cursor.execute(_GOING_BACK, change)
        back = count(cursor, "SELECT COUNT(*) FROM going_back AS g", {})
        for text in (_OWNERS, _NO_STAND_INS, _STAND_INS):
            cursor.execute(text)
        cursor.execute(_RECORD_HISTORY, now)
        for text in (_RECORDS, _APPOINTMENTS, _EMPTY_RULES):
            cursor.execute(text)
        for text in (_STOPS, _PLANS):
            cursor.execute(text, change)
        cursor.execute(_UNDONE, {**change, **now})
        cursor.execute("DROP TABLE going_back")
        return back, everything - back

    details = {"entity": TABLES, "entity_key": change_id}
    return store.write("undo_territories", work, actor=actor, details=details)
