"""The tree of regions: its closure, and cycles in any tree of ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb


def refresh_closure(cursor: duckdb.DuckDBPyConnection) -> None:
    """Compute ``region_closure`` anew; runs in the transaction that changed the regions."""
    cursor.execute("DELETE FROM region_closure")
    cursor.execute(f"INSERT INTO region_closure {CLOSURE}")


CLOSURE = """
    WITH RECURSIVE up AS (
        SELECT r.region_id AS ancestor_id, r.region_id AS region_id, 0 AS distance FROM region AS r
        UNION ALL
        SELECT p.parent_id AS ancestor_id, u.region_id AS region_id, u.distance + 1 AS distance
        FROM up AS u
        JOIN region AS p ON p.region_id = u.ancestor_id
        WHERE p.parent_id IS NOT NULL AND u.distance < 64
    )
    SELECT u.ancestor_id, u.region_id, u.distance FROM up AS u ORDER BY u.ancestor_id, u.distance, u.region_id
"""
"""Every pair of a region and one of its ancestors; 64 levels end a cycle in a damaged store."""


def cycles(parents: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Find the cycles of a parent relation.

    Parameters
    ----------
    parents
        Id -> id of its parent, None at the top.

    Returns
    -------
    list of tuple
        The ids of each cycle, in the order of the parents, each cycle once.
    """
    done: set[str] = set()
    found = []
    for start in parents:
        path: dict[str, int] = {}
        node: str | None = start
        while node is not None and node not in done and node not in path:
            path[node] = len(path)
            node = parents.get(node)
        if node is not None and node in path:
            found.append(tuple(list(path)[path[node] :]))
        done.update(path)
    return found
