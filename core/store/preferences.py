"""What was chosen for one store and travels with it: names and texts in the table ``setting``.

``demonstration`` is ``yes`` while the store holds the demonstration region; ``k`` is the No.1 multiple
that new views start with; ``incomplete_books:`` and the key of a market is there where our own books of
that market have gaps, so that no row of ours doesn't mean no sales; ``basemap_url`` is where an online
basemap comes from; ``currency`` is the code of the currency of all amounts, the yuan where it isn't there.
Settings of the installation are in
:mod:`core.settings`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.currency import use_currency
from core.tables import TABLES

if TYPE_CHECKING:
    import duckdb
    import pandas as pd

    from core.store.database import Store

DEMONSTRATION = "demonstration"
MULTIPLE = "k"
INCOMPLETE_BOOKS = "incomplete_books:"
BASEMAP_URL = "basemap_url"
CURRENCY = "currency"


def preferences(store: Store) -> dict[str, str]:
    """Return all names and values."""
    table = store.read("preferences/all")
    return dict(zip(table["name"].to_pylist(), table["value"].to_pylist(), strict=True))


def incomplete_books(store: Store) -> set[str]:
    """Return the keys of the markets in which our own books have gaps."""
    marked = (name for name in preferences(store) if name.startswith(INCOMPLETE_BOOKS))
    return {name.removeprefix(INCOMPLETE_BOOKS) for name in marked}


def table_sizes(store: Store) -> pd.DataFrame:
    """Return name and rows of the tables that can be imported, in the order of their declaration.

    Tables that a published version doesn't hold are left out.
    """
    there = set(
        store.fetch("SELECT t.table_name AS name FROM duckdb_tables() AS t WHERE t.schema_name = 'main'")[
            "name"
        ].to_pylist()
    )
    counts = " UNION ALL ".join(
        f"SELECT {number} AS place, '{table.name}' AS name, COUNT(*) AS rows FROM {table.name}"
        for number, table in enumerate(TABLES)
        if table.name in there
    )
    return store.fetch(f"SELECT c.name, c.rows FROM ({counts}) AS c ORDER BY c.place").to_pandas()


def prefer(store: Store, name: str, value: str) -> None:
    """Set one; an empty value removes it, so that the program's default counts again."""
    before = preferences(store).get(name)

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.execute("DELETE FROM setting WHERE name = $name", {"name": name})
        if value:
            cursor.execute("INSERT INTO setting VALUES ($name, $value)", {"name": name, "value": value})

    store.write(
        "prefer", change, details={"entity": "setting", "entity_key": name, "before": before, "after": value}
    )
    if name == CURRENCY:
        use_currency(value)
