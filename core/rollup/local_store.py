"""A store over Parquet files: what is made of sums is made by the store's own functions."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from core.store.database import Store
from core.store.sql_text import literal, quoted
from core.workspace import own_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from core.settings import Settings


@contextmanager
def scratch_store(settings: Settings) -> Iterator[Store]:
    """Open an empty store that is removed afterwards."""
    with (
        TemporaryDirectory(prefix="rollup-", dir=own_folder(settings.temp)) as folder,
        Store.open(Path(folder) / "scratch.duckdb", settings=settings) as store,
    ):
        yield store


def look_through(store: Store, table: str, files: Sequence[str]) -> None:
    """Let a table of a store be what Parquet files hold; a column that they lack is NULL.

    Raises
    ------
    StoreError
        A column can't be read as the store's type.
    """
    store.maintain(
        lambda cursor: [cursor.execute(text) for text in (drop(store, table), _view(store, table, files))]
    )


def selected(store: Store, table: str, files: Sequence[str]) -> str:
    """Return a SELECT of the columns of a store's table from Parquet files, in the types of the store.

    A table that the store hasn't is selected as it is.
    """
    scan = (
        f"read_parquet([{', '.join(map(literal, files))}], union_by_name = true, hive_partitioning = false)"
    )
    wanted = columns(store, table)
    if not wanted:
        return f"SELECT * FROM {scan}"
    given = set(store.fetch(f"SELECT * FROM {scan} LIMIT 0").schema.names)
    values = (
        f"CAST({quoted(name) if name in given else 'NULL'} AS {kind}) AS {quoted(name)}"
        for name, kind in wanted.items()
    )
    return f"SELECT {', '.join(values)} FROM {scan}"


def columns(store: Store, table: str) -> dict[str, str]:
    """Return the SQL types of a table's columns, by the schema that a new store has."""
    rows = store.fetch(
        "SELECT c.column_name AS name, c.data_type AS kind FROM duckdb_columns() AS c"
        " WHERE c.schema_name = 'main' AND c.table_name = $table AND NOT c.internal ORDER BY c.column_index",
        {"table": table},
    ).to_pylist()
    return {row["name"]: row["kind"] for row in rows}


def drop(store: Store, table: str) -> str:
    """Return the statement that removes a table or what stands for it."""
    rows = store.fetch(
        "SELECT v.view_name FROM duckdb_views() AS v WHERE v.view_name = $table AND NOT v.internal",
        {"table": table},
    )
    return f"DROP {'VIEW' if rows.num_rows else 'TABLE'} IF EXISTS {quoted(table)}"


def _view(store: Store, table: str, files: Sequence[str]) -> str:
    return f"CREATE VIEW {quoted(table)} AS {selected(store, table, files)}"
