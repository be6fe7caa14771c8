"""Tables the store derives from its facts, so that a page never scans millions of rows.

``region_month_sales`` sums the terminal sales to the terminal's own region, per month, company and
category. ``region_month_figure`` adds what is recorded for regions, and says of each figure how far up the
tree it counts. Both are caches: never imported, never edited, made here. ``derived_state`` names the data
version they belong to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from core.i18n import _
from core.store.queries import query
from core.store.read_tracking import AUDITED_TABLES

if TYPE_CHECKING:
    import duckdb

    from core.store.database import Store

FIGURES = "region_month_figure"
# What the sums are made of, and what decides which figure counts.
SALES_SOURCES = frozenset({"terminal", "terminal_sales", "product"})
FIGURE_SOURCES = frozenset({"region", "market", "market_sales", "market_capacity"})
SOURCES = SALES_SOURCES | FIGURE_SOURCES

MONTHLY_SOURCES = frozenset({"terminal_sales", "market_sales", "market_capacity"})
"""Sources whose rows each belong to one month."""
LINES_AT_A_TIME = 6_000_000
"""Sales lines of whole months that are summed at a time, which bounds the memory and the wait for a stop."""

# The data version at which each open store was last found fresh: the common case costs no query.
_fresh: WeakKeyDictionary[Store, int] = WeakKeyDictionary()


def ensure(store: Store) -> None:
    """Bring the derived tables up to the data; does nothing when they are.

    Every read of the market calls it. An import makes them itself, so that the next page doesn't wait.
    """
    version = store.data_version
    if _fresh.get(store) == version:
        return
    with store.cursor() as cursor:
        stale = _stale(cursor)
    if stale:
        store.derive(lambda cursor: mark(cursor, bring_up(cursor)), of_facts=True)
    _fresh[store] = version


def bring_up(
    cursor: duckdb.DuckDBPyConnection,
    *,
    changed: Collection[str] = (),
    months: Collection[dt.date] | None = None,
    step: Callable[[float, str], None] = lambda _share, _text: None,
) -> int:
    """Make what is out of date, inside a transaction.

    Whoever stops it on the way leaves :func:`mark` out; the tables then count as out of date and are made
    at the next read.

    Parameters
    ----------
    changed
        Tables that the same transaction changed.
    months
        First days of the only months whose facts it changed; None for any.
    step
        Called with the share done and what is being done; may raise to stop.

    Returns
    -------
    int
        The data version that the transaction began from.
    """
    stale = _stale(cursor)
    touched = stale | (frozenset(changed) & SOURCES)
    only = sorted(months) if months is not None and not stale and touched <= MONTHLY_SOURCES else None
    if touched & SALES_SOURCES:
        _clear(cursor, "region_month_sales", only)
        stretches = _stretches(cursor, only)
        for number, stretch in enumerate(stretches):
            step(0.9 * number / len(stretches), _("Summing up {month}", month=f"{stretch[0]:%Y-%m}"))
            _add(cursor, "region_month_sales", "month, is_total, category, region_id", stretch)
    if touched:
        step(0.9, _("Summing up"))
        _clear(cursor, FIGURES, only)
        _add(cursor, FIGURES, "market_key, month, region_id", only)
    return _number(cursor, "SELECT COALESCE(MAX(a.audit_id), 0) + 1 FROM audit_log AS a", {})


def mark(cursor: duckdb.DuckDBPyConnection, version: int) -> None:
    """Write down to which data version the derived tables belong."""
    cursor.execute("DELETE FROM derived_state WHERE name = $name", {"name": FIGURES})
    cursor.execute(
        "INSERT INTO derived_state (name, data_version) VALUES ($name, $version)",
        {"name": FIGURES, "version": version},
    )


def _number(cursor: duckdb.DuckDBPyConnection, text: str, parameters: dict[str, object]) -> int:
    rows = cursor.execute(text, parameters).fetchall()
    return int(rows[0][0]) if rows else 0


def _stale(cursor: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the sources that writes may have changed since the derived tables were made."""
    made = _number(
        cursor, "SELECT s.data_version FROM derived_state AS s WHERE s.name = $name", {"name": FIGURES}
    )
    if not made:
        return SOURCES
    rows = cursor.execute(
        "SELECT DISTINCT log.entity FROM audit_log AS log WHERE log.audit_id >= $made", {"made": made}
    ).fetchall()
    names = frozenset(name.strip() for row in rows for name in (row[0] or "").split(","))
    # A write that doesn't name the tables it changed may have changed any.
    return names & SOURCES if names <= AUDITED_TABLES else SOURCES


def _clear(cursor: duckdb.DuckDBPyConnection, table: str, months: list[dt.date] | None) -> None:
    """Remove the rows of some months, or all (None)."""
    if months is None:
        cursor.execute(f"DELETE FROM {table}")
    else:
        cursor.execute(f"DELETE FROM {table} WHERE list_contains($months, month)", {"months": months})


def _add(cursor: duckdb.DuckDBPyConnection, table: str, order: str, months: list[dt.date] | None) -> None:
    """Add the rows of some months, or all (None); stored in the order of the reads."""
    text, _names = query(f"derived/{table}")
    sorting = ", ".join(f"{column} NULLS LAST" for column in order.split(", "))
    cursor.execute(f"INSERT INTO {table} BY NAME {text} ORDER BY {sorting}", {"months": months})


def _stretches(cursor: duckdb.DuckDBPyConnection, months: list[dt.date] | None) -> list[list[dt.date]]:
    """Cut the months that have sales lines, or some of them, into stretches of bounded size."""
    rows = cursor.execute(
        "SELECT s.month, COUNT(*) FROM terminal_sales AS s"
        " WHERE $months IS NULL OR s.month IN (SELECT UNNEST(CAST($months AS DATE[])))"
        " GROUP BY s.month ORDER BY s.month",
        {"months": months},
    ).fetchall()
    stretches: list[list[dt.date]] = []
    held = 0
    for month, lines in rows:
        if not stretches or held + lines > LINES_AT_A_TIME:
            stretches.append([])
            held = 0
        stretches[-1].append(month)
        held += lines
    return stretches
