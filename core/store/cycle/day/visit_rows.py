"""Rows of a visit typed in, read and written inside a transaction of :mod:`core.store.cycle.day.visits`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.customers.forms import form
from core.customers.forms.validate import from_json
from core.errors import InputError
from core.i18n import _
from core.store.forms.rows import FormKey, current_row, end_row, insert_row, last_version

if TYPE_CHECKING:
    from collections.abc import Mapping

    import duckdb

    from core.cycle.day.entry import CheckIn
    from core.store.scope import Scope

REVIEW = form("negotiation_review")
CLOCK_TOLERANCE = dt.timedelta(hours=26)
"""How far a telephone's local clock may be ahead of the server's, time zones included."""
_SHOP = (
    "SELECT t.name FROM terminal AS t WHERE t.terminal_id = $terminal AND ($scope IS NULL OR t.region_id IN"
    " (SELECT c.region_id FROM region_closure AS c"
    " WHERE c.ancestor_id IN (SELECT UNNEST(CAST($scope AS VARCHAR[])))))"
)
_STORED = (
    "SELECT v.employee_id, v.terminal_id, v.start_at, v.end_at, v.purpose, v.result, v.order_amount,"
    " v.effective, s.stock, s.display, s.facings, s.remark, s.version, s.saved_at, s.saved_by, v.batch_id"
    " FROM visit AS v LEFT JOIN visit_shelf AS s ON s.visit_id = v.visit_id WHERE v.visit_id = $visit"
)
_FIELDS = (
    *("employee_id", "terminal_id", "start_at", "end_at", "purpose", "result", "order_amount", "effective"),
    *("stock", "display", "facings", "remark", "version", "saved_at", "saved_by", "batch_id"),
)
CONTENT = _FIELDS[:12]


@dataclass(frozen=True)
class SavedVisit:
    """A visit as it is in the store.

    Parameters
    ----------
    values
        Columns of ``visit`` and of the shelf.
    review
        The review of its talk, typed.
    """

    visit_id: str
    values: Mapping[str, Any]
    review: Mapping[str, Any]
    version: int


def stored_visit(cursor: duckdb.DuckDBPyConnection, visit_id: str) -> SavedVisit | None:
    """Return a visit with its shelf and review; None where there is none."""
    rows = cursor.execute(_STORED, {"visit": visit_id}).fetchall()
    if not rows:
        return None
    values = dict(zip(_FIELDS, rows[0], strict=True))
    key = FormKey(REVIEW, "terminal", values["terminal_id"], visit_id)
    row = current_row(cursor, key)
    review = from_json(REVIEW, row["payload"]) if row else {}
    return SavedVisit(visit_id, values, review, values["version"] or 0)


def check_references(cursor: duckdb.DuckDBPyConnection, arrival: CheckIn, scope: Scope) -> None:
    """Refuse an arrival in the future, at a shop or of a rep that isn't there or not the user's."""
    if arrival.arrived_at > dt.datetime.now() + CLOCK_TOLERANCE:
        raise InputError(
            _("The visit lies in the future: {day}.", day=arrival.arrived_at.date()),
            _("Set the day and the clock of the telephone right."),
        )
    check_shop(cursor, arrival.terminal_id, scope)
    sql = "SELECT COUNT(*) FROM employee AS e WHERE e.employee_id = $id"
    if not cursor.execute(sql, {"id": arrival.employee_id}).fetchall()[0][0]:
        raise InputError(
            _("There is no employee {employee}.", employee=arrival.employee_id),
            _("Choose one from the list."),
        )


def check_shop(cursor: duckdb.DuckDBPyConnection, terminal_id: str, scope: Scope) -> None:
    """Refuse a shop that isn't there or lies outside the user's regions."""
    if not cursor.execute(_SHOP, {"terminal": terminal_id, "scope": scope.parameter}).fetchall():
        raise InputError(
            _("There is no shop {terminal} in your regions.", terminal=terminal_id), _("Search for it again.")
        )


def write_arrival(cursor: duckdb.DuckDBPyConnection, arrival: CheckIn, actor: str) -> bool:
    """Write an arrival that isn't there yet; return whether something was written."""
    known = cursor.execute(
        "SELECT c.employee_id, c.terminal_id FROM visit_check_in AS c WHERE c.visit_id = $visit",
        {"visit": arrival.visit_id},
    ).fetchall()
    if known:
        if known[0] != (arrival.employee_id, arrival.terminal_id):
            raise InputError(_("Another visit has the id {id}.", id=arrival.visit_id), _("Reload the page."))
        return _add_place(cursor, arrival)
    place = arrival.place
    cursor.execute(
        "INSERT INTO visit_check_in VALUES ($visit, $employee, $terminal, $arrived, $lat, $lon, $accuracy,"
        " $now, $actor)",
        {
            "visit": arrival.visit_id,
            "employee": arrival.employee_id,
            "terminal": arrival.terminal_id,
            "arrived": arrival.arrived_at.replace(microsecond=0),
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "accuracy": place.accuracy if place else None,
            "now": dt.datetime.now(),
            "actor": actor,
        },
    )
    return True


