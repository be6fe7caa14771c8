"""Tables the store derives from its facts, so that a page never scans millions of rows.

``region_month_sales`` sums the terminal sales to the terminal's own region, per month, company and
category. ``region_month_figure`` adds what is recorded for regions, and says of each figure how far up the
tree it counts. Both are caches: never imported, never edited, made here. ``derived_state`` names the data
version they belong to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from core.store.caching.table_versions import AUDITED_TABLES
from core.store.queries import query

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

FIGURES = "region_month_figure"
# What the sums are made of, and what decides which figure counts.
SALES_SOURCES = frozenset({"terminal", "terminal_sales", "product"})
FIGURE_SOURCES = frozenset({"region", "market", "market_sales", "market_capacity"})

# The data version at which each open store was last found fresh: the common case costs no query.
_fresh: WeakKeyDictionary[Store, int] = WeakKeyDictionary()


def ensure(store: Store, *, months: Collection[dt.date] | None = None) -> None:
    """Bring the derived tables up to the data; does nothing when they are.

    Every read of the market calls it, and an import calls it when it is done, so that the next page
    doesn't wait.

    Parameters
    ----------
    months
        First days of the months whose sales or capacities the last write changed, when it changed
        nothing else these tables are made of (no region, terminal, product or market): only those are
        made again. None makes everything again, unless the audit log shows that no source was touched.
    """
    if _fresh.get(store) == store.data_version:
        return
    _fresh[store] = store.maintain(lambda cursor: _bring_up(cursor, months))


def _bring_up(cursor: duckdb.DuckDBPyConnection, months: Collection[dt.date] | None) -> int:
    """Make what is out of date; return the data version the tables belong to now."""
    version = _number(cursor, "SELECT m.data_version FROM meta AS m", {})
    made = _number(
        cursor, "SELECT s.data_version FROM derived_state AS s WHERE s.name = $name", {"name": FIGURES}
    )
    if made == version:
        return version
    only = sorted(months) if months is not None and made == version - 1 else None
    touched = SALES_SOURCES | FIGURE_SOURCES if made == 0 else _touched(cursor, version - made)
    if touched & SALES_SOURCES:
        _make(cursor, "region_month_sales", "month, is_total, category, region_id", only)
    if touched & (SALES_SOURCES | FIGURE_SOURCES):
        _make(cursor, FIGURES, "market_key, month, region_id", only)
    cursor.execute("DELETE FROM derived_state WHERE name = $name", {"name": FIGURES})
    cursor.execute(
        "INSERT INTO derived_state (name, data_version) VALUES ($name, $version)",
        {"name": FIGURES, "version": version},
    )
    return version


def _number(cursor: duckdb.DuckDBPyConnection, text: str, parameters: dict[str, object]) -> int:
    row = cursor.execute(text, parameters).fetchone()
    return 0 if row is None else int(row[0])


def _touched(cursor: duckdb.DuckDBPyConnection, writes: int) -> frozenset[str]:
    """Return the tables that the last writes may have changed; each left one row in the audit log."""
    rows = cursor.execute(
        "SELECT log.entity FROM audit_log AS log ORDER BY log.audit_id DESC NULLS LAST LIMIT $writes",
        {"writes": writes},
    ).fetchall()
    names = frozenset(name.strip() for row in rows for name in (row[0] or "").split(","))
    if len(rows) < writes or not names <= AUDITED_TABLES:
        # A write that doesn't name the tables it changed may have changed any.
        return SALES_SOURCES | FIGURE_SOURCES
    return names


def _make(cursor: duckdb.DuckDBPyConnection, table: str, order: str, months: list[dt.date] | None) -> None:
    """Replace the rows of some months, or all (None); stored in the order of the reads."""
    text, _names = query(f"derived/{table}")
    if months is None:
        cursor.execute(f"DELETE FROM {table}")
    else:
        cursor.execute(f"DELETE FROM {table} WHERE list_contains($months, month)", {"months": months})
    sorting = ", ".join(f"{column} NULLS LAST" for column in order.split(", "))
    cursor.execute(f"INSERT INTO {table} BY NAME {text} ORDER BY {sorting}", {"months": months})
