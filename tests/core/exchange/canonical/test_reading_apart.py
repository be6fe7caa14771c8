"""CSV and Parquet files are parsed outside of the process that serves everybody."""

from __future__ import annotations

import os
import signal
import struct
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.errors import CancelledError, ImportRefusedError
from core.exchange.canonical.importing import check_files, load
from core.exchange.canonical.sources import open_files
from core.store.loading.apart import staging_apart
from core.store.loading.apart.staging_apart import stage_apart
from core.store.loading.apart.text_signs import scanned
from core.store.loading.handover import write_rows
from core.store.loading.staging import stage
from core.store.progress import Watch
from core.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.store.database import Store
    from core.store.loading.source_table import RawTable


def ends_between_batches(raw: RawTable, folder: Path, _rows: int | None) -> None:
    """End the process after the first rows, as a library does over a damaged page."""
    columns = [*raw.columns, "_flags"]
    batch = pa.record_batch({name: pa.array(["1"] if name != "_flags" else [0]) for name in columns})

    def batches() -> Iterator[pa.RecordBatch]:
        yield batch
        os.kill(os.getpid(), signal.SIGABRT)

    write_rows(folder, batches())


def never_ends(_raw: RawTable, _folder: Path, _rows: int | None) -> None:
    """Write nothing."""
    threading.Event().wait()


@pytest.mark.parametrize("name", [table.name for table in TABLES])
def test_rows_come_back_as_the_store_would_read_them(store: Store, tmp_path: Path, name: str) -> None:
    """The example row of every template has the same types and values, read here or in another process."""
    table = next(table for table in TABLES if table.name == name)
    path = tmp_path / f"{name}.csv"
    header = [column.name for column in table.columns]
    path.write_text("\n".join([",".join(header), ",".join(c.example or "" for c in table.columns)]), "utf-8")
    (raw,) = open_files([path]).raws
    with store.cursor() as cursor:
        here, _problems = stage(cursor, raw, 0)
        apart, _problems = stage_apart(cursor, raw, 1, Watch(), tmp_path)
        columns = ", ".join([*raw.columns, "_flags"])
        reads = [f"SELECT {columns}, {s.row} FROM {s.name} AS s" for s in (here, apart)]
        described = [[row[1] for row in cursor.execute(f"DESCRIBE {read}").fetchall()] for read in reads]
        rows = [cursor.execute(read).fetchall() for read in reads]
    assert described[0] == described[1]
    assert rows[0] == rows[1]
    assert here.flags == apart.flags


def test_the_order_of_many_rows_is_that_of_the_file(store: Store, world: None, write) -> None:
    """A wrong value far down in a file of 300,000 rows is named with its row."""
    del world
    rows = [f"2026-{1 + n % 12:02},T{1 + n % 2},US,{n}" for n in range(300_000)]
    rows[212_345] = "2026-01,T1,US,zwölf"
    check = check_files(
        store, write(terminal_sales="month,terminal_id,company_id,amount\n" + "\n".join(rows))
    )
    wrong = next(problem for problem in check.problems if problem.code == "unreadable")
    assert (wrong.rows, wrong.value) == ((212_347,), "zwölf")


def test_a_header_alone_and_empty_references_are_no_unknown_ones(store: Store, world: None, write) -> None:
    """A file without rows, and rows without a product, point to nothing; a blank around an ID is no other."""
    del world
    rows = "2026-05,T1 ,US,,1\n2026-05, T2,US,,1\n2026-05,T3,US,A,1\n"
    for text, unknown in (("", []), (rows, ["T3"])):
        check = check_files(
            store, write(terminal_sales="month,terminal_id,company_id,product_id,amount\n" + text)
        )
        assert [p.value for p in check.problems if p.code == "unknown_reference"] == unknown


