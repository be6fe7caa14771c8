"""What the store knows about where records come from: source, confidence, the last day, how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.store.caching.memo import share
from core.store.read_tracking import stored_tables
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from core.store.database import Store

# What says when, in records that are imported; a day from when on something holds isn't one.
_DATED = ("month", "day", "as_of", "assessed_on", "start_at", "start_on")
# The same in records made here.
_DAYS = {
    "customer_form": "updated_at",
    "grade_judgement": "updated_at",
    "grade_run": "graded_at",
    "visit_check_in": "arrived_at",
    "visit_photo": "added_at",
    "visit_plan": "start_day",
    "visit_shelf": "saved_at",
    "day_report": "day",
}


def record_sources(store: Store, tables: Iterable[str]) -> pd.DataFrame:
    """Return where the records of some tables come from; those that aren't there are left out.

    Returns
    -------
    pandas.DataFrame
        name, source and confidence as written beside the records (missing where none is), is_own (whether
        they are our own company's sales), rows, last_day (missing where the table has no day).
    """
    there = share(store, "tables there", lambda: _tables(store))
    parts = [_part(name) for name in sorted(set(tables) & stored_tables() & there)]
    if not parts:
        parts = [_part("region") + " HAVING FALSE"]
    return store.fetch(f"{' UNION ALL '.join(parts)} ORDER BY name, rows DESC").to_pandas()


def _tables(store: Store) -> frozenset[str]:
    found = store.fetch("SELECT t.table_name AS name FROM duckdb_tables() AS t WHERE t.schema_name = 'main'")
    return frozenset(found["name"].to_pylist())


def _part(name: str) -> str:
    columns = {column.name for column in BY_NAME[name].columns} if name in BY_NAME else set()
    day = next((each for each in _DATED if each in columns), _DAYS.get(name))
    source, confidence = (
        f"t.{each}" if each in columns else "NULL" for each in ("source_type", "confidence")
    )
    own = (
        "t.company_id IN (SELECT c.company_id FROM company AS c WHERE c.is_self)"
        if name == "market_sales"
        else "FALSE"
    )
    return (
        f"SELECT '{name}' AS name, CAST({source} AS VARCHAR) AS source, CAST({confidence} AS VARCHAR) AS"
        f" confidence, {own} AS is_own, COUNT(*) AS rows,"
        f" {f'CAST(MAX(t.{day}) AS DATE)' if day else 'CAST(NULL AS DATE)'} AS last_day"
        f" FROM {name} AS t GROUP BY ALL"
    )
