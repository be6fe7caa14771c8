"""Filling the derived coordinates of terminals: WGS-84 and the cell they are stored by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from core.geo.cells import quadkey
from core.geo.coordinates import SYSTEMS, convert

if TYPE_CHECKING:
    from collections.abc import Collection

    import duckdb


def located(cursor: duckdb.DuckDBPyConnection, rows: str, columns: Collection[str]) -> str:
    """Add ``lat_wgs84``, ``lon_wgs84`` and ``cell`` to terminals.

    Parameters
    ----------
    columns
        Its columns; one that is not among them has its default.

    Returns
    -------
    str
        A query of the same rows with three columns more. A shop without coordinates, or with ones in
        an unknown system, has none of the three.
    """
    cursor.execute(f"CREATE OR REPLACE TEMP TABLE unlocated AS {rows}")
    # A number of each row's own, because coordinates repeat and row ids of a transaction may not start at 0.
    absent = {"lat": "CAST(NULL AS DOUBLE)", "lon": "CAST(NULL AS DOUBLE)", "crs": f"'{SYSTEMS[0]}'"}
    values = ", ".join(f"{'u.' + name if name in columns else sql} AS {name}" for name, sql in absent.items())
    points = cursor.sql(f"SELECT u.rowid AS row, {values} FROM unlocated AS u").to_arrow_table()
    lat, lon = (points.column(name).to_numpy().astype(float) for name in ("lat", "lon"))
    crs = points.column("crs").to_numpy(zero_copy_only=False)
    lat_wgs84, lon_wgs84 = np.full(lat.shape, np.nan), np.full(lon.shape, np.nan)
    for system in SYSTEMS:
        here = crs == system
        if here.any():
            lat_wgs84[here], lon_wgs84[here] = convert(lat[here], lon[here], system, "WGS-84")
    half = np.isnan(lat_wgs84) | np.isnan(lon_wgs84)
    lat_wgs84[half] = lon_wgs84[half] = np.nan
    cells = quadkey(lat_wgs84, lon_wgs84)
    located_points = pa.table(
        {
            "row": points.column("row"),
            "lat_wgs84": pa.array(lat_wgs84, from_pandas=True),
            "lon_wgs84": pa.array(lon_wgs84, from_pandas=True),
            "cell": pa.array(cells, mask=half),
        }
    )
    cursor.register("located_points", located_points)
    return (
        "SELECT u.*, p.lat_wgs84 AS lat_wgs84, p.lon_wgs84 AS lon_wgs84, p.cell AS cell"
        " FROM unlocated AS u JOIN located_points AS p ON p.row = u.rowid"
    )
