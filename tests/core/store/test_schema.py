"""The schema follows the declaration of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pytest

from core.store.database import Store
from core.store.loading.source_table import RawTable
from core.store.loading.staging import select_typed
from core.store.migration import schema_files
from core.tables import SQL_TYPES, TABLES
from core.tables.boundary import BOUNDARY

if TYPE_CHECKING:
    from pathlib import Path

DERIVED = {"terminal": ["lat_wgs84", "lon_wgs84", "cell"]}


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], list[tuple[str, str, bool]]]:
    """Columns of every table of a new store: name, type, whether empty is allowed."""
    found: dict[tuple[str, str], list[tuple[str, str, bool]]] = {}
    path: Path = tmp_path_factory.mktemp("schema") / "s.duckdb"
    with Store.open(path) as store, store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT c.schema_name, c.table_name, c.column_name, c.data_type, c.is_nullable"
            " FROM duckdb_columns() AS c WHERE NOT c.internal ORDER BY c.table_name, c.column_index"
        ).fetchall()
    for schema, table, name, kind, nullable in rows:
        found.setdefault((schema, table), []).append((name, kind, nullable))
    return found


def test_schema_files_are_numbered_one_by_one() -> None:
    """No two files have one number: between them, the next one would change what a store's format means."""
    numbers = [int(file.name[:3]) for file in schema_files()]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_columns_follow_the_declaration(columns, table) -> None:
    """Names, order, types and obligation of the columns are those of core/tables."""
    stored = [
        column for column in columns["main", table.name] if column[0] not in DERIVED.get(table.name, [])
    ]
    assert [name for name, _kind, _nullable in stored] == [c.name for c in table.columns] + ["batch_id"]
    for column, (_name, kind, nullable) in zip(table.columns, stored, strict=False):
        assert kind == SQL_TYPES[column.kind]
        assert not (column.required and nullable)


@pytest.mark.parametrize("table", [*TABLES, BOUNDARY], ids=lambda table: table.name)
def test_the_history_has_the_columns_of_its_table(columns, table) -> None:
    """A displaced row can be kept and brought back without loss."""
    stored = [(name, kind) for name, kind, _nullable in columns["main", table.name]]
    history = [(name, kind) for name, kind, _nullable in columns["history", table.name]]
    assert history == [*stored, ("displaced_by", "BIGINT")]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_flags_of_a_table_fit_one_integer(table) -> None:
    """A stage marks its checks by bits of one BIGINT."""
    names = {column.name: column.name for column in table.columns}
    data = pa.table({name: pa.array([], pa.string()) for name in names})
    with duckdb.connect() as cursor:
        _query, flags = select_typed(cursor, RawTable(table, "f", names, data=data))
    assert len(flags) < 63