def _add_place(cursor: duckdb.DuckDBPyConnection, arrival: CheckIn) -> bool:
    """Write the place of an arrival that came without it: the telephone knows it some seconds later."""
    if arrival.place is None:
        return False
    changed = cursor.execute(
        "UPDATE visit_check_in AS c SET lat = $lat, lon = $lon, accuracy_m = $accuracy"
        " WHERE c.visit_id = $visit AND c.lat IS NULL RETURNING c.visit_id",
        {
            "visit": arrival.visit_id,
            "lat": arrival.place.lat,
            "lon": arrival.place.lon,
            "accuracy": arrival.place.accuracy,
        },
    ).fetchall()
    return bool(changed)


def refuse_displaced(cursor: duckdb.DuckDBPyConnection, visit_id: str) -> None:
    """Refuse a visit that an import put aside: undoing it would bring the visit back beside itself."""
    sql = "SELECT COUNT(*) FROM history.visit AS h WHERE h.visit_id = $visit"
    if cursor.execute(sql, {"visit": visit_id}).fetchall()[0][0]:
        raise InputError(
            _("An import replaced the visits, this one among them."),
            _("Undo that import, or report the visit anew."),
        )


def write_visit(cursor: duckdb.DuckDBPyConnection, visit_id: str, values: Mapping[str, Any]) -> None:
    """Write the row that imported visits have as well, in place of what was there."""
    cursor.execute("DELETE FROM visit AS v WHERE v.visit_id = $visit", {"visit": visit_id})
    names = CONTENT[:8]
    cursor.execute(
        f"INSERT INTO visit (visit_id, {', '.join(names)})"
        f" VALUES ($visit, {', '.join('$' + name for name in names)})",
        {"visit": visit_id, **{name: values[name] for name in names}},
    )


def write_shelf(
    cursor: duckdb.DuckDBPyConnection,
    visit_id: str,
    values: Mapping[str, Any],
    version: int,
    actor: str,
    now: dt.datetime,
) -> None:
    """Write what was seen on the shelf, with the version of the visit."""
    cursor.execute(
        "INSERT OR REPLACE INTO visit_shelf VALUES ($visit, $stock, $display, $facings, $remark, $version,"
        " $now, $actor)",
        {
            "visit": visit_id,
            **{name: values[name] for name in ("stock", "display", "facings", "remark")},
            "version": version,
            "now": now,
            "actor": actor,
        },
    )


def write_review(
    cursor: duckdb.DuckDBPyConnection, arrival: CheckIn, payload: str, actor: str, now: dt.datetime
) -> None:
    """Write the review of the talk as the form's next version, where it says something else."""
    key = FormKey(REVIEW, "terminal", arrival.terminal_id, arrival.visit_id)
    if row := current_row(cursor, key):
        if row["payload"] == payload:
            return
        end_row(cursor, key, "changed", actor, now)
    insert_row(cursor, key, payload, version=last_version(cursor, key) + 1, actor=actor, now=now)
