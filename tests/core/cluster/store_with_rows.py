"""A store in which every query finds rows: the demonstration region, and one row of what it has none of."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

_DAY = "(SELECT CAST(MAX(v.start_at) AS DATE) FROM visit AS v)"
_REP = "(SELECT p.employee_id FROM visit_plan AS p GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 1)"
_SHOP = f"(SELECT MIN(t.terminal_id) FROM terminal AS t WHERE t.employee_id = {_REP})"
_PLACE = f"(SELECT t.region_id FROM terminal AS t WHERE t.terminal_id = {_SHOP})"
NOT_READ = ("import_", "quarantine", "data_issue", "form_draft", "audit_event", "app_user")
"""Beginnings of the names of tables that no query file reads."""
_MONTH = "(SELECT MAX(s.month) FROM terminal_sales AS s)"

_ARRIVAL = f"""
    INSERT INTO visit_check_in (visit_id, employee_id, terminal_id, arrived_at, recorded_at, recorded_by)
    SELECT 'under way', {_REP}, {_SHOP}, CAST({_DAY} AS TIMESTAMP), CAST({_DAY} AS TIMESTAMP), 'a'
"""
"""An arrival that became no visit yet."""

VALUES = {
    "action": "'fix_coordinates'",
    "active": "TRUE",
    "actor": "'a'",
    "amount": "1.25",
    "bytes": "1",
    "category": "(SELECT MIN(p.category) FROM product AS p)",
    "change_id": "'C1'",
    "customer_id": _SHOP,
    "customer_type": "'terminal'",
    "day": _DAY,
    "effective_from": _DAY,
    "email": "'a@example.com'",
    "employee_id": _REP,
    "end_month": _MONTH,
    "ended": "'changed'",
    "folded": "'abc'",
    "form": "'swot'",
    "grade": "'A'",
    "graded_at": "now()",
    "initials": "'abc'",
    "level": "'error'",
    "mode": "'append'",
    "month": _MONTH,
    "name": "'abc'",
    "note": "'note'",
    "option_no": "1",
    "owner": "''",
    "payload": "'{}'",
    "pinyin": "'abc'",
    "plan_id": "'P1'",
    "record_id": "'R1'",
    "region_id": _PLACE,
    "roles": "'[]'",
    "run_id": "'G1'",
    "scope": "'all'",
    "selection_id": "'S1'",
    "start_month": _MONTH,
    "status": "'loaded'",
    "terminal_id": _SHOP,
    "user_id": "'U1'",
    "version": "1",
    "visit_id": f"(SELECT MIN(v.visit_id) FROM visit AS v WHERE v.employee_id = {_REP})",
    "year": f"YEAR({_MONTH})",
}
"""What a column of an otherwise empty table holds, in SQL."""
BY_TYPE = {
    "VARCHAR": "'x'",
    "DOUBLE": "0.5",
    "BIGINT": "1",
    "INTEGER": "1",
    "BOOLEAN": "FALSE",
    "DATE": _DAY,
    "TIMESTAMP": "CAST(now() AS TIMESTAMP)",
    "DECIMAL(18,2)": "2.50",
    "BLOB": "NULL",
}
"""What any other column holds."""


def fill_empty_tables(store: Store) -> None:
    """Give each table without rows one row, and the log the entries that queries look for."""
    store.write("fix_coordinates", _fill, details={"entity": "terminal", "entity_key": "1"})


def _fill(cursor: duckdb.DuckDBPyConnection) -> None:
    tables = cursor.execute(
        "SELECT t.table_name FROM duckdb_tables() AS t WHERE t.schema_name = 'main' ORDER BY 1"
    ).fetchall()
    for (table,) in tables:
        if table.startswith(NOT_READ) or cursor.execute(f"SELECT COUNT(*) FROM {table}").fetchall()[0][0]:
            continue
        columns = cursor.execute(
            "SELECT c.column_name, c.data_type FROM duckdb_columns() AS c"
            " WHERE c.table_name = $table AND c.schema_name = 'main' ORDER BY c.column_index",
            {"table": table},
        ).fetchall()
        values = ", ".join(VALUES.get(name, BY_TYPE[kind]) for name, kind in columns)
        cursor.execute(f"INSERT INTO {table} SELECT {values}")
    cursor.execute(_ARRIVAL)
