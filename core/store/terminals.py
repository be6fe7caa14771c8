"""Reads about single terminals and about the terminals a filter leaves."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.geo.cells import CELL_ZOOM
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope
from core.store.terminal_filter import restriction

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from core.store.database import Store
    from core.store.lens import Lens
    from core.store.terminal_filter import TerminalFilter

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
    visits
        The latest five.
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


def facets(store: Store, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the values each filter can take: facet, value, label, terminals (most first)."""
    return store.read("tiles/facets", scope=scope).to_pandas()


def summary(
    store: Store, lens: Lens, filters: TerminalFilter, scope: Scope = EVERYTHING
) -> dict[str, object]:
    """Return the sums (yuan) and the box (degrees) of the terminals a filter leaves."""
    conditions, values = restriction(filters, scope)
    text = query("tiles/summary")[0].format(lens=lens.table, restriction=conditions)
    return dict(store.fetch(text, values).to_pylist()[0])


def terminal_list(
    store: Store,
    lens: Lens,
    filters: TerminalFilter,
    *,
    limit: int = LISTED,
    cells: tuple[int, int] | None = None,
    scope: Scope = EVERYTHING,
) -> pd.DataFrame:
    """Return the terminals a filter leaves, those where others sell most first.

    Parameters
    ----------
    store, lens
        What is looked at.
    filters
        Which terminals count.
    limit
        At most so many.
    cells
        First and last zoom-24 cell, to list one cell of the map; None for all.
    scope
        The regions the user may see.
    """
    first, last = cells or (0, (1 << 2 * CELL_ZOOM) - 1)
    conditions, chosen = restriction(filters, scope)
    text = query("tiles/list")[0].format(lens=lens.table, restriction=conditions)
    values = {"limit": limit, "first_cell": first, "last_cell": last, **chosen}
    return store.fetch(text, values).to_pandas()


def terminal_card(
    store: Store, terminal_id: str, until: dt.date, scope: Scope = EVERYTHING
) -> TerminalCard | None:
    """Return one terminal's card; None where there is no such terminal or the user may not see it.

    Parameters
    ----------
    store
        The store.
    terminal_id
        Which terminal.
    until
        The last month of the sales shown.
    scope
        The regions the user may see.
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
