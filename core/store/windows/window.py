"""A window on a store: a catalog of filtered views beside the file, and the tables derived from them."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.store.read_tracking import stored_tables
from core.store.sql_text import literal, quoted
from core.store.windows.rules import (
    CHANGE_CONDITIONS,
    COLUMNS,
    CONDITIONS,
    DERIVED_TABLES,
    EVERYTHING,
    NOTHING,
    RECORDS,
    REP_CONDITIONS,
    REPLACED,
    sets,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb


@dataclass(frozen=True)
class Window:
    """The part of a store that is seen through an access.

    Parameters
    ----------
    store
        Catalog of the store.
    region_ids, employee_id
        As of :class:`core.access.access.Access`.
    """

    store: str
    region_ids: tuple[str, ...] | None
    employee_id: str | None

    @property
    def catalog(self) -> str:
        """Name of the catalog with its views."""
        key = repr((self.region_ids, self.employee_id)).encode()
        return f"window_{hashlib.sha256(key).hexdigest()[:16]}"

    def open(self, cursor: duckdb.DuckDBPyConnection, folder: Path) -> Path:
        """Make the catalog; return the file of its derived tables, which nobody needs later."""
        file = folder / f"{self.catalog}-{uuid.uuid4().hex}.duckdb"
        cursor.execute(f"ATTACH {literal(str(file))} AS {self.catalog}")
        cursor.execute("BEGIN TRANSACTION")
        for text in self._statements(cursor):
            cursor.execute(text)
        cursor.execute("COMMIT")
        return file

    def enter(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Let a cursor see what is in the window, and nothing else under any name without a catalog."""
        cursor.execute(f"USE {self.catalog}")

    def leave(self, cursor: duckdb.DuckDBPyConnection) -> None:
        """Let a cursor see the whole file again."""
        cursor.execute(f"USE {quoted(self.store)}")

    @property
    def displaced(self) -> str:
        """The full name of the schema of rows that others took the place of."""
        return f"{quoted(self.store)}.history"

    def change_condition(self, table: str) -> str:
        """Return the condition on a row ``t`` that may be changed; records are added by everybody."""
        if table in RECORDS:
            return EVERYTHING
        if table in CHANGE_CONDITIONS:
            return self._in_full(CHANGE_CONDITIONS[table])
        return self.condition(table)

    def condition(self, table: str) -> str:
        """Return the condition on a row ``t`` of a table, with every name in full."""
        rules = CONDITIONS | (REP_CONDITIONS if self.employee_id is not None else {})
        return self._in_full(rules.get(table, NOTHING))

    def stored(self, table: str) -> str:
        """Return the full name of a table of the file."""
        return f"{quoted(self.store)}.main.{table}"

    def _in_full(self, text: str) -> str:
        return text.replace("stored.", self.stored("")).replace("seen.", f"{self.catalog}.main.")

    def _statements(self, cursor: duckdb.DuckDBPyConnection) -> Iterator[str]:
        for name, text in sets(self.region_ids, self.employee_id).items():
            yield f"CREATE VIEW {self.catalog}.main.{name} AS {self._in_full(text)}"
        for table in DERIVED_TABLES:
            yield f"CREATE TABLE {self.catalog}.main.{table} AS FROM {self.stored(table)} LIMIT 0"
        for table in sorted(stored_tables() - set(DERIVED_TABLES), key=lambda name: (name in REPLACED, name)):
            yield (
                f"CREATE VIEW {self.catalog}.main.{table} AS SELECT {self._columns(cursor, table)}"
                f" FROM {self.stored(table)} AS t WHERE {self.condition(table)}"
            )

    def _columns(self, cursor: duckdb.DuckDBPyConnection, table: str) -> str:
        if table in REPLACED:
            return f"t.* REPLACE ({self._in_full(REPLACED[table])})"
        if table not in COLUMNS:
            return "t.*"
        names = [row[0] for row in cursor.execute(f"DESCRIBE {self.stored(table)}").fetchall()]
        return ", ".join(
            f"t.{name}" if name in COLUMNS[table] else f"NULLIF(t.{name}, t.{name}) AS {name}"
            for name in names
        )
