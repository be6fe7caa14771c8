"""Whether the store keeps its promises: keys, references, trees, derived tables, history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from core.i18n import _
from core.store.loading.foreign_keys import orphans
from core.store.market.regions import CLOSURE, cycles, refresh_closure
from core.store.sql_text import quoted
from core.tables import BY_NAME, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.store.database import Store

_TREES = {
    "region": "parent_id",
    "employee": "manager_id",
    "dealer": "parent_dealer_id",
    "target_plan": "base_plan_id",
}


@dataclass(frozen=True)
class Defect:
    """A promise that the store breaks.

    Parameters
    ----------
    code
        ``key``, ``reference``, ``cycle``, ``own_company``, ``closure``, ``location``, ``history`` or
        ``damage``.
    repairable
        Whether :func:`repair` puts it right.
    """

    code: str
    table: str
    message: str
    repairable: bool = False


def check(store: Store) -> list[Defect]:
    """Check everything that the schema itself doesn't enforce.

    Returns
    -------
    list of Defect
        Empty for a store in order.
    """
    with store.whole.cursor() as cursor:
        cursor.execute("BEGIN TRANSACTION")
        try:
            return list(_defects(cursor))
        except duckdb.Error as error:
            # What can't be read is the worst finding, not a failure of the check.
            return [Defect("damage", "", _("The file can't be read through: {reason}", reason=error))]
        finally:
            cursor.execute("ROLLBACK")


def repair(store: Store) -> None:
    """Compute the derived tables anew; the data themselves are left alone."""
    store.maintain(refresh_closure)


def _defects(cursor: duckdb.DuckDBPyConnection) -> Iterator[Defect]:
    for table in TABLES:
        yield from _double_keys(cursor, table.name)
    for table_name, column, target, count in orphans(cursor, list(BY_NAME)):
        text = _(
            "{count} rows of {table} point by {column} to rows of {target} that don't exist.",
            count=count,
            table=table_name,
            column=column,
            target=target,
        )
        yield Defect("reference", table_name, text)
    yield from _circles(cursor)
    yield from _own_companies(cursor)
    yield from _closure(cursor)
    yield from _locations(cursor)
    yield from _histories(cursor)


def _count(cursor: duckdb.DuckDBPyConnection, text: str) -> int:
    return int(cursor.execute(text).fetchall()[0][0])


def _double_keys(cursor: duckdb.DuckDBPyConnection, name: str) -> Iterator[Defect]:
    keys = ", ".join(f"t.{quoted(key)}" for key in BY_NAME[name].key)
    rows = f"SELECT HASH({keys}) AS h FROM {name} AS t"
    suspects = _count(cursor, f"SELECT COUNT(*) - COUNT(DISTINCT k.h) FROM ({rows}) AS k")
    double = 0
    if suspects:
        groups = f"SELECT COUNT(*) AS n FROM {name} AS t GROUP BY {keys} HAVING COUNT(*) > 1"
        double = _count(cursor, f"SELECT COALESCE(SUM(g.n), 0) FROM ({groups}) AS g")
    if double:
        text = _("{count} rows of {table} share their key with another row.", count=double, table=name)
        yield Defect("key", name, text)


def _circles(cursor: duckdb.DuckDBPyConnection) -> Iterator[Defect]:
    for table, parent in _TREES.items():
        key = quoted(BY_NAME[table].key[0])
        rows = cursor.execute(f"SELECT t.{key}, t.{quoted(parent)} FROM {table} AS t").fetchall()
        for circle in cycles(dict(rows)):
            chain = " → ".join((*circle, circle[0]))
            text = _("In {table} the chain {chain} goes round in a circle.", table=table, chain=chain)
            yield Defect("cycle", table, text)


def _own_companies(cursor: duckdb.DuckDBPyConnection) -> Iterator[Defect]:
    count = _count(cursor, "SELECT COUNT(*) FROM company AS c WHERE c.is_self")
    if count > 1:
        yield Defect("own_company", "company", _("{count} companies are marked as your own.", count=count))


def _closure(cursor: duckdb.DuckDBPyConnection) -> Iterator[Defect]:
    stored = "SELECT c.ancestor_id, c.region_id, c.distance FROM region_closure AS c"
    missing = _count(cursor, f"SELECT COUNT(*) FROM (({CLOSURE}) EXCEPT ALL ({stored})) AS d")
    surplus = _count(cursor, f"SELECT COUNT(*) FROM (({stored}) EXCEPT ALL ({CLOSURE})) AS d")
    if missing or surplus:
        text = _(
            "The derived tree of regions lacks {missing} pairs and has {surplus} too many.",
            missing=missing,
            surplus=surplus,
        )
        yield Defect("closure", "region_closure", text, repairable=True)


def _locations(cursor: duckdb.DuckDBPyConnection) -> Iterator[Defect]:
    count = _count(
        cursor,
        "SELECT COUNT(*) FROM terminal AS t WHERE (t.cell IS NULL) <> (t.lat_wgs84 IS NULL)"
        " OR (t.cell IS NULL) <> (t.lon_wgs84 IS NULL)"
        " OR (t.cell IS NOT NULL AND (t.lat IS NULL OR t.lon IS NULL))",
    )
    if count:
        text = _("{count} terminals have a place that doesn't follow from their coordinates.", count=count)
        yield Defect("location", "terminal", text)


def _histories(cursor: duckdb.DuckDBPyConnection) -> Iterator[Defect]:
    loaded = "SELECT b.batch_id AS id FROM import_batch AS b WHERE b.status = 'loaded'"
    for table in BY_NAME:
        stray = f"SELECT COUNT(*) FROM {table} AS t ANTI JOIN ({loaded}) AS b ON b.id = t.batch_id"
        count = _count(cursor, f"{stray} WHERE t.batch_id IS NOT NULL")
        if count:
            text = _("{count} rows of {table} belong to no import batch.", count=count, table=table)
            yield Defect("history", table, text)
