"""Building: the same twice, at any size, whole or not at all."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from core.errors import CancelledError, InputError, StoreError
from core.sample import build_sample, fill_store
from core.sample.request import LARGE, SampleRequest
from core.sample.tables import sample_tables
from core.store.database import Store
from core.store.loading.bulk_insert import has_data


def fingerprint(request: SampleRequest) -> str:
    """Return a hash of every byte of every table."""
    digest = hashlib.sha256()
    for name, rows, _share in sample_tables(request):
        digest.update(name.encode())
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, rows.schema) as writer:
            writer.write_table(rows)
        digest.update(sink.getvalue())
    return digest.hexdigest()


def count(store: Store, table: str) -> int:
    """Return the number of rows."""
    return store.fetch(f"SELECT COUNT(*) AS n FROM {table}").column(0)[0].as_py()


def test_the_same_size_and_seed_give_the_same_bytes() -> None:
    """The generator is deterministic, and another seed gives other data."""
    assert fingerprint(SampleRequest(300, 5)) == fingerprint(SampleRequest(300, 5))
    assert fingerprint(SampleRequest(300, 5)) != fingerprint(SampleRequest(300, 6))


@pytest.mark.parametrize("terminals", [1, 900])
def test_any_size(tmp_path: Path, terminals: int) -> None:
    """A store of a handful of shops is as whole as a large one."""
    build_sample(tmp_path / "store.duckdb", terminals)
    with Store.open(tmp_path / "store.duckdb") as store:
        assert count(store, "terminal") == terminals
        assert count(store, "region") == 102


def test_a_large_store_has_reduced_facts() -> None:
    """Above the limit: six months of totals, no products, one visit per shop, the same counties."""
    rows: dict[str, list[pa.Table]] = {}
    for name, table, _share in sample_tables(SampleRequest(LARGE + 1)):
        rows.setdefault(name, []).append(table)
    sales, visits = pa.concat_tables(rows["terminal_sales"]), pa.concat_tables(rows["visit"])
    months = sorted({str(month) for month in sales.column("month").unique().to_pylist()})
    assert months == ["2025-08-01", "2025-09-01", "2025-10-01", "2026-08-01", "2026-09-01", "2026-10-01"]
    assert sales.column("product_id").null_count == sales.num_rows
    assert len(visits.column("terminal_id").unique()) == visits.num_rows
    assert np.isclose(visits.num_rows / LARGE, 0.6, atol=0.2)


def test_a_store_with_data_is_refused_unless_replaced(tmp_path: Path) -> None:
    """Nobody's data are overwritten by accident."""
    path = tmp_path / "store.duckdb"
    build_sample(path, 20)
    with pytest.raises(StoreError):
        build_sample(path, 30)
    with Store.open(path) as store:
        assert count(store, "terminal") == 20
    build_sample(path, 30, replace=True)
    with Store.open(path) as store:
        assert count(store, "terminal") == 30


def test_an_empty_store_is_filled_where_it_is(tmp_path: Path) -> None:
    """The store of a running app gets the region in one transaction, also over an older one."""
    with Store.open(tmp_path / "store.duckdb") as store:
        assert not has_data(store)
        fill_store(store, 20)
        version = store.data_version
        with pytest.raises(StoreError):
            fill_store(store, 30)
        fill_store(store, 30, replace=True)
        assert count(store, "terminal") == 30
        assert count(store, "market") == 7
        assert store.data_version == version + 1


@pytest.mark.parametrize("pieces", [0, 1, 12, 20])
def test_a_cancel_leaves_nothing(tmp_path: Path, pieces: int) -> None:
    """However far it came: no file, and an open store is as it was."""
    calls = iter(range(1_000))
    with pytest.raises(CancelledError):
        build_sample(tmp_path / "store.duckdb", 20, cancelled=lambda: next(calls) >= pieces)
    assert list(tmp_path.iterdir()) == []
    calls = iter(range(1_000))
    with Store.open(tmp_path / "open.duckdb") as store:
        with pytest.raises(CancelledError):
            fill_store(store, 20, cancelled=lambda: next(calls) >= pieces)
        assert not has_data(store)


def test_progress_rises_to_one(tmp_path: Path) -> None:
    """The bar never goes back and ends full."""
    seen: list[float] = []
    build_sample(tmp_path / "store.duckdb", 20, progress=lambda share, _label: seen.append(share))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


@pytest.mark.parametrize(("terminals", "seed"), [(0, 1), (-5, 1), (20_000_001, 1), (10, -1)])
def test_impossible_sizes_are_refused(tmp_path: Path, terminals: int, seed: int) -> None:
    """The message comes before any work."""
    with pytest.raises(InputError):
        build_sample(tmp_path / "store.duckdb", terminals, seed)
    assert list(tmp_path.iterdir()) == []
