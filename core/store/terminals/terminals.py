"""Reads about single terminals and about the terminals a filter leaves."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from core.geo.cells import CELL_ZOOM, cell_middles
from core.store.frames import large_frame
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope
from core.store.terminals.filter import restriction
from core.store.terminals.tiles import Tile, cell_sums

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd
    from numpy.typing import NDArray

    from core.store.caching.map_rollup import MapRollup
    from core.store.database import Store
    from core.store.terminals.filter import TerminalFilter

COUNTED = ("terminals", "active", "blank", "unvisited", "handlers")
MONEY = ("own", "total", "handled_total")
BOX_ZOOM = 16
LISTED = 5_000
"""A list on the screen ends here; an export may ask for more."""


@dataclass(frozen=True)
class TerminalCard:
    """Everything the store knows of one terminal.

    Parameters
    ----------
    terminal
        Its columns with the names of region, dealer and rep.
    sales
        month, company_id, name, name_en, is_aggregate, amount (yuan) of the last 24 months.
    score
        The latest score sheet: sheet_id, assessed_on, score, items; empty where there is none.
    """

    terminal: dict[str, object]
    sales: pd.DataFrame
    visits: pd.DataFrame
    score: dict[str, object]


def terminal_count(store: Store) -> int:
    """Return how many terminals the store holds."""
    return int(store.fetch("SELECT COUNT(*) AS n FROM terminal AS t")["n"][0].as_py())


def unplaced_count(store: Store, within: str | None = None, scope: Scope = EVERYTHING) -> int:
    """Return how many open terminals of a region, or of all, have no place and so are on no map."""
    found = store.read("terminals/unplaced", scope=scope, within=within)
    return int(found["terminals"][0].as_py())


def facets(store: Store, within: str | None = None, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the values each filter can take: facet, value, label, terminals (most first).

    Parameters
    ----------
    within
        Only of the terminals in this region; None for all.
    """
    return store.read("tiles/facets", scope=scope, within=within).to_pandas()


def summary(
    store: Store, lens: MapRollup, filters: TerminalFilter, scope: Scope = EVERYTHING
) -> dict[str, object]:
    """Return the sums (yuan) and the box (degrees) of the terminals a filter leaves.

    The box leaves out 1 % on each side, so that a few stray places don't make the map small; its edges are
    exact to half a cell of :data:`BOX_ZOOM`, some 300 m. Everything is None where no terminal is left.
    """
    tile = Tile(0, 0, 0, filters, scope, (*COUNTED, *MONEY))
    cells = cell_sums(store, lens, tile, BOX_ZOOM)
    added: dict[str, object] = {name: pc.sum(cells[name]).as_py() for name in COUNTED}
    fen = {name: pc.sum(cells[name]).as_py() for name in MONEY}
    yuan = {name: None if value is None else value / 100 for name, value in fen.items()}
    lat, lon = cell_middles(cells["cell"].to_numpy(), BOX_ZOOM)
    weights = cells["terminals"].to_numpy()
    south, north = _spread(lat, weights)
    west, east = _spread(lon, weights)
    return {**added, **yuan, "south": south, "north": north, "west": west, "east": east}


def _spread(
    values: NDArray[np.float64], weights: NDArray[np.int64]
) -> tuple[float, float] | tuple[None, None]:
    """Return between which values all but 1 % of the weight on each side lies."""
    if not len(values):
        return None, None
    order = np.argsort(values)
    passed = np.cumsum(weights[order])
    low, high = np.searchsorted(passed, (0.01 * passed[-1], 0.99 * passed[-1]))
    return float(values[order[low]]), float(values[order[high]])


def terminal_list(
    store: Store,
    lens: MapRollup,
    filters: TerminalFilter,
    *,
    limit: int = LISTED,
    cells: tuple[int, int] | None = None,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return the terminals a filter leaves, those where others sell most first.

    Parameters
    ----------
    cells
        First and last zoom-24 cell, to list one cell of the map; None for all.
    """
    first, last = cells or (0, (1 << 2 * CELL_ZOOM) - 1)
    conditions, chosen = restriction(filters, scope)
    text = query("tiles/list")[0].format(lens=lens.table, restriction=conditions)
    values = {"limit": limit, "first_cell": first, "last_cell": last, **chosen}
    return large_frame(store.fetch(text, values))


def terminal_card(
    store: Store, terminal_id: str, until: dt.date, scope: Scope = EVERYTHING
) -> TerminalCard | None:
    """Return one terminal's card; None where there is no such terminal or the user may not see it.

    Parameters
    ----------
    until
        The last month of the sales shown.
    """
    found = store.read("terminals/terminal", scope=scope, terminal=terminal_id).to_pylist()
    if not found:
        return None
    start = until.replace(year=until.year - 2)
    end = until.replace(day=calendar.monthrange(until.year, until.month)[1])
    score = store.read("terminals/score", scope=scope, terminal=terminal_id).to_pylist()
    return TerminalCard(
        found[0],
        store.read("terminals/sales", scope=scope, terminal=terminal_id, start=start, end=end).to_pandas(),
        store.read("terminals/visits", scope=scope, terminal=terminal_id).to_pandas(),
        score[0] if score else {},
    )
