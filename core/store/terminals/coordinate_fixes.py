"""Where terminals were surveyed: reading it for checks, correcting it, taking a correction back.

A correction keeps the coordinates as they were in its audit row. What is derived from them (WGS-84, the
cell, the order on disk) follows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from core.errors import InputError, StoreError
from core.i18n import _
from core.store.audit.entries import own_actor
from core.store.frames import large_frame
from core.store.loading.upsert import keep_sorted
from core.store.loading.wgs84 import located
from core.store.scope import EVERYTHING, Scope
from core.tables import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import duckdb
    import pandas as pd

    from core.store.database import Store

COLUMNS = ("terminal_id", "lat", "lon", "crs")
_CURRENT = """
    SELECT t.terminal_id AS terminal_id, t.lat AS lat, t.lon AS lon, t.crs AS crs
    FROM terminal AS t
    WHERE list_contains($terminals, t.terminal_id)
        AND ($scope IS NULL OR t.region_id IN (
            SELECT c.region_id FROM region_closure AS c WHERE list_contains($scope, c.ancestor_id)))
    ORDER BY t.terminal_id
"""


def outlines(store: Store, scope: Scope = EVERYTHING) -> pd.DataFrame:
    """Return region_id, region (its name), terminals and outline of the regions that hold located shops.

    ``outline`` is the nearest region above with a recorded boundary; missing where there is none.
    """
    return store.read("coordinates/outlines", scope=scope).to_pandas()


def outline_shapes(store: Store, region_ids: Sequence[str]) -> dict[str, bytes]:
    """Return the boundaries of some regions, WKB by region."""
    table = store.read("coordinates/boundaries", regions=list(region_ids))
    return dict(zip(table["region_id"].to_pylist(), table["geometry_wkb"].to_pylist(), strict=True))


def surveyed(store: Store, region_ids: Sequence[str], *, homeless: bool = False) -> pd.DataFrame:
    """Return terminal_id, name, region_id, lat, lon, crs as surveyed of the shops of some regions."""
    table = large_frame(store.read("coordinates/points", regions=list(region_ids), homeless=homeless))
    return table.astype({"lat": "float64", "lon": "float64"})


def fixes(store: Store) -> pd.DataFrame:
    """Return audit_id, happened_at, actor, terminals and taken_back of the latest corrections.

    Whoever sees a part of the store gets the own ones.
    """
    return store.whole.read("coordinates/fixes", actor=own_actor(store)).to_pandas()


def fix_places(store: Store, places: pd.DataFrame, *, actor: str = "local", scope: Scope = EVERYTHING) -> int:
    """Give terminals other coordinates.

    Parameters
    ----------
    places
        :data:`COLUMNS`, one row per terminal; NaN latitude and longitude remove the coordinates.

    Returns
    -------
    int
        How many terminals were corrected.

    Raises
    ------
    InputError
        There is nothing to correct, a terminal stands twice, or it is none the user may change.
    """
    ids = places["terminal_id"].tolist()
    if not ids or len(set(ids)) != len(ids):
        raise InputError(_("Expected each terminal once, and at least one."))
    with store.noting_refusals(
        "fix_coordinates",
        {"entity": "terminal", "entity_key": ", ".join(ids)},
        lambda whole: _standing(whole, ids, scope),
    ):
        before = _standing(store, ids, scope)
    after = _rows(places)
    details = {
        "entity": "terminal",
        "entity_key": str(len(ids)),
        "before": json.dumps(before, ensure_ascii=False),
        "after": json.dumps(after, ensure_ascii=False),
    }
    _replace(store, "fix_coordinates", (before, after), actor, details)
    return len(ids)


def take_back(store: Store, audit_id: int, *, actor: str = "local", scope: Scope = EVERYTHING) -> int:
    """Give the terminals of a correction the coordinates they had before it.

    Parameters
    ----------
    audit_id
        The correction, of :func:`fixes`.

    Returns
    -------
    int
        How many terminals went back.

    Raises
    ------
    InputError
        There is no such correction.
    StoreError
        Coordinates were changed again since; nothing is changed.
    """
    with store.noting_refusals(
        "take_back_coordinates", {"entity_key": str(audit_id)}, lambda whole: _correction(whole, audit_id)
    ):
        before, after = _correction(store, audit_id)
    if _current(store, [row["terminal_id"] for row in after], scope) != after:
        raise _changed()
    details = {"entity": "terminal", "entity_key": str(audit_id)}
    _replace(store, "take_back_coordinates", (after, before), actor, details)
    return len(before)


def _correction(store: Store, audit_id: int) -> tuple[Any, Any]:
    """Return coordinates before and after a correction, of the own ones for whoever sees a part."""
    found = store.whole.fetch(
        "SELECT a.before AS before, a.after AS after FROM audit_log AS a"
        " WHERE a.audit_id = $audit AND a.action = 'fix_coordinates' AND COALESCE(a.actor = $actor, TRUE)",
        {"audit": audit_id, "actor": own_actor(store)},
    ).to_pylist()
    if not found:
        raise InputError(_("There is no correction {number}.", number=audit_id))
    return json.loads(found[0]["before"]), json.loads(found[0]["after"])


def _standing(store: Store, ids: list[str], scope: Scope) -> list[dict[str, object]]:
    """Return the coordinates of terminals as they are, all of which have to be there."""
    before = _current(store, ids, scope)
    absent = sorted(set(ids) - {row["terminal_id"] for row in before})
    if absent:
        raise InputError(
            _("Terminal {terminal} is not there, or not yours to change.", terminal=absent[0]),
            _("{n} of {total} terminals concerned.", n=len(absent), total=len(ids)),
        )
    return before


def _current(store: Store, ids: list[str], scope: Scope) -> list[dict[str, object]]:
    table = store.fetch(_CURRENT, {"terminals": ids, "scope": scope.parameter})
    rows: list[dict[str, object]] = table.to_pylist()
    return rows


def _rows(places: pd.DataFrame) -> list[dict[str, object]]:
    values = places[list(COLUMNS)].sort_values("terminal_id").astype(object)
    return [dict(row) for row in values.where(values.notna(), None).to_dict("records")]


def _changed() -> StoreError:
    return StoreError(
        _("Some of these coordinates were changed in the meantime; nothing was changed now."),
        _("Run the check again."),
    )


def _replace(
    store: Store,
    action: str,
    rows: tuple[list[dict[str, object]], list[dict[str, object]]],
    actor: str,
    details: Mapping[str, object],
) -> None:
    """Replace the coordinates of terminals; the first of ``rows`` is how they must stand now."""
    before, after = rows
    table = BY_NAME["terminal"]
    columns = [*(column.name for column in table.columns), "batch_id"]

    def change(cursor: duckdb.DuckDBPyConnection) -> None:
        ids = [row["terminal_id"] for row in before]
        standing = cursor.sql(_CURRENT, params={"terminals": ids, "scope": None}).to_arrow_table().to_pylist()
        if standing != before:
            raise _changed()
        schema = pa.schema(
            [("terminal_id", "string"), ("lat", "float64"), ("lon", "float64"), ("crs", "string")]
        )
        cursor.register("places", pa.Table.from_pylist(after, schema=schema))
        moved = located(
            cursor,
            "SELECT t.* EXCLUDE (lat, lon, crs, lat_wgs84, lon_wgs84, cell), p.lat, p.lon, p.crs"
            " FROM terminal AS t JOIN places AS p ON p.terminal_id = t.terminal_id",
            columns,
        )
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE moved AS {moved}")
        cursor.execute(
            "DELETE FROM terminal AS t WHERE t.terminal_id IN (SELECT m.terminal_id FROM moved AS m)"
        )
        cursor.execute("INSERT INTO terminal BY NAME SELECT * FROM moved ORDER BY cell, terminal_id")
        cursor.execute("DROP TABLE moved")
        cursor.unregister("places")
        keep_sorted(cursor, table, len(after))

    store.write(action, change, actor=actor, details=details)
