"""Tables summed once per question and kept: the lenses of the map and the figures of the lists.

Such a table is named after its question and after the state of what it is made from, so a name that is there
is up to date.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from core.store.caching.rollup_list import Entry, ensure, is_there
from core.store.caching.table_versions import last_change
from core.store.queries import query
from core.store.read_tracking import DERIVED_FROM
from core.store.scope import EVERYTHING, Scope

if TYPE_CHECKING:
    import datetime as dt

    import duckdb

    from core.store.caching.sales_window import SalesWindow
    from core.store.database import Store

_TOTALS_ONLY = """
    SELECT w.terminal_id AS terminal_id, w.company_id AS company_id, w.month AS month, w.fen AS fen
    FROM wanted AS w
"""
PREFER_TOTALS = """
    SELECT
        w.terminal_id AS terminal_id,
        w.company_id AS company_id,
        w.month AS month,
        COALESCE(SUM(CASE WHEN w.product_id IS NULL THEN w.fen END), SUM(w.fen)) AS fen
    FROM wanted AS w
    GROUP BY w.terminal_id, w.company_id, w.month
"""


@dataclass(frozen=True)
class RollUp:
    """A kind of table with one row per customer, summed over a period.

    Parameters
    ----------
    prefix
        What the names of its tables begin with.
    query
        ``topic/name`` of the query that sums; its part ``monthly`` is filled in by :func:`monthly`.
    parts
        Further parts of the query and what stands for them.
    by_month
        Whether the query counts months, and so needs one row per shop, company and month.
    """

    prefix: str
    query: str
    parts: tuple[tuple[str, str], ...] = ()
    by_month: bool = False

    @property
    def sources(self) -> frozenset[str]:
        """The tables it is made from."""
        return DERIVED_FROM[self.prefix]

    def is_ready(self, store: Store, request: SalesWindow, scope: Scope = EVERYTHING) -> bool:
        """Tell whether the table of a request is there already."""
        return is_there(store, self.prefix, self.name(store, request, scope))

    def table(self, store: Store, request: SalesWindow, scope: Scope = EVERYTHING) -> str:
        """Return the name of the table of a request, made now if it isn't there."""
        name = self.name(store, request, scope)
        values = {**request.parameters(), "scope": scope.parameter}
        version = last_change(store, self.sources)
        ensure(
            store, Entry(self.prefix, name, version), lambda cursor: self._make(cursor, name, request, values)
        )
        return name

    def name(self, store: Store, request: SalesWindow, scope: Scope = EVERYTHING) -> str:
        """Return the name that the table of a request has now, whether it is made or not."""
        # The query is part of the name: a table made by another version of the program has other columns.
        made_by = [
            last_change(store, self.sources),
            asdict(request),
            scope.parameter,
            query(self.query)[0],
            self.parts,
        ]
        text = json.dumps(made_by, default=str, sort_keys=True)
        return self.prefix + hashlib.sha256(text.encode()).hexdigest()[:16]

    def _make(
        self,
        cursor: duckdb.DuckDBPyConnection,
        name: str,
        request: SalesWindow,
        values: dict[str, object],
    ) -> None:
        text, parameters = query(self.query)
        months = (request.previous[0], request.end)
        parts = {
            **dict(self.parts),
            "monthly": monthly_sales(cursor, request.category, *months, one_row=self.by_month),
        }
        text = text.format(**parts)
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        used = parameters | {"scope"} if "$scope" in text else parameters
        cursor.execute(f"CREATE TABLE {name} AS\n{text}", {key: values[key] for key in used})


def monthly_sales(
    cursor: duckdb.DuckDBPyConnection,
    category: str | None,
    first: dt.date,
    last: dt.date,
    *,
    one_row: bool = False,
) -> str:
    """Return the SQL that makes shops' monthly sales of the rows ``wanted``.

    A company's total of a shop and month wins over its product rows. Where only one of the two kinds is
    there, or a category asks for products, nothing has to win, and that is several times faster; with
    ``one_row`` products are added up all the same, so that a shop, company and month stands once.
    """
    text, _names = query("tiles/shape")
    shape = cursor.execute(text, {"previous_start": first, "end": last}).fetchone()
    has_totals, has_products = shape or (False, False)
    both = category is None and has_totals and has_products
    return PREFER_TOTALS if both or (one_row and has_products) else _TOTALS_ONLY
