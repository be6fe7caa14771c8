"""Plain text files are read in pieces as the engine reads them whole."""

from __future__ import annotations

import datetime as dt
import pickle
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import ImportRefusedError
from core.i18n import language
from core.store.loading import handover
from core.store.loading.apart import text_pieces
from core.store.loading.apart.plain_text import read_plain
from core.store.loading.apart.text_pieces import NotPlainError
from core.store.loading.source_table import RawTable
from core.store.loading.staging import select_typed
from core.tables import BY_NAME, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUMBERS = st.one_of(
    st.sampled_from(
        ["", "1", "-1", "1.5", "1.25", "1.250", ".5", "5.", "-0", "007", "0.0000000001", " 7", "+1"]
    ),
    st.sampled_from(
        ["1e3", "1.234e3", "1E400", "nan", "inf", "99999999999999999.99", "12345678901234567890"]
    ),
    st.decimals(-1000, 1000, places=2).map(str),
)
PLAIN_NUMBERS = st.one_of(
    st.sampled_from(["", "1", "-1", "1.5", "1.250", "007"]), st.decimals(-1000, 1000, places=2).map(str)
)
TEXTS = st.one_of(
    st.sampled_from(
        ["", " ", "2024-01", "2024-1", " 2024-02 ", "2024-03-05", "2024/04/01", "2024-13", "城市"]
    ),
    st.sampled_from(
        [
            "T1",
            " T1",
            "true",
            "是",
            "N",
            "0x10",
            "1_000",
            "1.0",
            "\u200bT1",
            "T\u202e1",
            "\u3000T1\t",
            "2024-01-02T20:00:00Z",
        ]
    ),
    st.text(st.characters(exclude_characters=',"\r\n\0', exclude_categories=["Cs"]), max_size=4),
)
CELLS = st.sampled_from([NUMBERS, PLAIN_NUMBERS, TEXTS, st.one_of(NUMBERS, TEXTS)])


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """An engine of one thread."""
    with duckdb.connect(config={"threads": "1"}) as opened:
        opened.execute("SET GLOBAL TimeZone = 'Asia/Shanghai'")
        yield opened


def raw_of(path: Path, table: str, **options: bool) -> RawTable:
    """Return a file whose header holds columns of a table."""
    header = path.read_text("utf-8").splitlines()[0].split(",")
    columns = {name: name for name in header if name in {column.name for column in BY_NAME[table].columns}}
    return RawTable(
        BY_NAME[table], path.name, columns, path=path, header=tuple(header), delimiter=",", **options
    )


def in_pieces(connection: duckdb.DuckDBPyConnection, raw: RawTable) -> list[tuple[object, ...]]:
    """Return all rows as they are read in pieces."""
    connection.register("pieces", pa.Table.from_batches(read_plain(connection, raw, 2)))
    return connection.sql("SELECT * FROM pieces").fetchall()


def at_once(connection: duckdb.DuckDBPyConnection, raw: RawTable) -> list[tuple[object, ...]]:
    """Return all rows as the engine reads them."""
    return connection.sql(select_typed(connection, raw)[0]).fetchall()


@pytest.mark.parametrize("table", ["terminal_sales", "terminal", "visit"])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_plain_cell_is_read_as_the_engine_reads_it(
    connection: duckdb.DuckDBPyConnection,
    tmp_path_factory: pytest.TempPathFactory,
    table: str,
    data: st.DataObject,
) -> None:
    """Values, types and flags of every row are those of the whole file read by the engine."""
    names = [column.name for column in BY_NAME[table].columns]
    count = data.draw(st.integers(1, 8))
    columns = [data.draw(st.lists(data.draw(CELLS), min_size=count, max_size=count)) for _name in names]
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    path = tmp_path_factory.mktemp("plain") / f"{table}.csv"
    lines = [",".join(names), *map(",".join, zip(*columns, strict=True))]
    path.write_bytes(end.join([*lines, *data.draw(st.sampled_from([[], [""]]))]).encode())
    raw = raw_of(path, table)
    assert in_pieces(connection, raw) == at_once(connection, raw)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(("last", "group"), [("", 15), ("\n", 50), ("", 400), ("\n", 1_000_000)])
def test_pieces_end_where_lines_end(
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    end: str,
    last: str,
    group: int,
) -> None:
    """A file cut into many pieces, of whole groups where these fit, gives its rows in their order."""
    monkeypatch.setattr(text_pieces, "PIECE", 1_000)
    monkeypatch.setattr(text_pieces, "LARGEST_PIECE", 10_000)
    monkeypatch.setattr(text_pieces, "GROUP_ROWS", group)
    rows = [f"2026-{1 + n % 12:02},终端{n % 7},C{n % 3},{n}.5,{n % 2 or ''}" for n in range(1_000)]
    path = tmp_path / "terminal_sales.csv"
    path.write_bytes(
        (
            end.join(["\ufeffmonth,terminal_id,company_id,amount,quantity", *rows]) + (end if last else "")
        ).encode()
    )
    raw = raw_of(path, "terminal_sales")
    raw = RawTable(
        raw.table,
        raw.file,
        {n.strip("\ufeff"): n.strip("\ufeff") for n in raw.header},
        path=path,
        header=tuple(n.strip("\ufeff") for n in raw.header),
        delimiter=",",
    )
    sizes = [batch.num_rows for batch in read_plain(connection, raw, 2)]
    assert len(sizes) > 1
    assert group > 1_000 or not any(size % group for size in sizes[:-1])
    assert in_pieces(connection, raw) == at_once(connection, raw)


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_the_template_of_every_table_is_plain(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, table: str
) -> None:
    """The example row of each template is read in pieces, whatever its columns are."""
    columns = BY_NAME[table].columns
    path = tmp_path / f"{table}.csv"
    cells = [(column.example or "").replace(",", " ").replace('"', "") for column in columns]
    path.write_text("\n".join([",".join(column.name for column in columns), ",".join(cells)]), "utf-8")
    raw = raw_of(path, table)
    assert in_pieces(connection, raw) == at_once(connection, raw)


