"""Opening: a locked, damaged, foreign or newer file is refused in words; an older one is migrated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from core.errors import StoreError, StoreFormatError, StoreLockedError
from core.store import migration
from core.store.database import Store

HOLDER = """
import sys, time
from core.store.database import Store
store = Store.open(sys.argv[1])
print("open", flush=True)
time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a store that is closed."""
    path = tmp_path / "store.duckdb"
    Store.open(path).close()
    return path


def shape(path: Path) -> list[tuple[object, ...]]:
    """Return all columns of all tables of a store."""
    with Store.open(path) as store, store.cursor() as cursor:
        return cursor.execute(
            "SELECT c.schema_name, c.table_name, c.column_name, c.data_type, c.is_nullable, c.column_default"
            " FROM duckdb_columns() AS c WHERE NOT c.internal ORDER BY ALL"
        ).fetchall()


def test_a_second_process_is_told_who_holds_the_store(path) -> None:
    """The refusal names the process and what to do."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        try:
            with pytest.raises(StoreLockedError, match=f"is open in process {holder.pid}") as refused:
                Store.open(path)
            assert "Close that program" in refused.value.hint
        finally:
            holder.kill()
    Store.open(path).close()


def test_a_file_that_is_no_database(tmp_path) -> None:
    """Any other file is refused and left as it is."""
    path = tmp_path / "letter.duckdb"
    path.write_text("Dear Sir", "utf-8")
    with pytest.raises(StoreFormatError, match="damaged or is no store"):
        Store.open(path)
    assert path.read_text("utf-8") == "Dear Sir"


def test_a_damaged_store(path) -> None:
    """A store whose first blocks were overwritten is refused with the advice to restore."""
    content = bytearray(path.read_bytes())
    content[4096:12288] = b"\x5a" * 8192
    path.write_bytes(content)
    with pytest.raises(StoreFormatError, match="damaged or is no store") as refused:
        Store.open(path)
    assert "Restore the last backup" in refused.value.hint


def test_a_truncated_store(path) -> None:
    """A store that was cut off is refused."""
    path.write_bytes(path.read_bytes()[:5000])
    with pytest.raises(StoreFormatError):
        Store.open(path)


def test_a_newer_store(path) -> None:
    """A store of a later format is refused with the advice to update, and not touched."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET format_version = 999")
    with pytest.raises(StoreFormatError, match="has format 999") as refused:
        Store.open(path)
    assert "Update the program" in refused.value.hint


def test_a_database_of_another_program(tmp_path) -> None:
    """A DuckDB file with other tables is not filled with ours."""
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE customers (name VARCHAR)")
    with pytest.raises(StoreFormatError, match="another program"):
        Store.open(path)


def test_a_missing_store_is_not_made_unasked(tmp_path) -> None:
    """A wrong path is refused where a store is expected."""
    with pytest.raises(StoreError, match="There is no store"):
        Store.open(tmp_path / "none.duckdb", create=False)


@pytest.fixture
def next_format(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A schema file beyond the current format, which the test fills."""
    file = tmp_path / "999_next.sql"
    known = migration.schema_files()
    monkeypatch.setattr(migration, "schema_files", lambda: (*known, file))
    return file


def test_an_older_store_is_migrated_and_a_copy_kept(path, next_format) -> None:
    """The missing schema files are applied; the file as it was lies beside it."""
    before = path.read_bytes()
    version = len(migration.schema_files()) - 1
    next_format.write_text("ALTER TABLE company ADD COLUMN colour VARCHAR;", "utf-8")
    with Store.open(path) as store:
        assert store.fetch("SELECT c.colour FROM company AS c").num_rows == 0
        assert store.fetch("SELECT m.format_version FROM meta AS m").to_pylist() == [
            {"format_version": version + 1}
        ]
    assert Path(f"{path}.v{version}").read_bytes() == before


def test_a_migration_that_fails_leaves_the_store_as_it_was(path, next_format, monkeypatch) -> None:
    """Half a migration is none: the old program opens the store as before."""
    next_format.write_text("CREATE TABLE half (x INTEGER); SELECT no_such_function();", "utf-8")
    with pytest.raises(StoreFormatError, match="it is unchanged"):
        Store.open(path)
    monkeypatch.undo()
    with Store.open(path) as store:
        assert (
            store.fetch("SELECT t.table_name FROM duckdb_tables() AS t WHERE t.table_name = 'half'").num_rows
            == 0
        )


@pytest.mark.parametrize("version", range(1, len(migration.schema_files()) + 1))
def test_every_earlier_format_becomes_the_current_one(tmp_path, monkeypatch, version) -> None:
    """A store made with the first N schema files has, once opened, the shape of a new one."""
    known = migration.schema_files()
    with monkeypatch.context() as past:
        past.setattr(migration, "schema_files", lambda: known[:version])
        Store.open(tmp_path / "old.duckdb").close()
    assert shape(tmp_path / "old.duckdb") == shape(tmp_path / "new.duckdb")


FULL_DISK = """
import resource, signal, sys
from core.errors import StoreError
from core.i18n import use_language
from core.store.database import Store
use_language("en")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = Store.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (8_000_000, 8_000_000))
grow = "INSERT INTO setting SELECT range, repeat(hash(range)::VARCHAR, 20) FROM range(100000)"
try:
    store.write("test", lambda cursor: cursor.execute(grow))
except StoreError as error:
    print(error)
"""


def test_a_full_disk_is_named_and_the_data_stay(path) -> None:
    """A change that no longer fits says that the disk is full; the store opens afterwards as it was."""
    command = [sys.executable, "-c", FULL_DISK, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert f"The disk that holds {path} is full" in done.stdout
    assert "unharmed" in done.stdout
    with Store.open(path, create=False) as store:
        assert store.fetch("SELECT COUNT(*) AS n FROM setting").to_pylist() == [{"n": 0}]


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder that nobody may write to")
def test_a_place_that_is_read_only_is_named() -> None:
    """A folder where no file can be made is no damage: the advice is to write elsewhere."""
    with pytest.raises(StoreError, match="read-only for this program") as refused:
        Store.open("/sys/store.duckdb")
    assert not isinstance(refused.value, StoreFormatError)
    assert "SHENGENG_STORE" in refused.value.hint


def test_a_folder_is_no_store(tmp_path) -> None:
    """The name of a folder is refused with the advice to name a file."""
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path)