def test_a_process_that_ends_between_rows_costs_its_file(
    store: Store, world: None, write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The import ends in a sentence with the file's name, the store and the next import are well."""
    del world
    version = store.data_version
    good = write(product="product_id,name\nZ,Zinc\n")
    with monkeypatch.context() as patch:
        patch.setattr(staging_apart, "write_typed", ends_between_batches)
        with pytest.raises(ImportRefusedError, match=r"product\.csv was stopped"):
            load(store, good)
    assert store.data_version == version
    assert load(store, good).batches[0].changes.inserted == 1


def test_stopping_ends_a_process_that_reads(
    store: Store, world: None, write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An import that is stopped while the other process is silent ends within seconds."""
    del world
    monkeypatch.setattr(staging_apart, "write_typed", never_ends)
    watch = Watch()
    threading.Timer(0.5, watch.cancel).start()
    with pytest.raises(CancelledError):
        load(store, write(product="product_id,name\nZ,Zinc\n"), watch=watch)


def test_a_parquet_file_that_declares_too_much_is_refused_unread(tmp_path: Path) -> None:
    """A length of 2 GB for the description of columns is refused before any library sees the file."""
    path = tmp_path / "product.parquet"
    path.write_bytes(b"PAR1" + struct.pack("<I", 2 << 30) + b"PAR1")
    (problem,) = open_files([path]).problems
    assert "2147483648 bytes" in str(problem.context["message"])


def test_too_many_columns_are_refused_in_words(tmp_path: Path) -> None:
    """A CSV or Parquet file of 3,000 columns is refused with that number."""
    names = [f"c{n}" for n in range(3_000)]
    (tmp_path / "product.csv").write_text(",".join(names) + "\n", "utf-8")
    pq.write_table(pa.table({name: [1] for name in names}), tmp_path / "product.parquet")
    problems = open_files([tmp_path / "product.csv", tmp_path / "product.parquet"]).problems
    assert ["3000 columns" in str(problem.context["message"]) for problem in problems] == [True, True]


def test_no_folder_of_the_server_is_named(store: Store, tmp_path: Path) -> None:
    """What is wrong with a cut-off Parquet file is told without the place of the file."""
    path = tmp_path / "product.parquet"
    pq.write_table(pa.table({"product_id": ["A"] * 1000, "name": ["x"] * 1000}), path)
    data = bytearray(path.read_bytes())
    data[4:40] = bytes(36)
    path.write_bytes(data)
    with pytest.raises(ImportRefusedError) as refused:
        load(store, [path])
    assert "product.parquet" in str(refused.value)
    assert str(tmp_path) not in str(refused.value) + (refused.value.hint or "")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("A,city,one\nB,city," + "x" * 2_100_000 + "\nC,city,three\n", 3),
        ("A,city,one\n" + "x" * 5_000_000, 3),
        ('A,city,one\nB,city,"open\n' + "C,city,three\n" * 300_000, 3),
    ],
)
def test_a_line_or_quote_without_end_is_refused_by_its_line(
    store: Store, tmp_path: Path, text: str, line: int
) -> None:
    """A line that DuckDB would pass over, and a quote that is never closed, are refused with their line."""
    path = tmp_path / "region.csv"
    path.write_text("region_id,level,name\n" + text, "utf-8")
    with pytest.raises(ImportRefusedError, match=f"Line {line} of region.csv has more than"):
        check_files(store, [path])


@pytest.mark.parametrize("name", ['5" screen', '"quoted, and closed"', '"a,"'])
@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_quotes_that_mean_something_else_are_no_reason_to_refuse(tmp_path: Path, name: str, end: str) -> None:
    """Inches, and values in quotes, are read in a file of millions of letters behind them."""
    path = tmp_path / "region.csv"
    rows = ["region_id,level,name", f"A,city,{name}", *["B,city,three"] * 300_000]
    path.write_text(end.join(rows), "utf-8", newline="")
    (raw,) = open_files([path]).raws
    assert scanned(raw).path == path
