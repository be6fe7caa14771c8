"""One query per map tile: cells of a lens, or its terminals from street level on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from core.geo.cells import CELL_ZOOM, cell_middles, tile_bounds
from core.geo.displaced import covering, shown_in
from core.store.caching.map_rollup import FAR_ZOOM, ROLLUP_ZOOMS, SUMS
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope
from core.store.terminals.filter import EVERY_TERMINAL, TerminalFilter, restriction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from core.store.caching.map_rollup import MapRollup
    from core.store.database import Store

CELLS_PER_SIDE_LOG2 = 5
"""A tile shows at most 32 x 32 = 1,024 cells."""
STREET_LIMIT = 5_000
"""A tile with more terminals than this shows cells, however near it is."""


@dataclass(frozen=True)
class Tile:
    """What a tile is asked for.

    Parameters
    ----------
    sums
        Names of the sums wanted, of :data:`core.store.caching.map_rollup.SUMS`.
    as_cells
        Cells even from street level on.
    """

    zoom: int
    column: int
    row: int
    filters: TerminalFilter = EVERY_TERMINAL
    scope: Scope = EVERYTHING
    sums: Sequence[str] = SUMS
    as_cells: bool = False


@dataclass(frozen=True)
class TileRows:
    """What one tile shows.

    Parameters
    ----------
    table
        Sums by cell, or the columns of ``tiles/terminals``; None where there is nothing.
    cell_zoom
        Zoom level of the cells; None where the rows are terminals.
    """

    table: pa.Table | None
    cell_zoom: int | None

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns as arrays; numbers as float64, NaN where nothing is recorded."""
        if self.table is None:
            return {}
        return {
            name: (
                column.to_numpy().astype(float)
                if name != "cell" and pa.types.is_integer(column.type)
                else column.to_numpy()
            )
            for name, column in zip(self.table.column_names, self.table.columns, strict=True)
        }


def tile_rows(store: Store, lens: MapRollup, tile: Tile) -> TileRows:
    """Return the cells or the terminals of a tile.

    Raises
    ------
    InputError
        There is no such tile.
    """
    bounds = tile_bounds(tile.zoom, tile.column, tile.row)
    if lens.is_empty(bounds.first_cell, bounds.last_cell):
        return TileRows(None, None)
    reader = _Reader(store, lens, tile, (bounds.first_cell, bounds.last_cell))
    if tile.zoom >= lens.street_zoom and not tile.as_cells:
        table = reader.terminals()
        if table.num_rows <= STREET_LIMIT:
            return TileRows(table, None)
    cell_zoom = min(tile.zoom + CELLS_PER_SIDE_LOG2, CELL_ZOOM)
    return TileRows(reader.cells(cell_zoom), cell_zoom)


def cell_sums(store: Store, lens: MapRollup, tile: Tile, cell_zoom: int) -> pa.Table:
    """Return the sums of a tile by cell of any zoom, whatever the tile itself would show.

    Parameters
    ----------
    cell_zoom
        Zoom of the cells.
    """
    bounds = tile_bounds(tile.zoom, tile.column, tile.row)
    return _Reader(store, lens, tile, (bounds.first_cell, bounds.last_cell)).cells(cell_zoom)


@dataclass(frozen=True)
class _Reader:
    store: Store
    lens: MapRollup
    tile: Tile
    cells_between: tuple[int, int]

    def terminals(self) -> pa.Table:
        # One more than may be drawn tells that there are too many.
        return self._fetch("tiles/terminals", self.lens.table, "l.{name}", {"limit": STREET_LIMIT + 1})

    def cells(self, cell_zoom: int) -> pa.Table:
        filters, table = self.tile.filters, self.lens.table
        shift = {"shift": 2 * (CELL_ZOOM - cell_zoom)}
        if cell_zoom > ROLLUP_ZOOMS[-1]:
            return self._added_up(self._fetch("tiles/rows", table, "l.{name}", shift))
        if cell_zoom >= ROLLUP_ZOOMS[0] and filters.by_region_only:
            near = {**shift, "zoom": cell_zoom}
            return self._added_up(self._fetch("tiles/sums", f"{table}_sums", "l.{name}", near))
        summed = filters.can_be_summed and filters.dealers is None and filters.employees is None
        far = cell_zoom <= FAR_ZOOM and summed
        return self._fetch(
            "tiles/cells", f"{table}_far" if far else table, "CAST(SUM(l.{name}) AS BIGINT)", shift
        )

    def _added_up(self, rows: pa.Table) -> pa.Table:
        # Planning a query of many sums takes longer than adding up the thousand rows of a tile.
        sums = self.tile.sums
        found = rows.group_by("cell", use_threads=False).aggregate([(name, "sum") for name in sums])
        return found.rename_columns(["cell", *sums])

    def _fetch(self, name: str, source: str, term: str, values: dict[str, int]) -> pa.Table:
        conditions, chosen = restriction(self.tile.filters, self.tile.scope)
        first, last = self.cells_between
        sums = ",\n    ".join(f"{term.format(name=name)} AS {name}" for name in self.tile.sums)
        return self.store.fetch(
            query(name)[0].format(source=source, sums=sums, restriction=conditions),
            {"first_cell": first, "last_cell": last, **values, **chosen},
        )


def displaced_rows(store: Store, lens: MapRollup, tile: Tile, *, system: str = "WGS-84") -> TileRows:
    """Return the cells or the terminals that a tile of a map in another coordinate system shows.

    Parameters
    ----------
    system
        The map's coordinate system.
    """
    place = (tile.zoom, tile.column, tile.row)
    tiles = [replace(tile, zoom=zoom, column=i, row=j) for zoom, i, j in covering(place, system)]
    found = [part for part in (tile_rows(store, lens, near) for near in tiles) if part.table is not None]
    if len({part.cell_zoom for part in found}) > 1:
        # One of them is crowded: a tile shows either cells or terminals.
        found = [tile_rows(store, lens, replace(near, as_cells=True)) for near in tiles]
        found = [part for part in found if part.table is not None]
    if system == "WGS-84" or not found:
        return found[0] if found else TileRows(None, None)
    table, cell_zoom = pa.concat_tables(part.table for part in found), found[0].cell_zoom
    if cell_zoom is None:
        lat, lon = table["lat"].to_numpy(), table["lon"].to_numpy()
    else:
        lat, lon = cell_middles(table["cell"].to_numpy(), cell_zoom)
    return TileRows(table.filter(pa.array(shown_in(place, lat, lon, system))), cell_zoom)
