"""One query per map tile: cells of a lens, or its terminals from street level on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from core.geo.cells import CELL_ZOOM, cell_middles, tile_bounds
from core.geo.displaced import covering, shown_in
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from core.store.database import Store
    from core.store.lens import Lens

CELLS_PER_SIDE_LOG2 = 5
"""A tile shows at most 32 x 32 = 1,024 cells."""
FAR_ZOOM = 12
"""Cells of this zoom and above are summed once more when a lens is made."""
STREET_LIMIT = 5_000
"""A tile shows at most so many terminals: more would be closer than a pixel."""


@dataclass(frozen=True)
class TerminalFilter:
    """Which terminals count; None means no restriction.

    Parameters
    ----------
    regions
        Ids of regions; everything below them counts.
    outlet_types, grades, statuses, dealers, employees
        Allowed values.
    """

    regions: tuple[str, ...] | None = None
    outlet_types: tuple[str, ...] | None = None
    grades: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    dealers: tuple[str, ...] | None = None
    employees: tuple[str, ...] | None = None

    def parameters(self) -> dict[str, list[str] | None]:
        """Return the query's parameters."""
        return {name: None if value is None else list(value) for name, value in vars(self).items()}


@dataclass(frozen=True)
class TileRows:
    """What one tile shows.

    Parameters
    ----------
    table
        The columns of ``tiles/cells`` or of ``tiles/terminals``; None where there is nothing.
    cell_zoom
        Zoom level of the cells; None where the rows are terminals.
    """

    table: pa.Table | None
    cell_zoom: int | None


def tile_rows(
    store: Store,
    lens: Lens,
    tile: tuple[int, int, int],
    filters: TerminalFilter,
    *,
    scope: Scope = EVERYTHING,
) -> TileRows:
    """Return the cells or the terminals of a tile.

    Parameters
    ----------
    store, lens
        What is shown.
    tile
        Zoom, column and row.
    filters
        Which terminals count.
    scope
        The regions the user may see.

    Raises
    ------
    InputError
        There is no such tile.
    """
    zoom, column, row = tile
    bounds = tile_bounds(zoom, column, row)
    if lens.is_empty(bounds.first_cell, bounds.last_cell):
        return TileRows(None, None)
    one_by_one = zoom >= lens.street_zoom
    cell_zoom = min(zoom + CELLS_PER_SIDE_LOG2, CELL_ZOOM)
    far = cell_zoom <= FAR_ZOOM and filters.dealers is None and filters.employees is None
    text, names = query("tiles/terminals" if one_by_one else "tiles/cells")
    source = f"{lens.table}_far" if far and not one_by_one else lens.table
    values = {
        "first_cell": bounds.first_cell,
        "last_cell": bounds.last_cell,
        "shift": 2 * (CELL_ZOOM - cell_zoom),
        "limit": STREET_LIMIT,
        "scope": scope.parameter,
        **filters.parameters(),
    }
    table = store.fetch(text.format(lens=source), {name: values[name] for name in names})
    return TileRows(table, None if one_by_one else cell_zoom)


def displaced_rows(
    store: Store,
    lens: Lens,
    tile: tuple[int, int, int],
    filters: TerminalFilter,
    *,
    scope: Scope = EVERYTHING,
    system: str = "WGS-84",
) -> TileRows:
    """Return the cells or the terminals that a tile of a map in another coordinate system shows.

    Parameters
    ----------
    store, lens, tile, filters, scope
        As for :func:`tile_rows`.
    system
        The map's coordinate system.
    """
    parts = [tile_rows(store, lens, near, filters, scope=scope) for near in covering(tile, system)]
    found = [part for part in parts if part.table is not None]
    if system == "WGS-84" or not found:
        return found[0] if found else TileRows(None, None)
    table, cell_zoom = pa.concat_tables(part.table for part in found), found[0].cell_zoom
    if cell_zoom is None:
        lat, lon = table["lat"].to_numpy(), table["lon"].to_numpy()
    else:
        lat, lon = cell_middles(table["cell"].to_numpy(), cell_zoom)
    return TileRows(table.filter(pa.array(shown_in(tile, lat, lon, system))), cell_zoom)
