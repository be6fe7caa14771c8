"""What each terminal sells in a period and how it is looked after, summed once and stored for the lists.

A list of a million terminals must be sorted within a second, so the facts are summed into a table of its
own. It holds until a table it is made from changes; the newest few are kept. Names, grades and owners are
not in it: they are read when the list is, and a change of them costs nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.store.caching.rollup import RollUp

if TYPE_CHECKING:
    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

FIGURES = RollUp("customer_figures_", "customers/figures")


def is_ready(store: Store, request: SalesWindow) -> bool:
    """Tell whether the figures of a request are there already."""
    return FIGURES.is_ready(store, request)


def figures(store: Store, request: SalesWindow) -> str:
    """Return the name of the table with the figures of a request, made now if it isn't there.

    Returns
    -------
    str
        A table with terminal_id, own, own_previous, total (fen), last_visit, visits (of the period), score
        (of the latest sheet, 0 to 100); NULL where nothing is recorded.
    """
    return FIGURES.table(store, request)
