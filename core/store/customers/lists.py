"""Lists of dealers and terminals: one page at a time, sorted and filtered where the data are.

A page of a million terminals takes two queries: the ids of the page, joining only what sorts it, and then
everything about those.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from core.errors import InputError, nearest
from core.i18n import _
from core.store.caching.terminal_figures import figures
from core.store.customers import search
from core.store.customers.filter import NO_FILTER, CustomerFilter
from core.store.frames import large_frame
from core.store.queries import query
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    import pyarrow as pa

    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

BATCH = 50_000
NEAR = 100
"""Names that nearly fit, where none holds what was typed."""
_FIGURES = "\nLEFT JOIN {figures} AS f ON f.terminal_id = t.terminal_id"
_REGION = "\nLEFT JOIN region AS r ON r.region_id = t.region_id"
_DEALER = "\nLEFT JOIN dealer AS d ON d.dealer_id = t.dealer_id"
_EMPLOYEE = "\nLEFT JOIN employee AS e ON e.employee_id = t.employee_id"
# Column -> what it is sorted by, and what has to be joined for that.
_TERMINAL_SORTS = {
    "name": ("t.name", ""),
    "customer_id": ("t.terminal_id", ""),
    "region": ("r.name", _REGION),
    "outlet_type": ("t.outlet_type", ""),
    "grade": ("t.grade", ""),
    "status": ("t.status", ""),
    "dealer": ("d.name", _DEALER),
    "owner": ("e.name", _EMPLOYEE),
    "area_m2": ("t.area_m2", ""),
    "own": ("f.own", _FIGURES),
    "total": ("f.total", _FIGURES),
    "share": ("CASE WHEN f.total > 0 THEN COALESCE(f.own, 0) / CAST(f.total AS DOUBLE) END", _FIGURES),
    "growth": (
        "CASE WHEN f.own_previous > 0 THEN COALESCE(f.own, 0) / CAST(f.own_previous AS DOUBLE) END",
        _FIGURES,
    ),
    "last_visit": ("f.last_visit", _FIGURES),
    "visits": ("f.visits", _FIGURES),
    "score": ("f.score", _FIGURES),
}
_DEALER_SORTS = (
    "name",
    "customer_id",
    "region",
    "tier",
    "level",
    "owner",
    "backup",
    "attitude",
    "capability",
    "sell_in",
    "growth",
    "terminals",
    "own",
    "total",
    "share",
    "last_visit",
    "visits",
    "score",
)
SORTS = {"terminal": tuple(_TERMINAL_SORTS), "dealer": _DEALER_SORTS}
DEFAULT_SORT = {"terminal": "own", "dealer": "sell_in"}


@dataclass(frozen=True)
class ListRequest:
    """A list of customers.

    Parameters
    ----------
    kind
        ``dealer`` or ``terminal``.
    sort
        A column of :data:`SORTS`; empty for the largest first.
    descending
        Whether the largest stands first; what is missing stands last either way.
    """

    kind: str
    figures: SalesWindow
    filters: CustomerFilter = NO_FILTER
    sort: str = ""
    descending: bool = True
    scope: Scope = EVERYTHING

    def __post_init__(self) -> None:
        if self.kind not in SORTS:
            raise InputError(_("There is no list of {kind}.", kind=self.kind))
        if self.sort and self.sort not in SORTS[self.kind]:
            raise InputError(
                _("The list has no column {column} to sort by.", column=self.sort),
                _("Did you mean {suggestion}?", suggestion=nearest(self.sort, SORTS[self.kind]) or "–"),
            )

    @property
    def column(self) -> str:
        """The column it is sorted by."""
        return self.sort or DEFAULT_SORT[self.kind]


def page(store: Store, request: ListRequest, offset: int, limit: int) -> pd.DataFrame:
    """Return some rows of a list.

    Parameters
    ----------
    offset, limit
        How many rows to leave out, and how many to return.

    Returns
    -------
    pandas.DataFrame
        customer_id, name, region_id, region, region_en, owner_id, owner, own, total, share, growth,
        last_visit, visits, score; of terminals outlet_type, grade, status, dealer_id, dealer, address,
        area_m2, own_previous; of dealers tier, level, parent, backup_id, backup, attitude, capability,
        sell_in, sell_in_previous, terminals. Amounts in yuan.
    """
    window: dict[str, object] = {"limit": limit, "offset": offset}
    if request.kind == "dealer":
        text, values = _rows(store, request)
        return store.fetch(f"{text} LIMIT $limit OFFSET $offset", {**values, **window}).to_pandas()
    conditions, values = _conditions(store, request)
    order, join = _TERMINAL_SORTS[request.column]
    text = query("customers/terminal_ids")[0].format(
        joins=join.format(figures=figures(store, request.figures) if "{" in join else ""),
        conditions=conditions,
        order=order,
        direction=_direction(request),
    )
    ids = store.fetch(text, {**values, **window})["customer_id"].to_pylist()
    text, values = _rows(store, replace(request, filters=CustomerFilter(ids=tuple(ids)), scope=EVERYTHING))
    return large_frame(store.fetch(text, values))


def totals(store: Store, request: ListRequest) -> dict[str, Any]:
    """Return the customers of a list together: customers, own, total, visits, score, without_owner ...

    Amounts in yuan; a sum of which nothing is recorded is None.
    """
    if request.kind == "dealer":
        rows, values = _rows(store, request)
        text = query("customers/dealer_totals")[0].format(rows=rows)
    else:
        conditions, values = _conditions(store, request)
        text = query("customers/terminal_totals")[0].format(
            figures=figures(store, request.figures), conditions=conditions
        )
    return dict(store.fetch(text, values).to_pylist()[0])


def facets(store: Store, kind: str, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return the values each filter can take: facet, value, label, customers (most first)."""
    return store.read(f"customers/{kind}_facets", scope=scope).to_pandas()


def fitting(store: Store, request: ListRequest) -> tuple[ListRequest, bool]:
    """Return the list, with the names nearest to what was typed where none holds it; and whether it is so."""
    if not request.filters.text or totals(store, request)["customers"]:
        return request, False
    found = search.find(store, request.filters.text, kind=request.kind, limit=NEAR, scope=request.scope)
    ids = tuple(found["customer_id"])
    return replace(request, filters=replace(request.filters, ids=ids)), bool(ids)


def batches(store: Store, request: ListRequest) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a whole list as :func:`page` returns them, some thousands at a time."""
    text, values = _rows(store, request)
    with store.cursor() as cursor:
        yield from cursor.sql(text, params=values).to_arrow_reader(BATCH)


def _rows(store: Store, request: ListRequest) -> tuple[str, dict[str, object]]:
    """Return the query of all columns of a list, and the values of its parameters."""
    conditions, values = _conditions(store, request)
    text, names = query(f"customers/{request.kind}_rows")
    order = request.column if request.kind == "dealer" else _TERMINAL_SORTS[request.column][0]
    filled = text.format(
        figures=figures(store, request.figures),
        conditions=conditions,
        order=order,
        direction=_direction(request),
    )
    given: Mapping[str, object] = request.figures.parameters()
    return filled, {**{name: given[name] for name in names}, **values}


def _conditions(store: Store, request: ListRequest) -> tuple[str, dict[str, object]]:
    conditions, values = request.filters.conditions(request.kind, request.scope)
    if "text" in values:
        search.ensure(store)
    return conditions, values


def _direction(request: ListRequest) -> str:
    return "DESC" if request.descending else "ASC"
