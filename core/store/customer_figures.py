"""What each terminal sells in a period and how it is looked after, summed once and stored for the lists.

A list of a million terminals must be sorted within a second, so the facts are summed into a table of its
own. It holds until a table it is made from changes; the newest few are kept. Names, grades and owners are
not in it: they are read when the list is, and a change of them costs nothing here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from core.store.changes import last_change
from core.store.lens import LensRequest
from core.store.queries import query
from core.store.summed import keep, monthly, names

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

PREFIX = "customer_figures_"
SOURCES = ("terminal_sales", "product", "visit", "score_item")


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
    return _name(store, request) in names(store, PREFIX)


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
    name = _name(store, request)
    if name not in names(store, PREFIX):
        version = last_change(store, SOURCES)
        store.maintain(lambda cursor: _make(cursor, name, version, request))
    return name


def _name(store: Store, request: FiguresRequest) -> str:
    # The query is part of the name: a table made by another version of the program has other columns.
    made_by = [last_change(store, SOURCES), asdict(request), query("customers/figures")[0]]
    text = json.dumps(made_by, default=str, sort_keys=True)
    return PREFIX + hashlib.sha256(text.encode()).hexdigest()[:16]


def _make(cursor: duckdb.DuckDBPyConnection, name: str, version: int, request: FiguresRequest) -> None:
    values = request.parameters()
    text, wanted = query("customers/figures")
    parts = {"figures": name, "monthly": monthly(cursor, request.category, request.previous[0], request.end)}
    cursor.execute(f"DROP TABLE IF EXISTS {name}")
    cursor.execute(text.format(**parts), {key: values[key] for key in wanted})
    keep(cursor, PREFIX, name, version)
