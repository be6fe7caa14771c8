"""Map roll-ups: sales and visits per terminal of one sales window, stored in the order of the map tiles.

A roll-up is valid until one of its source tables changes; the newest few are stored.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from core.geo.cells import CELL_ZOOM
from core.i18n import _
from core.store.caching.rollup import monthly_sales
from core.store.caching.rollup_list import Entry, ensure
from core.store.caching.table_versions import last_change
from core.store.queries import query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import duckdb
    from numpy.typing import NDArray

    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

PREFIX = "lens_"
PARTS = ("", "_far", "_sums", "_rivals")
"""Endings of the tables of one roll-up: the terminals, far views, cells of every zoom, who the rivals are."""
SOURCES = ("terminal", "terminal_sales", "product", "company", "visit")
OCCUPIED_ZOOM = 16
RIVALS = 5
TERMINALS_PER_BATCH = 1_000_000
"""So many terminals are summed at a time."""
MAX_TERMINALS_DRAWN = 1_000
"""Where no tile of a zoom holds more terminals than this, the zoom shows the terminals themselves."""
STREET_ZOOM = 18
"""From here on terminals are drawn one by one, but for tiles that are crowded even here."""
FAR_ZOOM = 12
"""Cells of this zoom are summed by region, outlet type, grade and status when a roll-up is made."""
ROLLUP_ZOOMS = range(10, 19)
"""Cells of these zooms are summed by region when a roll-up is made."""
SUMS = (
    "terminals",
    "total",
    "total_previous",
    "own",
    "own_previous",
    *(f"rival_{number + 1}" for number in range(RIVALS)),
    "handled_total",
    "handlers",
    "active",
    "blank",
    "unvisited",
    "grade_a",
    "grade_b",
    "grade_c",
    "visits",
    "visits_planned",
    "days",
    "visited",
)
"""What a lens holds of every terminal that can be added up; amounts in fen."""


@dataclass(frozen=True)
class MapRollup:
    """A map roll-up that is ready to be read.

    Parameters
    ----------
    version
        The write that last changed what it is made from.
    rivals
        Ids of the companies behind ``rival_1`` to ``rival_5``, strongest first.
    occupied
        Ascending zoom-16 cells that hold terminals, shape (n,).
    counted
        Terminals in all cells before each, shape (n + 1,).
    """

    request: SalesWindow
    table: str
    version: int
    rivals: tuple[str, ...]
    occupied: NDArray[np.int64]
    counted: NDArray[np.int64]

    @cached_property
    def street_zoom(self) -> int:
        """The tile zoom from which terminals are drawn one by one.

        One zoom for all tiles: neighbours that switch at different moments make a patchwork.
        """
        for zoom in range(OCCUPIED_ZOOM + 1):
            _tiles, first = np.unique(self.occupied >> 2 * (OCCUPIED_ZOOM - zoom), return_index=True)
            held = np.diff(self.counted[np.append(first, len(self.occupied))])
            if held.max(initial=0) <= MAX_TERMINALS_DRAWN:
                return zoom
        return STREET_ZOOM

    def is_empty(self, first_cell: int, last_cell: int) -> bool:
        """Tell that no terminal lies between two zoom-24 cells, without asking the database."""
        low = np.searchsorted(self.occupied, first_cell >> 16, side="left")
        high = np.searchsorted(self.occupied, last_cell >> 16, side="right")
        return bool(self.counted[high] == self.counted[low])


@dataclass(frozen=True)
class _Order:
    request: SalesWindow
    table: str
    rivals: tuple[str, ...]


def ensure_map_rollup(
    store: Store, request: SalesWindow, progress: Callable[[float, str], None] | None = None
) -> MapRollup:
    """Return the map roll-up of a request, made now if it isn't there.

    Parameters
    ----------
    progress
        Called with a fraction and a sentence while it is made.
    """
    version = last_change(store, SOURCES)
    table = table_name(store, request)
    ensure(
        store,
        Entry(PREFIX, table, version, PARTS),
        lambda cursor: _make(
            cursor,
            _Order(request, table, tuple(_rivals(store, request))),
            progress or (lambda _share, _text: None),
        ),
    )
    if progress:
        progress(0.9, _("Counting terminals per cell"))
    text, _names = query("tiles/occupied")
    cells = store.fetch(text.format(lens=table))
    counts = cells["terminals"].to_numpy()
    return MapRollup(
        request,
        table,
        version,
        tuple(store.fetch(f"SELECT r.company_id FROM {table}_rivals AS r ORDER BY r.place")[0].to_pylist()),
        cells["cell"].to_numpy().astype(np.int64),
        np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
    )


def table_name(store: Store, request: SalesWindow) -> str:
    """Return the name that the roll-up of a request has now, whether it is made or not."""
    # The queries are part of the name: a lens made by another version of the program has other columns.
    made_by = [
        query(f"tiles/{name}")[0]
        for name in ("lens_tables", "lens_sold", "lens_visited", "lens_rows", "lens_overview", "lens_sums")
    ]
    made_of = [last_change(store, SOURCES), asdict(request), made_by, list(ROLLUP_ZOOMS), PARTS]
    text = json.dumps(made_of, default=str, sort_keys=True)
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()[:16]


def _rivals(store: Store, request: SalesWindow) -> list[str]:
    rows = store.read("tiles/top_rivals", start=request.start, end=request.end, own=request.own_company)
    return [str(name) for name in rows["company_id"].to_pylist()]


def _make(
    cursor: duckdb.DuckDBPyConnection,
    made: _Order,
    progress: Callable[[float, str], None],
) -> None:
    """Make the tables of a lens, stretch by stretch, so that memory stays bounded."""
    request, table = made.request, made.table
    previous_start, previous_end = request.previous
    values = {
        "start": request.start,
        "end": request.end,
        "previous_start": previous_start,
        "previous_end": previous_end,
        "category": request.category,
        "own": request.own_company,
        "as_of": request.as_of,
        **{f"rival_{i + 1}": made.rivals[i] if i < len(made.rivals) else None for i in range(RIVALS)},
    }
    parts = {"lens": table, "monthly": monthly_sales(cursor, request.category, previous_start, request.end)}
    for part in (*PARTS, "_sold", "_visited"):
        cursor.execute(f"DROP TABLE IF EXISTS {table}{part}")
    cursor.execute(query("tiles/lens_tables")[0].format(**parts))
    _run(cursor, "tiles/lens_visited", parts, values)
    ids, cells = _batches(cursor, "terminal_id", "''"), _batches(cursor, "cell", "0")
    for number, (first, last) in enumerate(ids):
        progress(0.1 + 0.5 * number / len(ids), _("Summing sales and visits per terminal"))
        _run(cursor, "tiles/lens_sold", parts, {**values, "first_terminal": first, "last_terminal": last})
    for number, (first, last) in enumerate(cells):
        progress(0.6 + 0.25 * number / len(cells), _("Putting terminals in the order of the map"))
        _run(cursor, "tiles/lens_rows", parts, {**values, "first_cell": first, "last_cell": last})
    progress(0.85, _("Summing up for far views"))
    _run(cursor, "tiles/lens_overview", parts, {})
    _sum_up(cursor, table)
    for name in (f"{table}_sold", f"{table}_visited"):
        cursor.execute(f"DROP TABLE {name}")
    cursor.execute(f"CREATE TABLE {table}_rivals (place INTEGER, company_id VARCHAR)")
    for place, company in enumerate(made.rivals):
        cursor.execute(f"INSERT INTO {table}_rivals VALUES (?, ?)", [place, company])


def _sum_up(cursor: duckdb.DuckDBPyConnection, table: str) -> None:
    """Sum the cells of every zoom, each from the next nearer one."""
    added = ",\n    ".join(f"CAST(SUM(l.{name}) AS BIGINT) AS {name}" for name in SUMS)
    source = table
    for zoom in reversed(ROLLUP_ZOOMS):
        parts = {"lens": table, "source": source, "sums": added}
        _run(cursor, "tiles/lens_sums", parts, {"zoom": zoom, "shift": 2 * (CELL_ZOOM - zoom)})
        source = f"(SELECT s.* FROM {table}_sums AS s WHERE s.zoom = {zoom})"


def _run(
    cursor: duckdb.DuckDBPyConnection, name: str, parts: Mapping[str, str], values: Mapping[str, object]
) -> None:
    text, names = query(name)
    cursor.execute(text.format(**parts), {key: values[key] for key in names})


def _batches(cursor: duckdb.DuckDBPyConnection, column: str, least: str) -> list[tuple[object, object]]:
    """Cut the terminals into stretches of at most ``STRETCH`` by the value of a column, ends included."""
    row = cursor.execute(
        f"SELECT COUNT(*), MAX(t.{column}) FROM terminal AS t WHERE t.{column} >= {least}"
    ).fetchone()
    count, last = row or (0, None)
    if not count:
        return []
    shares = [
        number / (count // TERMINALS_PER_BATCH + 1) for number in range(1, count // TERMINALS_PER_BATCH + 1)
    ]
    if not shares:
        return [("" if least == "''" else 0, last)]
    found = cursor.execute(
        f"SELECT QUANTILE_DISC(t.{column}, {shares}) FROM terminal AS t WHERE t.{column} >= {least}"
    ).fetchone()
    cuts = sorted(set(found[0])) if found else []
    if least == "''":
        # A character past the cut is the first id behind it.
        return list(zip(["", *(f"{cut}\x01" for cut in cuts)], [*cuts, last], strict=True))
    return list(zip([0, *(cut + 1 for cut in cuts)], [*cuts, last], strict=True))
