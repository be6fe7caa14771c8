"""Outlines of regions without a boundary, drawn around their shops: made once, kept until shops move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from core.store.caching.table_versions import last_change

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import duckdb

    from core.store.database import Store

STATE = "region_outline"
SOURCES = ("region", "terminal")


def outlines(
    store: Store, region_ids: Sequence[str], make: Callable[[list[str]], Mapping[str, bytes]]
) -> dict[str, bytes]:
    """Return the outlines of some regions, making those that aren't there.

    Parameters
    ----------
    make
        Makes outlines (WKB by region) of some regions; one without shops stays out.

    Returns
    -------
    dict
        WKB polygon by region.
    """
    version = last_change(store, SOURCES)
    kept = _kept(store, version)
    absent = [region for region in region_ids if region not in kept]
    if absent:
        made = make(absent)
        # A region without shops is kept as empty, so that it isn't tried again.
        rows = {region: made.get(region) for region in absent}
        store.derive(lambda cursor: _keep(cursor, rows, version))
        kept |= rows
    return {region: shape for region in region_ids if (shape := kept[region]) is not None}


def _kept(store: Store, version: int) -> dict[str, bytes | None]:
    table = store.fetch(
        "SELECT o.region_id AS region_id, o.geometry_wkb AS geometry_wkb FROM region_outline AS o"
        " INNER JOIN derived_state AS s ON s.name = $name AND s.data_version = $version",
        {"name": STATE, "version": version},
    )
    return dict(zip(table["region_id"].to_pylist(), table["geometry_wkb"].to_pylist(), strict=True))


def _keep(cursor: duckdb.DuckDBPyConnection, rows: Mapping[str, bytes | None], version: int) -> None:
    state = {"name": STATE, "version": version}
    current = cursor.execute(
        "SELECT COUNT(*) FROM derived_state AS s WHERE s.name = $name AND s.data_version = $version", state
    ).fetchall()[0][0]
    if not current:
        cursor.execute("DELETE FROM region_outline")
        cursor.execute("DELETE FROM derived_state WHERE name = $name", {"name": STATE})
        cursor.execute("INSERT INTO derived_state VALUES ($name, $version)", state)
    schema = pa.schema([("region_id", "string"), ("geometry_wkb", "binary")])
    cursor.register("outlined", pa.table([list(rows), list(rows.values())], schema=schema))
    # Two pages may have made the same one at the same time.
    cursor.execute(
        "INSERT INTO region_outline SELECT n.* FROM outlined AS n"
        " ANTI JOIN region_outline AS o ON o.region_id = n.region_id"
    )
    cursor.unregister("outlined")
