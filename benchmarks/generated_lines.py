"""Sales lines of any number, made by the generator: Parquet, one file per month, and the tables they name."""

from __future__ import annotations

import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from core.sample.request import SampleRequest
from core.sample.tables import sample_tables

LINES_PER_SHOP = 150.7
"""What the generator writes for a shop with its products: 36 months of ours, 24 of rivals and products."""
FACTS = "terminal_sales"
TABLES = frozenset(
    {
        *("region", "region_boundary", "company", "product", "market", "market_capacity", "market_sales"),
        *("employee", "dealer", "dealer_region", "terminal", "visit", "score_item", "setting", FACTS),
    }
)


class DetailedRequest(SampleRequest):
    """A region of any size whose shops all have their products, as those of a small one have."""

    @property
    def is_large(self) -> bool:
        """Never: the benchmark is about the lines."""
        return False


def write_lines(folder: Path, lines: int) -> tuple[int, int]:
    """Write about so many lines.

    Parameters
    ----------
    folder
        Gets ``lines/YYYY-MM.parquet`` and ``tables/NAME.parquet``.

    Returns
    -------
    tuple of int
        Lines and shops.
    """
    request = DetailedRequest(max(1, round(lines / LINES_PER_SHOP)))
    for name in ("lines", "tables"):
        (folder / name).mkdir(parents=True)
    written, begun = 0, time.perf_counter()
    with ExitStack() as files:
        writers: dict[Path, pq.ParquetWriter] = {}
        for name, rows, _share in sample_tables(request):
            if name not in TABLES:
                continue
            path = folder / "tables" / f"{name}.parquet"
            if name == FACTS:
                path = folder / "lines" / f"{rows['month'][0].as_py():%Y-%m}.parquet"
                written += rows.num_rows
            if path not in writers:
                writers[path] = files.enter_context(pq.ParquetWriter(path, rows.schema, compression="zstd"))
            writers[path].write_table(rows.select(writers[path].schema.names).cast(writers[path].schema))
    size = sum(path.stat().st_size for path in folder.glob("lines/*")) / 1e6
    seconds = time.perf_counter() - begun
    print(
        f"{written:,} lines of {request.terminals:,} shops, {size:,.0f} MB, made in {seconds:.0f} s",
        flush=True,
    )
    return written, request.terminals
