"""Parquet files, documents and other files that are hostile or odd."""

# ruff: noqa: E501 - a file is a line here, and each is made when it is asked for

from __future__ import annotations

import gzip
import io
import struct
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from tests.core.exchange.hostile.books import cut

if TYPE_CHECKING:
    from collections.abc import Callable


def parquet(table: pa.Table | None = None, **options: object) -> bytes:
    """Return a Parquet file; without a table one of regions."""
    if table is None:
        table = pa.table({"region_id": ["H1", "H2"], "level": ["city"] * 2, "name": ["a", "b"]})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def with_footer(size: int) -> bytes:
    """Return a Parquet file that declares a size of its description that isn't so."""
    return parquet()[:-8] + struct.pack("<I", size) + b"PAR1"


def rows(count: int, **columns: object) -> pa.Table:
    """Return regions of any number, with other columns in the place of theirs."""
    own = {"region_id": [f"H{n}" for n in range(count)], "level": ["city"] * count, "name": ["x"] * count}
    return pa.table({**own, **columns})


def tables() -> dict[str, Callable[[], bytes]]:
    """Return what makes each file, by its name."""
    nested = pa.array([{"a": [{"b": 1}]}] * 3)
    files: dict[str, Callable[[], bytes]] = {
        "footer_huge/region.parquet": lambda: with_footer(0x7FFFFFF0),
        "footer_beyond/region.parquet": lambda: with_footer(10_000_000),
        "footer_of_none/region.parquet": lambda: with_footer(0),
        "marks_only/region.parquet": lambda: b"PAR1PAR1",
        "noise/region.parquet": lambda: b"PAR1" + Random(1).randbytes(10_000) + b"PAR1",
        "empty/region.parquet": lambda: parquet(rows(0)),
        "no_columns/region.parquet": lambda: parquet(pa.table({})),
        "many_columns/region.parquet": lambda: parquet(pa.table({f"c{n}": [1] for n in range(3_000)})),
        "same_columns/region.parquet": lambda: parquet(pa.Table.from_arrays([pa.array(["H1"])] * 3, names=["region_id", "name", "name"])),
        "nested/region.parquet": lambda: parquet(rows(3, name=nested)),
        "lists/region.parquet": lambda: parquet(rows(3, name=[[1, 2], [], None])),
        "binary/region.parquet": lambda: parquet(rows(3, name=[b"\xff\xfe", b"\x00", b"ok"])),
        "numbers/region.parquet": lambda: parquet(rows(3, name=[1.5, float("nan"), float("inf")])),
        "dictionary/region.parquet": lambda: parquet(rows(3, name=pa.array(["a", "b", "a"]).dictionary_encode())),
        "long_texts/region.parquet": lambda: parquet(rows(20, name=["x" * 1_000_000] * 20)),
        "repeated_text/region.parquet": lambda: parquet(rows(200, name=["x" * 100_000] * 200)),
        "many_rows/region.parquet": lambda: parquet(rows(60_000)),
        "many_groups/region.parquet": lambda: parquet(rows(3_000), row_group_size=1),
        "turned_text/region.parquet": lambda: parquet(rows(2, name=["\u202ea", "b\u200b"])),
        "called_parquet/region.parquet": lambda: b"region_id,level,name\nH1,city,a\n",
        "parquet_called.csv": parquet,
        "of_no_table.parquet": parquet,
        "document.csv": lambda: b"%PDF-1.7\n" + bytes(1_000),
        "picture.xlsx": lambda: b"\x89PNG\r\n\x1a\n" + bytes(1_000),
        "photo.csv": lambda: b"\xff\xd8\xff\xe0" + bytes(1_000),
        "program.csv": lambda: b"MZ" + Random(2).randbytes(5_000),
        "packed.csv": lambda: gzip.compress(b"a,b\n1,2\n" * 1_000),
        "letter.csv": lambda: b"{\\rtf1\\ansi Dear Sir}",
        "rar.zip": lambda: b"Rar!\x1a\x07\x00" + bytes(500),
        "seven.zip": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(500),
        "empty.csv": bytes,
        "empty.xlsx": bytes,
        "empty.json": bytes,
        "empty/region.parquet.csv": bytes,
    }  # fmt: skip
    for share in (0.1, 0.5, 0.9, 0.999):
        files[f"cut_{share}/region.parquet"] = partial(cut, partial(parquet, None), share)
    return files
