"""What the store knows by name: for matching the names of a file, and for asking whether a figure is odd."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.tables import BY_NAME

if TYPE_CHECKING:
    import pandas as pd

    from core.store.database import Store

NAMED = tuple(
    name
    for name, table in BY_NAME.items()
    if len(table.key) == 1 and any(column.name == "name" for column in table.columns)
)
"""Tables whose rows have one ID and a name."""


def names(store: Store, table: str) -> pd.DataFrame:
    """Return ``id`` and ``name`` of all rows of a table of :data:`NAMED`; of regions level and adcode too."""
    key = BY_NAME[table].key[0]
    about = ", t.level AS level, t.adcode AS adcode" if table == "region" else ""
    found = store.fetch(f"SELECT t.{key} AS id, t.name AS name{about} FROM {table} AS t ORDER BY t.{key}")
    return found.to_pandas()


def regions(store: Store) -> pd.DataFrame:
    """Return ``region_id, parent_id, name, level, adcode`` of all regions."""
    return store.fetch(
        "SELECT r.region_id, r.parent_id, r.name, r.level, r.adcode FROM region AS r"
    ).to_pandas()


def products(store: Store) -> pd.DataFrame:
    """Return ``product_id, uom, units_per_case`` of all products."""
    return store.fetch("SELECT p.product_id, p.uom, p.units_per_case FROM product AS p").to_pandas()


def own_companies(store: Store) -> list[str]:
    """Return the IDs of the companies that are marked as our own."""
    found = store.fetch("SELECT c.company_id FROM company AS c WHERE c.is_self ORDER BY c.company_id")
    return [str(own) for own in found["company_id"].to_pylist()]


def located_shops(store: Store, most: int = 20_000) -> pd.DataFrame:
    """Return ``region_id, lat, lon`` (WGS-84 degrees) of some shops of all regions, always the same ones."""
    return store.fetch(
        "SELECT t.region_id AS region_id, t.lat_wgs84 AS lat, t.lon_wgs84 AS lon FROM terminal AS t"
        " WHERE t.lat_wgs84 IS NOT NULL AND t.region_id IS NOT NULL"
        " ORDER BY HASH(t.terminal_id) ASC NULLS LAST, t.terminal_id ASC NULLS LAST LIMIT $most",
        {"most": most},
    ).to_pandas()


def boundaries(store: Store) -> dict[str, bytes]:
    """Return the boundary (WKB, WGS-84) of every region that has one."""
    table = store.fetch("SELECT b.region_id, b.geometry_wkb FROM region_boundary AS b")
    shapes = zip(table["region_id"].to_pylist(), table["geometry_wkb"].to_pylist(), strict=True)
    return {region: bytes(shape) for region, shape in shapes if shape}
