"""The tables that sales lines refer to, as a version holds them: in the store's types, checked, sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from core.errors import InputError
from core.geo.cells import quadkey
from core.geo.coordinates import SYSTEMS, convert
from core.i18n import _
from core.rollup.inputs import sha256_of
from core.rollup.local_store import look_through, selected
from core.store.market.regions import CLOSURE
from core.store.sql_text import literal, quoted
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.rollup.inputs import InputFile
    from core.rollup.parts import PartFolder
    from core.store.database import Store

REGION_FIRST = ("region_id", "month")
_PLACE = ("lat_wgs84", "lon_wgs84", "cell")


def add_tables(parts: PartFolder, store: Store, files: Mapping[str, InputFile]) -> None:
    """Add every table to a version, and let the store see them; those that did not change are taken over.

    Raises
    ------
    InputError
        A key is missing or stands twice, or a row points to one that isn't there.
    """
    changed = {}
    for name, file in files.items():
        key = sha256_of("table", 1, name, file.sha256)
        before = parts.of_before(name, None, key)
        if before is not None:
            parts.keep(before)
        else:
            parts.add(name, _read(store, name, file), key)
            changed[name] = file
        look_through(store, name, parts.paths(name))
    for name, file in changed.items():
        _check(store, name, file)
    key = sha256_of("closure", CLOSURE, files["region"].sha256)
    parts.ensure("region_closure", key, lambda: store.fetch(CLOSURE))
    look_through(store, "region_closure", parts.paths("region_closure"))


def _read(store: Store, name: str, file: InputFile) -> pa.Table:
    """Return the rows of a file with the columns of the store's table, what is left out at its default."""
    source = selected(store, name, [file.path])
    table = BY_NAME.get(name)
    defaults = {c.name: c.default for c in table.columns if c.default is not None} if table else {}
    filled = ", ".join(
        f"COALESCE({quoted(column)}, {literal(str(value))}) AS {quoted(column)}"
        for column, value in defaults.items()
    )
    text = f"SELECT * EXCLUDE (batch_id){f' REPLACE ({filled})' if filled else ''} FROM ({source})"
    if table is None or "batch_id" not in store.fetch(f"SELECT * FROM ({source}) LIMIT 0").schema.names:
        text = f"SELECT * FROM ({source})"
    if name == "market":
        # The market of everything is there in every store.
        text += (
            " UNION ALL BY NAME SELECT m.* EXCLUDE (batch_id) FROM market AS m WHERE m.market_id NOT IN"
            f" (SELECT g.market_id FROM ({source}) AS g)"
        )
    rows = store.fetch(text)
    if name == "terminal":
        rows = _located(rows)
    order = [name for name in (*REGION_FIRST, *(table.key if table else ())) if name in rows.column_names]
    return rows.sort_by([(column, "ascending") for column in dict.fromkeys(order)]) if order else rows


def _located(shops: pa.Table) -> pa.Table:
    """Fill in WGS-84 and the cell of shops whose file leaves these derived columns out."""
    if shops["cell"].null_count < shops.num_rows or shops["lat"].null_count == shops.num_rows:
        return shops
    lat, lon = (shops[name].to_numpy().astype(float) for name in ("lat", "lon"))
    crs = shops["crs"].to_numpy()
    north, east = np.full(lat.shape, np.nan), np.full(lon.shape, np.nan)
    for system in SYSTEMS:
        here = crs == system
        if here.any():
            north[here], east[here] = convert(lat[here], lon[here], system, "WGS-84")
    half = np.isnan(north) | np.isnan(east)
    values = (
        pa.array(np.where(half, np.nan, north), from_pandas=True),
        pa.array(np.where(half, np.nan, east), from_pandas=True),
        pa.array(quadkey(north, east), mask=half),
    )
    for name, value in zip(_PLACE, values, strict=True):
        at = shops.column_names.index(name)
        shops = shops.set_column(at, name, value.cast(shops.schema.field(name).type))
    return shops


def _check(store: Store, name: str, file: InputFile) -> None:
    table = BY_NAME.get(name)
    if table is None or not table.key:
        return
    key = ", ".join(quoted(column) for column in table.key)
    twice = store.fetch(
        f"SELECT {key}, COUNT(*) AS rows FROM {name} GROUP BY {key} HAVING COUNT(*) > 1"
        f" ORDER BY {key} LIMIT 1"
    ).to_pylist()
    if twice:
        values = ", ".join(str(twice[0][column]) for column in table.key)
        raise InputError(
            _("{path}: {key} stands in {count} rows.", path=file.path, key=values, count=twice[0]["rows"]),
            _("A key stands once. Remove the others."),
        )
    for column in table.columns:
        if column.required or column.name in table.key[:1]:
            gaps = store.fetch(f"SELECT COUNT(*) AS n FROM {name} AS t WHERE t.{column.name} IS NULL")["n"][
                0
            ].as_py()
            if gaps:
                raise InputError(
                    _(
                        "{path}: {count} rows have no {column}.",
                        path=file.path,
                        count=gaps,
                        column=column.name,
                    ),
                    _("Fill it in, or leave the rows out."),
                )
        if column.references in BY_NAME and column.references != "terminal":
            _check_reference(store, name, column.name, column.references, file)


def _check_reference(store: Store, name: str, column: str, target: str, file: InputFile) -> None:
    key = BY_NAME[target].key[0]
    lost = store.fetch(
        f"SELECT t.{column} AS value, COUNT(*) AS rows FROM {name} AS t WHERE t.{column} IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM {target} AS g WHERE g.{key} = t.{column})"
        f" GROUP BY t.{column} ORDER BY t.{column} LIMIT 1"
    ).to_pylist()
    if lost:
        raise InputError(
            _(
                "{path}: {count} rows have the {column} “{value}”, which {target} doesn't hold.",
                path=file.path,
                count=lost[0]["rows"],
                column=column,
                value=lost[0]["value"],
                target=f"{target}.parquet",
            ),
            _("Add it there, or correct the rows."),
        )
