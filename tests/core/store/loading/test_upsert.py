"""Rows that come in the order of their table are told from others, and stored as they come."""

from __future__ import annotations

from itertools import pairwise

import duckdb
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from core.store.loading.source_table import RawTable
from core.store.loading.staging import Stage
from core.store.loading.upsert import keys_rise
from core.tables import BY_NAME

SALES = BY_NAME["terminal_sales"]
KEYS = st.tuples(
    st.sampled_from(["2026-01-01", "2026-02-01"]),
    st.sampled_from(["T1", "T10", "T2", "终"]),
    st.sampled_from(["A", "B"]),
    st.sampled_from([None, "", "P1", "P2"]),
)


def staged(
    keys: list[tuple[str | None, ...]], names: tuple[str, ...]
) -> tuple[duckdb.DuckDBPyConnection, Stage]:
    """Return keys as the rows of a file."""
    columns = {name: pa.array([key[at] for key in keys], pa.string()) for at, name in enumerate(names)}
    cursor = duckdb.connect()
    cursor.register("stage_0", pa.table(columns))
    return cursor, Stage(RawTable(SALES, "a.csv", {n: n for n in names}), "stage_0", (), len(keys), "0")


@given(st.lists(KEYS, max_size=6), st.booleans(), st.booleans())
@settings(max_examples=120, deadline=None)
def test_only_rising_keys_rise(
    keys: list[tuple[str | None, ...]], in_order: bool, with_product: bool
) -> None:
    """Keys rise where each is larger than the one before."""
    if in_order:
        keys = sorted(keys, key=lambda key: tuple((part or "").encode() for part in key))
    names = SALES.key if with_product else SALES.key[:3]
    cursor, stage = staged(keys, names)
    with cursor:
        told = keys_rise(cursor, stage)
    read = [key[: len(names)] for key in keys]
    assert told == all(is_larger(after, before) for before, after in pairwise(read))


def is_larger(key: tuple[str | None, ...], other: tuple[str | None, ...]) -> bool:
    """Tell whether the first part that differs is larger, compared as bytes; none may be missing before."""
    for own, its in zip(key, other, strict=True):
        if own is None or its is None:
            return False
        if own != its:
            return own.encode() > its.encode()
    return False


def test_keys_of_a_table_stored_otherwise_never_rise() -> None:
    """A table whose stored order doesn't begin its key is sorted and checked in any case."""
    cursor = duckdb.connect()
    cursor.register("stage_0", pa.table({"terminal_id": ["T1", "T2"]}))
    raw = RawTable(BY_NAME["terminal"], "a.csv", {"terminal_id": "terminal_id"})
    assert not keys_rise(cursor, Stage(raw, "stage_0", (), 2, "0"))