@pytest.mark.parametrize(
    "lines",
    [
        b"2026-01,T1,C1,1\n\n2026-02,T1,C1,1\n",
        b"2026-01,T1,C1\n",
        b"2026-01,T1,C1,1,2\n",
        b'2026-01,"T1",C1,1\n',
        b"2026-01,T1,C1,1\r2026-02,T1,C1,1\n",
        b"2026-01,T1,C1,1\n2026-02,T1,C1,1\r\n",
        b"2026-01,T\xff1,C1,1\n",
        b"2026-01,T\x001,C1,1\n",
    ],
)
def test_what_is_not_plain_is_left_to_the_engine(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, lines: bytes
) -> None:
    """Empty lines, missing and further cells, quotes, mixed ends of lines and other bytes are refused."""
    path = tmp_path / "terminal_sales.csv"
    path.write_bytes(b"month,terminal_id,company_id,amount\n" + lines)
    header = ("month", "terminal_id", "company_id", "amount")
    raw = RawTable(
        BY_NAME["terminal_sales"],
        path.name,
        {name: name for name in header},
        path=path,
        header=header,
        delimiter=",",
    )
    with pytest.raises(NotPlainError):
        list(read_plain(connection, raw, 2))


def test_returns_alone_within_pairs_are_not_plain(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """A file of pairs with one line that ends in a line feed alone is left to the engine."""
    path = tmp_path / "terminal_sales.csv"
    path.write_bytes(b"month,terminal_id,company_id,amount\r\n2026-01,T1,C1,1\n2026-02,T1,C1,1\r\n")
    raw = raw_of(path, "terminal_sales")
    with pytest.raises(NotPlainError):
        list(read_plain(connection, raw, 2))


def test_times_with_an_offset_become_local(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    """Every thread turns a time with an offset into the local one of the store."""
    path = tmp_path / "visit.csv"
    path.write_text("visit_id,employee_id,terminal_id,start_at\nV1,E1,T1,2026-01-05T20:10:00Z\n", "utf-8")
    (row,) = in_pieces(connection, raw_of(path, "visit"))
    assert row[3] == dt.datetime(2026, 1, 6, 4, 10)


def test_reading_needs_no_pandas(tmp_path: Path) -> None:
    """A process that reads a text or a Parquet file doesn't spend its beginning on a library it needs not."""
    path = tmp_path / "terminal_sales.csv"
    path.write_text(
        "month,terminal_id,company_id,amount,quantity\n2026-01,T1,C1,1,\n2026-01,T2,,-1,2\n", "utf-8"
    )
    rows = parquet_copy(path)
    code = (
        "import pickle, sys; from core.store.loading.apart.staging_apart import write_typed;"
        "[write_typed(raw, folder, None) for raw, folder in pickle.load(sys.stdin.buffer)];"
        "sys.exit('pandas' in sys.modules)"
    )
    orders = [(raw_of(path, "terminal_sales"), tmp_path), (rows, tmp_path)]
    subprocess.run([sys.executable, "-c", code], input=pickle.dumps(orders), check=True)


def parquet_copy(path: Path) -> RawTable:
    """Return a text file as a Parquet file."""
    copy = path.with_suffix(".parquet")
    duckdb.sql(f"COPY (FROM '{path}') TO '{copy}'")
    raw = raw_of(path, "terminal_sales")
    return RawTable(raw.table, copy.name, raw.columns, path=copy)


def test_flags_and_amounts_arrive_as_they_were_sent(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """Rows handed over in fewer bytes are the same rows to the engine, batch by batch."""
    rng = np.random.default_rng(1)
    flags = np.repeat(rng.choice([0, 0, 1, 6], 3_000), rng.integers(1, 9, 3_000)).tolist()
    cents = rng.integers(-(10**17), 10**17, len(flags)).tolist()
    amounts = [None if flag == 6 else Decimal(n).scaleb(-2) for flag, n in zip(flags, cents, strict=True)]
    kinds = pa.schema([("amount", pa.decimal128(18, 2)), ("_flags", pa.int64())])
    rows = pa.table({"amount": amounts, "_flags": flags}, kinds)
    handover.write_rows(tmp_path, rows.to_batches(max_chunksize=2_500))
    connection.register("handed", handover.map_rows(tmp_path))
    handed = connection.sql("SELECT h.amount, h._flags FROM handed AS h").fetchall()
    assert handed == list(zip(amounts, flags, strict=True))
    told = connection.sql(
        "SELECT BIT_OR(h._flags), COUNT(*) FILTER (h._flags & 2 <> 0) FROM handed AS h"
    ).fetchall()
    assert told == [(7, flags.count(6))]


def test_a_full_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are refused, not written, where they would take what is left for others."""
    monkeypatch.setattr(handover, "LEAST_FREE", 1.0)
    batch = pa.record_batch({"a": pa.array(range(100_000))})
    with language("en"), pytest.raises(ImportRefusedError, match="no room"):
        handover.write_rows(tmp_path, [batch] * 3)
