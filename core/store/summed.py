"""Tables summed once per question and kept: the lenses of the map and the figures of the lists.

Such a table is named after its question and after the state of what it is made from, so a name that is there
is up to date. ``derived_state`` lists them; the newest few of a kind stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.store.queries import query

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import duckdb

    from core.store.database import Store

KEPT = 4
"""Tables of a kind that stay, the newest included."""
_TOTALS_ONLY = """
    SELECT w.terminal_id AS terminal_id, w.company_id AS company_id, w.month AS month, w.fen AS fen
    FROM wanted AS w
"""
_PREFER_TOTALS = """
    SELECT
        w.terminal_id AS terminal_id,
        w.company_id AS company_id,
        w.month AS month,
        COALESCE(SUM(CASE WHEN w.product_id IS NULL THEN w.fen END), SUM(w.fen)) AS fen
    FROM wanted AS w
    GROUP BY w.terminal_id, w.company_id, w.month
"""


def monthly(cursor: duckdb.DuckDBPyConnection, category: str | None, first: dt.date, last: dt.date) -> str:
    """Return the SQL that makes shops' monthly sales of the rows ``wanted``.

    A company's total of a shop and month wins over its product rows. Where only one of the two kinds is
    there, or a category asks for products, nothing has to win, and that is several times faster.
    """
    text, _names = query("tiles/shape")
    shape = cursor.execute(text, {"previous_start": first, "end": last}).fetchone()
    both = category is None and bool(shape and shape[0] and shape[1])
    return _PREFER_TOTALS if both else _TOTALS_ONLY


def names(store: Store, prefix: str) -> list[str]:
    """Return the tables of a kind that are there."""
    rows = store.fetch(
        "SELECT d.name FROM derived_state AS d WHERE starts_with(d.name, $prefix)", {"prefix": prefix}
    )
    return [str(name) for name in rows["name"].to_pylist()]


def keep(
    cursor: duckdb.DuckDBPyConnection, prefix: str, name: str, version: int, parts: Sequence[str] = ("",)
) -> None:
    """List a table that was made, and drop the oldest of its kind.

    Parameters
    ----------
    cursor
        Of the transaction that made it.
    prefix
        What the names of its kind begin with.
    name
        Its name.
    version
        The write that last changed what it is made from.
    parts
        Endings of all tables that belong to one name.
    """
    cursor.execute("DELETE FROM derived_state WHERE name = $name", {"name": name})
    cursor.execute("INSERT INTO derived_state VALUES ($name, $version)", {"name": name, "version": version})
    old = cursor.execute(
        "SELECT d.name FROM derived_state AS d WHERE starts_with(d.name, $prefix) AND d.name <> $newest"
        " ORDER BY d.data_version DESC NULLS LAST, d.name ASC NULLS LAST",
        {"prefix": prefix, "newest": name},
    ).fetchall()
    for (table,) in old[KEPT - 1 :]:
        for part in parts:
            cursor.execute(f"DROP TABLE IF EXISTS {table}{part}")
        cursor.execute("DELETE FROM derived_state WHERE name = $name", {"name": table})
