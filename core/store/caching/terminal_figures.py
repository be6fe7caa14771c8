"""What each terminal sells in a period and how it is looked after, summed once and stored for the lists.

A list of a million terminals must be sorted within a second, so the facts are summed into a table of its
own. It holds until a table it is made from changes; the newest few are kept. Names, grades and owners are
not in it: they are read when the list is, and a change of them costs nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.store.caching.map_rollup import LensRequest
from core.store.caching.rollup import RollUp

if TYPE_CHECKING:
    from core.store.database import Store

FIGURES = RollUp("customer_figures_", "customers/figures")


class FiguresRequest(LensRequest):
    """Whose sales, when, of what; the same as the map's, so that both say the same of a shop."""

    def parameters(self) -> dict[str, object]:
        """Return the values of a query's parameters."""
        previous_start, previous_end = self.previous
        return {
            "own": self.own_company,
            "start": self.start,
            "end": self.end,
            "previous_start": previous_start,
            "previous_end": previous_end,
            "as_of": self.as_of,
            "category": self.category,
        }


def is_ready(store: Store, request: FiguresRequest) -> bool:
    """Tell whether the figures of a request are there already."""
    return FIGURES.is_ready(store, request)


def figures(store: Store, request: FiguresRequest) -> str:
    """Return the name of the table with the figures of a request, made now if it isn't there.

    Parameters
    ----------
    store
        The open store.
    request
        Whose sales, when, of what.

    Returns
    -------
    str
        A table with terminal_id, own, own_previous, total (fen), last_visit, visits (of the period), score
        (of the latest sheet, 0 to 100); NULL where nothing is recorded.
    """
    return FIGURES.table(store, request)
