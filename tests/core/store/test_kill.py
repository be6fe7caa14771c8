"""A process killed at any moment of an import leaves the store whole."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from core.exchange.canonical.importing import load
from core.store.database import Store
from core.store.integrity import check

ROWS = 60_000
KILLS = 20
WORKER = """
from pathlib import Path
from core.exchange.canonical.importing import ImportOptions, load
from core.store.database import Store
from core.store.progress import Watch

with Store.open(Path(folder) / "store.duckdb") as store:
    report = Watch(lambda fraction, text: told.send(fraction))
    load(store, [Path(folder) / "terminal_sales.parquet"], ImportOptions(mode="replace"), report)
told.send("written")
"""
# Its children start with everything imported, so that twenty of them take seconds.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["core.exchange.canonical.importing"])


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with sales of 1 yuan each, and a file with the same sales at 2 yuan and as many new ones."""
    folder = tmp_path_factory.mktemp("kill")
    shops = [f"T{i}" for i in range(1000)]
    months = pd.date_range("2020-01-01", periods=ROWS // 1000, freq="MS").date

    def sales(amount: float, companies: list[str]) -> pa.Table:
        cells = pd.MultiIndex.from_product([months, shops, companies]).to_frame(index=False)
        cells.columns = pd.Index(["month", "terminal_id", "company_id"])
        return pa.Table.from_pandas(cells.assign(amount=amount), preserve_index=False)

    with Store.open(folder / "store.duckdb") as store:
        load(
            store,
            {
                "company": pd.DataFrame({"company_id": ["US", "R"], "name": ["us", "r"]}),
                "terminal": pd.DataFrame({"terminal_id": shops, "name": shops}),
                "terminal_sales": sales(1.0, ["US"]),
            },
        )
    pq.write_table(sales(2.0, ["US", "R"]), folder / "terminal_sales.parquet")
    return folder


def start(folder: Path) -> tuple[BaseProcess, Connection]:
    """Start a process that imports the file; it tells how far it is."""
    told, telling = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=exec, args=(WORKER, {"folder": str(folder), "told": telling}))
    process.start()
    telling.close()
    assert told.recv() == 0.0
    return process, told


def state(folder: Path) -> tuple[int, float]:
    """Return the number and the sum of sales of the store, after a check of its order."""
    with Store.open(folder / "store.duckdb", create=False) as store:
        assert check(store) == []
        row = store.fetch(
            "SELECT COUNT(*) AS n, SUM(s.amount) AS total FROM terminal_sales AS s"
        ).to_pylist()[0]
        return row["n"], float(row["total"])


def test_twenty_kills_leave_the_store_untouched_or_imported(prepared, tmp_path) -> None:
    """After each of 20 kills the store opens, is in order, and holds all of the file or nothing of it."""
    # One import that is left alone tells how long the others take.
    folder = tmp_path / "whole"
    shutil.copytree(prepared, folder)
    process, told = start(folder)
    begun = time.monotonic()
    while told.recv() != "written":
        pass
    length = time.monotonic() - begun
    process.join()
    untouched, imported = (ROWS, ROWS * 1.0), (2 * ROWS, 4.0 * ROWS)
    assert state(folder) == imported

    moments = random.Random(20).sample(range(KILLS * 10), KILLS)
    outcomes = set()
    for number, moment in enumerate(moments):
        copy = tmp_path / f"kill {number}"
        shutil.copytree(prepared, copy)
        process, _told = start(copy)
        time.sleep(length * 1.2 * moment / (KILLS * 10))
        process.kill()
        process.join()
        outcomes.add(state(copy))
        shutil.rmtree(copy)
    assert outcomes <= {untouched, imported}
    assert untouched in outcomes
