"""What the terminal map looks at: the lens, the filter, the address of its tiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from core.i18n import current_language
from core.store.caching.sales_window import SalesWindow
from core.store.market.companies import company_names
from core.store.terminals.filter import TerminalFilter
from core.store.terminals.terminals import LISTED, TerminalCard, summary, terminal_card, terminal_list
from pages._ui import reads, runtime
from pages._ui.terminals.basemap import chosen_basemap
from pages._ui.terminals.controls import chosen_filters, chosen_measure
from pages._ui.tiles import service
from pages._ui.tiles.token import TileToken

if TYPE_CHECKING:
    import pandas as pd

    from core.store.caching.map_rollup import MapRollup
    from core.store.database import Store
    from core.store.scope import Scope
    from pages._ui.filters import Filters


@dataclass(frozen=True)
class TerminalView:
    """One look at the terminals.

    Parameters
    ----------
    token
        What the tiles may show.
    lens
        The period as terminals see it.
    summary
        Sums (yuan) and box of the terminals that the filter leaves.
    """

    token: TileToken
    lens: MapRollup
    summary: dict[str, float]

    @property
    def address(self) -> str:
        """Return where the tiles come from."""
        return f"/tiles/{self.token.sign()}/{{z}}/{{x}}/{{y}}.json"

    def companies(self) -> tuple[str, ...]:
        """Return the names of the own company and of the rivals, in their order."""
        names = reads.cached(company_names)
        return tuple(names.get(key, key) for key in (self.token.lens.own_company, *self.lens.rivals))

    def card(self, terminal_id: str) -> TerminalCard | None:
        """Return a terminal's card; None where the id is empty, or there is no such terminal for the user."""
        if not terminal_id:
            return None
        return terminal_card(runtime.store(), terminal_id, self.lens.request.end, self.token.scope)

    def listed(self, limit: int, cells: tuple[int, int] | None = None) -> pd.DataFrame:
        """Return the terminals that the filter leaves, those where others sell most first.

        Parameters
        ----------
        limit
            At most so many.
        cells
            First and last zoom-24 cell; None for all.
        """
        question = (self.token.lens, self.token.filters, self.token.scope, limit, cells)
        # Among ten million the first five hundred take a second to find, and every click asks for them again;
        # an export is asked for once and is too long to keep.
        if limit <= LISTED:
            short: pd.DataFrame = reads.shared(_list, *question)
            return short
        return _list(runtime.store(), *question)


def lens_request(filters: Filters) -> SalesWindow:
    """Return the lens that the filter bar asks for."""
    return SalesWindow(filters.company, filters.start, filters.end, filters.category)


def view(filters: Filters, within: str | None) -> TerminalView:
    """Return what the filter bar and the map's own controls ask for."""
    request, source = lens_request(filters), chosen_basemap()
    token = TileToken(
        request,
        chosen_measure(),
        chosen_filters(within),
        language=current_language(),
        dark=st.context.theme.type == "dark",
        version=service.version(),
        system=source.system if source else "WGS-84",
    )
    return TerminalView(
        token, service.prepared_rollup(token), reads.cached(_summary, request, token.filters, token.scope)
    )


def _summary(store: Store, request: SalesWindow, filters: TerminalFilter, scope: Scope) -> dict[str, object]:
    token = TileToken(request, filters=filters, version=service.version())
    rows = summary(store, service.prepared_rollup(token), filters, scope)
    if rows["terminals"]:
        return rows
    # A filter that leaves nothing has no box: the map stays over the whole market.
    whole = _summary(store, request, TerminalFilter(), scope) if filters != TerminalFilter() else {}
    counts = dict.fromkeys(("terminals", "active", "blank", "unvisited", "handlers"), 0)
    return {**rows, **counts, **{edge: whole.get(edge) for edge in ("south", "north", "west", "east")}}


def _list(
    store: Store,
    request: SalesWindow,
    filters: TerminalFilter,
    scope: Scope,
    limit: int,
    cells: tuple[int, int] | None,
) -> pd.DataFrame:
    rows = service.prepared_rollup(TileToken(request, version=service.version()))
    return terminal_list(store, rows, filters, limit=limit, cells=cells, scope=scope)
