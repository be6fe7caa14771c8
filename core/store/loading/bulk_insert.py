"""Writing whole Arrow tables into a store, as fast as DuckDB takes them.

For data made by the program itself: keys, references and ranges are the maker's duty, the schema's
constraints still hold. Rows are stored in the order they come in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from core.errors import StoreError
from core.i18n import _
from core.store.caching import region_rollup as derived
from core.store.market.regions import refresh_closure
from core.tables import BY_NAME

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from core.store.database import Store

_OWN_TABLES = (
    *("setting", "customer_form", "form_event", "task", "task_event", "visit_prospect", "prospect_stage"),
    *("visit_plan", "visit_plan_stop", "day_report", "visit_check_in", "visit_shelf", "visit_photo"),
    *BY_NAME,
)
_DERIVED_TABLES = (
    "region_closure",
    "region_month_sales",
    "region_month_figure",
    "derived_state",
    "data_issue",
    "import_batch",
    "import_run",
    "import_run_batch",
    "import_sheet",
    "quarantine",
    "customer_form_history",
    "form_draft",
    "customer_search",
)


class BulkWriter:
    """Adds tables inside one transaction; made by :func:`write`."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self._cursor = cursor

    def clear(self) -> None:
        """Remove all data; the audit log, and the market of everything, stay."""
        for name in (*_OWN_TABLES, *_DERIVED_TABLES):
            rest = " WHERE market_id <> 'all'" if name == "market" else ""
            self._cursor.execute(f'DELETE FROM "{name}"{rest}')

    def append(self, name: str, rows: pa.Table) -> None:
        """Add rows to a table.

        Parameters
        ----------
        name
            An imported table, or another of ``_OWN_TABLES``.
        rows
            Its columns by name; columns that are left out are empty.

        Raises
        ------
        StoreError
            There is no such table for bulk rows.
        """
        if name not in _OWN_TABLES:
            raise StoreError(_("The store has no table {name} for bulk rows.", name=name))
        table = self._cursor.table(name)
        values = [f'"{column}"' if column in rows.column_names else "NULL" for column in table.columns]
        # A registered table would stay in memory until the transaction ends; a relation doesn't.
        self._cursor.from_arrow(rows).project(", ".join(values)).insert_into(name)


def has_data(store: Store) -> bool:
    """Return whether anything was imported or made; an empty store has one market and no more."""
    union = " UNION ALL ".join(f'SELECT 1 AS x FROM "{name}"' for name in BY_NAME if name != "market")
    return bool(store.fetch(f"SELECT t.x AS x FROM ({union}) AS t LIMIT 1").num_rows)


def write(
    store: Store,
    action: str,
    function: Callable[[BulkWriter], None],
    *,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Run ``function(writer)`` in one transaction, then make the derived tables.

    Parameters
    ----------
    function
        Adds the tables. Whatever it raises rolls everything back.
    """

    def run(cursor: duckdb.DuckDBPyConnection) -> None:
        function(BulkWriter(cursor))
        refresh_closure(cursor)

    store.write(action, run, details=details)
    derived.ensure(store)
